//! Counting what the journal could not take, and saying so without flooding the log: a broken disk
//! would otherwise cost a line a question.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_mins(1);

/// Lets something through at most once a minute, the first time at once.
#[derive(Debug)]
pub(super) struct OnceAMinute {
    started: Instant,
    /// In milliseconds since `started`.
    next: AtomicU64,
}

impl Default for OnceAMinute {
    fn default() -> Self {
        Self { started: Instant::now(), next: AtomicU64::new(0) }
    }
}

impl OnceAMinute {
    /// Whether it is time; of several callers at once, one is told so.
    pub(super) fn is_due(&self) -> bool {
        self.is_due_after(self.started.elapsed())
    }

    fn is_due_after(&self, elapsed: Duration) -> bool {
        let milliseconds = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let next = self.next.load(Ordering::Relaxed);
        let after = milliseconds(elapsed + PAUSE);
        milliseconds(elapsed) >= next
            && self.next.compare_exchange(next, after, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// How many gaps were dropped.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    count: AtomicU64,
    warning: OnceAMinute,
}

impl Dropped {
    pub(super) fn add(&self, gaps: u64) {
        let dropped = self.count.fetch_add(gaps, Ordering::Relaxed) + gaps;
        if self.warning.is_due() {
            tracing::warn!(dropped, "the journal is not keeping up: unanswered questions are dropped");
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_at_once_and_then_once_a_minute() {
        let limit = OnceAMinute::default();
        let due = [0, 1, 59, 60, 61, 119, 120].map(|seconds| limit.is_due_after(Duration::from_secs(seconds)));
        assert_eq!(due, [true, false, false, true, false, false, true]);
    }
}
