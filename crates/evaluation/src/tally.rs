//! How often which grade was given.

use serde::Serialize;

use footnote_search::reply::{MAX_CANDIDATES, Outcome};

use crate::judged::{Grade, Judged};
use crate::proportion::Proportion;

/// The counts over a question set.
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
    /// Shown as the closest, rightly.
    pub closest: Proportion,
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
    /// Not answered: refused, offered candidates, or shown an entry as the closest.
    pub refused: Proportion,
    /// Of all, those that were shown an entry as the closest.
    pub closest: Proportion,
    /// Answered all the same.
    pub wrongly_answered: Proportion,
}

impl Tally {
    /// Counts over a set.
    #[must_use]
    pub fn new(judged: &[Judged]) -> Self {
        let asked = judged.iter().filter(|one| one.has_answer).count();
        let others = judged.len() - asked;
        let count = |grade| judged.iter().filter(|one| one.grade == grade).count();
        let placed = |limit| judged.iter().filter(|one| one.place.is_some_and(|place| place < limit)).count();
        let is_closest = |one: &&Judged| !one.has_answer && one.outcome == Outcome::Closest;
        let shown_closest = judged.iter().filter(is_closest).count();
        let of_asked = |part| Proportion::new(part, asked);
        Self {
            answerable: Answerable {
                asked,
                right: of_asked(count(Grade::Right)),
                wrong: of_asked(count(Grade::Wrong)),
                closest: of_asked(count(Grade::Closest)),
                suggested: of_asked(count(Grade::Suggested)),
                unanswered: of_asked(count(Grade::Unanswered)),
                first: of_asked(placed(1)),
                among_five: of_asked(placed(MAX_CANDIDATES)),
            },
            unanswerable: Unanswerable {
                asked: others,
                refused: Proportion::new(count(Grade::Refused), others),
                closest: Proportion::new(shown_closest, others),
                wrongly_answered: Proportion::new(count(Grade::WronglyAnswered), others),
            },
        }
    }
}
