//! Learning the weights of one entry.

use super::example::{Example, FLOOR};
use crate::features::FeatureTable;
use crate::ids::{EntryId, FeatureId};
use crate::tuning::ClassifierTuning;

/// Learns the weights of one entry after the other, in the same memory.
pub(super) struct Trainer<'f> {
    /// The weight of each feature times its rarity, so that a product needs nothing else.
    weights: Vec<f32>,
    features: &'f FeatureTable,
    tuning: ClassifierTuning,
}

impl<'f> Trainer<'f> {
    pub(super) fn new(features: &'f FeatureTable, tuning: ClassifierTuning) -> Self {
        Self { weights: vec![0.0; features.len()], features, tuning }
    }

    /// Learns an entry, and yields the members that ever moved the weights.
    pub(super) fn train<'e>(&mut self, entry: EntryId, members: &[&'e Example]) -> Vec<&'e Example> {
        let mut has_moved = vec![false; members.len()];
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
            active.retain(|&place| {
                let is_near = self.step(&mut duals[place], members[place], members[place].entry == entry);
                has_moved[place] |= duals[place] > 0.0;
                is_near
            });
        }
        members.iter().zip(has_moved).filter(|(_, has_moved)| *has_moved).map(|(member, _)| *member).collect()
    }

    /// Moves one example's share to its optimum; `false` if it lies so far on its side that it need
    /// not be looked at again.
    fn step(&mut self, dual: &mut f32, example: &Example, is_own: bool) -> bool {
        let diagonal = 1.0 / (2.0 * self.tuning.cost);
        let sign = if is_own { 1.0 } else { -1.0 };
        let score = FLOOR + example.scale * self.sum(&example.features);
        let gradient = sign * score - 1.0 + *dual * diagonal;
        if *dual == 0.0 && gradient >= 0.0 {
            return gradient < self.tuning.shrink_at;
        }
        let moved = (*dual - gradient / (example.square + diagonal)).max(0.0);
        let change = (moved - *dual) * sign;
        *dual = moved;
        let change = change * example.scale;
        for &feature in &example.features {
            self.weights[feature.place()] += change * self.features.square(feature);
        }
        true
    }

    /// Four sums side by side, since each addition would wait for the one before it.
    fn sum(&self, features: &[FeatureId]) -> f32 {
        let at = |feature: &FeatureId| self.weights[feature.place()];
        let (quadruples, rest) = features.as_chunks::<4>();
        let mut sums = [0.0_f32; 4];
        for quadruple in quadruples {
            for (sum, feature) in sums.iter_mut().zip(quadruple) {
                *sum += at(feature);
            }
        }
        sums.iter().sum::<f32>() + rest.iter().map(at).sum::<f32>()
    }

    /// Hands out the weights that matter, times the rarity of their features, and clears all that
    /// the members have moved.
    pub(super) fn drain(&mut self, members: &[&Example], mut take: impl FnMut(FeatureId, f32)) {
        for &feature in members.iter().flat_map(|example| &example.features) {
            let weight = std::mem::take(&mut self.weights[feature.place()]);
            if weight != 0.0 && weight.abs() >= self.tuning.smallest_weight * self.features.rarity(feature) {
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
