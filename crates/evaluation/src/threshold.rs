//! Choosing the answer threshold on a question set.
//!
//! A threshold trades answers for refusals. Where both kinds of question are at hand it can be
//! chosen by a rule instead of by eye, which makes runs on different data and different searches
//! comparable.

use serde::Serialize;

use crate::judged::{Grade, Judged};
use crate::proportion::{CHANCE, Proportion, lower_tail, upper_bound};
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
    /// The limit that it was chosen to keep, if there was one.
    pub limit: Option<Limit>,
}

/// How many of all questions may be answered wrongly, and how many were.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limit {
    /// The share that may be, between 0 and 1.
    pub wrong_at_most: f64,
    /// Those that were: answered with another entry, or though there is no answer.
    pub wrong: Proportion,
    /// The share that is not exceeded at 95% (see [`upper_bound`]).
    pub upper_bound: f64,
}

impl Choice {
    /// Answers from the chosen confidence on and suggests nothing.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        Thresholds::answering_from(self.answer_at)
    }
}

/// A threshold cannot be chosen on these questions.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ChoiceError {
    /// Every question is out of scope, so that answering never would be best.
    #[error(
        "cannot choose a threshold: there is no question that has an answer; \
         add some, or leave --choose-threshold out"
    )]
    NoneInScope,
    /// Every question is in scope, so that answering always would be best.
    #[error(
        "cannot choose a threshold: there is no question without an answer; \
         add some with \"entry\": null, or leave --choose-threshold out"
    )]
    NoneOutOfScope,
    /// Even without a wrong answer they would not show that the limit is kept.
    #[error(
        "cannot choose a threshold: {asked} questions are too few to show that \
         at most {}% are answered wrongly; that takes at least {needed}",
        percent(*wrong_at_most)
    )]
    TooFew {
        /// How many there are.
        asked: usize,
        /// How many it takes, if none of them is answered wrongly.
        needed: usize,
        /// The limit.
        wrong_at_most: f64,
    },
    /// The limit is not kept anywhere.
    #[error(
        "cannot choose a threshold: even at a confidence of 1, {wrong} of {asked} questions \
         are answered wrongly; at 95% that is up to {:.1}%, not {}%",
        100.0 * upper_bound(*wrong, *asked), percent(*wrong_at_most)
    )]
    AlwaysWrong {
        /// How many are answered wrongly.
        wrong: usize,
        /// How many there are.
        asked: usize,
        /// The limit.
        wrong_at_most: f64,
    },
}

