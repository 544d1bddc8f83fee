//! The form of a word under which it is indexed.
//!
//! Forms that differ by inflection alone share a key: locks, locked and locking are lock. Which do,
//! the table of English says; where it does not have a word (a name, another language), the word is
//! stemmed if it is written in Latin letters, and stays as it is otherwise.

use std::borrow::Cow;

use super::stem::{american_spelling, stem};
use super::term::{Shape, Word};
use crate::english::{English, EnglishId};

/// The key of a word.
pub(crate) fn key(word: &Word) -> Box<str> {
    key_of(word, English::shared().find(&word.text))
}

/// The key of a word, given where it stands in the table of English.
pub(crate) fn key_of(word: &Word, english: Option<EnglishId>) -> Box<str> {
    if word.shape == Shape::Letters { lemma_key_of(&word.text, english) } else { word.text.as_str().into() }
}

/// The key of a folded word.
pub(crate) fn lemma_key(word: &str) -> Box<str> {
    lemma_key_of(word, English::shared().find(word))
}

fn lemma_key_of(word: &str, found: Option<EnglishId>) -> Box<str> {
    let english = English::shared();
    if let Some(id) = found.or_else(|| find_american(word)) {
        let lemma = english.lemma(id);
        return english.word(lemma).into();
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.into();
    }
    let is_latin = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_latin && word.len() > 3 { stem(word).into() } else { word.into() }
}

/// The word in its American spelling, if that is another one.
fn find_american(word: &str) -> Option<EnglishId> {
    match american_spelling(word) {
        Cow::Owned(american) => English::shared().find(&american),
        Cow::Borrowed(_) => None,
    }
}
