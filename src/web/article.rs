//! An entry as readers see it: the question, how the answer stands, the answer, what it rests on
//! and what is near to it.

use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{Citation, CitedSource, Entry, KnowledgeBase, Standing};
use footnote_search::reply::wording;
use maud::{Markup, PreEscaped, html};

use super::markdown;
use super::site::{Address, Links};
use crate::relations::{linked_from, related};

/// What is said of an answer that its sources report as fact.
const REPORTED: &str = "Reported — the sources state it as a fact";

/// How an answer stands, in words.
pub(super) fn standing(entry: &Entry) -> String {
    wording::standing(entry).map_or_else(|| REPORTED.to_owned(), |standing| without_controls(&standing))
}

/// The answer on one line. What is not established is marked.
pub(super) fn summary(entry: &Entry) -> String {
    let text = markdown::to_text(&entry.answer.value);
    match entry.standing {
        Standing::Reported => text,
        Standing::Claim { .. } | Standing::Disputed => format!("{}. {text}", standing(entry)),
    }
}

/// Questions that lead to their pages.
pub(super) fn list<'e>(links: &Links<'_>, entries: impl IntoIterator<Item = &'e Entry>) -> Markup {
    html! {
        ul .entries {
            @for entry in entries { li { (link(links, entry)) } }
        }
    }
}

/// A question that leads to its page, with a mark if its answer is not established.
pub(super) fn link(links: &Links<'_>, entry: &Entry) -> Markup {
    html! {
        a href=(links.to(Address::Entry(&entry.id))) { (without_controls(&entry.question)) }
        @match entry.standing {
            Standing::Reported => {},
            Standing::Claim { .. } => { " " span .mark { "claim" } },
            Standing::Disputed => { " " span .mark { "disputed" } },
        }
    }
}

/// The answer with its standing, below its question.
pub(super) fn answer(links: &Links<'_>, entry: &Entry) -> Markup {
    html! {
        p class={ "standing " (entry.standing.name()) } { (standing(entry)) }
        div .answer { (PreEscaped(markdown::to_html(&entry.answer.value))) }
        @if let Some(as_of) = wording::as_of(entry) { p .as-of { (as_of) } }
        @if entry.image.is_some() || !entry.links.is_empty() {
            ul .links {
                // Shown here, it would tell its server who reads this page.
                @if let Some(image) = &entry.image { li { a href=(image) { "The picture of this answer" } } }
                @for link in &entry.links { li { a href=(link.url) { (without_controls(&link.title)) } } }
            }
        }
        section .sources {
            h2 { "Sources" }
            ol { @for cited in entry.cited() { li { (source(links, entry, &cited)) } } }
        }
    }
}

/// A source, and each place in it that the answer rests on.
fn source(links: &Links<'_>, entry: &Entry, cited: &CitedSource<'_>) -> Markup {
    let source = cited.source;
    let citations = entry.citations.iter().filter(|citation| citation.source.id == source.id);
    html! {
        a href=(links.to(Address::Source(&source.id))) { cite { (without_controls(&source.title)) } }
        " · " (without_controls(&wording::published_by(source)))
        @if let Some(credit) = &source.credit { " · " (without_controls(credit)) }
        ul .quotes { @for citation in citations { (quote(citation)) } }
    }
}

/// The words that an answer rests on, and where they are read.
fn quote(citation: &Citation) -> Markup {
    let place = citation.paragraph.map(|number| format!("Paragraph {number}"));
    let evidence: Vec<String> = citation.evidence.iter().map(|phrase| without_controls(&phrase.value)).collect();
    if place.is_none() && evidence.is_empty() && citation.link().is_none() {
        return html! {};
    }
    html! {
        li {
            @if let Some(place) = &place { (place) @if !evidence.is_empty() { ": " } }
            @for (index, phrase) in evidence.iter().enumerate() { @if index > 0 { " … " } q { (phrase) } }
            @if let Some(address) = citation.link() {
                " " a href=(address) { "Read it there" }
            }
        }
    }
}

/// What an entry names, what names it, and its topic.
pub(super) fn surroundings(links: &Links<'_>, base: &KnowledgeBase, entry: &Entry) -> Markup {
    let (related, linked_from) = (related(base, entry), linked_from(base, entry));
    let linked_from: Vec<&Entry> =
        linked_from.into_iter().filter(|other| !related.iter().any(|known| known.id == other.id)).collect();
    let topic = &base.topics[entry.topic];
    html! {
        nav .near aria-label="Related questions" {
            @if !related.is_empty() {
                h2 { "Related questions" }
                (list(links, related))
            }
            @if !linked_from.is_empty() {
                h2 { "Questions that lead here" }
                (list(links, linked_from))
            }
            p { "Topic: " a href=(links.to(Address::Topic(&topic.id))) { (without_controls(&topic.title)) } }
        }
    }
}
