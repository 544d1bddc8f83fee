//! `/about`: what this bot is, what it knows, since when, and what happens to what members type.

use std::error::Error;
use std::time::UNIX_EPOCH;

use async_trait::async_trait;

use super::command::{Audience, Command, Definition};
use crate::discord::app::{App, Context};
use crate::discord::incoming::{Call, Press};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::about;
use footnote_knowledge::text::counted;

static DEFINITION: Definition =
    Definition::typed("about", "See what I am, what I know and what I store", Audience::Everyone);

const STORED: &str = "I store unanswered questions and votes. I store keyed hashes instead of \
    members' ids.";
const NOTHING_STORED: &str = "I store neither questions nor votes.";
const READ: &str = "I only read messages addressed to me.";
const READ_WATCHING: &str = "I only read messages addressed to me, and all messages in the \
    channels that I watch. I store none of those that are not addressed to me.";
const NO_SOURCE_CODE: &str = "I am free software under the MIT licence; ask the bot's operator for \
    the source code.";

pub(super) struct About;

#[async_trait]
impl Command for About {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    async fn run(&self, context: &Context<'_>, _call: &Call) -> Response {
        let can_delete_votes = context.keeps_votes();
        let card = about::card(&text(context), &context.app.links, can_delete_votes);
        Response::message(card, Outcome::About)
    }
}

const NO_VOTES: &str = "You have no votes here. There is nothing to delete.";
const NOT_DELETED: &str = "I could not delete your votes. Try again in a minute.";

/// The response to "Delete my votes".
pub(in crate::discord) async fn delete_votes(context: &Context<'_>, press: &Press) -> Response {
    let Some(journal) = &context.app.journal else {
        return Response::notice(NOTHING_STORED, Outcome::NoJournal);
    };
    match journal.forget(press.member).await {
        Ok(0) => Response::notice(NO_VOTES, Outcome::Forgotten),
        Ok(votes) => {
            let text = format!("I deleted your votes: {}.", counted(votes, "answer"));
            Response::notice(&text, Outcome::Forgotten)
        }
        Err(error) => {
            let error: &dyn Error = &error;
            tracing::warn!(error, "cannot delete a member's votes");
            Response::notice(NOT_DELETED, Outcome::JournalFailed)
        }
    }
}

fn text(context: &Context<'_>) -> String {
    let base = context.base();
    let loaded = context.loaded.loaded_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let itself = format!(
        "I answer questions from a curated knowledge base and show the sources of every answer. \
         What they don't say, I don't know.\n\n\
         Version {} · {} in {}, from {} · loaded <t:{loaded}:f>",
        env!("CARGO_PKG_VERSION"),
        counted(base.entries.len(), "question"),
        counted(base.topics.len(), "topic"),
        counted(base.sources.len(), "source"),
    );
    let source_code = match &context.app.links.source_code {
        Some(address) => format!("Source code: <{address}>"),
        None => NO_SOURCE_CODE.to_owned(),
    };
    [itself, privacy(context.app), source_code].join("\n\n")
}

fn privacy(app: &App) -> String {
    let stored = if app.journal.is_some() { STORED } else { NOTHING_STORED };
    format!("{stored} {}", if app.watch.channels.is_empty() { READ } else { READ_WATCHING })
}
