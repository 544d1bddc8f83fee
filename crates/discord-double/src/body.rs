//! Reads a body: plain JSON, or a multipart form with JSON and files.
//!
//! Libraries send a form as soon as a message has a file. Discord then checks the part named
//! `payload_json`; the parts `files[0]`, `files[1]` … are the files.

use axum::http::HeaderMap;
use serde_json::Value;

/// The parts of a body that can be checked: its JSON, which is null if there was none, and its
/// files.
#[derive(Clone, Default)]
pub(crate) struct Body {
    pub(crate) json: Value,
    pub(crate) files: Vec<UploadedFile>,
}

/// A file that was sent with a message.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// The number by which the message refers to it.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl UploadedFile {
    /// The content of a text file.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.content).expect("a file of text")
    }
}

impl Body {
    /// Reads a body by its content type; `None` if it is neither empty, JSON nor a form with JSON.
    pub(crate) fn read(headers: &HeaderMap, bytes: &[u8]) -> Option<Self> {
        let content_type = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        match content_type.strip_prefix("multipart/form-data").and_then(|rest| parameter(rest, "boundary")) {
            Some(boundary) => Self::read_form(bytes, boundary),
            None if bytes.is_empty() => Some(Self::default()),
            None => Some(Self { json: serde_json::from_slice(bytes).ok()?, files: Vec::new() }),
        }
    }

    /// Splits a form as bytes; `None` if it does not begin and end as a form does ([RFC
    /// 2046](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1)).
    fn read_form(form: &[u8], boundary: &str) -> Option<Self> {
        let delimiter = format!("\r\n--{boundary}");
        let mut rest = form.strip_prefix(&delimiter.as_bytes()[2..])?;
        let (mut json, mut files) = (None, Vec::new());
        while let Some(part) = rest.strip_prefix(b"\r\n") {
            let end = find(part, delimiter.as_bytes())?;
            let blank = find(&part[..end], b"\r\n\r\n")?;
            let head = std::str::from_utf8(&part[..blank]).ok()?;
            let is_disposition = |line: &&str| line.to_ascii_lowercase().starts_with("content-disposition:");
            let disposition = head.lines().find(is_disposition)?;
            let (name, content) = (parameter(disposition, "name")?, part[blank + 4..end].to_vec());
            if name == "payload_json" {
                json = serde_json::from_slice(&content).ok();
            } else {
                let number = name.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()?;
                files.push(UploadedFile { number, name: parameter(disposition, "filename")?.to_owned(), content });
            }
            rest = &part[end + delimiter.len()..];
        }
        let is_whole = rest.starts_with(b"--");
        is_whole.then_some(Self { json: json?, files })
    }

    /// The message of a callback, which is in its `data`.
    pub(crate) fn data(&self) -> Self {
        Self { json: self.json["data"].clone(), files: self.files.clone() }
    }
}

/// A parameter of a header's value.
fn parameter<'a>(value: &'a str, wanted: &str) -> Option<&'a str> {
    let parameters = value.split(';').filter_map(|part| part.trim().split_once('='));
    parameters.filter(|(name, _)| *name == wanted).map(|(_, value)| value.trim_matches('"')).next()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
