//! Registers the commands while the bot already works, in the same way for both transports.
//!
//! The whole list is sent at each start. Only a command with a new name costs anything: Discord's
//! documentation of the [bulk overwrite] says that "Commands that do not already exist will count
//! toward daily application command create limits."
//!
//! Answers do not depend on it, because Discord still has the commands of the last start. So a
//! failure is logged and tried again a few times, and then left to the next start.
//!
//! [bulk overwrite]:
//! https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands

use std::iter;

use backon::Retryable;
use serenity::all::{
    ChannelType, CommandOptionType, CommandType, CreateCommand, CreateCommandOption, InstallationContext,
    InteractionContext, Permissions,
};
use tokio_util::sync::CancellationToken;

use super::rest::{RequestError, Rest, pauses};
use crate::config::{Offering, Setting};
use crate::discord::app::App;
use crate::discord::commands::ask::FOR;
use crate::discord::commands::command::{Audience, Definition, Kind, OptionDefinition, OptionKind};
use crate::discord::commands::registry::definitions;
use crate::discord::commands::settings;
use crate::discord::texts::Translations;
use crate::language::Language;

/// The types of channels and forums from which Discord lets a member pick.
const PICKED: [ChannelType; 5] =
    [ChannelType::Text, ChannelType::Voice, ChannelType::News, ChannelType::Stage, ChannelType::Forum];

/// The number of retries, which take about a minute in all.
const RETRIES: usize = 8;

/// Registers the commands, or logs why it could not, unless `stop` is cancelled first. The owners'
/// commands go to their server alone, if the operator names one, and so do the curators'.
pub(super) async fn run(app: &App, rest: &Rest, application: u64, stop: &CancellationToken) {
    let Offering { owner_server, offers_curation, .. } = app.offering;
    let curating = if offers_curation { app.servers.with_desks() } else { Vec::new() };
    let allows_for = app.servers.all().any(|(_, server)| server.allows_for);
    let offering = Offering { allows_for, ..app.offering };
    let settings = match app.journal {
        Some(_) => app.servers.changeable(),
        None => Vec::new(),
    };
    let offered = Offered { offering, settings: &settings };
    let belongs = |definition: &Definition, server: Option<u64>| match definition.audience {
        Audience::Owners => server == owner_server,
        Audience::Curators => server.is_some_and(|server| curating.contains(&server)),
        Audience::Managers => server.is_none() && !settings.is_empty(),
        Audience::Everyone | Audience::Moderators => server.is_none(),
    };
    let others = curating.iter().copied().filter(|server| owner_server != Some(*server));
    let servers = owner_server.into_iter().chain(others).map(Some);
    for server in iter::once(None).chain(servers) {
        let there = definitions().filter(|definition| belongs(definition, server));
        let there = there.map(|definition| create(definition, &app.translations, offered)).collect();
        let whose = if server == owner_server { "the owners' commands" } else { "the curators' commands" };
        register(rest, application, server, there, (whose, stop)).await;
    }
}

async fn register(
    rest: &Rest,
    application: u64,
    server: Option<u64>,
    commands: Vec<CreateCommand>,
    (whose, stop): (&str, &CancellationToken),
) {
    let commands = match serde_json::to_string(&commands) {
        Ok(commands) => commands,
        Err(error) => return tracing::error!(%error, "cannot write the commands"),
    };
    let overwrite = || rest.overwrite_commands(application, server, &commands);
    let log = |error: &RequestError| tracing::error!(%error, server, "cannot register the commands");
    let registered = overwrite
        .retry(pauses().with_max_times(RETRIES))
        .when(RequestError::is_passing)
        .adjust(|error, pause| pause.map(|pause| error.at_least(pause)))
        .notify(|error, _| log(error));
    tokio::select! {
        registered = registered => match (registered, server) {
            (Ok(()), None) => tracing::info!("commands registered"),
            (Ok(()), Some(server)) => tracing::info!(server, "{whose} registered"),
            (Err(error), _) => log(&error),
        },
        () = stop.cancelled() => {}
    }
}

/// A command in the library's form. Discord shows each member a command in the language of their
/// client, and to all whose language it does not get, in the configured one ([localization]).
/// Names of commands and options are the same for all, so that members can tell each other what to
/// type. A command in a menu is nothing but its name, so that is translated.
///
/// [localization]:
/// https://discord.com/developers/docs/interactions/application-commands#localization
fn create(definition: &Definition, translations: &Translations, offered: Offered<'_>) -> CreateCommand {
    let Definition { name, kind, audience } = *definition;
    let command = offer(CreateCommand::new(name), audience, offered.offering);
    let (text, texts) = (translations.configured().command(name, None), translated(translations, name, None));
    match kind {
        Kind::MessageMenu => {
            let command = command.kind(CommandType::Message);
            texts.fold(command, |command, (locale, text)| command.name_localized(locale, text))
        }
        Kind::Typed { options } => {
            let command = command.description(text.unwrap_or_default());
            let command = texts.fold(command, |command, (locale, text)| command.description_localized(locale, text));
            options
                .iter()
                .filter(|option| offered.has(name, option.name))
                .fold(command, |command, option| command.add_option(create_option(name, option, translations, offered)))
        }
    }
}

/// What the operator offers.
#[derive(Debug, Clone, Copy)]
struct Offered<'a> {
    offering: Offering,
    /// What those who manage some server can change there.
    settings: &'a [Setting],
}

