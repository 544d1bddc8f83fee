//! The journal: which questions had no answer, and how members judged the answers that they got.
//!
//! It tells curators what to write next. It must never cost a member an answer, so a gap goes into
//! a queue that never waits and is dropped where the queue is full; and it must never promise what
//! it does not keep, so a vote is acknowledged only when the database has it for good. Who voted is
//! stored as a keyed hash alone.
//!
//! In reading order: [`Timestamp`] is how the journal counts time; [`key`] turns members' ids into
//! hashes; `schema` opens a database and brings it up to date; [`Store`] is every statement on it;
//! `writer` is the one task that writes while the bot runs; [`Journal`] is what the bot holds.

mod dropped;
pub mod key;
mod schema;
mod store;
mod timestamp;
mod writer;

use std::env::VarError;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::JournalConfig;
use dropped::Dropped;
use key::MemberKey;
pub use schema::JournalError;
pub use store::{ExportError, GapGroup, GapPage, Page, Purged, Record, Store, VoteSummary};
pub use timestamp::Timestamp;
use writer::{PendingVote, Writer};

/// How many gaps, and how many votes, may wait for the writer. More gaps are dropped; more votes
/// wait for a place.
pub const QUEUE_CAPACITY: usize = 1_024;
/// How long [`Journal::close`] waits for what is queued to be written.
pub const CLOSING_TIME: Duration = Duration::from_secs(5);
/// The most characters of a question that are stored; what a longer one asks is said by then.
const MAX_STORED_CHARS: usize = 500;

/// A question that had no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    example: String,
    normalized: String,
    group: String,
    server: Option<u64>,
    at: Timestamp,
}

impl Gap {
    /// A question as it was typed, in the form in which two spellings of it are the same, and with
    /// the terms that it is about; questions with the same terms, in whatever order, are alike and
    /// form a group. `server` is where it was asked, `None` outside of servers. `None` where
    /// nothing of the question is left in its normalized form.
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

/// A hash instead of the terms, so that a group can be named in a button's identifier, which
/// Discord limits to 100 characters.
fn group_key(normalized: &str, terms: &[String]) -> String {
    const DIGITS: usize = 16;
    let mut terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    terms.sort_unstable();
    terms.dedup();
    if terms.is_empty() {
        terms.push(normalized);
    }
    let mut key = hex(&Sha256::digest(terms.join("\n")));
    key.truncate(DIGITS);
    key
}

/// Lower-case hexadecimal digits, two a byte.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

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

/// A vote was not acknowledged. It may be handed in again.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VoteError {
    /// The database took none.
    #[error("the vote could not be written to the journal")]
    Write(#[source] Arc<sqlx::Error>),
    /// The journal is closing, and it is unknown whether the vote was written.
    #[error("the journal is closed")]
    Closed,
}

/// The journal of a running bot. Clones share one queue and one writer.
#[derive(Debug, Clone)]
pub struct Journal {
    store: Store,
    key: MemberKey,
    gaps: mpsc::Sender<Gap>,
    votes: mpsc::Sender<PendingVote>,
    dropped: Arc<Dropped>,
    writer: TaskTracker,
    stop: CancellationToken,
}

impl Journal {
    /// Opens the journal, creating or upgrading its database where needed, deletes what is past its
    /// retention, and starts the writer. The key of the members' hashes comes from the environment,
    /// which `variable` reads, or from the file beside the database, which is created where it is
    /// missing.
    ///
    /// # Errors
    ///
    /// [`JournalError`] where the file, the database or the key cannot be used.
    ///
    /// # Panics
    ///
    /// Panics outside of a tokio runtime.
    pub async fn open(
        config: &JournalConfig,
        variable: impl Fn(&str) -> Result<String, VarError>,
    ) -> Result<Self, JournalError> {
        let store = Store::create(&config.path).await?;
        let key = MemberKey::find_or_create(&config.path, variable)?;
        store.claim_for(&key).await?;
        let (gaps, gap_queue) = mpsc::channel(QUEUE_CAPACITY);
        let (votes, vote_queue) = mpsc::channel(QUEUE_CAPACITY);
        let dropped = Arc::new(Dropped::default());
        let (writer, stop) = (TaskTracker::new(), CancellationToken::new());
        let task = Writer::new(store.clone(), Arc::clone(&dropped), config.retention_days, stop.clone());
        task.apply_retention().await;
        writer.spawn(task.run(gap_queue, vote_queue));
        writer.close();
        Ok(Self { store, key, gaps, votes, dropped, writer, stop })
    }

    /// Records a gap, soon. Never waits and never fails: where the queue is full, because the
    /// database takes nothing, the gap is dropped and counted.
    pub fn record_gap(&self, gap: Gap) {
        if self.gaps.try_send(gap).is_err() {
            self.dropped.add(1);
        }
    }

    /// How many gaps were dropped since the journal was opened.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.total()
    }

    /// Stores a vote, instead of the member's earlier one on the same entry if there is one. `Ok`
    /// means that it is committed and survives a crash. Whoever stops waiting does not take the
    /// vote back.
    ///
    /// # Errors
    ///
    /// [`VoteError`] where it was not acknowledged.
    pub async fn vote(&self, vote: Vote) -> Result<(), VoteError> {
        let member = self.key.hash(vote.member);
        let (acknowledge, acknowledged) = oneshot::channel();
        let pending = PendingVote { vote, member, acknowledge };
        self.votes.send(pending).await.map_err(|_| VoteError::Closed)?;
        acknowledged.await.map_err(|_| VoteError::Closed)?
    }

    /// Deletes all votes of a member and says how many there were.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] where nothing can be deleted.
    pub async fn forget(&self, member: u64) -> Result<u64, JournalError> {
        self.store.forget(&self.key.hash(member)).await
    }

    /// What the journal holds, to read and to tend. Gaps that still wait for the writer are not in
    /// it yet.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Writes what is queued, within [`CLOSING_TIME`], and closes the database. Gaps and votes that
    /// come later are refused, as by a full queue. May be called on any clone, and more than once.
    pub async fn close(&self) {
        self.stop.cancel();
        if timeout(CLOSING_TIME, self.writer.wait()).await.is_err() {
            tracing::warn!("gave up on writing the journal, which took too long");
            return;
        }
        self.store.close().await;
    }
}
