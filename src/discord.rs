//! Discord: interactions in, responses out.
//!
//! [`respond`] turns an interaction into a response without any input or output to Discord of its
//! own, so that a transport only carries; [`conversation`] does the same for messages, which the
//! gateway alone brings. This module and those below it are the only ones that know Discord's
//! library.
//!
//! In reading order: [`commands`] is the list of features and [`feature`] what one is; `ask`,
//! `find_answer`, `topics`, `sources` and `about` are the commands of members, [`answers`] what
//! most of them show; `gaps` is for moderators, `reload` and `check` for the [`application`]'s
//! owners, both by way of [`upkeep`]; [`message`], [`payload`], [`render`], [`listing`], [`text`]
//! and [`custom_id`] make what is sent; [`locale`] translates the commands; [`cooldown`] keeps
//! members from asking too often; [`gateway`] and [`webhook`] carry, and [`registration`] tells
//! Discord of the commands.

mod about;
mod answers;
mod application;
mod ask;
mod check;
pub mod commands;
mod conversation;
mod cooldown;
mod custom_id;
mod feature;
mod find_answer;
mod gaps;
pub mod gateway;
mod listing;
mod locale;
mod message;
mod payload;
mod registration;
mod reload;
mod render;
mod rest;
mod sources;
pub mod text;
mod topics;
mod upkeep;
pub mod webhook;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use serenity::all::{CreateInteractionResponse, GuildId, Interaction, MessageFlags, UserId};

use crate::config::{CooldownConfig, WatchConfig};
use crate::journal::{Gap, Journal};
use application::Owners;
use cooldown::Cooldown;
use footnote_search::reply::{Answerer, Outcome, Reply};
use message::Message;
pub use payload::{File, MAX_FILE, Payload};
use upkeep::Turn;

/// How long interactions in flight may take to finish when the bot stops.
const FINISHING_TIME: Duration = Duration::from_secs(5);

/// What the bot works with, decided at the start.
#[derive(Debug)]
pub struct Setup {
    /// What is asked, until the base is loaded anew.
    pub answerer: Answerer,
    /// The folder that the base was loaded from.
    pub knowledge: PathBuf,
    /// Where votes and questions without an answer are noted, if anywhere.
    pub journal: Option<Journal>,
    /// Where the program's source code is shown, if anywhere.
    pub source_code: Option<String>,
    /// How often a member may use the bot, if that is limited.
    pub cooldown: Option<CooldownConfig>,
    /// Where plain messages are answered.
    pub watch: WatchConfig,
}

impl Setup {
    /// A base from this folder, and nothing else that could be left out.
    #[must_use]
    pub fn new(answerer: Answerer, knowledge: impl Into<PathBuf>) -> Self {
        Self {
            answerer,
            knowledge: knowledge.into(),
            journal: None,
            source_code: None,
            cooldown: None,
            watch: WatchConfig::default(),
        }
    }
}

/// The state that all interactions share. Clones share it.
#[derive(Debug, Clone)]
pub struct App {
    base: Arc<LoadedBase>,
    /// The base that the next interaction meets.
    newest: Arc<ArcSwap<LoadedBase>>,
    knowledge: Arc<Path>,
    source_code: Option<Arc<str>>,
    journal: Option<Journal>,
    /// Empty until Discord has said who they are.
    owners: Arc<OnceLock<Owners>>,
    turn: Turn,
    cooldown: Option<Cooldown>,
    watch: Arc<WatchConfig>,
}

/// A base that can be asked, and since when.
#[derive(Debug)]
struct LoadedBase {
    answerer: Arc<Answerer>,
    loaded_at: SystemTime,
}

impl LoadedBase {
    fn new(answerer: Answerer) -> Self {
        Self { answerer: Arc::new(answerer), loaded_at: SystemTime::now() }
    }
}

impl App {
    /// The state at the start.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let base = Arc::new(LoadedBase::new(setup.answerer));
        Self {
            base: Arc::clone(&base),
            newest: Arc::new(ArcSwap::new(base)),
            knowledge: setup.knowledge.into(),
            source_code: setup.source_code.map(Into::into),
            journal: setup.journal,
            owners: Arc::default(),
            turn: Turn::default(),
            cooldown: setup.cooldown.map(Cooldown::new),
            watch: Arc::new(setup.watch),
        }
    }

    /// Counts a member's use of the bot; what they get instead where they have had all their uses.
    fn refusal(&self, member: UserId) -> Option<Message> {
        let seconds = self.cooldown.as_ref()?.count(member).err()?;
        Some(Message::notice(&format!("That was a lot at once. Please try again in {seconds} s.")))
    }

    /// The state for one interaction or message, which meets the newest base, and the same one from
    /// beginning to end.
    fn with_newest_base(&self) -> Self {
        Self { base: self.newest.load_full(), ..self.clone() }
    }

    /// What is asked.
    fn answerer(&self) -> Arc<Answerer> {
        Arc::clone(&self.base.answerer)
    }

    /// Remembers who owns the application.
    fn know_owners(&self, owners: Owners) {
        tracing::info!(count = owners.count(), "owners of the application known");
        // They were the same when they were set before.
        let _ = self.owners.set(owners);
    }

    /// Notes in the journal that a question had no answer, if so. Never waits.
    fn note_gap(&self, summary: &Summary, server: Option<GuildId>) {
        let (Some(journal), Some(question)) = (&self.journal, &summary.question) else { return };
        if summary.outcome != Outcome::Unknown.name() {
            return;
        }
        let answerer = self.answerer();
        let (normalized, terms) = (answerer.normalized(question), answerer.subject(question));
        if let Some(gap) = Gap::new(question, &normalized, &terms, server.map(GuildId::get)) {
            journal.record_gap(gap);
        }
    }
}

/// What an interaction comes to: what to send, and what to log of it.
#[derive(Debug)]
pub struct Response {
    /// What Discord gets.
    pub body: Payload,
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

/// Answers an interaction. Every interaction gets a response, also one of a kind or name that this
/// version does not know, because Discord may still show commands and buttons of an older one.
pub async fn respond(app: &App, interaction: &Interaction) -> Response {
    if let Some(refusal) = refusal(app, interaction) {
        return refusal;
    }
    let app = &app.with_newest_base();
    let response = dispatch(app, interaction).await;
    if let Interaction::Command(command) = interaction {
        app.note_gap(&response.summary, command.guild_id);
    }
    response
}

/// What a member gets who has asked too often. What is typed ahead does not count.
fn refusal(app: &App, interaction: &Interaction) -> Option<Response> {
    let (name, member) = match interaction {
        Interaction::Command(command) => (command.data.name.as_str(), command.user.id),
        Interaction::Component(component) => (custom_id::split(&component.data.custom_id).0, component.user.id),
        _ => return None,
    };
    let body = app.refusal(member)?.response();
    Some(Response { body, summary: Summary::of_feature(name, TOO_SOON, None) })
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
            body: CreateInteractionResponse::Pong.into(),
            summary: Summary::of_feature("ping", "unsupported", None),
        },
        _ => unsupported("modal"),
    }
}

/// The outcome where a member's cooldown stands in the way.
const TOO_SOON: &str = "too_soon";

fn unsupported(name: &str) -> Response {
    Response { body: Message::notice(UNSUPPORTED).response(), summary: Summary::of_feature(name, "unsupported", None) }
}

const UNSUPPORTED: &str =
    "I don't know this command any more. Discord may show an old list: please try again in a minute.";

/// Whether the member alone sees a message of the bot.
fn is_private(message: &serenity::all::Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}
