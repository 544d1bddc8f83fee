//! What the classifier sees of a text: word stems, pairs of neighbouring stems, and the letter sequences within words.
//!
//! Stems carry the meaning, pairs a little of the grammar, and letter sequences let a word that nobody wrote before share
//! weight with its relatives and its misspellings. Features are hashed, so that looking one up needs no string.

use std::collections::HashMap;
use std::hash::Hasher;

use rustc_hash::{FxBuildHasher, FxHasher};

use super::analyzer::stem;

/// The length of a letter sequence, in characters, the blanks around a word included.
const GRAM_LENGTH: usize = 4;

/// In how many texts a pair or letter sequence has to occur to be a feature: what occurs once tells nothing about others.
const FEWEST_TEXTS: u32 = 2;

/// A feature's number in a [`FeatureTable`].
pub(super) type FeatureId = u32;

/// A text as a sparse vector of length 1: feature numbers, rising, with their weights.
pub(super) type FeatureVector = Box<[(FeatureId, f32)]>;

/// The features of a base, with how much each tells.
#[derive(Debug)]
pub(super) struct FeatureTable {
    /// From a feature's hash to its number. At 64 bits, collisions among a million features are unlikely.
    ids: HashMap<u64, FeatureId, FxBuildHasher>,
    /// The inverse document frequency of each.
    rarity: Vec<f32>,
    /// The base's words, so that a question's word is hardly ever taken apart again.
    words: HashMap<Box<str>, KnownWord, FxBuildHasher>,
}

#[derive(Debug)]
struct KnownWord {
    stem: u64,
    /// The features that the word has by itself.
    features: Box<[FeatureId]>,
}

/// A text to learn from, as word numbers of a [`FeatureTableBuilder`].
#[derive(Debug)]
pub(super) struct FeatureText(Vec<u32>);

/// Collects the texts of a base.
#[derive(Debug, Default)]
pub(super) struct FeatureTableBuilder {
    numbers: HashMap<Box<str>, u32, FxBuildHasher>,
    /// The stem and the features of each word, as hashes, one for each occurrence.
    words: Vec<HashedWord>,
    texts: Vec<FeatureText>,
}

#[derive(Debug)]
struct HashedWord {
    stem: u64,
    grams: Vec<u64>,
}

impl HashedWord {
    fn new(word: &str) -> Self {
        Self { stem: hash(Kind::Stem, &stem(word)), grams: grams(word) }
    }
}

/// The stem that stands for the beginning and for the end of a text in pairs.
const BOUNDARY: u64 = 0;

impl FeatureTableBuilder {
    /// Adds a text by its words.
    pub(super) fn add<'w>(&mut self, words: impl Iterator<Item = &'w str>) {
        let text = words.map(|word| self.number(word)).collect();
        self.texts.push(FeatureText(text));
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.words.push(HashedWord::new(word));
        number
    }

    /// Numbers the features and yields the texts' vectors, in the order in which they were added.
    pub(super) fn finish(self) -> (FeatureTable, Vec<FeatureVector>) {
        let kept = self.kept_features();
        let ids: HashMap<u64, FeatureId, FxBuildHasher> =
            kept.iter().zip(0..).map(|((hash, _), id)| (*hash, id)).collect();
        let rarity = kept.iter().map(|(_, count)| inverse_text_frequency(self.texts.len(), *count)).collect();
        let known = |word: &HashedWord| KnownWord {
            stem: word.stem,
            features: features_of(word).filter_map(|hash| ids.get(&hash).copied()).collect(),
        };
        let known_words: Vec<KnownWord> = self.words.iter().map(known).collect();
        let mut table = FeatureTable { ids, rarity, words: HashMap::default() };
        let vector = |text: &FeatureText| {
            let mut ids = Vec::new();
            let mut previous = BOUNDARY;
            for &word in &text.0 {
                let word = &known_words[word as usize];
                ids.extend_from_slice(&word.features);
                ids.extend(table.id(pair(previous, word.stem)));
                previous = word.stem;
            }
            ids.extend(table.id(pair(previous, BOUNDARY)));
            table.weigh(ids)
        };
        let vectors = self.texts.iter().map(vector).collect();
        let mut numbers: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        numbers.sort_unstable_by_key(|(_, number)| *number);
        table.words = numbers.into_iter().map(|(word, _)| word).zip(known_words).collect();
        (table, vectors)
    }

    /// The features that are kept with the number of texts that have them, sorted: neither their numbers nor the order of
    /// sums may depend on a hash map.
    fn kept_features(&self) -> Vec<(u64, u32)> {
        let mut found: Vec<u64> = Vec::new();
        let mut of_text: Vec<u64> = Vec::new();
        for text in &self.texts {
            of_text.clear();
            let mut previous = BOUNDARY;
            for &word in &text.0 {
                let word = &self.words[word as usize];
                of_text.extend(features_of(word));
                of_text.push(pair(previous, word.stem));
                previous = word.stem;
            }
            of_text.push(pair(previous, BOUNDARY));
            of_text.sort_unstable();
            of_text.dedup();
            found.extend_from_slice(&of_text);
        }
        found.sort_unstable();
        let mut stems: Vec<u64> = self.words.iter().map(|word| word.stem).collect();
        stems.sort_unstable();
        let counted = found.chunk_by(|a, b| a == b).map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX)));
        counted.filter(|(hash, count)| *count >= FEWEST_TEXTS || stems.binary_search(hash).is_ok()).collect()
    }
}

