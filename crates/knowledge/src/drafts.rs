//! Files that curators only have to complete or copy from: a topic file made of unanswered
//! questions, of which only the answers and citations are missing, and one of phrasings.
//!
//! A curator who has to copy each question into the base by hand writes fewer answers. The draft
//! takes plain data and returns text, so both Discord and the command line can offer it.

use std::collections::{BTreeMap, HashSet};
use std::fmt::{Display, Write};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::kebab_case;
use crate::text::plain::on_one_line;
use crate::{KnowledgeBase, MAX_QUESTION_CHARS};

/// The bytes reserved for the lines at the top.
const MAX_HEAD: usize = 1024;

/// Tells curators what to do.
const HEAD: &str = "\
# Unanswered questions, the most asked first. Fill in the answers that your sources give, with their
# citations. Remove the other entries, and put this file into the knowledge folder. The format is in
# docs/KNOWLEDGE.md.
";

/// What a draft needs to know about an unanswered question.
#[derive(Debug, Clone)]
pub struct Unanswered<'a, T> {
    /// A name made of letters and digits that no other question has.
    pub name: &'a str,
    /// How it was asked, the most frequent wording first.
    pub wordings: &'a [String],
    /// How often it was asked.
    pub asked: u64,
    /// When it was last asked.
    pub last_asked: T,
}

/// As much of an entry as a question alone can give.
#[derive(Serialize)]
struct Draft {
    id: String,
    question: String,
    phrasings: Vec<String>,
    answer: &'static str,
    standing: &'static str,
    citations: [&'static str; 0],
}

/// The file, at most `max_bytes` long, with as many of the questions as fit. `total` is the
/// number of all questions; the file says how many are left out. No id in it occurs in the base.
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
        let note = "more did not fit: mark these as done to see them.";
        // Writing to a String cannot fail.
        let _ = writeln!(head, "# {left_out} {note}");
    }
    head + "title = \"Questions from members\"\n"
}

/// `None` if nothing of the question is visible.
fn entry<T: Display>(asked: &Unanswered<'_, T>, base: &KnowledgeBase, given: &mut HashSet<String>) -> Option<String> {
    let mut wordings: Vec<String> = asked.wordings.iter().map(|wording| on_one_line(wording)).collect();
    wordings.retain(|wording| !wording.is_empty());
    let first = wordings.first()?;
    let question = shortened(first);
    // If the question had to be cut off, its full text is still among the phrasings.
    let is_whole = question == *first;
    let phrasings = wordings.split_off(usize::from(is_whole));
    let id = free_id(&question, asked.name, base, given);
    let draft = Draft { id, question, phrasings, answer: "", standing: "reported", citations: [] };
    let table = toml::to_string_pretty(&draft).ok()?;
    Some(format!("\n# asked: {}, last: {}\n[[entry]]\n{table}", asked.asked, asked.last_asked))
}

/// The question, cut off between graphemes if it is longer than an entry's question may be.
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

/// Tells curators what to do with phrasings.
const PHRASINGS_HEAD: &str = "\
# Questions for which members chose an entry, or which it only just answered, by the entry's id.
# Copy those that ask the same into the entry's `phrasings`, and reject the others in /suggestions.
";

/// A question for which members chose an entry, or which that entry only just answered.
#[derive(Debug, Clone, Copy)]
pub struct ChosenFor<'a> {
    /// The question as a member typed it.
    pub question: &'a str,
    /// The id of the entry.
    pub entry: &'a str,
    /// How often it was chosen.
    pub chosen: u64,
    /// How often it only just answered.
    pub narrow: u64,
}

/// The questions as phrasings of the entries that the base has, in TOML: a table for each entry.
#[must_use]
pub fn phrasings_file<'a>(chosen: impl IntoIterator<Item = ChosenFor<'a>>, base: &KnowledgeBase) -> String {
    let mut by_entry: BTreeMap<&str, Vec<ChosenFor<'_>>> = BTreeMap::new();
    for one in chosen.into_iter().filter(|one| base.entry(one.entry).is_some()) {
        by_entry.entry(one.entry).or_default().push(one);
    }
    let mut file = PHRASINGS_HEAD.to_owned();
    for (entry, questions) in by_entry {
        // Writing to a String cannot fail.
        let _ = write!(file, "\n[{entry}]\nphrasings = [\n");
        for ChosenFor { question, chosen, narrow, .. } in questions {
            let phrasing = toml::Value::from(on_one_line(question));
            let _ = writeln!(file, "  {phrasing}, # chosen: {chosen}, only just answered: {narrow}");
        }
        file.push_str("]\n");
    }
    file
}

/// An id for a new entry, made from the words of its question, that no entry of the base has.
#[must_use]
pub fn id_for(question: &str, base: &KnowledgeBase) -> String {
    free_id(question, "1", base, &mut HashSet::new())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Topic;

    fn file(wordings: &[&[&str]], max_bytes: usize) -> String {
        let base = KnowledgeBase::from_entries(
            Topic { id: "t".into(), title: "T".into(), summary: None, group: None },
            vec![],
        );
        let wordings: Vec<Vec<String>> =
            wordings.iter().map(|wordings| wordings.iter().map(|&wording| wording.to_owned()).collect()).collect();
        let question = |wordings| Unanswered { name: "a1", wordings, asked: 2, last_asked: "2025-03-01" };
        topic_file(wordings.iter().map(|wordings| question(wordings)), wordings.len() as u64, &base, max_bytes)
    }

    #[test]
    fn a_draft_lacks_only_the_answer_and_the_citations() {
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
    fn invisible_characters_are_left_out_and_ids_differ() {
        let file = file(&[&["\u{202e}"], &["Where?"], &["where!"], &["Ποῦ;"], &["…"]], 4096);
        let ids: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("id = ")).collect();
        assert_eq!(ids, ["\"where\"", "\"where-2\"", "\"pou\"", "\"question-a1\""]);
    }

    #[test]
    fn questions_that_do_not_fit_are_counted() {
        let file = file(&[&["Where?"], &["When?"]], MAX_HEAD + 150);
        assert!(file.contains("# 1 more did not fit"), "{file}");
    }

    #[test]
    fn a_question_is_cut_off_between_graphemes_and_stays_whole_among_the_phrasings() {
        let long = "e\u{301}".repeat(MAX_QUESTION_CHARS);
        let file = file(&[&[&long]], 4096);
        let cut = "e\u{301}".repeat((MAX_QUESTION_CHARS - 1) / 2);
        assert!(file.contains(&format!("question = \"{cut}…\"\nphrasings = [\"{long}\"]")), "{file}");
    }
}
