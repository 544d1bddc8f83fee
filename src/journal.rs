//! The journal: which questions had no answer, and how members rated the answers they got.
//!
//! It tells curators what to write next. It must never cost a member an answer, so a gap goes
//! into a queue that never waits, and is dropped if the queue is full. And it must never promise
//! more than it keeps, so a vote is acknowledged only when it is safely in the database. Voters
//! are stored only as keyed hashes.
//!
//! In reading order, each file using only those before it: [`Timestamp`] is how the journal counts
//! time; [`key`] turns members' ids into hashes; [`JournalError`] says why the journal cannot be
//! used; [`Masked`] is a question without what identifies somebody; [`Gap`] and [`Vote`] are what
//! the journal keeps; [`Store`] opens SQLite and runs transactions; `gap_table`, `vote_table`,
//! `purge` and `retention` have everything that runs in them, except for `export`, which returns
//! everything; `loss` counts gaps that are not stored; `writer` is the one task that writes while
//! the bot runs; [`Journal`] is what the bot holds.

mod error;
mod export;
mod gap;
mod gap_table;
pub mod key;
mod loss;
mod masking;
mod purge;
mod retention;
mod store;
mod timestamp;
mod vote;
mod vote_table;
mod writer;

use std::env::VarError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::JournalConfig;
pub use error::JournalError;
pub use export::{ExportError, Record};
use gap::GapChange;
pub use gap::{Asker, Gap, TakenBack};
pub use gap_table::{GapGroup, GapPage, Page};
use key::MemberKey;
use loss::{Loss, Reason};
pub use masking::Masked;
pub use purge::Purged;
pub use store::Store;
pub use timestamp::Timestamp;
use vote::HashedVote;
pub use vote::{Vote, VoteError};
pub use vote_table::VoteSummary;
pub use writer::QUEUE_CAPACITY;
use writer::{Losses, PendingVote, Writer};

/// How long [`Journal::close`] waits for the queue to be written.
pub const CLOSING_TIME: Duration = Duration::from_secs(5);

/// The journal of a running bot. Clones share one queue and one writer.
#[derive(Debug, Clone)]
pub struct Journal {
    store: Store,
    key: MemberKey,
    gaps: mpsc::Sender<GapChange>,
    votes: mpsc::Sender<PendingVote>,
    losses: Losses,
    /// Whether the last attempt to write failed.
    is_failing: Arc<AtomicBool>,
    writer: TaskTracker,
    stop: CancellationToken,
}

impl Journal {
    /// Opens the journal: creates or upgrades its database if needed, deletes what is past its
    /// retention, and starts the writer. The key for members' hashes comes from the environment,
    /// which `variable` reads, or from the file beside the database, which is created if it is
    /// missing.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the file, the database or the key cannot be used.
    ///
    /// # Panics
    ///
    /// Panics outside a tokio runtime.
    pub async fn open(
        config: &JournalConfig,
        variable: impl Fn(&str) -> Result<String, VarError>,
    ) -> Result<Self, JournalError> {
        let store = Store::create(&config.path).await?;
        let key = MemberKey::find_or_create(&config.path, variable)?;
        store.check().await?;
        store.claim_for(&key).await?;
        for (path, mode) in store.exposed_files(&key::path_beside(&config.path)) {
            let (path, mode) = (path.display(), format!("{mode:04o}"));
            let advice = format!("run `chmod 600 {path}`");
            tracing::warn!(%path, mode, advice, "others can use a file of the journal");
        }
        let (gaps, gap_queue) = mpsc::channel(QUEUE_CAPACITY);
        let (votes, vote_queue) = mpsc::channel(QUEUE_CAPACITY);
        let losses =
            Losses { dropped: Arc::new(Loss::new(Reason::Dropped)), refused: Arc::new(Loss::new(Reason::Refused)) };
        let (writer, stop) = (TaskTracker::new(), CancellationToken::new());
        let is_failing = Arc::new(AtomicBool::new(false));
        let task = Writer::new(
            store.clone(),
            key.clone(),
            losses.clone(),
            Arc::clone(&is_failing),
            config.clone(),
            stop.clone(),
        );
        task.apply_retention().await;
        writer.spawn(task.run(gap_queue, vote_queue));
        writer.close();
        Ok(Self { store, key, gaps, votes, losses, is_failing, writer, stop })
    }

    /// Records a gap, soon. Never waits and never fails: if the queue is full because the
    /// database cannot be written, the gap is dropped and counted.
    pub fn record_gap(&self, gap: Gap) {
        self.submit(GapChange::Asked(gap));
    }

    /// Takes back a gap that was recorded earlier, soon. Like [`Self::record_gap`], it never waits
    /// and never fails. Without such a gap it does nothing.
    pub fn take_back_gap(&self, gap: TakenBack) {
        self.submit(GapChange::TakenBack(gap));
    }

    fn submit(&self, change: GapChange) {
        if self.gaps.try_send(change).is_err() {
            self.losses.dropped.add(1);
        }
    }

    /// How many gaps were dropped since the journal was opened.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.losses.dropped.total()
    }

    /// How many new gaps were refused since the journal was opened, because a member or a server
    /// was at its limit.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.losses.refused.total()
    }

    /// Whether the last attempt to write succeeded.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        !self.is_failing.load(Ordering::Relaxed)
    }

    /// How many gaps and votes wait to be written.
    pub(crate) fn waiting(&self) -> [(&'static str, u32); 2] {
        // A queue holds at most QUEUE_CAPACITY.
        let count = |waiting: usize| u32::try_from(waiting).unwrap_or(u32::MAX);
        let gaps = self.gaps.max_capacity() - self.gaps.capacity();
        [("gaps", count(gaps)), ("votes", count(self.votes.max_capacity() - self.votes.capacity()))]
    }

    /// Stores a vote, replacing the member's earlier vote on the same entry. `Ok` means that the
    /// vote is committed and survives a crash. If the caller stops waiting, the vote is stored
    /// all the same.
    ///
    /// # Errors
    ///
    /// [`VoteError`] if it was not acknowledged.
    pub async fn vote(&self, vote: Vote) -> Result<(), VoteError> {
        let (acknowledge, acknowledged) = oneshot::channel();
        let vote = HashedVote { member: self.key.hash(vote.member), vote };
        self.votes.send((vote, acknowledge)).await.map_err(|_| VoteError::Closed)?;
        acknowledged.await.map_err(|_| VoteError::Closed)?
    }

    /// Deletes all votes of a member, and that they asked any question. Returns how many votes
    /// there were.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if nothing can be deleted, [`JournalError::NotErased`] if the
    /// write-ahead log still has them.
    pub async fn forget(&self, member: u64) -> Result<u64, JournalError> {
        self.store.forget(member, &self.key).await
    }

    /// The content of the journal, for reading and maintenance. Gaps that still wait for the
    /// writer are not in it yet.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Writes the queue, within [`CLOSING_TIME`], and closes the database. Later gaps and votes
    /// are refused, as by a full queue. May be called on any clone, and more than once.
    pub async fn close(&self) {
        self.stop.cancel();
        if timeout(CLOSING_TIME, self.writer.wait()).await.is_err() {
            tracing::warn!("gave up on the journal: writing took too long");
            self.losses.dropped.flush();
            self.losses.refused.flush();
            return;
        }
        self.store.close().await;
    }
}
