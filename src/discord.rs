//! Discord: interactions in, responses out.
//!
//! [`respond`] turns an interaction into a response without any input or output to Discord of its own, so that a transport only
//! carries. This module and those below it are the only ones that know Discord's library. In reading order: [`commands`] is the
//! list of features and [`feature`] what one is; `ask`, `find_answer`, `topics`, `sources` and `about` are the commands, [`answers`]
//! what most of them show; [`message`], [`render`], [`listing`], [`text`] and [`custom_id`] make what is sent; [`locale`] translates the commands; [`cooldown`]
//! keeps members from asking too often; [`gateway`] and [`webhook`] carry, and [`registration`] tells Discord of the commands.

mod about;
mod answers;
mod ask;
pub mod commands;
mod cooldown;
mod custom_id;
mod feature;
mod find_answer;
pub mod gateway;
mod listing;
mod locale;
mod message;
mod registration;
mod render;
mod rest;
mod sources;
pub mod text;
mod topics;
pub mod webhook;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serenity::all::{CreateInteractionResponse, GuildId, Interaction, MessageFlags};

use crate::answer::{Answerer, Outcome, Reply};
use crate::config::CooldownConfig;
use crate::journal::{Gap, Journal};
use cooldown::Cooldown;
use message::Message;

/// How long interactions in flight may take to finish when the bot stops.
const FINISHING_TIME: Duration = Duration::from_secs(5);

/// The state that all interactions share.
#[derive(Debug, Clone)]
pub struct App {
    answerer: Arc<Answerer>,
    loaded_at: SystemTime,
    source_code: Option<String>,
    journal: Option<Journal>,
    cooldown: Option<Cooldown>,
}

impl App {
    /// The state at the start: what is asked, where votes and questions without an answer are noted, if anywhere, and where the
    /// program's source code is shown, if anywhere.
    #[must_use]
    pub fn new(answerer: Answerer, journal: Option<Journal>, source_code: Option<String>) -> Self {
        Self { answerer: Arc::new(answerer), loaded_at: SystemTime::now(), source_code, journal, cooldown: None }
    }

    /// The same with a cooldown for each member.
    #[must_use]
    pub fn with_cooldown(self, config: CooldownConfig) -> Self {
        Self { cooldown: Some(Cooldown::new(config)), ..self }
    }

    /// What a member gets who has asked too often. What is typed ahead does not count.
    fn refusal(&self, interaction: &Interaction) -> Option<Response> {
        let (name, member) = match interaction {
            Interaction::Command(command) => (command.data.name.as_str(), command.user.id),
            Interaction::Component(component) => (custom_id::split(&component.data.custom_id).0, component.user.id),
            _ => return None,
        };
        let seconds = self.cooldown.as_ref()?.count(member).err()?;
        Some(Response {
            body: Message::notice(&format!("That was a lot at once. Please try again in {seconds} s.")).response(),
            summary: Summary::of_feature(name, "too_soon", None),
        })
    }

    /// What is asked. An interaction takes it once, so that it meets one base from beginning to end.
    fn answerer(&self) -> Arc<Answerer> {
        Arc::clone(&self.answerer)
    }

    /// Notes in the journal that a question had no answer, if so. Never waits.
    fn note_gap(&self, interaction: &Interaction, summary: &Summary) {
        let (Some(journal), Some(question)) = (&self.journal, &summary.question) else { return };
        let Interaction::Command(command) = interaction else { return };
        if summary.outcome != Outcome::Unknown.name() {
            return;
        }
        let (normalized, terms) = (self.answerer.normalized(question), self.answerer.subject(question));
        if let Some(gap) = Gap::new(question, &normalized, &terms, command.guild_id.map(GuildId::get)) {
            journal.record_gap(gap);
        }
    }
}

/// What an interaction comes to: what to send, and what to log of it.
#[derive(Debug)]
pub struct Response {
    /// What Discord gets.
    pub body: CreateInteractionResponse,
    /// What the log gets.
    pub summary: Summary,
}

/// What may be logged of an interaction: nothing of who it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The command's name, or what else it was.
    pub command: String,
    /// What it came to: `answer`, `suggest`, `unknown`, `choices`, `list` and so on.
    pub outcome: &'static str,
    /// The confidence of the best entry, 0 to 1; 0 without one.
    pub confidence: f32,
    /// The best entry's id.
    pub entry: Option<String>,
    /// What was asked, for the debug level.
    pub question: Option<String>,
}

impl Summary {
    fn of_feature(command: &str, outcome: &'static str, entry: Option<&str>) -> Self {
        Self { command: command.to_owned(), outcome, confidence: 0.0, entry: entry.map(str::to_owned), question: None }
    }

    fn of_reply(command: &str, question: &str, reply: &Reply<'_>) -> Self {
        Self {
            command: command.to_owned(),
            outcome: reply.outcome.name(),
            confidence: reply.confidence(),
            entry: reply.candidates.first().map(|candidate| candidate.entry.id.clone()),
            question: Some(question.to_owned()),
        }
    }
}

/// Answers an interaction. Every interaction gets a response, also one of a kind or name that this version does not know,
/// because Discord may still show commands and buttons of an older one.
pub async fn respond(app: &App, interaction: &Interaction) -> Response {
    let response = match app.refusal(interaction) {
        Some(refusal) => refusal,
        None => dispatch(app, interaction).await,
    };
    app.note_gap(interaction, &response.summary);
    response
}

async fn dispatch(app: &App, interaction: &Interaction) -> Response {
    match interaction {
        Interaction::Command(command) => match commands::find(&command.data.name) {
            Some(feature) => feature.run(app, command).await,
            None => unsupported(&command.data.name),
        },
        Interaction::Autocomplete(command) => match commands::find(&command.data.name) {
            Some(feature) => feature.complete(app, command),
            None => Response {
                body: render::choices(&[]),
                summary: Summary::of_feature(&command.data.name, "unsupported", None),
            },
        },
        Interaction::Component(component) => {
            let (name, state) = custom_id::split(&component.data.custom_id);
            match commands::find(name) {
                Some(feature) => feature.press(app, component, state).await,
                None => unsupported("component"),
            }
        }
        Interaction::Ping(_) => Response {
            body: CreateInteractionResponse::Pong,
            summary: Summary::of_feature("ping", "unsupported", None),
        },
        _ => unsupported("modal"),
    }
}

fn unsupported(name: &str) -> Response {
    Response { body: Message::notice(UNSUPPORTED).response(), summary: Summary::of_feature(name, "unsupported", None) }
}

const UNSUPPORTED: &str =
    "I don't know this command any more. Discord may show an old list: please try again in a minute.";

/// Whether the member alone sees a message of the bot.
fn is_private(message: &serenity::all::Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}
