//! From which confidence on the bot says what, where it answers unasked, and how often it answers a
//! member.

use std::num::NonZeroU32;
use std::time::Duration;

use footnote_search::reply::Thresholds;

use super::keys;
use super::settings::Settings;
use super::transport::Transport;

/// How often a member may use the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CooldownConfig {
    /// How many uses a member has at once.
    pub uses: NonZeroU32,
    /// The time in which all of these uses come back, evenly spread. At least 1 s.
    pub period: Duration,
}

/// Where plain messages are read, and the confidence from which they are answered.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchConfig {
    /// The ids of forums, of channels, whose threads count too, and of single threads.
    pub channels: Vec<u64>,
    /// The lowest confidence at which the bot answers a message that is not addressed to it. 0 to
    /// 1, not below [`Thresholds::answer_at`].
    pub answer_at: f32,
}

impl Default for WatchConfig {
    fn default() -> Self {
        Self { channels: (keys::WATCH_CHANNELS.default)(), answer_at: (keys::WATCH_AT.default)() }
    }
}

impl Default for CooldownConfig {
    fn default() -> Self {
        let seconds: NonZeroU32 = (keys::COOLDOWN_SECONDS.default)();
        Self { uses: (keys::COOLDOWN_USES.default)(), period: Duration::from_secs(seconds.get().into()) }
    }
}

pub(super) fn thresholds(settings: &Settings<'_>) -> Thresholds {
    let (answer, suggest) = (settings.find(&keys::ANSWER_AT), settings.find(&keys::SUGGEST_AT));
    let given_at = suggest.as_ref().or(answer.as_ref()).map(|given| given.at.clone());
    let answer_at = answer.map_or_else(keys::ANSWER_AT.default, |at| at.value);
    let suggest_at = suggest.map_or_else(keys::SUGGEST_AT.default, |at| at.value);
    // With other thresholds alone, the default must not lie outside of them.
    let default = (keys::CLOSEST_AT.default)().min(answer_at).max(suggest_at.min(answer_at));
    let closest_at = settings.find(&keys::CLOSEST_AT);
    if let Some(closest_at) = closest_at.as_ref().filter(|at| at.value > answer_at || at.value < suggest_at) {
        settings.report(
            &closest_at.at,
            format!("closest_at ({}) is not between suggest_at and answer_at", closest_at.value),
            "what is shown as the closest is less sure than an answer and surer than a suggestion",
        );
    }
    let closest_at = closest_at.map_or(default, |at| at.value);
    if let Some(at) = settings.table_at("answer").cloned().or(given_at).filter(|_| suggest_at > answer_at) {
        settings.report(
            &at,
            format!("suggest_at ({suggest_at}) is above answer_at ({answer_at})"),
            "suggestions are for a confidence that is too low to answer: lower suggest_at or raise \
             answer_at",
        );
    }
    Thresholds { answer_at, closest_at, suggest_at }
}

pub(super) fn watch(settings: &Settings<'_>, thresholds: Thresholds, transport: &Transport) -> WatchConfig {
    // If only answer_at is set, and is strict, the default must not be below it.
    let default = (keys::WATCH_AT.default)().max(thresholds.answer_at);
    let watch_at = settings.find(&keys::WATCH_AT);
    if let Some(watch_at) = watch_at.as_ref().filter(|watch_at| watch_at.value < thresholds.answer_at) {
        settings.report(
            &watch_at.at,
            format!("watch_at ({}) is below answer_at ({})", watch_at.value, thresholds.answer_at),
            "an answer that nobody asked for needs at least as much confidence: raise watch_at or \
             leave it out",
        );
    }
    let channels = settings.find(&keys::WATCH_CHANNELS);
    if let (Transport::Webhook(_), Some(channels)) = (transport, &channels) {
        settings.report(
            &channels.at,
            "`watch_channels` needs the gateway: Discord sends no messages to a webhook",
            "write transport = \"gateway\", or leave watch_channels out",
        );
    }
    WatchConfig {
        channels: channels.map(|channels| channels.value).unwrap_or_default(),
        answer_at: watch_at.map_or(default, |watch_at| watch_at.value),
    }
}

pub(super) fn cooldown(settings: &Settings<'_>) -> Option<CooldownConfig> {
    let seconds = settings.get(&keys::COOLDOWN_SECONDS);
    let config =
        CooldownConfig { uses: settings.get(&keys::COOLDOWN_USES), period: Duration::from_secs(seconds.get().into()) };
    settings.get(&keys::COOLDOWN_ENABLED).then_some(config)
}
