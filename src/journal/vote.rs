//! How members judge answers, and who judged without a name.

use std::sync::Arc;

use super::error::JournalError;
use super::timestamp::Timestamp;

/// What a member thinks of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The id of the answer's entry.
    pub entry: String,
    /// Discord's id of the member. Only a keyed hash of it is stored.
    pub member: u64,
    /// Whether it helped.
    pub helpful: bool,
    /// Where they voted; `None` outside of servers.
    pub server: Option<u64>,
    /// When they voted. Of two votes on one answer, the one that is handed in later counts,
    /// whatever this says.
    pub at: Timestamp,
}

/// A vote with what is stored in place of the member's id.
#[derive(Debug)]
pub(super) struct HashedVote {
    pub(super) vote: Vote,
    pub(super) member: String,
}

/// A vote was not acknowledged. It may be handed in again.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VoteError {
    /// The database did not take it.
    #[error("the vote could not be written to the journal")]
    Write(#[source] Arc<JournalError>),
    /// The journal is closing, and it is unknown whether the vote was written.
    #[error("the journal is closed")]
    Closed,
}
