//! What goes to Discord for an interaction: a response and the file that comes with it, if any.
//!
//! A response with a file is a form (`multipart/form-data`) instead of JSON alone ([uploading
//! files](https://discord.com/developers/docs/reference#uploading-files)); how it is written is the
//! transport's matter.

use serde::Serialize;
use serenity::all::{CreateAttachment, CreateInteractionResponse};

/// The most bytes of a file. Discord takes 10 MiB, but from a webhook's answer no more than about
/// 150 kB in all, which it does not document.
pub const MAX_FILE: usize = 64 * 1024;

/// A response with its file. As JSON it is the response, which names the file.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Payload {
    response: CreateInteractionResponse,
    #[serde(skip)]
    file: Option<File>,
}

/// A text file of at most [`MAX_FILE`] bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    name: &'static str,
    content: String,
}

impl Payload {
    /// A response that names this file as its first attachment.
    pub(super) fn with_file(response: CreateInteractionResponse, file: File) -> Self {
        Self { response, file: Some(file) }
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> Option<&File> {
        self.file.as_ref()
    }

    /// The response as the library takes it: the JSON and, beside it, the files.
    pub(super) fn parts(&self) -> (&CreateInteractionResponse, Vec<CreateAttachment>) {
        let attachment = |file: &File| CreateAttachment::bytes(file.content.as_bytes(), file.name);
        (&self.response, self.file.iter().map(attachment).collect())
    }
}

impl From<CreateInteractionResponse> for Payload {
    fn from(response: CreateInteractionResponse) -> Self {
        Self { response, file: None }
    }
}

impl File {
    /// A file; what is too long is cut off at the end of a line, or between characters where there
    /// is none.
    pub(super) fn new(name: &'static str, mut content: String) -> Self {
        if content.len() > MAX_FILE {
            let end = content.floor_char_boundary(MAX_FILE);
            let end = content[..end].rfind('\n').map_or(end, |line_break| line_break + 1);
            content.truncate(end);
        }
        Self { name, content }
    }

    /// The name that members see.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The text.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_ends_with_a_whole_line_where_there_is_one() {
        assert_eq!(File::new("a.txt", "short".to_owned()).content(), "short");
        let lines = File::new("a.txt", "a line\n".repeat(MAX_FILE));
        assert!(lines.content().len() <= MAX_FILE && lines.content().ends_with("a line\n"));
        assert_eq!(File::new("a.txt", "š".repeat(MAX_FILE)).content().len(), MAX_FILE);
    }
}
