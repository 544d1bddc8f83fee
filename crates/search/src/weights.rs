//! The weights that a base can learn about itself: of the views that put candidates in order, and
//! of the evidence that says how sure the search is.

use crate::evidence::FEATURE_COUNT;
use crate::tuning::Tuning;

/// How many views of a candidate there are: class score, support and similarity.
pub const VIEW_COUNT: usize = 3;

/// The names of the views, in their order.
pub const VIEW_NAMES: [&str; VIEW_COUNT] = ["class score", "support", "similar meaning"];

/// Weights of the evidence, in log odds.
pub type EvidenceWeights = [f64; FEATURE_COUNT];

/// What a base weighs by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// What is added to the weights of the views of bases in general, in log odds between two
    /// candidates.
    pub ranking: [f64; VIEW_COUNT],
    /// The weights of the evidence.
    pub evidence: EvidenceWeights,
}

impl Weights {
    /// Those of bases in general.
    #[must_use]
    pub fn prior(tuning: &Tuning) -> Self {
        Self { ranking: [0.0; VIEW_COUNT], evidence: tuning.confidence.weights }
    }
}
