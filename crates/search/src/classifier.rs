//! A linear classifier: it learns from the phrasings which words tell one entry from another.
//!
//! Each entry gets a weight for each feature such that its own ways of being asked score above +1
//! and those of other entries below −1: one against the rest, with a squared hinge loss. Training
//! is dual coordinate descent ([Hsieh et al. 2008](https://doi.org/10.1145/1390156.1390208)), which
//! needs no step size, in a fixed order, so the same base always gives the same classifier.

use super::features::{FeatureId, FeatureTable, FeatureVector, Parts};

/// What a misplaced text costs against the size of the weights (C of the support vector machine).
const COST: f32 = 1.0;

/// Passes over an entry's texts; later ones change little.
const PASSES: usize = 4;

/// How many other entries a text is learned against: those that it is most easily taken for. From
/// the rest it is far already.
const RIVALS: usize = 20;

/// Features that more than one in so many entries have do not count in finding rivals.
const COMMON_SHARE: usize = 5;

/// Weights below this, of about 1 at most, decide nothing.
const SMALLEST_WEIGHT: f32 = 0.02;

/// How far beyond its margin a text that pulls at no weight may lie and still be looked at in the
/// next pass.
const SHRINK_AT: f32 = 0.1;

/// A part that has a weight for more than one in so many entries has its weights for all entries
/// side by side.
const DENSE_SHARE: usize = 4;

/// The score of a text that has nothing in common with an entry.
pub(super) const FLOOR: f32 = -1.0;

/// A text to learn from.
#[derive(Debug)]
pub(super) struct Example {
    /// The entry that it belongs to.
    entry: u32,
    vector: FeatureVector,
    /// The vector's squared length: about 1.
    square: f32,
}

impl Example {
    pub(super) fn new(entry: u32, vector: FeatureVector) -> Self {
        let square = vector.iter().map(|(_, weight)| weight * weight).sum();
        Self { entry, vector, square }
    }
}

/// The weights, by part of a text. Immutable.
#[derive(Debug, Default)]
pub(super) struct Classifier {
    columns: Vec<Column>,
    /// Entries with the weight that a part has for them, part by part.
    sparse: Vec<(u32, f32)>,
    /// The weights that a part has for all entries, part by part.
    dense: Vec<f32>,
}

/// Where the weights of a part stand. Those that many entries have are added faster side by side,
/// the zeros among them included.
#[derive(Debug, Clone, Copy)]
enum Column {
    Sparse { start: usize, end: usize },
    Dense { start: usize },
}

impl Classifier {
    /// Learns from the examples, which are sorted by entry.
    pub(super) fn train(examples: &[Example], entry_count: usize, features: &FeatureTable) -> Self {
        let members = members(examples, entry_count, features.len());
        let mut trainer = Trainer::new(features.len());
        let mut learned: Vec<(FeatureId, u32, f32)> = Vec::new();
        for (entry, members) in (0..).zip(&members) {
            trainer.train(examples, entry, members);
            trainer.drain(|feature, weight| learned.push((feature, entry, weight * features.rarity(feature))));
        }
        Self::by_part(&Columns::new(&learned, features.len()), entry_count, features)
    }

    fn by_part(learned: &Columns, entry_count: usize, features: &FeatureTable) -> Self {
        let mut classifier = Self::default();
        for feature in 0..features.len() {
            classifier.push_column(learned.column(feature), entry_count);
        }
        let mut sums = vec![0.0; entry_count];
        let mut column: Vec<(u32, f32)> = Vec::new();
        for word in features.words() {
            for &(entry, weight) in word.iter().flat_map(|feature| learned.column(*feature as usize)) {
                sums[entry as usize] += weight;
            }
            let sums = (0..).zip(&mut sums).map(|(entry, sum)| (entry, std::mem::take(sum)));
            column.clear();
            column.extend(sums.filter(|(_, weight)| *weight != 0.0));
            classifier.push_column(&column, entry_count);
        }
        classifier
    }

