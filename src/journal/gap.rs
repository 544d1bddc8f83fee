//! An unanswered question, as the journal keeps it.

use sha2::{Digest, Sha256};

use super::link::Origin;
use super::masking::Masked;
use super::timestamp::Timestamp;

/// How many characters of a question are stored at most. That is enough to see what it asks.
const MAX_STORED_CHARS: usize = 500;

/// Who asked, and where. The journal only stores keyed hashes of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// The member's Discord id.
    pub member: u64,
    /// The server's id; `None` outside servers.
    pub server: Option<u64>,
}

/// An unanswered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub(super) example: String,
    pub(super) normalized: String,
    pub(super) group: String,
    pub(super) asker: Asker,
    pub(super) at: Timestamp,
    pub(super) origin: Option<Origin>,
}

impl Gap {
    /// Takes a masked question, its normalized form (the same for different spellings of it), and
    /// its terms, both made from what is masked. Questions with the same terms, in any order, are
    /// similar and form a group. Returns `None` if the normalized form is empty.
    #[must_use]
    pub fn new(question: &Masked, normalized: &str, terms: &[String], asker: Asker) -> Option<Self> {
        let normalized = shortened(normalized.trim());
        if normalized.is_empty() {
            return None;
        }
        let group = group_key(&normalized, terms);
        let (example, at) = (shortened(question.as_str().trim()), Timestamp::now());
        Some(Self { example, normalized, group, asker, at, origin: None })
    }

    /// The same gap with the message that asks it, if that is known.
    #[must_use]
    pub fn asked_in(self, origin: Option<Origin>) -> Self {
        Self { origin, ..self }
    }

    /// The same gap at another time.
    #[must_use]
    pub fn at(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }
}

/// A question that turned out to have an answer: the member chose one of the entries that were
/// offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    pub(super) normalized: String,
    pub(super) asker: Asker,
    pub(super) is_cut_off: bool,
}

impl TakenBack {
    /// Takes the normalized form of the masked question and who chose an answer, as for
    /// [`Gap::new`], and whether only the beginning of the question is known.
    #[must_use]
    pub fn new(normalized: &str, asker: Asker, is_cut_off: bool) -> Option<Self> {
        let normalized = shortened(normalized.trim());
        (!normalized.is_empty()).then_some(Self { normalized, asker, is_cut_off })
    }
}

/// As much as is stored. PostgreSQL takes no text with U+0000.
pub(super) fn shortened(text: &str) -> String {
    text.chars().filter(|&c| c != '\0').take(MAX_STORED_CHARS).collect()
}

/// A hash, because a button's custom id has to name the group, and Discord limits that to 100
/// characters.
fn group_key(normalized: &str, terms: &[String]) -> String {
    const BYTES: usize = 8;
    let mut terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    terms.sort_unstable();
    terms.dedup();
    if terms.is_empty() {
        terms.push(normalized);
    }
    hex::encode(&Sha256::digest(terms.join("\n"))[..BYTES])
}

/// A server's id as the tables have it: 0 is for none.
pub(super) fn server_column(asker: Asker) -> i64 {
    asker.server.unwrap_or_default().cast_signed()
}
