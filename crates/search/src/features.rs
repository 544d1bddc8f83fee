//! What the classifier sees of a text: word stems, pairs of neighbouring stems, and the letter
//! sequences within words.
//!
//! Stems carry the meaning, pairs a little of the grammar, and letter sequences let a word that
//! nobody wrote before share weight with its relatives and its misspellings. Features are hashed,
//! so that looking one up needs no string.

use footnote_knowledge::heap_bytes;
use std::collections::HashMap;
use std::hash::Hasher;

use rustc_hash::{FxBuildHasher, FxHasher};

use crate::ids::{FeatureId, WordId};
use crate::lexicon::{Lexicon, QuestionWord};
use crate::tuning::FeatureTuning;

/// A text as its features, rising, each as often as the text has it, and the length to divide by.
pub(crate) type FeatureVector = (Box<[FeatureId]>, f32);

/// The features of a base, with how much each tells.
#[derive(Debug)]
pub(crate) struct FeatureTable {
    /// From a feature's hash to its number. At 64 bits, collisions among a million features are
    /// unlikely.
    ids: HashMap<u64, FeatureId, FxBuildHasher>,
    /// The inverse document frequency of each.
    rarity: Vec<f32>,
    /// The words of the lexicon.
    words: Vec<WordFeatures>,
    gram_length: usize,
}

#[derive(Debug)]
struct WordFeatures {
    stem: u64,
    /// The features that the word has by itself, one for each occurrence.
    ids: Box<[FeatureId]>,
    /// The sum of their squared rarities.
    square: f32,
}

/// A part of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Feature(FeatureId),
    /// A known word, with all features that it has by itself.
    Word(WordId),
}

/// A text as the parts that are known of it.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) parts: Vec<Part>,
    /// The divisor that keeps long texts from outscoring short ones: the length of the text's
    /// vector, if its parts had no feature in common.
    pub(crate) length: f32,
}

/// A word as hashes.
#[derive(Debug)]
struct HashedWord {
    stem: u64,
    grams: Vec<u64>,
}

impl HashedWord {
    fn new(word: &str, stem: &str, gram_length: usize) -> Self {
        Self { stem: hash(Kind::Stem, stem), grams: grams(word, gram_length) }
    }

    fn features(&self) -> impl Iterator<Item = u64> {
        std::iter::once(self.stem).chain(self.grams.iter().copied())
    }
}

/// The stem that stands for the beginning and for the end of a text in pairs.
const BOUNDARY: u64 = 0;

impl FeatureTable {
    /// Takes in the texts, and yields their vectors in the same order.
    pub(crate) fn new(texts: &[Vec<WordId>], lexicon: &Lexicon, tuning: FeatureTuning) -> (Self, Vec<FeatureVector>) {
        let FeatureTuning { gram_length, fewest_texts } = tuning;
        let hashed = lexicon.words().iter().map(|word| HashedWord::new(&word.text, &word.stem, gram_length));
        let hashed: Vec<HashedWord> = hashed.collect();
        let kept = kept_features(texts, &hashed, fewest_texts);
        let ids = kept.iter().enumerate().map(|(place, (hash, _))| (*hash, FeatureId::new(place))).collect();
        let rarity = kept.iter().map(|(_, count)| inverse_text_frequency(texts.len(), *count)).collect();
        let mut table = Self { ids, rarity, words: Vec::new(), gram_length };
        table.words = hashed.iter().map(|word| table.word_features(word)).collect();
        let vectors = texts.iter().map(|text| table.vector(text)).collect();
        (table, vectors)
    }

    fn word_features(&self, word: &HashedWord) -> WordFeatures {
        let ids: Box<[FeatureId]> = word.features().filter_map(|hash| self.id(hash)).collect();
        let square = ids.iter().map(|id| self.square(*id)).sum();
        WordFeatures { stem: word.stem, ids, square }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.rarity.len()
    }

    /// How much a feature tells.
    pub(crate) fn rarity(&self, id: FeatureId) -> f32 {
        self.rarity[id.place()]
    }

    /// The features that each word of the lexicon has by itself, one for each occurrence.
    pub(crate) fn words(&self) -> impl Iterator<Item = &[FeatureId]> {
        self.words.iter().map(|word| &*word.ids)
    }

    /// The features that a word has by itself, one for each occurrence.
    pub(crate) fn of_word(&self, word: WordId) -> &[FeatureId] {
        &self.words[word.place()].ids
    }

    /// The parts of a text: what the table does not have is left out.
    pub(crate) fn parts(&self, words: &[QuestionWord]) -> Parts {
        // Most words are known, and each of those is a word and a pair.
        let mut parts = Vec::with_capacity(2 * words.len() + 1);
        let mut square = 0.0;
        let mut previous = BOUNDARY;
        let push_feature = |hash: u64, parts: &mut Vec<Part>| {
            let Some(id) = self.id(hash) else { return 0.0 };
            parts.push(Part::Feature(id));
            self.square(id)
        };
        for word in words {
            let stem = match word {
                QuestionWord::Known(id) => {
                    let known = &self.words[id.place()];
                    parts.push(Part::Word(*id));
                    square += known.square;
                    known.stem
                }
                QuestionWord::Unknown { text, stem, .. } => {
                    let word = HashedWord::new(text, stem, self.gram_length);
                    square += word.features().map(|hash| push_feature(hash, &mut parts)).sum::<f32>();
                    word.stem
                }
            };
            square += push_feature(pair(previous, stem), &mut parts);
            previous = stem;
        }
        square += push_feature(pair(previous, BOUNDARY), &mut parts);
        Parts { parts, length: square.sqrt() }
    }

