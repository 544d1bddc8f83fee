//! A question of a set, and what the reply to it is worth.
//!
//! Replies are judged by what a member would read, through the same [`Answerer`] that serves them.

use serde::Serialize;

use footnote_knowledge::Entry;
use footnote_search::reply::{Answerer, Outcome, Reply, Thresholds};

use crate::question_set::Question;

/// What a reply is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
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

/// A question of a set with the reply to it, judged.
#[derive(Debug, Clone, Serialize)]
pub struct Judged {
    /// What was asked.
    pub question: String,
    /// What the reply is worth; `verdict` in JSON.
    #[serde(rename = "verdict")]
    pub grade: Grade,
    /// The confidence of the best candidate, 0 to 1; 0 if there is none.
    pub confidence: f32,
    /// The id of the best candidate.
    pub best: Option<String>,
    /// The place of the first right entry among the candidates, from 0.
    pub place: Option<usize>,
    /// Whether the set says that there is an answer.
    pub has_answer: bool,
}

impl Judged {
    /// Judges the reply to a question, given which entries are right.
    pub(crate) fn new(question: &str, has_answer: bool, reply: &Reply<'_>, is_right: impl Fn(&Entry) -> bool) -> Self {
        let place = reply.candidates.iter().position(|candidate| has_answer && is_right(candidate.entry));
        Self {
            question: question.to_owned(),
            grade: grade(has_answer, place, reply.outcome),
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
        Self { grade: self.grade_at(thresholds), ..self }
    }

    /// What the reply would have been worth with other thresholds.
    #[must_use]
    pub fn grade_at(&self, thresholds: Thresholds) -> Grade {
        let outcome = thresholds.outcome(self.best.as_ref().map(|_| self.confidence));
        grade(self.has_answer, self.place, outcome)
    }
}

fn grade(has_answer: bool, place: Option<usize>, outcome: Outcome) -> Grade {
    match (has_answer, outcome) {
        (true, Outcome::Answer) if place == Some(0) => Grade::Right,
        (true, Outcome::Answer) => Grade::Wrong,
        (true, Outcome::Suggest) => Grade::Suggested,
        (true, Outcome::Unknown) => Grade::Unanswered,
        (false, Outcome::Answer) => Grade::WronglyAnswered,
        (false, Outcome::Suggest | Outcome::Unknown) => Grade::Refused,
    }
}

/// Asks a question and judges the reply.
#[must_use]
pub fn judge(answerer: &Answerer, question: &Question) -> Judged {
    let reply = answerer.reply(&question.text);
    Judged::new(&question.text, question.has_answer(), &reply, |entry| question.is_answered_by(entry))
}
