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

/// How often a tail as small as this comes by chance, where a bound is said to hold at 95%.
pub(crate) const CHANCE: f64 = 0.05;

/// The probability that something which happens with probability `share` happens at most `count`
/// times in `whole`: the lower tail of the binomial distribution. `share` lies between 0 and 1.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "question sets are far smaller than 2^52")]
pub(crate) fn lower_tail(count: usize, whole: usize, share: f64) -> f64 {
    if count >= whole || share <= 0.0 {
        return 1.0;
    }
    if share >= 1.0 {
        return 0.0;
    }
    // Logarithms, since (1 − share)ⁿ is below the smallest number where n is large.
    let (odds, n) = (share.ln() - (-share).ln_1p(), whole as f64);
    let mut term = n * (-share).ln_1p();
    let mut sum = term.exp();
    for i in 0..count {
        let i = i as f64;
        term += ((n - i) / (i + 1.0)).ln() + odds;
        sum += term.exp();
    }
    sum.min(1.0)
}

/// The share that is not exceeded, with 95% certainty, where `count` of `whole` were counted: the
/// exact one-sided bound of [Clopper and Pearson 1934](https://doi.org/10.1093/biomet/26.4.404).
#[must_use]
pub fn upper_bound(count: usize, whole: usize) -> f64 {
    if count >= whole {
        return 1.0;
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    // The tail falls as the share grows; 60 halvings leave nothing that a double could tell.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if lower_tail(count, whole, middle) > CHANCE { low = middle } else { high = middle }
    }
    high
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
    fn bounds_are_clopper_and_pearsons() {
        // With none counted the bound is 1 − 0.05^(1/n).
        for whole in [10, 299, 5000] {
            let expected = 1.0 - 0.05_f64.powf(1.0 / f64::from(whole));
            let bound = upper_bound(0, usize::try_from(whole).unwrap());
            assert!((bound - expected).abs() < 1e-9, "{bound} for {expected}");
        }
        // By hand: 1 − p³ = 0.05 has the solution 0.95^(1/3).
        assert!((upper_bound(2, 3) - 0.95_f64.powf(1.0 / 3.0)).abs() < 1e-9);
        assert!((upper_bound(3, 3) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn the_tail_is_the_sum_of_its_terms() {
        // 0.5⁴ · (1 + 4 + 6).
        assert!((lower_tail(2, 4, 0.5) - 11.0 / 16.0).abs() < 1e-12);
        assert!((lower_tail(4, 4, 0.5) - 1.0).abs() < f64::EPSILON);
        // (1 − 0.5)^5000 alone would be 0.
        assert!((lower_tail(2500, 5000, 0.5) - 0.505_6).abs() < 1e-3);
    }

    #[test]
    fn the_ends_stay_within_the_whole() {
        for (count, whole) in [(0, 0), (0, 5), (5, 5)] {
            let proportion = Proportion::new(count, whole);
            assert!(proportion.low >= 0.0 && proportion.high <= 1.0 && proportion.low <= proportion.high);
        }
    }
}
