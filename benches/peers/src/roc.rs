//! How well a score tells questions that have an answer from those that have none, whatever the threshold.

/// The area under the receiver operating characteristic: the probability that a random member of `positives` scores higher
/// than a random one of `negatives`, a tie counting half. `None` where either is empty.
///
/// It is computed from the ranks of all scores (the statistic of Mann and Whitney), tied scores sharing their average rank.
#[expect(clippy::cast_precision_loss, reason = "the numbers of questions and their ranks are far below 2^52")]
pub(crate) fn area_under_curve(positives: &[f64], negatives: &[f64]) -> Option<f64> {
    if positives.is_empty() || negatives.is_empty() {
        return None;
    }
    let label = |is_positive| move |&score: &f64| (score, is_positive);
    let mut scores: Vec<(f64, bool)> =
        positives.iter().map(label(true)).chain(negatives.iter().map(label(false))).collect();
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rank_sum = 0.0;
    let mut below = 0;
    for tied in scores.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let average_rank = below as f64 + (tied.len() + 1) as f64 / 2.0;
        rank_sum += average_rank * tied.iter().filter(|(_, is_positive)| *is_positive).count() as f64;
        below += tied.len();
    }
    let (positives, negatives) = (positives.len() as f64, negatives.len() as f64);
    Some((rank_sum - positives * (positives + 1.0) / 2.0) / (positives * negatives))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_area(positives: &[f64], negatives: &[f64], expected: f64) {
        let area = area_under_curve(positives, negatives).unwrap();
        assert!((area - expected).abs() < 1e-12, "{area} is not {expected}");
    }

    #[test]
    fn parted_scores_have_the_whole_area() {
        assert_area(&[0.9, 0.8], &[0.1, 0.2, 0.3], 1.0);
    }

    #[test]
    fn the_wrong_way_round_there_is_none() {
        assert_area(&[0.1, 0.2], &[0.8], 0.0);
    }

    #[test]
    fn ties_count_half() {
        assert_area(&[0.5, 0.5], &[0.5], 0.5);
        assert_area(&[0.5, 0.9], &[0.5, 0.1], 0.875);
    }

    #[test]
    fn every_pair_counts_the_same() {
        // Of the six pairs, the positive is higher in four.
        assert_area(&[1.0, 3.0, 5.0], &[2.0, 2.5], 4.0 / 6.0);
    }

    #[test]
    fn nothing_found_is_below_every_score() {
        assert_area(&[0.0], &[f64::NEG_INFINITY], 1.0);
        assert_area(&[f64::NEG_INFINITY], &[f64::NEG_INFINITY], 0.5);
    }

    #[test]
    fn without_one_of_the_kinds_there_is_no_area() {
        assert_eq!(area_under_curve(&[1.0], &[]), None);
        assert_eq!(area_under_curve(&[], &[1.0]), None);
    }
}
