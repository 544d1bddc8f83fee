//! `/about`: what this bot is, what it knows, since when, and what happens to what members type.

use std::error::Error;
use std::time::UNIX_EPOCH;

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use crate::discord::app::Context;
use crate::discord::incoming::{Call, Press};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::about;

static DEFINITION: Definition = Definition::typed("about", Audience::Everyone);

pub(super) struct About;

impl Command for About {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, _call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            let can_delete_votes = context.keeps_votes();
            let card = about::card(context.texts, &text(context), &context.app.links, can_delete_votes);
            Response::message(card, Outcome::About)
        })
    }
}

/// The response to "Delete my votes".
pub(in crate::discord) async fn delete_votes(context: &Context<'_>, press: &Press) -> Response {
    let texts = context.texts;
    let Some(journal) = &context.app.journal else {
        return Response::notice(&texts.stores_nothing(), Outcome::NoJournal);
    };
    match journal.forget(press.member).await {
        Ok(0) => Response::notice(&texts.no_votes(), Outcome::Forgotten),
        Ok(votes) => Response::notice(&texts.votes_deleted(votes), Outcome::Forgotten),
        Err(error) => {
            let error: &dyn Error = &error;
            tracing::warn!(error, "cannot delete a member's votes");
            Response::notice(&texts.votes_not_deleted(), Outcome::JournalFailed)
        }
    }
}

fn text(context: &Context<'_>) -> String {
    let (texts, base) = (context.texts, context.base());
    let loaded = context.loaded.loaded_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let base = texts.about_base(
        env!("CARGO_PKG_VERSION"),
        base.entries.len(),
        base.topics.len(),
        base.sources.len(),
        &format!("<t:{loaded}:f>"),
    );
    let source_code = match &context.app.links.source_code {
        Some(address) => texts.source_code(&format!("<{address}>")),
        None => texts.no_source_code(),
    };
    [texts.about_itself(), base, privacy(context), source_code].join("\n\n")
}

fn privacy(context: &Context<'_>) -> String {
    let (app, texts) = (context.app, context.texts);
    let stores = if app.journal.is_some() { texts.stores() } else { texts.stores_nothing() };
    let reads = if context.server.watch.channels.is_empty() { texts.reads() } else { texts.reads_watched_channels() };
    format!("{stores} {reads}")
}
