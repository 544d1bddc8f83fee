//! A word of a question, looked up: from here on nobody compares strings.

use std::sync::Arc;

use crate::analyzer::{Word, key_of, stem};
use crate::english::EnglishId;
use crate::ids::WordId;

/// A word of a text, as the base knows it.
#[derive(Debug)]
pub(crate) enum QuestionWord {
    /// A word of the base.
    Known(WordId),
    /// Any other word.
    Unknown {
        /// The word, folded.
        text: Box<str>,
        /// Its stem.
        stem: Box<str>,
        /// Its key.
        key: Arc<str>,
        /// Where it stands in the table of English, if it does.
        english: Option<EnglishId>,
    },
}

impl QuestionWord {
    /// A word that the base does not have.
    pub(crate) fn unknown(word: &Word, english: Option<EnglishId>) -> Self {
        let text = word.text.as_str();
        Self::Unknown { text: text.into(), stem: stem(text).into(), key: key_of(word, english).into(), english }
    }
}
