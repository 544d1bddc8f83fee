//! Percentiles of durations.

use std::time::Duration;

/// Durations in ascending order.
#[derive(Debug)]
pub(crate) struct Sorted(Vec<Duration>);

impl Sorted {
    pub(crate) fn new(mut durations: Vec<Duration>) -> Self {
        durations.sort_unstable();
        Self(durations)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The smallest duration that at least `percent` of all durations do not exceed; zero if
    /// there are none. This is the nearest rank without interpolation, so the duration was really
    /// measured. `percent` is from 1 to 100.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100);
        rank.checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(micros: impl IntoIterator<Item = u64>) -> Sorted {
        Sorted::new(micros.into_iter().map(Duration::from_micros).collect())
    }

    #[test]
    fn with_a_hundred_durations_the_percentile_is_the_rank() {
        let hundred = sorted((1..=100).rev());
        assert_eq!(hundred.percentile(50), Duration::from_micros(50));
        assert_eq!(hundred.percentile(99), Duration::from_micros(99));
        assert_eq!(hundred.percentile(100), Duration::from_micros(100));
    }

    #[test]
    fn with_a_few_durations_the_rank_is_rounded_up() {
        let three = sorted([30, 10, 20]);
        assert_eq!(three.percentile(50), Duration::from_micros(20));
        assert_eq!(three.percentile(99), Duration::from_micros(30));
        assert_eq!(three.percentile(1), Duration::from_micros(10));
    }

    #[test]
    fn a_single_duration_is_every_percentile() {
        assert_eq!(sorted([7]).percentile(1), Duration::from_micros(7));
        assert_eq!(sorted([7]).percentile(99), Duration::from_micros(7));
    }

    #[test]
    fn without_durations_every_percentile_is_zero() {
        assert_eq!(sorted([]).percentile(99), Duration::ZERO);
    }
}
