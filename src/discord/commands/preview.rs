//! `/preview`: shows an entry as members would see it, with what is wrong with it, before it is in
//! the base.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use super::owners::{self, Notices};
use crate::check::check_draft;
use crate::discord::app::Context;
use crate::discord::incoming::{Call, Form};
use crate::discord::response::{Outcome, Response};
use crate::discord::texts::Texts;
use crate::discord::view::{form, preview};
use footnote_knowledge::Draft;

static DEFINITION: Definition = Definition::typed("preview", Audience::Owners);

pub(super) struct Preview;

impl Command for Preview {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            match owners::refusal(context, call.member) {
                Some(refusal) => refusal,
                None => Response::form(form::preview(context.texts)),
            }
        })
    }
}

/// The response to the form.
pub(in crate::discord) async fn submit(context: &Context<'_>, form: &Form) -> Response {
    let (loaded, text) = (Arc::clone(&context.loaded), form.text(form::ENTRY).to_owned());
    let check = move || check_draft(loaded.answerer.base(), &text);
    let texts = context.texts;
    let notices = Notices { goes_on: texts.preview_goes_on(), broken: texts.check_crashed() };
    owners::respond(context, form.member, notices, check, |draft| response(texts, &draft)).await
}

fn response(texts: &Texts, draft: &Draft) -> Response {
    let is_sound = draft.diagnostics.is_empty();
    Response::message(preview::card(texts, draft), if is_sound { Outcome::Preview } else { Outcome::Problems })
}
