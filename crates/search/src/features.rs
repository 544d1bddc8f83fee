//! What the classifier sees of a text: word stems, pairs of neighbouring stems, and the letter
//! sequences within words.
//!
//! Stems carry the meaning, pairs a little of the grammar, and letter sequences let a word that
//! nobody wrote before share weight with its relatives and its misspellings. Features are hashed,
//! so that looking one up needs no string.

use std::collections::HashMap;
use std::hash::Hasher;

use rustc_hash::{FxBuildHasher, FxHasher};

use super::lexicon::{Lexicon, WordId};

/// The length of a letter sequence, in characters, the blanks around a word included.
const GRAM_LENGTH: usize = 4;

/// In how many texts a pair or letter sequence has to occur to be a feature: what occurs once tells
/// nothing about others.
const FEWEST_TEXTS: u32 = 2;

/// A feature's number in a [`FeatureTable`].
pub(super) type FeatureId = u32;

/// A text as a sparse vector: feature numbers, rising, with their weights.
pub(super) type FeatureVector = Box<[(FeatureId, f32)]>;

/// The number of a part of a text: a feature's, or behind those a known word's with all the
/// features that it has by itself.
pub(super) type PartId = u32;

/// The features of a base, with how much each tells.
#[derive(Debug)]
pub(super) struct FeatureTable {
    /// From a feature's hash to its number. At 64 bits, collisions among a million features are
    /// unlikely.
    ids: HashMap<u64, FeatureId, FxBuildHasher>,
    /// The inverse document frequency of each.
    rarity: Vec<f32>,
    /// The words of the lexicon.
    words: Vec<KnownWord>,
}

#[derive(Debug)]
struct KnownWord {
    stem: u64,
    /// The features that the word has by itself, one for each occurrence.
    features: Box<[FeatureId]>,
    /// The sum of their squared rarities.
    square: f32,
}

/// A text as the parts that are known of it.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) ids: Vec<PartId>,
    /// By what the sum of the parts is divided, so that long texts do not score higher than short
    /// ones: the length of the text's vector, if its parts had no feature in common.
    pub(super) length: f32,
}

#[derive(Debug)]
struct HashedWord {
    stem: u64,
    grams: Vec<u64>,
}

impl HashedWord {
    fn new(word: &str, stem: &str) -> Self {
        Self { stem: hash(Kind::Stem, stem), grams: grams(word) }
    }
}

/// A word of a text, looked up.
#[derive(Debug)]
pub(super) enum QuestionWord {
    /// A word of the lexicon.
    Known(WordId),
    /// Another one.
    Unknown { text: Box<str>, stem: Box<str> },
}

/// How many parts and features a question has, about.
const USUAL_PARTS: usize = 32;
const USUAL_FEATURES: usize = 64;

/// The stem that stands for the beginning and for the end of a text in pairs.
const BOUNDARY: u64 = 0;

impl FeatureTable {
    /// Takes in the texts, and yields their vectors in the same order.
    pub(super) fn new(texts: &[Vec<WordId>], lexicon: &Lexicon) -> (Self, Vec<FeatureVector>) {
        let hashed: Vec<HashedWord> =
            lexicon.words().iter().map(|word| HashedWord::new(&word.text, &word.stem)).collect();
        let kept = kept_features(texts, &hashed);
        let ids: HashMap<u64, FeatureId, FxBuildHasher> =
            kept.iter().zip(0..).map(|((hash, _), id)| (*hash, id)).collect();
        let rarity = kept.iter().map(|(_, count)| inverse_text_frequency(texts.len(), *count)).collect();
        let mut table = Self { ids, rarity, words: Vec::new() };
        table.words = hashed.iter().map(|word| table.known_word(word)).collect();
        let vectors = texts.iter().map(|text| table.vector(text)).collect();
        (table, vectors)
    }

    fn known_word(&self, word: &HashedWord) -> KnownWord {
        let features: Box<[FeatureId]> = features_of(word).filter_map(|hash| self.id(hash)).collect();
        let square = features.iter().map(|id| self.square(*id)).sum();
        KnownWord { stem: word.stem, features, square }
    }

