//! A linear classifier: it learns from the phrasings which words tell one entry from another.
//!
//! Each entry gets a weight for each feature such that its own phrasings score above +1 and those
//! of other entries below −1: one against the rest, with a squared hinge loss. Training is dual
//! coordinate descent ([Hsieh et al. 2008](https://doi.org/10.1145/1390156.1390208)), which needs
//! no step size, in a fixed order, so the same base always gives the same classifier.

use crate::features::{FeatureTable, FeatureVector, Part, Parts};
use crate::ids::{EntryId, FeatureId};
use crate::tuning::ClassifierTuning;

/// The score of a text that has nothing in common with an entry: where training starts from.
pub(crate) const FLOOR: f32 = -1.0;

/// A text to learn from.
#[derive(Debug)]
pub(crate) struct Example {
    /// The entry that it belongs to.
    entry: EntryId,
    vector: FeatureVector,
    /// The vector's squared length: about 1.
    square: f32,
}

impl Example {
    pub(crate) fn new(entry: EntryId, vector: FeatureVector) -> Self {
        let square = vector.iter().map(|(_, weight)| weight * weight).sum();
        Self { entry, vector, square }
    }
}

/// Entries, rising, with what something weighs for them.
type Weights = Vec<(EntryId, f32)>;

/// What a part of a text weighs for each entry. Weights for many entries are added faster side by
/// side, the zeros among them included: a question takes about a quarter less time.
#[derive(Debug)]
enum Column {
    Sparse(Box<[(EntryId, f32)]>),
    Dense(Box<[f32]>),
}

impl Column {
    fn new(weights: Weights, entry_count: usize) -> Self {
        if weights.len() * 4 <= entry_count {
            return Self::Sparse(weights.into());
        }
        let mut dense = vec![0.0; entry_count];
        for (entry, weight) in weights {
            dense[entry.place()] = weight;
        }
        Self::Dense(dense.into())
    }

    fn add_to(&self, scores: &mut [f32]) {
        match self {
            Self::Sparse(weights) => weights.iter().for_each(|(entry, weight)| scores[entry.place()] += weight),
            Self::Dense(weights) => scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight),
        }
    }
}

/// The weights, by part of a text. Immutable.
#[derive(Debug)]
pub(crate) struct Classifier {
    features: Vec<Column>,
    /// For each word, the sum of the weights of all its features.
    words: Vec<Column>,
    entry_count: usize,
}

impl Classifier {
    /// Learns from the examples, which are sorted by entry.
    pub(crate) fn train(
        examples: &[Example],
        entry_count: usize,
        features: &FeatureTable,
        tuning: ClassifierTuning,
    ) -> Self {
        let mut weights: Vec<Weights> = vec![Vec::new(); features.len()];
        let mut trainer = Trainer { weights: vec![0.0; features.len()], tuning };
        for (place, members) in members(examples, entry_count, features.len(), tuning).into_iter().enumerate() {
            let entry = EntryId::new(place);
            let members: Vec<&Example> = members.into_iter().map(|number| &examples[number as usize]).collect();
            trainer.train(entry, &members);
            trainer.drain(&members, |feature, weight| {
                weights[feature.place()].push((entry, weight * features.rarity(feature)));
            });
        }
        let mut sums = vec![0.0; entry_count];
        let words = features.words().map(|word| Column::new(sum(word, &weights, &mut sums), entry_count)).collect();
        let features = weights.into_iter().map(|weights| Column::new(weights, entry_count)).collect();
        Self { features, words, entry_count }
    }

    /// What a text scores for each entry: above 0 where it looks like one of the entry's phrasings,
    /// [`FLOOR`] where they have nothing in common.
    pub(crate) fn scores(&self, text: &Parts) -> Vec<f32> {
        let mut scores = vec![0.0; self.entry_count];
        for part in &text.parts {
            match part {
                Part::Feature(id) => self.features[id.place()].add_to(&mut scores),
                Part::Word(id) => self.words[id.place()].add_to(&mut scores),
            }
        }
        let scale = if text.length > 0.0 { 1.0 / text.length } else { 0.0 };
        for score in &mut scores {
            *score = FLOOR + scale * *score;
        }
        scores
    }
}

/// The weights of all features together. `sums` has a zero for each entry, before and after.
fn sum(features: &[FeatureId], weights: &[Weights], sums: &mut [f32]) -> Weights {
    for &(entry, weight) in features.iter().flat_map(|feature| &weights[feature.place()]) {
        sums[entry.place()] += weight;
    }
    let taken = sums.iter_mut().enumerate().map(|(place, sum)| (EntryId::new(place), std::mem::take(sum)));
    taken.filter(|(_, sum)| *sum != 0.0).collect()
}

