//! Question sets: JSON lines, in one of two forms.
//!
//! `{"q": "…", "entry": "kfor-deployed"}` names the right entry, a list of several, or `null` where
//! the base has no answer. The other form says what a right answer is like, so that a set outlives
//! a renamed entry: `{"q", "kind", "all", "none", "sources"}`.

use std::path::Path;

use fancy_regex::{Regex, RegexBuilder};
use serde::Deserialize;
use serde_json::Value;

use crate::json_lines::{self, Fault, Labelled, SetError};
use footnote_knowledge::{Entry, KnowledgeBase};

const HELP: &str = "write {\"q\": \"…\", \"entry\": \"id\", [\"id\", …] or null}, \
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
    /// Each of these entries is an answer.
    Entries(Vec<String>),
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
            Expectation::Entries(ids) => ids.contains(&entry.id),
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
/// [`SetError`] that names the file and every bad line; a set without a question is one too.
pub fn read(path: &Path, base: &KnowledgeBase) -> Result<Vec<Question>, SetError> {
    let questions = json_lines::read(path, "question set", HELP, |line| parse(line, base))?;
    Ok(questions.into_iter().map(|question| question.value).collect())
}

fn parse(line: &str, base: &KnowledgeBase) -> Result<Question, Fault> {
    let invalid = |error: serde_json::Error| Fault::from_json(&error, HELP);
    let object: Value = serde_json::from_str(line).map_err(invalid)?;
    if object.get("entry").is_some() {
        let Labelled { q, entry } = serde_json::from_value(object).map_err(invalid)?;
        return Ok(Question { text: q, expectation: by_entry(entry, base)? });
    }
    let set: ByAnswer = serde_json::from_value(object).map_err(invalid)?;
    Ok(Question { expectation: by_answer(&set, base)?, text: set.q })
}

fn by_entry(entry: Value, base: &KnowledgeBase) -> Result<Expectation, Fault> {
    let ids = match entry {
        Value::Null => return Ok(Expectation::None),
        Value::String(id) => vec![id],
        several => serde_json::from_value::<Vec<String>>(several)
            .ok()
            .filter(|ids| !ids.is_empty())
            .ok_or_else(|| Fault::new("`entry` is neither an id, nor a list of ids, nor null", HELP))?,
    };
    match ids.iter().find(|id| base.entry(id).is_none()) {
        Some(id) => Err(Fault::new(format!("no entry has the id `{id}`"), "name one of the base, or null")),
        None => Ok(Expectation::Entries(ids)),
    }
}

fn by_answer(set: &ByAnswer, base: &KnowledgeBase) -> Result<Expectation, Fault> {
    if set.kind == Kind::Unanswerable {
        return Ok(Expectation::None);
    }
    if set.all.is_empty() && set.sources.is_empty() {
        return Err(Fault::new("any answer would be right", "give `all` or `sources`"));
    }
    let is_known = |id: &&String| base.sources.iter().any(|source| source.id == **id);
    if let Some(id) = set.sources.iter().find(|id| !is_known(id)) {
        return Err(Fault::new(format!("no source has the id `{id}`"), "name one of the base"));
    }
    let compile = |patterns: &[String]| -> Result<Vec<Regex>, Fault> {
        patterns.iter().map(|pattern| case_insensitive(pattern)).collect()
    };
    Ok(Expectation::Answer { all: compile(&set.all)?, none: compile(&set.none)?, sources: set.sources.clone() })
}

fn case_insensitive(pattern: &str) -> Result<Regex, Fault> {
    let compiled = RegexBuilder::new(pattern).case_insensitive(true).build();
    compiled.map_err(|error| Fault::new(format!("`{pattern}` is not a regular expression"), error.to_string()))
}
