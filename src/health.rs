//! Whether the bot can do its work, and what is missing if it cannot.
//!
//! Each part reports its own state here, and whoever asks for it (a probe, systemd, the metrics)
//! gets the same answer. A part that has not reported yet is not ready.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crate::journal::Journal;
use strum::{IntoStaticStr, VariantArray};

use crate::telemetry::metrics::{GATEWAY_LATENCY, GATEWAY_LOST, GATEWAY_SESSIONS, GATEWAY_UP, JOURNAL_QUEUE, READY};

/// The state of the bot's parts.
#[derive(Debug, Default)]
pub struct Health {
    has_base: AtomicBool,
    /// Empty until the journal is open; `None` inside if it is off.
    journal: OnceLock<Option<Journal>>,
    discord: Mutex<Discord>,
    is_stopping: AtomicBool,
}

/// How interactions come in.
#[derive(Debug, Default)]
enum Discord {
    /// Nothing does yet.
    #[default]
    Closed,
    /// The webhook listens.
    Webhook,
    /// Whether each shard has a session.
    Gateway(BTreeMap<u32, bool>),
}

/// How a shard lost its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Loss {
    /// Discord closed the connection with a code.
    Closed,
    /// The connection broke.
    Broken,
    /// A heartbeat was not answered.
    Silent,
    /// Discord asked for a new connection.
    Reconnect,
    /// Discord declared the session invalid.
    Invalid,
}

/// Why the bot is not ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// It stops.
    Stopping,
    /// The knowledge base is still being loaded.
    Base,
    /// The journal is not open yet.
    JournalClosed,
    /// The journal cannot be written.
    JournalFailing,
    /// Nothing comes in from Discord yet.
    Discord,
    /// These shards have no session, out of so many.
    Shards(Vec<u32>, usize),
}

/// The parts that have to be ready.
pub const PARTS: [&str; 3] = [BASE, JOURNAL, DISCORD];
const BASE: &str = "base";
const JOURNAL: &str = "journal";
const DISCORD: &str = "discord";

impl Lack {
    /// The part that is not ready, one of [`PARTS`]. `None` if the bot stops.
    #[must_use]
    pub fn part(&self) -> Option<&'static str> {
        match self {
            Self::Stopping => None,
            Self::Base => Some(BASE),
            Self::JournalClosed | Self::JournalFailing => Some(JOURNAL),
            Self::Discord | Self::Shards(..) => Some(DISCORD),
        }
    }
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopping => f.write_str("stopping"),
            Self::Base => f.write_str("base: still loading"),
            Self::JournalClosed => f.write_str("journal: not open yet"),
            Self::JournalFailing => f.write_str("journal: cannot be written"),
            Self::Discord => f.write_str("discord: not connected yet"),
            Self::Shards(shards, of) => {
                let shards: Vec<String> = shards.iter().map(u32::to_string).collect();
                write!(f, "discord: no session on shard {} of {of}", shards.join(", "))
            }
        }
    }
}

impl Health {
    /// There is a base to answer from.
    pub(crate) fn base_is_loaded(&self) {
        self.has_base.store(true, Ordering::Relaxed);
    }

    /// The journal is open, or off.
    pub(crate) fn journal_is_open(&self, journal: Option<Journal>) {
        // It is opened once.
        let _ = self.journal.set(journal);
    }

    /// The webhook listens.
    pub(crate) fn webhook_listens(&self) {
        *self.discord() = Discord::Webhook;
    }

    /// This process runs these shards, which have no session yet.
    pub(crate) fn expect_shards(&self, shards: impl IntoIterator<Item = u32>) {
        let shards: BTreeMap<u32, bool> = shards.into_iter().map(|shard| (shard, false)).collect();
        for shard in shards.keys() {
            GATEWAY_UP.set(0.0, &[&shard.to_string()]);
            for loss in Loss::VARIANTS {
                GATEWAY_LOST.add(0, &[&shard.to_string(), loss.into()]);
            }
        }
        *self.discord() = Discord::Gateway(shards);
    }

