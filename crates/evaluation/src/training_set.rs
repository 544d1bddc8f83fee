//! Training sets: labelled questions that become a knowledge base in memory.
//!
//! Public data on recognizing what a question asks for comes as questions with labels. A label is
//! an entry here and its questions are the entry's phrasings, so that the search can be measured on
//! such data as it stands.

use std::collections::HashMap;
use std::path::Path;

use crate::json_lines::{self, Fault, Labelled, SetError};
use footnote_knowledge::toml_file::Located;
use footnote_knowledge::{Entry, KnowledgeBase, Standing, Topic};

const KIND: &str = "training set";
const HELP: &str = "write {\"q\": \"…\", \"entry\": \"id\"}";

/// Makes a knowledge base from a file of JSON lines `{"q": "…", "entry": "label"}`. Blank lines are
/// passed over.
///
/// Each label is an entry, in the order in which they first appear. Its first question is the
/// entry's question, of any length, and the others are its phrasings in the order of the file.
/// Answers are empty; there are no keywords, citations, sources or synonyms: what the search knows
/// is what the set says. An entry's place is its first line.
///
/// # Errors
///
/// [`SetError`] that names the file and every bad line: each needs a question and a label that are
/// not blank, and there has to be one.
pub fn load(path: &Path) -> Result<KnowledgeBase, SetError> {
    let lines = json_lines::read(path, KIND, HELP, parse)?;
    let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let topic = Topic { title: id.clone(), id, summary: None, group: None };
    Ok(KnowledgeBase::from_entries(topic, entries(lines)))
}

struct LabelledQuestion {
    question: String,
    label: String,
}

fn parse(line: &str) -> Result<LabelledQuestion, Fault> {
    let labelled: Labelled<Option<String>> =
        serde_json::from_str(line).map_err(|error| Fault::from_json(&error, HELP))?;
    let Some(label) = labelled.entry else {
        let message = "`entry` is missing or null, \
                       and every question of a training set belongs to an entry";
        return Err(Fault::new(message, format!("{HELP}, or leave the line out")));
    };
    if label.trim().is_empty() {
        return Err(Fault::new("`entry` is blank", HELP));
    }
    if labelled.q.trim().is_empty() {
        return Err(Fault::new("`q` is blank", format!("{HELP}, or leave the line out")));
    }
    Ok(LabelledQuestion { question: labelled.q, label })
}

fn entries(lines: Vec<Located<LabelledQuestion>>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut index_of: HashMap<String, usize> = HashMap::new();
    for Located { value: LabelledQuestion { question, label }, at } in lines {
        if let Some(&index) = index_of.get(&label) {
            entries[index].phrasings.push(Located { value: question, at });
            continue;
        }
        index_of.insert(label.clone(), entries.len());
        entries.push(entry(label, Located { value: question, at }));
    }
    entries
}

fn entry(id: String, question: Located<String>) -> Entry {
    Entry {
        id,
        topic: 0,
        question: question.value,
        phrasings: Vec::new(),
        keywords: Vec::new(),
        answer: Located { value: String::new(), at: question.at.clone() },
        image: None,
        links: Vec::new(),
        standing: Standing::Reported,
        as_of: None,
        review_by: None,
        side_of: None,
        pinned: false,
        related: Vec::new(),
        citations: Vec::new(),
        at: question.at,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn labels_become_entries_in_order_of_first_appearance() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.jsonl");
        let lines = [("b 1", "b"), ("a 1", "a"), ("b 2", "b"), ("b 3", "b")];
        let text: Vec<String> =
            lines.iter().map(|(q, entry)| format!(r#"{{"q": "{q}", "entry": "{entry}"}}"#)).collect();
        fs::write(&path, text.join("\n\n")).unwrap();
        let base = load(&path).unwrap();
        let shape = |entry: &Entry| {
            let phrasings: Vec<String> =
                entry.phrasings.iter().map(|one| format!("{} (line {})", one.value, one.at.line())).collect();
            format!("{}: {} (line {}); {}", entry.id, entry.question, entry.at.line(), phrasings.join(", "))
        };
        let shapes: Vec<String> = base.entries.iter().map(shape).collect();
        assert_eq!(shapes, ["b: b 1 (line 1); b 2 (line 5), b 3 (line 7)", "a: a 1 (line 3); "]);
        assert_eq!(base.entry("a").map(|entry| entry.question.as_str()), Some("a 1"));
        assert!(base.entries.iter().all(|entry| base.topics[entry.topic].id == "bank"));
        assert!(base.entries.iter().all(|entry| entry.answer.value.is_empty() && entry.citations.is_empty()));
    }
}
