//! The inverted index: from each term to the entries that it speaks for, and from each phrasing to
//! its entry.
//!
//! An entry is indexed as a whole: its fields are weighted and added up, since a question may use
//! words of several phrasings, the keywords and the answer at once. An [`IndexBuilder`] takes the
//! entries in, one after the other; the [`Index`] that it becomes never changes.

use footnote_knowledge::{heap_bytes, no_heap_bytes};
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::analyzer::{Term, TermKind};
use crate::english::{English, EnglishId, is_english_name};
use crate::expansion::{self, Asked, EnglishTerms, Related};
use crate::ids::{EntryId, TermId, WordId};
use crate::tuning::{IndexTuning, Tuning};

/// All postings and phrasings of a base. Immutable.
#[derive(Debug)]
pub(crate) struct Index {
    ids: HashMap<Arc<str>, TermId, FxBuildHasher>,
    terms: Vec<IndexedTerm>,
    english: EnglishTerms,
    /// By the hash of a phrasing's words. At 64 bits, collisions are as good as impossible.
    verbatim: HashMap<u64, EntryId, FxBuildHasher>,
    /// The weight of a term that no entry has: as rare as a term can be.
    pub(crate) unknown_weight: f32,
}

#[derive(Debug)]
pub(crate) struct IndexedTerm {
    /// How much the term tells, from how few entries have it.
    pub(crate) weight: f32,
    /// Whether it names somebody or something: English does not have it, or the base writes it with
    /// a capital inside of sentences.
    pub(crate) is_name: bool,
    /// Where it stands in the table of English, if it does.
    pub(crate) english: Option<EnglishId>,
    /// The terms of the base that English relates to it.
    pub(crate) relatives: Box<[Related]>,
    /// The entries that support it or what is related to it, rising.
    pub(crate) postings: Box<[Posting]>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting {
    pub(crate) entry: EntryId,
    /// The share of the term that the entry supports, 0 to 1.
    pub(crate) share: f32,
}

impl Index {
    pub(crate) fn id(&self, term: &str) -> Option<TermId> {
        self.ids.get(term).copied()
    }

    pub(crate) fn term(&self, id: TermId) -> &IndexedTerm {
        &self.terms[id.place()]
    }

    /// The terms of the base that English relates to a lemma.
    pub(crate) fn relatives(&self, lemma: EnglishId) -> Vec<Related> {
        self.english.relatives(lemma)
    }

    /// The terms of the base that mean the opposite of a lemma.
    pub(crate) fn opposites(&self, lemma: EnglishId) -> impl Iterator<Item = TermId> {
        self.english.opposites(lemma)
    }

    /// The entry with a phrasing of these words, in this order: the first, if there are several.
    pub(crate) fn asked_verbatim(&self, words: &[WordId]) -> Option<EntryId> {
        self.verbatim.get(&hash(words)).copied()
    }
}

/// Collects the terms and phrasings of a base, entry by entry.
#[derive(Debug, Default)]
pub(crate) struct IndexBuilder {
    ids: HashMap<Arc<str>, TermId, FxBuildHasher>,
    terms: Vec<TermDraft>,
    /// Every phrasing by the hash of its words, with the first entry that has it.
    verbatim: HashMap<u64, EntryId, FxBuildHasher>,
}

#[derive(Debug)]
struct TermDraft {
    kind: TermKind,
    /// In how many places it stands, and in how many of them as a name would.
    places: u32,
    as_name: u32,
    /// Entries with the occurrences, weighted by field and later scaled by the entry's length,
    /// rising by entry.
    frequencies: Vec<(EntryId, f32)>,
    /// Entries that are asked for with the term, with in how many phrasings, rising by entry.
    asked: Vec<(EntryId, u32)>,
}

impl IndexBuilder {
    /// The number of a term, new if it was not seen before. `is_name` says how it is written here,
    /// unless the text is all in small letters, which tells nothing.
    pub(crate) fn intern(&mut self, term: Term, is_name: Option<bool>) -> TermId {
        let id = self.ids.get(&*term.text).copied().unwrap_or_else(|| {
            let id = TermId::new(self.terms.len());
            self.ids.insert(term.text, id);
            let draft =
                TermDraft { kind: term.kind, places: 0, as_name: 0, frequencies: Vec::new(), asked: Vec::new() };
            self.terms.push(draft);
            id
        });
        let draft = &mut self.terms[id.place()];
        draft.places += u32::from(is_name.is_some());
        draft.as_name += u32::from(is_name == Some(true));
        id
    }

    /// Adds terms that an entry has in some field. `weight` is what an occurrence there counts.
    pub(crate) fn add(&mut self, entry: EntryId, terms: &[TermId], weight: f32) {
        for &term in terms {
            add_to_last(&mut self.terms[term.place()].frequencies, entry, weight);
        }
    }

    /// Adds the question or another phrasing of an entry. A term that it repeats counts once.
    ///
    /// `terms` rise.
    pub(crate) fn add_phrasing(&mut self, entry: EntryId, words: &[WordId], terms: &[TermId], weight: f32) {
        self.add(entry, terms, weight);
        for &term in terms {
            add_to_last(&mut self.terms[term.place()].asked, entry, 1);
        }
        if !words.is_empty() {
            self.verbatim.entry(hash(words)).or_insert(entry);
        }
    }

