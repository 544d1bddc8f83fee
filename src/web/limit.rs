//! A limit for each address, so that nobody can keep the bot from answering others.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// After this many searches, addresses that have all their searches back are forgotten.
const SEARCHES_BETWEEN_CLEANINGS: u64 = 1_024;

/// The bits of an IPv6 address that tell networks apart; a sender has all addresses of one.
const NETWORK: u128 = !0 << 64;

/// Counts searches by address.
#[derive(Debug)]
pub(super) struct Limit {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    searches: AtomicU64,
}

impl Limit {
    pub(super) fn new(a_minute: NonZeroU32) -> Self {
        let limiter = RateLimiter::keyed(Quota::per_minute(a_minute));
        Self { limiter, clock: DefaultClock::default(), searches: AtomicU64::new(0) }
    }

    /// Counts a search of this address.
    ///
    /// # Errors
    ///
    /// How many seconds to wait, at least 1, if none is left.
    pub(super) fn count(&self, sender: IpAddr) -> Result<(), u64> {
        if self.searches.fetch_add(1, Ordering::Relaxed).is_multiple_of(SEARCHES_BETWEEN_CLEANINGS) {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&network(sender)).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }
}

fn network(sender: IpAddr) -> IpAddr {
    match sender.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & NETWORK)),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_network_has_its_own_searches() {
        let limit = Limit::new(NonZeroU32::MIN.saturating_add(1));
        let count = |sender: &str| limit.count(sender.parse().expect("an address"));
        assert_eq!([count("10.0.0.1"), count("::ffff:10.0.0.1")], [Ok(()), Ok(())]);
        assert!(count("10.0.0.1").is_err_and(|seconds| (1..=60).contains(&seconds)));
        assert_eq!([count("10.0.0.2"), count("2001:db8::1"), count("2001:db8::2")], [Ok(()), Ok(()), Ok(())]);
        assert!(count("2001:db8::3").is_err());
        assert_eq!(count("2001:db8:0:1::3"), Ok(()));
    }
}
