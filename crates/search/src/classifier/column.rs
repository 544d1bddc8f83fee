//! How a weight for each entry is kept.

use crate::ids::EntryId;
use footnote_knowledge::heap_bytes;
use footnote_knowledge::memory::HeapBytes;

/// What a part of a text weighs for each entry, in steps of its own size: 16 bits tell weights
/// apart that differ by a ten-thousandth, and take up half the room of a float.
#[derive(Debug)]
pub(super) struct Column {
    step: f32,
    steps: Steps,
}

/// Weights for many entries are added faster side by side, the zeros among them included: a
/// question takes about a quarter less time.
#[derive(Debug)]
enum Steps {
    Sparse(Box<[(u16, u16, i16)]>),
    Dense(Box<[i16]>),
}

impl Column {
    /// A column for so many weights of at most this size.
    pub(super) fn with_room(count: usize, largest: f32, entry_count: usize) -> ColumnBuilder {
        let is_sparse = count * 4 <= entry_count;
        ColumnBuilder {
            step: largest / f32::from(i16::MAX),
            sparse: Vec::with_capacity(if is_sparse { count } else { 0 }),
            dense: if is_sparse { Vec::new() } else { vec![0; entry_count] },
        }
    }

    /// The column of what is not 0.
    pub(super) fn of(weights: &[f32]) -> Self {
        let nonzero = || (0..).map(EntryId::new).zip(weights).filter(|(_, weight)| **weight != 0.0);
        let largest = weights.iter().map(|weight| weight.abs()).fold(0.0, f32::max);
        let mut column = Self::with_room(nonzero().count(), largest, weights.len());
        nonzero().for_each(|(entry, weight)| column.push(entry, *weight));
        column.finish()
    }

    /// How much room it takes up, in 16 bits.
    pub(super) fn size(&self) -> usize {
        match &self.steps {
            Steps::Sparse(sparse) => 3 * sparse.len(),
            Steps::Dense(dense) => dense.len(),
        }
    }

    pub(super) fn add_to(&self, scores: &mut [f32]) {
        let weight = |steps: i16| self.step * f32::from(steps);
        match &self.steps {
            Steps::Sparse(sparse) => {
                sparse.iter().for_each(|(low, high, steps)| scores[joined(*low, *high)] += weight(*steps));
            }
            Steps::Dense(dense) => scores.iter_mut().zip(dense).for_each(|(score, steps)| *score += weight(*steps)),
        }
    }
}

/// A column to which weights are still added.
pub(super) struct ColumnBuilder {
    step: f32,
    sparse: Vec<(u16, u16, i16)>,
    /// Empty if the column is sparse.
    dense: Vec<i16>,
}

impl ColumnBuilder {
    /// Adds an entry's weight. Entries rise.
    pub(super) fn push(&mut self, entry: EntryId, weight: f32) {
        let steps = if self.step > 0.0 { rounded(weight / self.step) } else { 0 };
        if let Some(place) = self.dense.get_mut(entry.place()) {
            *place = steps;
        } else {
            let [low, high] = halves(entry);
            self.sparse.push((low, high, steps));
        }
    }

    pub(super) fn finish(self) -> Column {
        let steps =
            if self.dense.is_empty() { Steps::Sparse(self.sparse.into()) } else { Steps::Dense(self.dense.into()) };
        Column { step: self.step, steps }
    }
}

/// An entry in two halves, so that it takes up no more room beside a weight than it needs.
fn halves(entry: EntryId) -> [u16; 2] {
    let place = entry.place();
    [place & 0xffff, place >> 16].map(|half| u16::try_from(half).unwrap_or(u16::MAX))
}

fn joined(low: u16, high: u16) -> usize {
    usize::from(high) << 16 | usize::from(low)
}

#[expect(clippy::cast_possible_truncation, reason = "no weight has more steps than an i16 counts")]
fn rounded(steps: f32) -> i16 {
    steps.round() as i16
}

heap_bytes!(Column { steps } but step);

impl HeapBytes for Steps {
    fn heap_bytes(&self) -> usize {
        match self {
            Self::Sparse(steps) => steps.heap_bytes(),
            Self::Dense(steps) => steps.heap_bytes(),
        }
    }
}
