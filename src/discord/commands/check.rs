//! `/check`: what is wrong with the knowledge base on the disk, before it is loaded.

use std::sync::Arc;

use async_trait::async_trait;

use super::command::{Audience, Command, Definition};
use super::owners::{self, Notices};
use crate::check::{Findings, check};
use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::markdown::escape;
use crate::discord::view::message::{BLUE, Card};
use crate::discord::view::report;
use footnote_knowledge::LoadError;

static DEFINITION: Definition = Definition::typed(
    "check",
    "See what is wrong with my knowledge base (for the application's owners)",
    Audience::Owners,
);

const NOTICES: Notices = Notices {
    goes_on: "The check takes longer than Discord waits. Run `footnote check` on the bot's machine \
        instead.",
    broken: "The check crashed; see the log.",
};

pub(super) struct Check;

#[async_trait]
impl Command for Check {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    async fn run(&self, context: &Context<'_>, call: &Call) -> Response {
        let folder = Arc::clone(&context.app.knowledge);
        owners::respond(context, call, NOTICES, move || check(&folder), |found| response(&found)).await
    }
}

fn response(found: &Result<Findings, LoadError>) -> Response {
    match found {
        Ok(findings) if findings.diagnostics.is_empty() => {
            let card = Card::new("No problems found", &findings.summary(), BLUE).private(true);
            Response::message(card, Outcome::Sound)
        }
        Ok(findings) => {
            let title = findings.diagnostics.totals();
            let card = report::card(&title, &findings.summary(), &findings.diagnostics);
            Response::message(card, Outcome::Problems)
        }
        Err(error) => Response::notice(&escape(&error.to_string()), Outcome::Unreadable),
    }
}
