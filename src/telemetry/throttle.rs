//! Log lines with a limit, so that nobody outside can flood the log. Without it, a broken disk
//! would cost a line per question, and each request from a stranger a line.

use std::mem;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

/// How often one throttle allows a line.
const LINES: Quota = Quota::per_minute(NonZeroU32::MIN);

/// How often to look for counts that are not in any line yet.
pub(crate) const FLUSH: Duration = Duration::from_secs(10);

/// Counts occurrences, of which the log shows at most one line per minute, the first at once.
/// Each line gets the counts since the line before it, so that none is lost.
///
/// `T` holds the counts: a number, or a struct with one for each kind.
#[derive(Debug)]
pub(crate) struct Throttle<T, C: Clock = DefaultClock> {
    limiter: RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<C::Instant>>,
    pending: Mutex<T>,
}

impl<T: Default> Default for Throttle<T> {
    fn default() -> Self {
        Self::with_clock(DefaultClock::default())
    }
}

impl<T: Default, C: Clock> Throttle<T, C> {
    fn with_clock(clock: C) -> Self {
        Self { limiter: RateLimiter::direct_with_clock(LINES, clock), pending: Mutex::default() }
    }

    /// Adds to the counts. If a line may be written now, returns the counts for it.
    pub(crate) fn count(&self, add: impl FnOnce(&mut T)) -> Option<T> {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        add(&mut pending);
        self.limiter.check().is_ok().then(|| mem::take(&mut *pending))
    }
}

impl<T: Default + PartialEq, C: Clock> Throttle<T, C> {
    /// The counts that are not in any line yet, if a line may be written now. For a timer: what
    /// has stopped happening is shown too.
    pub(crate) fn flush_due(&self) -> Option<T> {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = *pending != T::default() && self.limiter.check().is_ok();
        is_due.then(|| mem::take(&mut *pending))
    }

    /// The counts that are not in any line yet, for a last line whenever the line before it was.
    /// `None` if there are none.
    pub(crate) fn flush(&self) -> Option<T> {
        let rest = mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
        (rest != T::default()).then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn a_line_is_due_at_once_and_then_once_a_minute_with_all_that_was_left_out() {
        let clock = FakeRelativeClock::default();
        let throttle = Throttle::<u64, _>::with_clock(clock.clone());
        let mut shown = Vec::new();
        for seconds in [0, 1, 58, 1, 1, 58, 1] {
            clock.advance(Duration::from_secs(seconds));
            shown.push(throttle.count(|count| *count += 1));
        }
        assert_eq!(shown, [Some(1), None, None, Some(3), None, None, Some(3)]);
    }

    #[test]
    fn a_timer_shows_what_was_left_out_as_soon_as_a_line_is_due() {
        let clock = FakeRelativeClock::default();
        let throttle = Throttle::<u64, _>::with_clock(clock.clone());
        assert_eq!(throttle.flush_due(), None);
        assert_eq!(throttle.count(|count| *count += 1), Some(1));
        assert_eq!(throttle.count(|count| *count += 8_999), None);
        let mut shown = Vec::new();
        for _ in 0..8 {
            clock.advance(FLUSH);
            shown.extend(throttle.flush_due());
        }
        assert_eq!(shown, [8_999]);
        assert_eq!(throttle.count(|count| *count += 1), None, "that was a line too");
    }

    #[test]
    fn the_end_shows_what_is_left_once() {
        let throttle = Throttle::<u64>::default();
        assert_eq!(throttle.flush(), None);
        assert_eq!(throttle.count(|count| *count += 2), Some(2));
        assert_eq!(throttle.count(|count| *count += 3), None);
        assert_eq!(throttle.flush(), Some(3));
        assert_eq!(throttle.flush(), None);
    }
}
