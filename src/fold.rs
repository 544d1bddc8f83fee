//! Folding: the form of a text in which Thaçi is thaci and Milošević is milosevic.
//!
//! People type names without their diacritics, and documents spell one name in several ways. Both search and the check
//! of names against documents compare folded text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, compatibility-decomposed
/// ([Unicode Standard Annex #15](https://www.unicode.org/reports/tr15/), NFKD) and without combining marks; letters that
/// have no decomposition but a customary plain spelling get it (đ as d, ß as ss).
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd() {
        if is_combining_mark(character) || is_invisible(character) {
            continue;
        }
        for lower in character.to_lowercase() {
            push_plain(lower, &mut folded);
        }
    }
    folded
}

/// Soft hyphens, joiners and direction marks: they come along with copied text and separate nothing.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn push_plain(character: char, folded: &mut String) {
    match character {
        'đ' | 'ð' => folded.push('d'),
        'ł' => folded.push('l'),
        'ø' => folded.push('o'),
        'ı' => folded.push('i'),
        'ħ' => folded.push('h'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        other if is_combining_mark(other) => {}
        other => folded.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_lose_their_diacritics() {
        assert_eq!(fold("Thaçi Milošević Buçpapaj Đinđić Łódź Straße"), "thaci milosevic bucpapaj dindic lodz strasse");
    }

    #[test]
    fn composed_and_decomposed_spellings_are_one() {
        assert_eq!(fold("Rec\u{327}ak"), fold("Re\u{e7}ak"));
    }

    #[test]
    fn compatibility_forms_and_invisible_characters_vanish() {
        assert_eq!(fold("ＫＦＯＲ so\u{ad}ft İ"), "kfor soft i");
    }
}
