//! A file attached to a card: a text or a picture.

/// The most bytes in a file. Discord accepts 10 MiB, but only about 150 kB in all in the answer
/// to a webhook's request. It does not document the latter.
pub const MAX_FILE: usize = 64 * 1024;

/// A file of at most [`MAX_FILE`] bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    name: &'static str,
    kind: FileKind,
    content: Vec<u8>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A text in UTF-8.
    Text,
    /// A picture in PNG.
    Picture,
}

impl File {
    /// A text. If it is too long, it is cut at the end of a line, or between characters if it has
    /// only one line.
    pub(in crate::discord) fn new(name: &'static str, mut content: String) -> Self {
        if content.len() > MAX_FILE {
            let end = content.floor_char_boundary(MAX_FILE);
            let end = content[..end].rfind('\n').map_or(end, |line_break| line_break + 1);
            content.truncate(end);
        }
        Self { name, kind: FileKind::Text, content: content.into_bytes() }
    }

    /// A picture in PNG.
    pub(in crate::discord) fn picture(name: &'static str, content: Vec<u8>) -> Self {
        Self { name, kind: FileKind::Picture, content }
    }

    /// The name that members see.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Its text; empty if it is a picture.
    #[cfg(test)]
    pub(in crate::discord) fn text(&self) -> &str {
        std::str::from_utf8(&self.content).unwrap_or_default()
    }

    /// Its bytes.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_ends_with_a_whole_line_if_it_has_one() {
        assert_eq!(File::new("a.txt", "short".to_owned()).content(), b"short");
        let lines = File::new("a.txt", "a line\n".repeat(MAX_FILE));
        assert!(lines.content().len() <= MAX_FILE && lines.content().ends_with(b"a line\n"));
        assert_eq!(File::new("a.txt", "š".repeat(MAX_FILE)).content().len(), MAX_FILE);
    }
}
