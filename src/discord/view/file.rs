//! A text file attached to a card.

/// The most bytes in a file. Discord accepts 10 MiB, but only about 150 kB in all in the answer
/// to a webhook's request. It does not document the latter.
pub const MAX_FILE: usize = 64 * 1024;

/// A text file of at most [`MAX_FILE`] bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    name: &'static str,
    content: String,
}

impl File {
    /// A file. If it is too long, it is cut at the end of a line, or between characters if it has
    /// only one line.
    pub(in crate::discord) fn new(name: &'static str, mut content: String) -> Self {
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
    fn a_text_that_is_too_long_ends_with_a_whole_line_if_it_has_one() {
        assert_eq!(File::new("a.txt", "short".to_owned()).content(), "short");
        let lines = File::new("a.txt", "a line\n".repeat(MAX_FILE));
        assert!(lines.content().len() <= MAX_FILE && lines.content().ends_with("a line\n"));
        assert_eq!(File::new("a.txt", "š".repeat(MAX_FILE)).content().len(), MAX_FILE);
    }
}
