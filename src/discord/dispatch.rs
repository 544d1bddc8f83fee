//! Finds the response to an interaction, without any input from or output to Discord, so that
//! transports have no logic of their own.

use super::app::{App, Context};
use super::bases::NoBase;
use super::commands::{about, catalogue, curation, delete, follow_up, gaps, preview, registry, suggestions, thread};
use super::incoming::{Call, Form, Interaction, Press, Typing};
use super::response::{Outcome, Response};
use super::view::address::Address;
use super::view::form::PREVIEW;

/// Responds to an interaction. Every interaction gets a response, even one of a kind or name that
/// this version does not know: Discord may still show the commands and buttons of an older
/// version.
pub async fn respond(app: &App, interaction: &Interaction) -> Response {
    let (server, locales) = match interaction {
        Interaction::Call(Call { locales, server, .. })
        | Interaction::Press(Press { locales, server, .. })
        | Interaction::Form(Form { locales, server, .. }) => (*server, Some(locales)),
        Interaction::Typing(Typing { server, .. }) => (*server, None),
        Interaction::Other(_) => (None, None),
    };
    let server = app.servers.of(server);
    let texts = app.texts(&server, locales);
    let response = match use_of(interaction).map(|member| server.count_use(member)) {
        Some(Err(seconds)) => Response::too_soon(texts, seconds),
        _ => match app.context(&server, texts).await {
            Ok(context) => dispatch(&context, interaction).await,
            Err(_) if matches!(interaction, Interaction::Typing(_)) => Response::choices(&[]),
            Err(NoBase::Late) => Response::notice(&texts.base_is_loading(), Outcome::BaseLate),
            Err(NoBase::Broken) => Response::notice(&texts.base_is_broken(), Outcome::BaseBroken),
        },
    };
    response.named(name(interaction))
}

/// The member who spends a use of the bot with this interaction. Typing ahead does not count, and
/// nobody has to wait before they can delete an answer.
fn use_of(interaction: &Interaction) -> Option<u64> {
    match interaction {
        Interaction::Call(call) => Some(call.member),
        Interaction::Form(form) => Some(form.member),
        Interaction::Press(press) if matches!(Address::decode(&press.custom_id), Some(Address::Delete(_))) => None,
        Interaction::Press(press) => Some(press.member),
        Interaction::Typing(_) | Interaction::Other(_) => None,
    }
}

/// What the log calls an interaction.
fn name(interaction: &Interaction) -> &str {
    match interaction {
        Interaction::Call(call) => &call.command,
        Interaction::Typing(typing) => &typing.command,
        Interaction::Press(press) => Address::decode(&press.custom_id).map_or("component", |address| address.name()),
        Interaction::Form(form) if form.custom_id == PREVIEW => PREVIEW,
        Interaction::Form(form) => match Address::decode(&form.custom_id) {
            Some(address @ Address::Draft(_)) => address.name(),
            _ => "form",
        },
        Interaction::Other(kind) => kind,
    }
}

async fn dispatch(context: &Context<'_>, interaction: &Interaction) -> Response {
    match interaction {
        Interaction::Call(call) => match registry::find(&call.command) {
            Some(command) => command.run(context, call).await,
            None => Response::unsupported(context.texts),
        },
        Interaction::Typing(typing) => match registry::find(&typing.command) {
            Some(command) => command.complete(context, typing),
            None => Response::choices(&[]),
        },
        Interaction::Press(press) => follow(context, press).await,
        Interaction::Form(form) if form.custom_id == PREVIEW => preview::submit(context, form).await,
        Interaction::Form(form) => match Address::decode(&form.custom_id) {
            Some(Address::Draft(step)) => curation::submit(context, form, &step).await,
            _ => Response::unsupported(context.texts),
        },
        Interaction::Other(_) => Response::unsupported(context.texts),
    }
}

