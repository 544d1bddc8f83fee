//! Finds what is valid and yet a slip: what a curator would change if they saw it.
//!
//! Everything here can be seen in the files alone. What shows only when the base is asked is found
//! by the search's own lint.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::text::comparable;
use crate::{Citation, Entry, KnowledgeBase, PartialDate};

/// The note of a source that an import has made. It is only the imported file: until a curator
/// names the documents that its answers rest on, readers see this.
pub const IMPORTED_NOTE: &str = "Imported. Nobody has written yet what these answers rest on.";

/// The longest phrasing that somebody would type, in characters.
const LONG_PHRASING: usize = 300;
/// The longest title that fits on two lines of a phone, in characters.
const LONG_TITLE: usize = 100;
/// How many choices Discord shows of an option ([choices][choice]).
///
/// [choice]: https://discord.com/developers/docs/interactions/application-commands
const MOST_PINNED: usize = 25;

/// Warnings on a base. `is_whole` says whether all of its files could be read: if not, nothing is
/// said to be missing. `today` is the date with which dates are compared.
#[must_use]
pub fn lint(base: &KnowledgeBase, is_whole: bool, today: PartialDate) -> Diagnostics {
    let mut linter = Linter { base, is_whole, today, found: Vec::new() };
    linter.look_at_titles();
    linter.count_pinned();
    linter.look_at_sources();
    for entry in &base.entries {
        linter.look_at_texts(entry);
        linter.look_at_answer(entry);
        linter.look_at_citations(entry);
    }
    Diagnostics::from(linter.found)
}

struct Linter<'a> {
    base: &'a KnowledgeBase,
    is_whole: bool,
    today: PartialDate,
    found: Vec<Diagnostic>,
}

