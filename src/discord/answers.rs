//! Answers, "did you mean" and "I don't know" as messages, with the buttons and menus below them.
//!
//! It is no command: `/ask` and everything else that finds or shows an entry uses it.

use serenity::all::{
    ButtonStyle, ComponentInteraction, ComponentInteractionDataKind, CreateButton, CreateCommand, GuildId,
    MessageInteractionMetadata, UserId,
};
use serenity::async_trait;

use super::custom_id::{self, custom_id, key};
use super::feature::Feature;
use super::message::{self, Message, button};
use super::{App, Response, Summary, render, topics};
use crate::journal::{Timestamp, Vote};
use footnote_knowledge::Entry;
use footnote_search::reply::{Answerer, Candidate, Outcome, Reply, wording};

/// What the custom ids of its components begin with.
pub(super) const NAME: &str = "answer";

/// How many related entries have a button.
const MAX_RELATED: usize = 3;

/// How many topics are offered where there is no answer.
const MAX_TOPICS: usize = 3;

const MAX_LINE: usize = 200;

const SHOW: &str = "show";
const PICK: &str = "pick";
const HELPFUL: &str = "yes";
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
            SHOW => show(app, component, state, None),
            PICK => show(app, component, picked(component).unwrap_or_default(), Some(state)),
            HELPFUL => thank(app, component, state).await,
            NOT_HELPFUL => match vote(app, component, custom_id::split(state).0, false).await {
                Voted::Gone => gone(),
                voted => other_candidates(app, state, voted),
            },
            _ => super::unsupported(NAME),
        }
    }
}

/// The message for a reply to `question`.
pub(super) fn reply(app: &App, answerer: &Answerer, question: &str, reply: &Reply<'_>) -> Message {
    match (reply.outcome, reply.answer()) {
        (Outcome::Answer, Some(entry)) => answer(app, answerer, question, entry),
        (Outcome::Suggest, _) => suggestions(wording::SUGGEST, question, &reply.candidates),
        _ => unknown(answerer, &reply.candidates, ""),
    }
}

/// The message for an entry, with the entries next to it and what a member may say about it.
pub(super) fn answer(app: &App, answerer: &Answerer, question: &str, entry: &Entry) -> Message {
    let key = key(&entry.id);
    let helpful = || button(custom_id(NAME, &[HELPFUL, &key]), "Helpful", ButtonStyle::Secondary);
    let not_helpful = button(custom_id(NAME, &[NOT_HELPFUL, &key, question]), "Not helpful", ButtonStyle::Secondary);
    // Without a journal there is nowhere to note a vote; what did not help still leads on.
    let votes = app.journal.as_ref().map(|_| helpful()).into_iter().chain([not_helpful]);
    Message::new(render::answer(entry)).buttons(related(answerer, entry)).buttons(votes)
}

fn related(answerer: &Answerer, entry: &Entry) -> Vec<CreateButton> {
    let entries = entry.related.iter().filter_map(|id| answerer.base().entry(&id.value)).take(MAX_RELATED);
    let label =
        |other: &Entry| button(custom_id(NAME, &[SHOW, &key(&other.id)]), &other.question, ButtonStyle::Secondary);
    entries.map(label).collect()
}

