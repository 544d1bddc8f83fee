//! What the analyzer yields: the words of a text, and the terms that they come to.

/// A word of a text, folded, before it is stemmed.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The folded word, or a number's digits without separators.
    pub text: String,
    /// How likely this word was meant, above 0 to 1: 1 as typed, less where spelling was corrected.
    pub likelihood: f32,
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
    /// The stem, or the name of a synonym group.
    pub text: Box<str>,
    /// Its part in a question.
    pub kind: TermKind,
    /// The lowest likelihood of the words it comes from, above 0 to 1.
    pub likelihood: f32,
}
