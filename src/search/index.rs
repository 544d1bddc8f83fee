//! The inverted index: from each term to where it stands.
//!
//! Two lists a term serve the two views that ranking takes of an entry. As *probes*, each question and phrasing stands for
//! itself, since a question usually resembles one way of asking and not the average of all. As a *whole*, an entry's
//! fields are weighted and added up, since a question may use words of several phrasings, the keywords and the answer.

use std::collections::HashMap;

use super::Held;
use super::analyzer::{Analyzer, Term, TermKind};
use crate::knowledge::{Entry, KnowledgeBase};

/// How much a word in each field tells that an entry is about it. The question and the phrasings are what people ask;
/// the answer has many words that nobody asks for.
const QUESTION_WEIGHT: f32 = 2.0;
const PHRASING_WEIGHT: f32 = 1.0;
const KEYWORD_WEIGHT: f32 = 2.0;
const ANSWER_WEIGHT: f32 = 0.5;

/// How much a cue counts in comparing a question with a probe, against a content word of the same rarity.
const CUE_WEIGHT: f32 = 0.7;

/// A term's number: its place in [`Index::terms`].
pub(super) type TermId = u32;

/// All postings of a base. Immutable.
#[derive(Debug)]
pub(super) struct Index {
    ids: HashMap<String, TermId>,
    terms: Vec<IndexedTerm>,
    /// For each probe the entry that it belongs to.
    pub(super) probe_entries: Vec<u32>,
    pub(super) entry_count: usize,
    /// The weight of a word that no entry has: as rare as a word can be.
    pub(super) unknown_weight: f32,
    /// The base's words as written, sorted, with how often each occurs.
    words: Vec<(String, u32)>,
}

#[derive(Debug)]
pub(super) struct IndexedTerm {
    /// How much the term tells, from how few entries have it.
    pub(super) weight: f32,
    /// The probes that have it, with its share of their length (a unit vector's component).
    pub(super) probes: Vec<(u32, f32)>,
    /// The entries that have it, with its weighted frequency over all fields.
    pub(super) entries: Vec<EntryPosting>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct EntryPosting {
    pub(super) entry: u32,
    pub(super) frequency: f32,
    /// Whether it stands in the question, a phrasing or the keywords, and not in the answer alone.
    pub(super) is_asked: bool,
}

impl Index {
    pub(super) fn new(base: &KnowledgeBase, analyzer: &Analyzer, held: Option<Held>) -> Self {
        let mut builder = Builder::default();
        for (number, entry) in base.entries.iter().enumerate() {
            let held = held.filter(|held| held.entry == number).map(|held| held.phrasing);
            builder.add(u32::try_from(number).unwrap_or(u32::MAX), entry, held, analyzer);
        }
        builder.finish(base.entries.len())
    }

    pub(super) fn id(&self, term: &str) -> Option<TermId> {
        self.ids.get(term).copied()
    }

    pub(super) fn term(&self, id: TermId) -> &IndexedTerm {
        &self.terms[id as usize]
    }

    /// The base's words as written, with how often each occurs.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        self.words.iter().map(|(word, frequency)| (word.as_str(), *frequency))
    }

    /// The words that begin with `prefix`.
    pub(super) fn words_with_prefix(&self, prefix: &str) -> impl Iterator<Item = &str> {
        let start = self.words.partition_point(|(word, _)| word.as_str() < prefix);
        self.words[start..].iter().map(|(word, _)| word.as_str()).take_while(move |word| word.starts_with(prefix))
    }
}

#[derive(Default)]
struct Builder {
    ids: HashMap<String, TermId>,
    kinds: Vec<TermKind>,
    /// For each term its weighted frequency in each entry, in the order of the entries.
    entries: Vec<Vec<EntryPosting>>,
    probes: Vec<Vec<TermId>>,
    probe_entries: Vec<u32>,
    words: HashMap<String, u32>,
}

impl Builder {
    fn add(&mut self, number: u32, entry: &Entry, held: Option<usize>, analyzer: &Analyzer) {
        self.add_probe(number, &entry.question, QUESTION_WEIGHT, analyzer);
        for (_, phrasing) in entry.phrasings.iter().enumerate().filter(|(index, _)| Some(*index) != held) {
            self.add_probe(number, &phrasing.value, PHRASING_WEIGHT, analyzer);
        }
        for keyword in &entry.keywords {
            let terms = self.read(keyword, analyzer);
            self.add_terms(number, &terms, KEYWORD_WEIGHT, true);
        }
        let terms = self.read(&entry.answer.value, analyzer);
        self.add_terms(number, &terms, ANSWER_WEIGHT, false);
    }

    fn add_probe(&mut self, number: u32, text: &str, weight: f32, analyzer: &Analyzer) {
        let mut terms = self.read(text, analyzer);
        terms.sort_unstable();
        terms.dedup();
        self.add_terms(number, &terms, weight, true);
        self.probes.push(terms);
        self.probe_entries.push(number);
    }

    fn read(&mut self, text: &str, analyzer: &Analyzer) -> Vec<TermId> {
        let words = analyzer.words(text);
        for word in &words {
            *self.words.entry(word.text.clone()).or_default() += 1;
        }
        analyzer.terms(&words).into_iter().map(|term| self.intern(term)).collect()
    }

    fn intern(&mut self, term: Term) -> TermId {
        if let Some(&id) = self.ids.get(&term.text) {
            return id;
        }
        let id = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        self.ids.insert(term.text, id);
        self.kinds.push(term.kind);
        self.entries.push(Vec::new());
        id
    }

    fn add_terms(&mut self, entry: u32, terms: &[TermId], weight: f32, is_asked: bool) {
        for &term in terms {
            let postings = &mut self.entries[term as usize];
            match postings.last_mut() {
                Some(posting) if posting.entry == entry => {
                    posting.frequency += weight;
                    posting.is_asked |= is_asked;
                }
                _ => postings.push(EntryPosting { entry, frequency: weight, is_asked }),
            }
        }
    }

    fn finish(self, entry_count: usize) -> Index {
        let rarity = |having: usize| inverse_entry_frequency(entry_count, having);
        let mut terms: Vec<IndexedTerm> = self
            .entries
            .into_iter()
            .zip(&self.kinds)
            .map(|(entries, kind)| {
                let weight = rarity(entries.len()) * if *kind == TermKind::Cue { CUE_WEIGHT } else { 1.0 };
                IndexedTerm { weight, probes: Vec::new(), entries }
            })
            .collect();
        for (probe, members) in (0_u32..).zip(&self.probes) {
            let length: f32 = members.iter().map(|&term| terms[term as usize].weight.powi(2)).sum::<f32>().sqrt();
            for &term in members {
                let term = &mut terms[term as usize];
                term.probes.push((probe, term.weight / length));
            }
        }
        let mut words: Vec<(String, u32)> = self.words.into_iter().collect();
        words.sort_unstable();
        Index { ids: self.ids, terms, probe_entries: self.probe_entries, entry_count, unknown_weight: rarity(0), words }
    }
}

/// How much a term tells that `having` of `all` entries have: the inverse document frequency of BM25 in its form that is
/// never negative, ln(1 + (N − n + ½) / (n + ½))
/// ([Robertson and Zaragoza 2009](https://doi.org/10.1561/1500000019), section 3.1; the 1 is Lucene's).
#[expect(clippy::cast_precision_loss, reason = "counts of entries are far below 2^24")]
fn inverse_entry_frequency(all: usize, having: usize) -> f32 {
    let (all, having) = (all as f32, having as f32);
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}
