//! What is learned from a base before it can be searched, put together once.
//!
//! Building has three phases, and the types keep them apart. First all texts are read, which tells
//! which function words name a subject in this base. Then a [`Reader`] turns them into numbers,
//! entry by entry. Then lexicon, index, features and classifier are completed, each from those
//! before it, and nothing changes any more.

use footnote_knowledge::heap_bytes;
use std::collections::HashMap;
use std::ops::Range;

use footnote_knowledge::{Entry, KnowledgeBase};
use rustc_hash::FxBuildHasher;

use crate::analyzer::{Analyzer, Reading, Shape, Term, TermKind, Word, has_quantity, lemma_key, particle};
use crate::attribution::Attribution;
use crate::classifier::{Classifier, Example};
use crate::english::{English, EnglishId, PartOfSpeech, is_english_name};
use crate::features::FeatureTable;
use crate::ids::{EntryId, TermId, WordId};
use crate::index::{Index, IndexBuilder};
use crate::lexicon::{Lexicon, LexiconBuilder, LexiconWord, QuestionWord};
use crate::profile::{Particle, Profile, ProfileBuilder};
use crate::roles::{self, RoleWord};
use crate::spelling::Speller;
use crate::tuning::{KeepTuning, Tuning};
use crate::vectors::EntryVectors;

/// In how many folds phrasings are left out.
pub(crate) const FOLDS: usize = 5;

/// What is left out of a model, to be asked instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Every nth phrasing of every entry, the question included; the first of these numbers is
    /// below the second, which is n.
    Fold(usize, usize),
    /// Every nth entry as a whole; of the others a fifth of the phrasings, as if in folds, so that
    /// an entry has as many to learn from as there.
    Group(usize, usize),
}

impl Held {
    /// Whether a way to ask an entry is left out: 0 is its question, others its phrasings.
    #[must_use]
    pub fn holds(self, entry: usize, way: usize) -> bool {
        match self {
            Self::Fold(fold, folds) => (entry + way) % folds == fold,
            Self::Group(group, _) => self.holds_entry(entry) || (entry + way) % FOLDS == group % FOLDS,
        }
    }

    /// Whether an entry is left out as a whole.
    #[must_use]
    pub fn holds_entry(self, entry: usize) -> bool {
        matches!(self, Self::Group(group, groups) if entry % groups == group)
    }
}

/// All that a search knows of a base. Immutable.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) analyzer: Analyzer,
    pub(crate) lexicon: Lexicon,
    pub(crate) speller: Speller,
    pub(crate) index: Index,
    pub(crate) attribution: Attribution,
    features: FeatureTable,
    classifier: Classifier,
    vectors: EntryVectors,
    profiles: Vec<Profile>,
    exact: HashMap<u64, EntryId, FxBuildHasher>,
    /// How many ways an entry can be asked, on average.
    pub(crate) phrasings_per_entry: f32,
    /// Whether most of its words are English.
    pub(crate) is_english: bool,
    pub(crate) tuning: Tuning,
}

impl Model {
    /// Learns from all entries, but for what is held out.
    pub(crate) fn new(base: &KnowledgeBase, held: Option<Held>, tuning: &Tuning) -> Self {
        let entry_count = base.entries.len();
        let mut analyzer = Analyzer::new(&base.synonyms);
        let readings: Vec<Vec<Way<'_>>> =
            base.entries.iter().enumerate().map(|(place, entry)| readings(place, entry, held, &analyzer)).collect();
        let kept = telling_function_words(&readings, &analyzer, tuning.keep);
        analyzer.keep(kept);
        let mut reader = Reader::new(&analyzer, tuning);
        let asked = base.entries.iter().zip(&readings).enumerate();
        for (place, (entry, readings)) in asked {
            let is_kept = !held.is_some_and(|held| held.holds_entry(place));
            reader.read(EntryId::new(place), is_kept.then_some(entry), readings);
        }
        let Reader { lexicon, index, texts, profiles, exact, .. } = reader;
        let asked_entries = readings.iter().filter(|ways| !ways.is_empty()).count();
        drop(readings);
        let attribution = Attribution::new(base, |place| !held.is_some_and(|held| held.holds_entry(place)), &analyzer);
        let index = index.finish(entry_count, tuning);
        let profiles = profiles.into_iter().map(|profile| profile.finish(|term| index.term(term).weight)).collect();
        let lexicon = lexicon.finish(|word| term_of(word, &analyzer, &index));
        let is_english = is_mostly_english(&lexicon);
        let vectors = EntryVectors::new(&texts, &lexicon, entry_count);
        let (owners, texts): (Vec<EntryId>, Vec<Vec<WordId>>) = texts.into_iter().unzip();
        let (features, feature_vectors) = FeatureTable::new(&texts, &lexicon, tuning.features);
        drop(texts);
        let vectors_of_texts = owners.into_iter().zip(feature_vectors);
        let example = |(entry, (ids, length))| Example::new(entry, ids, length, &features);
        let examples: Vec<Example> = vectors_of_texts.map(example).collect();
        let phrasings_per_entry = per_entry(examples.len(), asked_entries);
        Self {
            classifier: Classifier::train(examples, entry_count, &features, tuning.classifier),
            speller: Speller::new(&lexicon, analyzer.vocabulary(), tuning.spelling),
            vectors,
            attribution,
            analyzer,
            lexicon,
            index,
            features,
            profiles,
            exact,
            is_english,
            phrasings_per_entry,
            tuning: *tuning,
        }
    }

