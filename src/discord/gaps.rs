//! `/gaps`: what could not be answered in a server, for its moderators, and a file to write the
//! answers into.
//!
//! Who may use it is the server's matter: Discord offers it to who may manage the server, and its
//! administrators can decide otherwise
//! ([permissions](https://discord.com/developers/docs/interactions/application-commands#permissions)).
//! So nothing but the server is looked at here.

mod stub;

use std::error::Error;
use std::sync::Arc;

use serenity::all::{CommandInteraction, ComponentInteraction, CreateButton, CreateCommand, GuildId, Permissions};
use serenity::async_trait;

use super::answers::picked;
use super::custom_id::{self, custom_id};
use super::feature::{Feature, Scope};
use super::listing;
use super::message::{self, Message};
use super::payload::{File, Payload};
use super::text::on_one_line;
use super::{App, Response, Summary, locale};
use crate::journal::{GapGroup, GapPage, JournalError, Page, Store};
use footnote_search::reply::Answerer;

const NAME: &str = "gaps";

/// The verb of the buttons that turn the pages.
const PAGE: &str = "page";
/// The verb of the menu that marks a group as done.
const DONE: &str = "done";

/// The file with the entries to fill in.
const FILE: &str = "gaps.toml";

/// How many groups a page shows. Each takes at most 450 characters, with every character of a
/// question escaped.
const GROUPS_A_PAGE: u32 = 5;
const MAX_QUESTION: usize = 100;
/// How many other wordings of a group are shown.
const MAX_OTHERS: usize = 2;
const MAX_OTHER: usize = 40;

/// How many groups the file has; a curator who has written so many answers asks again.
const GROUPS_A_FILE: u32 = 100;

const NO_SERVER: &str = "Questions without an answer are listed server by server: please ask in one.";
const NO_JOURNAL: &str = "I keep no questions: my journal is off. Who runs me can switch it on with \
    `journal.enabled = true` in config.toml.";
const UNREADABLE: &str = "I cannot reach my journal just now. Please try again in a minute.";

/// The command.
pub(super) struct Gaps;

#[async_trait]
impl Feature for Gaps {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        let command = locale::command(NAME, "See what I could not answer in this server");
        Some(command.default_member_permissions(Permissions::MANAGE_GUILD))
    }

    fn scope(&self) -> Scope {
        Scope::SERVERS
    }

    async fn run(&self, app: &App, command: &CommandInteraction) -> Response {
        respond(show(app, command.guild_id, 0).await, Message::response, "list")
    }

    async fn press(&self, app: &App, component: &ComponentInteraction, state: &str) -> Response {
        let (verb, page) = custom_id::split(state);
        let page = page.parse().unwrap_or_default();
        match verb {
            PAGE => respond(show(app, component.guild_id, page).await, Message::update, "list"),
            DONE => {
                let group = picked(component).unwrap_or_default();
                respond(mark_done(app, component.guild_id, group, page).await, Message::update, "done")
            }
            _ => super::unsupported(NAME),
        }
    }
}

async fn show(app: &App, server: Option<GuildId>, page: u32) -> Result<Message, Refusal> {
    ServerGaps::of(app, server)?.show(page).await
}

async fn mark_done(app: &App, server: Option<GuildId>, group: &str, page: u32) -> Result<Message, Refusal> {
    let gaps = ServerGaps::of(app, server)?;
    gaps.mark_done(group).await?;
    gaps.show(page).await
}

fn respond(shown: Result<Message, Refusal>, send: impl FnOnce(Message) -> Payload, outcome: &'static str) -> Response {
    let (body, outcome) = match shown {
        Ok(message) => (send(message), outcome),
        Err(refusal) => {
            refusal.log();
            let (text, outcome) = refusal.notice();
            (Message::notice(text).response(), outcome)
        }
    };
    Response { body, summary: Summary::of_feature(NAME, outcome, None) }
}

/// Why there is nothing to show.
#[derive(Debug)]
enum Refusal {
    NoServer,
    NoJournal,
    Unreadable(JournalError),
}

impl From<JournalError> for Refusal {
    fn from(error: JournalError) -> Self {
        Self::Unreadable(error)
    }
}

impl Refusal {
    fn log(&self) {
        if let Self::Unreadable(error) = self {
            let error: &dyn Error = error;
            tracing::warn!(error, "the questions without an answer cannot be shown");
        }
    }

