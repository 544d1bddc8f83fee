//! Query expansion: which other terms of a base also speak, for less, of what a term says.
//!
//! Three things relate terms. The base itself: words that stand in phrasings of the same entry, for
//! several entries, are used for one another there (prime minister and Çeku). Word families that
//! the stemmer leaves apart (deter and deterrence). And general English (see [`crate::thesaurus`]).

use crate::ids::{EntryId, TermId};
use crate::thesaurus::Thesaurus;
use crate::tuning::ExpansionTuning;

/// A term that also speaks of what another one says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Related {
    pub(crate) term: TermId,
    /// How much of the other's meaning it has, 0 to 1.
    pub(crate) strength: f32,
}

/// The single words among a base's terms, sorted, to find the relatives of any word among them.
#[derive(Debug)]
pub(crate) struct Stems {
    sorted: Vec<(Box<str>, TermId)>,
    tuning: ExpansionTuning,
}

impl Stems {
    pub(crate) fn new(stems: impl Iterator<Item = (Box<str>, TermId)>, tuning: ExpansionTuning) -> Self {
        let mut sorted: Vec<_> = stems.filter(|(stem, _)| !stem.contains(' ')).collect();
        sorted.sort_unstable();
        Self { sorted, tuning }
    }

    /// The terms of the base that general English or the family relates to a stem, which need not
    /// be one of them.
    pub(crate) fn relatives(&self, stem: &str) -> Vec<Related> {
        let strength = self.tuning.thesaurus_strength;
        let known = Thesaurus::shared().relatives(stem).filter_map(|other| self.find(other));
        let mut related: Vec<Related> = known.map(|term| Related { term, strength }).collect();
        if !self.is_family_name(stem) {
            return related;
        }
        let prefix = &stem[..self.tuning.family_prefix];
        let start = self.sorted.partition_point(|(other, _)| &**other < prefix);
        for (other, term) in self.sorted[start..].iter().take_while(|(other, _)| other.starts_with(prefix)) {
            let similarity = family_similarity(stem, other);
            if similarity >= self.tuning.least_family_similarity && **other != *stem && self.is_family_name(other) {
                related.push(Related { term: *term, strength: self.tuning.family_strength * similarity });
            }
        }
        related
    }

    fn find(&self, stem: &str) -> Option<TermId> {
        let place = self.sorted.binary_search_by(|(other, _)| (**other).cmp(stem)).ok()?;
        Some(self.sorted[place].1)
    }

    /// Whether a stem is long enough for its beginning to tell its family. Folded letters outside
    /// ASCII are of other alphabets, of whose word forms nothing is known here.
    fn is_family_name(&self, stem: &str) -> bool {
        stem.len() >= self.tuning.family_prefix && stem.bytes().all(|byte| byte.is_ascii_alphabetic())
    }
}

/// The share of two words that is their common beginning (a Dice coefficient), 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn family_similarity(one: &str, other: &str) -> f32 {
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    2.0 * shared as f32 / (one.len() + other.len()) as f32
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
                *sum += saturated(texts * others_texts, tuning.association_saturation);
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
