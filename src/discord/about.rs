//! `/about`: what this bot is, what it knows and since when, and what becomes of what members type.

use std::time::UNIX_EPOCH;

use serenity::all::{CommandInteraction, CreateCommand};
use serenity::async_trait;

use super::feature::Feature;
use super::message::{self, Message};
use super::{App, Response, Summary};

const NAME: &str = "about";

const PRIVACY: &str = "Questions without an answer are stored without who asked, and votes with a keyed hash of the member's id \
    that cannot be turned back. I read no message but those that are put to me.";

/// The command.
pub(super) struct About;

#[async_trait]
impl Feature for About {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        Some(CreateCommand::new(NAME).description("See what I am, what I know and what I store"))
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
             don't know.\n\nVersion {} · {} questions in {} topics, from {} documents · loaded <t:{loaded}:f>",
            env!("CARGO_PKG_VERSION"),
            base.entries.len(),
            base.topics.len(),
            base.sources.len(),
        ),
        PRIVACY.to_owned(),
    ];
    parts.push(match &app.source_code {
        Some(address) => format!("Source code: <{address}>"),
        None => "I am free software under the MIT licence; ask whoever runs me here for the source code.".to_owned(),
    });
    parts.join("\n\n")
}
