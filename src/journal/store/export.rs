//! Everything that a journal holds, a record at a time, so that a large one needs no more memory
//! than a small one.

use std::io;

use futures_util::TryStreamExt;
use serde::Serialize;

use super::{JournalError, Store, Timestamp, VoteSummary};

/// One thing that the journal holds. In JSON, `record` says which kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// A question without an answer, as it was asked in one server.
    Gap {
        /// The server's id; `None` outside of servers.
        server: Option<String>,
        /// The group of questions that ask for the same.
        group: String,
        /// The question in the form in which two spellings of it are the same.
        question: String,
        /// As someone typed it.
        example: String,
        /// How often it was asked since it was last marked as done.
        asked: u64,
        /// When it was asked for the first time.
        first_seen: Timestamp,
        /// When it was last asked.
        last_seen: Timestamp,
        /// When it was marked as done, if it was not asked since.
        done: Option<Timestamp>,
    },
    /// A member's vote on an entry's answer.
    Vote {
        /// The entry's id.
        entry: String,
        /// The keyed hash of the member's id.
        member: String,
        /// Whether it helped.
        helpful: bool,
        /// The server's id; `None` outside of servers.
        server: Option<String>,
        /// When it was given.
        at: Timestamp,
    },
    /// All votes on an entry together.
    Votes(VoteSummary),
}

/// An export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The receiver takes no more.
    #[error("cannot write the export")]
    Write(#[from] io::Error),
}

/// A server's id as text, because JSON's numbers are floats to many readers, and Discord's ids are
/// longer than those are exact.
fn server(id: i64) -> Option<String> {
    (id != 0).then(|| id.cast_unsigned().to_string())
}

type GapRow = (i64, String, String, String, i64, i64, i64, Option<i64>);
type VoteRow = (String, String, bool, i64, i64);

impl From<GapRow> for Record {
    fn from((id, group, question, example, asked, first_seen, last_seen, done): GapRow) -> Self {
        Self::Gap {
            server: server(id),
            group,
            question,
            example,
            asked: asked.cast_unsigned(),
            first_seen: Timestamp(first_seen),
            last_seen: Timestamp(last_seen),
            done: done.map(Timestamp),
        }
    }
}

impl From<VoteRow> for Record {
    fn from((entry, member, helpful, id, at): VoteRow) -> Self {
        Self::Vote { entry, member, helpful, server: server(id), at: Timestamp(at) }
    }
}

impl Store {
    /// Hands everything to `receive`: gaps, votes, then the votes of each entry together, each in a
    /// fixed order.
    ///
    /// # Errors
    ///
    /// [`ExportError`] where the journal cannot be read or `receive` fails; what was handed over by
    /// then is not all.
    pub async fn export(&self, mut receive: impl FnMut(&Record) -> io::Result<()>) -> Result<(), ExportError> {
        let failed = |error| self.error(error);
        let mut gaps = sqlx::query_as::<_, GapRow>(
            "SELECT server, group_key, question, example, asked, first_seen, last_seen, done_at
             FROM gaps ORDER BY server, question",
        )
        .fetch(&self.pool);
        while let Some(gap) = gaps.try_next().await.map_err(failed)? {
            receive(&Record::from(gap))?;
        }
        drop(gaps);
        let mut votes = sqlx::query_as::<_, VoteRow>(
            "SELECT entry, member, helpful, server, voted_at FROM votes ORDER BY entry, member",
        )
        .fetch(&self.pool);
        while let Some(vote) = votes.try_next().await.map_err(failed)? {
            receive(&Record::from(vote))?;
        }
        drop(votes);
        for summary in self.votes().await? {
            receive(&Record::Votes(summary))?;
        }
        Ok(())
    }
}
