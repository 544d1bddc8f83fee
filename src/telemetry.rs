//! Logs: as text for people, as JSON for log collectors. And [`metrics`], for monitors.
//!
//! A log must not reveal who asked. Footnote's own lines contain neither names nor ids. A library
//! whose warnings may quote a whole payload, including the member, is silenced.

pub mod metrics;
pub(crate) mod sample;
pub(crate) mod throttle;

use std::error::Error;
use std::io;
use std::iter;
use std::panic;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{LogConfig, LogFormat, LogLevel};

/// Starts logging to standard error, for the whole process, without the lines of the library with
/// the target `silenced`. Only the first call has an effect.
/// Text has colour if the terminal can show it and the environment allows it
/// ([`AutoStream::choice`] says how).
pub fn start(config: LogConfig, silenced: &'static str) {
    // If a line cannot be written, a report of that would go to the same closed pipe and end the
    // process with a panic.
    let lines = fmt::layer().with_writer(io::stderr).log_internal_errors(false);
    let filtered = tracing_subscriber::registry().with(filter(config.level, silenced));
    let started = match config.format {
        LogFormat::Json => {
            panic::set_hook(Box::new(|panic| tracing::error!(%panic, "panicked")));
            let lines = lines.json().flatten_event(true).with_current_span(true).with_span_list(false);
            filtered.with(lines).try_init()
        }
        LogFormat::Human => {
            filtered.with(lines.with_ansi(AutoStream::choice(&io::stderr()) != ColorChoice::Never)).try_init()
        }
    };
    if let Err(error) = started {
        tracing::debug!(%error, "logging is already set up");
    }
}

fn filter(level: LogLevel, silenced: &'static str) -> Targets {
    let own = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let libraries = Targets::new().with_default(LevelFilter::ERROR).with_target(silenced, LevelFilter::OFF);
    libraries.with_target("footnote", own)
}

/// A confidence as the log shows it: with four digits, because more say nothing.
pub(crate) fn confidence(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

/// A duration as the log shows it: a whole number of milliseconds, which stays a number in JSON.
pub(crate) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// An error and its causes, on one line.
pub(crate) fn with_causes(error: &dyn Error) -> String {
    let causes = iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot write the file")]
    struct Failure(#[source] io::Error);

    #[test]
    fn an_error_is_shown_with_its_causes() {
        let error = Failure(io::Error::other("the disk is full"));
        assert_eq!(with_causes(&error), "cannot write the file: the disk is full");
        assert_eq!(with_causes(&io::Error::other("alone")), "alone");
    }
}
