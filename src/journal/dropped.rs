//! Counts the gaps that the journal could not store.
//!
//! An operator can then tell an incomplete journal from one without gaps.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::telemetry::metrics::JOURNAL_DROPPED;
use crate::telemetry::throttle::Throttle;

/// How many gaps were dropped, and how many of those are not yet in the log.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    total: AtomicU64,
    log: Throttle<u64>,
}

impl Dropped {
    pub(super) fn add(&self, gaps: u64) {
        self.total.fetch_add(gaps, Ordering::Relaxed);
        JOURNAL_DROPPED.add(gaps, &[]);
        warn(self.log.count(|count| *count += gaps));
    }

    /// Since the journal was opened.
    pub(super) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// Logs those that are not in the log yet, if a line is due.
    pub(super) fn flush_due(&self) {
        warn(self.log.flush_due());
    }

    /// Logs those that are not in the log yet.
    pub(super) fn flush(&self) {
        warn(self.log.flush());
    }
}

fn warn(dropped: Option<u64>) {
    if let Some(dropped) = dropped {
        tracing::warn!(dropped, "the journal is not keeping up: unanswered questions are dropped");
    }
}
