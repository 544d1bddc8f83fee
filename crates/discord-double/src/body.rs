//! Reads a request's body: plain JSON, or a multipart form with JSON and files.
//!
//! serenity sends multipart as soon as a message carries a file; what Discord judges then is the
//! part named `payload_json`, and the parts `files[0]`, `files[1]` … beside it.

use axum::http::{HeaderMap, header};
use serde_json::Value;

/// A request's body as far as it can be judged.
#[derive(Debug, PartialEq)]
pub(crate) enum Body {
    /// None was sent.
    Empty,
    /// The JSON.
    Json(Value),
    /// The JSON of a form, and its files.
    Form(Value, Vec<UploadedFile>),
    /// Something that is no JSON, or a form without any.
    Broken,
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadedFile {
    /// The number by which the message refers to it.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl UploadedFile {
    /// The content, if it is text.
    ///
    /// # Panics
    ///
    /// Panics if it is none.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.content).expect("a file of text")
    }
}

impl Body {
    /// Reads the body by its content type.
    pub(crate) fn read(headers: &HeaderMap, bytes: &[u8]) -> Self {
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        match content_type.and_then(boundary) {
            Some(boundary) => Self::read_form(bytes, boundary).unwrap_or(Self::Broken),
            None if bytes.is_empty() => Self::Empty,
            None => serde_json::from_slice(bytes).map_or(Self::Broken, Self::Json),
        }
    }

    fn read_form(form: &[u8], boundary: &str) -> Option<Self> {
        let (mut json, mut files) = (None, Vec::new());
        for part in parts(form, boundary)? {
            match part.name.as_str() {
                "payload_json" => json = Some(serde_json::from_slice(part.content).ok()?),
                name => files.push(UploadedFile {
                    number: name.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()?,
                    name: part.file_name?,
                    content: part.content.to_vec(),
                }),
            }
        }
        Some(Self::Form(json?, files))
    }

    /// The JSON for the record; null where there is none.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Json(value) | Self::Form(value, _) => value.clone(),
            Self::Empty | Self::Broken => Value::Null,
        }
    }

    /// The files.
    pub(crate) fn files(&self) -> &[UploadedFile] {
        match self {
            Self::Form(_, files) => files,
            Self::Empty | Self::Json(_) | Self::Broken => &[],
        }
    }
}

fn boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.strip_prefix("multipart/form-data")?;
    let (_, boundary) = parameters.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?;
    Some(boundary.trim().trim_matches('"'))
}

/// One part of a form.
struct Part<'a> {
    name: String,
    file_name: Option<String>,
    content: &'a [u8],
}

/// The parts of a form, which is cut up as bytes; `None` where it does not begin and end as a form
/// does ([RFC 2046](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1)).
fn parts<'a>(form: &'a [u8], boundary: &str) -> Option<Vec<Part<'a>>> {
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = form.strip_prefix(&delimiter.as_bytes()[2..])?;
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, delimiter.as_bytes())?;
        parts.push(read_part(&part[..end])?);
        rest = &part[end + delimiter.len()..];
    }
    rest.starts_with(b"--").then_some(parts)
}

fn read_part(part: &[u8]) -> Option<Part<'_>> {
    let blank = find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&part[..blank]).ok()?;
    let is_disposition = |line: &&str| line.to_ascii_lowercase().starts_with("content-disposition: form-data");
    let disposition = head.lines().find(is_disposition)?;
    let parameter = |wanted: &str| {
        let parameters = disposition.split("; ").filter_map(|parameter| parameter.split_once('='));
        let value = parameters.filter(|(name, _)| *name == wanted).map(|(_, value)| value).next()?;
        Some(value.trim_matches('"').to_owned())
    };
    Some(Part { name: parameter("name")?, file_name: parameter("filename"), content: &part[blank + 4..] })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
