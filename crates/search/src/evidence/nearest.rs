//! The phrasing of an entry that is nearest to a question.

use crate::model::Model;
use crate::profile::Profile;
use crate::query::{Meaning, Query};

/// How near the nearest phrasing is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nearest {
    /// The weight that it shares with the question, of what either has, 0 to 1.
    pub(super) shared: f32,
    /// The share of its own weight that the question does not have, 0 to 1.
    pub(super) rest: f32,
    /// What the nearest of those without a negation shares, and of those with one.
    pub(super) by_polarity: [f32; 2],
}

impl Nearest {
    /// Whether it says what the question says: then little is enough to single out the entry.
    pub(super) fn says_the_same(&self) -> bool {
        self.shared >= THE_SAME
    }
}

/// What a phrasing and a question share that say the same, but for rounding and spelling.
const THE_SAME: f32 = 0.95;

pub(super) fn nearest_phrasing(model: &Model, query: &Query, profile: &Profile) -> Nearest {
    let asked_weight = query.weight();
    // What the question has of each of the entry's own terms, by the place of the term.
    let mut common: Vec<(usize, f32)> = Vec::with_capacity(query.units.len());
    for unit in &query.units {
        if let Meaning::Known(term) = unit.meaning
            && let Some(place) = profile.place_of(term)
        {
            common.push((place, model.index.term(term).weight.min(unit.weight * unit.likelihood)));
        }
    }
    common.sort_unstable_by_key(|(place, _)| *place);
    let mut shared = vec![0.0_f32; profile.weights().len()];
    for (place, weight) in common {
        for &phrasing in profile.phrasings_with(place) {
            shared[phrasing as usize] += weight;
        }
    }
    let mut nearest = Nearest { shared: 0.0, rest: 1.0, by_polarity: [0.0; 2] };
    let phrasings = shared.into_iter().zip(profile.weights()).zip(profile.negations());
    for ((shared, weight), is_negated) in phrasings.filter(|((shared, _), _)| *shared > 0.0) {
        let union = asked_weight + weight - shared;
        let shared_of_both = shared / union.max(shared);
        let same = &mut nearest.by_polarity[usize::from(*is_negated)];
        *same = same.max(shared_of_both);
        if shared_of_both > nearest.shared {
            (nearest.shared, nearest.rest) = (shared_of_both, 1.0 - shared / weight);
        }
    }
    nearest
}
