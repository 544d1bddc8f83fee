//! Where a word begins and ends, and what it is that a reader would call one word.
//!
//! A word keeps the symbols that make it another word (c++, c#, .net), a run of symbols alone is a
//! word (&&, :=), and so is a version or an address (2.4.1). What a reader may write as one word or
//! as several (e-mail, lastUsedColor, lua54) is read in its parts, and the joined form is kept
//! beside them as a [`Compound`]. Capitals are evidence: ID is not "I'd", and R is not "are".
//! Scripts without blanks are read in pairs of characters.

mod chunk;
mod parts;
mod shape;
mod spaceless;
mod symbols;

use std::ops::Range;

use footnote_knowledge::text::fold::{fold, write_out_words};
use unicode_normalization::char::is_combining_mark;

use chunk::chunk_length;
use parts::Parts;
pub use shape::Shape;
use shape::{is_prefixed_number, shape};
use spaceless::{Spaceless, is_spaceless, spaceless_script};
use symbols::{OPERATORS, emoticon_length, operator};

/// A word as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The folded word.
    pub(super) text: String,
    pub(super) shape: Shape,
    /// Whether it stands in capitals where the text does not.
    pub(super) is_capital: bool,
    /// Whether it begins with a capital inside a sentence.
    pub(super) is_name: bool,
}

/// Words that can also be written as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compound {
    /// Which tokens they are.
    pub(super) tokens: Range<usize>,
    /// The one word, folded.
    pub(super) joined: String,
}

/// The words of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    /// The compounds among them, in their order; none overlaps another.
    pub(super) compounds: Vec<Compound>,
}

/// Reads the words of a text.
pub(super) fn tokenize(text: &str) -> Tokens {
    let text = &*write_out_words(text);
    let is_shouted = !text.chars().any(char::is_lowercase);
    // Words have about five letters and a blank.
    let read = Tokens { tokens: Vec::with_capacity(text.len() / 5 + 1), compounds: Vec::new() };
    let mut reader = Reader { rest: text, read, is_shouted, is_sentence_start: true, before: ' ' };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.read
}

struct Reader<'t> {
    rest: &'t str,
    read: Tokens,
    is_shouted: bool,
    is_sentence_start: bool,
    /// The character before the rest.
    before: char,
}

impl<'t> Reader<'t> {
    fn step(&mut self) {
        let Some(first) = self.rest.chars().next() else { return };
        if first == ' ' {
            self.advance(1);
            return;
        }
        if is_spaceless(first) {
            return self.spaceless_run();
        }
        if first.is_alphanumeric() {
            let plain = plain_word_length(self.rest);
            return if plain > 0 { self.plain_word(plain) } else { self.chunk("") };
        }
        let at_boundary = !self.before.is_alphanumeric();
        if at_boundary && let Some(length) = emoticon_length(self.rest) {
            self.advance(length);
            return;
        }
        let run = self.rest.len() - self.rest.trim_start_matches(|c| OPERATORS.contains(c)).len();
        if run == 0 {
            if matches!(first, '\n') {
                self.is_sentence_start = true;
            }
            self.advance(first.len_utf8());
            return;
        }
        self.symbols(run, at_boundary);
    }

    fn advance(&mut self, bytes: usize) -> &'t str {
        let (read, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        if let Some(last) = read.chars().next_back() {
            self.before = last;
        }
        read
    }

    /// A run of symbols: a word of its own, the beginning of one (.net), or punctuation.
    fn symbols(&mut self, length: usize, at_boundary: bool) {
        let run = &self.rest[..length];
        let next = self.rest[length..].chars().next();
        let is_attached = next.is_some_and(char::is_alphanumeric);
        if at_boundary && run == "." && next.is_some_and(char::is_alphabetic) {
            self.advance(length);
            return self.chunk(".");
        }
        let is_flag = at_boundary && matches!(run, "-" | "--") && next.is_some_and(char::is_alphabetic);
        if !is_flag && let Some(word) = operator(run, at_boundary && !is_attached) {
            let text = word.to_owned();
            self.push(Token { text, shape: Shape::Symbols, is_capital: false, is_name: false });
        }
        if run.ends_with(['.', '!', '?', ':']) {
            self.is_sentence_start = true;
        }
        self.advance(length);
    }

