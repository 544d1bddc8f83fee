//! Logs what Discord sent and the bot could not read. Should Discord change a field that is
//! needed, every event would otherwise write a line.

use tokio::time::interval;

use super::reading::Unreadable;
use crate::telemetry::metrics::UNREADABLE;
use crate::telemetry::throttle::{FLUSH, Throttle};

/// Counts what could not be read, and logs it at most once a minute.
#[derive(Debug, Default)]
pub(super) struct UnreadableLog(Throttle<Unread>);

/// What is in no line yet.
#[derive(Debug, Default, PartialEq)]
struct Unread {
    count: u64,
    last: Option<(String, Unreadable)>,
}

impl UnreadableLog {
    /// Counts an event of this kind, which could not be read.
    pub(super) fn count(&self, kind: &str, error: Unreadable) {
        UNREADABLE.add(1, &[]);
        let due = self.0.count(|unread| {
            unread.count += 1;
            unread.last = Some((kind.to_owned(), error));
        });
        log(due);
    }

    /// Logs what is in no line yet, from time to time. Never ends.
    pub(super) async fn report(&self) {
        let mut ticks = interval(FLUSH);
        loop {
            ticks.tick().await;
            log(self.0.flush_due());
        }
    }

    /// Logs what is in no line yet.
    pub(super) fn flush(&self) {
        log(self.0.flush());
    }
}

fn log(unread: Option<Unread>) {
    if let Some(Unread { count, last: Some((kind, error)) }) = unread {
        tracing::warn!(kind, %error, count, "cannot read an event of this kind");
    }
}
