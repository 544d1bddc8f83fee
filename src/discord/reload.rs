//! `/reload`: the knowledge base anew from its folder, without a restart.
//!
//! Interactions go on with the old base while the new one is read, and keep it where the new one
//! has an error.

use std::path::Path;
use std::time::Instant;

use arc_swap::ArcSwap;
use serenity::all::{CommandInteraction, CreateCommand};
use serenity::async_trait;

use super::feature::{Feature, Scope};
use super::message::{self, Message};
use super::text::escape;
use super::upkeep::{self, Work, notice};
use super::{App, LoadedBase, Response, Summary, locale};
use footnote_knowledge::diagnostic::Severity;
use footnote_knowledge::{self, LoadError};
use footnote_search::reply::Answerer;

const NAME: &str = "reload";

const STAYS: &str = "Nothing has changed: I go on with the base that I had.";
const GOES_ON: &str = "I am still loading. `/about` shows when it is done; if I find an error, I keep \
    the base that I have, and `footnote check` shows what is wrong.";
const BROKEN: &str = "Loading broke off by a fault of mine, which the log shows. I go on with the base that I had.";

/// The command.
pub(super) struct Reload;

#[async_trait]
impl Feature for Reload {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        let command = locale::command(NAME, "Load my knowledge base anew (for the application's owners)");
        Some(command.default_member_permissions(upkeep::OFFERED_TO))
    }

    fn scope(&self) -> Scope {
        Scope::SERVERS_AND_DIRECT_MESSAGES
    }

    async fn run(&self, app: &App, command: &CommandInteraction) -> Response {
        if let Some(refusal) = upkeep::refuse_others(app, NAME, command.user.id) {
            return refusal;
        }
        let state = app.clone();
        match app.turn.work(move || reload(&state.newest, &state.knowledge)).await {
            Work::Done(Ok(reloaded)) => reloaded.response(),
            Work::Done(Err(error)) => failure(&error),
            Work::GoesOn => notice(NAME, GOES_ON, "goes_on"),
            Work::Busy => notice(NAME, upkeep::BUSY, "busy"),
            Work::Broken => notice(NAME, BROKEN, "broken"),
        }
    }
}

/// How much a base has.
#[derive(Debug)]
struct Size {
    entries: usize,
    sources: usize,
}

impl Size {
    fn of(answerer: &Answerer) -> Self {
        Self { entries: answerer.base().entries.len(), sources: answerer.base().sources.len() }
    }
}

/// A change of bases that is done.
#[derive(Debug)]
struct Reloaded {
    before: Size,
    now: Size,
    milliseconds: u128,
    warnings: usize,
}

/// Loads the folder and puts the base in the place of the newest. Blocks.
fn reload(newest: &ArcSwap<LoadedBase>, folder: &Path) -> Result<Reloaded, LoadError> {
    let started = Instant::now();
    let thresholds = newest.load().answerer.thresholds();
    let base = footnote_knowledge::load(folder).inspect_err(|error| {
        tracing::warn!(%error, "knowledge base not reloaded");
    })?;
    let base = LoadedBase::new(Answerer::new(base, thresholds));
    let answerer = base.answerer.clone();
    let before = newest.swap(base.into());
    let milliseconds = started.elapsed().as_millis();
    let (before, now) = (Size::of(&before.answerer), Size::of(&answerer));
    tracing::info!(entries = now.entries, sources = now.sources, ms = milliseconds, "knowledge base reloaded");
    let warnings = answerer.warnings().count(Severity::Warning);
    Ok(Reloaded { before, now, milliseconds, warnings })
}

impl Reloaded {
    fn response(&self) -> Response {
        let Self { before, now, milliseconds, warnings } = self;
        let warnings = match warnings {
            0 => "No warnings.".to_owned(),
            1 => "1 warning, which `/check` shows.".to_owned(),
            several => format!("{several} warnings, which `/check` shows."),
        };
        let text = format!(
            "{} entries from {} documents, before {} from {}. It took {milliseconds} ms. {warnings}",
            now.entries, now.sources, before.entries, before.sources
        );
        let message = Message::new(message::embed("Knowledge base reloaded", &text, message::BLUE)).private(true);
        Response { body: message.response(), summary: Summary::of_feature(NAME, "reloaded", None) }
    }
}

fn failure(error: &LoadError) -> Response {
    let message = match error {
        LoadError::Invalid { diagnostics, .. } => {
            let title = format!("Not reloaded: {}", diagnostics.totals());
            upkeep::report(&title, STAYS, diagnostics)
        }
        LoadError::Folder { .. } => Message::notice(&format!("{}\n\n{STAYS}", escape(&error.to_string()))),
    };
    Response { body: message.response(), summary: Summary::of_feature(NAME, "not_reloaded", None) }
}
