//! What is valid in a knowledge base but works badly: questions and phrasings that the search
//! cannot tell apart, that miss their own entry, repeat another, or add nothing.
//!
//! It stands above search because the best test of a phrasing is to ask it.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use crate::calibration;
use crate::searcher::Searcher;
use crate::tuning::Tuning;
use footnote_knowledge::diagnostic::{Diagnostic, Diagnostics};
use footnote_knowledge::text::counted;
use footnote_knowledge::toml_file::Located;
use footnote_knowledge::{Entry, KnowledgeBase};

/// With fewer phrasings, an entry is found only by people who think like its curator.
const FEWEST_PHRASINGS: usize = 5;

/// From this confidence on, another entry is so likely that a phrasing misleads.
const LIKELY: f32 = 0.7;

/// How many phrasings each of two entries has to take from the other to be confused with it. One
/// may be an odd one out.
const FEWEST_TAKEN: usize = 3;

/// Of all ways to ask two entries, one in so many has to be taken by the other one. On the shipped
/// base nine in ten pairs of related entries take fewer than one in five.
const ONE_TAKEN_IN: usize = 2;

/// Errors and warnings on a base that could be loaded.
#[must_use]
pub fn lint(base: &KnowledgeBase, searcher: &Searcher) -> Diagnostics {
    let mut linter = Linter { base, searcher, diagnostics: Vec::new() };
    linter.find_equal_questions();
    linter.find_wordless_synonyms();
    for entry in &base.entries {
        linter.count_phrasings(entry);
        linter.find_wordless(entry);
        linter.compare_phrasings(entry);
    }
    linter.find_shared_phrasings();
    for number in 0..base.entries.len() {
        linter.find_unnamed_claims(number);
        linter.ask_phrasings(number);
    }
    Diagnostics::from(linter.diagnostics)
}

/// Pairs of entries that take each other's phrasings where these are left out: members will find
/// the one for the other. Trains several models, so it takes longer than [`lint`].
#[must_use]
pub fn confusions(base: &KnowledgeBase) -> Diagnostics {
    let mut taken: HashMap<(usize, usize), usize> = HashMap::new();
    for pair in calibration::found_without(base, &Tuning::default()) {
        *taken.entry(pair).or_default() += 1;
    }
    let ways = |entry: usize| base.entries[entry].phrasings.len() + 1;
    let mut warnings: Vec<(usize, usize, Diagnostic)> = Vec::new();
    for (&(one, other), &there) in taken.iter().filter(|((one, other), _)| one < other) {
        let back = taken.get(&(other, one)).copied().unwrap_or(0);
        let is_mutual = there >= FEWEST_TAKEN && back >= FEWEST_TAKEN;
        if is_mutual && (there + back) * ONE_TAKEN_IN >= ways(one) + ways(other) {
            let (first, second) = (&base.entries[one], &base.entries[other]);
            let message = format!(
                "`{}` and `{}` are taken for each other: \
                 left out, {} of the one and {} of the other find the wrong one",
                first.id,
                second.id,
                counted(there, "phrasing"),
                back
            );
            let help = "join them, or use words in each that the other does not have";
            warnings.push((one, other, Diagnostic::warning(second.at.clone(), message).help(help)));
        }
    }
    warnings.sort_by_key(|(one, other, _)| (*one, *other));
    Diagnostics::from(warnings.into_iter().map(|(_, _, warning)| warning).collect::<Vec<_>>())
}

