//! The inverted index: from each term to where it stands.
//!
//! Two lists a term serve the two views that ranking takes of an entry. As a *whole*, an entry's fields are weighted and
//! added up, since a question may use words of several phrasings, the keywords and the answer at once. As *probes*, each
//! question and phrasing stands for itself, since somebody may ask just that.

use std::collections::HashMap;

use super::analyzer::{Analyzer, Term};
use super::{Held, kept_phrasings};
use crate::knowledge::{Entry, KnowledgeBase};
use crate::toml_file::Located;

/// How much a word in each field tells that an entry is about it. Chosen on the shipped base by asking phrasings that were
/// left out of the index.
const QUESTION_WEIGHT: f32 = 3.0;
const PHRASING_WEIGHT: f32 = 1.0;
const KEYWORD_WEIGHT: f32 = 2.0;
const ANSWER_WEIGHT: f32 = 1.2;

/// How far the frequencies of a long entry are scaled down, from 0 (not at all) to 1 (as its length; b of BM25).
const LENGTH_NORMALIZATION: f32 = 0.3;

/// How much rarity counts: below 1, common words count more than their rarity alone says.
const RARITY_EXPONENT: f32 = 0.8;

/// How much more a word weighs that no entry has than one that a single entry could have. It is most often the word that
/// makes the question another one.
const UNKNOWN_EXCESS: f32 = 1.5;

/// Of how many entries a base is taken to be, at least, when a word is unknown to it.
const SMALLEST_LANGUAGE: usize = 20;

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
    /// The occurrences, weighted by field and scaled by the entry's length.
    pub(super) frequency: f32,
}

impl Index {
    pub(super) fn new(base: &KnowledgeBase, analyzer: &Analyzer, held: Option<Held>) -> Self {
        let mut builder = Builder::default();
        for (number, entry) in base.entries.iter().enumerate() {
            let phrasings = kept_phrasings(base, number, held);
            builder.add(u32::try_from(number).unwrap_or(u32::MAX), entry, phrasings, analyzer);
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
    /// For each term its weighted frequency in each entry, in the order of the entries.
    entries: Vec<Vec<EntryPosting>>,
    probes: Vec<Vec<TermId>>,
    probe_entries: Vec<u32>,
    words: HashMap<String, u32>,
}

impl Builder {
    fn add<'b>(
        &mut self,
        number: u32,
        entry: &Entry,
        phrasings: impl Iterator<Item = &'b Located<String>>,
        analyzer: &Analyzer,
    ) {
        self.add_probe(number, &entry.question, QUESTION_WEIGHT, analyzer);
        for phrasing in phrasings {
            self.add_probe(number, &phrasing.value, PHRASING_WEIGHT, analyzer);
        }
        for keyword in &entry.keywords {
            let terms = self.read(keyword, analyzer);
            self.add_terms(number, &terms, KEYWORD_WEIGHT);
        }
        let terms = self.read(&entry.answer.value, analyzer);
        self.add_terms(number, &terms, ANSWER_WEIGHT);
    }

    /// A way of asking: a word that it repeats counts once.
    fn add_probe(&mut self, number: u32, text: &str, weight: f32, analyzer: &Analyzer) {
        let mut terms = self.read(text, analyzer);
        terms.sort_unstable();
        terms.dedup();
        self.add_terms(number, &terms, weight);
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
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.ids.insert(term.text, id);
        self.entries.push(Vec::new());
        id
    }

    fn add_terms(&mut self, entry: u32, terms: &[TermId], weight: f32) {
        for &term in terms {
            let postings = &mut self.entries[term as usize];
            match postings.last_mut() {
                Some(posting) if posting.entry == entry => posting.frequency += weight,
                _ => postings.push(EntryPosting { entry, frequency: weight }),
            }
        }
    }

    fn finish(mut self, entry_count: usize) -> Index {
        self.scale_by_length(entry_count);
        let weight =
            |entries: &Vec<EntryPosting>| inverse_entry_frequency(entry_count, entries.len()).powf(RARITY_EXPONENT);
        let indexed =
            |entries: Vec<EntryPosting>| IndexedTerm { weight: weight(&entries), probes: Vec::new(), entries };
        let mut terms: Vec<IndexedTerm> = self.entries.into_iter().map(indexed).collect();
        add_probes(&self.probes, &mut terms);
        let mut words: Vec<(String, u32)> = self.words.into_iter().collect();
        words.sort_unstable();
        Index {
            ids: self.ids,
            probe_entries: self.probe_entries,
            terms,
            entry_count,
            unknown_weight: unknown_weight(entry_count),
            words,
        }
    }

    fn scale_by_length(&mut self, entry_count: usize) {
        let mut lengths = vec![0.0_f32; entry_count];
        for posting in self.entries.iter().flatten() {
            lengths[posting.entry as usize] += posting.frequency;
        }
        #[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
        let average = lengths.iter().sum::<f32>() / entry_count.max(1) as f32;
        for posting in self.entries.iter_mut().flatten() {
            let relative = lengths[posting.entry as usize] / average;
            posting.frequency /= 1.0 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * relative;
        }
    }
}

/// The weight of a word that no entry has. How rare it is depends on the language more than on the base, so a base of a few
/// entries counts as one of [`SMALLEST_LANGUAGE`].
fn unknown_weight(entry_count: usize) -> f32 {
    UNKNOWN_EXCESS * inverse_entry_frequency(entry_count.max(SMALLEST_LANGUAGE), 0).powf(RARITY_EXPONENT)
}

fn add_probes(probes: &[Vec<TermId>], terms: &mut [IndexedTerm]) {
    for (probe, members) in (0_u32..).zip(probes) {
        let length: f32 = members.iter().map(|&term| terms[term as usize].weight.powi(2)).sum::<f32>().sqrt();
        for &term in members {
            let term = &mut terms[term as usize];
            term.probes.push((probe, term.weight / length));
        }
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
