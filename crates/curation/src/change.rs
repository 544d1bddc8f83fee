//! What can be changed in a base, as data: a change waits for approval in a database, and stays in
//! the record of changes.
//!
//! ```
//! use footnote_curation::Change;
//!
//! let change = Change::add_phrasing("ferry-price", "what does\nit cost");
//! let stored = r#"{"kind":"add_phrasing","entry":"ferry-price","phrasing":"what does it cost"}"#;
//! assert_eq!(serde_json::to_string(&change)?, stored);
//! assert_eq!(change.title(), "Add a phrasing to `ferry-price`");
//! # Ok::<(), serde_json::Error>(())
//! ```

use footnote_knowledge::text::plain::on_one_line;
use footnote_knowledge::{Citation, Entry, Standing};
use serde::{Deserialize, Serialize};

/// One change to a base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Another way to ask an entry's question.
    AddPhrasing {
        /// The entry's id.
        entry: String,
        /// One line.
        phrasing: String,
    },
    /// A phrasing that the entry shall no longer have.
    WithdrawPhrasing {
        /// The entry's id.
        entry: String,
        /// The phrasing, exactly as the entry has it.
        phrasing: String,
    },
    /// A new entry.
    AddEntry {
        /// The name of the topic's file without `.toml`; kebab-case if the topic is new.
        topic: String,
        /// What members call the topic. Only a new topic needs it, and only a new one gets it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The entry; boxed, because it is much larger than the other changes.
        new: Box<NewEntry>,
    },
    /// Another question, answer, standing or other citations for an entry.
    EditEntry {
        /// The entry's id.
        entry: String,
        /// What is to be different.
        edit: Box<Edit>,
    },
}

/// An entry that the base does not have yet. `docs/KNOWLEDGE.md` describes its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEntry {
    /// Kebab-case, unique in the whole base.
    pub id: String,
    /// The full question.
    pub question: String,
    /// Other ways to ask it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phrasings: Vec<String>,
    /// The answer in Discord's Markdown.
    pub answer: String,
    /// How well the sources support the answer.
    pub standing: Standing,
    /// For a claim: the id of the disputed entry that tells it beside what others say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side_of: Option<String>,
    /// Up to when the answer is known to be true: `2025`, `2025-03` or `2025-03-27`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The paragraphs that support the answer.
    pub citations: Vec<NewCitation>,
}

/// What is to be different about an entry. What is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Another question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Another answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Another standing. An entry that is no claim any more is no side of a dispute either.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Another date up to which the answer is known to be true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Other citations, instead of all that there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citations: Option<Vec<NewCitation>>,
}

/// A place in a source that supports an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCitation {
    /// The source's id.
    pub source: String,
    /// The paragraph's number, from 1 on; without it, the source is cited as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// The part of the source's page, instead of a paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The address of the very page, if it is not the source's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Phrases of one to eight words from the paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

impl NewCitation {
    /// Cites a paragraph of a source.
    #[must_use]
    pub fn of_paragraph(source: impl Into<String>, paragraph: u32, evidence: Vec<String>) -> Self {
        Self { source: source.into(), paragraph: Some(paragraph), anchor: None, url: None, evidence }
    }
}

impl Change {
    /// Adds a phrasing, put on one line and without invisible characters.
    #[must_use]
    pub fn add_phrasing(entry: impl Into<String>, phrasing: &str) -> Self {
        Self::AddPhrasing { entry: entry.into(), phrasing: on_one_line(phrasing) }
    }

    /// Withdraws a phrasing.
    #[must_use]
    pub fn withdraw_phrasing(entry: impl Into<String>, phrasing: impl Into<String>) -> Self {
        Self::WithdrawPhrasing { entry: entry.into(), phrasing: phrasing.into() }
    }

    /// Adds an entry to a topic that the base has.
    #[must_use]
    pub fn add_entry(topic: impl Into<String>, new: NewEntry) -> Self {
        Self::AddEntry { topic: topic.into(), title: None, new: Box::new(new) }
    }

    /// Adds the first entry of a new topic.
    #[must_use]
    pub fn add_topic(topic: impl Into<String>, title: impl Into<String>, new: NewEntry) -> Self {
        Self::AddEntry { topic: topic.into(), title: Some(title.into()), new: Box::new(new) }
    }

    /// Edits an entry.
    #[must_use]
    pub fn edit_entry(entry: impl Into<String>, edit: Edit) -> Self {
        Self::EditEntry { entry: entry.into(), edit: Box::new(edit) }
    }

    /// The id of the entry that is changed or new.
    #[must_use]
    pub fn entry(&self) -> &str {
        match self {
            Self::AddPhrasing { entry, .. } | Self::WithdrawPhrasing { entry, .. } | Self::EditEntry { entry, .. } => {
                entry
            }
            Self::AddEntry { new, .. } => &new.id,
        }
    }

    /// The change in one line, as it is in the title of a commit.
    #[must_use]
    pub fn title(&self) -> String {
        let entry = on_one_line(self.entry());
        match self {
            Self::AddPhrasing { .. } => format!("Add a phrasing to `{entry}`"),
            Self::WithdrawPhrasing { .. } => format!("Withdraw a phrasing of `{entry}`"),
            Self::AddEntry { topic, .. } => format!("Add the entry `{entry}` to {}", on_one_line(topic)),
            Self::EditEntry { edit, .. } => format!("Edit {} of `{entry}`", edit.parts().join(", ")),
        }
    }
}

impl Edit {
    /// Whether nothing is to be different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What an edited entry differs in from the entry: what is the same is `None`. So a form may
    /// hand over all of its fields, and only what was changed gets into the file.
    #[must_use]
    pub fn only_what_differs(mut self, entry: &Entry) -> Self {
        let as_of = entry.as_of.map(|date| date.to_string());
        let citations: Vec<NewCitation> = entry.citations.iter().map(NewCitation::from).collect();
        self.question.take_if(|question| *question == entry.question);
        self.answer.take_if(|answer| *answer == entry.answer.value);
        self.standing.take_if(|standing| *standing == entry.standing);
        self.as_of.take_if(|date| Some(&*date) == as_of.as_ref());
        self.citations.take_if(|edited| *edited == citations);
        self
    }

    fn parts(&self) -> Vec<&'static str> {
        let parts = [
            (self.question.is_some(), "the question"),
            (self.answer.is_some(), "the answer"),
            (self.standing.is_some(), "the standing"),
            (self.as_of.is_some(), "the date"),
            (self.citations.is_some(), "the citations"),
        ];
        parts.into_iter().filter(|(is_edited, _)| *is_edited).map(|(_, part)| part).collect()
    }
}

impl From<&Citation> for NewCitation {
    fn from(citation: &Citation) -> Self {
        let evidence = citation.evidence.iter().map(|phrase| phrase.value.clone()).collect();
        let (anchor, url) = (citation.anchor.clone(), citation.url.clone());
        Self { source: citation.source.id.clone(), paragraph: citation.paragraph, anchor, url, evidence }
    }
}