    /// How many features there are.
    pub(super) fn len(&self) -> usize {
        self.rarity.len()
    }

    /// How much a feature tells.
    pub(super) fn rarity(&self, id: FeatureId) -> f32 {
        self.rarity[id as usize]
    }

    /// The features that each word of the lexicon has by itself, one for each occurrence.
    pub(super) fn words(&self) -> impl Iterator<Item = &[FeatureId]> {
        self.words.iter().map(|word| &*word.features)
    }

    /// The parts of a text: what the table does not have is left out.
    pub(super) fn parts(&self, words: &[QuestionWord]) -> Parts {
        let mut ids = Vec::with_capacity(USUAL_PARTS);
        let mut square = 0.0;
        let mut previous = BOUNDARY;
        let push_feature = |hash: u64, ids: &mut Vec<PartId>| {
            let Some(id) = self.id(hash) else { return 0.0 };
            ids.push(id);
            self.square(id)
        };
        for word in words {
            let stem = match word {
                QuestionWord::Known(id) => {
                    let known = &self.words[*id as usize];
                    ids.push(self.word_part(*id));
                    square += known.square;
                    known.stem
                }
                QuestionWord::Unknown { text, stem } => {
                    let word = HashedWord::new(text, stem);
                    square += features_of(&word).map(|hash| push_feature(hash, &mut ids)).sum::<f32>();
                    word.stem
                }
            };
            square += push_feature(pair(previous, stem), &mut ids);
            previous = stem;
        }
        square += push_feature(pair(previous, BOUNDARY), &mut ids);
        Parts { ids, length: square.sqrt() }
    }

    fn word_part(&self, word: WordId) -> PartId {
        u32::try_from(self.len()).unwrap_or(u32::MAX).saturating_add(word)
    }

    /// The vector of a text of known words, which scores what the sum of its parts does.
    fn vector(&self, text: &[WordId]) -> FeatureVector {
        let parts = self.parts(&text.iter().map(|word| QuestionWord::Known(*word)).collect::<Vec<_>>());
        let mut ids: Vec<FeatureId> = Vec::with_capacity(USUAL_FEATURES);
        for part in parts.ids {
            match (part as usize).checked_sub(self.len()) {
                Some(word) => ids.extend_from_slice(&self.words[word].features),
                None => ids.push(part),
            }
        }
        ids.sort_unstable();
        let counted = ids.chunk_by(|a, b| a == b).map(|run| (run[0], count(run) * self.rarity(run[0]) / parts.length));
        counted.collect()
    }

    fn square(&self, id: FeatureId) -> f32 {
        self.rarity(id) * self.rarity(id)
    }

    fn id(&self, hash: u64) -> Option<FeatureId> {
        self.ids.get(&hash).copied()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a text has fewer than 2^24 words")]
fn count(run: &[FeatureId]) -> f32 {
    run.len() as f32
}

/// The features that are kept with the number of texts that have them, sorted: neither their
/// numbers nor the order of sums may depend on a hash map.
fn kept_features(texts: &[Vec<WordId>], words: &[HashedWord]) -> Vec<(u64, u32)> {
    let mut found: Vec<u64> = Vec::new();
    let mut of_text: Vec<u64> = Vec::new();
    let mut stems: Vec<u64> = Vec::new();
    for text in texts {
        of_text.clear();
        let mut previous = BOUNDARY;
        for &word in text {
            let word = &words[word as usize];
            stems.push(word.stem);
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
    stems.sort_unstable();
    let counted = found.chunk_by(|a, b| a == b).map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX)));
    counted.filter(|(hash, count)| *count >= FEWEST_TEXTS || stems.binary_search(hash).is_ok()).collect()
}

/// ln((1 + N) / (1 + n)) + 1: as if one more text had every feature, and never 0, so that common
/// features still count.
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

/// The hashes of a word's letter sequences, the blanks around it included; a single letter has
/// none.
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