    /// What the moderator reads, and what the log calls it.
    fn notice(&self) -> (&'static str, &'static str) {
        match self {
            Self::NoServer => (NO_SERVER, "no_server"),
            Self::NoJournal => (NO_JOURNAL, "no_journal"),
            Self::Unreadable(_) => (UNREADABLE, "journal_failed"),
        }
    }
}

/// The questions without an answer of one server, and of no other.
struct ServerGaps<'a> {
    store: &'a Store,
    server: u64,
    answerer: Arc<Answerer>,
}

impl<'a> ServerGaps<'a> {
    fn of(app: &'a App, server: Option<GuildId>) -> Result<Self, Refusal> {
        let server = server.ok_or(Refusal::NoServer)?.get();
        let store = app.journal.as_ref().ok_or(Refusal::NoJournal)?.store();
        Ok(Self { store, server, answerer: app.answerer() })
    }

    async fn mark_done(&self, group: &str) -> Result<(), JournalError> {
        // A group that somebody else has marked meanwhile is as done as it should be.
        self.store.mark_done(group, Some(self.server)).await.map(|_| ())
    }

    /// A page of the list, counted from 0, with the file; behind the end it is the last one.
    async fn show(&self, page: u32) -> Result<Message, Refusal> {
        let all = self.read(0, GROUPS_A_FILE).await?;
        if all.groups.is_empty() {
            return Ok(empty());
        }
        let pages = u32::try_from(all.total).unwrap_or(u32::MAX).div_ceil(GROUPS_A_PAGE).max(1);
        let page = page.min(pages - 1);
        let shown = self.read(page.saturating_mul(GROUPS_A_PAGE), GROUPS_A_PAGE).await?;
        let file = File::new(FILE, stub::write(&all, self.answerer.base()));
        Ok(list(&shown, page, pages).attach(file))
    }

    async fn read(&self, offset: u32, limit: u32) -> Result<GapPage, JournalError> {
        self.store.gaps(Some(self.server), Page { offset, limit }).await
    }
}

fn empty() -> Message {
    let text = "Every question in this server had an answer, or is marked as done.";
    Message::new(message::embed("No questions without an answer", text, message::BLUE)).private(true)
}

fn list(shown: &GapPage, page: u32, pages: u32) -> Message {
    let first = u64::from(page) * u64::from(GROUPS_A_PAGE) + 1;
    let numbered = || (first..).zip(&shown.groups);
    let mut paragraphs: Vec<String> = numbered().map(|(number, group)| paragraph(number, group)).collect();
    paragraphs.push(format!("Page {} of {pages} · {FILE} has an entry to fill in for each question", page + 1));
    let options = numbered().map(|(number, group)| {
        let label = format!("{number}. {}", on_one_line(wording(group)));
        message::menu_option(&label, &group.group, Some(&times(group.asked)))
    });
    Message::new(message::embed("Questions without an answer", &paragraphs.join("\n\n"), message::BLUE))
        .menu(&custom_id(NAME, &[DONE, &page.to_string()]), "Mark as done…", options.collect())
        .buttons(turns(page, pages))
        .private(true)
}

/// The most frequent wording, how often and when it was last asked, and some other wordings.
fn paragraph(number: u64, group: &GapGroup) -> String {
    let question = message::line(&on_one_line(wording(group)), MAX_QUESTION);
    let mut lines =
        vec![format!("**{number}.** {question}"), format!("{} · last <t:{}:R>", times(group.asked), group.last_seen.0)];
    let others = group.wordings.iter().skip(1).take(MAX_OTHERS);
    let others: Vec<String> =
        others.map(|other| format!("“{}”", message::line(&on_one_line(other), MAX_OTHER))).collect();
    if !others.is_empty() {
        lines.push(format!("also {}", others.join(", ")));
    }
    lines.join("\n")
}

fn wording(group: &GapGroup) -> &str {
    group.wordings.first().map_or("", String::as_str)
}

fn times(count: u64) -> String {
    if count == 1 { "asked once".to_owned() } else { format!("asked {count} times") }
}

fn turns(page: u32, pages: u32) -> Vec<CreateButton> {
    listing::turns(page as usize, pages as usize, |page| custom_id(NAME, &[PAGE, &page.to_string()]))
}
