//! What is valid in a knowledge base but works badly: phrasings that miss their own entry, repeat
//! another, or add nothing.
//!
//! It stands above search because the best test of a phrasing is to ask it.

use std::collections::HashMap;

use crate::searcher::Searcher;
use footnote_knowledge::diagnostic::{Diagnostic, Diagnostics};
use footnote_knowledge::text::counted;
use footnote_knowledge::toml_file::Located;
use footnote_knowledge::{Entry, KnowledgeBase};

/// With fewer phrasings, an entry is found only by people who think like its curator.
const FEWEST_PHRASINGS: usize = 5;

/// Warnings on a valid base.
#[must_use]
pub fn lint(base: &KnowledgeBase, searcher: &Searcher) -> Diagnostics {
    let mut linter = Linter { base, searcher, diagnostics: Vec::new() };
    for entry in &base.entries {
        linter.count_phrasings(entry);
        linter.compare_phrasings(entry);
    }
    linter.find_shared_phrasings();
    for number in 0..base.entries.len() {
        linter.ask_phrasings(number);
    }
    Diagnostics::from(linter.diagnostics)
}

struct Linter<'a> {
    base: &'a KnowledgeBase,
    searcher: &'a Searcher,
    diagnostics: Vec<Diagnostic>,
}

impl Linter<'_> {
    fn warn(&mut self, phrasing: &Located<String>, message: String, help: String) {
        self.diagnostics.push(Diagnostic::warning(phrasing.at.clone(), message).help(help));
    }

    fn count_phrasings(&mut self, entry: &Entry) {
        let count = entry.phrasings.len();
        if count < FEWEST_PHRASINGS {
            let message = format!("`{}` has {}", entry.id, counted(count, "phrasing"));
            let help = format!(
                "write at least {FEWEST_PHRASINGS}, \
                 each with words that the others do not have"
            );
            self.diagnostics.push(Diagnostic::warning(entry.at.clone(), message).help(help));
        }
    }

    /// Two phrasings of an entry with the same words, but for those that are dropped, are one.
    fn compare_phrasings(&mut self, entry: &Entry) {
        let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
        seen.insert(self.searcher.significant_words(&entry.question), &entry.question);
        for phrasing in &entry.phrasings {
            if let Some(other) = seen.insert(self.searcher.significant_words(&phrasing.value), &phrasing.value) {
                let message = format!("this phrasing differs from `{other}` only in stop words");
                self.warn(phrasing, message, "replace it with one in other words, or remove it".to_owned());
            }
        }
    }

    fn find_shared_phrasings(&mut self) {
        let mut owner: HashMap<String, &str> = HashMap::new();
        let mut shared = Vec::new();
        for entry in &self.base.entries {
            owner.entry(self.searcher.normalized(&entry.question)).or_insert(&entry.id);
        }
        for entry in &self.base.entries {
            for phrasing in &entry.phrasings {
                let first = owner.entry(self.searcher.normalized(&phrasing.value)).or_insert(&entry.id);
                if *first != entry.id {
                    shared.push((phrasing, (*first).to_owned()));
                }
            }
        }
        for (phrasing, other) in shared {
            let message = format!("`{other}` has this phrasing too");
            self.warn(phrasing, message, "keep it only in the entry that answers it better".to_owned());
        }
    }

    fn ask_phrasings(&mut self, number: usize) {
        let entry = &self.base.entries[number];
        for phrasing in &entry.phrasings {
            let first = self.searcher.best_by_terms(&phrasing.value).map(|hit| hit.entry);
            if first == Some(number) {
                continue;
            }
            let message = match first {
                Some(other) => format!("this phrasing finds `{}` first", self.base.entries[other].id),
                None => "this phrasing finds nothing".to_owned(),
            };
            let help = format!("use words that set `{}` apart, or remove this phrasing", entry.id);
            self.warn(phrasing, message, help);
        }
    }
}
