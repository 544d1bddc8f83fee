//! How long a shard has had no session, and which lines the log gets about it.
//!
//! A bot that has no session answers nobody, and nobody tells its operator. So the log says when
//! that lasts, and when it is over.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::telemetry::throttle::Throttle;

/// The time since a shard had a session.
#[derive(Debug)]
pub(super) struct Outage {
    since: Option<Instant>,
    is_reported: bool,
    /// After this time, it is reported.
    tolerated: Duration,
}

impl Outage {
    /// The time before the first session counts.
    pub(super) fn new(now: Instant, tolerated: Duration) -> Self {
        Self { since: Some(now), is_reported: false, tolerated }
    }

    /// The session, or its connection, was lost.
    pub(super) fn begin(&mut self, now: Instant) {
        self.since.get_or_insert(now);
    }

    /// For how long there has been no session, if that has lasted too long and was not yet said.
    pub(super) fn overdue(&mut self, now: Instant) -> Option<Duration> {
        let lasted = now.duration_since(self.since?);
        (lasted >= self.tolerated && !self.is_reported).then(|| {
            self.is_reported = true;
            lasted
        })
    }

    /// There is a session. Returns for how long there was none, if that was said.
    pub(super) fn end(&mut self, now: Instant) -> Option<Duration> {
        let since = self.since.take()?;
        std::mem::take(&mut self.is_reported).then(|| now.duration_since(since))
    }
}

/// Counts of events of the same kind and code, of which each gets at most one line a minute.
#[derive(Debug, Default)]
pub(super) struct Lines(HashMap<(&'static str, u16), Throttle<u64>>);

impl Lines {
    /// Counts an event. If it may be logged, returns how many there were since its last line.
    pub(super) fn count(&mut self, event: &'static str, code: u16) -> Option<u64> {
        self.0.entry((event, code)).or_default().count(|count| *count += 1)
    }

    /// The events that are in no line yet: those for which a line is due, or, at the end, all.
    pub(super) fn left_out(&self, is_end: bool) -> impl Iterator<Item = (&'static str, u16, u64)> {
        let count = move |lines: &Throttle<u64>| if is_end { lines.flush() } else { lines.flush_due() };
        self.0.iter().filter_map(move |((event, code), lines)| Some((*event, *code, count(lines)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_reported_once_and_so_is_its_end() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut outage = Outage::new(start, Duration::from_mins(1));
        assert_eq!((outage.overdue(at(59)), outage.overdue(at(60))), (None, Some(Duration::from_mins(1))));
        assert_eq!((outage.overdue(at(90)), outage.end(at(100))), (None, Some(Duration::from_secs(100))));
        assert_eq!((outage.overdue(at(900)), outage.end(at(900))), (None, None));
        outage.begin(at(1_000));
        outage.begin(at(1_030));
        assert_eq!(outage.overdue(at(1_060)), Some(Duration::from_mins(1)));
        outage.end(at(1_061));
        outage.begin(at(2_000));
        assert_eq!(outage.end(at(2_059)), None, "a short one is not worth a line");
    }

    #[test]
    fn the_same_event_has_one_line_and_another_its_own() {
        let mut lines = Lines::default();
        assert_eq!([lines.count("closed", 4000), lines.count("closed", 4000)], [Some(1), None]);
        assert_eq!([lines.count("closed", 4001), lines.count("refused", 4000)], [Some(1), Some(1)]);
        assert_eq!(lines.left_out(false).next(), None, "no line is due within a minute");
        assert!(lines.left_out(true).eq([("closed", 4000, 1)]), "the end has what is left");
    }
}
