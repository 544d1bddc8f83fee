//! Whether confidence means what it says: of the questions that are met at a confidence of 0.8, are
//! eight in ten right?
//!
//! A threshold is a promise only as far as that holds. The table shows where it does not, and one
//! figure sums it up.

use serde::Serialize;

use crate::judged::{Grade, Judged};
use crate::proportion::Proportion;

/// How many bins the range of confidence is divided into.
pub const BINS: u8 = 10;

/// From this confidence on an answer counts as sure.
pub const SURE_FROM: f32 = 0.9;

/// The confidence of the best candidates beside how often they are right, whatever the outcome of
/// the reply.
///
/// A question whose best candidate is a right entry is right; one that has no answer never is. One
/// for which nothing was found counts with confidence 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// [`BINS`] bins of equal width, from 0 to 1.
    pub bins: Vec<Bin>,
    /// The expected calibration error, 0 to 1: the mean over all questions of how far the mean
    /// confidence of a question's bin is from the share that is right there, ∑ n/N · |mean
    /// confidence − share right|; 0 of an empty set ([Naeini et al.
    /// 2015](https://doi.org/10.1609/aaai.v29i1.9602), [Guo et al.
    /// 2017](https://arxiv.org/abs/1706.04599), equation 3).
    pub expected_error: f64,
    /// The answers that are given at [`SURE_FROM`] or more.
    pub sure: Sure,
}

/// The questions whose best candidate has a confidence in a range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    /// The lowest confidence that belongs to it.
    pub from: f32,
    /// The confidence from which on the next bin begins; the last bin has 1 itself.
    pub to: f32,
    /// How many questions fall into it.
    pub questions: usize,
    /// Their mean confidence; `None` without questions.
    pub mean_confidence: Option<f64>,
    /// Of them, those whose best candidate is a right entry.
    pub right: Proportion,
}

/// The answers that are given at [`SURE_FROM`] or more: what a member has most reason to rely on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sure {
    /// How many were given, to questions that have an answer and to others.
    pub answers: usize,
    /// Of them, the right ones.
    pub right: Proportion,
}

impl Calibration {
    /// Counts over a set.
    #[must_use]
    pub fn new(judged: &[Judged]) -> Self {
        let mut questions: Vec<Vec<&Judged>> = vec![Vec::new(); usize::from(BINS)];
        for one in judged {
            questions[place(one.confidence)].push(one);
        }
        let bins: Vec<Bin> = (0..BINS).zip(&questions).map(|(number, questions)| Bin::new(number, questions)).collect();
        let expected_error = bins.iter().map(|bin| bin.share_of(judged.len()) * bin.error()).sum();
        Self { bins, expected_error, sure: Sure::new(judged) }
    }
}

/// The lowest confidence of a bin; the same number as the decimal fraction, so that 0.3 belongs to
/// the bin from 0.3.
fn edge(number: u8) -> f32 {
    f32::from(number) / f32::from(BINS)
}

/// The number of the bin that a confidence belongs to.
fn place(confidence: f32) -> usize {
    (1..BINS).filter(|number| confidence >= edge(*number)).count()
}

impl Bin {
    fn new(number: u8, questions: &[&Judged]) -> Self {
        let right = questions.iter().filter(|one| one.is_first_right()).count();
        Self {
            from: edge(number),
            to: edge(number + 1),
            questions: questions.len(),
            mean_confidence: mean(questions.iter().map(|one| one.confidence)),
            right: Proportion::new(right, questions.len()),
        }
    }

    fn error(&self) -> f64 {
        self.mean_confidence.map_or(0.0, |mean| (mean - self.right.share).abs())
    }

    fn share_of(&self, all: usize) -> f64 {
        Proportion::new(self.questions, all).share
    }
}

/// `None` of nothing.
fn mean(values: impl ExactSizeIterator<Item = f32>) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "question sets are far smaller than 2^52")]
    let count = values.len() as f64;
    (count > 0.0).then(|| values.map(f64::from).sum::<f64>() / count)
}

