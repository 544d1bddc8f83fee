//! The two ways to group the entries, page by page: by topic, or by the document that they cite.
//! And the entries of each.
//!
//! Both are a catalogue of headings. They differ in what a heading says and in how many fit on a
//! page.

use std::borrow::Cow;
use std::sync::Arc;

use super::address::{Address, Browse, Catalogue, Key};
use super::limits::MAX_LINE;
use super::listing::Page;
use super::markdown::line;
use super::message::{BLUE, Card, button, menu_option};
use super::sources;
use super::wording;
use crate::discord::texts::Texts;
use footnote_knowledge::{Entry, KnowledgeBase, Source, Topic};

/// How many entries are on a page.
const ENTRIES_A_PAGE: usize = 10;
/// Fewer than a menu can hold, so that the embed has room for their summaries.
const TOPICS_A_PAGE: usize = 8;
const SOURCES_A_PAGE: usize = 6;

const MAX_TOPIC_TITLE: usize = 100;
const MAX_SOURCE_TITLE: usize = 120;
const MAX_SUMMARY: usize = 800;

/// What a catalogue lists.
#[derive(Debug, Clone, Copy)]
enum Heading<'a> {
    /// A topic, with its number in the base.
    Topic(usize, &'a Topic),
    Source(&'a Arc<Source>),
}

/// A page of the catalogue, counted from 0. After the end it is the last page.
pub(in crate::discord) fn contents(texts: &Texts, base: &KnowledgeBase, catalogue: Catalogue, page: usize) -> Card {
    let (title, prompt, size, gap) = match catalogue {
        Catalogue::Topics => (texts.topics_title(), texts.choose_topic(), TOPICS_A_PAGE, "\n"),
        Catalogue::Sources => (texts.sources_title(), texts.choose_source(), SOURCES_A_PAGE, "\n\n"),
    };
    let headings = headings(base, catalogue);
    let page = Page::of(headings.len(), size, page);
    let shown = page.items(&headings);
    let paragraphs = paragraphs(texts, base, shown);
    let options = shown.iter().map(|heading| menu_option(heading.title(), &heading.key(), &heading.summary(texts)));
    Card::new(&title, &paragraphs.join(gap), BLUE)
        .menu(&Address::Browse(catalogue, Browse::Open), &prompt, options)
        .buttons(page.turns(texts, |page| Address::Browse(catalogue, Browse::Contents(page))))
        .private(true)
}

/// A page of the entries of a topic or source, counted from 0. After the end it is the last page.
/// `None` if the base has no such topic or source.
pub(in crate::discord) fn entries(
    texts: &Texts,
    base: &KnowledgeBase,
    catalogue: Catalogue,
    key: &Key,
    page: usize,
) -> Option<Card> {
    let heading = find(base, catalogue, key)?;
    let entries = heading.entries(base);
    let page = Page::of(entries.len(), ENTRIES_A_PAGE, page);
    let shown = page.items(&entries);
    let summary = heading.summary(texts);
    let mut lines: Vec<String> = Vec::with_capacity(ENTRIES_A_PAGE + 2);
    if !summary.is_empty() {
        lines.push(format!("{}\n", line(&summary, MAX_SUMMARY)));
    }
    lines.extend(shown.iter().map(|entry| format!("• {}", line(&entry.question, MAX_LINE))));
    lines.push(format!("\n{}", page.name(texts)));
    let options = shown.iter().map(|entry| menu_option(&entry.question, &Key::of(&entry.id), ""));
    let back = button(&Address::Browse(catalogue, Browse::Contents(0)), &texts.back_to_list());
    let turns = page.turns(texts, |page| Address::Browse(catalogue, Browse::Entries(heading.key(), page)));
    let card = Card::new(heading.title(), &lines.join("\n"), BLUE)
        .menu(&Address::Browse(catalogue, Browse::Pick(heading.key(), page.number)), &texts.choose_question(), options)
        .buttons([back].into_iter().chain(turns))
        .private(true);
    Some(card)
}

/// The answer of an entry that was picked from a page, with a button back to the page. `None` if
/// the base no longer has the topic or source.
pub(in crate::discord) fn picked(
    texts: &Texts,
    base: &KnowledgeBase,
    catalogue: Catalogue,
    key: &Key,
    page: usize,
    answer: Card,
) -> Option<Card> {
    let heading = find(base, catalogue, key)?;
    let back = button(&Address::Browse(catalogue, Browse::Entries(heading.key(), page)), &texts.back());
    Some(answer.buttons([back]).private(true))
}

/// What is said of each, with the name of a group above its first topic.
fn paragraphs(texts: &Texts, base: &KnowledgeBase, shown: &[Heading<'_>]) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut current: Option<&str> = None;
    for heading in shown {
        if let Heading::Topic(_, topic) = heading {
            let title = topic.group_title().filter(|_| topic.group.as_deref() != current);
            paragraphs.extend(title.map(|title| format!("### {}", line(&title, MAX_TOPIC_TITLE))));
            current = topic.group.as_deref();
        }
        paragraphs.push(heading.paragraph(texts, base));
    }
    paragraphs
}

fn headings(base: &KnowledgeBase, catalogue: Catalogue) -> Vec<Heading<'_>> {
    match catalogue {
        Catalogue::Topics => {
            base.topics.iter().enumerate().map(|(number, topic)| Heading::Topic(number, topic)).collect()
        }
        Catalogue::Sources => base.sources.iter().map(Heading::Source).collect(),
    }
}

fn find<'a>(base: &'a KnowledgeBase, catalogue: Catalogue, key: &Key) -> Option<Heading<'a>> {
    headings(base, catalogue).into_iter().find(|heading| key.names(heading.id()))
}