    fn push_column(&mut self, weights: &[(u32, f32)], entry_count: usize) {
        if weights.len() * DENSE_SHARE <= entry_count {
            let start = self.sparse.len();
            self.sparse.extend_from_slice(weights);
            self.columns.push(Column::Sparse { start, end: self.sparse.len() });
            return;
        }
        let start = self.dense.len();
        self.dense.resize(start + entry_count, 0.0);
        for &(entry, weight) in weights {
            self.dense[start + entry as usize] = weight;
        }
        self.columns.push(Column::Dense { start });
    }

    /// What a text scores for each entry.
    pub(super) fn scores(&self, text: &Parts, entry_count: usize) -> Vec<f32> {
        let mut scores = vec![0.0; entry_count];
        for &part in &text.ids {
            match self.columns[part as usize] {
                Column::Dense { start } => {
                    for (score, weight) in scores.iter_mut().zip(&self.dense[start..]) {
                        *score += weight;
                    }
                }
                Column::Sparse { start, end } => {
                    for &(entry, weight) in &self.sparse[start..end] {
                        scores[entry as usize] += weight;
                    }
                }
            }
        }
        let scale = if text.length > 0.0 { 1.0 / text.length } else { 0.0 };
        for score in &mut scores {
            *score = FLOOR + scale * *score;
        }
        scores
    }
}

/// Entries with their weights, feature by feature.
struct Columns {
    /// Where each feature's weights begin; one more for the end.
    starts: Vec<usize>,
    weights: Vec<(u32, f32)>,
}

impl Columns {
    /// Puts the weights of each feature side by side (a counting sort, since there are many).
    fn new(learned: &[(FeatureId, u32, f32)], feature_count: usize) -> Self {
        let mut starts = vec![0; feature_count + 1];
        for &(feature, ..) in learned {
            starts[feature as usize + 1] += 1;
        }
        for feature in 0..feature_count {
            starts[feature + 1] += starts[feature];
        }
        let mut next = starts.clone();
        let mut weights = vec![(0, 0.0); learned.len()];
        for &(feature, entry, weight) in learned {
            let place = &mut next[feature as usize];
            weights[*place] = (entry, weight);
            *place += 1;
        }
        Self { starts, weights }
    }

    fn column(&self, feature: usize) -> &[(u32, f32)] {
        &self.weights[self.starts[feature]..self.starts[feature + 1]]
    }
}

/// For each entry the examples to learn it from: its own, and those of others that come close to
/// it.
fn members(examples: &[Example], entry_count: usize, feature_count: usize) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); entry_count];
    let centroids = Centroids::new(examples, entry_count, feature_count);
    let mut scores = vec![0.0_f32; entry_count];
    let mut near: Vec<u32> = Vec::with_capacity(entry_count);
    for (number, example) in (0..).zip(examples) {
        members[example.entry as usize].push(number);
        near.clear();
        centroids.score(&example.vector, &mut scores, &mut near);
        near.retain(|entry| *entry != example.entry);
        if near.len() > RIVALS {
            let nearer = |a: &u32, b: &u32| scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b));
            near.select_nth_unstable_by(RIVALS, nearer);
            scores_to_zero(&near[RIVALS..], &mut scores);
            near.truncate(RIVALS);
        }
        for &entry in &near {
            members[entry as usize].push(number);
        }
        scores_to_zero(&near, &mut scores);
        scores[example.entry as usize] = 0.0;
    }
    members
}

fn scores_to_zero(entries: &[u32], scores: &mut [f32]) {
    for &entry in entries {
        scores[entry as usize] = 0.0;
    }
}

/// The sums of the entries' vectors, by feature.
struct Centroids {
    columns: Vec<Vec<(u32, f32)>>,
}

impl Centroids {
    fn new(examples: &[Example], entry_count: usize, feature_count: usize) -> Self {
        let mut columns: Vec<Vec<(u32, f32)>> = vec![Vec::new(); feature_count];
        for example in examples {
            for &(feature, value) in &example.vector {
                let column = &mut columns[feature as usize];
                match column.last_mut() {
                    Some((entry, sum)) if *entry == example.entry => *sum += value,
                    _ => column.push((example.entry, value)),
                }
            }
        }
        // What a large part of the entries have tells none of them apart, and takes up most of the
        // time.
        let common = entry_count / COMMON_SHARE;
        columns.iter_mut().filter(|column| column.len() > common.max(COMMON_SHARE)).for_each(Vec::clear);
        Self { columns }
    }

