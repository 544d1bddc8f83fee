//! Drafts: changes of the base that wait for something. The journal keeps them as text and does not
//! know what they change.

use strum::{EnumString, IntoStaticStr};

use super::key::MemberHash;
use super::timestamp::Timestamp;

/// A change that somebody begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// The server in which it is written and reviewed.
    pub server: u64,
    /// The member who writes it. Only a keyed hash of the id is stored.
    pub member: u64,
    /// Whether the id is stored too, because the record of changes shall have it.
    pub keeps_id: bool,
    /// What they are: `moderator`, for example.
    pub role: String,
    /// The change, as JSON.
    pub change: String,
    /// The group of unanswered questions that it answers, if it comes from one.
    pub group: Option<String>,
    /// The suggestion that it follows, if it comes from one.
    pub suggestion: Option<String>,
}

/// A change that waits, or what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// 16 hexadecimal digits.
    pub id: String,
    /// The change, as JSON.
    pub change: String,
    /// The keyed hash of the author's id; empty if nobody can tell any more.
    pub author: Vec<u8>,
    /// What the author is.
    pub role: String,
    /// The author's id, if it is kept.
    pub member: Option<u64>,
    /// The group of unanswered questions that it answers.
    pub group: Option<String>,
    /// The suggestion that it follows.
    pub suggestion: Option<String>,
    /// What becomes of it.
    pub state: DraftState,
    /// Why it was refused; otherwise empty.
    pub reason: String,
    /// When it was last touched.
    pub changed_at: Timestamp,
}

impl Draft {
    /// Why it was written, for the record of changes.
    #[must_use]
    pub fn occasion(&self) -> &'static str {
        match (&self.group, &self.suggestion) {
            (Some(_), _) => "members asked it and got no answer",
            (None, Some(_)) => "members' choices suggested it",
            (None, None) => "taught from a message",
        }
    }

    /// Whether the member with this hash wrote it.
    #[must_use]
    pub fn is_by(&self, member: &MemberHash) -> bool {
        self.author == member.bytes()
    }
}

/// What becomes of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum DraftState {
    /// Only its author knows it.
    Open,
    /// It waits for approval.
    Submitted,
    /// It is in the base.
    Approved,
    /// A reviewer said no.
    Refused,
    /// Its author took it back.
    Withdrawn,
}
