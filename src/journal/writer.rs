//! The one task that writes while the bot runs. Everything that arrived since the last
//! transaction goes into the next.
//!
//! A commit costs a write through to the disk, and a hundred votes cost no more than one. A batch
//! of gaps that cannot be written is kept and tried again, after longer and longer pauses, while
//! the queue behind it fills. A batch of votes is refused at once, because a member waits for each
//! of them. A database that could not be opened is opened in the same way.

use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval, interval_at, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use super::change::Change;
use super::error::{JournalError, Place};
use super::fault::Fault;
use super::key::MemberKey;
use super::loss::Loss;
use super::purge::Purged;
use super::retention::Retention;
use super::store::Store;
use super::tally::Tallies;
use super::timestamp::Timestamp;
use super::vote::{HashedVote, VoteError};
use crate::config::JournalConfig;
use crate::telemetry::metrics::JOURNAL_FAILURES;
use crate::telemetry::throttle::{FLUSH, Throttle};
use crate::telemetry::with_causes;

/// How many gaps, and how many votes, may wait for the writer. Further gaps are dropped; further
/// votes wait for room.
pub const QUEUE_CAPACITY: usize = 1_024;

/// How long to wait before something is tried again, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// How long opening the database may keep votes waiting, if it is on a server.
const OPENING: Duration = Duration::from_secs(2);
/// How long gaps are written at the end. It is less than the closing of the journal takes.
const FINISHING_TIME: Duration = Duration::from_secs(4);
const DAY: Duration = Duration::from_hours(24);

const NOT_OPEN: &str = "cannot open the journal yet: members are answered, votes are refused, and \
    the bot tries again";
const PURGE: &str = "footnote journal purge --older-than";
const PAST_RETENTION: &str = "deleted what is past its retention";
const MORE_THAN_A_TENTH: &str = "more than a tenth is past its retention: deleted a tenth, the \
    rest follows day by day";
const IMPLAUSIBLE: &str = "deleted nothing that is past its retention: the clock is far ahead of \
    the newest row";

/// A vote on its way to the database, and where the caller waits for the commit.
pub(super) type PendingVote = (HashedVote, oneshot::Sender<Result<(), VoteError>>);

/// The gaps that are not stored, for each reason. Clones count together.
#[derive(Debug, Clone)]
pub(super) struct Losses {
    pub(super) dropped: Arc<Loss>,
    pub(super) refused: Arc<Loss>,
}

/// What the writer shares with the journal that members use.
pub(super) struct Shared {
    pub(super) losses: Losses,
    pub(super) tallies: Arc<Tallies>,
    pub(super) is_failing: Arc<AtomicBool>,
    pub(super) fault: Arc<Fault>,
}

pub(super) struct Writer {
    store: Store,
    key: MemberKey,
    losses: Losses,
    tallies: Arc<Tallies>,
    is_failing: Arc<AtomicBool>,
    fault: Arc<Fault>,
    config: JournalConfig,
    stop: CancellationToken,
    /// The gaps to be written next.
    gaps: Vec<Change>,
    /// When to try again to write them; `None` while writing works.
    retry_at: Option<Instant>,
    pauses: ExponentialBackoff,
    failures: Throttle<u64>,
}

impl Writer {
    pub(super) fn new(
        store: Store,
        key: MemberKey,
        shared: Shared,
        config: JournalConfig,
        stop: CancellationToken,
    ) -> Self {
        let Shared { losses, tallies, is_failing, fault } = shared;
        let failures = Throttle::default();
        let (gaps, retry_at, pauses) = (Vec::new(), None, pauses());
        Self { store, key, losses, tallies, is_failing, fault, config, stop, gaps, retry_at, pauses, failures }
    }

    /// Begins with a database that is open.
    pub(super) async fn begin(&self) {
        let retention_days = self.config.retention_days;
        match self.store.place() {
            Place::File(path) => tracing::info!(path = %path.display(), retention_days, "journal opened"),
            Place::Server(url) => tracing::info!(%url, retention_days, "journal opened"),
        }
        if !self.config.links
            && let Err(error) = self.store.forget_links().await
        {
            tracing::warn!(error = with_causes(&error), "cannot forget where questions were asked");
        }
        self.apply_retention().await;
    }

