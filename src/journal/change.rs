//! What the writer writes, in the order in which it happened.

use super::gap::{Gap, TakenBack};
use super::pick::Pick;

/// A change of the journal that nobody waits for.
#[derive(Debug)]
pub(super) enum Change {
    /// A question had no answer.
    Asked(Gap),
    /// It had one after all.
    TakenBack(TakenBack),
    /// An entry was chosen for a question, or not wanted for it.
    Picked(Pick),
}

impl Change {
    /// Whether it changes the unanswered questions.
    pub(super) fn is_of_gaps(&self) -> bool {
        !matches!(self, Self::Picked(_))
    }
}
