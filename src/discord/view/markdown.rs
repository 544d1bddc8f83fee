//! Text that is not Markdown, such as titles and names, for messages that are.

use super::limits::truncate;
use footnote_knowledge::text::plain::visible;

/// The text with Discord's Markdown switched off, on one line and in one direction.
pub(in crate::discord) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().filter_map(visible) {
        if matches!(character, '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '@' | ':')
        {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A line of a list: the text, at most `limit` UTF-16 code units long, escaped.
pub(in crate::discord) fn line(text: &str, limit: usize) -> String {
    escape(&truncate(text, limit))
}

/// A line that cannot end the code block around it: no two backticks are next to each other.
pub(in crate::discord) fn within_block(line: &str) -> String {
    line.replace("``", "`\u{200b}`").replace("``", "`\u{200b}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_switched_off() {
        assert_eq!(escape("*a* [b](c)"), "\\*a\\* \\[b\\]\\(c\\)");
    }

    #[test]
    fn line_breaks_and_direction_characters_are_removed() {
        assert_eq!(escape("a\nb\u{2028}c\u{202e}d"), "a b cd");
    }

    #[test]
    fn no_run_of_backticks_ends_the_block() {
        for count in 0..9 {
            assert!(!within_block(&"`".repeat(count)).contains("``"), "{count}");
        }
        assert_eq!(within_block("`one`"), "`one`");
    }
}
