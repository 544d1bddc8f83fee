//! `/ask question:… [private:true] [for:@member]`: what the bot is for.

use std::future::ready;

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition, Kind, OptionDefinition, OptionKind};
use crate::discord::app::Context;
use crate::discord::incoming::{Call, Typing, without_mentions};
use crate::discord::question;
use crate::discord::response::{Outcome, Response, Summary};
use crate::discord::view::address::Deletion;
use crate::discord::view::entry::Reader;
use crate::discord::view::message::Card;
use crate::discord::view::reply;

const QUESTION: &str = "question";
const PRIVATE: &str = "private";
/// Whether it is offered is in the configuration.
pub(in crate::discord) const FOR: &str = "for";

static DEFINITION: Definition = Definition {
    name: "ask",
    kind: Kind::Typed {
        options: &[
            OptionDefinition { name: QUESTION, kind: OptionKind::Question },
            OptionDefinition { name: PRIVATE, kind: OptionKind::Flag },
            OptionDefinition { name: FOR, kind: OptionKind::Member },
        ],
    },
    audience: Audience::Everyone,
};

pub(super) struct Ask;

impl Command for Ask {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(ready(respond(context, call)))
    }

    fn complete(&self, context: &Context<'_>, typing: &Typing) -> Response {
        let typed = without_mentions(&typing.text);
        let response = Response::choices(&context.answerer().complete(&typed, reply::MAX_CHOICES));
        Response { summary: Summary { question: Some(typed), ..response.summary }, ..response }
    }
}

fn respond(context: &Context<'_>, call: &Call) -> Response {
    let question = question::in_text(call.text(QUESTION).unwrap_or_default());
    if question.is_empty() {
        return Response::notice(&context.texts.no_question(), Outcome::NoQuestion);
    }
    let reply = context.reply(&question);
    if let Some(courtesy) = question::courtesy(&question).filter(|_| reply.answer().is_none()) {
        return Response::notice(&courtesy.answer(context.texts), Outcome::Courtesy);
    }
    if let Some((texts, base)) = context.in_other_language(&question, &reply) {
        return Response::in_other_language(texts, base, &question);
    }
    context.note_reply(&question, &reply, call.asker(), None);
    // Addressing a private answer to somebody is pointless: nobody else sees it.
    let is_private = call.flag(PRIVATE);
    let addressee = call.member(FOR).filter(|_| !is_private && context.server.allows_for);
    let deletion = Deletion { addressee, ..Deletion::by(call.member) };
    let reader = Reader {
        texts: context.texts,
        keeps_votes: context.keeps_votes(),
        deletion: Some(deletion).filter(|_| !is_private),
        asks_people: context.has_helpers(call.server).then_some(call.member),
        site: context.site(),
    };
    let card = reply::card(context.base(), &question, &reply, &reader);
    let card = addressee.into_iter().fold(card, Card::addressed_to);
    Response::reply(card, &question, &reply)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::fixture::{app, setup};
    use crate::discord::incoming::OptionValue;
    use crate::discord::response::Delivery;
    use crate::discord::view::message::tests::json;

    fn call(question: &str, options: &[(&str, OptionValue)]) -> Call {
        let question = (QUESTION, OptionValue::Text(question.to_owned()));
        let options = options.iter().cloned().chain([question]).map(|(name, value)| (name.to_owned(), value));
        Call { options: options.collect(), ..Call::default() }
    }

    fn shown(response: &Response) -> serde_json::Value {
        match &response.delivery {
            Delivery::Message(card) => json(card),
            other => panic!("a message, not {other:?}"),
        }
    }

    #[tokio::test]
    async fn a_question_is_answered_without_the_mentions_in_it() {
        let app = app();
        let response = Ask.run(&app.anywhere(), &call("<@77> height of the crane", &[])).await;
        assert_eq!(response.summary.outcome, Outcome::Answer);
        assert_eq!(response.summary.entry.as_deref(), Some("crane-height"));
        assert_eq!(response.summary.question.as_deref(), Some("height of the crane"));
        assert_eq!(shown(&response)["embeds"][0]["title"], "How tall is the crane?");
    }

    #[tokio::test]
    async fn hello_thank_you_and_what_is_no_question_get_a_word_that_only_the_member_sees() {
        let app = app();
        for (text, outcome) in [
            ("hello", Outcome::Courtesy),
            ("thanks!", Outcome::Courtesy),
            ("https://example.org/crane", Outcome::NoQuestion),
            ("```crane metres```", Outcome::NoQuestion),
        ] {
            let response = Ask.run(&app.anywhere(), &call(text, &[])).await;
            assert_eq!((response.summary.outcome, &shown(&response)["flags"]), (outcome, &64.into()), "{text}");
        }
    }

    #[tokio::test]
    async fn a_public_answer_is_addressed_and_a_private_one_is_not() {
        let app = app();
        let member = (FOR, OptionValue::Member(77));
        let public = Ask.run(&app.anywhere(), &call("crane metres", std::slice::from_ref(&member))).await;
        assert_eq!((&shown(&public)["content"], &shown(&public)["flags"]), (&"<@77>".into(), &0.into()));
        let private =
            Ask.run(&app.anywhere(), &call("crane metres", &[member, (PRIVATE, OptionValue::Flag(true))])).await;
        assert_eq!((shown(&private)["content"].as_str(), &shown(&private)["flags"]), (None, &64.into()));
    }

    #[tokio::test]
    async fn nobody_is_addressed_if_the_operator_does_not_want_it() {
        let app = setup(0.5, 0.2, |setup| setup.offering.allows_for = false);
        let response = Ask.run(&app.anywhere(), &call("crane metres", &[(FOR, OptionValue::Member(77))])).await;
        assert_eq!(shown(&response)["content"].as_str(), None);
    }

    #[tokio::test]
    async fn the_thresholds_decide_between_an_answer_candidates_and_nothing() {
        for (answer_at, suggest_at, outcome) in
            [(0.5, 0.2, Outcome::Answer), (2.0, 0.2, Outcome::Suggest), (2.0, 2.0, Outcome::Unknown)]
        {
            let app = setup(answer_at, suggest_at, |_| {});
            let response = Ask.run(&app.anywhere(), &call("How tall is the crane?", &[])).await;
            assert_eq!(response.summary.outcome, outcome);
        }
    }

    #[test]
    fn questions_are_offered_for_what_is_typed() {
        let app = app();
        let typing = Typing { command: "ask".to_owned(), text: "how tall".to_owned(), ..Typing::default() };
        let response = Ask.complete(&app.anywhere(), &typing);
        let Delivery::Choices(choices) = &response.delivery else { panic!("choices, not {response:?}") };
        assert_eq!(choices[0], "How tall is the crane?");
        assert_eq!(response.summary.entry.as_deref(), Some("crane-height"));
    }
}
