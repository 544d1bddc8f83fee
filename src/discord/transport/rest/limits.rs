//! When requests may be made: Discord's rate limits, its limit for refused requests, and channels
//! that refused the bot.
//!
//! After 10,000 requests within ten minutes that were answered with 401, 403 or 429, Discord blocks
//! the host's address ([invalid requests][limit]). So this program stops far below that. A limit
//! that is shared among all bots ("shared") does not count.
//!
//! [limit]:
//! https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::time::sleep;

use crate::telemetry::throttle::Throttle;

/// How many refused requests within [`WINDOW`] stop all requests.
pub(super) const MAX_INVALID: usize = 2_000;
const WINDOW: Duration = Duration::from_mins(10);

/// How long a channel that refused the bot is left alone.
const CLOSED_TIME: Duration = Duration::from_mins(10);

/// How many requests are made in a second, and how many at once. Discord [allows 50][global] in a
/// second; the rest is for other programs with the same token, and for requests that the network
/// delays and delivers together.
///
/// [global]: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
const PACE: NonZeroU32 = NonZeroU32::new(45).expect("45 is not 0");
const BURST: NonZeroU32 = NonZeroU32::new(30).expect("30 is not 0");

/// From how many entries on a map is cleared of those that are over.
const CROWD: usize = 1_024;

/// Requests that share a rate limit: a route, and the id of the channel in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Bucket {
    Gateway,
    Application,
    Commands,
    Messages(u64),
    /// Changes of a channel's messages.
    Edits(u64),
    /// A channel itself.
    Channel(u64),
    /// The messages in a channel before another one.
    History(u64),
    /// The roles and members of a server.
    Server(u64),
    /// Further messages for an interaction.
    FollowUp,
    /// Messages in a channel that are read, changed or deleted.
    Message(u64),
    /// The message in response to the interaction with this id.
    Original(u64),
    /// The callback of the interaction with this id. The global limit [leaves them out][global].
    ///
    /// [global]: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
    Callback(u64),
}

impl Bucket {
    /// Whether its requests have the bot's token. The others have an interaction's own secret,
    /// which Discord refuses once the interaction is over.
    pub(super) fn has_bot_token(self) -> bool {
        !matches!(self, Self::Callback(_) | Self::FollowUp | Self::Original(_))
    }

    /// Whether the global limit holds for it.
    pub(super) fn is_within_global_limit(self) -> bool {
        !matches!(self, Self::Callback(_))
    }

    /// What the metrics call its route.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Application => "application",
            Self::Commands => "commands",
            Self::Messages(_) => "message",
            Self::Edits(_) | Self::Message(_) => "edit",
            Self::Channel(_) => "channel",
            Self::History(_) => "history",
            Self::Server(_) => "server",
            Self::FollowUp => "follow_up",
            Self::Original(_) => "original",
            Self::Callback(_) => "callback",
        }
    }
}

/// What is known of Discord's limits.
#[derive(Debug)]
pub(super) struct Limits {
    state: Mutex<State>,
    refused: Throttle<Refused>,
    /// Keeps the requests of all routes but callbacks below the global limit. A burst that Discord
    /// refused would count as many refused requests, and all of them would be made again.
    pace: DefaultDirectRateLimiter,
}

impl Default for Limits {
    fn default() -> Self {
        let pace = RateLimiter::direct(Quota::per_second(PACE).allow_burst(BURST));
        Self { state: Mutex::default(), refused: Throttle::default(), pace }
    }
}

#[derive(Debug, Default)]
struct State {
    /// Until when no route but callbacks may be used.
    all: Option<Instant>,
    buckets: HashMap<Bucket, Instant>,
    closed: HashMap<u64, Instant>,
    invalid: VecDeque<Instant>,
}

#[derive(Debug, Default, PartialEq)]
struct Refused {
    unauthorized: u64,
    forbidden: u64,
    rate_limited: u64,
}

impl Limits {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When a request may be made; `None` if it may be made now.
    pub(super) fn opens(&self, bucket: Bucket, now: Instant) -> Option<Instant> {
        let state = self.state();
        let all = state.all.filter(|_| bucket.is_within_global_limit());
        [all, state.buckets.get(&bucket).copied()].into_iter().flatten().filter(|until| *until > now).max()
    }

