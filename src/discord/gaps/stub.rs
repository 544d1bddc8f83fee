//! Questions without an answer as a topic file, in which only the answers and their sources are
//! missing.

use std::collections::HashSet;
use std::fmt::Write;

use serde::Serialize;

use super::super::payload::MAX_FILE;
use super::super::text::{on_one_line, truncate};
use crate::journal::{GapGroup, GapPage};
use footnote_knowledge::text::fold::fold;
use footnote_knowledge::{KnowledgeBase, MAX_QUESTION_CHARS};

/// What is left for the lines at the beginning.
const MAX_HEAD: usize = 1024;

/// What a curator has to do.
const HEAD: &str = "\
# Questions without an answer, the most asked first. Write the answer and its citations where the documents have
# them, remove the other entries, and put the file into the knowledge folder: docs/KNOWLEDGE.md explains the keys.
";

/// The longest id, which is made of a question's words.
const MAX_ID: usize = 40;

/// An entry, as far as a question alone tells it.
#[derive(Serialize)]
struct Stub {
    id: String,
    question: String,
    phrasings: Vec<String>,
    answer: &'static str,
    standing: &'static str,
    citations: [&'static str; 0],
}

/// The file, with as many entries as there is room for. No id in it is one of the base.
pub(super) fn write(gaps: &GapPage, base: &KnowledgeBase) -> String {
    let mut ids = Ids { base, given: HashSet::new() };
    let mut entries = String::new();
    let mut written: u64 = 0;
    for group in &gaps.groups {
        let Some(entry) = entry(group, &mut ids) else { continue };
        if MAX_HEAD + entries.len() + entry.len() > MAX_FILE {
            break;
        }
        entries.push_str(&entry);
        written += 1;
    }
    head(gaps.total.saturating_sub(written)) + &entries
}

fn head(left_out: u64) -> String {
    let mut head = HEAD.to_owned();
    if left_out > 0 {
        // Writing to a String cannot fail.
        let _ = writeln!(head, "# {left_out} more have no room here; they come up when these are marked as done.");
    }
    head + "title = \"Questions from members\"\n"
}

/// `None` where nothing can be seen of the question.
fn entry(group: &GapGroup, ids: &mut Ids<'_>) -> Option<String> {
    let mut wordings: Vec<String> = group.wordings.iter().map(|wording| on_one_line(wording)).collect();
    wordings.retain(|wording| !wording.is_empty());
    let first = wordings.first()?;
    let question = truncate(first, MAX_QUESTION_CHARS).into_owned();
    // A question that had to be cut off is still whole among the phrasings.
    let is_whole = question == *first;
    let phrasings = wordings.split_off(usize::from(is_whole));
    let id = ids.give(&question, &group.group);
    let stub = Stub { id, question, phrasings, answer: "", standing: "reported", citations: [] };
    let table = toml::to_string_pretty(&stub).ok()?;
    Some(format!("\n# asked: {}, last: {}\n[[entry]]\n{table}", group.asked, group.last_seen))
}

/// Ids that nothing else has.
struct Ids<'a> {
    base: &'a KnowledgeBase,
    given: HashSet<String>,
}

impl Ids<'_> {
    fn give(&mut self, question: &str, group: &str) -> String {
        let mut id = kebab_case(question);
        if id.is_empty() {
            id = format!("question-{group}");
        }
        let numbered = (2..).map(|number: u32| format!("{id}-{number}"));
        let mut candidates = std::iter::once(id.clone()).chain(numbered);
        let free = candidates.find(|id| self.base.entry(id).is_none() && !self.given.contains(id));
        let free = free.unwrap_or(id);
        self.given.insert(free.clone());
        free
    }
}

/// The words in letters that an id may have, as many as there is room for; empty where there are
/// none.
fn kebab_case(question: &str) -> String {
    let folded = fold(question).replace('\'', "");
    let mut id = String::new();
    for word in folded.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !id.is_empty() && id.len() + 1 + word.len() > MAX_ID {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(word.chars().take(MAX_ID));
    }
    id
}
