//! Choosing the answer threshold on a question set.
//!
//! A threshold trades answers for refusals. Where both kinds of question are at hand it can be
//! chosen by a rule instead of by eye, which makes runs on different data and different searches
//! comparable.

use serde::Serialize;

use crate::judged::{Grade, Judged};
use crate::proportion::Proportion;
use footnote_search::reply::Thresholds;

/// A threshold with what it brings on the set it was chosen on: more than on questions that had no
/// part in the choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// From this confidence on to answer, 0 to 1.
    pub answer_at: f32,
    /// Questions in scope that are answered with their right entry, of all in scope.
    pub in_scope_accuracy: Proportion,
    /// Questions out of scope that are refused, of all out of scope.
    pub out_of_scope_recall: Proportion,
}

impl Choice {
    /// Answers from the chosen confidence on and suggests nothing.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        Thresholds { answer_at: self.answer_at, suggest_at: self.answer_at }
    }
}

/// A threshold cannot be chosen on a set of one kind of question: answering always, or never, would
/// be best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// Every question is out of scope.
    #[error(
        "cannot choose a threshold: there is no question that has an answer; \
         add some, or leave --choose-threshold out"
    )]
    NoneInScope,
    /// Every question is in scope.
    #[error(
        "cannot choose a threshold: there is no question without an answer; \
         add some with \"entry\": null, or leave --choose-threshold out"
    )]
    NoneOutOfScope,
}

/// Chooses the confidence at which most questions are treated rightly; of equals the highest, which
/// answers least. A question that has an answer is in scope, and right if it is answered with its
/// right entry; one without is out of scope, and right if it is refused. The values tried are the
/// confidences of the set, and 1.
///
/// This is the threshold method of [Larson et al. 2019](https://aclanthology.org/D19-1131/), for
/// whom refusal is one more class. Each kind of question counts by its share of the set, as it does
/// for the people who ask.
///
/// # Errors
///
/// [`ChoiceError`] if one of the kinds is missing.
pub fn choose(judged: &[Judged]) -> Result<Choice, ChoiceError> {
    let in_scope = judged.iter().filter(|one| one.has_answer).count();
    let out_of_scope = judged.len() - in_scope;
    if in_scope == 0 {
        return Err(ChoiceError::NoneInScope);
    }
    if out_of_scope == 0 {
        return Err(ChoiceError::NoneOutOfScope);
    }
    let mut values: Vec<f32> = judged.iter().map(|one| one.confidence).collect();
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    values.dedup();
    let score = |point: Point| point.right + point.refused;
    let points = values.into_iter().map(|answer_at| Point::new(judged, answer_at));
    let strictest = Point::new(judged, 1.0);
    let best = points.fold(strictest, |best, point| if score(point) > score(best) { point } else { best });
    Ok(Choice {
        answer_at: best.answer_at,
        in_scope_accuracy: Proportion::new(best.right, in_scope),
        out_of_scope_recall: Proportion::new(best.refused, out_of_scope),
    })
}

/// What answering from a confidence on brings: a point of the curve that a threshold moves along.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From this confidence on to answer, 0 to 1.
    pub answer_at: f32,
    /// Questions that are answered with their right entry.
    pub right: usize,
    /// Questions that are answered with another entry, or have no answer and get one.
    pub wrong: usize,
    /// Questions that have no answer and get none.
    pub refused: usize,
}

impl Point {
    /// Counts over a set.
    #[must_use]
    pub fn new(judged: &[Judged], answer_at: f32) -> Self {
        let thresholds = Thresholds { answer_at, suggest_at: answer_at };
        let grades: Vec<Grade> = judged.iter().map(|one| one.grade_at(thresholds)).collect();
        let count = |grade| grades.iter().filter(|one| **one == grade).count();
        let wrong = count(Grade::Wrong) + count(Grade::WronglyAnswered);
        Self { answer_at, right: count(Grade::Right), wrong, refused: count(Grade::Refused) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;

    /// A question whose best candidate has this confidence; `None` has no candidate.
    fn asked(confidence: Option<f32>, has_answer: bool, place: Option<usize>) -> Judged {
        Judged {
            question: String::new(),
            grade: Grade::Refused,
            confidence: confidence.unwrap_or(0.0),
            best: confidence.map(|_| "entry".to_owned()),
            place,
            has_answer,
        }
    }

    fn right(confidence: f32) -> Judged {
        asked(Some(confidence), true, Some(0))
    }

    fn wrong(confidence: f32) -> Judged {
        asked(Some(confidence), true, None)
    }

    fn outside(confidence: f32) -> Judged {
        asked(Some(confidence), false, None)
    }

    fn chosen(judged: &[Judged]) -> (f32, usize, usize) {
        let choice = choose(judged).unwrap();
        (choice.answer_at, choice.in_scope_accuracy.count, choice.out_of_scope_recall.count)
    }

    #[test]
    fn every_question_counts_the_same() {
        // At 0.6 the one refusal costs two right answers.
        let mut judged: Vec<Judged> = [0.9, 0.8, 0.7, 0.6, 0.4, 0.3].map(right).into();
        judged.push(outside(0.5));
        assert_eq!(chosen(&judged), (0.3, 6, 0));
        judged.extend([outside(0.55), outside(0.45)]);
        assert_eq!(chosen(&judged), (0.6, 4, 3));
    }

    #[test]
    fn of_equals_the_highest_is_chosen() {
        assert_eq!(chosen(&[right(0.9), wrong(0.8), outside(0.1)]), (0.9, 1, 1));
        // At 0.9 one and both, at 0.2 both and one.
        assert_eq!(chosen(&[right(0.9), right(0.2), outside(0.5), outside(0.1)]), (0.9, 1, 2));
        assert_eq!(chosen(&[right(0.8), outside(0.9)]), (1.0, 0, 1));
    }

    #[test]
    fn questions_without_a_candidate_are_refused_at_any_threshold() {
        assert_eq!(chosen(&[asked(None, true, None), asked(None, false, None)]), (1.0, 0, 1));
        assert_eq!(chosen(&[right(0.0), asked(None, false, None)]), (0.0, 1, 1));
    }

    #[test]
    fn one_kind_of_question_leaves_nothing_to_choose() {
        assert_eq!(choose(&[right(0.5)]), Err(ChoiceError::NoneOutOfScope));
        assert_eq!(choose(&[outside(0.5)]), Err(ChoiceError::NoneInScope));
    }

    fn any_question() -> impl Strategy<Value = Judged> {
        let confidence = prop::option::weighted(0.9, (0_u8..20).prop_map(|step| f32::from(step) / 19.0));
        (confidence, any::<bool>(), prop::option::of(0_usize..3)).prop_map(|(confidence, has_answer, place)| {
            asked(confidence, has_answer, place.filter(|_| has_answer && confidence.is_some()))
        })
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

        #[test]
        fn no_other_threshold_is_better(judged in prop::collection::vec(any_question(), 2..40), other in 0.0_f32..=1.0) {
            let Ok(choice) = choose(&judged) else { return Ok(()) };
            let best = choice.in_scope_accuracy.count + choice.out_of_scope_recall.count;
            let Point { right, refused, .. } = Point::new(&judged, other);
            prop_assert!(right + refused <= best, "{right} + {refused} at {other}, {best} at {}", choice.answer_at);
        }
    }
}