    fn push(&mut self, token: Token) {
        self.read.tokens.push(token);
        self.is_sentence_start = false;
    }

    /// Characters of a script without blanks.
    fn spaceless_run(&mut self) {
        let first = self.rest.chars().next().unwrap_or(' ');
        let script = spaceless_script(first);
        let goes_on = |c: char| is_combining_mark(c) || c == 'ー' || spaceless_script(c) == script;
        let end = self.rest.find(|c: char| !goes_on(c)).unwrap_or(self.rest.len());
        let run = fold(self.advance(end));
        let characters: Vec<char> = run.chars().collect();
        let word = |text: String, shape| Token { text, shape, is_capital: false, is_name: false };
        if script == Some(Spaceless::Katakana) || characters.len() < 2 {
            // Japanese writes foreign words and names in katakana, one run a word.
            return self.push(word(run, Shape::Letters));
        }
        for pair in characters.windows(2) {
            self.push(word(pair.iter().collect(), Shape::Pair));
        }
    }

    /// A word that is nothing but letters from a to z, as most are.
    fn plain_word(&mut self, length: usize) {
        let word = self.advance(length);
        let (is_capital, is_name) = self.capitals(word, self.is_sentence_start);
        self.push(Token { text: word.to_ascii_lowercase(), shape: Shape::Letters, is_capital, is_name });
    }

    /// Everything up to the next break, with the marks that may stand inside a word.
    fn chunk(&mut self, prefix: &str) {
        let is_sentence_start = self.is_sentence_start;
        let chunk = self.advance(chunk_length(self.rest));
        let mut parts = Parts::of(chunk);
        if let Some(symbols) = self.attached_symbols(chunk) {
            parts.append(symbols);
        }
        if !prefix.is_empty() {
            parts.prepend(prefix);
        }
        let start = self.read.tokens.len();
        for part in &parts.words {
            let folded = fold(part);
            for text in folded_words(&folded) {
                let token = self.token(part, text, is_sentence_start);
                self.read.tokens.extend(token);
            }
            self.is_sentence_start = false;
        }
        let tokens = start..self.read.tokens.len();
        if parts.is_compound && !tokens.is_empty() {
            let joined = fold(&parts.words.concat()).replace(['\'', ' '], "");
            let is_alone = tokens.len() == 1 && self.read.tokens[start].text == joined;
            if !is_alone {
                self.read.compounds.push(Compound { tokens, joined });
            }
        }
    }

    /// The symbols behind a word that make it another one: c++, c#.
    fn attached_symbols(&mut self, chunk: &str) -> Option<&'t str> {
        if !chunk.ends_with(char::is_alphabetic) {
            return None;
        }
        let length = ["++", "#", "+"].iter().find(|symbols| self.rest.starts_with(**symbols)).map(|s| s.len())?;
        let next = self.rest[length..].chars().next();
        let is_end = next.is_none_or(|c| !c.is_alphanumeric() && !"+#".contains(c));
        is_end.then(|| self.advance(length))
    }

    fn token(&self, part: &str, text: &str, is_sentence_start: bool) -> Option<Token> {
        let text = text.trim_matches('\'').to_owned();
        if text.is_empty() {
            return None;
        }
        let shape = shape(&text);
        let text = if shape == Shape::Version || is_prefixed_number(&text) {
            text.trim_start_matches('v').to_owned()
        } else {
            text
        };
        let shape = if text.starts_with(|c: char| c.is_ascii_digit()) && shape == Shape::Letters {
            Shape::Digits
        } else {
            shape
        };
        let (is_capital, is_name) = self.capitals(part, is_sentence_start);
        Some(Token { text, shape, is_capital, is_name })
    }

    /// Whether a word stands in capitals where the text does not, and whether it begins with one
    /// inside a sentence.
    fn capitals(&self, part: &str, is_sentence_start: bool) -> (bool, bool) {
        let has_lower = part.chars().any(char::is_lowercase);
        let has_upper = part.chars().any(char::is_uppercase);
        let is_pronoun = matches!(part, "I" | "A");
        let is_capital = has_upper && !has_lower && !self.is_shouted && !is_pronoun;
        let begins_upper = part.chars().next().is_some_and(char::is_uppercase);
        let is_name = begins_upper && !self.is_shouted && !is_pronoun && !is_sentence_start;
        (is_capital, is_name)
    }
}

