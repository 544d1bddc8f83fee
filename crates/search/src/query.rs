//! From a question to a query: the question as the model reads it.
//!
//! Here spelling is corrected, words that are written as one or apart are brought to the base's way
//! of writing, words become numbers, and words that the base does not have are replaced by what
//! they are related to. What the question is about becomes [`Unit`]s, each of which an entry has to
//! explain; with them goes what the question agrees with or contradicts: its negation, who does
//! what to whom, its particles.

use std::ops::Range;
use std::sync::Arc;

use footnote_knowledge::text::numbers;

use crate::analyzer::{NUMBER_CUES, Reading, Shape, Term, TermKind, Word, lemma_key};
use crate::english::{English, EnglishId, is_english_name};
use crate::expansion::Related;
use crate::ids::{EntryId, TermId, WordId};
use crate::lexicon::QuestionWord;
use crate::model::{DETERMINERS, Model, by_place, is_latin, is_mostly_verb, relations};
use crate::profile::Particle;
use crate::repetition::without_repetitions;
use crate::roles::Direction;
use crate::vectors;

/// A question as units and words of a model.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about the question by itself")]
pub(crate) struct Query {
    pub(crate) units: Vec<Unit>,
    pub(crate) words: Vec<QuestionWord>,
    /// Where it points in the space of meanings.
    pub(crate) vector: vectors::Direction,
    pub(crate) asks_for_number: bool,
    pub(crate) is_negated: bool,
    /// Whether yes or no answers it: it begins with "did", "will" or "is".
    pub(crate) asks_whether: bool,
    pub(crate) directions: Vec<Direction>,
    pub(crate) particles: Vec<(TermId, Particle)>,
    /// The entry with a way of asking that is this text.
    pub(crate) exact: Option<EntryId>,
    /// The entry with a phrasing that has these words, in this order.
    pub(crate) verbatim: Option<EntryId>,
    /// Whether it is still being typed: then it may name whom it asks about later.
    pub(crate) is_unfinished: bool,
}

/// What kind of thing a unit is: some must not be missing from an entry that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitKind {
    Word,
    /// It names somebody or something.
    Name,
    Number,
    Symbol,
    /// It tells what kind of answer is wanted.
    Cue,
}

/// A part of a question that means one thing.
#[derive(Debug)]
pub(crate) struct Unit {
    /// What it is called, for people.
    pub(crate) text: Arc<str>,
    pub(crate) meaning: Meaning,
    pub(crate) kind: UnitKind,
    /// How likely it was meant, above 0 to 1.
    pub(crate) likelihood: f32,
    /// How much it tells, from its rarity.
    pub(crate) weight: f32,
    /// Whether it counts only where it is explained: a function word that this base keeps.
    pub(crate) is_optional: bool,
    /// Whether it is what is done: join, in "how do I join a town".
    pub(crate) is_action: bool,
    /// Whether it is written as names are, or known as one to English.
    pub(crate) is_proper: bool,
    /// The word of English that it is.
    pub(crate) english: Option<EnglishId>,
}

#[derive(Debug)]
pub(crate) enum Meaning {
    /// A term of the base.
    Known(TermId),
    /// An unfinished word stands for all terms that it may become, one that the base does not have
    /// for those that it is related to, if any.
    AnyOf(Vec<Related>),
}

/// What a question begins with that is answered by yes or no. "Can" is not among them: can I, and
/// why can I not, are often two questions.
const OF_WHETHER: [&str; 10] = ["are", "did", "do", "does", "has", "have", "is", "was", "were", "will"];

impl Query {
    /// A whole question.
    pub(crate) fn new(model: &Model, question: &str) -> Self {
        let reading = model.analyzer.read(&without_repetitions(question));
        Self { exact: model.asked_exactly(question), ..Self::from_reading(model, reading) }
    }

    /// A question that is still being typed: it is no phrasing yet, and its last word may be
    /// finished, misspelt or the beginning of several.
    pub(crate) fn unfinished(model: &Model, typed: &str) -> Self {
        let mut reading = model.analyzer.read(typed);
        let unfinished = if typed.ends_with(char::is_alphanumeric) { reading.words.pop() } else { None };
        let end = reading.words.len();
        reading.compounds.retain(|compound| compound.words.end <= end);
        let mut query = Self { verbatim: None, is_unfinished: true, ..Self::from_reading(model, reading) };
        if let Some(word) = unfinished {
            query.push_unfinished(model, word);
        }
        query
    }