    pub(crate) fn entry_count(&self) -> usize {
        self.profiles.len()
    }

    /// The class score of a text for each entry (see [`Classifier::scores`]).
    pub(crate) fn classify(&self, words: &[QuestionWord]) -> Vec<f32> {
        self.classifier.scores(&self.features.parts(words), &self.features)
    }

    /// Where the entries lie in the space of meanings.
    pub(crate) fn vectors(&self) -> &EntryVectors {
        &self.vectors
    }

    pub(crate) fn profile(&self, entry: EntryId) -> &Profile {
        &self.profiles[entry.place()]
    }

    /// Whether a word can be a part of one that is written together.
    pub(crate) fn is_part(&self, word: &str) -> bool {
        self.lexicon.id(word).is_some() || word.len() > 2 && self.speller.is_function_word(word)
    }

    /// The entry with a way of asking that is this text, but for case, blanks and the mark at its
    /// end.
    pub(crate) fn asked_exactly(&self, text: &str) -> Option<EntryId> {
        self.exact.get(&exact_key(text)).copied()
    }
}

/// A way to ask an entry.
struct Way<'e> {
    text: &'e str,
    reading: Reading,
}

/// The ways to ask an entry that are not held out, read.
fn readings<'e>(place: usize, entry: &'e Entry, held: Option<Held>, analyzer: &Analyzer) -> Vec<Way<'e>> {
    let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
    let ways = std::iter::once(entry.question.as_str()).chain(phrasings).enumerate();
    let kept = ways.filter(|(way, _)| !held.is_some_and(|held| held.holds(place, *way)));
    kept.map(|(_, text)| Way { text, reading: analyzer.read(text) }).collect()
}

