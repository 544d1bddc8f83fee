//! How far a word goes: which marks may stand inside of one.

use unicode_normalization::char::is_combining_mark;

use super::spaceless::is_spaceless;

/// The bytes of a word with the marks inside it.
pub(super) fn chunk_length(text: &str) -> usize {
    let mut length = 0;
    let mut characters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((place, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let goes_on = next.is_some_and(|next| next.is_alphanumeric() && !is_spaceless(next));
        let is_part = match character {
            c if is_spaceless(c) => false,
            c if c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c) => true,
            '\'' | '’' | '‘' | '´' | '`' | 'ʼ' | '＇' | '-' | '\u{2010}' | '\u{2011}' | '_' => goes_on,
            '.' => goes_on && is_inner_dot(&text[..place], &text[place + 1..]),
            ',' => goes_on && before.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit()),
            ' ' | '\u{a0}' => goes_on && groups_thousands(&text[..place], &text[place + character.len_utf8()..]),
            _ => false,
        };
        if !is_part {
            return length;
        }
        length = place + character.len_utf8();
        before = character;
    }
    length
}

/// A dot inside a number, an acronym, a file's or a host's name; not one that ends a sentence and
/// lacks its blank.
fn is_inner_dot(before: &str, after: &str) -> bool {
    let last = before.chars().next_back().unwrap_or(' ');
    let next = after.chars().next().unwrap_or(' ');
    if last.is_ascii_digit() && next.is_ascii_digit() {
        return true;
    }
    let is_single = !after.chars().nth(1).is_some_and(char::is_alphanumeric);
    let last_part = before.rsplit(['.', ' ', '-', '_']).next().unwrap_or("");
    if last_part.chars().count() == 1 && is_single {
        return true;
    }
    last.is_lowercase() && next.is_lowercase()
        || last.is_alphabetic() && last.is_uppercase() && next.is_uppercase() && !is_single
        || last.is_ascii_digit() && next.is_lowercase()
        || (last.is_lowercase() && next.is_ascii_digit())
}

/// A blank stands between groups of three digits, as in 50 000. That may be two amounts, as in 100
/// 200, but those nearly always have a word or another mark between them, and real figures have any
/// digits in their groups: 13 517, 848 100.
fn groups_thousands(before: &str, after: &str) -> bool {
    let start = before.rfind(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '\u{a0}')).map_or(0, |place| place + 1);
    let Some(number) = before.get(start..).map(str::trim) else { return false };
    let is_whole = start == 0;
    let is_group_before = number.len() <= 3 || number.contains([' ', '\u{a0}']);
    let begins = number.bytes().next().is_some_and(|byte| byte != b'0');
    is_whole && is_group_before && begins && after.chars().take(4).take_while(char::is_ascii_digit).count() == 3
}

/// What comes along with copied text and separates nothing: soft hyphens, joiners, direction marks.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