/// A share in percent, with no more digits than it has.
fn percent(share: f64) -> String {
    let text = format!("{:.4}", share * 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
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
    let score = |point: Point| point.right + point.refused;
    let points = confidences(judged).into_iter().map(|answer_at| Point::new(judged, answer_at));
    let strictest = Point::new(judged, 1.0);
    let best = points.fold(strictest, |best, point| if score(point) > score(best) { point } else { best });
    Ok(best.chosen(judged, None))
}

/// Chooses the lowest confidence from which on at most this share of all questions is answered
/// wrongly, with 95% certainty: with more wrong answers than that, so few would be counted once in
/// twenty times (the exact one-sided tail of the binomial distribution). `wrong_at_most` lies
/// between 0 and 1.
///
/// The confidences of the set are tried from the highest down, up to the first that fails, so that
/// trying many does not spoil the certainty: "fixed sequence testing" ([Angelopoulos et al.
/// 2021](https://arxiv.org/abs/2110.01052)).
///
/// # Errors
///
/// [`ChoiceError`] if there are too few questions for that, or too many wrong answers anywhere.
pub fn choose_within(judged: &[Judged], wrong_at_most: f64) -> Result<Choice, ChoiceError> {
    let asked = judged.len();
    let needed = fewest_questions(wrong_at_most);
    if asked < needed {
        return Err(ChoiceError::TooFew { asked, needed, wrong_at_most });
    }
    let is_kept = |wrong: usize| lower_tail(wrong, asked, wrong_at_most) <= CHANCE;
    let strictest = Point::new(judged, 1.0);
    if !is_kept(strictest.wrong) {
        return Err(ChoiceError::AlwaysWrong { wrong: strictest.wrong, asked, wrong_at_most });
    }
    let points = confidences(judged).into_iter().map(|answer_at| Point::new(judged, answer_at));
    let lowest = points.take_while(|point| is_kept(point.wrong)).last().unwrap_or(strictest);
    let wrong = Proportion::new(lowest.wrong, asked);
    let limit = Limit { wrong_at_most, wrong, upper_bound: upper_bound(lowest.wrong, asked) };
    Ok(lowest.chosen(judged, Some(limit)))
}

/// How many questions show that a limit is kept if none of them is answered wrongly: the least n
/// with (1 − limit)ⁿ ≤ 5%.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number above 0; `as` saturates")]
fn fewest_questions(wrong_at_most: f64) -> usize {
    (CHANCE.ln() / (-wrong_at_most).ln_1p()).ceil() as usize
}

/// The confidences of a set, each once, highest first.
#[must_use]
pub fn confidences(judged: &[Judged]) -> Vec<f32> {
    let mut values: Vec<f32> = judged.iter().map(|one| one.confidence).collect();
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    values.dedup();
    values
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
        let thresholds = Thresholds::answering_from(answer_at);
        let grades: Vec<Grade> = judged.iter().map(|one| one.grade_at(thresholds)).collect();
        let count = |grade| grades.iter().filter(|one| **one == grade).count();
        let wrong = count(Grade::Wrong) + count(Grade::WronglyAnswered);
        Self { answer_at, right: count(Grade::Right), wrong, refused: count(Grade::Refused) }
    }

    fn chosen(self, judged: &[Judged], limit: Option<Limit>) -> Choice {
        let in_scope = judged.iter().filter(|one| one.has_answer).count();
        Choice {
            answer_at: self.answer_at,
            in_scope_accuracy: Proportion::new(self.right, in_scope),
            out_of_scope_recall: Proportion::new(self.refused, judged.len() - in_scope),
            limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use super::*;
    use footnote_search::reply::Outcome;
    use footnote_search::{Relation, Sureness};

    /// A question whose best candidate has this confidence; `None` has no candidate.
    fn asked(confidence: Option<f32>, has_answer: bool, place: Option<usize>) -> Judged {
        Judged {
            question: String::new(),
            grade: Grade::Refused,
            outcome: Outcome::Unknown,
            confidence: confidence.unwrap_or(0.0),
            sureness: confidence.map(|confidence| Sureness {
                confidence,
                has_objection: false,
                is_near: true,
                relation: Relation::Much,
            }),
            best: confidence.map(|_| "entry".to_owned()),
            expected: Vec::new(),
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

    #[test]
    fn the_lowest_threshold_within_the_limit_is_chosen() {
        // 59 questions show 5% if none is wrong, 93 if one is.
        let step = |step: f32| 1.0 - step / 256.0;
        let judged = |rights: u8, wrongs: &[f32]| -> Vec<Judged> {
            let rights = (0..rights).map(|number| right(step(f32::from(number))));
            rights.chain(wrongs.iter().map(|number| wrong(step(*number)))).collect()
        };
        let at = |judged: &[Judged]| choose_within(judged, 0.05).map(|choice| choice.answer_at);
        assert_eq!(at(&judged(58, &[])), Err(ChoiceError::TooFew { asked: 58, needed: 59, wrong_at_most: 0.05 }));
        assert_eq!(at(&judged(59, &[])), Ok(step(58.0)), "all of them");
        assert_eq!(at(&judged(59, &[50.5])), Ok(step(50.0)), "above the wrong one");
        assert_eq!(at(&judged(92, &[50.5])), Ok(step(91.0)), "with the wrong one");
        assert_eq!(at(&judged(91, &[50.5, 70.5])), Ok(step(70.0)), "above the second");
        let always = ChoiceError::AlwaysWrong { wrong: 1, asked: 60, wrong_at_most: 0.05 };
        assert_eq!(at(&judged(59, &[0.0])), Err(always));
    }

    #[test]
    fn what_is_answered_though_there_is_no_answer_is_wrong_too() {
        let judged: Vec<Judged> = (0_u8..60).map(|step| outside(f32::from(step) / 60.0)).collect();
        let choice = choose_within(&judged, 0.05).unwrap();
        assert_eq!((choice.answer_at, choice.out_of_scope_recall.count), (1.0, 60));
        assert!(choice.limit.is_some_and(|limit| limit.wrong.count == 0 && limit.upper_bound <= 0.05));
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