/// Passes a press to whatever its button or menu leads to.
async fn follow(context: &Context<'_>, press: &Press) -> Response {
    match Address::decode(&press.custom_id) {
        Some(Address::FollowUp(to)) => follow_up::press(context, press, &to).await,
        Some(Address::Browse(catalogue, place)) => catalogue::press(context, press, catalogue, &place),
        Some(Address::Gaps(to)) => gaps::press(context, press, &to).await,
        Some(Address::Draft(step)) => curation::press(context, press, &step).await,
        Some(Address::Suggestions(to)) => suggestions::press(context, press, &to).await,
        Some(Address::Delete(deletion)) => delete::press(context, press, &deletion).await,
        Some(Address::DeleteVotes) => about::delete_votes(context, press).await,
        Some(Address::Thread(to)) => thread::press(context, press, to),
        None => Response::unsupported(context.texts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::fixture::{MEMBER, app};
    use crate::discord::incoming::OptionValue;
    use crate::discord::response::Delivery;

    fn call(command: &str, options: &[(&str, OptionValue)]) -> Interaction {
        let options = options.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Interaction::Call(Call { command: command.to_owned(), member: MEMBER, options, ..Call::default() })
    }

    fn press(custom_id: &str) -> Interaction {
        Interaction::Press(Press { custom_id: custom_id.to_owned(), member: MEMBER, ..Press::default() })
    }

    fn form(custom_id: &str) -> Interaction {
        Interaction::Form(Form { custom_id: custom_id.to_owned(), member: MEMBER, ..Form::default() })
    }

    /// What the log gets: the name and the outcome.
    async fn logged(interaction: Interaction) -> (String, &'static str) {
        let summary = respond(&app(), &interaction).await.summary;
        (summary.command, summary.outcome.label())
    }

    #[tokio::test]
    async fn every_command_and_every_button_is_found_and_named() {
        let question = ("question", OptionValue::Text("height of the crane".to_owned()));
        for (interaction, name, outcome) in [
            (call("ask", &[question]), "ask", "answer"),
            (call("Find an answer", &[]), "Find an answer", "no_text"),
            (call("topics", &[]), "topics", "list"),
            (call("sources", &[]), "sources", "list"),
            (call("about", &[]), "about", "about"),
            (call("help", &[]), "help", "help"),
            (call("gaps", &[]), "gaps", "no_server"),
            (call("suggestions", &[]), "suggestions", "no_server"),
            (call("stats", &[]), "stats", "no_server"),
            (call("reload", &[]), "reload", "owners_unknown"),
            (call("check", &[]), "check", "owners_unknown"),
            (call("preview", &[]), "preview", "owners_unknown"),
            (form("preview"), "preview", "owners_unknown"),
            (form("other"), "form", "unsupported"),
            (press("answer:show:crane-height"), "answer", "answer"),
            (press("topics:list:quay:0"), "topics", "list"),
            (press("sources:list:almanac:0"), "sources", "list"),
            (press("gaps:page:1"), "gaps", "no_server"),
            (press("suggestions:page:1"), "suggestions", "no_server"),
            (press("about:forget"), "about", "no_journal"),
            (press("thread:solved:4"), "thread", "solved"),
            (press(&format!("delete:{MEMBER}::")), "delete", "removed"),
            (press("delete:77::"), "delete", "refused"),
            (press("answer:people:77"), "answer", "refused"),
        ] {
            assert_eq!(logged(interaction).await, (name.to_owned(), outcome));
        }
    }

    #[tokio::test]
    async fn what_this_version_does_not_know_gets_a_response_too() {
        for interaction in [call("guess", &[]), press("guess:1"), press("answer:guess:1"), Interaction::Other("modal")]
        {
            assert_eq!(logged(interaction).await.1, "unsupported");
        }
        let typing =
            Interaction::Typing(Typing { command: "guess".to_owned(), text: "a".to_owned(), ..Typing::default() });
        assert!(matches!(respond(&app(), &typing).await.delivery, Delivery::Choices(choices) if choices.is_empty()));
    }

    #[tokio::test]
    async fn an_interaction_keeps_its_base_and_the_next_one_gets_the_newest() {
        let app = app();
        let context = app.anywhere();
        let before = context.loaded.loaded_at;
        let other = crate::discord::loaded::LoadedBase::new(crate::discord::fixture::answerer(2.0, 2.0));
        app.servers.newest.store(other.into());
        assert_eq!(context.loaded.loaded_at, before);
        let question = ("question", OptionValue::Text("height of the crane".to_owned()));
        let interaction = call("ask", &[question]);
        assert_eq!(dispatch(&context, &interaction).await.summary.outcome, Outcome::Answer);
        assert_eq!(respond(&app, &interaction).await.summary.outcome, Outcome::Unknown);
    }
}
