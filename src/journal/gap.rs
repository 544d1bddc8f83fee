//! A question that had no answer, as the journal keeps it.

use sha2::{Digest, Sha256};

use super::timestamp::Timestamp;

/// The most characters of a question that are stored; what it asks is clear by then.
const MAX_STORED_CHARS: usize = 500;

/// An unanswered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub(super) example: String,
    pub(super) normalized: String,
    pub(super) group: String,
    pub(super) server: Option<u64>,
    pub(super) at: Timestamp,
}

impl Gap {
    /// A question as it was typed, in its normalized form (the same for two spellings of it), and
    /// with the terms that it is about. Questions with the same terms, in any order, are similar
    /// and form a group. `server` is where it was asked, `None` outside of servers. Returns `None`
    /// if nothing of the question is left in its normalized form.
    #[must_use]
    pub fn new(typed: &str, normalized: &str, terms: &[String], server: Option<u64>) -> Option<Self> {
        let normalized = shortened(normalized.trim());
        if normalized.is_empty() {
            return None;
        }
        let group = group_key(&normalized, terms);
        Some(Self { example: shortened(typed.trim()), normalized, group, server, at: Timestamp::now() })
    }

    /// The same gap at another time than now.
    #[must_use]
    pub fn at(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_STORED_CHARS).collect()
}

/// A hash instead of the terms, so that a group can be named in a button's custom id, which Discord
/// limits to 100 characters.
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