/// Candidates to choose from; the menu knows the question, for what is to be offered where the
/// choice does not help.
fn suggestions(title: &str, question: &str, candidates: &[Candidate<'_>]) -> Message {
    let lines = candidates.iter().map(|candidate| format!("• {}", message::line(&candidate.entry.question, MAX_LINE)));
    let lines: Vec<String> = lines.collect();
    let options = candidates
        .iter()
        .map(|candidate| message::menu_option(&candidate.entry.question, &key(&candidate.entry.id), None));
    Message::new(message::embed(title, &lines.join("\n"), message::GREY)).menu(
        &custom_id(NAME, &[PICK, question]),
        "Choose a question",
        options.collect(),
    )
}

/// The topics of the nearest entries come first; they may be what the member was after.
fn unknown(answerer: &Answerer, candidates: &[Candidate<'_>], title: &str) -> Message {
    let mut nearest: Vec<usize> = Vec::new();
    for candidate in candidates {
        if !nearest.contains(&candidate.entry.topic) {
            nearest.push(candidate.entry.topic);
        }
    }
    let topics = nearest.into_iter().take(MAX_TOPICS).filter_map(|topic| answerer.base().topics.get(topic));
    let mut buttons: Vec<CreateButton> = topics.map(topics::button_to).collect();
    buttons.push(topics::button_to_all());
    Message::new(message::embed(title, wording::UNKNOWN, message::GREY)).buttons(buttons)
}

/// Shows an entry: in the place of the message that was used, where that belongs to the member;
/// otherwise to the member alone. A public message of the member's own gives way to what they chose
/// for their question, which `asked` is then.
fn show(app: &App, component: &ComponentInteraction, entry: &str, asked: Option<&str>) -> Response {
    let answerer = app.answerer();
    let Some(entry) = custom_id::entry(answerer.base(), entry) else { return gone() };
    let summary = Summary::of_feature(NAME, "answer", Some(&entry.id));
    let question = asked.filter(|question| !question.is_empty()).unwrap_or(&entry.question);
    let message = answer(app, &answerer, question, entry);
    let is_private = super::is_private(&component.message);
    let is_own = asker(component) == Some(component.user.id);
    let body = if is_private || (asked.is_some() && is_own) {
        message.private(is_private).update()
    } else {
        message.private(true).response()
    };
    Response { body, summary }
}

/// Who invoked the command, or wrote the message, that the component's message answers.
fn asker(component: &ComponentInteraction) -> Option<UserId> {
    match component.message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(data)) => Some(data.user.id),
        Some(MessageInteractionMetadata::Component(data)) => Some(data.user.id),
        Some(_) => None,
        None => component.message.referenced_message.as_deref().map(|asked| asked.author.id),
    }
}

/// The option that was picked.
pub(super) fn picked(component: &ComponentInteraction) -> Option<&str> {
    match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

/// What became of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voted {
    /// It is stored, and survives whatever happens to the program.
    Stored,
    /// The journal is off.
    NotAsked,
    /// The entry is gone.
    Gone,
    /// The journal could not take it.
    Failed,
}

async fn vote(app: &App, component: &ComponentInteraction, entry: &str, helpful: bool) -> Voted {
    let Some(entry) = custom_id::entry(app.answerer().base(), entry).map(|entry| entry.id.clone()) else {
        return Voted::Gone;
    };
    let Some(journal) = &app.journal else { return Voted::NotAsked };
    let vote = Vote {
        entry,
        member: component.user.id.get(),
        helpful,
        server: component.guild_id.map(GuildId::get),
        at: Timestamp::now(),
    };
    match journal.vote(vote).await {
        Ok(()) => Voted::Stored,
        Err(error) => {
            tracing::warn!(%error, "a vote could not be stored");
            Voted::Failed
        }
    }
}

async fn thank(app: &App, component: &ComponentInteraction, entry: &str) -> Response {
    let (text, outcome) = match vote(app, component, entry, true).await {
        Voted::Stored => ("Thank you. It is noted that this answer helped.", "helpful"),
        Voted::NotAsked => (VOTES_NOT_KEPT, "helpful"),
        Voted::Gone => return gone(),
        Voted::Failed => (VOTE_FAILED, "vote_failed"),
    };
    let answerer = app.answerer();
    let entry = custom_id::entry(answerer.base(), entry).map(|entry| entry.id.as_str());
    Response { body: Message::notice(text).response(), summary: Summary::of_feature(NAME, outcome, entry) }
}

/// What a member reads who votes by a button from before the journal was switched off.
const VOTES_NOT_KEPT: &str = "Votes are not kept here.";

const VOTE_FAILED: &str = "I could not note your vote. Please try again in a minute.";

/// What else the question may have asked for; `state` is the key of the entry that did not help,
/// and the question.
fn other_candidates(app: &App, state: &str, voted: Voted) -> Response {
    let (entry, question) = custom_id::split(state);
    let answerer = app.answerer();
    let mut candidates = answerer.reply(question).candidates;
    candidates.retain(|candidate| key(&candidate.entry.id) != entry);
    let failure = (voted == Voted::Failed).then_some(VOTE_FAILED);
    let message = match candidates.as_slice() {
        [] => unknown(&answerer, &candidates, failure.unwrap_or_default()),
        candidates => suggestions(failure.unwrap_or("Perhaps one of these helps more?"), question, candidates),
    };
    let entry = custom_id::entry(answerer.base(), entry).map(|entry| entry.id.as_str());
    let summary = Summary::of_feature(NAME, "not_helpful", entry);
    Response { body: message.private(true).response(), summary }
}

/// The response where an entry is gone.
pub(super) fn gone() -> Response {
    Response { body: Message::notice(GONE).response(), summary: Summary::of_feature(NAME, "gone", None) }
}
