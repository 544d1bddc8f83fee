//! Question sets: JSON lines, in one of two forms.
//!
//! `{"q": "…", "entry": "kfor-deployed"}` names the right entry, or `null` where the base has no
//! answer. The other form says what a right answer is like, so that a set outlives a renamed entry:
//! `{"q", "kind", "all", "none", "sources"}`.

use std::path::Path;

use fancy_regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::json_lines::{self, Labelled, SetError};
use footnote_knowledge::{Entry, KnowledgeBase};

const HELP: &str = "write {\"q\": \"…\", \"entry\": \"id\" or null}, \
                    or {\"q\", \"kind\", \"all\", \"none\", \"sources\"}";

/// A question with what is expected of its answer.
#[derive(Debug)]
pub struct Question {
    /// What is asked.
    pub text: String,
    expectation: Expectation,
}

#[derive(Debug)]
enum Expectation {
    /// There is no answer.
    None,
    /// This entry is the answer.
    Entry(String),
    /// An answer like this is right.
    Answer { all: Vec<Regex>, none: Vec<Regex>, sources: Vec<String> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByAnswer {
    q: String,
    kind: Kind,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    sources: Vec<String>,
    /// A right answer in words, for whoever reads the set.
    #[serde(default, rename = "ref")]
    _reference: Option<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Answerable,
    Contested,
    Unanswerable,
}

impl Question {
    /// Whether the set says that there is an answer.
    #[must_use]
    pub fn has_answer(&self) -> bool {
        !matches!(self.expectation, Expectation::None)
    }

    /// Whether the entry answers the question rightly.
    #[must_use]
    pub fn is_answered_by(&self, entry: &Entry) -> bool {
        match &self.expectation {
            Expectation::None => false,
            Expectation::Entry(id) => *id == entry.id,
            Expectation::Answer { all, none, sources } => {
                // A pattern that gives up on a text has not matched it.
                let matches = |pattern: &Regex| pattern.is_match(&entry.answer.value).unwrap_or(false);
                let cites = |id: &String| entry.citations.iter().any(|citation| citation.source.id == *id);
                all.iter().all(matches)
                    && !none.iter().any(matches)
                    && (sources.is_empty() || sources.iter().any(cites))
            }
        }
    }
}

/// Reads a question set. Blank lines are passed over.
///
/// # Errors
///
/// [`SetError`] that names the file and the line.
pub fn read(path: &Path, base: &KnowledgeBase) -> Result<Vec<Question>, SetError> {
    let questions = json_lines::read(path, "question set", |line| parse(line, base))?;
    Ok(questions.into_iter().map(|question| question.value).collect())
}

fn parse(line: &str, base: &KnowledgeBase) -> Result<Question, String> {
    let invalid = |error: serde_json::Error| format!("{error}; {HELP}");
    let object: serde_json::Value = serde_json::from_str(line).map_err(invalid)?;
    if object.get("entry").is_some() {
        let Labelled { q, entry } = serde_json::from_value(object).map_err(invalid)?;
        return Ok(Question { text: q, expectation: by_entry(entry, base)? });
    }
    let set: ByAnswer = serde_json::from_value(object).map_err(invalid)?;
    Ok(Question { expectation: by_answer(&set, base)?, text: set.q })
}

fn by_entry(id: Option<String>, base: &KnowledgeBase) -> Result<Expectation, String> {
    match id {
        None => Ok(Expectation::None),
        Some(id) if base.entry(&id).is_some() => Ok(Expectation::Entry(id)),
        Some(id) => Err(format!("no entry has the id `{id}`: name one of the base, or null")),
    }
}

fn by_answer(set: &ByAnswer, base: &KnowledgeBase) -> Result<Expectation, String> {
    if set.kind == Kind::Unanswerable {
        return Ok(Expectation::None);
    }
    if set.all.is_empty() && set.sources.is_empty() {
        return Err("any answer would be right: give `all` or `sources`".to_owned());
    }
    let is_known = |id: &&String| base.sources.iter().any(|source| source.id == **id);
    if let Some(id) = set.sources.iter().find(|id| !is_known(id)) {
        return Err(format!("no source has the id `{id}`"));
    }
    let compile = |patterns: &[String]| -> Result<Vec<Regex>, String> {
        patterns.iter().map(|pattern| case_insensitive(pattern)).collect()
    };
    Ok(Expectation::Answer { all: compile(&set.all)?, none: compile(&set.none)?, sources: set.sources.clone() })
}

fn case_insensitive(pattern: &str) -> Result<Regex, String> {
    let compiled = RegexBuilder::new(pattern).case_insensitive(true).build();
    compiled.map_err(|error| format!("`{pattern}` is not a regular expression: {error}"))
}
