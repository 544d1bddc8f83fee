//! A response: what is sent, whether the reader has it already, and what browsers are told of it.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::layout::POLICY;

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const JSON: &str = "application/json";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
pub(super) const XML: &str = "application/xml";

/// A copy may be used if the bot says that it is still the newest.
pub(super) const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");
/// The address changes with the content.
pub(super) const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// How many bytes of a hash tell one content from another.
const TAG_BYTES: usize = 12;

/// What every response says to browsers. That no other site may show the pages in a frame cannot
/// be said in the pages themselves.
const SAFETY: [(HeaderName, &str); 4] = [
    (HeaderName::from_static("x-content-type-options"), "nosniff"),
    (HeaderName::from_static("referrer-policy"), "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("x-frame-options"), "DENY"),
];

/// What is sent.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) status: StatusCode,
    pub(super) media_type: &'static str,
    pub(super) caching: HeaderValue,
    pub(super) body: String,
}

impl Content {
    pub(super) fn page(body: String) -> Self {
        Self { status: StatusCode::OK, media_type: HTML, caching: ASK_EACH_TIME, body }
    }

    pub(super) fn json(value: &impl Serialize) -> Self {
        // Only a map whose keys are no texts cannot be JSON.
        let body = serde_json::to_string(value).unwrap_or_default();
        Self { status: StatusCode::OK, media_type: JSON, caching: ASK_EACH_TIME, body }
    }

    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(super) fn of_type(self, media_type: &'static str) -> Self {
        Self { media_type, ..self }
    }

    pub(super) fn cached(self, caching: HeaderValue) -> Self {
        Self { caching, ..self }
    }

    /// The response to a request with these headers.
    pub(super) fn respond(self, request: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, self.caching);
        if self.status == StatusCode::OK {
            let tag = format!("\"{}\"", hex::encode(&Sha256::digest(self.body.as_bytes())[..TAG_BYTES]));
            let has_it = has(request, &tag);
            if let Ok(tag) = HeaderValue::try_from(tag) {
                headers.insert(ETAG, tag);
            }
            if has_it {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        *response.status_mut() = self.status;
        *response.body_mut() = Body::from(self.body);
        response
    }
}

/// Whether the reader has the content with this tag.
fn has(request: &HeaderMap, tag: &str) -> bool {
    let lists = request.get_all(IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

/// Adds what every response says to browsers.
pub(super) async fn protect(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in SAFETY {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::try_from(format!("{POLICY}; frame-ancestors 'none'")) {
        headers.insert("content-security-policy", policy);
    }
    response
}

/// Says after how many seconds to try again.
pub(super) fn retry_after(mut response: Response, seconds: u64) -> Response {
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}