/// For each entry, the numbers of the examples to learn it from: its own, and those of others that
/// come close to it.
fn members(examples: &[Example], entry_count: usize, feature_count: usize, tuning: ClassifierTuning) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); entry_count];
    let centroids = Centroids::new(examples, entry_count, feature_count, tuning.common_share);
    let mut scores = vec![0.0_f32; entry_count];
    let mut near: Vec<EntryId> = Vec::with_capacity(entry_count);
    for (number, example) in (0..).zip(examples) {
        near.clear();
        centroids.score(&example.vector, &mut scores, &mut near);
        near.retain(|entry| *entry != example.entry);
        if near.len() > tuning.rivals {
            let score = |entry: &EntryId| scores[entry.place()];
            near.select_nth_unstable_by(tuning.rivals, |a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
        }
        for entry in near.iter().chain([&example.entry]) {
            scores[entry.place()] = 0.0;
        }
        near.truncate(tuning.rivals);
        for entry in near.iter().chain([&example.entry]) {
            members[entry.place()].push(number);
        }
    }
    members
}

/// The sums of the entries' vectors, by feature.
struct Centroids {
    columns: Vec<Weights>,
}

impl Centroids {
    fn new(examples: &[Example], entry_count: usize, feature_count: usize, common_share: usize) -> Self {
        let mut columns = vec![Vec::new(); feature_count];
        for example in examples {
            for &(feature, value) in &example.vector {
                let column: &mut Weights = &mut columns[feature.place()];
                match column.last_mut() {
                    Some((entry, sum)) if *entry == example.entry => *sum += value,
                    _ => column.push((example.entry, value)),
                }
            }
        }
        // What a large part of the entries have tells none of them apart, and takes up most of the
        // time.
        let common = (entry_count / common_share).max(common_share);
        columns.iter_mut().filter(|column| column.len() > common).for_each(Vec::clear);
        Self { columns }
    }

    /// The products of a text with each centroid, in `scores`, which is zero before; `found` are
    /// the entries that have one.
    fn score(&self, vector: &[(FeatureId, f32)], scores: &mut [f32], found: &mut Vec<EntryId>) {
        for &(feature, value) in vector {
            for &(entry, sum) in &self.columns[feature.place()] {
                let score = &mut scores[entry.place()];
                if *score == 0.0 {
                    found.push(entry);
                }
                *score += value * sum;
            }
        }
    }
}

/// Learns the weights of one entry at a time, in the same memory.
struct Trainer {
    weights: Vec<f32>,
    tuning: ClassifierTuning,
}

impl Trainer {
    fn train(&mut self, entry: EntryId, members: &[&Example]) {
        let mut duals = vec![0.0; members.len()];
        let mut active: Vec<usize> = (0..members.len()).collect();
        // The entry's own texts come first: only then it shows which others come too close to them.
        active.sort_by_key(|&place| members[place].entry != entry);
        for pass in 0..self.tuning.passes {
            // What lay far off at first may have come near since.
            if pass == self.tuning.passes / 2 {
                active = (0..members.len()).collect();
            }
            if pass > 0 {
                shuffle(&mut active, pass);
            }
            active.retain(|&place| self.step(&mut duals[place], members[place], members[place].entry == entry));
        }
    }

    /// Moves one example's share to its optimum; `false` if it lies so far on its side that it need
    /// not be looked at again.
    fn step(&mut self, dual: &mut f32, example: &Example, is_own: bool) -> bool {
        let diagonal = 1.0 / (2.0 * self.tuning.cost);
        let sign = if is_own { 1.0 } else { -1.0 };
        let score = FLOOR + self.product(&example.vector);
        let gradient = sign * score - 1.0 + *dual * diagonal;
        if *dual == 0.0 && gradient >= 0.0 {
            return gradient < self.tuning.shrink_at;
        }
        let moved = (*dual - gradient / (example.square + diagonal)).max(0.0);
        let change = (moved - *dual) * sign;
        *dual = moved;
        for &(feature, value) in &example.vector {
            self.weights[feature.place()] += change * value;
        }
        true
    }

    /// Four sums side by side, since each addition would wait for the one before it.
    fn product(&self, vector: &[(FeatureId, f32)]) -> f32 {
        let at = |&(feature, value): &(FeatureId, f32)| self.weights[feature.place()] * value;
        let (quadruples, rest) = vector.as_chunks::<4>();
        let mut sums = [0.0_f32; 4];
        for quadruple in quadruples {
            for (sum, feature) in sums.iter_mut().zip(quadruple) {
                *sum += at(feature);
            }
        }
        sums.iter().sum::<f32>() + rest.iter().map(at).sum::<f32>()
    }

    /// Hands out the weights that matter and clears all that the members can have touched.
    fn drain(&mut self, members: &[&Example], mut take: impl FnMut(FeatureId, f32)) {
        for &(feature, _) in members.iter().flat_map(|example| &example.vector) {
            let weight = std::mem::take(&mut self.weights[feature.place()]);
            if weight.abs() >= self.tuning.smallest_weight {
                take(feature, weight);
            }
        }
    }
}

/// A fixed shuffle ([Fisher and Yates](https://doi.org/10.1145/364520.364540), with a linear
/// congruential generator): the order must mix, not surprise.
fn shuffle(items: &mut [usize], seed: usize) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_add(seed as u64);
    for last in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let choice = (state >> 33) % (last as u64 + 1);
        items.swap(last, usize::try_from(choice).unwrap_or(0));
    }
}
