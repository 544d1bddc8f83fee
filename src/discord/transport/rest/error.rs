//! Why a request failed, without anything that a log must not have.
//!
//! An interaction's callback address contains its token, so no error quotes an address. Discord's
//! `errors` name the fields that it refused, but their texts may quote values; only paths and
//! codes are kept.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::super::reading::{self, Unreadable};
use crate::telemetry::with_causes;

/// Discord's codes for a channel that the bot cannot see or must not write in ([JSON error
/// codes](https://discord.com/developers/docs/topics/opcodes-and-status-codes#json)).
const CLOSED_CHANNEL: [i64; 2] = [50_001, 50_013];
/// Discord's code for an interaction that was already answered.
const ALREADY_ACKNOWLEDGED: i64 = 40_060;

/// The most characters of Discord's message, and the most faulty fields, that an error shows.
const MAX_MESSAGE: usize = 200;
const MAX_FIELDS: usize = 10;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The token is wrong or was reset.
    #[error(
        "Discord does not accept the bot token: reset it on the Bot page of the Discord developer \
         portal and set the new one"
    )]
    InvalidToken,
    /// Discord lets this program in under no token.
    #[error(
        "Discord refuses to talk to this bot ({0}): if too many requests failed, its address is \
         blocked for about an hour; otherwise check whether discord.api_proxy or a firewall \
         answers instead, and whether the application still exists in the developer portal"
    )]
    Barred(Box<Refusal>),
    /// Discord refused, or the proxy in front of it.
    #[error("Discord answered with {0}")]
    Refused(Box<Refusal>),
    /// No answer arrived.
    #[error("Discord cannot be reached: {0}")]
    Unreachable(String),
    /// The answer lacks something that is needed.
    #[error(
        "the answer does not look like Discord's API ({0}): check discord.api_proxy in \
         config.toml if it is set, or update Footnote"
    )]
    Unreadable(#[from] Unreadable),
    /// No answer arrived within this time.
    #[error("no answer within {} s", .0.as_secs())]
    TooLate(Duration),
    /// So many requests were refused that Discord would soon block the host's address.
    #[error(
        "too many requests were refused in ten minutes, so no more are made for now: the lines \
         before say why they were refused"
    )]
    Paused,
    /// The channel refused the bot a short while ago.
    #[error("the bot may not write in this channel")]
    ClosedChannel,
}

/// What Discord answered to a request that failed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("status {status}: {message} (code {code}){}", listed(.fields))]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's code; 0 if there is none.
    pub code: i64,
    /// Discord's message.
    pub message: String,
    /// The paths of the fields that it refused, each with a code.
    pub fields: Vec<String>,
    /// How long to wait before the next request.
    pub(super) retry_after: Option<Duration>,
    /// Whether that wait is for all routes.
    pub(super) is_global: bool,
}

fn listed(fields: &[String]) -> String {
    if fields.is_empty() { String::new() } else { format!(": {}", fields.join(", ")) }
}

/// The body of an error ([error
/// messages](https://discord.com/developers/docs/reference#error-messages), [rate
/// limits](https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit)).
#[derive(Default, Deserialize)]
struct Body {
    message: Option<String>,
    code: Option<i64>,
    errors: Option<Value>,
    retry_after: Option<f64>,
    global: Option<bool>,
}

impl Refusal {
    /// Reads an answer; `retry_after` is the header of that name, in seconds.
    pub(super) fn read(status: u16, retry_after: Option<f64>, is_global: bool, body: &[u8]) -> Self {
        let read: Option<Body> = reading::read(body).ok();
        // Only what stands in front of Discord's API answers without JSON, for all its routes.
        let is_global = is_global || read.as_ref().is_none_or(|body| body.global == Some(true));
        let Body { message, code, errors, retry_after: wait, .. } = read.unwrap_or_default();
        let message = message.unwrap_or_else(|| "no readable message".to_owned());
        let mut fields = Vec::new();
        collect(errors.as_ref().unwrap_or(&Value::Null), "", &mut fields);
        Self {
            status,
            code: code.unwrap_or_default(),
            message: message.chars().take(MAX_MESSAGE).collect(),
            fields,
            // The body is more precise than the header, which has whole seconds.
            retry_after: wait.or(retry_after).and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
            is_global,
        }
    }
}

