//! The journal: which questions had no answer, and how members rated the answers they got.
//!
//! It tells curators what to write next. It must never cost a member an answer, so a gap goes
//! into a queue that never waits, and is dropped if the queue is full. And it must never promise
//! more than it keeps, so a vote is acknowledged only when it is safely in the database. Voters
//! are stored only as keyed hashes.
//!
//! In reading order, each file using only those before it: [`Timestamp`] is how the journal counts
//! time; [`key`] turns members' ids into hashes; [`JournalError`] says why the journal cannot be
//! used; [`Masked`] is a question without what identifies somebody; [`Gap`], [`Link`], [`Vote`],
//! [`Pick`] and [`Draft`] are what the journal keeps, and `tally` what it counts; `change` is what
//! is written in order; `statement` runs the same SQL on a file and on a server; `sqlite` and
//! `postgres` have what is different; [`Store`] is one of the two, and runs transactions;
//! `gap_list`, `gap_table`, `link_table`, `settlement`, `vote_table`, `pick_table`, `suggestion`,
//! `count_table`, `statistics`, `draft_table`, `digest_table`, `setting_table`, `purge` and
//! `retention` have everything that runs in them, except for `export`, which returns everything,
//! and `copy`, which moves it to a server; `loss` counts gaps that are not stored; `writer` is the
//! one task that writes while the bot runs, and opens a journal that could not be opened at the
//! start; [`Journal`] is what the bot holds.

mod change;
mod copy;
mod count_table;
mod digest_table;
mod draft;
mod draft_table;
mod error;
mod export;
mod fault;
mod gap;
mod gap_list;
mod gap_table;
pub mod key;
mod link;
mod link_table;
mod loss;
mod masking;
mod migration;
mod pick;
mod pick_table;
mod postgres;
mod purge;
mod retention;
mod setting_table;
mod settlement;
mod sqlite;
mod statement;
mod statistics;
mod store;
mod suggestion;
mod tally;
mod timestamp;
mod vote;
mod vote_table;
mod writer;

use std::env::VarError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::JournalConfig;
use change::Change;
pub use copy::Copied;
pub use digest_table::{BadlyVoted, DigestClaim};
pub use draft::{Draft, DraftState, NewDraft};
pub use draft_table::has_text;
pub use error::{JournalError, Place};
pub use export::{ExportError, Record};
use fault::Fault;
pub use gap::{Asker, Gap, TakenBack};
pub use gap_list::{GapGroup, GapKey, GapKeyError, GapPage, Page, PageStart};
use key::{MemberHash, MemberKey};
pub use link::{Link, Origin, Untold};
use loss::{Loss, Reason};
pub use masking::Masked;
pub use pick::{Pick, PickKind};
pub use purge::Purged;
pub use setting_table::ChangedSetting;
pub use statistics::{EntryFigures, Statistics, WeekFigures};
pub use store::Store;
pub use suggestion::{Suggestion, SuggestionPage};
pub use tally::Event;
use tally::Tallies;
pub use timestamp::Timestamp;
use vote::HashedVote;
pub use vote::{Vote, VoteError};
pub use vote_table::VoteSummary;
pub use writer::QUEUE_CAPACITY;
use writer::{Losses, PendingVote, Shared, Writer};

/// How long [`Journal::close`] waits for the queue to be written.
pub const CLOSING_TIME: Duration = Duration::from_secs(5);

/// How long figures wait for counts that are being written.
const PAUSE: Duration = Duration::from_secs(1);

/// How long the bot's start waits for a server, which may be busy with the start of other replicas.
const START: Duration = Duration::from_secs(5);

/// The journal of a running bot. Clones share one queue and one writer.
#[derive(Debug, Clone)]
pub struct Journal {
    store: Store,
    key: MemberKey,
    gaps: mpsc::Sender<Change>,
    votes: mpsc::Sender<PendingVote>,
    losses: Losses,
    tallies: Arc<Tallies>,
    /// Whether it keeps where questions were asked.
    keeps_links: bool,
    /// Whether the last attempt to write failed.
    is_failing: Arc<AtomicBool>,
    fault: Arc<Fault>,
    writer: TaskTracker,
    stop: CancellationToken,
}

impl Journal {
    /// Opens the journal: creates or upgrades its database if needed, deletes what is past its
    /// retention, and starts the writer. The key for members' hashes comes from the environment,
    /// which `variable` reads, or from the file beside the database, which is created if it is
    /// missing and the database is a file.
    ///
    /// A database that is locked or cannot be reached does not keep the bot waiting: the writer
    /// opens it as soon as it can, and until then gaps wait and votes are refused.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the operator has to change something before the database or the key can
    /// be used.
    ///
    /// # Panics
    ///
    /// Panics outside a tokio runtime.
    pub async fn open(
        config: &JournalConfig,
        variable: impl Fn(&str) -> Result<String, VarError>,
    ) -> Result<Self, JournalError> {
        let store = Store::of(config)?;
        let (key, opened) = match first_attempt(&store, config, variable).await {
            Ok(begun) => begun,
            Err(error) => {
                store.close().await;
                return Err(error);
            }
        };
        let (gaps, gap_queue) = mpsc::channel(QUEUE_CAPACITY);
        let (votes, vote_queue) = mpsc::channel(QUEUE_CAPACITY);
        let losses =
            Losses { dropped: Arc::new(Loss::new(Reason::Dropped)), refused: Arc::new(Loss::new(Reason::Refused)) };
        let (writer, stop) = (TaskTracker::new(), CancellationToken::new());
        let tallies: Arc<Tallies> = Arc::default();
        let (is_failing, fault) = (Arc::new(AtomicBool::new(false)), Arc::new(Fault::default()));
        let shared = Shared {
            losses: losses.clone(),
            tallies: Arc::clone(&tallies),
            is_failing: Arc::clone(&is_failing),
            fault: Arc::clone(&fault),
        };
        let mut task = Writer::new(store.clone(), key.clone(), shared, config.clone(), stop.clone());
        match opened {
            Ok(()) => task.begin().await,
            Err(error) => task.delay(&error),
        }
        writer.spawn(task.run(gap_queue, vote_queue));
        writer.close();
        let keeps_links = config.links;
        Ok(Self { store, key, gaps, votes, losses, tallies, keeps_links, is_failing, fault, writer, stop })
    }

