//! Channels in which the bot answers of its own accord, and how sure it has to be.

use super::{Transport, share};
use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink};
use footnote_knowledge::toml_file::TableReader;
use footnote_search::reply::Thresholds;

const EXAMPLE: &str = "[\"1287650000000000020\"]";

/// Where plain messages are read, and from which confidence on they are answered.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchConfig {
    /// The ids of the channels; a thread is a channel of its own.
    pub channels: Vec<u64>,
    /// At this confidence or above, an answer is given that nobody asked for. 0 to 1, not below
    /// [`Thresholds::answer_at`].
    pub answer_at: f32,
}

impl Default for WatchConfig {
    fn default() -> Self {
        // On the shipped base, remarks on its subject without a question in them come close to
        // 0.75. A bare keyword can reach 0.9, but a threshold above that would silence nearly every
        // question too.
        Self { channels: Vec::new(), answer_at: 0.8 }
    }
}

/// Reads what the tables `answer` and `discord` say of it.
pub(super) fn watch(
    answer: Option<&TableReader<'_>>,
    discord: Option<&TableReader<'_>>,
    thresholds: Thresholds,
    transport: &Transport,
    sink: &DiagnosticSink,
) -> WatchConfig {
    let mut config = WatchConfig::default();
    // Who is that strict with questions put to the bot need not set both.
    config.answer_at = config.answer_at.max(thresholds.answer_at);
    if let Some(table) = answer {
        config.answer_at = watch_at(table, config.answer_at, thresholds, sink);
    }
    if let Some(table) = discord {
        config.channels = watch_channels(table, transport, sink);
    }
    config
}

fn watch_at(table: &TableReader<'_>, default: f32, thresholds: Thresholds, sink: &DiagnosticSink) -> f32 {
    let Some(watch_at) = share(table, "watch_at", default, sink) else { return default };
    if watch_at.value < thresholds.answer_at {
        let message = format!("watch_at ({}) is below answer_at ({})", watch_at.value, thresholds.answer_at);
        sink.report(
            Diagnostic::error(watch_at.at, message)
                .help("what nobody asked for has to be at least as sure: raise watch_at or leave it out"),
        );
    }
    watch_at.value
}

fn watch_channels(table: &TableReader<'_>, transport: &Transport, sink: &DiagnosticSink) -> Vec<u64> {
    let channels = table.ids("watch_channels", EXAMPLE);
    if let (Transport::Webhook(_), Some(first)) = (transport, channels.first()) {
        let message = "`watch_channels` needs the gateway: Discord sends no messages to a webhook";
        sink.report(
            Diagnostic::error(first.at.clone(), message)
                .help("write transport = \"gateway\", or leave watch_channels out"),
        );
    }
    channels.into_iter().map(|channel| channel.value).collect()
}
