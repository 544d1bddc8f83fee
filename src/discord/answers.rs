//! Answers, "did you mean" and "I don't know" as messages, with the buttons and menus below them.
//!
//! It is no command: `/ask` and everything else that finds or shows an entry uses it.

use serenity::all::{
    ButtonStyle, ComponentInteraction, ComponentInteractionDataKind, CreateButton, CreateCommand,
    MessageInteractionMetadata, UserId,
};
use serenity::async_trait;

use super::custom_id::{self, custom_id, key};
use super::feature::Feature;
use super::message::{self, Message, button};
use super::{App, Response, Summary, render, topics};
use crate::answer::{Answerer, Candidate, Outcome, Reply, wording};
use crate::knowledge::Entry;

/// What the custom ids of its components begin with.
pub(super) const NAME: &str = "answer";

/// How many related entries have a button.
const MAX_RELATED: usize = 3;

/// How many topics are offered where there is no answer.
const MAX_TOPICS: usize = 3;

const MAX_LINE: usize = 200;

const SHOW: &str = "show";
const PICK: &str = "pick";
const NOT_HELPFUL: &str = "no";

/// What a member reads whose button leads to an entry that the base no longer has.
pub(super) const GONE: &str = "This entry is no longer in my knowledge base. Please ask again.";

/// Shows entries and takes what members say about them.
pub(super) struct Answers;

#[async_trait]
impl Feature for Answers {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        None
    }

    async fn press(&self, app: &App, component: &ComponentInteraction, state: &str) -> Response {
        let (verb, state) = custom_id::split(state);
        match verb {
            SHOW => show(app, component, state, false),
            PICK => show(app, component, picked(component).unwrap_or_default(), true),
            NOT_HELPFUL => other_candidates(app, state),
            _ => super::unsupported(NAME),
        }
    }
}

/// The message for a reply to `question`.
pub(super) fn reply(answerer: &Answerer, question: &str, reply: &Reply<'_>) -> Message {
    match (reply.outcome, reply.answer()) {
        (Outcome::Answer, Some(entry)) => answer(answerer, question, entry),
        (Outcome::Suggest, _) => suggestions(wording::SUGGEST, &reply.candidates),
        _ => unknown(answerer, &reply.candidates),
    }
}

/// The message for an entry, with the entries next to it and a way to say that it did not help.
fn answer(answerer: &Answerer, question: &str, entry: &Entry) -> Message {
    Message::new(render::answer(entry)).buttons(related(answerer, entry)).buttons([button(
        custom_id(NAME, &[NOT_HELPFUL, &key(&entry.id), question]),
        "Not helpful",
        ButtonStyle::Secondary,
    )])
}

fn related(answerer: &Answerer, entry: &Entry) -> Vec<CreateButton> {
    let entries = entry.related.iter().filter_map(|id| answerer.base().entry(id)).take(MAX_RELATED);
    let label =
        |other: &Entry| button(custom_id(NAME, &[SHOW, &key(&other.id)]), &other.question, ButtonStyle::Secondary);
    entries.map(label).collect()
}

fn suggestions(title: &str, candidates: &[Candidate<'_>]) -> Message {
    let lines = candidates.iter().map(|candidate| format!("• {}", message::line(&candidate.entry.question, MAX_LINE)));
    let lines: Vec<String> = lines.collect();
    let options = candidates
        .iter()
        .map(|candidate| message::menu_option(&candidate.entry.question, &key(&candidate.entry.id), None));
    Message::new(message::embed(title, &lines.join("\n"), message::GREY)).menu(
        &custom_id(NAME, &[PICK]),
        "Choose a question",
        options.collect(),
    )
}

/// The topics of the nearest entries come first; they may be what the member was after.
fn unknown(answerer: &Answerer, candidates: &[Candidate<'_>]) -> Message {
    let mut nearest: Vec<usize> = Vec::new();
    for candidate in candidates {
        if !nearest.contains(&candidate.entry.topic) {
            nearest.push(candidate.entry.topic);
        }
    }
    let topics = nearest.into_iter().take(MAX_TOPICS).filter_map(|topic| answerer.base().topics.get(topic));
    let mut buttons: Vec<CreateButton> = topics.map(topics::button_to).collect();
    buttons.push(topics::button_to_all());
    Message::new(message::embed("", wording::UNKNOWN, message::GREY)).buttons(buttons)
}

/// Shows an entry: in the place of the message that was used, where that belongs to the member; otherwise to the member alone.
/// `replaces` says whether a public message of the member's own gives way.
fn show(app: &App, component: &ComponentInteraction, entry: &str, replaces: bool) -> Response {
    let answerer = app.answerer();
    let Some(entry) = custom_id::entry(answerer.base(), entry) else { return gone() };
    let summary = Summary::of_feature(NAME, "answer", Some(&entry.id));
    let message = answer(&answerer, &entry.question, entry);
    let is_private = super::is_private(&component.message);
    let is_own = asker(component) == Some(component.user.id);
    let body = if is_private || (replaces && is_own) {
        message.private(is_private).update()
    } else {
        message.private(true).response()
    };
    Response { body, summary }
}

/// Who invoked the command that the message answers.
fn asker(component: &ComponentInteraction) -> Option<UserId> {
    match component.message.interaction_metadata.as_deref()? {
        MessageInteractionMetadata::Command(data) => Some(data.user.id),
        MessageInteractionMetadata::Component(data) => Some(data.user.id),
        _ => None,
    }
}

/// The option that was picked.
pub(super) fn picked(component: &ComponentInteraction) -> Option<&str> {
    match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

/// What else the question may have asked for; `state` is the key of the entry that did not help, and the question.
fn other_candidates(app: &App, state: &str) -> Response {
    let (entry, question) = custom_id::split(state);
    let answerer = app.answerer();
    let mut candidates = answerer.reply(question).candidates;
    candidates.retain(|candidate| key(&candidate.entry.id) != entry);
    let message = if candidates.is_empty() {
        unknown(&answerer, &candidates)
    } else {
        suggestions("Perhaps one of these helps more?", &candidates)
    };
    let summary = Summary::of_feature(NAME, "not_helpful", Some(entry));
    Response { body: message.private(true).response(), summary }
}

/// The response where an entry is gone.
pub(super) fn gone() -> Response {
    Response { body: Message::notice(GONE).response(), summary: Summary::of_feature(NAME, "gone", None) }
}
