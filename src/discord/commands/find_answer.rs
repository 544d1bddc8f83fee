//! "Find an answer", in the menu of every message: for members who see a question that the bot
//! could answer.

use std::future::ready;

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition, Kind};
use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::question;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::address::Deletion;
use crate::discord::view::entry::Reader;
use crate::discord::view::reply;
use footnote_search::reply::Outcome as ReplyOutcome;

pub(in crate::discord) const NAME: &str = "Find an answer";

static DEFINITION: Definition = Definition { name: NAME, kind: Kind::MessageMenu, audience: Audience::Everyone };

pub(super) struct FindAnswer;

impl Command for FindAnswer {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(ready(respond(context, call)))
    }
}

fn respond(context: &Context<'_>, call: &Call) -> Response {
    let question = question::in_text(call.target.as_deref().unwrap_or_default());
    if question.is_empty() {
        return Response::notice(&context.texts.message_has_no_text(), Outcome::NoText);
    }
    let reply = context.reply(&question);
    if let Some(courtesy) = question::courtesy(&question).filter(|_| reply.answer().is_none()) {
        return Response::notice(&courtesy.answer(context.texts), Outcome::Courtesy);
    }
    if let Some((texts, base)) = context.in_other_language(&question, &reply) {
        return Response::in_other_language(texts, base, &question);
    }
    context.note_reply(&question, &reply, call.asker(), call.origin);
    // Only an answer is worth everyone's attention.
    let is_private = reply.outcome != ReplyOutcome::Answer;
    let reader = Reader {
        texts: context.texts,
        keeps_votes: context.keeps_votes(),
        deletion: Some(Deletion::by(call.member)).filter(|_| !is_private),
        asks_people: context.has_helpers(call.server).then_some(call.member),
        site: context.site(),
    };
    Response::reply(reply::card(context.base(), &question, &reply, &reader), &question, &reply)
}
