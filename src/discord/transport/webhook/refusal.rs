//! Which requests are refused, and a log of refusals that nobody outside can flood.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use strum::IntoStaticStr;

use crate::telemetry::metrics::WEBHOOK_REFUSED;
use crate::telemetry::throttle::Throttle;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Refusal {
    /// The body is longer than any interaction.
    TooLong,
    /// The body took too long to arrive.
    Slow,
    /// The connection broke before the end of the body.
    Broken,
    /// The signature or the timestamp is missing, duplicated or not in Discord's form.
    Unsigned,
    /// The timestamp is too far from now.
    Untimely,
    /// The signature is not Discord's.
    Forged,
    /// It was answered before.
    Repeated,
    /// Discord signed it, but this version cannot read it as an interaction.
    Unreadable,
}

impl Refusal {
    fn status_and_text(self) -> (StatusCode, &'static str) {
        match self {
            Self::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"),
            Self::Slow => (StatusCode::REQUEST_TIMEOUT, "the body took too long"),
            Self::Broken => (StatusCode::BAD_REQUEST, "the body is not complete"),
            Self::Unsigned => (StatusCode::UNAUTHORIZED, "the signature or its timestamp is missing or malformed"),
            Self::Untimely => (StatusCode::UNAUTHORIZED, "the timestamp is not current"),
            Self::Forged => (StatusCode::UNAUTHORIZED, "the signature is wrong"),
            Self::Repeated => (StatusCode::CONFLICT, "this interaction was answered before"),
            Self::Unreadable => (StatusCode::BAD_REQUEST, "the body is not an interaction that this version can read"),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.status_and_text().into_response()
    }
}

/// Counts refusals and logs the counts, at most one line per minute.
#[derive(Debug, Default)]
pub(super) struct RefusalLog(Throttle<Counts>);

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    too_long: u64,
    slow: u64,
    broken: u64,
    unsigned: u64,
    untimely: u64,
    forged: u64,
    repeated: u64,
    unreadable: u64,
}

impl RefusalLog {
    pub(super) fn count(&self, refusal: Refusal) {
        WEBHOOK_REFUSED.add(1, &[refusal.into()]);
        if let Some(counts) = self.0.count(|counts| counts.add(refusal)) {
            counts.log();
        }
    }

    /// Logs what was counted since the last line, if a line is due.
    pub(super) fn flush_due(&self) {
        if let Some(counts) = self.0.flush_due() {
            counts.log();
        }
    }

    /// Logs what was counted since the last line.
    pub(super) fn flush(&self) {
        if let Some(counts) = self.0.flush() {
            counts.log();
        }
    }
}

impl Counts {
    fn log(self) {
        let Self { too_long, slow, broken, unsigned, untimely, forged, repeated, unreadable } = self;
        tracing::warn!(too_long, slow, broken, unsigned, untimely, forged, repeated, unreadable, "requests refused");
    }

    fn add(&mut self, refusal: Refusal) {
        let count = match refusal {
            Refusal::TooLong => &mut self.too_long,
            Refusal::Slow => &mut self.slow,
            Refusal::Broken => &mut self.broken,
            Refusal::Unsigned => &mut self.unsigned,
            Refusal::Untimely => &mut self.untimely,
            Refusal::Forged => &mut self.forged,
            Refusal::Repeated => &mut self.repeated,
            Refusal::Unreadable => &mut self.unreadable,
        };
        *count += 1;
    }
}