    fn from_reading(model: &Model, reading: Reading) -> Self {
        let as_typed = reading.words.len();
        let (reading, words, known) = look_up_all(model, reading);
        let verbatim = if known.len() == as_typed { model.index.asked_verbatim(&known) } else { None };
        let terms = terms(model, &reading, &words);
        let has_cue = |cue: &str| terms.iter().any(|term| term.kind == TermKind::Cue && *term.text == *cue);
        let asks_for_number = NUMBER_CUES.iter().all(|cue| has_cue(cue));
        let ids: Vec<Option<TermId>> = terms.iter().map(|term| model.index.id(&term.text)).collect();
        let content = terms.iter().zip(&ids).filter(|(term, _)| term.kind == TermKind::Content);
        let term_at = by_place(content.map(|(term, id)| (term.words.clone(), *id)), words.len());
        let english: Vec<Option<EnglishId>> = words.iter().map(|word| model.lexicon.english(word)).collect();
        let (directions, particles) = relations(&reading, &english, &term_at);
        Self {
            asks_for_number,
            is_negated: reading.is_negated(),
            asks_whether: reading.words.first().is_some_and(|word| OF_WHETHER.contains(&word.text.as_str())),
            vector: vectors::direction(english.iter().copied().flatten()),
            directions,
            particles,
            exact: None,
            is_unfinished: false,
            verbatim,
            units: units(model, &reading, &words, terms.into_iter().zip(ids).collect()),
            words,
        }
    }

    /// The weight of all units together, without those that need not be explained unless there are
    /// no others. Never 0.
    pub(crate) fn weight(&self) -> f32 {
        let sum =
            |is_counted: fn(&&Unit) -> bool| self.units.iter().filter(is_counted).map(|unit| unit.weight).sum::<f32>();
        let needed = sum(|unit| !unit.is_optional && unit.kind != UnitKind::Cue);
        let needed = if needed > 0.0 { sum(|unit| !unit.is_optional) } else { 0.0 };
        let all = if needed > 0.0 { needed } else { sum(|_| true) };
        if all > 0.0 { all } else { 1.0 }
    }

    /// Whether one of its units of content is this term.
    pub(crate) fn names(&self, term: &str) -> bool {
        self.units.iter().any(|unit| unit.kind != UnitKind::Cue && *unit.text == *term)
    }

    /// Adds a word of which perhaps only the beginning is typed: if words begin with it, it stands
    /// for any of them.
    fn push_unfinished(&mut self, model: &Model, word: Word) {
        let completions: Vec<WordId> = model.lexicon.with_prefix(&word.text).collect();
        if completions.is_empty() {
            let text = word.text.clone();
            let reading = Reading { words: vec![word], ..Reading::default() };
            let (reading, words, _) = look_up_all(model, reading);
            let terms = terms(model, &reading, &words);
            return self.push_any_of(model, &text, terms.iter().filter_map(|term| model.index.id(&term.text)));
        }
        let mut terms = completions.iter().filter_map(|word| model.lexicon.term(*word)).peekable();
        if terms.peek().is_some() {
            self.push_any_of(model, &word.text, terms);
        }
    }

    fn push_any_of(&mut self, model: &Model, text: &str, terms: impl Iterator<Item = TermId>) {
        let mut ids: Vec<_> = terms.collect();
        ids.sort_unstable();
        ids.dedup();
        let weight = ids.iter().map(|&id| model.index.term(id).weight).reduce(f32::min);
        let related = ids.into_iter().map(|term| Related { term, strength: 1.0 }).collect();
        self.units.push(Unit {
            text: text.into(),
            meaning: Meaning::AnyOf(related),
            kind: UnitKind::Word,
            likelihood: 1.0,
            weight: weight.unwrap_or(model.index.unknown_weight),
            is_optional: false,
            is_action: false,
            is_proper: false,
            english: None,
        });
    }
}

