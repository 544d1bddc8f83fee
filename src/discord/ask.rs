//! `/ask question:… [private:true]`: the reason for the bot.

use serenity::all::{CommandInteraction, CommandOptionType, CreateCommand, CreateCommandOption, ResolvedValue};

use super::{App, Response, Summary, render};

/// The command's name.
pub(super) const NAME: &str = "ask";

const QUESTION: &str = "question";
const PRIVATE: &str = "private";

/// How the command is registered.
pub(super) fn definition() -> CreateCommand {
    let question = CreateCommandOption::new(CommandOptionType::String, QUESTION, "What do you want to know?")
        .required(true)
        .set_autocomplete(true)
        .min_length(1);
    let private = CreateCommandOption::new(CommandOptionType::Boolean, PRIVATE, "Show the answer to you alone");
    CreateCommand::new(NAME)
        .description("Ask a question and get an answer with its sources")
        .add_option(question)
        .add_option(private.required(false))
}

/// Answers the question.
pub(super) fn respond(app: &App, command: &CommandInteraction) -> Response {
    let options = command.data.options();
    let question = options.iter().find_map(|option| match option.value {
        ResolvedValue::String(text) if option.name == QUESTION => Some(text),
        _ => None,
    });
    let is_private =
        options.iter().any(|option| option.name == PRIVATE && matches!(option.value, ResolvedValue::Boolean(true)));
    let question = question.unwrap_or_default();
    let reply = app.answerer.reply(question);
    let best = reply.candidates.first().map(|candidate| candidate.entry.id.as_str());
    let summary = Summary::of(NAME, question, reply.outcome, reply.confidence(), best);
    Response { body: render::reply(&reply, is_private), summary }
}

/// Offers questions while one is being typed.
pub(super) fn complete(app: &App, command: &CommandInteraction) -> Response {
    let typed = command.data.autocomplete().map_or("", |option| option.value);
    let entries = app.answerer.complete(typed, render::MAX_CHOICES);
    let summary = Summary {
        command: NAME.to_owned(),
        outcome: "choices",
        confidence: 0.0,
        entry: entries.first().map(|entry| entry.id.clone()),
        question: Some(typed.to_owned()),
    };
    Response { body: render::choices(&entries), summary }
}
