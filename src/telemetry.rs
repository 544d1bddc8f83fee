//! Logs: for eyes on a terminal, as JSON for collectors.
//!
//! A log must not tell who asked. Footnote's own lines carry neither names nor ids, and the
//! library's are cut down to its errors, since its warnings may quote a whole payload with the
//! member in it.

pub(crate) mod throttle;

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat, LogLevel};

/// Starts logging to standard error, for the whole process. Only the first call has an effect.
pub fn start(config: LogConfig) {
    // A report that a line could not be written would go to the same closed pipe, and end the
    // process with a panic.
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter(config.level))
        .with_writer(io::stderr)
        .log_internal_errors(false);
    let started = match config.format {
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
        LogFormat::Human => builder.with_ansi(colour_is_wanted()).try_init(),
    };
    if let Err(error) = started {
        tracing::debug!(error, "logging was started before");
    }
}

/// Colour is for terminals, and not for those who set NO_COLOR (<https://no-color.org>).
fn colour_is_wanted() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn filter(level: LogLevel) -> EnvFilter {
    let own = match level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
        LogLevel::Trace => "trace",
    };
    EnvFilter::new(format!("error,serenity=off,footnote={own}"))
}
