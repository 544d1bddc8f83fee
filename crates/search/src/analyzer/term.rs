//! What the analyzer yields: the words of a text, and the terms that they come to.

use std::ops::Range;
use std::sync::Arc;

pub use super::tokenizer::Shape;
use super::tokenizer::Token;

/// A word of a text, folded, before it is reduced to its lemma.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The folded word, or a number's digits without separators.
    pub text: String,
    /// How likely this word was meant, above 0 to 1: 1 as typed, less where spelling was corrected.
    pub likelihood: f32,
    /// What it is made of.
    pub shape: Shape,
    /// Whether it stands in capitals where the text does not: ID, GET, R.
    pub is_capital: bool,
    /// Whether it begins with a capital inside a sentence.
    pub is_name: bool,
}

impl Word {
    /// A word of letters, as typed.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), likelihood: 1.0, shape: Shape::Letters, is_capital: false, is_name: false }
    }

    pub(super) fn new(text: String, token: &Token) -> Self {
        let Token { shape, is_capital, is_name, .. } = *token;
        Self { text, likelihood: 1.0, shape, is_capital, is_name }
    }
}

/// Words that can also be written as one: e-mail, lastUsedColor, lua54.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compound {
    /// The places of the words.
    pub words: Range<usize>,
    /// The one word, folded: email.
    pub joined: Box<str>,
}

/// A text as the analyzer reads it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The words, compounds in their parts.
    pub words: Vec<Word>,
    /// The compounds among them, in their order; none overlaps another.
    pub compounds: Vec<Compound>,
}

/// What a term tells about a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// What the question is about.
    Content,
    /// What kind of answer it wants (who, when, how many) or whether it is turned around (not,
    /// before): evidence between entries on the same subject, but nothing that an entry has to
    /// explain.
    Cue,
}

/// What is indexed and looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The lemma, or the name of a synonym group.
    pub text: Arc<str>,
    /// Its part in a question.
    pub kind: TermKind,
    /// The lowest likelihood of the words it comes from, above 0 to 1.
    pub likelihood: f32,
    /// The places of the words that it comes from.
    pub words: Range<usize>,
}
