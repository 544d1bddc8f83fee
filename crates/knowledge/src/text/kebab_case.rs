//! Ids made of text: what a new entry, source or topic is called unless somebody names it.

use deunicode::deunicode_char;
use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

/// About the longest id made from a text, in bytes: longer ones are a burden to write in `related`.
const MAX_ID: usize = 40;

/// A text's words in the letters that an id may have, as many as fit; empty if there are none.
/// Letters of other scripts are spelled in Latin ones, so that the id can be read.
///
/// ```
/// use footnote_knowledge::text::kebab_case;
///
/// assert_eq!(kebab_case("Where's the café?"), "wheres-the-cafe");
/// assert_eq!(kebab_case("Где библиотека?"), "gde-biblioteka");
/// ```
#[must_use]
pub fn kebab_case(text: &str) -> String {
    let folded = fold(&in_latin_letters(text)).replace('\'', "");
    let mut id = String::new();
    for word in folded.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !id.is_empty() && id.len() + 1 + word.len() > MAX_ID {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(word.chars().take(MAX_ID));
    }
    id
}

/// Whether a text has only the letters of an id, as [`kebab_case`] has them.
#[must_use]
pub fn is_kebab_case(text: &str) -> bool {
    text.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// The text with the letters that folding leaves outside of ASCII in others that it does not. Signs
/// stay, because an emoji would become words.
fn in_latin_letters(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for character in text.chars() {
        let is_mark = is_combining_mark(character);
        let is_folded = || {
            let folded = fold(character.encode_utf8(&mut [0; 4]));
            !folded.is_empty() && folded.is_ascii()
        };
        if character.is_ascii() || !(is_mark || character.is_alphanumeric()) || (!is_mark && is_folded()) {
            spelled.push(character);
        } else {
            spelled.push_str(deunicode_char(character).unwrap_or_default());
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_script_make_an_id() {
        for (text, id) in [
            ("Ποῦ εἶναι η βιβλιοθήκη;", "pou-einai-e-bibliotheke"),
            ("Чей это чайник?", "chei-eto-chainik"),
            ("Kako do knjižnice, đaci?", "kako-do-knjiznice-daci"),
            ("e\u{301}tude nai\u{308}ve", "etude-naive"),
            ("图书馆在哪里？", "tu-shu-guan-zai-na-li"),
            ("أين المكتبة؟", "yn-lmktb"),
            ("도서관은 어디에 있나요?", "doseogwaneun-eodie-issnayo"),
            ("पुस्तकालय कहाँ है", "pustkaaly-khaan-hai"),
            ("🦄 is here ½", "is-here-0-5"),
            ("???", ""),
        ] {
            assert_eq!(kebab_case(text), id, "{text}");
            assert!(id.is_empty() || is_kebab_case(id), "{id}");
        }
    }
}
