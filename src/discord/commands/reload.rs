//! `/reload`: reads the knowledge base from its folder again, and shows how it went.

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use super::owners::{self, Notices};
use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::reload::{Reloaded, Reloader};
use crate::discord::response::{Outcome, Response};
use crate::discord::texts::Texts;
use crate::discord::view::markdown::escape;
use crate::discord::view::message::{BLUE, Card};
use crate::discord::view::report::{self, totals};
use footnote_knowledge::LoadError;

static DEFINITION: Definition = Definition::typed("reload", Audience::Owners);

pub(super) struct Reload;

impl Command for Reload {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(respond(context, call))
    }
}

async fn respond(context: &Context<'_>, call: &Call) -> Response {
    let (texts, reloader) = (context.texts, Reloader::of_slot(context.app, &context.server.slot));
    let notices = Notices { goes_on: texts.reload_goes_on(), broken: texts.reload_crashed() };
    owners::respond(
        context,
        call.member,
        notices,
        move || reloader.load(),
        |result| match result {
            Ok(done) => success(texts, &done),
            Err(error) => failure(texts, &error),
        },
    )
    .await
}

/// What an owner reads about the new base.
fn success(texts: &Texts, reloaded: &Reloaded) -> Response {
    let ((entries, sources), (entries_before, sources_before)) =
        (reloaded.now.size(), reloaded.before.as_ref().unwrap_or(&reloaded.now).size());
    let warnings = match reloaded.warnings {
        0 => texts.no_warnings(),
        some => texts.warnings(some),
    };
    let size = texts.reloaded(entries, sources, entries_before, sources_before, reloaded.milliseconds);
    let card = Card::new(&texts.reloaded_title(), &format!("{size} {warnings}"), BLUE);
    Response::message(card.private(true), Outcome::Reloaded)
}

fn failure(texts: &Texts, error: &LoadError) -> Response {
    let stays = texts.base_stays();
    let card = match error {
        LoadError::Invalid { diagnostics, .. } => {
            let title = texts.not_reloaded_title(&totals(texts, diagnostics));
            report::card(&title, &stays, diagnostics)
        }
        LoadError::Folder { .. } => Card::notice(&format!("{}\n\n{stays}", escape(&error.to_string()))),
    };
    Response::message(card, Outcome::NotReloaded)
}