    /// Waits until it turns out that the operator has to change something before a database can be
    /// used that could not be reached at the start.
    pub async fn wait_for_fault(&self) {
        self.fault.wait().await;
    }

    /// What [`Self::wait_for_fault`] waits for, once, if it has happened.
    #[must_use]
    pub fn take_fault(&self) -> Option<JournalError> {
        self.fault.take()
    }

    /// Records a gap, soon. Never waits and never fails: if the queue is full because the
    /// database cannot be written, the gap is dropped and counted.
    pub fn record_gap(&self, gap: Gap) {
        let gap = if self.keeps_links { gap } else { gap.asked_in(None) };
        self.submit(Change::Asked(gap));
    }

    /// Takes back a gap that was recorded earlier, soon. Like [`Self::record_gap`], it never waits
    /// and never fails. Without such a gap it does nothing.
    pub fn take_back_gap(&self, gap: TakenBack) {
        self.submit(Change::TakenBack(gap));
    }

    /// Records that an entry was chosen for a question, or not wanted for it, soon. The same choice
    /// of a member counts once in ten minutes. Like [`Self::record_gap`], it never waits and never
    /// fails.
    pub fn record_pick(&self, pick: Pick) {
        if self.tallies.is_new(&pick, Instant::now()) {
            self.submit(Change::Picked(pick));
        }
    }

    /// Counts how a question ended, with the entry that was shown, if any. `subject` is the same
    /// for questions that ask for the same. Never waits and never fails; it is written within ten
    /// seconds, or at the end.
    pub fn count(&self, event: Event, entry: Option<&str>, subject: &str, asker: Asker) {
        self.tallies.count(event, entry, subject, asker, Instant::now());
    }

    /// The figures of one server up to now, for this week and those before it, `weeks` in all.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be used.
    pub async fn statistics(&self, server: u64, weeks: u32) -> Result<Statistics, JournalError> {
        // What is being written now would count twice or not at all. Without a result in time, the
        // figures are wrong by what ten seconds bring.
        let _pause = timeout(PAUSE, self.tallies.pause()).await;
        let unwritten = self.tallies.unwritten();
        self.store.statistics_with(Some(server), weeks, Timestamp::now(), &unwritten).await
    }

    fn submit(&self, change: Change) {
        if self.gaps.try_send(change).is_err() {
            self.losses.dropped.add(1);
        }
    }

    /// Whether it keeps where questions were asked, so that their authors can be told of an answer.
    #[must_use]
    pub fn keeps_links(&self) -> bool {
        self.keeps_links
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

    /// The form of a member's id in drafts.
    #[must_use]
    pub fn author(&self, member: u64) -> MemberHash {
        self.key.author(member)
    }

    /// Keeps a draft, and returns its id.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if it cannot be kept.
    pub async fn add_draft(&self, new: &NewDraft) -> Result<String, JournalError> {
        let id = self.key.draft_id(new.member, &new.change);
        self.store.add_draft(new, &id, self.author(new.member)).await?;
        Ok(id)
    }

    /// Deletes all votes of a member, and that they asked any question. Returns how many votes
    /// there were.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if nothing can be deleted; [`JournalError::NotErased`] if the write-ahead
    /// log still has them.
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

/// Opens the database, if it can be opened now, and finds the key. Fails if only the operator can
/// help.
async fn first_attempt(
    store: &Store,
    config: &JournalConfig,
    variable: impl Fn(&str) -> Result<String, VarError>,
) -> Result<(MemberKey, Result<(), JournalError>), JournalError> {
    let only_later = |outcome: Result<(), JournalError>| match outcome {
        Err(error) if error.is_configuration() => Err(error),
        outcome => Ok(outcome),
    };
    // What is no journal gets no key beside it.
    let migrated = only_later(store.migrate_within(START).await)?;
    let key = match &config.url {
        Some(_) => MemberKey::require(&config.path, variable)?,
        None => MemberKey::find_or_create(&config.path, variable)?,
    };
    let opened = match migrated {
        Ok(()) => only_later(store.admit(&key).await)?,
        Err(error) => Err(error),
    };
    for (path, mode) in store.exposed_files(&key::path_beside(&config.path)) {
        let (path, mode) = (path.display(), format!("{mode:04o}"));
        let advice = format!("run `chmod 600 {path}`");
        tracing::warn!(%path, mode, advice, "others can use a file of the journal");
    }
    Ok((key, opened))
}