impl Sure {
    fn new(judged: &[Judged]) -> Self {
        let sure = judged.iter().filter(|one| one.confidence >= SURE_FROM);
        let grades: Vec<Grade> = sure.map(|one| one.grade).collect();
        let count = |grade| grades.iter().filter(|one| **one == grade).count();
        let right = count(Grade::Right);
        let answers = right + count(Grade::Wrong) + count(Grade::WronglyAnswered);
        Self { answers, right: Proportion::new(right, answers) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;
    use footnote_search::reply::{Outcome, Thresholds};
    use footnote_search::{Relation, Sureness};

    fn asked(confidence: f32, is_right: bool, has_answer: bool) -> Judged {
        let judged = Judged {
            question: String::new(),
            grade: Grade::Refused,
            outcome: Outcome::Unknown,
            confidence,
            sureness: Some(Sureness { confidence, has_objection: false, is_near: true, relation: Relation::Much }),
            best: Some("entry".to_owned()),
            expected: Vec::new(),
            place: (is_right && has_answer).then_some(0),
            has_answer,
        };
        judged.at(Thresholds { answer_at: 0.95, closest_at: 0.95, suggest_at: 0.5 })
    }

    #[test]
    fn the_error_weighs_each_bin_by_its_questions() {
        // By hand: 0.7 to 0.8 has mean 0.75 and ½ right, 0.2 to 0.3 has mean 0.2 and none right;
        // 2/3 · 0.25 + 1/3 · 0.2.
        let judged = [asked(0.72, true, true), asked(0.78, false, true), asked(0.2, false, false)];
        let calibration = Calibration::new(&judged);
        let expected = 0.5 / 3.0 + 0.2 / 3.0;
        assert!((calibration.expected_error - expected).abs() < 1e-6, "{calibration:?}");
        assert_eq!(calibration.bins[7].questions, 2);
        assert_eq!(calibration.bins[7].right, Proportion::new(1, 2));
        assert_eq!(calibration.bins[3].mean_confidence, None);
    }

    #[test]
    fn a_right_entry_further_down_is_not_right() {
        let second = Judged { place: Some(1), ..asked(0.5, true, true) };
        assert_eq!(Calibration::new(&[second]).bins[5].right, Proportion::new(0, 1));
    }

    #[test]
    fn an_edge_belongs_to_the_bin_above() {
        let places = [0.0, 0.1, 0.3, 0.599_999, 0.6, 0.7, 0.9, 1.0].map(place);
        assert_eq!(places, [0, 1, 3, 5, 6, 7, 9, 9]);
    }

    #[test]
    fn sure_answers_are_those_that_are_given() {
        // Answers are given from 0.95 on; one without an answer in the base is never right.
        let judged =
            [asked(0.96, true, true), asked(0.96, true, false), asked(0.92, true, true), asked(0.3, true, true)];
        let sure = Calibration::new(&judged).sure;
        assert_eq!(sure, Sure { answers: 2, right: Proportion::new(1, 2) });
    }

    #[test]
    fn an_empty_set_has_no_error() {
        let calibration = Calibration::new(&[]);
        assert!(calibration.expected_error.abs() < f64::EPSILON);
        assert_eq!(calibration.bins.len(), usize::from(BINS));
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

        #[test]
        fn every_question_is_in_the_bin_of_its_confidence(
            questions in prop::collection::vec((0.0_f32..=1.0, any::<bool>(), any::<bool>()), 1..60)
        ) {
            let judged: Vec<Judged> =
                questions.into_iter().map(|(confidence, right, answer)| asked(confidence, right, answer)).collect();
            let calibration = Calibration::new(&judged);
            prop_assert_eq!(calibration.bins.iter().map(|bin| bin.questions).sum::<usize>(), judged.len());
            for bin in &calibration.bins {
                let within = |mean: f64| f64::from(bin.from) - 1e-6 <= mean && mean <= f64::from(bin.to) + 1e-6;
                prop_assert!(bin.mean_confidence.is_none_or(within), "{:?}", bin);
            }
            prop_assert!((0.0..=1.0).contains(&calibration.expected_error));
        }
    }
}
