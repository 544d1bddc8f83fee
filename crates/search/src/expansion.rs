//! Query expansion: which other terms of a base also speak, for less, of what a term says.
//!
//! Three things relate terms. The base itself: words that stand in ways of asking for the same
//! entry, for several entries, are used for one another there (prime minister and Çeku). Word
//! families that the stemmer leaves apart (deter and deterrence). And general English (see
//! [`super::thesaurus`]).

use super::index::TermId;
use super::thesaurus::Thesaurus;

/// In how many entries a term has to be asked for before what stands beside it tells anything.
const FEWEST_ENTRIES: usize = 2;

/// How many occurrences side by side make two terms of one entry fully associated, on the scale of
/// 1 − e⁻ⁿ.
const ASSOCIATION_SATURATION: f32 = 1.0;

/// A weaker association than this is chance.
const WEAKEST_ASSOCIATION: f32 = 0.12;

/// How many associated terms are taken, the strongest.
const MOST_ASSOCIATED: usize = 8;

/// How much a word of the same family counts, at full likeness, and from which likeness on it is
/// taken for one.
const FAMILY_STRENGTH: f32 = 0.7;
const LEAST_FAMILY_LIKENESS: f32 = 0.66;

/// The letters that words of a family share at least.
const FAMILY_PREFIX: usize = 4;

/// How much a word counts that the thesaurus relates.
const THESAURUS_STRENGTH: f32 = 0.6;

/// A term that also speaks of what another one says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Related {
    pub(super) term: TermId,
    /// How much of the other's meaning it has, 0 to 1.
    pub(super) strength: f32,
}

/// The single words among a base's terms, sorted, to find the relatives of any word among them.
#[derive(Debug)]
pub(super) struct Stems(Vec<(Box<str>, TermId)>);

impl Stems {
    pub(super) fn new(stems: impl Iterator<Item = (Box<str>, TermId)>) -> Self {
        let mut stems: Vec<_> = stems.filter(|(stem, _)| !stem.contains(' ')).collect();
        stems.sort_unstable();
        Self(stems)
    }

    /// The terms of the base that general English or the family relates to a stem, which need not
    /// be one of them.
    pub(super) fn relatives(&self, stem: &str, related: &mut Vec<Related>) {
        let known = Thesaurus::shared().relatives(stem).filter_map(|other| self.find(other));
        related.extend(known.map(|term| Related { term, strength: THESAURUS_STRENGTH }));
        if !is_family_name(stem) {
            return;
        }
        let prefix = &stem[..FAMILY_PREFIX];
        let start = self.0.partition_point(|(other, _)| &**other < prefix);
        for (other, term) in self.0[start..].iter().take_while(|(other, _)| other.starts_with(prefix)) {
            let likeness = family_likeness(stem, other);
            if likeness >= LEAST_FAMILY_LIKENESS && **other != *stem && is_family_name(other) {
                related.push(Related { term: *term, strength: FAMILY_STRENGTH * likeness });
            }
        }
    }

    fn find(&self, stem: &str) -> Option<TermId> {
        let place = self.0.binary_search_by(|(other, _)| (**other).cmp(stem)).ok()?;
        Some(self.0[place].1)
    }
}

/// Whether a stem is long enough for its beginning to tell its family. Folded letters outside ASCII
/// are of other alphabets, of whose word forms nothing is known here.
fn is_family_name(stem: &str) -> bool {
    stem.len() >= FAMILY_PREFIX && stem.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The share of two words that is their common beginning (a Dice coefficient), 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn family_likeness(one: &str, other: &str) -> f32 {
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    2.0 * shared as f32 / (one.len() + other.len()) as f32
}

/// For each term the terms that the base associates with it, given for each term the entries that
/// are asked for with it, rising, and in how many ways of asking.
///
/// The strength of two terms is the number of entries that both are asked with, each counted by how
/// often, against what each has by itself: a cosine.
pub(super) fn associations(asked: &[Vec<(u32, u32)>], entry_count: usize) -> Vec<Vec<Related>> {
    let mut of_entry: Vec<Vec<(TermId, u32)>> = vec![Vec::new(); entry_count];
    for (term, entries) in (0..).zip(asked).filter(|(_, entries)| entries.len() >= FEWEST_ENTRIES) {
        for &(entry, texts) in entries {
            of_entry[entry as usize].push((term, texts));
        }
    }
    let mut sums = vec![0.0_f32; asked.len()];
    let mut touched: Vec<TermId> = Vec::new();
    (0..)
        .zip(asked)
        .map(|(term, entries)| associated(term, entries, asked, &of_entry, &mut sums, &mut touched))
        .collect()
}

fn associated(
    term: TermId,
    entries: &[(u32, u32)],
    asked: &[Vec<(u32, u32)>],
    of_entry: &[Vec<(TermId, u32)>],
    sums: &mut [f32],
    touched: &mut Vec<TermId>,
) -> Vec<Related> {
    if entries.len() < FEWEST_ENTRIES {
        return Vec::new();
    }
    for &(entry, texts) in entries {
        for &(other, others_texts) in &of_entry[entry as usize] {
            let sum = &mut sums[other as usize];
            if *sum == 0.0 {
                touched.push(other);
            }
            *sum += saturated(texts * others_texts);
        }
    }
    let mut related = Vec::new();
    for other in touched.drain(..) {
        let sum = std::mem::take(&mut sums[other as usize]);
        let strength = sum / root_of_product(entries.len(), asked[other as usize].len());
        if other != term && strength >= WEAKEST_ASSOCIATION {
            related.push(Related { term: other, strength: strength.min(1.0) });
        }
    }
    related.sort_unstable_by(|a, b| b.strength.total_cmp(&a.strength).then(a.term.cmp(&b.term)));
    related.truncate(MOST_ASSOCIATED);
    related
}

#[expect(clippy::cast_precision_loss, reason = "counts of texts and entries are far below 2^24")]
fn saturated(occurrences: u32) -> f32 {
    1.0 - (-(occurrences as f32) / ASSOCIATION_SATURATION).exp()
}

#[expect(clippy::cast_precision_loss, reason = "counts of entries are far below 2^24")]
fn root_of_product(one: usize, other: usize) -> f32 {
    (one as f32 * other as f32).sqrt()
}
