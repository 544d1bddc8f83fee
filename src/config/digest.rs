//! Where and when moderators get a digest of the week.

use super::keys;
use super::settings::Settings;
use super::weekly_time::WeeklyTime;

/// Where and when the digest is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestConfig {
    /// The channel. What the digest is about is the server that it belongs to.
    pub channel: u64,
    /// When it is due.
    pub at: WeeklyTime,
}

/// What is configured; `None` if there is no digest.
pub(super) fn digest(settings: &Settings<'_>) -> Option<DigestConfig> {
    let at = settings.get(&keys::DIGEST_AT);
    settings.get(&keys::DIGEST_CHANNEL).map(|channel| DigestConfig { channel: channel.0, at })
}
