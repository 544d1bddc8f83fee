//! A share of a whole, with how far it can be trusted.
//!
//! On a hundred questions a difference of three points is chance; an interval beside each share
//! says so.

use std::fmt;

use serde::Serialize;

/// So many of so many, with a 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Proportion {
    /// How many.
    pub count: usize,
    /// The share, 0 to 1; 0 of an empty whole.
    pub share: f64,
    /// The lower end of the interval, 0 to 1.
    pub low: f64,
    /// The upper end of the interval, 0 to 1.
    pub high: f64,
}

/// The quantile of the normal distribution for 95%.
const Z: f64 = 1.959_964;

impl Proportion {
    /// The share of `count` in `whole` with Wilson's score interval
    /// ([Wilson 1927](https://doi.org/10.1080/01621459.1927.10502953)).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "question sets are far smaller than 2^52")]
    pub fn new(count: usize, whole: usize) -> Self {
        if whole == 0 {
            return Self { count, share: 0.0, low: 0.0, high: 1.0 };
        }
        let (n, share) = (whole as f64, count as f64 / whole as f64);
        let centre = share + Z * Z / (2.0 * n);
        let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        let end = |value: f64| (value / scale).clamp(0.0, 1.0);
        Self { count, share, low: end(centre - spread), high: end(centre + spread) }
    }
}

impl fmt::Display for Proportion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| share * 100.0;
        let (share, low, high) = (percent(self.share), percent(self.low), percent(self.high));
        write!(f, "{:>6} {share:>6.1}%  (95%: {low:.1} to {high:.1})", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons() {
        // Worked by hand from the formula: 8 of 10.
        let proportion = Proportion::new(8, 10);
        assert!((proportion.low - 0.4902).abs() < 0.0001, "{proportion:?}");
        assert!((proportion.high - 0.9433).abs() < 0.0001, "{proportion:?}");
    }

    #[test]
    fn the_ends_stay_within_the_whole() {
        for (count, whole) in [(0, 0), (0, 5), (5, 5)] {
            let proportion = Proportion::new(count, whole);
            assert!(proportion.low >= 0.0 && proportion.high <= 1.0 && proportion.low <= proportion.high);
        }
    }
}
