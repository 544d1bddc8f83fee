//! What a text is about, as a direction in a space of word meanings.
//!
//! The vector of a text is the sum of its words' vectors from the table of [`English`], and the
//! vector of an entry the mean of its phrasings'. Two texts in other words then still point the
//! same way. It serves the order of candidates more than their confidence: what a base does not
//! have lies nearly as close to some entry as what it has.

use crate::english::{DIMENSIONS, English, EnglishId};
use crate::ids::{EntryId, WordId};
use crate::lexicon::Lexicon;
use footnote_knowledge::heap_bytes;

/// A direction, of length 1; all zeros for a text without a word of the table.
pub(crate) type Direction = [f32; DIMENSIONS];

/// A direction in whole numbers, which are multiplied faster: a length of 1 is [`ONE`], so that no
/// sum of products overflows.
pub(crate) type Rounded = [i16; DIMENSIONS];

const ONE: f32 = 32_767.0;

#[expect(clippy::cast_possible_truncation, reason = "no part of a direction is longer than the whole")]
fn rounded(direction: &Direction) -> Rounded {
    // Adding a half and cutting off rounds without the call that `round` is on many processors.
    direction.map(|value| (value * ONE + 0.5_f32.copysign(value)) as i16)
}

/// The vectors of a base's entries. Immutable.
#[derive(Debug)]
pub(crate) struct EntryVectors {
    /// The mean of all phrasings: what they have in common tells no entry from another.
    center: [f32; DIMENSIONS],
    /// Entry by entry.
    directions: Vec<Rounded>,
}

impl EntryVectors {
    /// From the texts with the entries that they belong to.
    pub(crate) fn new(texts: &[(EntryId, Vec<WordId>)], lexicon: &Lexicon, entry_count: usize) -> Self {
        // Worked out twice, since keeping them all would take up more room than all the rest.
        let direction_of = |words: &[WordId]| direction(words.iter().filter_map(|word| lexicon.word(*word).english));
        let mut center = [0.0; DIMENSIONS];
        for (_, words) in texts {
            add(&direction_of(words), &mut center);
        }
        scale(&mut center, 1.0 / in_floats(texts.len().max(1)));
        let mut directions = vec![[0.0; DIMENSIONS]; entry_count];
        for (entry, words) in texts {
            let centered = normalized(less(&direction_of(words), &center));
            add(&centered, &mut directions[entry.place()]);
        }
        let directions = directions.into_iter().map(|sum| rounded(&normalized(sum))).collect();
        Self { center, directions }
    }

    /// The direction of a text as seen from the center of all phrasings.
    pub(crate) fn centered(&self, text: &Direction) -> Rounded {
        if text.iter().all(|value| *value == 0.0) {
            [0; DIMENSIONS]
        } else {
            rounded(&normalized(less(text, &self.center)))
        }
    }

    /// How near a text, given its centered direction, lies to an entry: the cosine, −1 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a cosine needs no more than six digits")]
    pub(crate) fn similarity(&self, entry: EntryId, centered: &Rounded) -> f32 {
        whole_product(&self.directions[entry.place()], centered) as f32 * (1.0 / (ONE * ONE))
    }
}

/// The direction of a text, from those of its words that are in the table.
pub(crate) fn direction(words: impl Iterator<Item = EnglishId>) -> Direction {
    let english = English::shared();
    let mut sum = [0.0; DIMENSIONS];
    for id in words {
        english.add_vector(id, 1.0, &mut sum);
    }
    normalized(sum)
}

/// Of length 1, unless it has none.
pub(crate) fn normalized(mut vector: Direction) -> Direction {
    let length = product(&vector, &vector).sqrt();
    if length > f32::EPSILON {
        scale(&mut vector, 1.0 / length);
    }
    vector
}

/// Sums of two products each, four side by side: what a processor adds in one step. Inlined, it
/// would be compiled for 32 bits and take several times as long.
#[inline(never)]
fn whole_product(one: &Rounded, other: &Rounded) -> i32 {
    let mut sums = [0_i32; 4];
    for (one, other) in one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0) {
        let product = |place: usize| i32::from(one[place]) * i32::from(other[place]);
        for (place, sum) in sums.iter_mut().enumerate() {
            *sum += product(2 * place) + product(2 * place + 1);
        }
    }
    sums.iter().sum()
}

/// Eight sums side by side, since each addition would wait for the one before it.
fn product(one: &Direction, other: &Direction) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (one, other) in one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum()
}

fn add(vector: &Direction, sum: &mut Direction) {
    for (sum, value) in sum.iter_mut().zip(vector) {
        *sum += value;
    }
}

fn less(vector: &Direction, other: &Direction) -> Direction {
    std::array::from_fn(|place| vector[place] - other[place])
}

fn scale(vector: &mut Direction, factor: f32) {
    for value in vector {
        *value *= factor;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of texts are far below 2^24")]
fn in_floats(count: usize) -> f32 {
    count as f32
}

heap_bytes!(EntryVectors { directions } but center);
