//! `/ask question:… [private:true] [for:@member]`: the reason for the bot.

use serenity::all::{CommandInteraction, CommandOptionType, CreateCommand, ResolvedOption, ResolvedValue};
use serenity::async_trait;

use super::feature::Feature;
use super::text::without_mentions;
use super::{App, Response, Summary, answers, locale, render};

const NAME: &str = "ask";

const QUESTION: &str = "question";
const PRIVATE: &str = "private";
const FOR: &str = "for";

/// The command.
pub(super) struct Ask;

#[async_trait]
impl Feature for Ask {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        let option = |kind, name, description| locale::option(NAME, kind, name, description);
        let question = option(CommandOptionType::String, QUESTION, "What do you want to know?")
            .required(true)
            .set_autocomplete(true)
            .min_length(1);
        let private = option(CommandOptionType::Boolean, PRIVATE, "Show the answer to you alone");
        let addressee = option(CommandOptionType::User, FOR, "Address the answer to a member, who is notified");
        let command = locale::command(NAME, "Ask a question and get an answer with its sources")
            .add_option(question)
            .add_option(private.required(false))
            .add_option(addressee.required(false));
        Some(command)
    }

    async fn run(&self, app: &App, command: &CommandInteraction) -> Response {
        let options = command.data.options();
        let question = match value(&options, QUESTION) {
            Some(ResolvedValue::String(text)) => without_mentions(text),
            _ => String::new(),
        };
        let question = question.as_str();
        let answerer = app.answerer();
        let reply = answerer.reply(question);
        let is_private = matches!(value(&options, PRIVATE), Some(ResolvedValue::Boolean(true)));
        let mut message = answers::reply(app, &answerer, question, &reply).private(is_private);
        // A private answer cannot be addressed: nobody else sees it.
        if let Some(ResolvedValue::User(member, _)) = value(&options, FOR)
            && !is_private
        {
            message = message.addressed_to(member.id);
        }
        Response { body: message.response(), summary: Summary::of_reply(NAME, question, &reply) }
    }

    fn complete(&self, app: &App, command: &CommandInteraction) -> Response {
        let typed = without_mentions(command.data.autocomplete().map_or("", |option| option.value));
        let answerer = app.answerer();
        let entries = answerer.complete(&typed, render::MAX_CHOICES);
        let best = entries.first().map(|entry| entry.id.as_str());
        let summary = Summary { question: Some(typed), ..Summary::of_feature(NAME, "choices", best) };
        Response { body: render::choices(&entries), summary }
    }
}

fn value<'a>(options: &'a [ResolvedOption<'a>], name: &str) -> Option<&'a ResolvedValue<'a>> {
    options.iter().find(|option| option.name == name).map(|option| &option.value)
}