/// The function words that tell entries apart: most phrasings of an entry have them, and few of
/// others. "For" does in a base that explains the for loop.
fn telling_function_words(readings: &[Vec<Way<'_>>], analyzer: &Analyzer, tuning: KeepTuning) -> Vec<String> {
    let mut shares: HashMap<&str, Vec<f32>, FxBuildHasher> = HashMap::default();
    let mut capitals: Vec<String> = Vec::new();
    let asked = readings.iter().filter(|ways| ways.len() >= tuning.fewest_phrasings);
    for ways in asked.clone() {
        let mut counts: HashMap<&str, u16, FxBuildHasher> = HashMap::default();
        for Way { reading, .. } in ways {
            let mut words: Vec<&Word> = reading.words.iter().collect();
            words.sort_unstable_by(|a, b| a.text.cmp(&b.text));
            words.dedup_by(|a, b| a.text == b.text);
            for word in words {
                let mut plain = word.clone();
                plain.is_capital = false;
                if analyzer.is_dropped(&plain) {
                    *counts.entry(&word.text).or_default() += 1;
                    if word.is_capital {
                        capitals.push(word.text.clone());
                    }
                }
            }
        }
        let all = f32::from(u16::try_from(ways.len()).unwrap_or(u16::MAX));
        for (word, count) in counts {
            shares.entry(word).or_default().push(f32::from(count) / all);
        }
    }
    let entries = per_entry(asked.count(), 1);
    let tells = |shares: &Vec<f32>| {
        let best = shares.iter().copied().fold(0.0, f32::max);
        let frequent = shares.iter().filter(|share| **share >= tuning.least_share / 2.0).count();
        best >= tuning.least_share
            && shares.iter().sum::<f32>() <= tuning.highest_mean * entries.max(1.0 / tuning.highest_mean)
            && frequent <= tuning.most_entries
    };
    let mut kept: Vec<String> =
        shares.iter().filter(|(_, shares)| tells(shares)).map(|(word, _)| (*word).to_owned()).collect();
    kept.append(&mut capitals);
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Turns the texts of a base into numbers, entry by entry.
struct Reader<'a> {
    analyzer: &'a Analyzer,
    tuning: &'a Tuning,
    lexicon: LexiconBuilder,
    index: IndexBuilder,
    /// The words of each way of asking, with its entry.
    texts: Vec<(EntryId, Vec<WordId>)>,
    profiles: Vec<ProfileBuilder>,
    exact: HashMap<u64, EntryId, FxBuildHasher>,
}

impl<'a> Reader<'a> {
    fn new(analyzer: &'a Analyzer, tuning: &'a Tuning) -> Self {
        Self {
            analyzer,
            tuning,
            lexicon: LexiconBuilder::default(),
            index: IndexBuilder::default(),
            texts: Vec::new(),
            profiles: Vec::new(),
            exact: HashMap::default(),
        }
    }

    /// Takes in an entry; `None` for one that is held out, whose place stays.
    fn read(&mut self, id: EntryId, entry: Option<&Entry>, ways: &[Way<'_>]) {
        let mut profile = ProfileBuilder::default();
        let Some(entry) = entry else { return self.profiles.push(profile) };
        let fields = self.tuning.fields;
        for Way { text, reading } in ways {
            let is_question = *text == entry.question;
            let weight = if is_question { fields.question } else { fields.phrasing };
            self.read_phrasing(id, text, reading, weight, &mut profile);
        }
        for keyword in &entry.keywords {
            let (_, terms) = self.numbered(keyword, &self.analyzer.read(keyword));
            self.index.add(id, &terms, fields.keyword);
            profile.add_own(&terms);
        }
        let answer = self.analyzer.read(&entry.answer.value);
        let lacks_number = !answer.words.is_empty() && !has_quantity(&answer.words);
        let (_, terms) = self.numbered(&entry.answer.value, &answer);
        self.index.add(id, &terms, fields.answer);
        profile.add_answer(terms, lacks_number);
        self.profiles.push(profile);
    }

    fn read_phrasing(
        &mut self,
        entry: EntryId,
        text: &str,
        reading: &Reading,
        weight: f32,
        profile: &mut ProfileBuilder,
    ) {
        let (words, places) = self.numbered_in_place(text, reading);
        let mut terms: Vec<TermId> = places.iter().map(|(_, term)| *term).collect();
        terms.sort_unstable();
        terms.dedup();
        self.index.add_phrasing(entry, &words, &terms, weight);
        let is_negated = reading.is_negated();
        let english: Vec<Option<EnglishId>> = words.iter().map(|word| self.lexicon.word(*word).english).collect();
        let spans = places.iter().map(|(words, term)| (words.clone(), Some(*term)));
        let (directions, particles) = relations(reading, &english, &by_place(spans, reading.words.len()));
        profile.add_phrasing(&terms, is_negated, directions, particles);
        let is_name = |place: usize| is_detail_name(&reading.words[place], english[place]);
        let is_number = |place: usize| matches!(reading.words[place].shape, Shape::Digits | Shape::Version);
        let names = places.iter().filter(|(at, _)| at.clone().any(is_name));
        let numbers = places.iter().filter(|(at, _)| at.clone().any(is_number));
        profile.add_details(names.map(|(_, term)| *term), numbers.map(|(_, term)| *term));
        self.exact.entry(exact_key(text)).or_insert(entry);
        self.texts.push((entry, words));
    }

    fn numbered(&mut self, text: &str, reading: &Reading) -> (Vec<WordId>, Vec<TermId>) {
        let (words, places) = self.numbered_in_place(text, reading);
        (words, places.into_iter().map(|(_, term)| term).collect())
    }

    /// The words, and the terms with the places of the words that they come from. A compound is a
    /// term beside its parts.
    fn numbered_in_place(
        &mut self,
        text: &str,
        reading: &Reading,
    ) -> (Vec<WordId>, Vec<(std::ops::Range<usize>, TermId)>) {
        let ids: Vec<WordId> = reading.words.iter().map(|word| self.lexicon.add(word)).collect();
        let mut terms = self.analyzer.terms_from_keys(reading, |place| self.lexicon.word(ids[place]).key.clone());
        for compound in &reading.compounds {
            let (text, kind) = (lemma_key(&compound.joined).into(), TermKind::Content);
            terms.push(Term { text, kind, likelihood: 1.0, words: compound.words.clone() });
        }
        let has_capitals = text.contains(char::is_uppercase);
        let is_name =
            |term: &Term| reading.words[term.words.clone()].iter().any(|word| word.is_name || word.is_capital);
        let numbered = terms.into_iter().map(|term| {
            let is_name = has_capitals.then(|| is_name(&term));
            (term.words.clone(), self.index.intern(term, is_name))
        });
        (ids, numbered.collect())
    }
}

/// Before these, what looks like a particle is a preposition.
pub(crate) const DETERMINERS: [&str; 16] =
    ["a", "an", "the", "my", "your", "his", "her", "its", "our", "their", "this", "that", "these", "those", "it", "me"];

/// The term at each place of a text, from the places of each term in order. Where several overlap,
/// the first one counts.
pub(crate) fn by_place(
    spans: impl Iterator<Item = (Range<usize>, Option<TermId>)>,
    places: usize,
) -> Vec<Option<TermId>> {
    let mut at = vec![None; places];
    for (words, term) in spans {
        for place in at.iter_mut().take(words.end).skip(words.start) {
            place.get_or_insert(term);
        }
    }
    at.into_iter().map(Option::flatten).collect()
}

/// Who does what to whom in a text, and its verbs with their particles. `english` has for each word
/// where it stands in the table, `terms` the term at its place.
pub(crate) fn relations(
    reading: &Reading,
    english: &[Option<EnglishId>],
    terms: &[Option<TermId>],
) -> (Vec<roles::Direction>, Vec<(TermId, Particle)>) {
    let words = reading.words.iter().zip(english).enumerate();
    let mut words: Vec<RoleWord<'_>> = words
        .map(|(place, (word, english))| {
            let is_verb = is_mostly_verb(word, *english);
            RoleWord { text: &word.text, term: terms[place], is_verb }
        })
        .collect();
    let can_be_verb = |place: usize| {
        let word = &reading.words[place];
        let is_one = |id| English::shared().parts_of_speech(id).contains(PartOfSpeech::Verb);
        !word.is_name && !word.is_capital && english[place].is_some_and(is_one)
    };
    roles::mark_verbs_of_auxiliaries(&mut words, can_be_verb);
    let behind = |place: usize| {
        let particle = particle(words[place].text)?;
        let next = reading.words.get(place + 1);
        let is_determined = next.is_some_and(|next| DETERMINERS.contains(&next.text.as_str()));
        let is_before_name =
            next.is_some_and(|next| next.is_name) || english.get(place + 1).is_some_and(|id| is_english_name(*id));
        let is_preposition = is_determined || is_before_name;
        let verb = words[place - 1].term.filter(|_| !is_preposition && can_be_verb(place - 1))?;
        Some((verb, particle))
    };
    let particles = (1..words.len()).filter_map(behind).collect();
    (roles::directions(&words), particles)
}

/// Whether a word names somebody or something, as far as the word alone tells.
fn is_detail_name(word: &Word, english: Option<EnglishId>) -> bool {
    word.is_name || word.is_capital || is_english_name(english) || english.is_none() && is_latin(word)
}

/// Whether a word is written in the alphabet of English.
pub(crate) fn is_latin(word: &Word) -> bool {
    word.shape == Shape::Letters && word.text.starts_with(|c: char| c < '\u{250}')
}

/// Whether a word is a verb more often than anything else.
pub(crate) fn is_mostly_verb(word: &Word, english: Option<EnglishId>) -> bool {
    let is_verb = |id| English::shared().parts_of_speech(id).usual() == PartOfSpeech::Verb;
    !word.is_name && !word.is_capital && english.is_some_and(is_verb)
}

/// The term that a word is by itself.
fn term_of(word: &LexiconWord, analyzer: &Analyzer, index: &Index) -> Option<TermId> {
    let reading = Reading { words: vec![word.as_word()], ..Reading::default() };
    let term = analyzer.terms_from_keys(&reading, |_| word.key.clone()).into_iter().next()?;
    index.id(&term.text)
}

/// Whether English has most of a base's words.
fn is_mostly_english(lexicon: &Lexicon) -> bool {
    let of_letters = || lexicon.words().iter().filter(|word| matches!(word.shape, Shape::Letters | Shape::Pair));
    2 * of_letters().filter(|word| word.english.is_some()).count() >= of_letters().count()
}

/// The hash of a text in which only case, blanks and the marks at its end do not matter.
fn exact_key(text: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    let is_end = |c: char| c.is_whitespace() || matches!(c, '?' | '!' | '.' | '？' | '。' | '！');
    for word in text.trim_end_matches(is_end).split_whitespace() {
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            hasher.write(word.as_bytes());
        } else {
            hasher.write(word.to_lowercase().as_bytes());
        }
        hasher.write_u8(b' ');
    }
    hasher.finish()
}

#[expect(clippy::cast_precision_loss, reason = "counts of texts and entries are far below 2^24")]
fn per_entry(texts: usize, entries: usize) -> f32 {
    texts as f32 / entries.max(1) as f32
}

heap_bytes!(Model {
    analyzer, lexicon, speller, index, attribution, features, classifier, vectors, profiles, exact
} but phrasings_per_entry, is_english, tuning);
