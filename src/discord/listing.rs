//! Entries by page: a menu to choose one, buttons to turn the pages, and the way back from an
//! answer.

use serenity::all::{ButtonStyle, CreateButton};

use super::custom_id::{custom_id, key};
use super::message::{self, Message, button};
use footnote_knowledge::Entry;

/// How many entries a page shows.
const PAGE: usize = 10;

const MAX_LINE: usize = 200;

/// The parts of custom ids that lead through a list, behind the feature's name.
pub(super) const ALL: &str = "all";
pub(super) const LIST: &str = "list";
pub(super) const PICK: &str = "pick";

/// The buttons that turn the pages of the list of a feature's topics or documents.
pub(super) fn turns_of_all(feature: &str, page: usize, pages: usize) -> Vec<CreateButton> {
    turns(page, pages, |page| custom_id(feature, &[ALL, &page.to_string()]))
}

/// The buttons that turn pages, of which the first is 0; `state` is the custom id that leads to a
/// page.
pub(super) fn turns(page: usize, pages: usize, state: impl Fn(usize) -> String) -> Vec<CreateButton> {
    let mut buttons = Vec::with_capacity(2);
    if page > 0 {
        buttons.push(button(state(page - 1), "Previous page", ButtonStyle::Secondary));
    }
    if page + 1 < pages {
        buttons.push(button(state(page + 1), "Next page", ButtonStyle::Primary));
    }
    buttons
}

/// A list of entries under a key of a feature.
pub(super) struct Listing<'a> {
    /// The feature's name.
    pub(super) feature: &'a str,
    /// The key of what the entries belong to.
    pub(super) key: &'a str,
    /// The heading.
    pub(super) title: &'a str,
    /// What stands above the entries.
    pub(super) summary: &'a str,
    /// The entries, all of them.
    pub(super) entries: Vec<&'a Entry>,
}

impl Listing<'_> {
    /// A page of the list, counted from 0; behind the end it is the last one.
    pub(super) fn page(&self, page: usize) -> Message {
        let pages = self.entries.len().div_ceil(PAGE).max(1);
        let page = page.min(pages - 1);
        let shown: Vec<&Entry> = self.entries.iter().skip(page * PAGE).take(PAGE).copied().collect();
        let mut lines: Vec<String> = Vec::with_capacity(PAGE + 2);
        if !self.summary.is_empty() {
            lines.push(format!("{}\n", message::line(self.summary, 4 * MAX_LINE)));
        }
        lines.extend(shown.iter().map(|entry| format!("• {}", message::line(&entry.question, MAX_LINE))));
        lines.push(format!("\nPage {} of {pages}", page + 1));
        let options = shown.iter().map(|entry| message::menu_option(&entry.question, &key(&entry.id), None));
        Message::new(message::embed(self.title, &lines.join("\n"), message::BLUE))
            .menu(&self.state(PICK, page), "Choose a question", options.collect())
            .buttons(self.turns(page, pages))
            .private(true)
    }

    fn turns(&self, page: usize, pages: usize) -> Vec<CreateButton> {
        let mut buttons = vec![button(custom_id(self.feature, &[ALL]), "Back to the list", ButtonStyle::Secondary)];
        buttons.extend(turns(page, pages, |page| self.state(LIST, page)));
        buttons
    }

    /// The answer of an entry of the list, with the way back to its page.
    pub(super) fn entry(&self, answer: Message, page: usize) -> Message {
        let back = button(self.state(LIST, page), "Back", ButtonStyle::Secondary);
        answer.buttons([back]).private(true)
    }

    fn state(&self, verb: &str, page: usize) -> String {
        custom_id(self.feature, &[verb, &key(self.key), &page.to_string()])
    }
}