/// Discord nests the faulty field in objects with the names on its path; the innermost has
/// `_errors`.
fn collect(node: &Value, path: &str, fields: &mut Vec<String>) {
    let Some(node) = node.as_object() else { return };
    for (name, inner) in node.iter().take(MAX_FIELDS) {
        if fields.len() >= MAX_FIELDS {
            return;
        }
        if name == "_errors" {
            let codes = inner.as_array().into_iter().flatten().filter_map(|error| error["code"].as_str());
            let is_code =
                |code: &&str| code.bytes().all(|byte| byte.is_ascii_uppercase() || b"_0123456789".contains(&byte));
            let codes: Vec<&str> = codes.filter(is_code).collect();
            fields.push(format!("{} {}", if path.is_empty() { "." } else { path }, codes.join(" ")));
        } else {
            let inner_path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            collect(inner, &inner_path, fields);
        }
    }
}

impl RequestError {
    /// Whether the same request may succeed later.
    pub(in super::super) fn is_passing(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.status == 429 || refusal.status >= 500,
            Self::Unreachable(_) => true,
            _ => false,
        }
    }

    /// This pause before the next attempt, or a longer one that Discord asks for.
    pub(in super::super) fn at_least(&self, pause: Duration) -> Duration {
        match self {
            Self::Refused(refusal) => refusal.retry_after.map_or(pause, |wait| wait.max(pause)),
            _ => pause,
        }
    }

    pub(super) fn is_acknowledged(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.code == ALREADY_ACKNOWLEDGED)
    }

    pub(super) fn is_closed_channel(&self) -> bool {
        matches!(self, Self::Refused(refusal) if CLOSED_CHANNEL.contains(&refusal.code))
    }

    /// Whether Discord does not know what was asked for, or does not know it yet.
    pub(in super::super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.status == 404)
    }

    /// Whether the operator has to change something before another start makes sense.
    pub(in super::super) fn is_configuration(&self) -> bool {
        matches!(self, Self::InvalidToken | Self::Barred(_) | Self::Unreadable(_))
    }
}

impl From<reqwest::Error> for RequestError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(with_causes(&error.without_url()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_fields_that_discord_refused_are_shown_without_their_values() {
        let error = json!([{"code": "BASE_TYPE_MAX_LENGTH", "message": "nosy.member is too long"}]);
        let errors = json!({"data": {"embeds": {"0": {"title": {"_errors": error}}}}});
        let body = json!({"code": 50_035, "message": "Invalid Form Body", "errors": errors}).to_string();
        let refusal = Refusal::read(400, None, false, body.as_bytes());
        let text = "status 400: Invalid Form Body (code 50035): \
            data.embeds.0.title BASE_TYPE_MAX_LENGTH";
        assert_eq!(refusal.to_string(), text);
    }

    #[test]
    fn the_wait_is_in_the_body_or_else_in_the_header() {
        let wait = |header, body: &str| {
            let refusal = Refusal::read(429, header, false, body.as_bytes());
            (refusal.retry_after.map(|wait| wait.as_millis()), refusal.is_global)
        };
        assert_eq!(wait(Some(2.0), r#"{"retry_after": 1.25, "global": false}"#), (Some(1250), false));
        assert_eq!(wait(Some(2.0), r#"{"retry_after": 1.25, "global": true}"#), (Some(1250), true));
        assert_eq!(wait(Some(2.0), "{}"), (Some(2000), false));
        assert_eq!(wait(Some(7.0), "<html>"), (Some(7000), true));
        assert_eq!(wait(Some(-1.0), "{}"), (None, false));
    }
}