    /// The index of what was added, for a base with so many entries.
    pub(crate) fn finish(mut self, entry_count: usize, tuning: &Tuning) -> Index {
        self.scale_by_length(entry_count, tuning.index.length_normalization);
        let mut words: Vec<Option<EnglishId>> = vec![None; self.terms.len()];
        for (text, id) in &self.ids {
            words[id.place()] = English::shared().find(text);
        }
        let is_content = |place: &usize| self.terms[*place].kind == TermKind::Content;
        let places = (0..words.len()).filter(is_content).filter_map(|place| Some((words[place]?, TermId::new(place))));
        let english = EnglishTerms::new(places, tuning.expansion);
        Index {
            terms: self.index_terms(entry_count, &words, &english, tuning),
            ids: self.ids,
            english,
            verbatim: self.verbatim,
            unknown_weight: unknown_weight(entry_count, tuning.index),
        }
    }

    fn scale_by_length(&mut self, entry_count: usize, normalization: f32) {
        let mut lengths = vec![0.0_f32; entry_count];
        for (entry, frequency) in self.terms.iter().flat_map(|term| &term.frequencies) {
            lengths[entry.place()] += frequency;
        }
        #[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
        let average = lengths.iter().sum::<f32>() / entry_count.max(1) as f32;
        for (entry, frequency) in self.terms.iter_mut().flat_map(|term| &mut term.frequencies) {
            let relative = lengths[entry.place()] / average;
            *frequency /= 1.0 - normalization + normalization * relative;
        }
    }

    fn index_terms(
        &self,
        entry_count: usize,
        words: &[Option<EnglishId>],
        english: &EnglishTerms,
        tuning: &Tuning,
    ) -> Vec<IndexedTerm> {
        let is_content = |term: &TermDraft| term.kind == TermKind::Content;
        let asked = |term: &TermDraft| if is_content(term) { term.asked.clone() } else { Vec::new() };
        let asked: Asked = self.terms.iter().map(asked).collect();
        let mut related = expansion::associations(&asked, entry_count, tuning.expansion);
        let relatives = words.iter().map(|word| word.map(|word| english.relatives(word)).unwrap_or_default());
        let relatives: Vec<Vec<Related>> = relatives.collect();
        for ((related, relatives), term) in related.iter_mut().zip(&relatives).zip(&self.terms) {
            if is_content(term) {
                related.extend(relatives);
            }
        }
        let mut shares = Shares { of_entry: vec![0.0; entry_count], found: Vec::new() };
        let mut relatives = relatives.into_iter();
        let mut indexed = |((term, related), english): ((&TermDraft, &Vec<Related>), &Option<EnglishId>)| {
            let own = std::iter::once((term, 1.0));
            let others = related.iter().map(|related| (&self.terms[related.term.place()], related.strength));
            for (term, strength) in own.chain(others) {
                shares.keep_best(term, strength, tuning.index.saturation);
            }
            let rarity = inverse_entry_frequency(entry_count, term.frequencies.len());
            IndexedTerm {
                weight: rarity.powf(tuning.index.rarity_exponent),
                is_name: english.is_none_or(|_| !is_content(term))
                    || is_english_name(*english)
                    || 2 * term.as_name > term.places,
                english: *english,
                relatives: relatives.next().unwrap_or_default().into(),
                postings: shares.take_postings(tuning.index.smallest_share),
            }
        };
        self.terms.iter().zip(&related).zip(words).map(&mut indexed).collect()
    }
}

fn hash(words: &[WordId]) -> u64 {
    FxBuildHasher.hash_one(words)
}

/// Adds to the last pair if it is the entry's; entries come one after the other.
fn add_to_last<N: std::ops::AddAssign>(pairs: &mut Vec<(EntryId, N)>, entry: EntryId, amount: N) {
    match pairs.last_mut() {
        Some((last, sum)) if *last == entry => *sum += amount,
        _ => pairs.push((entry, amount)),
    }
}

/// What each entry supports of one term, term after term in the same memory.
struct Shares {
    /// Zero for entries that are not in `found`.
    of_entry: Vec<f32>,
    found: Vec<EntryId>,
}

impl Shares {
    fn keep_best(&mut self, term: &TermDraft, strength: f32, saturation: f32) {
        for &(entry, frequency) in &term.frequencies {
            let share = strength * frequency / (frequency + saturation);
            let best = &mut self.of_entry[entry.place()];
            if share > *best {
                if *best == 0.0 {
                    self.found.push(entry);
                }
                *best = share;
            }
        }
    }

    fn take_postings(&mut self, smallest: f32) -> Box<[Posting]> {
        self.found.sort_unstable();
        let of_entry = &mut self.of_entry;
        let posting = |entry: EntryId| Posting { entry, share: std::mem::take(&mut of_entry[entry.place()]) };
        self.found.drain(..).map(posting).filter(|posting| posting.share >= smallest).collect()
    }
}

/// The weight of a word that no entry has.
fn unknown_weight(entry_count: usize, tuning: IndexTuning) -> f32 {
    let rarity = inverse_entry_frequency(entry_count.max(tuning.smallest_language), 0);
    tuning.unknown_excess * rarity.powf(tuning.rarity_exponent)
}

/// How much a term tells that `having` of `all` entries have: the inverse document frequency of
/// BM25 in its form that is never negative, ln(1 + (N − n + ½) / (n + ½)) ([Robertson and Zaragoza
/// 2009](https://doi.org/10.1561/1500000019), section 3.1; the 1 is Lucene's).
#[expect(clippy::cast_precision_loss, reason = "counts of entries are far below 2^24")]
fn inverse_entry_frequency(all: usize, having: usize) -> f32 {
    let (all, having) = (all as f32, having as f32);
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}

heap_bytes!(Index { ids, terms, english, verbatim } but unknown_weight);
heap_bytes!(IndexedTerm { relatives, postings } but weight, is_name, english);
no_heap_bytes!(Posting);
