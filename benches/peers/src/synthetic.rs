//! Made-up bases of any size, the same in every run.
//!
//! Public sets have one size each. To show how the search scales, all bases have to be made in
//! the same way. As in a language, word frequencies follow Zipf's law, so a larger base has
//! longer lists for its common words and more rare words. The phrasings of an entry share a few
//! words, which are its subject. A base begins with the entries of each smaller one.

use std::collections::HashSet;

use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Zipf, ZipfError};

/// The number of phrasings of each entry, including its question.
pub(crate) const PHRASINGS_PER_ENTRY: usize = 20;

const SEED: u64 = 1;
const VOCABULARY: u32 = 50_000;
/// In natural languages, the frequency of a word is about 1 / rank.
const ZIPF_EXPONENT: f64 = 1.0;
/// How many words make up the subject of an entry, and how many of them each phrasing has.
const SUBJECT_WORDS: usize = 3;
const SUBJECT_WORDS_SAID: usize = 2;
/// How many other words each phrasing has.
const OTHER_WORDS: usize = 5;

/// A base as labelled phrasings, and questions about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Synthetic {
    /// Each phrasing with the number of its entry.
    pub(crate) phrasings: Vec<(usize, String)>,
    /// New phrasings of the base's entries.
    pub(crate) questions: Vec<String>,
}

impl Synthetic {
    pub(crate) fn new(entries: usize, questions: usize) -> Result<Self, ZipfError> {
        let mut speaker = Speaker::new()?;
        let mut subjects = Vec::with_capacity(entries);
        let mut phrasings = Vec::with_capacity(entries * PHRASINGS_PER_ENTRY);
        for entry in 0..entries {
            let subject = speaker.subject();
            phrasings.extend((0..PHRASINGS_PER_ENTRY).map(|_| (entry, speaker.phrasing(&subject))));
            subjects.push(subject);
        }
        let ask = |_| subjects.choose(&mut speaker.random).map(|subject| speaker.phrasing(subject));
        let questions = (0..questions).filter_map(ask).collect();
        Ok(Self { phrasings, questions })
    }
}

/// Words as positions in the vocabulary.
type Subject = [usize; SUBJECT_WORDS];

/// Makes up phrasings.
struct Speaker {
    random: Xoshiro256PlusPlus,
    /// Most frequent word first.
    vocabulary: Vec<String>,
    rank: Zipf<f64>,
}

impl Speaker {
    fn new() -> Result<Self, ZipfError> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED);
        let vocabulary = vocabulary(&mut random);
        Ok(Self { random, vocabulary, rank: Zipf::new(f64::from(VOCABULARY), ZIPF_EXPONENT)? })
    }

    fn word(&mut self) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank is from 1 to VOCABULARY")]
        let rank = self.rank.sample(&mut self.random) as usize;
        rank - 1
    }

    fn subject(&mut self) -> Subject {
        std::array::from_fn(|_| self.word())
    }

    fn phrasing(&mut self, subject: &Subject) -> String {
        let mut words: Vec<usize> = subject.sample(&mut self.random, SUBJECT_WORDS_SAID).copied().collect();
        words.extend((0..OTHER_WORDS).map(|_| self.word()));
        words.shuffle(&mut self.random);
        let words: Vec<&str> = words.into_iter().map(|word| self.vocabulary[word].as_str()).collect();
        words.join(" ")
    }
}

/// Pronounceable words, shortest first, because the most frequent words of a language are short.
fn vocabulary(random: &mut Xoshiro256PlusPlus) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut words = Vec::new();
    while seen.len() < VOCABULARY as usize {
        let word: String = (0..random.random_range(2..=4)).map(|_| syllable(random)).collect();
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words.sort_by_key(String::len);
    words
}

fn syllable(random: &mut Xoshiro256PlusPlus) -> String {
    const ONSETS: &[u8] = b"bdfgklmnprstvz";
    const VOWELS: &[u8] = b"aeiou";
    const CODAS: &[u8] = b"lmnrst";
    let mut syllable = String::new();
    for letters in [ONSETS, VOWELS, CODAS] {
        let is_coda = letters == CODAS;
        if !is_coda || random.random_bool(0.3) {
            syllable.extend(letters.choose(random).map(|&letter| char::from(letter)));
        }
    }
    syllable
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn every_run_makes_the_same_base() {
        assert_eq!(Synthetic::new(20, 5).unwrap(), Synthetic::new(20, 5).unwrap());
    }

    #[test]
    fn a_base_begins_with_the_smaller_one() {
        let (small, large) = (Synthetic::new(10, 0).unwrap(), Synthetic::new(30, 0).unwrap());
        assert_eq!(small.phrasings, large.phrasings[..10 * PHRASINGS_PER_ENTRY]);
    }

    #[test]
    fn common_words_are_many_times_as_frequent_as_others() {
        let base = Synthetic::new(500, 0).unwrap();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for word in base.phrasings.iter().flat_map(|(_, text)| text.split(' ')) {
            *counts.entry(word).or_default() += 1;
        }
        let average = counts.values().sum::<usize>() / counts.len();
        assert!(*counts.values().max().unwrap() > 20 * average);
    }
}
