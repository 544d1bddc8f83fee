//! What the bot asked of the REST API, and the answers that a test planned to go wrong.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::answer::Answer;

/// A request that the bot made.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// The method, in capitals.
    pub method: String,
    /// The path without `/api/v10`; one that lacks that prefix stands as it came.
    pub path: String,
    /// The query, without its question mark; empty if there was none.
    pub query: String,
    /// The JSON body, which for multipart is its `payload_json`; null if there was none.
    pub body: Value,
    /// The status that the double answered; `None` while it holds the answer back, and for good if
    /// the bot hung up before.
    pub status: Option<u16>,
    /// The body of the double's answer, null for a 204.
    pub answer: Value,
}

impl RecordedRequest {
    /// Whether this is the callback of an interaction.
    pub fn is_callback(&self) -> bool {
        self.method == "POST" && self.path.starts_with("/interactions/") && self.path.ends_with("/callback")
    }

    /// Whether this is a message to a channel.
    pub fn is_post(&self) -> bool {
        self.method == "POST" && self.path.starts_with("/channels/") && self.path.ends_with("/messages")
    }
}

impl fmt::Display for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} -> ", self.method, self.path)?;
        match self.status {
            Some(status) if status >= 400 => write!(f, "{status} {}", self.answer),
            Some(status) => write!(f, "{status}"),
            None => write!(f, "(no answer yet)"),
        }
    }
}

/// An answer that a test ordered for the next request of a kind.
#[derive(Debug)]
pub(crate) struct PlannedAnswer {
    method: String,
    path_prefix: String,
    answer: Answer,
}

impl PlannedAnswer {
    /// Plans the usual answer of `status`; a 429 asks to wait a tenth of a second.
    pub(crate) fn of_status(method: &str, path_prefix: &str, status: u16) -> Self {
        let answer = match status {
            429 => Answer::rate_limited(Duration::from_millis(100)),
            status => Answer::bare(status),
        };
        Self::new(method, path_prefix, answer)
    }

    /// Plans `answer` for the next request with this method whose path begins so.
    pub(crate) fn new(method: &str, path_prefix: &str, answer: Answer) -> Self {
        Self { method: method.to_ascii_uppercase(), path_prefix: path_prefix.to_owned(), answer }
    }

    /// The answer, if it was planned for such a request.
    pub(crate) fn for_request(&self, method: &str, path: &str) -> Option<&Answer> {
        let meant = self.method == method && path.starts_with(&self.path_prefix);
        meant.then_some(&self.answer)
    }
}
