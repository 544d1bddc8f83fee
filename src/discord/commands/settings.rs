//! `/settings`: what those who manage a server can change there, as far as the operator lets them.

use std::error::Error;

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition, Kind, OptionDefinition, OptionKind};
use crate::config::Setting;
use crate::discord::app::Context;
use crate::discord::incoming::{Call, OptionValue, Sight};
use crate::discord::overrides::{Override, Overrides};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::message::{BLUE, Card};
use crate::language::Language;

pub(in crate::discord) const NAME: &str = "settings";

/// The option that takes a setting back.
const RESET: &str = "reset";

/// The options that add a channel to those that are watched, and take one away.
const WATCH: &str = "watch_channel";
const UNWATCH: &str = "unwatch_channel";

/// How many channels can be added in a server.
const MOST_CHANNELS: usize = 25;

/// Thresholds that differ by less are the same: they are kept as `f32`.
const TOLERANCE: f32 = 1e-5;

/// A setting and its new value; none if it is as configured again.
type Change = (Setting, Option<Override>);

/// What an option changes; `None` if that is not one setting.
pub(in crate::discord) fn changes(option: &str) -> Option<Setting> {
    match option {
        WATCH | UNWATCH => Some(Setting::WatchChannels),
        _ => option.parse().ok(),
    }
}

static DEFINITION: Definition = Definition {
    name: NAME,
    kind: Kind::Typed {
        options: &[
            OptionDefinition { name: "for", kind: OptionKind::Flag },
            OptionDefinition { name: "language", kind: OptionKind::Language },
            OptionDefinition { name: "helper_role", kind: OptionKind::Role },
            OptionDefinition { name: "reviewers_role", kind: OptionKind::Role },
            OptionDefinition { name: "cooldown", kind: OptionKind::Flag },
            OptionDefinition { name: WATCH, kind: OptionKind::Channel },
            OptionDefinition { name: UNWATCH, kind: OptionKind::Channel },
            OptionDefinition { name: "answer_at", kind: OptionKind::Confidence },
            OptionDefinition { name: "closest_at", kind: OptionKind::Confidence },
            OptionDefinition { name: "suggest_at", kind: OptionKind::Confidence },
            OptionDefinition { name: "watch_at", kind: OptionKind::Confidence },
            OptionDefinition { name: RESET, kind: OptionKind::Setting },
        ],
    },
    audience: Audience::Managers,
};

pub(super) struct Settings;

impl Command for Settings {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(respond(context, call))
    }
}

async fn respond(context: &Context<'_>, call: &Call) -> Response {
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
    let overrides = Overrides::of(app, journal);
    // Another replica may have changed something a moment ago.
    overrides.try_to_read().await;
    let mut changes: Vec<Change> = call.options.iter().filter_map(change).collect();
    let allowed = &context.server.settings;
    let is_allowed = |option: &str| changes_allowed(option, allowed);
    let is_refused = call.options.iter().any(|(option, _)| !is_allowed(option));
    if allowed.is_empty() || is_refused || changes.iter().any(|(setting, _)| !allowed.contains(setting)) {
        return Response::notice(&texts.setting_is_not_yours(), Outcome::Refused);
    }
    let fits = check_thresholds(context, server, &changes).and_then(|()| watched(context, server, &call.options));
    match fits {
        Ok(channels) => changes.extend(channels),
        Err(problem) => return Response::notice(&problem, Outcome::Refused),
    }
    let rows: Vec<(&str, Option<String>)> =
        changes.into_iter().map(|(setting, value)| (setting.name(), value.map(|value| value.to_string()))).collect();
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

/// What an option changes.
fn change((name, value): &(String, OptionValue)) -> Option<Change> {
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
        #[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits than f32 has")]
        (_, OptionValue::Number(number)) if is_threshold(setting) => Override::Confidence(*number as f32),
        _ => return None,
    };
    Some((setting, Some(value)))
}

fn is_threshold(setting: Setting) -> bool {
    matches!(setting, Setting::AnswerAt | Setting::ClosestAt | Setting::SuggestAt | Setting::WatchAt)
}

/// Whether the operator lets an option change what it changes.
fn changes_allowed(option: &str, allowed: &[Setting]) -> bool {
    changes(option).is_none_or(|setting| allowed.contains(&setting))
}

