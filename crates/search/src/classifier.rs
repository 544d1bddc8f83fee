//! A linear classifier: it learns from the phrasings which words tell one entry from another.
//!
//! Each entry gets a weight for each feature such that its own phrasings score above +1 and those
//! of other entries below −1: one against the rest, with a squared hinge loss. Training is dual
//! coordinate descent ([Hsieh et al. 2008](https://doi.org/10.1145/1390156.1390208)), which needs
//! no step size, in a fixed order, so the same base always gives the same classifier.

mod column;
mod example;
mod parallel;
mod rivals;
mod trainer;

use column::{Column, ColumnBuilder};
pub(crate) use example::{Example, FLOOR};
use footnote_knowledge::heap_bytes;
use parallel::in_parallel;
use rivals::members;
use trainer::Trainer;

use crate::features::{FeatureTable, Part, Parts};
use crate::ids::{EntryId, FeatureId};
use crate::tuning::ClassifierTuning;

/// The weights, by part of a text. Immutable.
#[derive(Debug)]
pub(crate) struct Classifier {
    features: Box<[Column]>,
    /// For each word, the sum of the weights of all its features, as far as there is room.
    words: Box<[Option<Column>]>,
    entry_count: usize,
}

/// The room for words, in weights: all of them up to a few thousand words times a few hundred
/// entries, and beyond that so many for each text, so that memory grows no faster than the base.
const ROOM_FOR_WORDS: usize = 1 << 20;
const ROOM_FOR_EACH_TEXT: usize = 64;

impl Classifier {
    /// Learns from the examples, which are sorted by entry. Uses all cores; the result does not
    /// depend on how many there are.
    pub(crate) fn train(
        examples: Vec<Example>,
        entry_count: usize,
        features: &FeatureTable,
        tuning: ClassifierTuning,
    ) -> Self {
        let room = ROOM_FOR_WORDS.max(ROOM_FOR_EACH_TEXT * examples.len());
        let members = members(&examples, entry_count, features, tuning);
        let weights = in_parallel(members.len(), || {
            let mut trainer = Trainer::new(features, tuning);
            let (examples, members) = (&examples, &members);
            move |place| {
                let members: Vec<&Example> = members[place].iter().map(|number| &examples[*number as usize]).collect();
                let moved = trainer.train(EntryId::new(place), &members);
                let mut weights = Vec::new();
                trainer.drain(&moved, |feature, weight| weights.push((feature, weight)));
                weights.into_boxed_slice()
            }
        });
        drop((examples, members));
        let of_features = columns(weights, features.len(), entry_count);
        Self { words: word_columns(features, &of_features, entry_count, room), features: of_features, entry_count }
    }

    /// What a text scores for each entry: above 0 where it looks like one of the entry's phrasings,
    /// [`FLOOR`] where they have nothing in common. `features` are those that it was trained with.
    pub(crate) fn scores(&self, text: &Parts, features: &FeatureTable) -> Vec<f32> {
        let mut scores = vec![0.0; self.entry_count];
        for part in &text.parts {
            match part {
                Part::Feature(id) => self.features[id.place()].add_to(&mut scores),
                Part::Word(id) => match &self.words[id.place()] {
                    Some(word) => word.add_to(&mut scores),
                    None => add(features.of_word(*id), &self.features, &mut scores),
                },
            }
        }
        let scale = if text.length > 0.0 { 1.0 / text.length } else { 0.0 };
        for score in &mut scores {
            *score = FLOOR + scale * *score;
        }
        scores
    }
}

fn add(features: &[FeatureId], columns: &[Column], sums: &mut [f32]) {
    for feature in features {
        columns[feature.place()].add_to(sums);
    }
}

/// What each feature weighs for all entries, from what all features weigh for each entry.
fn columns(of_entries: Vec<Box<[(FeatureId, f32)]>>, feature_count: usize, entry_count: usize) -> Box<[Column]> {
    let mut sizes = vec![(0, 0.0_f32); feature_count];
    for (feature, weight) in of_entries.iter().flatten() {
        let (count, largest) = &mut sizes[feature.place()];
        *count += 1;
        *largest = largest.max(weight.abs());
    }
    let columns = sizes.into_iter().map(|(count, largest)| Column::with_room(count, largest, entry_count));
    let mut columns: Vec<ColumnBuilder> = columns.collect();
    for (entry, weights) in of_entries.into_iter().enumerate() {
        for (feature, weight) in weights {
            columns[feature.place()].push(EntryId::new(entry), weight);
        }
    }
    columns.into_iter().map(ColumnBuilder::finish).collect()
}

/// The sums for words, in the order in which words first occur, which common words do early.
fn word_columns(
    features: &FeatureTable,
    columns: &[Column],
    entry_count: usize,
    mut room: usize,
) -> Box<[Option<Column>]> {
    let mut sums = vec![0.0; entry_count];
    let column = |word: &[FeatureId]| {
        if room == 0 {
            return None;
        }
        add(word, columns, &mut sums);
        let column = Column::of(&sums);
        sums.fill(0.0);
        room = room.saturating_sub(column.size());
        Some(column)
    };
    features.words().map(column).collect()
}

heap_bytes!(Classifier { features, words } but entry_count);