impl Offered<'_> {
    fn has(self, command: &str, option: &str) -> bool {
        match command {
            settings::NAME => settings::changes(option).is_none_or(|setting| self.settings.contains(&setting)),
            _ => self.offering.allows_for || option != FOR,
        }
    }
}

/// What is said of a command or an option in all other languages that Discord has.
fn translated<'a>(
    translations: &'a Translations,
    command: &'a str,
    option: Option<&'a str>,
) -> impl Iterator<Item = (&'static str, String)> {
    translations.localizations().filter_map(move |(locale, texts)| Some((locale, texts.command(command, option)?)))
}

/// Sets how a command can be
/// [installed](https://discord.com/developers/docs/resources/application#installation-context),
/// where it can be used and who sees it.
fn offer(command: CreateCommand, audience: Audience, offering: Offering) -> CreateCommand {
    use InteractionContext::{BotDm, Guild, PrivateChannel};
    let (servers, members) = (InstallationContext::Guild, InstallationContext::User);
    match audience {
        Audience::Everyone => {
            command.integration_types(vec![servers, members]).contexts(vec![Guild, BotDm, PrivateChannel])
        }
        Audience::Moderators | Audience::Managers => command
            .integration_types(vec![servers])
            .contexts(vec![Guild])
            .default_member_permissions(Permissions::MANAGE_GUILD),
        Audience::Curators => command.default_member_permissions(Permissions::MANAGE_GUILD),
        // A server's own command is installed with it, and has no contexts.
        Audience::Owners if offering.owner_server.is_some() => command.default_member_permissions(Permissions::empty()),
        // Discord has no audience for owners: whoever writes to the bot sees them there.
        Audience::Owners => command.integration_types(vec![servers, members]).contexts(vec![BotDm]),
    }
}

fn create_option(
    command: &str,
    definition: &OptionDefinition,
    translations: &Translations,
    offered: Offered<'_>,
) -> CreateCommandOption {
    let OptionDefinition { name, kind } = *definition;
    let description = translations.configured().command(command, Some(name)).unwrap_or_default();
    let create = |kind| CreateCommandOption::new(kind, name, description);
    let option = match kind {
        OptionKind::Question => create(CommandOptionType::String).required(true).set_autocomplete(true).min_length(1),
        OptionKind::Flag => create(CommandOptionType::Boolean).required(false),
        OptionKind::Member => create(CommandOptionType::User).required(false),
        OptionKind::Role => create(CommandOptionType::Role).required(false),
        OptionKind::Language => {
            let option = create(CommandOptionType::String).required(false);
            let add = |option: CreateCommandOption, language: Language| {
                option.add_string_choice(language.own_name(), language.tag())
            };
            Language::ALL.into_iter().fold(option, add)
        }
        OptionKind::Channel => create(CommandOptionType::Channel).required(false).channel_types(PICKED.to_vec()),
        OptionKind::Confidence => {
            create(CommandOptionType::Number).required(false).min_number_value(0.0).max_number_value(1.0)
        }
        OptionKind::Setting => {
            let option = create(CommandOptionType::String).required(false);
            let names = offered.settings.iter().map(|setting| setting.name());
            names.fold(option, |option, name| option.add_string_choice(name, name))
        }
    };
    let texts = translated(translations, command, Some(name));
    texts.fold(option, |option, (locale, text)| option.description_localized(locale, text))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn command(name: &str) -> Value {
        let definition = definitions().find(|definition| definition.name == name).expect("there is such a command");
        let translations = Translations::new(Language::English);
        serde_json::to_value(create(
            definition,
            &translations,
            Offered { offering: Offering::default(), settings: &Setting::ALL },
        ))
        .expect("a command is JSON")
    }

    #[test]
    fn a_typed_command_has_its_options_and_translations() {
        let ask = command("ask");
        assert_eq!(ask["description_localizations"]["hr"], "Postavi pitanje i dobij odgovor s izvorima");
        let option = |number: usize| {
            let option = &ask["options"][number];
            (option["name"].as_str(), option["type"].as_u64(), option["required"].as_bool())
        };
        assert_eq!(option(0), (Some("question"), Some(3), Some(true)));
        assert_eq!(option(1), (Some("private"), Some(5), Some(false)));
        assert_eq!(option(2), (Some("for"), Some(6), Some(false)));
        assert_eq!(ask["options"][0]["autocomplete"], true);
        assert_eq!(ask["options"][1]["description_localizations"]["de"], "Die Antwort nur dir zeigen");
        assert_eq!((&ask["integration_types"], &ask["contexts"]), (&json!([0, 1]), &json!([0, 1, 2])));
    }

    #[test]
    fn a_menus_command_has_nothing_but_its_name() {
        let find = command("Find an answer");
        assert_eq!((&find["type"], &find["description"]), (&json!(3), &Value::Null));
        assert_eq!(find["name_localizations"]["fr"], "Chercher une réponse");
    }

    #[test]
    fn a_command_is_offered_to_its_audience() {
        assert_eq!(command("about")["default_member_permissions"], Value::Null);
        assert_eq!(command("gaps")["default_member_permissions"], "32");
        assert_eq!(command("gaps")["contexts"], json!([0]));
        assert_eq!(command("check")["contexts"], json!([1]));
    }
}
