//! What the double answers on a route: a status, Discord's JSON and the headers that go with them.
//!
//! The refusals carry Discord's own codes, because a bot branches on `code` and logs `message`; a
//! double that only answered "400" would let it branch wrongly and never be found out.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// One answer of the REST API, kept as data so that it can be recorded before it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The JSON body; none for a 204.
    pub(crate) body: Option<Value>,
    /// Headers beside the content type, such as `retry-after`.
    headers: Vec<(&'static str, String)>,
}

impl Answer {
    /// A 200 with a body.
    pub(crate) fn ok(body: Value) -> Self {
        Self::new(200, Some(body))
    }

    /// A 204, as an accepted callback gets.
    pub(crate) fn no_content() -> Self {
        Self::new(204, None)
    }

    /// A refusal with Discord's code and message.
    pub(crate) fn refusal(status: u16, code: u64, message: &str) -> Self {
        Self::new(status, Some(json!({"message": message, "code": code})))
    }

    /// A refused body: `errors` nests down to the offending field, as Discord's does.
    pub(crate) fn invalid_form(errors: &Value) -> Self {
        let body = json!({"message": "Invalid Form Body", "code": 50035, "errors": errors});
        Self::new(400, Some(body))
    }

    /// The general answer of a status that no route explains, such as 401, 404 or 500.
    pub(crate) fn bare(status: u16) -> Self {
        let reason =
            StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Unknown Error");
        Self::refusal(status, 0, &format!("{status}: {reason}"))
    }

    /// A 429 of one route, with the time to wait in the body and in the headers.
    pub(crate) fn rate_limited(retry_after: Duration) -> Self {
        let seconds = retry_after.as_secs_f64();
        let body = json!({
            "message": "You are being rate limited.",
            "retry_after": seconds,
            "global": false,
        });
        let mut answer = Self::new(429, Some(body));
        // The header knows whole seconds only; Discord rounds up.
        answer.headers.push(("retry-after", format!("{:.0}", seconds.ceil())));
        answer.headers.push(("x-ratelimit-limit", "5".into()));
        answer.headers.push(("x-ratelimit-remaining", "0".into()));
        answer.headers.push(("x-ratelimit-reset-after", format!("{seconds:.3}")));
        answer.headers.push(("x-ratelimit-scope", "user".into()));
        answer
    }

    /// Whether Discord accepted the request.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    fn new(status: u16, body: Option<Value>) -> Self {
        Self { status, body, headers: Vec::new() }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = match self.body {
            Some(body) => ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response(),
            None => ().into_response(),
        };
        *response.status_mut() = status;
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
