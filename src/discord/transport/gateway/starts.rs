//! When a shard may start a session: Discord limits how many at once, and how many in a day.
//!
//! A bot that starts more sessions than its limit has its token reset ([session start
//! limit][limit]). So with none left, shards wait until Discord gives new ones.
//!
//! [limit]: https://discord.com/developers/docs/events/gateway#session-start-limit-object

use std::collections::HashSet;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex, oneshot};
use tokio::time::{Instant, sleep, sleep_until};
use twilight_gateway::queue::Queue;

use super::super::rest::{Rest, SessionStarts};

/// The time between two sessions of the same group of shards ([max
/// concurrency](https://discord.com/developers/docs/events/gateway#sharding-max-concurrency)), with
/// something for a delay on the way.
const PAUSE: Duration = Duration::from_millis(5_100);

/// After this time, Discord is asked anew how many are left: another process may have used some.
const FRESH: Duration = Duration::from_mins(10);

/// The pause before Discord is asked again whether it has given new ones.
const ASK_AGAIN: Duration = Duration::from_secs(10);

/// Lets shards start sessions, in order. Clones share the limits.
#[derive(Clone)]
pub(super) struct Starts(Arc<Shared>);

struct Shared {
    rest: Arc<Rest>,
    budget: Mutex<Budget>,
    /// For each group of shards, when it may start the next session.
    groups: Vec<Mutex<Instant>>,
    waiting: Lock<HashSet<u32>>,
}

struct Budget {
    remaining: u32,
    resets: Instant,
    asked: Instant,
}

impl From<SessionStarts> for Budget {
    fn from(limit: SessionStarts) -> Self {
        let now = Instant::now();
        let resets = now + Duration::from_millis(limit.reset_after);
        Self { remaining: limit.remaining, resets, asked: now }
    }
}

impl Starts {
    /// Sessions within the limit that Discord has just told.
    pub(super) fn new(rest: Arc<Rest>, limit: SessionStarts) -> Self {
        let groups = (0..limit.max_concurrency.max(1)).map(|_| Mutex::new(Instant::now())).collect();
        Self(Arc::new(Shared { rest, budget: Mutex::new(limit.into()), groups, waiting: Lock::default() }))
    }

    /// Whether a shard waits for its turn.
    pub(super) fn is_waiting(&self, shard: u32) -> bool {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).contains(&shard)
    }
}

impl Queue for Starts {
    fn enqueue(&self, shard: u32) -> oneshot::Receiver<()> {
        let (mut turn, waiting) = oneshot::channel();
        let limits = Arc::clone(&self.0);
        limits.note(shard, true);
        tokio::spawn(async move {
            let is_wanted = tokio::select! {
                () = limits.admit(shard) => true,
                () = turn.closed() => false,
            };
            limits.note(shard, false);
            if is_wanted {
                // A shard that has lost its connection meanwhile asks again.
                let _ = turn.send(());
            }
        });
        waiting
    }
}

impl Shared {
    fn note(&self, shard: u32, waits: bool) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waits {
            waiting.insert(shard);
        } else {
            waiting.remove(&shard);
        }
    }

    async fn admit(&self, shard: u32) {
        // The budget comes first: shards that it held back must not start all at once.
        self.take().await;
        let mut next = self.groups[shard as usize % self.groups.len()].lock().await;
        sleep_until(*next).await;
        *next = Instant::now() + PAUSE;
    }

    /// Takes one start, once there is one.
    async fn take(&self) {
        let mut budget = self.budget.lock().await;
        if budget.asked.elapsed() >= FRESH
            && let Ok(gateway) = self.rest.ask_gateway().await
        {
            *budget = gateway.session_start_limit.into();
        }
        while budget.remaining == 0 {
            let wait = budget.resets.saturating_duration_since(Instant::now());
            tracing::warn!(
                wait_s = wait.as_secs(),
                "Discord allows no further session for now; the next starts when it does"
            );
            sleep(wait).await;
            match self.rest.ask_gateway().await {
                Ok(gateway) => *budget = gateway.session_start_limit.into(),
                Err(error) => {
                    tracing::warn!(%error, "cannot ask Discord how many sessions may be started");
                    budget.resets = Instant::now() + ASK_AGAIN;
                }
            }
        }
        budget.remaining -= 1;
    }
}
