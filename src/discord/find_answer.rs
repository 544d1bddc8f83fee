//! "Find an answer", in the menu of every message: for who sees a question that the bot could
//! answer.

use serenity::all::{CommandInteraction, CreateCommand, ResolvedTarget};
use serenity::async_trait;

use super::feature::Feature;
use super::message::Message;
use super::text::without_mentions;
use super::{App, Response, Summary, answers, locale};
use footnote_search::reply::Outcome;

const NAME: &str = "Find an answer";

const NO_TEXT: &str = "This message has no text that I could look for.";

/// The command.
pub(super) struct FindAnswer;

#[async_trait]
impl Feature for FindAnswer {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        Some(locale::message_command(NAME))
    }

    async fn run(&self, app: &App, command: &CommandInteraction) -> Response {
        let question = match command.data.target() {
            Some(ResolvedTarget::Message(message)) => without_mentions(&message.content),
            _ => String::new(),
        };
        if question.trim().is_empty() {
            return Response {
                body: Message::notice(NO_TEXT).response(),
                summary: Summary::of_feature(NAME, "no_text", None),
            };
        }
        let answerer = app.answerer();
        let reply = answerer.reply(&question);
        // Only an answer is worth everyone's attention.
        let is_private = reply.outcome != Outcome::Answer;
        let message = answers::reply(app, &answerer, &question, &reply).private(is_private);
        Response { body: message.response(), summary: Summary::of_reply(NAME, &question, &reply) }
    }
}
