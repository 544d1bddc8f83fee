//! `/settings`: what those who manage a server can change there, as far as the operator lets them.

use std::error::Error;

use async_trait::async_trait;

use super::command::{Audience, Command, Definition, Kind, OptionDefinition, OptionKind};
use crate::config::Setting;
use crate::discord::app::Context;
use crate::discord::incoming::{Call, OptionValue};
use crate::discord::overrides::{Override, Overrides};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::message::{BLUE, Card};
use crate::language::Language;

pub(in crate::discord) const NAME: &str = "settings";

/// The option that takes a setting back.
const RESET: &str = "reset";

static DEFINITION: Definition = Definition {
    name: NAME,
    kind: Kind::Typed {
        options: &[
            OptionDefinition { name: "for", kind: OptionKind::Flag },
            OptionDefinition { name: "language", kind: OptionKind::Language },
            OptionDefinition { name: "helper_role", kind: OptionKind::Role },
            OptionDefinition { name: "reviewers_role", kind: OptionKind::Role },
            OptionDefinition { name: "cooldown", kind: OptionKind::Flag },
            OptionDefinition { name: RESET, kind: OptionKind::Setting },
        ],
    },
    audience: Audience::Managers,
};

pub(super) struct Settings;

#[async_trait]
impl Command for Settings {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    async fn run(&self, context: &Context<'_>, call: &Call) -> Response {
        let (texts, app) = (context.texts, context.app);
        let Some(server) = call.server else {
            return Response::notice(&texts.settings_need_a_server(), Outcome::NoServer);
        };
        let Some(journal) = &app.journal else {
            return Response::notice(&texts.settings_need_the_journal(), Outcome::NoJournal);
        };
        if !call.powers.manages_server {
            return Response::notice(&texts.only_for_managers(), Outcome::Refused);
        }
        let changes: Vec<(Setting, Option<String>)> = call.options.iter().filter_map(change).collect();
        let allowed = &context.server.settings;
        if allowed.is_empty() || changes.iter().any(|(setting, _)| !allowed.contains(setting)) {
            return Response::notice(&texts.setting_is_not_yours(), Outcome::Refused);
        }
        let overrides = Overrides::of(app, journal);
        let rows: Vec<(&str, Option<String>)> =
            changes.into_iter().map(|(setting, value)| (setting.name(), value)).collect();
        let written = async {
            if !rows.is_empty() {
                journal.store().change_settings(server, &rows).await?;
                tracing::info!(server, settings = rows.len(), "the settings of a server were changed");
            }
            overrides.read().await
        };
        if let Err(error) = written.await {
            let error: &dyn Error = &error;
            tracing::warn!(error, "cannot use the settings of servers");
            return Response::notice(&texts.journal_is_unreadable(), Outcome::JournalFailed);
        }
        Response::message(card(context, server), Outcome::Settings)
    }
}

/// What an option changes.
fn change((name, value): &(String, OptionValue)) -> Option<(Setting, Option<String>)> {
    if name == RESET {
        let OptionValue::Text(setting) = value else { return None };
        return Some((setting.parse().ok()?, None));
    }
    let setting: Setting = name.parse().ok()?;
    let value = match (setting, value) {
        (Setting::For | Setting::Cooldown, OptionValue::Flag(flag)) => Override::Flag(*flag),
        (Setting::Language, OptionValue::Text(tag)) => {
            Override::Language(Language::ALL.into_iter().find(|language| language.tag() == tag)?)
        }
        (Setting::HelperRole | Setting::ReviewersRole, OptionValue::Role(role)) => Override::Role(*role),
        _ => return None,
    };
    Some((setting, Some(value.to_string())))
}

/// What is in force in a server.
fn card(context: &Context<'_>, id: u64) -> Card {
    let server = context.app.servers.of(Some(id));
    let texts = context.texts;
    let role = |role: Option<u64>| role.map_or_else(|| texts.setting_is_off(), |role| format!("<@&{role}>"));
    let flag = |is_on: bool| if is_on { texts.setting_is_on() } else { texts.setting_is_off() };
    let lines = server.settings.iter().map(|setting| {
        let value = match setting {
            Setting::For => flag(server.allows_for),
            Setting::Language => server.language.own_name().to_owned(),
            Setting::HelperRole => role(server.helper_role),
            Setting::ReviewersRole => role(server.reviewers_role),
            Setting::Cooldown => flag(server.has_cooldown()),
        };
        let name = setting.name();
        if server.changed.contains(setting) {
            texts.setting_changed(name, &value)
        } else {
            texts.setting_as_configured(name, &value)
        }
    });
    let lines: Vec<String> = lines.collect();
    let text = format!("{}\n\n{}", lines.join("\n"), texts.settings_how());
    Card::new(&texts.settings_title(), &text, BLUE).private(true)
}
