//! How members rate answers, without the names of those who rated.

use std::sync::Arc;

use super::error::JournalError;
use super::key::MemberHash;
use super::timestamp::Timestamp;

/// What a member thinks of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The id of the answer's entry.
    pub entry: String,
    /// The server whose own base has the entry; `None` for the base of all that have none.
    pub base: Option<u64>,
    /// The member's Discord id. Only a keyed hash of it is stored.
    pub member: u64,
    /// Whether it helped.
    pub helpful: bool,
    /// Where they voted; `None` outside servers.
    pub server: Option<u64>,
    /// When they voted. Of two votes on one answer, the one submitted later counts, whatever this
    /// says.
    pub at: Timestamp,
}

/// A vote with the hash that is stored instead of the member's id.
#[derive(Debug)]
pub(super) struct HashedVote {
    pub(super) vote: Vote,
    pub(super) member: MemberHash,
}

/// A vote was not acknowledged. It may be submitted again.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VoteError {
    /// The database did not store it.
    #[error("the vote could not be written to the journal")]
    Write(#[source] Arc<JournalError>),
    /// The journal is closing, and it is unknown whether the vote was written.
    #[error("the journal is closed")]
    Closed,
}
