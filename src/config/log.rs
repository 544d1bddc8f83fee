//! What to log, and how.

use std::num::NonZeroU32;

use super::key::Choice;

/// What to log, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogConfig {
    /// The format of a line.
    pub format: LogFormat,
    /// The lowest importance of the lines that are shown.
    pub level: LogLevel,
    /// Of interactions that succeeded, every so many-th is shown.
    pub sample: NonZeroU32,
}

/// The format of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Human,
    /// One object per line, for log collectors.
    Json,
}

/// The importance of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Something failed.
    Error,
    /// Something may need attention.
    Warn,
    /// One line for each interaction.
    Info,
    /// Also the text of questions.
    Debug,
    /// Everything.
    Trace,
}

impl Choice for LogFormat {
    const NAMES: &'static [(&'static str, Self)] = &[("human", Self::Human), ("json", Self::Json)];
    const VALUES: &'static str = "`\"human\"` or `\"json\"`";
}

impl Choice for LogLevel {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("error", Self::Error),
        ("warn", Self::Warn),
        ("info", Self::Info),
        ("debug", Self::Debug),
        ("trace", Self::Trace),
    ];
    const VALUES: &'static str = "`\"error\"`, `\"warn\"`, `\"info\"`, `\"debug\"` or `\"trace\"`";
}
