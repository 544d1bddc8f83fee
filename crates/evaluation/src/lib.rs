//! Measuring: how many questions of a set get the right answer, and how many of those without one
//! are refused.
//!
//! A curator sees with it what a change of the base did, and a developer what a change of the
//! search did. It judges replies by what a member would read, through the same [`Answerer`] that
//! serves them. [`question_set`] and [`training_set`] read what is asked and, for public data, of
//! what base; [`calibration`], [`roc`] and [`threshold`] tell how far the confidence can be
//! trusted.

pub mod calibration;
mod json_lines;
pub mod leave_one_out;
pub mod proportion;
pub mod question_set;
pub mod roc;
pub mod threshold;
pub mod training_set;

use serde::Serialize;

use footnote_search::reply::{Answerer, MAX_CANDIDATES, Outcome, Reply, Thresholds};
pub use json_lines::SetError;
use proportion::Proportion;
use question_set::Question;

/// What a reply is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Answered, and rightly.
    Right,
    /// Answered with another entry.
    Wrong,
    /// There is an answer, and candidates were offered instead.
    Suggested,
    /// There is an answer, and the reply was "I don't know".
    Unanswered,
    /// There is no answer, and none was given.
    Refused,
    /// There is no answer, and one was given.
    WronglyAnswered,
}

/// A question of a set with what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct Judged {
    /// What was asked.
    pub question: String,
    /// What the reply is worth.
    pub verdict: Verdict,
    /// The confidence of the best candidate, 0 to 1; 0 if there is none.
    pub confidence: f32,
    /// The id of the best candidate.
    pub best: Option<String>,
    /// At which place, from 0, a right entry stands among the candidates.
    pub place: Option<usize>,
    /// Whether the set says that there is an answer.
    pub has_answer: bool,
}

impl Judged {
    /// Judges the reply to a question whose right entries `is_right` knows by their place among the
    /// candidates.
    fn new(
        question: &str,
        has_answer: bool,
        reply: &Reply<'_>,
        is_right: impl Fn(&footnote_knowledge::Entry) -> bool,
    ) -> Self {
        let place = reply.candidates.iter().position(|candidate| has_answer && is_right(candidate.entry));
        Self {
            question: question.to_owned(),
            verdict: verdict(has_answer, place, reply.outcome),
            confidence: reply.confidence(),
            best: reply.candidates.first().map(|candidate| candidate.entry.id.clone()),
            place,
            has_answer,
        }
    }

    /// Whether the best candidate is a right entry, whatever the outcome. A question that has no
    /// answer has no right entry.
    #[must_use]
    pub fn is_first_right(&self) -> bool {
        self.place == Some(0)
    }

    /// The same question and candidates, judged with other thresholds.
    #[must_use]
    pub fn at(self, thresholds: Thresholds) -> Self {
        Self { verdict: self.verdict_at(thresholds), ..self }
    }

    /// What the reply would have been worth with other thresholds.
    #[must_use]
    pub fn verdict_at(&self, thresholds: Thresholds) -> Verdict {
        let outcome = thresholds.outcome(self.best.as_ref().map(|_| self.confidence));
        verdict(self.has_answer, self.place, outcome)
    }
}

fn verdict(has_answer: bool, place: Option<usize>, outcome: Outcome) -> Verdict {
    match (has_answer, outcome) {
        (true, Outcome::Answer) if place == Some(0) => Verdict::Right,
        (true, Outcome::Answer) => Verdict::Wrong,
        (true, Outcome::Suggest) => Verdict::Suggested,
        (true, Outcome::Unknown) => Verdict::Unanswered,
        (false, Outcome::Answer) => Verdict::WronglyAnswered,
        (false, Outcome::Suggest | Outcome::Unknown) => Verdict::Refused,
    }
}

/// Asks a question and judges the reply.
#[must_use]
pub fn judge(answerer: &Answerer, question: &Question) -> Judged {
    let reply = answerer.reply(&question.text);
    Judged::new(&question.text, question.has_answer(), &reply, |entry| question.is_answered_by(entry))
}

/// The counts over a set.
#[derive(Debug, Serialize)]
pub struct Tally {
    /// Questions that have an answer.
    pub answerable: Answerable,
    /// Questions that have none.
    pub unanswerable: Unanswerable,
}

/// Of the questions that have an answer.
#[derive(Debug, Serialize)]
pub struct Answerable {
    /// How many were asked.
    pub asked: usize,
    /// Answered rightly.
    pub right: Proportion,
    /// Answered wrongly.
    pub wrong: Proportion,
    /// Offered candidates.
    pub suggested: Proportion,
    /// Not answered.
    pub unanswered: Proportion,
    /// A right entry was the best candidate, whatever the outcome.
    pub first: Proportion,
    /// A right entry was among the five candidates, whatever the outcome.
    pub among_five: Proportion,
}

/// Of the questions that have no answer.
#[derive(Debug, Serialize)]
pub struct Unanswerable {
    /// How many were asked.
    pub asked: usize,
    /// Refused, or offered candidates.
    pub refused: Proportion,
    /// Answered all the same.
    pub wrongly_answered: Proportion,
}

impl Tally {
    /// Counts verdicts.
    #[must_use]
    pub fn new(judged: &[Judged]) -> Self {
        let asked = judged.iter().filter(|one| one.has_answer).count();
        let others = judged.len() - asked;
        let count = |verdict| judged.iter().filter(|one| one.verdict == verdict).count();
        let placed = |limit| judged.iter().filter(|one| one.place.is_some_and(|place| place < limit)).count();
        let of_asked = |part| Proportion::new(part, asked);
        Self {
            answerable: Answerable {
                asked,
                right: of_asked(count(Verdict::Right)),
                wrong: of_asked(count(Verdict::Wrong)),
                suggested: of_asked(count(Verdict::Suggested)),
                unanswered: of_asked(count(Verdict::Unanswered)),
                first: of_asked(placed(1)),
                among_five: of_asked(placed(MAX_CANDIDATES)),
            },
            unanswerable: Unanswerable {
                asked: others,
                refused: Proportion::new(count(Verdict::Refused), others),
                wrongly_answered: Proportion::new(count(Verdict::WronglyAnswered), others),
            },
        }
    }
}
