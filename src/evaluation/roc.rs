//! How well the confidence parts questions that have an answer from those that have none, whatever the threshold.
//!
//! Counts of right answers and refusals hang on where the threshold stands. The area under the ROC curve does not, so it
//! tells whether a better threshold could exist at all.

use super::Judged;

/// The area under the ROC curve of confidence: the probability that a question that has an answer (in scope) is given more
/// confidence than one that has none (out of scope), a tie counting half. 1 where every question in scope has more than every
/// other, ½ where confidence tells nothing. Whether the best candidate is the right one plays no part. `None` if one of the
/// kinds is missing.
///
/// It is the Mann-Whitney statistic U over the product of the two counts
/// ([Fawcett 2006](https://doi.org/10.1016/j.patrec.2005.10.010), section 7;
/// [Mann and Whitney 1947](https://doi.org/10.1214/aoms/1177730491)).
#[must_use]
pub fn area(judged: &[Judged]) -> Option<f64> {
    let confidences = |has_answer| {
        judged.iter().filter(move |one| one.has_answer == has_answer).map(|one| one.confidence).collect::<Vec<f32>>()
    };
    area_between(&confidences(true), confidences(false))
}

#[expect(clippy::cast_precision_loss, reason = "the pairs of a question set are far fewer than 2^52")]
fn area_between(in_scope: &[f32], mut out_of_scope: Vec<f32>) -> Option<f64> {
    if in_scope.is_empty() || out_of_scope.is_empty() {
        return None;
    }
    out_of_scope.sort_unstable_by(f32::total_cmp);
    // A win counts two and a tie one, which keeps the sum whole: those below and those not above.
    let halves = |confidence: f32| {
        let below = out_of_scope.partition_point(|other| *other < confidence);
        let not_above = out_of_scope.partition_point(|other| *other <= confidence);
        below + not_above
    };
    let halves: usize = in_scope.iter().map(|confidence| halves(*confidence)).sum();
    Some(halves as f64 / 2.0 / (in_scope.len() * out_of_scope.len()) as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;

    /// Of few values, so that ties occur.
    fn confidences() -> impl Strategy<Value = Vec<f32>> {
        prop::collection::vec((0_u8..8).prop_map(|step| f32::from(step) / 7.0), 1..40)
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

        #[test]
        fn it_is_the_share_of_pairs_in_the_right_order(inside in confidences(), outside in confidences()) {
            let pairs = inside.iter().flat_map(|one| outside.iter().map(move |other| one.total_cmp(other)));
            let won: f64 = pairs.map(|order| match order {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            }).sum();
            let share = won / f64::from(u32::try_from(inside.len() * outside.len()).unwrap());
            let area = area_between(&inside, outside).unwrap();
            prop_assert!((area - share).abs() < 1e-9, "{area} for {share}");
        }

        #[test]
        fn the_kinds_exchanged_mirror_it(inside in confidences(), outside in confidences()) {
            let area = area_between(&inside, outside.clone()).unwrap();
            let mirrored = area_between(&outside, inside).unwrap();
            prop_assert!((area + mirrored - 1.0).abs() < 1e-9);
        }
    }
}
