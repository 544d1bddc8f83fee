//! Which texts an entry is learned from: its own, and those of others that come close to it.

use super::example::Example;
use super::parallel::in_parallel;
use crate::features::FeatureTable;
use crate::ids::EntryId;
use crate::tuning::ClassifierTuning;

/// For each entry, the numbers of the examples to learn it from: its own, and those of others that
/// come close to it.
pub(super) fn members(
    examples: &[Example],
    entry_count: usize,
    features: &FeatureTable,
    tuning: ClassifierTuning,
) -> Vec<Vec<u32>> {
    let centroids = Centroids::new(examples, entry_count, features, tuning.common_share);
    let rivals = in_parallel(examples.len(), || {
        let mut scores = vec![0.0_f32; entry_count];
        let mut near: Vec<EntryId> = Vec::with_capacity(entry_count);
        let centroids = &centroids;
        move |number| {
            let example = &examples[number];
            near.clear();
            centroids.score(example, &mut scores, &mut near);
            near.retain(|entry| *entry != example.entry);
            let found = near.len();
            if found > tuning.rivals {
                let score = |entry: &EntryId| scores[entry.place()];
                near.select_nth_unstable_by(tuning.rivals, |a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
            }
            for entry in near.iter().chain([&example.entry]) {
                scores[entry.place()] = 0.0;
            }
            Box::<[EntryId]>::from(&near[..found.min(tuning.rivals)])
        }
    });
    let mut counts = vec![0; entry_count];
    for (example, rivals) in examples.iter().zip(&rivals) {
        rivals.iter().chain([&example.entry]).for_each(|entry| counts[entry.place()] += 1);
    }
    let mut members: Vec<Vec<u32>> = counts.into_iter().map(Vec::with_capacity).collect();
    for ((number, example), rivals) in (0..).zip(examples).zip(rivals) {
        for entry in rivals.iter().chain([&example.entry]) {
            members[entry.place()].push(number);
        }
    }
    members
}

/// The sums of the entries' vectors, by feature.
struct Centroids {
    /// For each feature, the entries that have it, rising, one feature after the other; each sum is
    /// multiplied with the feature's rarity already.
    sums: Vec<(EntryId, f32)>,
    /// Where each feature begins in `sums`, and where the last one ends.
    starts: Vec<usize>,
}

/// The most entries with a feature that are looked at for rivals: those where it is strongest.
/// Otherwise the work would grow with the square of the base.
const MOST_OF_A_FEATURE: usize = 64;

impl Centroids {
    fn new(examples: &[Example], entry_count: usize, features: &FeatureTable, common_share: usize) -> Self {
        let mut columns = vec![Vec::new(); features.len()];
        for example in examples {
            for &feature in &example.features {
                let value = example.scale * features.rarity(feature);
                let column: &mut Vec<(EntryId, f32)> = &mut columns[feature.place()];
                match column.last_mut() {
                    Some((entry, sum)) if *entry == example.entry => *sum += value,
                    _ => column.push((example.entry, value)),
                }
            }
        }
        // What a large part of the entries have tells none of them apart, and takes up most of the
        // time.
        let common = (entry_count / common_share).max(common_share);
        for column in &mut columns {
            if column.len() > common {
                column.clear();
            } else if column.len() > MOST_OF_A_FEATURE {
                column.select_nth_unstable_by(MOST_OF_A_FEATURE, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                column.truncate(MOST_OF_A_FEATURE);
                column.sort_unstable_by_key(|(entry, _)| *entry);
            }
        }
        for (column, rarity) in columns.iter_mut().zip(features.rarities()) {
            for (_, sum) in column {
                *sum *= rarity;
            }
        }
        let starts = columns.iter().scan(0, |end, column| Some(std::mem::replace(end, *end + column.len())));
        let starts: Vec<usize> = starts.chain([columns.iter().map(Vec::len).sum()]).collect();
        Self { sums: columns.concat(), starts }
    }

    /// The products of a text with each centroid, up to a factor, in `scores`, which is zero
    /// before; `found` are the entries that have one.
    fn score(&self, example: &Example, scores: &mut [f32], found: &mut Vec<EntryId>) {
        for &feature in &example.features {
            let place = feature.place();
            for &(entry, sum) in &self.sums[self.starts[place]..self.starts[place + 1]] {
                let score = &mut scores[entry.place()];
                if *score == 0.0 {
                    found.push(entry);
                }
                *score += sum;
            }
        }
    }
}
