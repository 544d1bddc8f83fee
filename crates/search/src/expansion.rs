//! Query expansion: which other terms of a base also speak, for less, of what a term says.
//!
//! Two things relate terms. The base itself: words that stand in phrasings of the same entry, for
//! several entries, are used for one another there (prime minister and Çeku). And English, by its
//! table: words of one family (deter and deterrence) and words that mean much the same.

use footnote_knowledge::{heap_bytes, no_heap_bytes};
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::english::{English, EnglishId};
use crate::ids::{EntryId, TermId};
use crate::tuning::ExpansionTuning;

/// A term that also speaks of what another one says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Related {
    pub(crate) term: TermId,
    /// How much of the other's meaning it has, 0 to 1.
    pub(crate) strength: f32,
}

/// The terms of a base that are English words, to find the relatives of any word among them.
#[derive(Debug)]
pub(crate) struct EnglishTerms {
    of_word: HashMap<EnglishId, TermId, FxBuildHasher>,
    tuning: ExpansionTuning,
}

impl EnglishTerms {
    pub(crate) fn new(terms: impl Iterator<Item = (EnglishId, TermId)>, tuning: ExpansionTuning) -> Self {
        Self { of_word: terms.collect(), tuning }
    }

    /// The terms of the base that English relates to a lemma, which need not be one of them.
    pub(crate) fn relatives(&self, lemma: EnglishId) -> Vec<Related> {
        let english = English::shared();
        let mut related: Vec<Related> = Vec::new();
        let family = english.family(lemma).map(|(id, strength)| (id, strength * self.tuning.family_strength));
        let meaning = english.related(lemma).map(|(id, strength)| (id, strength * self.tuning.meaning_strength));
        for (id, strength) in family.chain(meaning) {
            let Some(&term) = self.of_word.get(&id) else { continue };
            match related.iter_mut().find(|known| known.term == term) {
                Some(known) => known.strength = known.strength.max(strength),
                None => related.push(Related { term, strength }),
            }
        }
        related
    }

    /// The terms of the base that mean the opposite of a lemma.
    pub(crate) fn opposites(&self, lemma: EnglishId) -> impl Iterator<Item = TermId> {
        English::shared().opposites(lemma).filter_map(|id| self.of_word.get(&id).copied())
    }
}

/// For each term, the entries that are asked for with it, rising, and in how many phrasings.
pub(crate) type Asked = Vec<Vec<(EntryId, u32)>>;

/// For each term, the terms that the base associates with it.
///
/// The strength of two terms is the number of entries that are asked for with both, each counted by
/// how often, against the numbers of entries that each has by itself: a cosine.
pub(crate) fn associations(asked: &Asked, entry_count: usize, tuning: ExpansionTuning) -> Vec<Vec<Related>> {
    let mut of_entry: Vec<Vec<(TermId, u32)>> = vec![Vec::new(); entry_count];
    for (term, entries) in asked.iter().enumerate().filter(|(_, entries)| entries.len() >= tuning.fewest_entries) {
        for &(entry, texts) in entries {
            of_entry[entry.place()].push((TermId::new(term), texts));
        }
    }
    // Most products are small.
    let known: Vec<f32> = (0..256).map(|count| saturated(count, tuning.association_saturation)).collect();
    let saturated = |count: u32| match known.get(count as usize) {
        Some(share) => *share,
        None => saturated(count, tuning.association_saturation),
    };
    let mut sums = vec![0.0_f32; asked.len()];
    let mut touched: Vec<TermId> = Vec::new();
    let mut associated = |(term, entries): (usize, &Vec<(EntryId, u32)>)| {
        if entries.len() < tuning.fewest_entries {
            return Vec::new();
        }
        for &(entry, texts) in entries {
            for &(other, others_texts) in &of_entry[entry.place()] {
                let sum = &mut sums[other.place()];
                if *sum == 0.0 {
                    touched.push(other);
                }
                *sum += saturated(texts * others_texts);
            }
        }
        let mut related = Vec::new();
        for other in touched.drain(..) {
            let sum = std::mem::take(&mut sums[other.place()]);
            let strength = sum / root_of_product(entries.len(), asked[other.place()].len());
            if other.place() != term && strength >= tuning.weakest_association {
                related.push(Related { term: other, strength: strength.min(1.0) });
            }
        }
        related.sort_unstable_by(|a, b| b.strength.total_cmp(&a.strength).then(a.term.cmp(&b.term)));
        related.truncate(tuning.most_associated);
        related
    };
    asked.iter().enumerate().map(&mut associated).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of texts and entries are far below 2^24")]
fn saturated(occurrences: u32, saturation: f32) -> f32 {
    1.0 - (-(occurrences as f32) / saturation).exp()
}

#[expect(clippy::cast_precision_loss, reason = "counts of entries are far below 2^24")]
fn root_of_product(one: usize, other: usize) -> f32 {
    (one as f32 * other as f32).sqrt()
}

heap_bytes!(EnglishTerms { of_word } but tuning);
no_heap_bytes!(Related, EnglishId);
