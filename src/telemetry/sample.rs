//! Leaves out log lines of which there are many alike.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};

/// Takes every so many-th line, beginning with the first.
#[derive(Debug)]
pub(crate) struct Sample {
    every: NonZeroU32,
    seen: AtomicU64,
}

impl Sample {
    pub(crate) fn new(every: NonZeroU32) -> Self {
        Self { every, seen: AtomicU64::new(0) }
    }

    /// Counts a line. Whether it is one to write.
    pub(crate) fn takes_next(&self) -> bool {
        self.seen.fetch_add(1, Ordering::Relaxed).is_multiple_of(self.every.get().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_third_line_is_taken_from_the_first_on() {
        let sample = Sample::new(NonZeroU32::new(3).unwrap());
        let taken: Vec<usize> = (1..=8).filter(|_| sample.takes_next()).collect();
        assert_eq!(taken, [1, 4, 7]);
    }
}