/// The bytes of a plain word at the beginning of a text: letters from a to z, in one case but for
/// the first, before anything that can be no part of it; 0 if there is none.
fn plain_word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let length = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let rest = bytes.get(1..length).unwrap_or_default();
    let is_in_one_case = rest.iter().all(u8::is_ascii_lowercase) || bytes[..length].iter().all(u8::is_ascii_uppercase);
    let ends = match bytes.get(length) {
        None => true,
        Some(b'+' | b'#') => false,
        Some(b'\'' | b'`' | b'-' | b'_' | b'.') => bytes.get(length + 1).is_none_or(|next| is_ascii_break(*next)),
        Some(next) => is_ascii_break(*next),
    };
    if is_in_one_case && ends { length } else { 0 }
}

fn is_ascii_break(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}

/// Folding may take a word apart: 10³ is 10 and 3, and ⅓ is 1 and 3. A blank between digits groups
/// them.
fn folded_words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(['^', '⁄']).map(str::trim).flat_map(|word| {
        let groups_digits = word.split(' ').all(|group| group.starts_with(|c: char| c.is_ascii_digit()));
        let blank = if groups_digits { '\u{0}' } else { ' ' };
        word.split(blank).filter(|word| !word.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn read(text: &str) -> Vec<String> {
        tokenize(text).tokens.into_iter().map(|token| token.text).collect()
    }

    pub(super) fn joined(text: &str) -> Vec<String> {
        tokenize(text).compounds.into_iter().map(|compound| compound.joined).collect()
    }

    #[test]
    fn no_word_has_a_blank() {
        assert_eq!(read("h½t"), ["h", "0.5t"]);
        assert_eq!(read("ﷻ").len(), 2);
    }

    #[test]
    fn words_end_where_a_reader_ends_them() {
        assert_eq!(read("kosovo's (north)"), ["kosovo", "north"]);
        assert_eq!(read("don't they"), ["dont", "they"]);
        assert_eq!(read("euro-atlantic, co-operate"), ["euro", "atlantic", "cooperate"]);
        assert_eq!(read("u.s. and u.n.m.i.k."), ["us", "and", "unmik"]);
        assert_eq!(read("50,000 in 12.06.1999, ok."), ["50,000", "in", "12.06.1999", "ok"]);
        assert_eq!(read("1 200 000 of 1999 500"), ["1 200 000", "of", "1999", "500"]);
        assert_eq!(read("end.Next 🤔 -- '"), ["end", "next"]);
    }

    #[test]
    fn symbols_that_make_another_word_stay_with_it() {
        assert_eq!(read("C, C++, C# or F#?"), ["c", "c++", "c#", "or", "f#"]);
        assert_eq!(read("Notepad++ and .NET"), ["notepad++", "and", ".net"]);
        assert_eq!(read("#general is 18+ a+b"), ["general", "is", "18", "a", "b"]);
    }

    #[test]
    fn capitals_are_evidence_unless_all_is_in_capitals() {
        let capitals = |text: &str| -> Vec<String> {
            tokenize(text).tokens.into_iter().filter(|token| token.is_capital).map(|token| token.text).collect()
        };
        assert_eq!(capitals("what is my ID in R"), ["id", "r"]);
        assert_eq!(capitals("Send a GET request, I said"), ["get"]);
        assert!(capitals("WHAT IS MY ID").is_empty());
        let names: Vec<String> = tokenize("Does it work with Berlin? Ask there")
            .tokens
            .into_iter()
            .filter(|t| t.is_name)
            .map(|t| t.text)
            .collect();
        assert_eq!(names, ["berlin"]);
    }
}