/// The texts of the content terms of a question, each once, in order: what it is about.
pub(crate) fn subject(model: &Model, question: &str) -> Vec<String> {
    let (reading, words, _) = look_up_all(model, model.analyzer.read(question));
    let content = terms(model, &reading, &words).into_iter().filter(|term| term.kind == TermKind::Content);
    let mut texts: Vec<String> = content.map(|term| term.text.to_string()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The words that were meant, what the base knows of them, and those that it has as they were
/// typed.
pub(crate) fn look_up_all(model: &Model, reading: Reading) -> (Reading, Vec<QuestionWord>, Vec<WordId>) {
    let Reading { words, mut compounds } = reading;
    let mut meant = Vec::with_capacity(words.len());
    let mut looked_up = Vec::with_capacity(words.len());
    let mut as_typed = Vec::with_capacity(words.len());
    for (place, word) in words.into_iter().enumerate() {
        if let Some(id) = model.lexicon.id(&word.text) {
            meant.push(word);
            looked_up.push(QuestionWord::Known(id));
            as_typed.push(id);
            continue;
        }
        let english = English::shared().find(&word.text);
        let is_part = compounds.iter().any(|compound| compound.words.contains(&(place)));
        let parts = if is_part || english.is_some() { None } else { parts_of_the_base(model, &word) };
        let Some(parts) = parts else {
            let (word, known) = look_up(model, word, english);
            meant.push(word);
            looked_up.push(known);
            continue;
        };
        let added = parts.len() - 1;
        let here = meant.len();
        for compound in compounds.iter_mut().filter(|compound| compound.words.start > here) {
            compound.words = compound.words.start + added..compound.words.end + added;
        }
        for text in parts {
            let english = English::shared().find(&text);
            let (word, known) = look_up(model, Word { text, ..word.clone() }, english);
            meant.push(word);
            looked_up.push(known);
        }
    }
    (Reading { words: meant, compounds }, looked_up, as_typed)
}

/// The word that was meant, and what the base knows of it. A word of English is no slip, nor is
/// what stands in capitals.
fn look_up(model: &Model, word: Word, english: Option<EnglishId>) -> (Word, QuestionWord) {
    if let Some(id) = model.lexicon.id(&word.text) {
        return (word, QuestionWord::Known(id));
    }
    let table = English::shared();
    let least = model.tuning.spelling.least_commonness;
    let is_english = english.is_some_and(|id| table.commonness(id) >= least);
    let unknown = QuestionWord::unknown(&word, english);
    let is_word = word.shape != Shape::Letters || is_english || model.index.id(model.lexicon.key(&unknown)).is_some();
    let meant = if is_word { None } else { model.speller.correct(&word) };
    // A name is no slip for a common word.
    let meant = meant.filter(|meant| !(word.is_name || word.is_capital) || table.find(&meant.text).is_none());
    let Some(meant) = meant else { return (word, unknown) };
    let unknown = || QuestionWord::unknown(&meant, table.find(&meant.text));
    let known = model.lexicon.id(&meant.text).map_or_else(unknown, QuestionWord::Known);
    (meant, known)
}

/// The words of the base that a word is made of which neither it nor English has: weblogview
/// is weblog and view.
fn parts_of_the_base(model: &Model, word: &Word) -> Option<Vec<String>> {
    const SHORTEST: usize = 5;
    const LONGEST: usize = 48;
    let text = word.text.as_str();
    let is_unknown = word.shape == Shape::Letters
        && (SHORTEST..=LONGEST).contains(&text.len())
        && text.is_ascii()
        && model.lexicon.id(text).is_none();
    if !is_unknown {
        return None;
    }
    // For each end, the fewest words up to it and where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; text.len() + 1];
    best[0] = Some((0, 0));
    for end in 2..=text.len() {
        for start in 0..end - 1 {
            let Some((count, _)) = best[start] else { continue };
            let is_better = best[end].is_none_or(|(known, _)| count + 1 < known);
            if is_better && model.is_part(&text[start..end]) {
                best[end] = Some((count + 1, start));
            }
        }
    }
    let (count, _) = best[text.len()]?;
    if count < 2 || text.len() < 3 * count {
        return None;
    }
    let mut parts = Vec::with_capacity(count);
    let mut end = text.len();
    while end > 0 {
        let (_, start) = best[end]?;
        parts.push(text[start..end].to_owned());
        end = start;
    }
    parts.reverse();
    Some(parts)
}

/// The terms of a question. A compound that the base has as one word is one term; so are two words
/// that the base writes as one.
pub(crate) fn terms(model: &Model, reading: &Reading, words: &[QuestionWord]) -> Vec<Term> {
    let mut terms = model.analyzer.terms_from_keys(reading, |place| Arc::clone(model.lexicon.key(&words[place])));
    for compound in &reading.compounds {
        join(model, compound.words.clone(), &compound.joined, &mut terms);
    }
    for place in 1..reading.words.len() {
        let (first, second) = (&reading.words[place - 1], &reading.words[place]);
        let is_open = !(is_known(words, place - 1) && is_known(words, place));
        let are_words = first.shape == Shape::Letters && matches!(second.shape, Shape::Letters | Shape::Digits);
        // Most words begin no other word of the base, and to find that out is quicker.
        let begins_another =
            || model.lexicon.with_prefix(&first.text).any(|id| model.lexicon.word(id).text.len() > first.text.len());
        if is_open && are_words && begins_another() {
            let joined = format!("{}{}", first.text, second.text);
            join(model, place - 1..place + 1, &joined, &mut terms);
        }
    }
    terms
}

fn is_known(words: &[QuestionWord], place: usize) -> bool {
    matches!(words[place], QuestionWord::Known(_))
}

fn join(model: &Model, words: Range<usize>, joined: &str, terms: &mut Vec<Term>) {
    let text = lemma_key(joined);
    if model.index.id(&text).is_none() {
        return;
    }
    let overlaps = |term: &Term| term.words.start < words.end && words.start < term.words.end;
    let place = terms.iter().position(overlaps).unwrap_or(0);
    terms.retain(|term| !(overlaps(term) && term.kind == TermKind::Content));
    terms.insert(place.min(terms.len()), Term { text: text.into(), kind: TermKind::Content, likelihood: 1.0, words });
}

/// A term that occurs twice counts once. A cue with which no entry is asked for tells nothing.
fn units(
    model: &Model,
    reading: &Reading,
    looked_up: &[QuestionWord],
    mut terms: Vec<(Term, Option<TermId>)>,
) -> Vec<Unit> {
    for place in (1..terms.len()).rev() {
        let (before, from) = terms.split_at(place);
        if before.iter().any(|(earlier, _)| earlier.text == from[0].0.text) {
            terms.remove(place);
        }
    }
    terms.into_iter().filter_map(|(term, known)| unit(model, reading, looked_up, term, known)).collect()
}

fn unit(
    model: &Model,
    reading: &Reading,
    looked_up: &[QuestionWord],
    term: Term,
    known: Option<TermId>,
) -> Option<Unit> {
    let index = &model.index;
    let words = &reading.words[term.words.clone()];
    let word = words.first()?;
    let english = known.map_or_else(|| English::shared().find(&term.text), |id| index.term(id).english);
    let kind = match (term.kind, word.shape) {
        (TermKind::Cue, _) => UnitKind::Cue,
        (_, Shape::Digits | Shape::Version) if words.len() == 1 => UnitKind::Number,
        (_, Shape::Symbols) => UnitKind::Symbol,
        _ if is_name(model, words, known, english) => UnitKind::Name,
        _ => UnitKind::Word,
    };
    let (meaning, weight) = match known {
        Some(id) => (Meaning::Known(id), index.term(id).weight),
        None if kind == UnitKind::Cue => return None,
        // A single symbol that the base does not have is more often a mark of its own than a word.
        None if kind == UnitKind::Symbol && term.text.chars().count() < 2 && !"@%^$#\\".contains(&*term.text) => {
            return None;
        }
        None => {
            (Meaning::AnyOf(relatives(model, &looked_up[term.words.clone()], english)), unknown_weight(model, english))
        }
    };
    Some(Unit {
        is_action: is_action(model, reading, looked_up, &term),
        text: term.text,
        meaning,
        kind,
        likelihood: term.likelihood,
        weight,
        is_optional: words.iter().all(|word| model.analyzer.is_kept(word)),
        is_proper: is_proper(words, english),
        english,
    })
}

/// Whether the words name somebody or something.
fn is_name(model: &Model, words: &[Word], known: Option<TermId>, english: Option<EnglishId>) -> bool {
    // An amount that is spelled out names nothing.
    let is_amount = words.iter().all(|word| numbers::is_digits(&word.text));
    // The table tells names from words only in the alphabet of English.
    let is_foreign = english.is_none() && words.iter().any(is_latin);
    let is_name = known.map_or_else(
        || is_proper(words, english),
        |id| model.index.term(id).is_name && (is_foreign || english.is_some()),
    );
    (is_name || known.is_none() && is_foreign) && !is_amount
}

/// Whether the words are written as names are, or are a name in English.
fn is_proper(words: &[Word], english: Option<EnglishId>) -> bool {
    words.iter().any(|word| word.is_capital || word.is_name) || is_english_name(english)
}

/// Whether a term is what is done: a verb.
fn is_action(model: &Model, reading: &Reading, looked_up: &[QuestionWord], term: &Term) -> bool {
    let place = term.words.start;
    let is_verb = |word| is_mostly_verb(word, model.lexicon.english(&looked_up[place]));
    if term.kind == TermKind::Cue || !reading.words.get(place).is_some_and(is_verb) {
        return false;
    }
    let before = place.checked_sub(1).map(|before| reading.words[before].text.as_str());
    // Behind an article or a possessive it is a noun.
    !before.is_some_and(|word| DETERMINERS.contains(&word))
}

/// The terms of the base that words which it does not have are related to.
fn relatives(model: &Model, words: &[QuestionWord], english: Option<EnglishId>) -> Vec<Related> {
    let own = english.map(|id| model.index.relatives(id)).unwrap_or_default();
    if !own.is_empty() || words.len() == 1 {
        return own;
    }
    words
        .iter()
        .filter_map(|word| model.index.id(model.lexicon.key(word)))
        .map(|term| Related { term, strength: 0.5 })
        .collect()
}

/// What a word weighs that the base does not have: the less, the more common it is in English.
fn unknown_weight(model: &Model, english: Option<EnglishId>) -> f32 {
    let tuning = model.tuning.index;
    let commonness = english.map_or(0.0, |id| English::shared().commonness(id));
    let above = (commonness - tuning.common_from).max(0.0);
    model.index.unknown_weight * (1.0 - tuning.loss_by_commonness * above).max(0.1)
}