impl<'a> Heading<'a> {
    fn id(&self) -> &'a str {
        match self {
            Self::Topic(_, topic) => &topic.id,
            Self::Source(source) => &source.id,
        }
    }

    fn key(&self) -> Key {
        Key::of(self.id())
    }

    fn title(&self) -> &'a str {
        match self {
            Self::Topic(_, topic) => &topic.title,
            Self::Source(source) => &source.title,
        }
    }

    /// The summary of a topic, if it has one; the kind and author of a source.
    fn summary(&self, texts: &Texts) -> Cow<'a, str> {
        match self {
            Self::Topic(_, topic) => topic.summary.as_deref().unwrap_or_default().into(),
            Self::Source(source) => wording::published_by(texts, source).into(),
        }
    }

    fn entries(&self, base: &'a KnowledgeBase) -> Vec<&'a Entry> {
        let belongs = |entry: &&Entry| match self {
            Self::Topic(number, _) => entry.topic == *number,
            Self::Source(source) => entry.citations.iter().any(|citation| Arc::ptr_eq(&citation.source, source)),
        };
        base.entries.iter().filter(belongs).collect()
    }

    /// The catalogue's text about it. For a source, this includes the attribution that its author
    /// requires.
    fn paragraph(&self, texts: &Texts, base: &'a KnowledgeBase) -> String {
        let entries = self.entries(base).len();
        let summary = line(&self.summary(texts), MAX_LINE);
        match self {
            Self::Topic(_, topic) => {
                let summary = if summary.is_empty() { summary } else { format!(": {summary}") };
                format!("• **{}** ({entries}){summary}", line(&topic.title, MAX_TOPIC_TITLE))
            }
            Self::Source(source) => {
                let mut lines = vec![sources::title(source, None, MAX_SOURCE_TITLE), summary];
                lines.extend(source.credit.as_deref().map(|credit| line(credit, MAX_LINE)));
                lines.push(texts.cited_by(entries));
                lines.join("\n")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::Reader;
    use super::super::message::tests::{json, labels};
    use super::*;
    use crate::discord::fixture::{base, entry};
    use crate::discord::texts::english;

    fn description(card: &Card) -> String {
        json(card)["embeds"][0]["description"].as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn topics_are_listed_with_their_summaries_and_counts() {
        let card = contents(english(), base(), Catalogue::Topics, 7);
        assert_eq!(description(&card), "• **The quay** (2): Boats and ropes.\n• **The town** (2)");
        assert_eq!(labels(&card), [["The quay", "The town"]]);
    }

    #[test]
    fn sources_are_listed_with_their_credits() {
        let card = contents(english(), base(), Catalogue::Sources, 0);
        assert_eq!(
            description(&card),
            "**The Quay Almanac**\noverview\n3 entries cite it\n\n\
             [Letters \\*from\\* the Quay](https://quay.example)\nAda Quill · opinion piece\n\
             By kind permission\n2 entries cite it"
        );
        assert_eq!(labels(&card), [["The Quay Almanac", "Letters *from* the Quay"]]);
    }

    #[test]
    fn the_entries_of_each_are_a_page_with_the_way_back() {
        let quay = entries(english(), base(), Catalogue::Topics, &Key::of("quay"), 0).expect("there is such a topic");
        assert_eq!(
            description(&quay),
            "Boats and ropes.\n\n• How tall is the crane?\n• What colour are the ropes?\n\n\
             Page 1 of 1"
        );
        let menu = vec!["How tall is the crane?", "What colour are the ropes?"];
        assert_eq!(labels(&quay), [menu, vec!["Back to the list"]]);
        let letters =
            entries(english(), base(), Catalogue::Sources, &Key::of("letters"), 0).expect("there is such a source");
        assert_eq!(labels(&letters)[0], ["What colour are the ropes?", "How heavy is the bell?"]);
        assert!(entries(english(), base(), Catalogue::Sources, &Key::of("quay"), 0).is_none());
    }

    #[test]
    fn an_answer_leads_back_to_its_page() {
        let answer = super::super::entry::card(base(), "", entry("crane-height"), &Reader::alone(english(), false));
        let card =
            picked(english(), base(), Catalogue::Topics, &Key::of("quay"), 3, answer).expect("there is such a topic");
        let back = &json(&card)["components"][2]["components"][0];
        assert_eq!((&back["label"], &back["custom_id"]), (&"Back".into(), &"topics:list:quay:3".into()));
    }
}
