//! A cooldown for each member, so that nobody can flood a channel through the bot or keep it from
//! answering others.
//!
//! Each process counts for itself, so a member who reaches several replicas can use each of them.

use std::sync::atomic::{AtomicU64, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::config::CooldownConfig;

/// After this many uses by all members together, members whose cooldown is over are forgotten.
const USES_BETWEEN_CLEANINGS: u64 = 1_024;

/// Counts the uses of each member by their Discord id.
#[derive(Debug)]
pub(super) struct Cooldown<C: Clock = DefaultClock> {
    limiter: RateLimiter<u64, DefaultKeyedStateStore<u64>, C, NoOpMiddleware<C::Instant>>,
    clock: C,
    uses: AtomicU64,
}

impl Cooldown {
    pub(super) fn new(config: CooldownConfig) -> Self {
        Self::with_clock(config, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Cooldown<C> {
    fn with_clock(config: CooldownConfig, clock: C) -> Self {
        // A period shorter than the clock's nanoseconds gives no quota. A limit that high is as
        // good as none.
        let quota = Quota::with_period(config.period / config.uses.get());
        let quota = quota.unwrap_or_else(|| Quota::per_second(config.uses)).allow_burst(config.uses);
        let limiter = RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock.clone());
        Self { limiter, clock, uses: AtomicU64::new(0) }
    }

    /// Counts a use.
    ///
    /// # Errors
    ///
    /// How many seconds to wait, at least 1, if the member has no use left. The attempt does not
    /// count.
    pub(super) fn count(&self, member: u64) -> Result<(), u64> {
        if self.uses.fetch_add(1, Ordering::Relaxed) % USES_BETWEEN_CLEANINGS == USES_BETWEEN_CLEANINGS - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&member).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;
    use std::num::NonZeroU32;
    use std::time::Duration;

    const ADA: u64 = 1;
    const BESA: u64 = 2;

    fn cooldown() -> (Cooldown<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let config = CooldownConfig { uses: NonZeroU32::new(3).unwrap(), period: Duration::from_secs(30) };
        (Cooldown::with_clock(config, clock.clone()), clock)
    }

    #[test]
    fn uses_come_back_one_by_one_and_each_member_has_their_own() {
        let (cooldown, clock) = cooldown();
        assert_eq!([ADA; 3].map(|member| cooldown.count(member)), [Ok(()); 3]);
        assert_eq!([cooldown.count(ADA), cooldown.count(BESA)], [Err(10), Ok(())]);
        clock.advance(Duration::from_millis(8_200));
        assert_eq!(cooldown.count(ADA), Err(2), "rounded up, and the try before did not count");
        clock.advance(Duration::from_millis(1_800));
        assert_eq!([cooldown.count(ADA), cooldown.count(ADA)], [Ok(()), Err(10)]);
    }

    #[test]
    fn members_are_forgotten_once_their_cooldown_is_over() {
        let (cooldown, clock) = cooldown();
        for member in 1..USES_BETWEEN_CLEANINGS {
            cooldown.count(member).unwrap();
        }
        clock.advance(Duration::from_secs(31));
        cooldown.count(ADA).unwrap();
        assert_eq!(cooldown.limiter.len(), 1);
    }
}