    /// The products of a text with each centroid, in `scores`, which is zero before; `found` are
    /// the entries that have one.
    fn score(&self, vector: &[(FeatureId, f32)], scores: &mut [f32], found: &mut Vec<u32>) {
        for &(feature, value) in vector {
            for &(entry, sum) in &self.columns[feature as usize] {
                let score = &mut scores[entry as usize];
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
    touched: Vec<FeatureId>,
    is_touched: Vec<bool>,
    duals: Vec<f32>,
    active: Vec<u32>,
}

impl Trainer {
    fn new(feature_count: usize) -> Self {
        Self {
            weights: vec![0.0; feature_count],
            touched: Vec::new(),
            is_touched: vec![false; feature_count],
            duals: Vec::new(),
            active: Vec::new(),
        }
    }

    fn train(&mut self, examples: &[Example], entry: u32, members: &[u32]) {
        self.duals.clear();
        self.duals.resize(members.len(), 0.0);
        let mut active = std::mem::take(&mut self.active);
        active.clear();
        active.extend(0..u32::try_from(members.len()).unwrap_or(u32::MAX));
        // The entry's own texts come first: only then it shows which others come too close to them.
        active.sort_by_key(|&place| examples[members[place as usize] as usize].entry != entry);
        for pass in 0..PASSES {
            // What lay far off at first may have come near since.
            if pass == PASSES / 2 {
                active.clear();
                active.extend(0..u32::try_from(members.len()).unwrap_or(u32::MAX));
            }
            if pass > 0 {
                shuffle(&mut active, pass);
            }
            active.retain(|&place| {
                let example = &examples[members[place as usize] as usize];
                self.step(place as usize, example, example.entry == entry)
            });
        }
        self.active = active;
    }

    /// Moves one example's share to its optimum; `false` if it lies so far on its side that it need
    /// not be looked at again.
    fn step(&mut self, place: usize, example: &Example, is_own: bool) -> bool {
        const DIAGONAL: f32 = 1.0 / (2.0 * COST);
        let sign = if is_own { 1.0 } else { -1.0 };
        let score = FLOOR + self.product(&example.vector);
        let dual = self.duals[place];
        let gradient = sign * score - 1.0 + dual * DIAGONAL;
        if dual == 0.0 && gradient >= 0.0 {
            return gradient < SHRINK_AT;
        }
        let moved = (dual - gradient / (example.square + DIAGONAL)).max(0.0);
        let change = (moved - dual) * sign;
        self.duals[place] = moved;
        for &(id, value) in &example.vector {
            self.weights[id as usize] += change * value;
            if !self.is_touched[id as usize] {
                self.is_touched[id as usize] = true;
                self.touched.push(id);
            }
        }
        true
    }

    /// Four sums side by side, since each addition would wait for the one before it.
    fn product(&self, vector: &[(FeatureId, f32)]) -> f32 {
        let at = |&(id, value): &(FeatureId, f32)| self.weights[id as usize] * value;
        let (quadruples, rest) = vector.as_chunks::<4>();
        let mut sums = [0.0_f32; 4];
        for quadruple in quadruples {
            for (sum, feature) in sums.iter_mut().zip(quadruple) {
                *sum += at(feature);
            }
        }
        sums.iter().sum::<f32>() + rest.iter().map(at).sum::<f32>()
    }

    /// Hands out the weights that matter and clears all.
    fn drain(&mut self, mut take: impl FnMut(FeatureId, f32)) {
        for &feature in &self.touched {
            let weight = std::mem::take(&mut self.weights[feature as usize]);
            self.is_touched[feature as usize] = false;
            if weight.abs() >= SMALLEST_WEIGHT {
                take(feature, weight);
            }
        }
        self.touched.clear();
    }
}

/// A fixed shuffle ([Fisher and Yates](https://doi.org/10.1145/364520.364540), with a linear
/// congruential generator): the order must mix, not surprise.
fn shuffle(items: &mut [u32], seed: usize) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_add(seed as u64);
    for last in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let choice = (state >> 33) % (last as u64 + 1);
        items.swap(last, usize::try_from(choice).unwrap_or(0));
    }
}
