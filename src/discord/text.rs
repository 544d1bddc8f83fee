//! Text within Discord's limits.
//!
//! Discord refuses a whole message for one string that is too long. It does not say which unit it
//! counts; UTF-16 code units are never fewer than characters, so what fits in them fits in either.

use std::borrow::Cow;

use footnote_knowledge::text::plain::visible;
use unicode_segmentation::UnicodeSegmentation;

pub use footnote_knowledge::text::plain::{on_one_line, without_controls};

const ELLIPSIS: char = '…';

/// How mentions of members and roles begin, in
/// [Discord's formatting](https://discord.com/developers/docs/reference#message-formatting).
const MENTION: &str = "<@";

/// The length of a text in UTF-16 code units.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The beginning of a text, at most `limit` UTF-16 code units, for what only programs read.
#[must_use]
pub fn prefix(text: &str, limit: usize) -> &str {
    let mut used = 0;
    let too_long = |(_, character): &(usize, char)| {
        used += character.len_utf16();
        used > limit
    };
    let end = text.char_indices().find(too_long).map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// The text, cut off at a grapheme boundary and with an ellipsis where it is longer than `limit`
/// UTF-16 code units. `limit` is at least 1.
#[must_use]
pub fn truncate(text: &str, limit: usize) -> Cow<'_, str> {
    if length(text) <= limit {
        return Cow::Borrowed(text);
    }
    let mut used = ELLIPSIS.len_utf16();
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        used += length(grapheme);
        if used > limit {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.push(ELLIPSIS);
    Cow::Owned(kept)
}

/// The text with Discord's Markdown switched off, for what is not written as Markdown: titles,
/// names.
#[must_use]
pub fn escape(text: &str) -> String {
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

/// The text without mentions of members and roles, whoever they are: an id asks for nothing, and
/// the journal must not have it.
#[must_use]
pub fn without_mentions(text: &str) -> String {
    let mut parts = text.split(MENTION);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>') {
            Some((target, rest)) if is_id(target.strip_prefix(['!', '&']).unwrap_or(target)) => {
                kept.push(' ');
                kept.push_str(rest);
            }
            _ => {
                kept.push_str(MENTION);
                kept.push_str(part);
            }
        }
    }
    kept
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_as_it_is() {
        assert_eq!(truncate("twelve", 6), "twelve");
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(truncate("twelve", 5), "twel…");
    }

    #[test]
    fn no_grapheme_is_cut_apart() {
        assert_eq!(truncate("ab👩‍👩‍👧‍👦cd", 10), "ab…");
        assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 4), "e\u{301}…");
    }

    #[test]
    fn markdown_is_switched_off() {
        assert_eq!(escape("*a* [b](c)"), "\\*a\\* \\[b\\]\\(c\\)");
    }

    #[test]
    fn mentions_of_members_and_roles_are_left_out_and_nothing_else_is() {
        assert_eq!(without_mentions("<@1>ferry<@!22> fare <@&333>"), " ferry  fare  ");
        for text in ["", "<@", "a <@> b", "<@x1> <@!> <@1", "<#1> <:pier:1> a < b > @everyone"] {
            assert_eq!(without_mentions(text), text);
        }
    }

    #[test]
    fn what_would_break_a_line_or_turn_it_around_is_taken_out() {
        assert_eq!(escape("a\nb\u{2028}c\u{202e}d"), "a b cd");
    }
}