    /// Waits until another request is within the global limit.
    pub(super) async fn pace(&self) {
        while let Err(until) = self.pace.check() {
            sleep(until.wait_time_from(DefaultClock::default().now())).await;
        }
    }

    /// Notes that a bucket has no request left for this time, or that none has.
    pub(super) fn close(&self, bucket: Bucket, wait: Duration, is_global: bool, now: Instant) {
        let Some(until) = now.checked_add(wait) else { return };
        let state = &mut *self.state();
        if is_global {
            state.all = state.all.max(Some(until));
        } else {
            clear(&mut state.buckets, now);
            state.buckets.insert(bucket, until);
        }
    }

    /// Whether so many requests were refused that none should be made.
    pub(super) fn is_paused(&self, now: Instant) -> bool {
        let invalid = &mut self.state().invalid;
        while invalid.front().is_some_and(|at| now.duration_since(*at) >= WINDOW) {
            invalid.pop_front();
        }
        invalid.len() >= MAX_INVALID
    }

    /// Counts an answer that Discord counts as invalid.
    pub(super) fn count(&self, status: u16, now: Instant) {
        self.state().invalid.push_back(now);
        let counts = self.refused.count(|counts| match status {
            401 => counts.unauthorized += 1,
            403 => counts.forbidden += 1,
            _ => counts.rate_limited += 1,
        });
        log_refused(counts.as_ref());
    }

    /// Logs refused requests that are in no line yet, if a line is due or this is the last one.
    pub(super) fn flush(&self, is_last: bool) {
        let counts = if is_last { self.refused.flush() } else { self.refused.flush_due() };
        log_refused(counts.as_ref());
    }

    /// Leaves a channel alone from now on.
    pub(super) fn leave(&self, channel: u64, now: Instant) {
        let closed = &mut self.state().closed;
        clear(closed, now);
        closed.insert(channel, now + CLOSED_TIME);
    }

    /// Whether a channel is left alone.
    pub(super) fn is_left(&self, channel: u64, now: Instant) -> bool {
        self.state().closed.get(&channel).is_some_and(|until| *until > now)
    }
}

fn log_refused(counts: Option<&Refused>) {
    if let Some(Refused { unauthorized, forbidden, rate_limited }) = counts {
        tracing::warn!(unauthorized, forbidden, rate_limited, "Discord refused requests");
    }
}

fn clear<K: Eq + std::hash::Hash>(map: &mut HashMap<K, Instant>, now: Instant) {
    if map.len() >= CROWD {
        map.retain(|_, until| *until > now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_bucket_closes_alone_and_the_global_limit_closes_all_but_callbacks() {
        let (limits, now) = (Limits::default(), Instant::now());
        limits.close(Bucket::Messages(1), SECOND, false, now);
        assert_eq!(limits.opens(Bucket::Messages(1), now), Some(now + SECOND));
        assert_eq!(limits.opens(Bucket::Messages(2), now), None);
        limits.close(Bucket::Messages(1), 2 * SECOND, true, now);
        assert_eq!(limits.opens(Bucket::Messages(2), now), Some(now + 2 * SECOND));
        assert_eq!(limits.opens(Bucket::Callback(1), now), None);
        assert_eq!(limits.opens(Bucket::Messages(2), now + 2 * SECOND), None);
    }

    #[test]
    fn requests_stop_far_below_discords_limit_and_go_on_later() {
        let (limits, now) = (Limits::default(), Instant::now());
        for _ in 1..MAX_INVALID {
            limits.count(403, now);
        }
        assert!(!limits.is_paused(now));
        limits.count(401, now + SECOND);
        assert!(limits.is_paused(now + SECOND) && MAX_INVALID * 4 < 10_000);
        assert!(!limits.is_paused(now + WINDOW));
    }

    #[test]
    fn a_channel_that_refused_is_left_alone_for_ten_minutes() {
        let (limits, now) = (Limits::default(), Instant::now());
        limits.leave(7, now);
        assert!(limits.is_left(7, now + CLOSED_TIME / 2) && !limits.is_left(8, now));
        assert!(!limits.is_left(7, now + CLOSED_TIME));
    }
}
