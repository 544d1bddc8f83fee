//! `/about`: what this bot is, what it knows and since when, and what becomes of what members type.

use std::time::UNIX_EPOCH;

use serenity::all::{CommandInteraction, CreateCommand};
use serenity::async_trait;

use super::feature::Feature;
use super::message::{self, Message};
use super::{App, Response, Summary, locale};
use footnote_knowledge::text::counted;

const NAME: &str = "about";

const STORED: &str = "Questions without an answer are stored without who asked, and votes with a keyed hash in the place of the \
    member's id.";
const NOTHING_STORED: &str = "I store neither questions nor votes.";
const READ: &str = "I read no message but those that are put to me.";
const READ_WATCHING: &str = "I read the messages that are put to me and, in the channels that I was told to watch, all others \
    too, of which I store none.";

/// The command.
pub(super) struct About;

#[async_trait]
impl Feature for About {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        Some(locale::command(NAME, "See what I am, what I know and what I store"))
    }

    async fn run(&self, app: &App, _command: &CommandInteraction) -> Response {
        let embed = message::embed("About Footnote", &text(app), message::BLUE);
        Response {
            body: Message::new(embed).private(true).response(),
            summary: Summary::of_feature(NAME, "about", None),
        }
    }
}

fn text(app: &App) -> String {
    let answerer = app.answerer();
    let base = answerer.base();
    let loaded = app.base.loaded_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let mut parts = vec![
        format!(
            "I answer questions from a curated knowledge base and show the sources of every answer. What they do not say, I \
             don't know.\n\nVersion {} · {} in {}, from {} · loaded <t:{loaded}:f>",
            env!("CARGO_PKG_VERSION"),
            counted(base.entries.len(), "question"),
            counted(base.topics.len(), "topic"),
            counted(base.sources.len(), "document"),
        ),
        privacy(app),
    ];
    parts.push(match &app.source_code {
        Some(address) => format!("Source code: <{address}>"),
        None => "I am free software under the MIT licence; ask whoever runs me here for the source code.".to_owned(),
    });
    parts.join("\n\n")
}

fn privacy(app: &App) -> String {
    let stored = if app.journal.is_some() { STORED } else { NOTHING_STORED };
    format!("{stored} {}", if app.watch.channels.is_empty() { READ } else { READ_WATCHING })
}
