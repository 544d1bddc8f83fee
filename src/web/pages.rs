//! The pages.

use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{CitedSource, Entry, KnowledgeBase, Source, Topic};
use footnote_search::reply::{Answerer, Outcome, Reply, wording};
use maud::{Markup, html};

use super::article::{answer, link, list, summary, surroundings};
use super::changes::Changes;
use super::layout::{Head, count, page};
use super::linked_data;
use super::shared::MAX_QUESTION;
use super::site::{Address, Links, Site};
use crate::relations::resting_on;

/// How many topics are named where there is no answer.
const NEAREST_TOPICS: usize = 3;

/// How many questions are shown while one is typed.
const FOUND: usize = 8;

/// The entrance: what can be asked.
pub(super) fn home(site: &Site, base: &KnowledgeBase) -> String {
    let links = site.links_at(Address::Home);
    let pinned: Vec<&Entry> = base.entries.iter().filter(|entry| entry.pinned).collect();
    let extent = format!(
        "{} in {}, answered from {}",
        count(base.entries.len(), "question"),
        count(base.topics.len(), "topic"),
        count(base.sources.len(), "source")
    );
    let content = html! {
        h1 { (site.title) }
        p { (extent) ". If none of them says what you ask, the answer is “I don't know”." }
        @if !pinned.is_empty() {
            section { h2 { "Often asked" } (list(&links, pinned)) }
        }
        section { h2 { "Topics" } (topic_list(&links, base, |title| html! { h3 { (title) } })) }
    };
    let linked_data = Some(linked_data::site(site));
    page(&links, &Head { linked_data, ..Head::of(&site.title, &extent, Address::Home) }, &content)
}

/// The reply to a question, which is the one that Discord gives.
pub(super) fn reply(site: &Site, base: &KnowledgeBase, question: &str, reply: &Reply<'_>) -> String {
    let links = site.links_at(Address::Home);
    let question = without_controls(question);
    let offered = || list(&links, reply.offered().iter().map(|candidate| candidate.entry));
    let content = match (reply.outcome, reply.shown()) {
        (Outcome::Answer, Some(entry)) => shown(&links, base, entry, None),
        (Outcome::Closest, Some(entry)) => html! {
            (shown(&links, base, entry, Some(wording::CLOSEST)))
            @if !reply.offered().is_empty() {
                section { h2 { "Or did you mean one of these?" } (offered()) }
            }
        },
        (Outcome::Suggest, _) => html! { h1 { (wording::SUGGEST) } (offered()) },
        _ => html! { h1 { (wording::UNKNOWN) } (nearest_topics(&links, base, reply)) },
    };
    let head = Head::unlisted(&question, "The reply to a question.");
    let asked = html! { p .asked { "You asked: " q { (question) } } (content) };
    page(&links, &Head { question: &question, ..head }, &asked)
}

fn shown(links: &Links<'_>, base: &KnowledgeBase, entry: &Entry, lead: Option<&str>) -> Markup {
    html! {
        article {
            @if let Some(lead) = lead { p .lead { (lead) } }
            h1 { a href=(links.to(Address::Entry(&entry.id))) { (without_controls(&entry.question)) } }
            (answer(links, entry))
        }
        (surroundings(links, base, entry))
    }
}

/// The topics of the nearest entries, which may be what the reader was looking for.
fn nearest_topics(links: &Links<'_>, base: &KnowledgeBase, reply: &Reply<'_>) -> Markup {
    let mut nearest: Vec<usize> = Vec::new();
    for candidate in &reply.candidates {
        if !nearest.contains(&candidate.entry.topic) && nearest.len() < NEAREST_TOPICS {
            nearest.push(candidate.entry.topic);
        }
    }
    html! {
        @if nearest.is_empty() {
            p { a href=(links.to(Address::Topics)) { "All topics" } }
        } @else {
            p { "Perhaps one of these topics has what you are looking for:" }
            ul {
                @for topic in nearest.into_iter().filter_map(|topic| base.topics.get(topic)) {
                    li { a href=(links.to(Address::Topic(&topic.id))) { (without_controls(&topic.title)) } }
                }
                li { a href=(links.to(Address::Topics)) { "All topics" } }
            }
        }
    }
}

/// What is shown below the search field while a question is typed.
pub(super) fn found(site: &Site, answerer: &Answerer, typed: &str) -> String {
    let links = site.links_at(Address::Home);
    list(&links, answerer.complete(typed, FOUND)).into_string()
}

/// One entry.
pub(super) fn entry(site: &Site, base: &KnowledgeBase, entry: &Entry, changes: &Changes) -> String {
    let address = Address::Entry(&entry.id);
    let links = site.links_at(address);
    let (title, summary) = (without_controls(&entry.question), summary(entry));
    let content = html! {
        article {
            h1 { (title) }
            (answer(&links, entry))
            @if let Some(day) = changes.day(&entry.id) {
                p .changed { "Last changed on " time datetime=(day) { (day) } }
            } @else if let Some(day) = changes.day_of_file(&base.topics[entry.topic]) {
                // The time of a file is that of every entry in it, and may be that of its copying.
                p .changed { "No change is recorded. The file was last saved on " time datetime=(day) { (day) } }
            }
        }
        (surroundings(&links, base, entry))
    };
    let linked_data = Some(linked_data::entry(site, entry));
    let image = entry.image.as_deref();
    page(&links, &Head { image, linked_data, ..Head::of(&title, &summary, address) }, &content)
}

