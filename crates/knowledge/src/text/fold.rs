//! Folding: after it, Thaçi is thaci and Milošević is milosevic.
//!
//! People type names without their diacritics, and documents spell one name in several ways. Both
//! search and the check of names against documents compare folded text.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::quotes::is_apostrophe;

/// Lower case, every kind of apostrophe as ', compatibility-decomposed ([Unicode Standard Annex
/// #15](https://www.unicode.org/reports/tr15/), NFKD) and without combining marks. Letters that
/// have no decomposition but a usual plain spelling get that (đ as d, ß as ss).
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() && !text.contains('`') {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    let mut takes_marks = false;
    let mut has_marks = false;
    for character in spell_out(text).nfkd() {
        if is_invisible(character) {
            continue;
        }
        if is_combining_mark(character) {
            if takes_marks {
                folded.push(character);
                has_marks = true;
            }
            continue;
        }
        takes_marks = character.is_alphabetic() && !is_european(character);
        for lower in character.to_lowercase() {
            push_plain(lower, &mut folded);
        }
    }
    if has_marks { folded.nfc().collect() } else { folded }
}

/// Writes out characters that stand for several words, which folding would put into one: h½ is
/// h 0.5, and ﷺ is four words.
#[must_use]
pub fn write_out_words(text: &str) -> Cow<'_, str> {
    let is_several = |character: char| is_fraction(character) || matches!(character, '\u{fdfa}' | '\u{fdfb}');
    if text.is_ascii() || !text.contains(is_several) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            fraction if is_fraction(fraction) => push_fraction(fraction, &mut written),
            words if is_several(words) => written.extend(words.nfkd()),
            other => written.push(other),
        }
    }
    Cow::Owned(written)
}

/// Latin, Greek and Cyrillic, in which a mark alters a letter that people also type without it. In
/// other scripts a mark makes another letter or a vowel: バ is not ハ
/// ([Unicode blocks](https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt)).
fn is_european(letter: char) -> bool {
    matches!(letter,
        '\u{41}'..='\u{52f}'
        | '\u{1c80}'..='\u{1c8f}'
        | '\u{1d00}'..='\u{1fff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a640}'..='\u{a69f}'
        | '\u{a720}'..='\u{a7ff}')
}

/// Replaces what decomposition would misread: it would turn ´ into a space with an accent, 5½
/// into 51⁄2 and 10³ into 103.
fn spell_out(text: &str) -> Cow<'_, str> {
    if !text.contains(|character| is_apostrophe(character) || is_superscript(character) || is_fraction(character)) {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len());
    for character in text.chars() {
        if is_apostrophe(character) {
            spelled.push('\'');
        } else if is_fraction(character) {
            push_fraction(character, &mut spelled);
        } else {
            if is_superscript(character) && !spelled.ends_with(is_superscript) {
                spelled.push('^');
            }
            spelled.push(character);
        }
    }
    Cow::Owned(spelled)
}

/// 5½ is 5.5, and ½ by itself is 0.5. Decimals of three digits would look like thousands, and
/// those of ⅓ never end.
fn push_fraction(fraction: char, spelled: &mut String) {
    let decimals = match fraction {
        '¼' => ".25",
        '½' => ".5",
        '¾' => ".75",
        other => return spelled.extend([' ', other]),
    };
    if !spelled.ends_with(|character: char| character.is_ascii_digit()) {
        spelled.push_str(" 0");
    }
    spelled.push_str(decimals);
}

fn is_superscript(character: char) -> bool {
    matches!(character, '¹' | '²' | '³' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}

fn is_fraction(character: char) -> bool {
    matches!(character, '¼' | '½' | '¾' | '\u{2150}'..='\u{215f}' | '\u{2189}')
}

/// Soft hyphens, joiners and direction marks: copied text contains them, and they separate
/// nothing.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn push_plain(character: char, folded: &mut String) {
    match character {
        // It can come from the decomposition of another letter, such as ŉ.
        'ʼ' => folded.push('\''),
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
    use super::{fold, write_out_words};

    #[test]
    fn names_lose_their_diacritics() {
        assert_eq!(fold("Thaçi Milošević Buçpapaj Đinđić Łódź Straße"), "thaci milosevic bucpapaj dindic lodz strasse");
    }

    #[test]
    fn what_stands_for_several_words_is_written_out() {
        assert_eq!(write_out_words("h½t 5½ m"), "h 0.5t 5.5 m");
        assert_eq!(write_out_words("ﷻ").split(' ').count(), 2);
        assert_eq!(write_out_words("Thaçi"), "Thaçi");
    }

    #[test]
    fn composed_and_decomposed_spellings_are_one() {
        assert_eq!(fold("Rec\u{327}ak"), fold("Re\u{e7}ak"));
    }

    #[test]
    fn decomposition_puts_no_space_into_words_and_no_digits_into_numbers() {
        assert_eq!(fold("don´t donʼt don’t"), "don't don't don't");
        assert_eq!(fold("5½ 10²³ H₂O 5⅓"), "5.5 10^23 h2o 5 1⁄3");
    }

    #[test]
    fn apostrophes_of_every_kind_are_one() {
        assert_eq!(fold("don’t don‘t don´t donʼt don‛t don′t ŉ"), "don't don't don't don't don't don't 'n");
        assert_eq!(fold("DON`T"), "don't");
    }

    #[test]
    fn compatibility_forms_and_invisible_characters_vanish() {
        assert_eq!(fold("ＫＦＯＲ so\u{ad}ft İ"), "kfor soft i");
    }
}
