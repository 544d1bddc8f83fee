//! `/check`: what is wrong with the knowledge base on the disk, before it is loaded.

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use super::owners::{self, Notices};
use crate::check::{Findings, check};
use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::response::{Outcome, Response};
use crate::discord::texts::Texts;
use crate::discord::view::markdown::escape;
use crate::discord::view::message::{BLUE, Card};
use crate::discord::view::report::{self, totals};
use footnote_knowledge::LoadError;

static DEFINITION: Definition = Definition::typed("check", Audience::Owners);

pub(super) struct Check;

impl Command for Check {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            let (texts, folders) = (context.texts, context.server.slot.folders.clone());
            let notices = Notices { goes_on: texts.check_goes_on(), broken: texts.check_crashed() };
            owners::respond(context, call.member, notices, move || check(&folders), |found| response(texts, &found))
                .await
        })
    }
}

fn response(texts: &Texts, found: &Result<Findings, LoadError>) -> Response {
    match found {
        Ok(findings) if findings.diagnostics.is_empty() => {
            let card = Card::new(&texts.no_problems_title(), &summary(texts, findings), BLUE).private(true);
            Response::message(card, Outcome::Sound)
        }
        Ok(findings) => {
            let title = totals(texts, &findings.diagnostics);
            let card = report::card(&title, &summary(texts, findings), &findings.diagnostics);
            Response::message(card, Outcome::Problems)
        }
        Err(error) => Response::notice(&escape(&error.to_string()), Outcome::Unreadable),
    }
}

/// The size of the base and the number of problems, in one line.
fn summary(texts: &Texts, findings: &Findings) -> String {
    let totals = totals(texts, &findings.diagnostics);
    let Some(base) = &findings.base else { return totals };
    let phrasings = base.entries.iter().map(|entry| entry.phrasings.len()).sum();
    texts.base_and_problems(base.entries.len(), phrasings, base.sources.len(), &totals)
}
