//! How often a member may use the bot.

use std::num::NonZeroU32;
use std::time::Duration;

use footnote_knowledge::toml_file::TableReader;

const DEFAULT_USES: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);
const DEFAULT_SECONDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);

/// The keys of its table.
pub(super) const KEYS: [&str; 3] = ["enabled", "uses", "seconds"];

/// How often a member may use the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CooldownConfig {
    /// How many times at once.
    pub uses: NonZeroU32,
    /// The time after which all of these may be had again; a part of it gives back a part of them.
    /// At least 1 s.
    pub period: Duration,
}

impl CooldownConfig {
    fn new(uses: NonZeroU32, seconds: NonZeroU32) -> Self {
        Self { uses, period: Duration::from_secs(seconds.get().into()) }
    }
}

impl Default for CooldownConfig {
    fn default() -> Self {
        Self::new(DEFAULT_USES, DEFAULT_SECONDS)
    }
}

/// Reads the table `discord.cooldown`; `None` where there is to be no cooldown.
pub(super) fn cooldown(table: Option<&TableReader<'_>>) -> Option<CooldownConfig> {
    let Some(table) = table else { return Some(CooldownConfig::default()) };
    let number = |key: &str, default: NonZeroU32| {
        let found = table.optional_ordinal(key, &default.to_string());
        found.and_then(|number| NonZeroU32::new(number.value)).unwrap_or(default)
    };
    let config = CooldownConfig::new(number("uses", DEFAULT_USES), number("seconds", DEFAULT_SECONDS));
    table.flag("enabled").unwrap_or(true).then_some(config)
}
