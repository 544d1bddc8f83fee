//! Texts within Discord's limits.
//!
//! Discord refuses a whole message if one string is too long, and does not say which unit it
//! counts. There are never fewer UTF-16 code units than characters, so a text that fits in code
//! units fits either way.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// The longest text on a line of a list, in UTF-16 code units. The limit is ours, not Discord's.
pub(in crate::discord) const MAX_LINE: usize = 200;

const ELLIPSIS: char = '…';

/// The length of a text in UTF-16 code units.
pub(in crate::discord) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The beginning of a text, at most `limit` UTF-16 code units, for text that only programs read.
pub(in crate::discord) fn prefix(text: &str, limit: usize) -> &str {
    let mut used = 0;
    let too_long = |(_, character): &(usize, char)| {
        used += character.len_utf16();
        used > limit
    };
    let end = text.char_indices().find(too_long).map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// The text. If it is longer than `limit` UTF-16 code units, it is cut between graphemes and ends
/// in an ellipsis. `limit` is at least 1.
pub(in crate::discord) fn truncate(text: &str, limit: usize) -> Cow<'_, str> {
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
}