impl FeatureTable {
    /// How many features there are.
    pub(super) fn len(&self) -> usize {
        self.rarity.len()
    }

    /// The vector of a text: what the table does not have is left out.
    pub(super) fn vector<'w>(&self, words: impl Iterator<Item = &'w str>) -> FeatureVector {
        let mut ids = Vec::with_capacity(64);
        let mut previous = BOUNDARY;
        for word in words {
            let stem = self.push_word(word, &mut ids);
            ids.extend(self.id(pair(previous, stem)));
            previous = stem;
        }
        ids.extend(self.id(pair(previous, BOUNDARY)));
        self.weigh(ids)
    }

    /// Adds the features of a word by itself and yields the hash of its stem.
    fn push_word(&self, word: &str, ids: &mut Vec<FeatureId>) -> u64 {
        if let Some(known) = self.words.get(word) {
            ids.extend_from_slice(&known.features);
            return known.stem;
        }
        let word = HashedWord::new(word);
        ids.extend(features_of(&word).filter_map(|hash| self.id(hash)));
        word.stem
    }

    fn id(&self, hash: u64) -> Option<FeatureId> {
        self.ids.get(&hash).copied()
    }

    /// Counts the features, weighs them by count and rarity, and scales the vector to length 1.
    fn weigh(&self, mut ids: Vec<FeatureId>) -> FeatureVector {
        ids.sort_unstable();
        let counted = ids.chunk_by(|a, b| a == b).map(|run| (run[0], damped(run.len()) * self.rarity[run[0] as usize]));
        let mut vector: FeatureVector = counted.collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        for (_, weight) in &mut vector {
            *weight /= length;
        }
        vector
    }
}

/// A feature that occurs again tells less each time: 1 + ln of its count.
#[expect(clippy::cast_precision_loss, reason = "a question has fewer than 2^24 words")]
fn damped(count: usize) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + (count as f32).ln() }
}

/// ln((1 + N) / (1 + n)) + 1: as if one more text had every feature, and never 0, so that common features still count.
#[expect(clippy::cast_precision_loss, reason = "a base has fewer than 2^24 texts")]
fn inverse_text_frequency(all: usize, having: u32) -> f32 {
    ((1.0 + all as f32) / (1.0 + having as f32)).ln() + 1.0
}

#[derive(Clone, Copy)]
enum Kind {
    Stem,
    Pair,
    Gram,
}

fn features_of(word: &HashedWord) -> impl Iterator<Item = u64> {
    std::iter::once(word.stem).chain(word.grams.iter().copied())
}

/// The hashes of a word's letter sequences, the blanks around it included; a single letter has none.
fn grams(word: &str) -> Vec<u64> {
    let padded = format!(" {word} ");
    let starts: Vec<usize> = padded.char_indices().map(|(index, _)| index).chain([padded.len()]).collect();
    starts.windows(GRAM_LENGTH + 1).map(|window| hash(Kind::Gram, &padded[window[0]..window[GRAM_LENGTH]])).collect()
}

fn hash(kind: Kind, text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(kind as u8);
    hasher.write(text.as_bytes());
    hasher.finish()
}

fn pair(first: u64, second: u64) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(Kind::Pair as u8);
    hasher.write_u64(first);
    hasher.write_u64(second);
    hasher.finish()
}