/// All topics.
pub(super) fn topics(site: &Site, base: &KnowledgeBase) -> String {
    let links = site.links_at(Address::Topics);
    let content = html! { h1 { "Topics" } (topic_list(&links, base, |title| html! { h2 { (title) } })) };
    page(&links, &Head::of("Topics", "All topics of this site.", Address::Topics), &content)
}

/// The topics, those of a group below its name.
fn topic_list(links: &Links<'_>, base: &KnowledgeBase, heading: impl Fn(&str) -> Markup) -> Markup {
    let entries = |index| base.entries.iter().filter(|entry| entry.topic == index).count();
    let numbered: Vec<(usize, &Topic)> = base.topics.iter().enumerate().collect();
    html! {
        @for group in numbered.chunk_by(|(_, one), (_, other)| one.group == other.group) {
            @if let Some(title) = group[0].1.group_title() { (heading(&without_controls(&title))) }
            ul .topics {
                @for &(index, topic) in group {
                    li {
                        a href=(links.to(Address::Topic(&topic.id))) { (without_controls(&topic.title)) }
                        " · " (count(entries(index), "question"))
                        @if let Some(summary) = &topic.summary { p { (without_controls(summary)) } }
                    }
                }
            }
        }
    }
}

/// A topic with its entries; `None` if there is no such topic.
pub(super) fn topic(site: &Site, base: &KnowledgeBase, id: &str) -> Option<String> {
    let index = base.topics.iter().position(|topic| topic.id == id)?;
    let topic = &base.topics[index];
    let address = Address::Topic(&topic.id);
    let links = site.links_at(address);
    let title = without_controls(&topic.title);
    let summary = without_controls(topic.summary.as_deref().unwrap_or_default());
    let content = html! {
        h1 { (title) }
        @if !summary.is_empty() { p { (summary) } }
        (list(&links, base.entries.iter().filter(|entry| entry.topic == index)))
    };
    let description = if summary.is_empty() { &title } else { &summary };
    Some(page(&links, &Head::of(&title, description, address), &content))
}

/// All sources.
pub(super) fn sources(site: &Site, base: &KnowledgeBase) -> String {
    let links = site.links_at(Address::Sources);
    let content = html! {
        h1 { "Sources" }
        p { "The documents that the answers rest on." }
        ul .topics {
            @for source in &base.sources {
                li {
                    a href=(links.to(Address::Source(&source.id))) { cite { (without_controls(&source.title)) } }
                    " · " (without_controls(&wording::published_by(source)))
                    " · " (count(resting_on(base, source).count(), "answer"))
                    (terms(source))
                }
            }
        }
    };
    page(&links, &Head::of("Sources", "The documents that the answers rest on.", Address::Sources), &content)
}

/// What its author wants said, and what readers should know.
fn terms(source: &Source) -> Markup {
    html! {
        @for text in [&source.credit, &source.note].into_iter().flatten() { p { (without_controls(text)) } }
    }
}

/// A source with the entries that rest on it; `None` if there is no such source.
pub(super) fn source(site: &Site, base: &KnowledgeBase, id: &str) -> Option<String> {
    let source = base.sources.iter().find(|source| source.id == id)?;
    let address = Address::Source(&source.id);
    let links = site.links_at(address);
    let title = without_controls(&source.title);
    let published_by = without_controls(&wording::published_by(source));
    let paragraphs = |entry: &Entry| {
        let cited: Vec<CitedSource<'_>> = entry.cited();
        let cited = cited.into_iter().find(|cited| cited.source.id == source.id);
        let numbers = cited.map(|cited| cited.paragraphs).unwrap_or_default();
        let noun = if numbers.len() == 1 { "paragraph" } else { "paragraphs" };
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        if numbers.is_empty() { String::new() } else { format!(" · {noun} {}", numbers.join(", ")) }
    };
    let content = html! {
        h1 { cite { (title) } }
        p { (published_by) }
        (terms(source))
        @if let Some(url) = &source.url { p { a href=(url) { "Read the document" } } }
        h2 { "What rests on it" }
        ul .entries {
            @for entry in resting_on(base, source) { li { (link(&links, entry)) (paragraphs(entry)) } }
        }
    };
    Some(page(&links, &Head::of(&title, &published_by, address), &content))
}

/// There is nothing at this address.
pub(super) fn missing(links: &Links<'_>) -> String {
    notice(links, "There is no such page", "Perhaps the question was renamed. The search may find it.")
}

/// The question is longer than what is read.
pub(super) fn too_long(site: &Site) -> String {
    let text = format!("A question may have {MAX_QUESTION} characters. Ask it in a sentence.");
    notice(&site.links_at(Address::Home), "That is too long", &text)
}

/// The reader has searched too often.
pub(super) fn too_often(site: &Site, seconds: u64) -> String {
    let text = format!("You can search again in {}. All pages can be read meanwhile.", count_u64(seconds));
    notice(&site.links_at(Address::Home), "Too many searches", &text)
}

fn count_u64(seconds: u64) -> String {
    count(usize::try_from(seconds).unwrap_or(usize::MAX), "second")
}

fn notice(links: &Links<'_>, title: &str, text: &str) -> String {
    let content = html! {
        h1 { (title) }
        p { (text) }
        p { a href=(links.to(Address::Topics)) { "All topics" } }
    };
    page(links, &Head::unlisted(title, text), &content)
}
