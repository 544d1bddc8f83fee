//! `/stats`: how the bot was used in a server, for its moderators.
//!
//! As for `/gaps`, Discord decides who may use the command. So only the server is checked here.

use std::error::Error;

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::stats;
use footnote_knowledge::PartialDate;
use footnote_knowledge::staleness::stale;

static DEFINITION: Definition = Definition::typed("stats", Audience::Moderators);

/// How many weeks are shown. More would be too narrow in the picture.
const WEEKS: u32 = 8;

pub(super) struct Stats;

impl Command for Stats {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(respond(context, call))
    }
}

async fn respond(context: &Context<'_>, call: &Call) -> Response {
    let texts = context.texts;
    let Some(server) = call.server else { return Response::notice(&texts.needs_a_server(), Outcome::NoServer) };
    let Some(journal) = &context.app.journal else {
        return Response::notice(&texts.gaps_need_the_journal(), Outcome::NoJournal);
    };
    let base = context.base();
    match journal.statistics(server, WEEKS).await {
        Ok(statistics) => {
            let stale = stale(base, context.app.stale_after, PartialDate::today());
            Response::message(stats::card(texts, base, &statistics, &stale), Outcome::Stats)
        }
        Err(error) => {
            let error: &dyn Error = &error;
            tracing::warn!(error, "cannot show the statistics");
            Response::notice(&texts.journal_is_unreadable(), Outcome::JournalFailed)
        }
    }
}
