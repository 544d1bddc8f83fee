//! How well the confidence parts questions that have an answer from those that have none, whatever
//! the threshold.
//!
//! Counts of right answers and refusals hang on where the threshold stands. The area under the ROC
//! curve does not, so it tells whether a better threshold could exist at all.

use crate::judged::Judged;

/// The area under the ROC curve of confidence, by which a question that has an answer (in scope) is
/// told from one that has none (out of scope). Whether the best candidate is the right one plays no
/// part. `None` if one of the kinds is missing.
#[must_use]
pub fn area(judged: &[Judged]) -> Option<f64> {
    let confidences = |has_answer| {
        let of_kind = judged.iter().filter(move |one| one.has_answer == has_answer);
        of_kind.map(|one| f64::from(one.confidence)).collect::<Vec<f64>>()
    };
    area_between(&confidences(true), &confidences(false))
}

/// The area under the ROC curve of any score: the probability that one of `positives` is higher
/// than one of `negatives`, a tie counting half. 1 where every positive is higher than every
/// negative, ½ where the score tells nothing. `None` if one of the two is empty.
///
/// It is the Mann-Whitney statistic U over the product of the two counts
/// ([Fawcett 2006](https://doi.org/10.1016/j.patrec.2005.10.010), section 7;
/// [Mann and Whitney 1947](https://doi.org/10.1214/aoms/1177730491)).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "the pairs of a question set are far fewer than 2^52")]
pub fn area_between(positives: &[f64], negatives: &[f64]) -> Option<f64> {
    if positives.is_empty() || negatives.is_empty() {
        return None;
    }
    let mut negatives = negatives.to_vec();
    negatives.sort_unstable_by(f64::total_cmp);
    // A win counts two and a tie one, which keeps the sum whole: those below and those not above.
    let halves = |score: f64| {
        let below = negatives.partition_point(|other| *other < score);
        let not_above = negatives.partition_point(|other| *other <= score);
        below + not_above
    };
    let halves: usize = positives.iter().map(|score| halves(*score)).sum();
    Some(halves as f64 / 2.0 / (positives.len() * negatives.len()) as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;

    /// Of few values, so that ties occur.
    fn scores() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec((0_u8..8).prop_map(|step| f64::from(step) / 7.0), 1..40)
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

        #[test]
        fn it_is_the_share_of_pairs_in_the_right_order(positives in scores(), negatives in scores()) {
            let pairs = positives.iter().flat_map(|one| negatives.iter().map(move |other| one.total_cmp(other)));
            let won: f64 = pairs.map(|order| match order {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            }).sum();
            let share = won / f64::from(u32::try_from(positives.len() * negatives.len()).unwrap());
            let area = area_between(&positives, &negatives).unwrap();
            prop_assert!((area - share).abs() < 1e-9, "{area} for {share}");
        }

        #[test]
        fn the_kinds_exchanged_mirror_it(positives in scores(), negatives in scores()) {
            let area = area_between(&positives, &negatives).unwrap();
            let mirrored = area_between(&negatives, &positives).unwrap();
            prop_assert!((area + mirrored - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn nothing_found_is_below_every_score() {
        assert_eq!(area_between(&[0.0], &[f64::NEG_INFINITY]), Some(1.0));
        assert_eq!(area_between(&[f64::NEG_INFINITY], &[f64::NEG_INFINITY]), Some(0.5));
    }

    #[test]
    fn without_one_of_the_kinds_there_is_no_area() {
        assert_eq!(area_between(&[1.0], &[]), None);
        assert_eq!(area_between(&[], &[1.0]), None);
    }
}
