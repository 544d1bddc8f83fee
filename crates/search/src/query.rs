//! From the words of a question to a query: the question as the index reads it.
//!
//! Here spelling is corrected, words become numbers, and words that the base does not have are
//! replaced by what they are related to.

use crate::analyzer::{NUMBER_CUES, Term, TermKind, Word, stem};
use crate::expansion::Related;
use crate::ids::{EntryId, TermId, WordId};
use crate::lexicon::QuestionWord;
use crate::model::Model;
use crate::thesaurus::Thesaurus;

/// A question as terms and words of a model.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) terms: Vec<QueryTerm>,
    pub(crate) words: Vec<QuestionWord>,
    pub(crate) asks_for_number: bool,
    /// The entry with a phrasing that has these words, in this order.
    pub(crate) verbatim: Option<EntryId>,
    /// The only entry with a phrasing that has these terms.
    pub(crate) same_terms: Option<EntryId>,
}

#[derive(Debug)]
pub(crate) struct QueryTerm {
    pub(crate) meaning: Meaning,
    /// How likely it was meant, above 0 to 1.
    pub(crate) likelihood: f32,
    /// How much the term tells, from its rarity.
    pub(crate) weight: f32,
}

#[derive(Debug)]
pub(crate) enum Meaning {
    /// A term of the base.
    Known(TermId),
    /// An unfinished word stands for all terms that it may become, one that the base does not have
    /// for those that it is related to, if any.
    AnyOf(Vec<Related>),
}

impl Query {
    /// A whole question.
    pub(crate) fn new(model: &Model, question: &str) -> Self {
        let words = model.analyzer.words(question);
        let verbatim = asked_verbatim(model, &words);
        Self { verbatim, ..Self::from_words(model, words) }
    }

    /// A question that is still being typed: it is no phrasing yet, and its last word may be
    /// finished, misspelt or the beginning of several.
    pub(crate) fn unfinished(model: &Model, typed: &str) -> Self {
        let mut words = model.analyzer.words(typed);
        let unfinished = if typed.ends_with(char::is_alphanumeric) { words.pop() } else { None };
        let mut query = Self { same_terms: None, ..Self::from_words(model, words) };
        if let Some(word) = unfinished {
            query.push_unfinished(model, word);
        }
        query
    }

    fn from_words(model: &Model, words: Vec<Word>) -> Self {
        let (terms, words) = analyze(model, words);
        let ids: Vec<Option<TermId>> = terms.iter().map(|term| model.index.id(&term.text)).collect();
        let has_cue = |cue: &str| terms.iter().any(|term| term.kind == TermKind::Cue && *term.text == *cue);
        Self {
            asks_for_number: NUMBER_CUES.iter().all(|cue| has_cue(cue)),
            verbatim: None,
            same_terms: asked_in_same_terms(model, &ids),
            terms: query_terms(model, &terms, &ids),
            words,
        }
    }

    /// The weight of all terms together.
    pub(crate) fn weight(&self) -> f32 {
        self.terms.iter().map(|term| term.weight).sum()
    }

    /// The weight of the terms that nothing in the base has or is related to.
    pub(crate) fn unknown_weight(&self) -> f32 {
        let is_unknown = |term: &&QueryTerm| matches!(&term.meaning, Meaning::AnyOf(related) if related.is_empty());
        self.terms.iter().filter(is_unknown).map(|term| term.weight).sum()
    }

    /// Adds a word of which perhaps only the beginning is typed: if words begin with it, it stands
    /// for any of them.
    fn push_unfinished(&mut self, model: &Model, word: Word) {
        let completions: Vec<WordId> = model.lexicon.with_prefix(&word.text).collect();
        if completions.is_empty() {
            let (terms, _) = analyze(model, vec![word]);
            self.push_any_of(model, terms.iter().filter_map(|term| model.index.id(&term.text)));
            return;
        }
        let mut terms = completions.iter().filter_map(|word| model.lexicon.term(*word)).peekable();
        if terms.peek().is_some() {
            self.push_any_of(model, terms);
        }
    }

