//! Counts the gaps that the journal did not store.
//!
//! An operator can then tell an incomplete journal from one without gaps.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::telemetry::metrics::{JOURNAL_DROPPED, JOURNAL_REFUSED};
use crate::telemetry::throttle::Throttle;

const NOT_KEEPING_UP: &str = "the journal is not keeping up: unanswered questions are dropped";
const AT_THE_LIMIT: &str = "unanswered questions are refused: a member or a server is at its limit";

/// Why gaps were not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The queue was full, or could not be written by the end.
    Dropped,
    /// They were beyond the limits of a member or a server.
    Refused,
}

/// How many gaps were lost for a reason, and how many of those are not yet in the log.
#[derive(Debug)]
pub(super) struct Loss {
    reason: Reason,
    total: AtomicU64,
    log: Throttle<u64>,
}

impl Loss {
    pub(super) fn new(reason: Reason) -> Self {
        Self { reason, total: AtomicU64::default(), log: Throttle::default() }
    }

    pub(super) fn add(&self, gaps: u64) {
        if gaps > 0 {
            match self.reason {
                Reason::Dropped => JOURNAL_DROPPED.add(gaps, &[]),
                Reason::Refused => JOURNAL_REFUSED.add(gaps, &[]),
            }
            self.total.fetch_add(gaps, Ordering::Relaxed);
            self.warn(self.log.count(|count| *count += gaps));
        }
    }

    /// Since the journal was opened.
    pub(super) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// Logs those that are not in the log yet.
    pub(super) fn flush(&self) {
        self.warn(self.log.flush());
    }

    /// Logs those that are not in the log yet, if a line is due.
    pub(super) fn flush_due(&self) {
        self.warn(self.log.flush_due());
    }

    fn warn(&self, gaps: Option<u64>) {
        match (gaps, self.reason) {
            (None, _) => {}
            (Some(dropped), Reason::Dropped) => {
                tracing::warn!(dropped, "{NOT_KEEPING_UP}");
            }
            (Some(refused), Reason::Refused) => {
                tracing::warn!(refused, "{AT_THE_LIMIT}");
            }
        }
    }
}
