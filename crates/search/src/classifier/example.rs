//! A text to learn from.

use crate::features::FeatureTable;
use crate::ids::{EntryId, FeatureId};

/// The score of a text that has nothing in common with an entry: where training starts from.
pub(crate) const FLOOR: f32 = -1.0;

/// A text to learn from. A feature's value is its rarity times the text's scale, for each time that
/// the text has it, so that only the features need to be kept: there are some ten million in a
/// large base.
#[derive(Debug)]
pub(crate) struct Example {
    /// The entry that it belongs to.
    pub(super) entry: EntryId,
    /// Rising; one that the text has twice is there twice.
    pub(super) features: Box<[FeatureId]>,
    /// The divisor that makes texts of any length count the same, turned over.
    pub(super) scale: f32,
    /// The squared length of its vector: about 1.
    pub(super) square: f32,
}

impl Example {
    /// A text of an entry by its features, rising, and the length to divide by.
    pub(crate) fn new(entry: EntryId, features: Box<[FeatureId]>, length: f32, table: &FeatureTable) -> Self {
        let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
        let value = |run: &[FeatureId]| run.iter().map(|feature| table.rarity(*feature)).sum::<f32>() * scale;
        let square = features.chunk_by(|a, b| a == b).map(|run| value(run) * value(run)).sum();
        Self { entry, features, scale, square }
    }
}
