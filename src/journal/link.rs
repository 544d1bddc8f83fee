//! Where an unanswered question was asked.

use serde::{Serialize, Serializer};

use super::timestamp::Timestamp;

/// The message that asks a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The channel's id.
    pub channel: u64,
    /// The message's id.
    pub message: u64,
    /// The id of the person who wrote it. Only a keyed hash of it is stored.
    pub author: u64,
}

/// Where a message is. In JSON, it is its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The server's id; `None` for a direct message.
    pub server: Option<u64>,
    /// The channel's id.
    pub channel: u64,
    /// The message's id.
    pub message: u64,
}

impl Link {
    /// From what the database has of it; 0 stands for no server.
    pub(super) fn of_row(server: i64, channel: i64, message: i64) -> Self {
        let server = Some(server.cast_unsigned()).filter(|id| *id != 0);
        Self { server, channel: channel.cast_unsigned(), message: message.cast_unsigned() }
    }

    /// The address that opens it.
    #[must_use]
    pub fn url(&self) -> String {
        let server = self.server.map_or_else(|| "@me".to_owned(), |server| server.to_string());
        format!("https://discord.com/channels/{server}/{}/{}", self.channel, self.message)
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.url())
    }
}

/// A question that an approved change answers, and whose author does not know it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The message that asks it.
    pub link: Link,
    /// The question in normalized form.
    pub question: String,
    /// The id of the entry that answers it.
    pub entry: String,
    /// When somebody last began to tell the author.
    pub told_at: Option<Timestamp>,
    pub(super) asker: Vec<u8>,
}