/// Whether the thresholds can be as they are wanted.
///
/// # Errors
///
/// What to tell the member if not.
fn check_thresholds(context: &Context<'_>, id: u64, changes: &[Change]) -> Result<(), String> {
    let servers = &context.app.servers;
    let configured = servers.configured(Some(id));
    let (own, leeway) = (configured.sureness(), configured.leeway);
    let mut wanted = servers.of(Some(id)).wanted;
    for (setting, value) in changes {
        let value = match value {
            Some(Override::Confidence(value)) => Some(*value),
            _ => None,
        };
        wanted.set(*setting, value);
        let (Some(value), Some(lowest)) = (value, own.lowest(*setting, leeway)) else { continue };
        if !(lowest - TOLERANCE..=1.0).contains(&value) {
            return Err(context.texts.threshold_is_out_of_range(setting.name(), &rounded(lowest)));
        }
    }
    let in_force = own.with(&wanted, leeway);
    for (setting, value) in changes {
        if let (Some(Override::Confidence(value)), Some(now)) = (value, in_force.of(*setting))
            && (value - now).abs() > TOLERANCE
        {
            return Err(context.texts.thresholds_do_not_rise(setting.name(), &rounded(now)));
        }
    }
    Ok(())
}

/// A confidence with as many digits as somebody would type.
fn rounded(confidence: f32) -> String {
    ((confidence * 10_000.0).round() / 10_000.0).to_string()
}

/// The channels that are added afterwards, if the options change them.
///
/// # Errors
///
/// What to tell the member if one of them cannot be watched.
fn watched(context: &Context<'_>, id: u64, options: &[(String, OptionValue)]) -> Result<Vec<Change>, String> {
    let (before, texts) = (context.app.servers.of(Some(id)).added_channels.clone(), context.texts);
    let mut channels = before.clone();
    for (option, value) in options {
        let OptionValue::Channel(channel, sight) = value else { continue };
        channels.retain(|known| known != channel);
        if option == UNWATCH {
            continue;
        }
        let name = format!("<#{channel}>");
        match sight {
            Sight::Seen { server, .. } if *server != Some(id) => return Err(texts.channel_is_elsewhere()),
            Sight::Seen { is_writable: false, .. } => return Err(texts.channel_has_no_messages(&name)),
            Sight::Seen { .. } => channels.push(*channel),
            Sight::Hidden => return Err(texts.channel_is_hidden(&name)),
            Sight::Unknown => return Err(texts.channel_is_unknown(&name)),
        }
    }
    if channels.len() > MOST_CHANNELS {
        return Err(texts.too_many_channels(MOST_CHANNELS));
    }
    if channels == before {
        return Ok(Vec::new());
    }
    let channels = Some(channels).filter(|channels| !channels.is_empty()).map(Override::Channels);
    Ok(vec![(Setting::WatchChannels, channels)])
}

/// What is in force in a server.
fn card(context: &Context<'_>, id: u64) -> Card {
    let server = context.app.servers.of(Some(id));
    let (texts, sureness) = (context.texts, server.sureness());
    let role = |role: Option<u64>| role.map_or_else(|| texts.setting_is_off(), |role| format!("<@&{role}>"));
    let flag = |is_on: bool| if is_on { texts.setting_is_on() } else { texts.setting_is_off() };
    let lines = server.settings.iter().map(|setting| {
        let value = match setting {
            Setting::For => flag(server.allows_for),
            Setting::Language => server.language.own_name().to_owned(),
            Setting::HelperRole => role(server.helper_role),
            Setting::ReviewersRole => role(server.reviewers_role),
            Setting::Cooldown => flag(server.has_cooldown()),
            Setting::WatchChannels if server.added_channels.is_empty() => texts.setting_is_off(),
            Setting::WatchChannels => {
                let channels: Vec<String> =
                    server.added_channels.iter().map(|channel| format!("<#{channel}>")).collect();
                channels.join(" ")
            }
            Setting::AnswerAt | Setting::ClosestAt | Setting::SuggestAt | Setting::WatchAt => {
                sureness.of(*setting).map(rounded).unwrap_or_default()
            }
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
