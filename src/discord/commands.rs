//! The list of commands and their registration.
//!
//! Discord keeps what was registered, and each overwrite counts against a daily limit and makes
//! clients fetch the list anew; so the list is sent only where it differs from what Discord has.

use serde_json::Value;
use serenity::all::{ApplicationId, CreateCommand, Http};

use super::about::About;
use super::answers::Answers;
use super::ask::Ask;
use super::check::Check;
use super::feature::Feature;
use super::find_answer::FindAnswer;
use super::gaps::Gaps;
use super::reload::Reload;
use super::sources::Sources;
use super::topics::Topics;

/// Everything that the bot can do. A new feature is a file of its own and a line here.
static FEATURES: [&dyn Feature; 9] = [&Ask, &FindAnswer, &Topics, &Sources, &About, &Gaps, &Reload, &Check, &Answers];

/// The feature whose command, or whose components, have this name.
pub(super) fn find(name: &str) -> Option<&'static dyn Feature> {
    FEATURES.into_iter().find(|feature| feature.name() == name)
}

/// What registering came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Discord had the same definitions already.
    Unchanged,
    /// Discord has them now.
    Overwritten,
}

/// The definitions of all commands.
#[must_use]
pub fn definitions() -> Vec<CreateCommand> {
    let define = |feature: &&dyn Feature| {
        let scope = feature.scope();
        let command = feature.definition()?.integration_types(scope.installations.to_vec());
        Some(command.contexts(scope.places.to_vec()))
    };
    FEATURES.iter().filter_map(define).collect()
}

/// Makes Discord's list of global commands equal to [`definitions`] ([bulk
/// overwrite](https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands)).
///
/// # Errors
///
/// What the library reports where a request fails.
pub async fn register(http: &Http, application: ApplicationId) -> serenity::Result<Registration> {
    http.set_application_id(application);
    let wanted = definitions();
    let registered = http.get_global_commands_with_localizations().await?;
    if describe_same(&serde_json::to_value(&wanted)?, &serde_json::to_value(&registered)?) {
        return Ok(Registration::Unchanged);
    }
    http.create_global_commands(&wanted).await?;
    Ok(Registration::Overwritten)
}

/// Whether Discord's list says the same as ours. Discord adds keys of its own (ids, versions,
/// defaults), leaves out what is false or empty, and keeps the list in an order of its own.
fn describe_same(wanted: &Value, registered: &Value) -> bool {
    let (Some(wanted), Some(registered)) = (wanted.as_array(), registered.as_array()) else { return false };
    wanted.len() == registered.len()
        && wanted.iter().all(|command| {
            let same = |other: &&Value| {
                command["name"] == other["name"] && command.get("type").unwrap_or(&Value::from(1)) == &other["type"]
            };
            registered.iter().find(same).is_some_and(|other| contains(other, command))
        })
}

/// Keys of commands and options whose value is the application's choice: where Discord has one of
/// them and ours does not, an older version had chosen it.
const CHOSEN_KEYS: [&str; 15] = [
    "description",
    "options",
    "choices",
    "required",
    "autocomplete",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "channel_types",
    "name_localizations",
    "description_localizations",
    "default_member_permissions",
    "integration_types",
    "contexts",
];

/// Whether `registered` has all that `wanted` has, and nothing else that could be chosen.
fn contains(registered: &Value, wanted: &Value) -> bool {
    match (registered, wanted) {
        (Value::Object(registered), Value::Object(wanted)) => {
            let mut added = registered.iter().filter(|(key, _)| !wanted.contains_key(*key));
            added.all(|(key, value)| !CHOSEN_KEYS.contains(&key.as_str()) || is_blank(value))
                && wanted.iter().all(|(key, value)| contains(registered.get(key).unwrap_or(&Value::Null), value))
        }
        (Value::Array(registered), Value::Array(wanted)) if !wanted.is_empty() => {
            registered.len() == wanted.len()
                && registered.iter().zip(wanted).all(|(other, value)| contains(other, value))
        }
        _ => registered == wanted || (is_blank(registered) && is_blank(wanted)),
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        // The description of a menu's command, which has none.
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_discord_adds_makes_no_difference() {
        let wanted =
            json!([{"name": "ask", "type": 1, "description": "d", "options": [{"name": "q", "required": false}]}]);
        let registered = json!([{"id": "1", "version": "2", "name": "ask", "type": 1, "description": "d", "nsfw": false,
            "options": [{"name": "q"}]}]);
        assert!(describe_same(&wanted, &registered));
    }

    #[test]
    fn a_changed_added_or_removed_part_is_a_difference() {
        let wanted =
            json!([{"name": "ask", "type": 1, "description": "d", "options": [{"name": "q", "required": true}]}]);
        let others = [
            json!([]),
            json!([{"name": "ask", "type": 1, "description": "old", "options": [{"name": "q", "required": true}]}]),
            json!([{"name": "ask", "type": 1, "description": "d", "options": [{"name": "q"}]}]),
            json!([{"name": "ask", "type": 1, "description": "d", "options": [{"name": "q", "required": true, "min_length": 3}]}]),
            json!([{"name": "ask", "type": 1, "description": "d", "options": [{"name": "q", "required": true}, {"name": "r"}]}]),
            json!([{"name": "ask", "type": 1, "description": "d", "options": [{"name": "q", "required": true}]}, {"name": "b", "type": 1}]),
        ];
        for registered in others {
            assert!(!describe_same(&wanted, &registered), "{registered}");
        }
    }
}
