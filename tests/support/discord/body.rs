//! Reads a request's body, plain JSON or the JSON part of a multipart form.
//!
//! serenity sends multipart as soon as a message carries a file; what Discord judges then is the
//! part named `payload_json`.

use axum::http::{HeaderMap, header};
use serde_json::Value;

/// A request's body as far as it can be judged.
#[derive(Debug, PartialEq)]
pub(super) enum Body {
    /// None was sent.
    Empty,
    /// The JSON.
    Json(Value),
    /// Something that is no JSON.
    Broken,
}

impl Body {
    /// Reads the body by its content type.
    pub(super) fn read(headers: &HeaderMap, bytes: &[u8]) -> Self {
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let json = match content_type.and_then(boundary) {
            Some(boundary) => payload_json(bytes, boundary),
            None => Some(bytes),
        };
        match json {
            Some([]) => Self::Empty,
            Some(json) => serde_json::from_slice(json).map_or(Self::Broken, Self::Json),
            None => Self::Broken,
        }
    }

    /// The JSON for the record; null where there is none.
    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Json(value) => value.clone(),
            Self::Empty | Self::Broken => Value::Null,
        }
    }
}

fn boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.strip_prefix("multipart/form-data")?;
    let (_, boundary) = parameters.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?;
    Some(boundary.trim().trim_matches('"'))
}

/// The content of the part `payload_json`. Files are bytes, so the form is cut up as bytes.
fn payload_json<'a>(form: &'a [u8], boundary: &str) -> Option<&'a [u8]> {
    let delimiter = format!("--{boundary}");
    let mut rest = form;
    while let Some(start) = find(rest, delimiter.as_bytes()) {
        rest = &rest[start + delimiter.len()..];
        let end = find(rest, delimiter.as_bytes()).unwrap_or(rest.len());
        let part = &rest[..end];
        let Some(blank) = find(part, b"\r\n\r\n") else {
            continue;
        };
        if find(&part[..blank], b"name=\"payload_json\"").is_some() {
            return Some(part[blank + 4..].trim_ascii());
        }
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
