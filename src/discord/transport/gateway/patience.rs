//! How long the bot waits before it reacts. An argument, so that tests need not wait a minute.

use std::time::Duration;

/// How long a shard may be without something before the bot reacts.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From the beginning of a connection to its greeting (HELLO). Then another one is made. The
    /// library itself gives up making one after 10 s.
    pub greeting: Duration,
    /// Without a session. Then the log warns.
    pub session: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { greeting: Duration::from_secs(20), session: Duration::from_mins(1) }
    }
}
