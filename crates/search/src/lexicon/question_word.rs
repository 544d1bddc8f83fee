//! A word of a question, looked up: from here on nobody compares strings.

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
    },
}
