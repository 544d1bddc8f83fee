//! Unanswered questions as a topic file in which only the answers and their citations are missing.
//!
//! A curator who has to copy each question into the base by hand writes fewer answers. The draft is
//! plain data in and text out, so Discord and the command line can both hand it out.

use std::collections::HashSet;
use std::fmt::{Display, Write};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::fold::fold;
use crate::text::plain::on_one_line;
use crate::{KnowledgeBase, MAX_QUESTION_CHARS};

/// Bytes reserved for the lines at the beginning.
const MAX_HEAD: usize = 1024;

/// What a curator has to do.
const HEAD: &str = "\
# Unanswered questions, the most asked first. Write the answers that the documents have, with their
# citations, remove the other entries, and put the file into the knowledge folder.
# docs/KNOWLEDGE.md explains the keys.
";

/// The longest id, in bytes, made of a question's words.
const MAX_ID: usize = 40;

/// An unanswered question, as far as a draft needs it.
#[derive(Debug, Clone)]
pub struct Unanswered<'a, T> {
    /// A name for it that no other question has, of letters and digits.
    pub name: &'a str,
    /// How it was asked, the most frequent wording first.
    pub wordings: &'a [String],
    /// How often it was asked.
    pub asked: u64,
    /// When it was last asked.
    pub last_asked: T,
}

/// An entry, as far as a question alone tells it.
#[derive(Serialize)]
struct Draft {
    id: String,
    question: String,
    phrasings: Vec<String>,
    answer: &'static str,
    standing: &'static str,
    citations: [&'static str; 0],
}

/// The file, of at most `max_bytes`, with as many of the questions as there is room for. `total` is
/// how many questions there are in all; the file says how many are left out. No id in it is one of
/// the base.
pub fn topic_file<'a, T: Display>(
    questions: impl IntoIterator<Item = Unanswered<'a, T>>,
    total: u64,
    base: &KnowledgeBase,
    max_bytes: usize,
) -> String {
    let mut given = HashSet::new();
    let mut entries = String::new();
    let mut written: u64 = 0;
    for question in questions {
        let Some(entry) = entry(&question, base, &mut given) else { continue };
        if MAX_HEAD + entries.len() + entry.len() > max_bytes {
            break;
        }
        entries.push_str(&entry);
        written += 1;
    }
    head(total.saturating_sub(written)) + &entries
}

fn head(left_out: u64) -> String {
    let mut head = HEAD.to_owned();
    if left_out > 0 {
        // Writing to a String cannot fail.
        let _ = writeln!(head, "# {left_out} more have no room here: mark these as done to see them.");
    }
    head + "title = \"Questions from members\"\n"
}

/// `None` if nothing of the question is visible.
fn entry<T: Display>(asked: &Unanswered<'_, T>, base: &KnowledgeBase, given: &mut HashSet<String>) -> Option<String> {
    let mut wordings: Vec<String> = asked.wordings.iter().map(|wording| on_one_line(wording)).collect();
    wordings.retain(|wording| !wording.is_empty());
    let first = wordings.first()?;
    let question = shortened(first);
    // A question that had to be cut off is still whole among the phrasings.
    let is_whole = question == *first;
    let phrasings = wordings.split_off(usize::from(is_whole));
    let id = free_id(&question, asked.name, base, given);
    let draft = Draft { id, question, phrasings, answer: "", standing: "reported", citations: [] };
    let table = toml::to_string_pretty(&draft).ok()?;
    Some(format!("\n# asked: {}, last: {}\n[[entry]]\n{table}", asked.asked, asked.last_asked))
}

/// The question, cut off between graphemes where it is longer than an entry's may be.
fn shortened(question: &str) -> String {
    if question.chars().count() <= MAX_QUESTION_CHARS {
        return question.to_owned();
    }
    let mut kept = 0;
    let fits = |grapheme: &&str| {
        kept += grapheme.chars().count();
        kept < MAX_QUESTION_CHARS
    };
    question.graphemes(true).take_while(fits).chain(["…"]).collect()
}

/// An id that nothing else has.
fn free_id(question: &str, name: &str, base: &KnowledgeBase, given: &mut HashSet<String>) -> String {
    let mut id = kebab_case(question);
    if id.is_empty() {
        id = format!("question-{name}");
    }
    let numbered = (2..).map(|number: u32| format!("{id}-{number}"));
    let mut candidates = std::iter::once(id.clone()).chain(numbered);
    let free = candidates.find(|id| base.entry(id).is_none() && !given.contains(id)).unwrap_or(id);
    given.insert(free.clone());
    free
}

/// The words in letters that an id may have, as many as there is room for; empty if there are none.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Topic;

    fn file(wordings: &[&[&str]], max_bytes: usize) -> String {
        let base = KnowledgeBase::from_entries(Topic { id: "t".into(), title: "T".into(), summary: None }, vec![]);
        let wordings: Vec<Vec<String>> =
            wordings.iter().map(|wordings| wordings.iter().map(|&wording| wording.to_owned()).collect()).collect();
        let question = |wordings| Unanswered { name: "a1", wordings, asked: 2, last_asked: "2025-03-01" };
        topic_file(wordings.iter().map(|wordings| question(wordings)), wordings.len() as u64, &base, max_bytes)
    }

    #[test]
    fn a_draft_lacks_the_answer_and_the_citations_alone() {
        let expected = "\
title = \"Questions from members\"

# asked: 2, last: 2025-03-01
[[entry]]
id = \"wheres-the-ferry\"
question = \"Where's the ferry?\"
phrasings = [\"where is it\"]
answer = \"\"
standing = \"reported\"
citations = []
";
        assert_eq!(file(&[&["Where's \u{202e}the\nferry?", "where is it"]], 4096), HEAD.to_owned() + expected);
    }

    #[test]
    fn what_cannot_be_seen_is_left_out_and_ids_differ() {
        let file = file(&[&["\u{202e}"], &["Where?"], &["where!"], &["Ποῦ;"]], 4096);
        let ids: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("id = ")).collect();
        assert_eq!(ids, ["\"where\"", "\"where-2\"", "\"question-a1\""]);
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let file = file(&[&["Where?"], &["When?"]], MAX_HEAD + 150);
        assert!(file.contains("# 1 more have no room here"), "{file}");
    }

    #[test]
    fn a_question_is_cut_off_between_graphemes_and_stays_whole_among_the_phrasings() {
        let long = "e\u{301}".repeat(MAX_QUESTION_CHARS);
        let file = file(&[&[&long]], 4096);
        let cut = "e\u{301}".repeat((MAX_QUESTION_CHARS - 1) / 2);
        assert!(file.contains(&format!("question = \"{cut}…\"\nphrasings = [\"{long}\"]")), "{file}");
    }
}
