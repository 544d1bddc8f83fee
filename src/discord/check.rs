//! `/check`: what is wrong with the knowledge base as it lies on the disk, before it is loaded.

use serenity::all::{CommandInteraction, CreateCommand};
use serenity::async_trait;

use super::feature::{Feature, Scope};
use super::message::{self, Message};
use super::text::escape;
use super::upkeep::{self, Work, notice};
use super::{App, Response, Summary, locale};
use crate::check::{self, Findings};
use footnote_knowledge::LoadError;

const NAME: &str = "check";

const GOES_ON: &str = "The check takes longer than Discord waits for me. Please run `footnote check` where I run.";
const BROKEN: &str = "The check broke off by a fault of mine, which the log shows.";

/// The command.
pub(super) struct Check;

#[async_trait]
impl Feature for Check {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        let command = locale::command(NAME, "See what is wrong with my knowledge base (for the application's owners)");
        Some(command.default_member_permissions(upkeep::OFFERED_TO))
    }

    fn scope(&self) -> Scope {
        Scope::SERVERS_AND_DIRECT_MESSAGES
    }

    async fn run(&self, app: &App, command: &CommandInteraction) -> Response {
        if let Some(refusal) = upkeep::refuse_others(app, NAME, command.user.id) {
            return refusal;
        }
        let folder = app.knowledge.clone();
        match app.turn.work(move || check::check(&folder)).await {
            Work::Done(found) => response(&found),
            Work::GoesOn => notice(NAME, GOES_ON, "goes_on"),
            Work::Busy => notice(NAME, upkeep::BUSY, "busy"),
            Work::Broken => notice(NAME, BROKEN, "broken"),
        }
    }
}

fn response(found: &Result<Findings, LoadError>) -> Response {
    let (message, outcome) = match found {
        Ok(findings) if findings.diagnostics.is_empty() => {
            let message = message::embed("Nothing is wrong", &findings.summary(), message::BLUE);
            (Message::new(message).private(true), "sound")
        }
        Ok(findings) => {
            let title = findings.diagnostics.totals();
            (upkeep::report(&title, &findings.summary(), &findings.diagnostics), "problems")
        }
        Err(error) => (Message::notice(&escape(&error.to_string())), "unreadable"),
    };
    Response { body: message.response(), summary: Summary::of_feature(NAME, outcome, None) }
}
