//! `/topics`: what the knowledge base is about, for who does not know what to ask.

use serenity::all::{ButtonStyle, CommandInteraction, ComponentInteraction, CreateButton, CreateCommand};
use serenity::async_trait;

use super::answers::{self, gone, picked};
use super::custom_id::{self, custom_id, key};
use super::feature::Feature;
use super::listing::{self, ALL, LIST, Listing, PICK};
use super::message::{self, Message, button};
use super::{App, Response, Summary, locale};
use footnote_knowledge::Topic;
use footnote_search::reply::Answerer;

const NAME: &str = "topics";

/// The verb of the menu of topics.
const CHOOSE: &str = "choose";

const MAX_LINE: usize = 200;

/// The command.
pub(super) struct Topics;

#[async_trait]
impl Feature for Topics {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        Some(locale::command(NAME, "See what I know about, topic by topic"))
    }

    async fn run(&self, app: &App, _command: &CommandInteraction) -> Response {
        Response { body: all(&app.answerer(), 0).response(), summary: Summary::of_feature(NAME, "list", None) }
    }

    async fn press(&self, app: &App, component: &ComponentInteraction, state: &str) -> Response {
        let (verb, state) = custom_id::split(state);
        let (topic, page) = custom_id::split(state);
        let answerer = app.answerer();
        let base = answerer.base();
        let summary = |entry: Option<&str>| Summary::of_feature(NAME, verb_name(verb), entry);
        let message = match verb {
            ALL => Some(all(&answerer, topic.parse().unwrap_or_default())),
            CHOOSE => listing_of(&answerer, picked(component).unwrap_or_default()).map(|listing| listing.page(0)),
            LIST => listing_of(&answerer, topic).map(|listing| listing.page(page.parse().unwrap_or_default())),
            PICK => {
                let entry = picked(component).and_then(|entry| custom_id::entry(base, entry));
                let page = page.parse().unwrap_or_default();
                return match (listing_of(&answerer, topic), entry) {
                    (Some(listing), Some(entry)) => {
                        let answer = answers::answer(app, &answerer, &entry.question, entry);
                        Response { body: listing.entry(answer, page).update(), summary: summary(Some(&entry.id)) }
                    }
                    _ => gone(),
                };
            }
            _ => return super::unsupported(NAME),
        };
        let Some(message) = message else { return gone() };
        // A button below an "I don't know" that everyone sees opens the topic for the member alone.
        let body = if super::is_private(&component.message) { message.update() } else { message.response() };
        Response { body, summary: summary(None) }
    }
}

fn verb_name(verb: &str) -> &'static str {
    if verb == PICK { "answer" } else { "list" }
}

/// A button that opens a topic.
pub(super) fn button_to(topic: &Topic) -> CreateButton {
    button(custom_id(NAME, &[LIST, &key(&topic.id), "0"]), &topic.title, ButtonStyle::Secondary)
}

/// A button that opens the list of topics.
pub(super) fn button_to_all() -> CreateButton {
    button(custom_id(NAME, &[ALL]), "All topics", ButtonStyle::Secondary)
}

fn all(answerer: &Answerer, page: usize) -> Message {
    let base = answerer.base();
    let mut counted: Vec<(&Topic, usize)> = base.topics.iter().map(|topic| (topic, 0)).collect();
    for entry in &base.entries {
        counted[entry.topic].1 += 1;
    }
    let pages = counted.len().div_ceil(TOPICS_A_PAGE).max(1);
    let page = page.min(pages - 1);
    let shown = &counted[page * TOPICS_A_PAGE..counted.len().min((page + 1) * TOPICS_A_PAGE)];
    let line = |(topic, entries): &(&Topic, usize)| {
        let summary = topic.summary.as_deref().map(|summary| format!(": {}", message::line(summary, MAX_LINE)));
        format!("• **{}** ({entries}){}", message::line(&topic.title, MAX_LINE / 2), summary.unwrap_or_default())
    };
    let lines: Vec<String> = shown.iter().map(line).collect();
    let option =
        |(topic, _): &(&Topic, usize)| message::menu_option(&topic.title, &key(&topic.id), topic.summary.as_deref());
    Message::new(message::embed("Topics", &lines.join("\n"), message::BLUE))
        .menu(&custom_id(NAME, &[CHOOSE]), "Choose a topic", shown.iter().map(option).collect())
        .buttons(listing::turns_of_all(NAME, page, pages))
        .private(true)
}

/// Fewer than a menu holds, so that the embed has room for their summaries.
const TOPICS_A_PAGE: usize = 8;

fn listing_of<'a>(answerer: &'a Answerer, topic: &'a str) -> Option<Listing<'a>> {
    let base = answerer.base();
    let number = base.topics.iter().position(|known| key(&known.id) == topic)?;
    let topic = &base.topics[number];
    Some(Listing {
        feature: NAME,
        key: &topic.id,
        title: &topic.title,
        summary: topic.summary.as_deref().unwrap_or_default(),
        entries: base.entries.iter().filter(|entry| entry.topic == number).collect(),
    })
}