impl Linter<'_> {
    fn warn(&mut self, at: &Location, message: String, help: &str) {
        self.found.push(Diagnostic::warning(at.clone(), message).help(help));
    }

    fn look_at_titles(&mut self) {
        let mut first: HashMap<String, usize> = HashMap::new();
        for (number, topic) in self.base.topics.iter().enumerate() {
            let Some(at) = self.base.entries.iter().find(|entry| entry.topic == number).map(|entry| entry.at.clone())
            else {
                continue;
            };
            let path = at.file.path.clone();
            let mut warn = |message: String, help: &str| {
                self.found.push(Diagnostic::warning_in(path.clone(), message).help(help));
            };
            let length = topic.title.chars().count();
            if length > LONG_TITLE {
                warn(format!("the title of this topic has {length} characters"), "up to 100 are easy to read");
            }
            if let Some(other) = first.insert(comparable(&topic.title), number) {
                let message = format!("`{}` has the title \"{}\" too", self.base.topics[other].id, topic.title);
                warn(message, "give each topic its own title: members choose by it");
            }
        }
    }

    fn count_pinned(&mut self) {
        let pinned: Vec<&Entry> = self.base.entries.iter().filter(|entry| entry.pinned).collect();
        if let Some(entry) = pinned.get(MOST_PINNED) {
            let message = format!("{} entries are pinned; Discord shows {MOST_PINNED}", pinned.len());
            self.warn(&entry.at, message, "pin only what members ask for most");
        }
    }

    fn look_at_sources(&mut self) {
        let citations = || self.base.entries.iter().flat_map(|entry| &entry.citations);
        for source in &self.base.sources {
            let cited: BTreeSet<u32> =
                citations().filter(|citation| citation.source.id == source.id).filter_map(|c| c.paragraph).collect();
            let length = source.title.chars().count();
            if length > LONG_TITLE {
                let message = format!("the title of `{}` has {length} characters", source.id);
                let help = "members read it below each answer; up to 100 are easy to read";
                self.warn(&source.at, message, help);
            }
            if source.note.as_deref() == Some(IMPORTED_NOTE) {
                let message = format!("`{}` is only the file that was imported, and answers cite it", source.id);
                let help = "write which document they rest on, and remove the `note`";
                self.warn(&source.at, message, help);
            }
            let is_idle = !source.is_default && !citations().any(|citation| citation.source.id == source.id);
            if is_idle && self.is_whole {
                let help = "write entries that cite it, or remove it";
                self.warn(&source.at, format!("no entry cites `{}`", source.id), help);
            }
            let mut seen = HashSet::new();
            for &number in &source.unused {
                if cited.contains(&number) {
                    let message = format!(
                        "paragraph {number} of `{}` is cited, and also listed \
                        as unused",
                        source.id
                    );
                    self.warn(&source.at, message, "remove it from `unused`");
                }
                if !seen.insert(number) {
                    let message = format!("`unused` of `{}` names paragraph {number} twice", source.id);
                    self.warn(&source.at, message, "remove one of the two");
                }
            }
        }
    }

    fn look_at_texts(&mut self, entry: &Entry) {
        for phrasing in &entry.phrasings {
            let length = phrasing.value.chars().count();
            if length > LONG_PHRASING {
                let message = format!("this phrasing has {length} characters");
                self.warn(&phrasing.at, message, "write what somebody would type: a line or less");
            }
        }
        let mut seen = HashSet::new();
        for keyword in &entry.keywords {
            if !seen.insert(comparable(keyword)) {
                let message = format!("the keyword `{keyword}` of `{}` is there twice", entry.id);
                self.warn(&entry.at, message, "remove one of the two");
            }
        }
        if let Some(as_of) = entry.as_of.filter(|&as_of| as_of > self.today) {
            let message = format!("`as_of` of `{}` is in the future: {as_of}", entry.id);
            self.warn(
                &entry.at,
                message,
                "write the last date on which somebody knew the answer \
                to be true",
            );
        }
    }

    fn look_at_answer(&mut self, entry: &Entry) {
        let (text, at) = (entry.answer.value.as_str(), &entry.answer.at);
        if !text.contains(char::is_alphanumeric) {
            self.warn(at, format!("the answer of `{}` has no word", entry.id), "write what members should know");
        }
        if text.matches("```").count() % 2 == 1 {
            let help = "write ``` on a line of its own at the end of the code";
            self.warn(at, format!("a block of code in the answer of `{}` has no end", entry.id), help);
        }
        if text.contains("@everyone") || text.contains("@here") {
            let help = "write it in other words: the bot never notifies everybody";
            self.warn(at, format!("the answer of `{}` has @everyone or @here", entry.id), help);
        }
        for target in link_targets(text) {
            let lower = target.to_lowercase();
            if lower.starts_with("https://") {
                continue;
            }
            let (what, help) = match lower.strip_prefix("http://") {
                Some(_) => ("is not encrypted", "write https:// if the page has it"),
                None => ("leads nowhere on Discord", "write the whole address, beginning with https://"),
            };
            self.warn(at, format!("the link `{target}` in the answer of `{}` {what}", entry.id), help);
        }
    }

    fn look_at_citations(&mut self, entry: &Entry) {
        let mut seen = HashSet::new();
        for Citation { source, paragraph, anchor, url, evidence, at } in &entry.citations {
            if !seen.insert((&source.id, paragraph, anchor, url)) {
                let message = format!("`{}` cites this place of `{}` twice", entry.id, source.id);
                self.warn(at, message, "join the two, with the evidence of both");
            }
            if paragraph.is_some() && evidence.is_empty() {
                let help = "add evidence = [\"…\"] with a phrase from the paragraph: it shows \
                    readers where to look";
                self.warn(at, "this citation has no evidence".to_owned(), help);
            }
        }
    }
}

/// The targets of links in Markdown: `[title](target)`.
pub fn link_targets(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("](").filter_map(|(at, marks)| {
        let rest = &text[at + marks.len()..];
        let target = rest[..rest.find([')', '\n'])?].trim();
        Some(target.strip_prefix('<').and_then(|target| target.strip_suffix('>')).unwrap_or(target))
    })
}

#[cfg(test)]
mod tests {
    use super::link_targets;

    #[test]
    fn the_targets_of_links_are_found() {
        let text = "See [a](https://a.example) and [b]( <x> ), not [c] (d) or [e](f";
        assert_eq!(link_targets(text).collect::<Vec<_>>(), ["https://a.example", "x"]);
    }
}
