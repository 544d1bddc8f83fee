//! Where a word begins and ends.
//!
//! The rules differ from Unicode's word boundaries in what a question box needs: possessives go,
//! contractions stay whole, compounds fall apart, and digits stay with the marks that group them.

use std::str::Chars;

use footnote_knowledge::text::numbers;

/// Prefixes that make one word with what follows the hyphen; alone they would be noise.
const PREFIXES: [&str; 4] = ["de", "re", "co", "pre"];

/// The bytes that a word takes up with the blank behind it, about.
const AVERAGE_WORD: usize = 6;

/// Splits folded text into words.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut words = Vec::with_capacity(text.len() / AVERAGE_WORD);
    let mut word = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match classify(character, &word, &characters) {
            Class::Part => word.push(character),
            Class::Joint => {}
            Class::Possessive => _ = characters.next(),
            Class::Break => finish(&mut word, &mut words),
        }
    }
    finish(&mut word, &mut words);
    words
}

enum Class {
    /// Belongs to the word.
    Part,
    /// Dropped, and the word goes on.
    Joint,
    /// Dropped together with the s behind it.
    Possessive,
    /// Ends the word.
    Break,
}

/// `rest` is what comes behind the character.
fn classify(character: char, word: &str, rest: &Chars<'_>) -> Class {
    if character.is_alphanumeric() {
        return Class::Part;
    }
    let goes_on = !word.is_empty() && peek(rest, 0).is_some_and(char::is_alphanumeric);
    if !goes_on {
        return Class::Break;
    }
    match character {
        '\'' if is_lone_s(rest) => Class::Possessive,
        '\'' => Class::Joint,
        mark if numbers::continues(word, mark, rest) => Class::Part,
        '.' if is_initial(word, rest) => Class::Joint,
        '-' | '\u{2010}' | '\u{2011}' if PREFIXES.contains(&word) => Class::Joint,
        _ => Class::Break,
    }
}

fn peek(rest: &Chars<'_>, distance: usize) -> Option<char> {
    rest.clone().nth(distance)
}

fn is_lone_s(rest: &Chars<'_>) -> bool {
    peek(rest, 0) == Some('s') && !peek(rest, 1).is_some_and(char::is_alphanumeric)
}

/// Inside an acronym each dot has a single letter on both sides, as in u.s. and u.n.m.i.k.
fn is_initial(word: &str, rest: &Chars<'_>) -> bool {
    let single_letter_follows =
        peek(rest, 0).is_some_and(char::is_alphabetic) && !peek(rest, 1).is_some_and(char::is_alphanumeric);
    word.chars().count() <= 4 && word.chars().all(char::is_alphabetic) && single_letter_follows
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        // Cloned, so that each word takes up what it needs and the buffer need not grow again.
        words.push(word.clone());
        word.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_end_where_a_reader_ends_them() {
        assert_eq!(split("kosovo's (north)"), ["kosovo", "north"]);
        assert_eq!(split("don't they"), ["dont", "they"]);
        assert_eq!(split("euro-atlantic, co-operate"), ["euro", "atlantic", "cooperate"]);
        assert_eq!(split("u.s. and u.n.m.i.k."), ["us", "and", "unmik"]);
        assert_eq!(split("50,000 in 12.06.1999, ok."), ["50,000", "in", "12.06.1999", "ok"]);
        assert_eq!(split("1 200 000 of 1999 500"), ["1 200 000", "of", "1999", "500"]);
        assert_eq!(split("end.Next 🤔 -- '"), ["end", "Next"]);
    }
}