struct Linter<'a> {
    base: &'a KnowledgeBase,
    searcher: &'a Searcher,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Linter<'a> {
    fn warn(&mut self, phrasing: &Located<String>, message: String, help: String) {
        self.diagnostics.push(Diagnostic::warning(phrasing.at.clone(), message).help(help));
    }

    /// Of two entries with one question, the second is never found by it.
    fn find_equal_questions(&mut self) {
        let mut owner: HashMap<Vec<String>, &Entry> = HashMap::new();
        for entry in &self.base.entries {
            let words = self.searcher.words(&entry.question);
            if words.is_empty() {
                let message = format!("the question of `{}` has no word", entry.id);
                self.diagnostics
                    .push(Diagnostic::warning(entry.at.clone(), message).help("write it as a member would"));
                continue;
            }
            match owner.entry(words) {
                Slot::Vacant(slot) => _ = slot.insert(entry),
                Slot::Occupied(first) => {
                    let first = first.get();
                    let message = format!("`{}` and `{}` ask the same: `{}`", first.id, entry.id, first.question);
                    let help =
                        format!("say in the question what tells `{}` from `{}`, or join them", entry.id, first.id);
                    self.diagnostics.push(Diagnostic::error(entry.at.clone(), message).help(help));
                }
            }
        }
    }

    /// A synonym without a word is never read in a question.
    fn find_wordless_synonyms(&mut self) {
        let synonyms = &self.base.synonyms;
        let of_groups = synonyms.groups.iter().flatten();
        let of_shorthand = synonyms.shorthand.iter().flat_map(|(short, long)| [short, long]);
        let folder = self.base.entries.first().and_then(|entry| entry.at.file.path.parent());
        let path = folder.unwrap_or_else(|| "".as_ref()).join("synonyms.toml");
        for synonym in of_groups.chain(of_shorthand).chain(&synonyms.keep) {
            if self.searcher.words(synonym).is_empty() {
                let message = format!("the synonym `{synonym}` has no word");
                let warning = Diagnostic::warning_in(path.clone(), message);
                self.diagnostics.push(warning.help("write it as a member would, or remove it"));
            }
        }
    }

    fn find_wordless(&mut self, entry: &Entry) {
        for phrasing in entry.phrasings.iter().filter(|phrasing| self.searcher.words(&phrasing.value).is_empty()) {
            let message = "this phrasing has no word".to_owned();
            self.warn(phrasing, message, "write it as a member would, or remove it".to_owned());
        }
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
        for phrasing in self.phrasings_with_words(entry) {
            if let Some(other) = seen.insert(self.searcher.significant_words(&phrasing.value), &phrasing.value) {
                let message = format!("this phrasing differs from `{other}` only in stop words");
                self.warn(phrasing, message, "replace it with one in other words, or remove it".to_owned());
            }
        }
    }

    /// Of two entries with one phrasing, the second is never found by it. If the two differ in stop
    /// words alone, little tells the entries apart.
    fn find_shared_phrasings(&mut self) {
        let mut by_words: HashMap<Vec<String>, &str> = HashMap::new();
        let mut by_terms: HashMap<Vec<String>, (&str, &str)> = HashMap::new();
        for entry in &self.base.entries {
            by_words.entry(self.searcher.words(&entry.question)).or_insert(&entry.id);
            let terms = self.searcher.significant_words(&entry.question);
            by_terms.entry(terms).or_insert((&entry.id, &entry.question));
        }
        for entry in &self.base.entries {
            for phrasing in self.phrasings_with_words(entry) {
                let text = &phrasing.value;
                let same = *by_words.entry(self.searcher.words(text)).or_insert(&entry.id);
                let terms = self.searcher.significant_words(text);
                let (similar, other) = *by_terms.entry(terms).or_insert((&entry.id, text));
                if same != entry.id {
                    let help = "keep it only in the entry that answers it better";
                    self.warn(phrasing, format!("`{same}` has this phrasing too"), help.to_owned());
                } else if similar != entry.id {
                    let theirs = format!("`{other}` of `{similar}`");
                    let message = format!("this phrasing differs from {theirs} only in stop words");
                    let help = format!("use words that set `{}` apart, or remove this phrasing", entry.id);
                    self.warn(phrasing, message, help);
                }
            }
        }
    }

    /// Who asks a claim without naming whose it is wants to know what is so, and one side's word
    /// alone is no answer to that.
    fn find_unnamed_claims(&mut self, number: usize) {
        let entry = &self.base.entries[number];
        let Some(by) = entry.standing.claimed_by() else { return };
        let help = format!(
            "name {by} or the text, \
             or move it to an entry that also gives what others say"
        );
        if self.searcher.leaves_claimant_open(number, &entry.question) {
            let message = format!("the question of `{}` does not name whose claim it is", entry.id);
            self.diagnostics.push(Diagnostic::warning(entry.at.clone(), message).help(help.clone()));
        }
        let message = "this phrasing of a claim does not name whose claim it is".to_owned();
        for phrasing in self.phrasings_with_words(entry) {
            if self.searcher.leaves_claimant_open(number, &phrasing.value) {
                self.warn(phrasing, message.clone(), help.clone());
            }
        }
    }

    /// A phrasing that by its terms leads to another entry takes members there who ask nearly the
    /// same.
    fn ask_phrasings(&mut self, number: usize) {
        let entry = &self.base.entries[number];
        for phrasing in self.phrasings_with_words(entry) {
            let message = match self.searcher.best_by_terms(&phrasing.value) {
                None => "this phrasing finds nothing".to_owned(),
                Some(hit) if hit.entry == number || hit.confidence < LIKELY => continue,
                Some(hit) => format!("this phrasing finds `{}` first", self.base.entries[hit.entry].id),
            };
            let help = format!("use words that set `{}` apart, or remove this phrasing", entry.id);
            self.warn(phrasing, message, help);
        }
    }

    fn phrasings_with_words(&self, entry: &'a Entry) -> Vec<&'a Located<String>> {
        entry.phrasings.iter().filter(|phrasing| !self.searcher.words(&phrasing.value).is_empty()).collect()
    }
}
