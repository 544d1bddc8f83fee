//! The texts of a base as documents, for engines that know nothing about entries.
//!
//! There are two ways to divide a base, and it depends on the base which is better. So each
//! engine is measured with both. The engines get everything that Footnote indexes, except texts
//! that make them worse.

use std::borrow::Cow;

use footnote_knowledge::{Entry, KnowledgeBase};

/// A text to be found, and its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document<'a> {
    /// The index of the entry in the base.
    pub(crate) entry: usize,
    pub(crate) text: Cow<'a, str>,
}

/// A document for each question, each other phrasing and each entry's keywords. The entry with
/// the best document is the best entry.
///
/// Answers are left out: as additional documents they made every engine worse at recognizing
/// questions without an answer, and helped none to find more.
pub(crate) fn by_phrasing(base: &KnowledgeBase) -> Vec<Document<'_>> {
    let of_entry = |(number, entry)| texts(entry).map(move |text| Document { entry: number, text });
    base.entries.iter().enumerate().flat_map(of_entry).collect()
}

/// A document for each entry: its question, other phrasings, keywords and answer, one after the
/// other.
pub(crate) fn by_entry(base: &KnowledgeBase) -> Vec<Document<'_>> {
    let whole = |entry: &Entry| {
        let keywords = entry.keywords.iter().map(String::as_str);
        let texts: Vec<&str> = phrasings(entry).chain(keywords).chain([entry.answer.value.as_str()]).collect();
        Cow::Owned(texts.join("\n"))
    };
    base.entries.iter().map(whole).enumerate().map(|(entry, text)| Document { entry, text }).collect()
}

/// The phrasings one by one, then all keywords.
fn texts(entry: &Entry) -> impl Iterator<Item = Cow<'_, str>> {
    let keywords = entry.keywords.join(" ");
    phrasings(entry).map(Cow::Borrowed).chain((!keywords.is_empty()).then_some(Cow::Owned(keywords)))
}

fn phrasings(entry: &Entry) -> impl Iterator<Item = &str> {
    let others = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
    std::iter::once(entry.question.as_str()).chain(others)
}