    /// The vector of a text of known words, which scores what the sum of its parts does.
    fn vector(&self, text: &[WordId]) -> FeatureVector {
        let words: Vec<QuestionWord> = text.iter().map(|word| QuestionWord::Known(*word)).collect();
        let Parts { parts, length } = self.parts(&words);
        let mut ids: Vec<FeatureId> = Vec::with_capacity(8 * text.len());
        for part in parts {
            match part {
                Part::Feature(id) => ids.push(id),
                Part::Word(word) => ids.extend_from_slice(&self.words[word.place()].ids),
            }
        }
        ids.sort_unstable();
        (ids.into(), length)
    }

    /// How much each feature tells.
    pub(crate) fn rarities(&self) -> &[f32] {
        &self.rarity
    }

    /// How much a feature tells, squared.
    pub(crate) fn square(&self, id: FeatureId) -> f32 {
        self.rarity(id) * self.rarity(id)
    }

    fn id(&self, hash: u64) -> Option<FeatureId> {
        self.ids.get(&hash).copied()
    }
}

/// The features that are kept with the number of texts that have them, sorted: neither their
/// numbers nor the order of sums may depend on a hash map. A stem is always kept.
fn kept_features(texts: &[Vec<WordId>], words: &[HashedWord], fewest_texts: usize) -> Vec<(u64, usize)> {
    let mut counts = TextCounts::default();
    // A word is hashed once, however many texts have it.
    let numbers: Vec<Box<[usize]>> =
        words.iter().map(|word| word.features().map(|hash| counts.number(hash)).collect()).collect();
    let mut is_used = vec![false; words.len()];
    for (text, word_ids) in texts.iter().enumerate() {
        let mut previous = BOUNDARY;
        for word in word_ids.iter().map(|word| word.place()) {
            is_used[word] = true;
            for number in &numbers[word] {
                counts.add(*number, text);
            }
            counts.add_pair(previous, words[word].stem, text);
            previous = words[word].stem;
        }
        counts.add_pair(previous, BOUNDARY, text);
    }
    let used = words.iter().zip(is_used).filter(|(_, is_used)| *is_used);
    let mut stems: Vec<u64> = used.map(|(word, _)| word.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    let is_kept = |hash: &u64, count: usize| count >= fewest_texts || stems.binary_search(hash).is_ok();
    let mut kept: Vec<(u64, usize)> = counts.all().filter(|(hash, count)| is_kept(hash, *count)).collect();
    kept.sort_unstable();
    kept
}

/// How many texts have each feature.
#[derive(Default)]
struct TextCounts {
    numbers: HashMap<u64, usize, FxBuildHasher>,
    /// For each feature, in how many texts it was found, and the last of them.
    found: Vec<(usize, Option<usize>)>,
}

impl TextCounts {
    fn number(&mut self, hash: u64) -> usize {
        let next = self.found.len();
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            self.found.push((0, None));
        }
        number
    }

    /// Counts a text once, however often it has the feature. Texts come one after the other.
    fn add(&mut self, number: usize, text: usize) {
        let (count, last) = &mut self.found[number];
        if *last != Some(text) {
            (*count, *last) = (*count + 1, Some(text));
        }
    }

    fn add_pair(&mut self, first: u64, second: u64, text: usize) {
        let number = self.number(pair(first, second));
        self.add(number, text);
    }

    fn all(self) -> impl Iterator<Item = (u64, usize)> {
        self.numbers.into_iter().map(move |(hash, number)| (hash, self.found[number].0))
    }
}

/// ln((1 + N) / (1 + n)) + 1: as if one more text had every feature, and never 0, so that common
/// features still count.
#[expect(clippy::cast_precision_loss, reason = "a base has fewer than 2^24 texts")]
fn inverse_text_frequency(all: usize, having: usize) -> f32 {
    ((1.0 + all as f32) / (1.0 + having as f32)).ln() + 1.0
}

#[derive(Clone, Copy)]
enum Kind {
    Stem,
    Pair,
    Gram,
}

/// The hashes of a word's letter sequences, the blanks around it included; a single letter has
/// none.
fn grams(word: &str, length: usize) -> Vec<u64> {
    let padded = format!(" {word} ");
    let starts: Vec<usize> = padded.char_indices().map(|(index, _)| index).chain([padded.len()]).collect();
    starts.windows(length + 1).map(|window| hash(Kind::Gram, &padded[window[0]..window[length]])).collect()
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

heap_bytes!(FeatureTable { ids, rarity, words } but gram_length);
heap_bytes!(WordFeatures { ids } but stem, square);