    fn push_any_of(&mut self, model: &Model, terms: impl Iterator<Item = TermId>) {
        let mut ids: Vec<_> = terms.collect();
        ids.sort_unstable();
        ids.dedup();
        let weight = ids.iter().map(|&id| model.index.term(id).weight).reduce(f32::min);
        let related = ids.into_iter().map(|term| Related { term, strength: 1.0 }).collect();
        self.terms.push(QueryTerm {
            meaning: Meaning::AnyOf(related),
            likelihood: 1.0,
            weight: weight.unwrap_or(model.index.unknown_weight),
        });
    }
}

/// The texts of the content terms of a question, each once, in order: what it is about.
pub(crate) fn subject(model: &Model, question: &str) -> Vec<String> {
    let (terms, _) = analyze(model, model.analyzer.words(question));
    let content = terms.into_iter().filter(|term| term.kind == TermKind::Content);
    let mut texts: Vec<String> = content.map(|term| term.text.into()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The terms of a question, its spelling corrected, and its words as the base knows them.
fn analyze(model: &Model, words: Vec<Word>) -> (Vec<Term>, Vec<QuestionWord>) {
    let (words, looked_up): (Vec<Word>, Vec<QuestionWord>) = words.into_iter().map(|word| look_up(model, word)).unzip();
    let terms = model.analyzer.terms_from_stems(&words, |place| model.lexicon.stem(&looked_up[place]).into());
    (terms, looked_up)
}

/// The word that was meant, and what the base knows of it. Another form of a word of the base, or a
/// word of general English, is no slip.
fn look_up(model: &Model, word: Word) -> (Word, QuestionWord) {
    if let Some(id) = model.lexicon.id(&word.text) {
        return (word, QuestionWord::Known(id));
    }
    let own_stem = stem(&word.text);
    let is_word = model.index.id(&own_stem).is_some() || Thesaurus::shared().contains(&own_stem);
    let meant = if is_word { None } else { model.speller.correct(&word) };
    let Some(meant) = meant else {
        let unknown = QuestionWord::Unknown { text: word.text.as_str().into(), stem: own_stem.into() };
        return (word, unknown);
    };
    let unknown = || QuestionWord::Unknown { text: meant.text.as_str().into(), stem: stem(&meant.text).into() };
    let looked_up = model.lexicon.id(&meant.text).map_or_else(unknown, QuestionWord::Known);
    (meant, looked_up)
}

fn asked_verbatim(model: &Model, words: &[Word]) -> Option<EntryId> {
    let ids: Vec<WordId> = words.iter().map(|word| model.lexicon.id(&word.text)).collect::<Option<_>>()?;
    model.index.asked_verbatim(&ids)
}

fn asked_in_same_terms(model: &Model, terms: &[Option<TermId>]) -> Option<EntryId> {
    let mut terms: Vec<TermId> = terms.iter().copied().collect::<Option<_>>()?;
    terms.sort_unstable();
    terms.dedup();
    model.index.asked_in(&terms)
}

/// The terms, each with its id. One that occurs twice counts once, and a cue with which no entry is
/// asked for tells nothing.
fn query_terms(model: &Model, terms: &[Term], ids: &[Option<TermId>]) -> Vec<QueryTerm> {
    let index = &model.index;
    let mut query_terms = Vec::with_capacity(terms.len());
    for (place, (term, id)) in terms.iter().zip(ids).enumerate() {
        if terms[..place].iter().any(|earlier| earlier.text == term.text) {
            continue;
        }
        let (meaning, weight) = match (id, term.kind) {
            (Some(id), _) => (Meaning::Known(*id), index.term(*id).weight),
            (None, TermKind::Content) => (Meaning::AnyOf(index.relatives(&term.text)), index.unknown_weight),
            (None, TermKind::Cue) => continue,
        };
        query_terms.push(QueryTerm { meaning, likelihood: term.likelihood, weight });
    }
    query_terms
}
