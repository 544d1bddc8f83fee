//! What is read from any form, before it becomes an entry: a question with its answer, and what is
//! to be said about it.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

/// Where something was in the files that are imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// Its line, from 1 on; none if the form has no lines that a person would look for.
    pub line: Option<usize>,
    /// What is at this place: the question, or the name of a record.
    pub what: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if self.what.is_empty() { Ok(()) } else { write!(f, ": “{}”", self.what) }
    }
}

/// Something that is not the same in the base as it was in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where it was.
    pub place: Place,
    /// What happened to it and why, in one clause.
    pub text: String,
    /// Whether it did not become an entry.
    pub is_left_out: bool,
    /// Whether it is said once for all places where the same happened.
    is_common: bool,
}

impl Notice {
    /// Something that an entry does not have as it was.
    pub(crate) fn changed(place: &Place, text: impl Into<String>) -> Self {
        Self { place: place.clone(), text: text.into(), is_left_out: false, is_common: false }
    }

    /// Something that did not become an entry.
    pub(crate) fn left_out(place: &Place, text: impl Into<String>) -> Self {
        Self { is_left_out: true, ..Self::changed(place, text) }
    }

    /// Something that is not as it was in many entries alike. Its text names no place.
    pub(crate) fn common(place: &Place, text: impl Into<String>) -> Self {
        Self { is_common: true, ..Self::changed(place, text) }
    }

    /// What is common, once, at its first place and with how often it happened.
    pub(crate) fn each_kind_once(notices: Vec<Self>) -> Vec<Self> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for notice in notices.iter().filter(|notice| notice.is_common) {
            *counts.entry(notice.text.clone()).or_default() += 1;
        }
        let mut once = notices;
        once.retain_mut(|notice| {
            if !notice.is_common {
                return true;
            }
            let Some(count) = counts.remove(&notice.text) else { return false };
            if count > 1 {
                notice.text = format!("{} (the first of {count})", notice.text);
            }
            true
        });
        once
    }
}

/// A name by which an item refers to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name.
    pub name: String,
    /// What gets lost if no entry has this name, as a notice says it.
    pub lost: Option<String>,
}

impl From<String> for Reference {
    /// A name that also stands in the answer.
    fn from(name: String) -> Self {
        Self { name, lost: None }
    }
}

/// A question with its answer.
#[derive(Debug, Clone)]
pub struct Item {
    /// Where it was.
    pub place: Place,
    /// The name that it has there, if it has one.
    pub id: Option<String>,
    /// The question, of any length.
    pub question: String,
    /// Other ways to ask it.
    pub phrasings: Vec<String>,
    /// Words that belong to it.
    pub keywords: Vec<String>,
    /// The answer, of any length, in Discord's Markdown.
    pub answer: String,
    /// The address of a picture.
    pub image: Option<String>,
    /// Where the answer can be read.
    pub url: Option<String>,
    /// The title of the topic that it belongs to, if the form says so.
    pub topic: Option<String>,
    /// How other items refer to it: anchors, numbers.
    pub names: Vec<String>,
    /// Which items it refers to, by these names.
    pub refers_to: Vec<Reference>,
    /// Why it cannot become an entry, if its form shows that.
    pub unfit: Option<String>,
}

impl Item {
    /// An item that has nothing but a question and an answer.
    #[must_use]
    pub fn new(place: Place, question: String, answer: String) -> Self {
        Self {
            place,
            id: None,
            question,
            phrasings: Vec::new(),
            keywords: Vec::new(),
            answer,
            image: None,
            url: None,
            topic: None,
            names: Vec::new(),
            refers_to: Vec::new(),
            unfit: None,
        }
    }
}