    /// Begins with a database that could not be opened, and tries again soon.
    pub(super) fn delay(&mut self, error: &JournalError) {
        self.is_failing.store(true, Ordering::Relaxed);
        tracing::warn!(error = with_causes(error), "{NOT_OPEN}");
        self.retry_later();
    }

    fn retry_later(&mut self) {
        self.retry_at = self.pauses.next().map(|pause| Instant::now() + pause);
    }

    async fn retry(&mut self) {
        if self.store.is_open() { self.write_gaps().await } else { self.open().await }
    }

    /// Opens the database that could not be opened before. If only the operator can help, says so
    /// to the bot.
    async fn open(&mut self) {
        let opened = match self.store.migrate_within(OPENING).await {
            Ok(()) => self.store.admit(&self.key).await,
            Err(error) => Err(error),
        };
        match opened {
            Ok(()) => {
                self.begin().await;
                self.write_gaps().await;
            }
            Err(error) if error.is_configuration() => {
                self.retry_at = None;
                self.fault.report(error);
            }
            Err(error) => {
                self.report(&error);
                self.retry_later();
            }
        }
    }

    /// Deletes what is older than the retention. If that fails, the bot runs on and tries again a
    /// day later.
    pub(super) async fn apply_retention(&self) {
        let days = self.config.retention_days;
        match self.store.apply_retention(days, Timestamp::now()).await {
            Ok(Retention::Deleted { purged, .. }) if purged == Purged::default() => {}
            Ok(Retention::Deleted { purged: Purged { gaps, votes, drafts, picks, counts }, left: 0 }) => {
                tracing::info!(gaps, votes, drafts, picks, counts, "{PAST_RETENTION}");
            }
            Ok(Retention::Deleted { purged: Purged { gaps, votes, drafts, picks, counts }, left }) => {
                let advice = format!("to delete them now: `{PURGE} {days}`");
                tracing::warn!(gaps, votes, drafts, picks, counts, left, advice, "{MORE_THAN_A_TENTH}");
            }
            Ok(Retention::ImplausibleClock { newest }) => {
                let advice = format!("if the clock is right: `{PURGE} {days}`");
                tracing::warn!(%newest, advice, "{IMPLAUSIBLE}");
            }
            Err(error) => tracing::warn!(error = with_causes(&error), "cannot purge the journal"),
        }
    }

    /// Writes until it is told to stop, or until nobody can submit anything any more. Then writes
    /// what is left.
    pub(super) async fn run(mut self, mut gaps: mpsc::Receiver<Change>, mut votes: mpsc::Receiver<PendingVote>) {
        let mut daily = interval_at(Instant::now() + DAY, DAY);
        daily.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut flushes = interval(FLUSH);
        let stop = self.stop.clone();
        let room = self.store.changes_a_transaction().min(QUEUE_CAPACITY);
        let mut batch = Vec::new();
        loop {
            let is_retrying = self.retry_at.is_some() || !self.store.is_open();
            tokio::select! {
                () = stop.cancelled() => break,
                count = votes.recv_many(&mut batch, room) => match count {
                    0 => break,
                    _ => self.write_votes(&mut batch).await,
                },
                count = gaps.recv_many(&mut self.gaps, room), if !is_retrying => match count {
                    0 => break,
                    _ => self.write_gaps().await,
                },
                () = wait_until(self.retry_at) => self.retry().await,
                _ = flushes.tick() => {
                    self.flush_due();
                    self.write_counts().await;
                }
                _ = daily.tick(), if self.store.is_open() => self.apply_retention().await,
            }
        }
        self.finish(gaps, votes).await;
    }

    fn flush_due(&self) {
        self.losses.dropped.flush_due();
        self.losses.refused.flush_due();
        if let Some(failures) = self.failures.flush_due() {
            tracing::warn!(failures, "cannot write the journal");
        }
    }

