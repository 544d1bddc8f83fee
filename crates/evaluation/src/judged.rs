//! A question of a set, and what the reply to it is worth.
//!
//! Replies are judged by what a member would read: the same [`Reply`] that is served.

use serde::Serialize;

use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::Sureness;
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
    /// There is an answer, and its entry was shown as the closest.
    Closest,
    /// There is an answer, and candidates were offered, or another entry was shown as the closest.
    Suggested,
    /// There is an answer, and the reply was "I don't know".
    Unanswered,
    /// There is no answer, and none was given; an entry may have been shown as the closest.
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
    /// What the reply came to.
    pub outcome: Outcome,
    /// What else decides on the outcome.
    #[serde(skip)]
    pub sureness: Option<Sureness>,
    /// The id of the best candidate.
    pub best: Option<String>,
    /// The ids of the right entries, if the best candidate is none of them; empty if the base has
    /// none that is like what the set asks for.
    pub expected: Vec<String>,
    /// The place of the first right entry among the candidates, from 0.
    pub place: Option<usize>,
    /// Whether the set says that there is an answer.
    pub has_answer: bool,
}

impl Judged {
    /// Judges the reply to a question, given which entries are right.
    pub(crate) fn new(
        question: &str,
        has_answer: bool,
        reply: &Reply<'_>,
        base: &KnowledgeBase,
        is_right: impl Fn(&Entry) -> bool,
    ) -> Self {
        let place = reply.candidates.iter().position(|candidate| has_answer && is_right(candidate.entry));
        let mut expected = Vec::new();
        if has_answer && place != Some(0) {
            expected.extend(base.entries.iter().filter(|entry| is_right(entry)).map(|entry| entry.id.clone()));
        }
        Self {
            question: question.to_owned(),
            grade: grade(has_answer, place, reply.outcome),
            confidence: reply.confidence(),
            outcome: reply.outcome,
            sureness: reply.best,
            best: reply.candidates.first().map(|candidate| candidate.entry.id.clone()),
            expected,
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
        Self { grade: self.grade_at(thresholds), outcome: thresholds.outcome(self.sureness), ..self }
    }

    /// What the reply would have been worth with other thresholds.
    #[must_use]
    pub fn grade_at(&self, thresholds: Thresholds) -> Grade {
        let outcome = thresholds.outcome(self.sureness);
        grade(self.has_answer, self.place, outcome)
    }
}

fn grade(has_answer: bool, place: Option<usize>, outcome: Outcome) -> Grade {
    match (has_answer, outcome) {
        (true, Outcome::Answer) if place == Some(0) => Grade::Right,
        (true, Outcome::Answer) => Grade::Wrong,
        (true, Outcome::Closest) if place == Some(0) => Grade::Closest,
        (true, Outcome::Closest | Outcome::Suggest) => Grade::Suggested,
        (true, Outcome::Unknown) => Grade::Unanswered,
        (false, Outcome::Answer) => Grade::WronglyAnswered,
        (false, Outcome::Closest | Outcome::Suggest | Outcome::Unknown) => Grade::Refused,
    }
}

/// Asks a question and judges the reply.
#[must_use]
pub fn judge(answerer: &Answerer, question: &Question) -> Judged {
    judge_reply(&answerer.reply(&question.text), question, answerer.base())
}

/// Judges the reply to a question of a set.
pub(crate) fn judge_reply(reply: &Reply<'_>, question: &Question, base: &KnowledgeBase) -> Judged {
    Judged::new(&question.text, question.has_answer(), reply, base, |entry| question.is_answered_by(entry))
}
