//! What the double answers over REST: a status, Discord's JSON and the headers that belong to
//! them.
//!
//! Refusals carry Discord's own codes, because a bot branches on `code` and logs `message`. If the
//! double only answered "400", a bot could branch wrongly, and no test would notice.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::schema::{Violation, items};

/// One answer, kept as data so that it can be recorded before it is sent. A 204 has no body.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    /// Whether a rate limit is shared by all bots.
    is_shared: bool,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self { status, body, is_shared: false }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::new(200, body)
    }

    /// A 204, as an accepted callback gets.
    pub(crate) fn no_content() -> Self {
        Self::new(204, Value::Null)
    }

    pub(crate) fn refusal(status: u16, code: u64, message: &str) -> Self {
        Self::new(status, json!({"message": message, "code": code}))
    }

    /// The refusal of a body for its form. Discord names the faulty field by nesting
    /// (`errors.data.embeds.0.title._errors`), and libraries flatten that back into a path.
    pub(crate) fn invalid_form(violations: &[Violation]) -> Self {
        let mut answer = Self::refusal(400, 50035, "Invalid Form Body");
        for Violation { path, message } in violations {
            let steps = path.split('.').filter(|step| !step.is_empty());
            let field = steps.fold(&mut answer.body["errors"], |node, step| &mut node[step]);
            let error = json!({"code": "INVALID_FORM", "message": message});
            field["_errors"] = items(&field["_errors"]).iter().chain([&error]).cloned().collect();
        }
        answer
    }

    /// The general answer with a status that no route explains, such as 401, 404 or 500. A 429
    /// asks to wait a tenth of a second.
    pub(crate) fn bare(status: u16) -> Self {
        if status == 429 {
            return Self::rate_limited(Duration::from_millis(100));
        }
        let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        Self::refusal(status, 0, &format!("{status}: {}", reason.unwrap_or("Unknown Error")))
    }

    pub(crate) fn rate_limited(retry_after: Duration) -> Self {
        let (message, wait) = ("You are being rate limited.", retry_after.as_secs_f64());
        Self::new(429, json!({"message": message, "retry_after": wait, "global": false}))
    }

    /// Like [`rate_limited`](Self::rate_limited), but other bots have used up the limit.
    pub(crate) fn shared_limit(retry_after: Duration) -> Self {
        Self { is_shared: true, ..Self::rate_limited(retry_after) }
    }
}

impl Answer {
    /// The refusal of a request beyond the limit for all routes.
    pub(crate) fn globally_limited(retry_after: Duration) -> Self {
        let mut answer = Self::rate_limited(retry_after);
        answer.body["global"] = json!(true);
        answer
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let json = [("content-type", "application/json")];
        match self.body["retry_after"].as_f64() {
            _ if self.body.is_null() => status.into_response(),
            None => (status, json, self.body.to_string()).into_response(),
            // The header allows only whole seconds; Discord rounds up.
            Some(wait) => {
                let scope = if self.is_shared { "shared" } else { "user" };
                let headers = [("retry-after", wait.ceil().to_string()), ("x-ratelimit-scope", scope.to_owned())];
                (status, json, headers, self.body.to_string()).into_response()
            }
        }
    }
}