    /// A shard has begun a session: a new one, or the old one again.
    pub(crate) fn session_began(&self, shard: u32, is_resumed: bool) {
        GATEWAY_SESSIONS.add(1, &[&shard.to_string(), if is_resumed { "resumed" } else { "started" }]);
        self.set_session(shard, true);
    }

    /// A shard has lost its session. If it had none, nothing changes.
    pub(crate) fn session_lost(&self, shard: u32, loss: Loss) {
        if self.set_session(shard, false) {
            GATEWAY_LOST.add(1, &[&shard.to_string(), loss.into()]);
        }
    }

    /// Notes whether a shard has a session now, and returns whether it had one before.
    fn set_session(&self, shard: u32, is_up: bool) -> bool {
        let Discord::Gateway(shards) = &mut *self.discord() else { return false };
        let was_up = shards.insert(shard, is_up) == Some(true);
        GATEWAY_UP.set(f64::from(u8::from(is_up)), &[&shard.to_string()]);
        was_up
    }

    /// How long Discord took to acknowledge a shard's last heartbeat.
    pub(crate) fn set_latency(shard: u32, latency: Duration) {
        GATEWAY_LATENCY.set(latency.as_secs_f64(), &[&shard.to_string()]);
    }

    /// The bot has been told to stop, so nothing new should be sent to it.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// What is missing; nothing if the bot is ready.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack> {
        let stopping = self.is_stopping.load(Ordering::Relaxed).then_some(Lack::Stopping);
        stopping.into_iter().chain(self.base_lack()).chain(self.journal_lack()).chain(self.discord_lack()).collect()
    }

    /// Brings the gauges up to date that nobody sets on a change.
    pub(crate) fn measure(&self) {
        let parts = [(BASE, self.base_lack()), (JOURNAL, self.journal_lack()), (DISCORD, self.discord_lack())];
        for (part, lack) in parts {
            READY.set(f64::from(u8::from(lack.is_none())), &[part]);
        }
        if let Some(Some(journal)) = self.journal.get() {
            for (kind, waiting) in journal.waiting() {
                JOURNAL_QUEUE.set(f64::from(waiting), &[kind]);
            }
        }
    }

    fn base_lack(&self) -> Option<Lack> {
        (!self.has_base.load(Ordering::Relaxed)).then_some(Lack::Base)
    }

    fn journal_lack(&self) -> Option<Lack> {
        match self.journal.get() {
            None => Some(Lack::JournalClosed),
            Some(journal) => {
                journal.as_ref().is_some_and(|journal| !journal.is_writable()).then_some(Lack::JournalFailing)
            }
        }
    }

    fn discord_lack(&self) -> Option<Lack> {
        match &*self.discord() {
            Discord::Closed => Some(Lack::Discord),
            Discord::Webhook => None,
            Discord::Gateway(shards) => {
                let down: Vec<u32> = shards.iter().filter(|(_, is_up)| !**is_up).map(|(shard, _)| *shard).collect();
                (!down.is_empty()).then_some(Lack::Shards(down, shards.len()))
            }
        }
    }

    fn discord(&self) -> MutexGuard<'_, Discord> {
        self.discord.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(health: &Health) -> Vec<String> {
        health.lacks().iter().map(Lack::to_string).collect()
    }

    #[test]
    fn each_part_says_what_it_lacks_until_all_are_ready() {
        let health = Health::default();
        assert_eq!(said(&health), ["base: still loading", "journal: not open yet", "discord: not connected yet"]);
        health.base_is_loaded();
        health.journal_is_open(None);
        health.expect_shards(0..3);
        health.session_began(1, false);
        assert_eq!(said(&health), ["discord: no session on shard 0, 2 of 3"]);
        health.session_began(0, false);
        health.session_began(2, true);
        assert!(said(&health).is_empty());
        health.session_lost(1, Loss::Broken);
        health.stop();
        assert_eq!(said(&health), ["stopping", "discord: no session on shard 1 of 3"]);
    }

    #[test]
    fn a_webhook_is_ready_as_soon_as_it_listens() {
        let health = Health::default();
        health.base_is_loaded();
        health.journal_is_open(None);
        health.webhook_listens();
        assert!(said(&health).is_empty());
    }
}