    async fn finish(mut self, mut gaps: mpsc::Receiver<Change>, mut votes: mpsc::Receiver<PendingVote>) {
        gaps.close();
        votes.close();
        let deadline = Instant::now() + FINISHING_TIME;
        let mut batch = Vec::new();
        let room = self.store.changes_a_transaction().min(QUEUE_CAPACITY);
        while votes.recv_many(&mut batch, room).await > 0 {
            self.write_votes(&mut batch).await;
        }
        loop {
            if !self.gaps.is_empty() {
                // What there is no time for is counted.
                let _ = timeout_at(deadline, self.write_gaps()).await;
                self.drop_unwritten();
            }
            if gaps.recv_many(&mut self.gaps, room).await == 0 {
                break;
            }
        }
        // Without them, nothing is missing but some figures.
        let _ = timeout_at(deadline, self.write_counts()).await;
        self.losses.dropped.flush();
        self.losses.refused.flush();
        if let Some(failures) = self.failures.flush() {
            tracing::warn!(failures, "cannot write the journal");
        }
    }

    async fn write_votes(&mut self, batch: &mut Vec<PendingVote>) {
        let (votes, waiting): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
        let outcome = match self.store.write_votes(&votes, &self.key).await {
            Ok(()) => {
                // So the gaps that wait can be written, too.
                self.retry_at = self.retry_at.map(|_| Instant::now());
                Ok(())
            }
            Err(error) => {
                self.report(&error);
                // Without gaps, nothing else would find out when the journal is writable again.
                if self.retry_at.is_none() && self.store.is_open() {
                    self.retry_later();
                }
                Err(VoteError::Write(Arc::new(error)))
            }
        };
        for acknowledge in waiting {
            // A caller that has stopped waiting does not need it.
            let _ = acknowledge.send(outcome.clone());
        }
    }

    async fn write_gaps(&mut self) {
        match self.store.write_changes(&self.gaps, &self.key, self.config.limits).await {
            Ok(refused) => {
                self.losses.refused.add(refused);
                let gaps = self.gaps.iter().filter(|change| change.is_of_gaps()).count();
                tracing::debug!(count = gaps, "unanswered questions written to the journal");
                let picks = self.gaps.len() - gaps;
                if picks > 0 {
                    tracing::debug!(picks, "choices written to the journal");
                }
                self.gaps.clear();
                if self.retry_at.take().is_some() {
                    self.pauses = pauses();
                    let failures = self.failures.flush().unwrap_or_default();
                    self.is_failing.store(false, Ordering::Relaxed);
                    tracing::info!(failures, "the journal is writable again");
                }
            }
            Err(error) => {
                self.report(&error);
                self.retry_later();
            }
        }
    }

    /// Writes what was counted since it was last written. What cannot be written waits.
    async fn write_counts(&mut self) {
        if self.retry_at.is_some() || !self.store.is_open() {
            return;
        }
        let tallies = Arc::clone(&self.tallies);
        let _pause = tallies.pause().await;
        let counts = self.tallies.take(std::time::Instant::now());
        if counts.is_empty() {
            return;
        }
        if let Err(error) = self.store.write_counts(&counts).await {
            self.tallies.put_back(counts);
            self.report(&error);
            self.retry_later();
        }
    }

    fn drop_unwritten(&mut self) {
        if !self.gaps.is_empty() {
            self.losses.dropped.add(self.gaps.len() as u64);
            self.gaps.clear();
        }
    }

    fn report(&self, error: &JournalError) {
        self.is_failing.store(true, Ordering::Relaxed);
        JOURNAL_FAILURES.add(1, &[]);
        if let Some(failures) = self.failures.count(|count| *count += 1) {
            tracing::warn!(error = with_causes(error), failures, "cannot write the journal");
        }
    }
}

/// Pauses that double up to the longest, with jitter, so that replicas do not come all at once.
fn pauses() -> ExponentialBackoff {
    let pauses = ExponentialBuilder::default().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE);
    pauses.with_factor(2.0).with_jitter().without_max_times().build()
}

async fn wait_until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => future::pending().await,
    }
}
