//! The application's commands as Discord keeps them: what it refuses in a definition, what it adds
//! to one, and what a member could invoke.
//!
//! A bot that registers its commands at each start compares its own definition with what GET
//! returns. That only works if it copes with Discord's additions and omissions, so the double makes
//! both.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::form::{FormErrors, items, units};
use super::limits::check_choices;

const CHAT_INPUT: u64 = 1;
const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;
/// Names, descriptions and values of one command together.
const COMMAND_TOTAL: usize = 8000;

/// Checks the body of a bulk overwrite.
pub(crate) fn check_definitions(body: &Value) -> FormErrors {
    let mut errors = FormErrors::default();
    let commands = items(body);
    if commands.iter().filter(|command| kind(command) == CHAT_INPUT).count() > 100 {
        errors.add("", "APPLICATION_COMMANDS_MAX", "Maximum number of application commands reached (100).");
    }
    let mut names = HashSet::new();
    for (index, command) in commands.iter().enumerate() {
        let path = index.to_string();
        check_definition(&mut errors, &path, command);
        if !names.insert((kind(command), command["name"].as_str())) {
            let message = "Application command names must be unique";
            errors.add(&path, "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
    errors
}

fn check_definition(errors: &mut FormErrors, path: &str, command: &Value) {
    if kind(command) == CHAT_INPUT {
        check_name(errors, &format!("{path}.name"), &command["name"]);
        errors.required(&format!("{path}.description"), &command["description"], 100);
    } else {
        errors.required(&format!("{path}.name"), &command["name"], 32);
        check_localizations(errors, &format!("{path}.name_localizations"), &command["name_localizations"], 32);
    }
    check_descriptions(errors, path, command);
    check_options(errors, &format!("{path}.options"), &command["options"]);
    if definition_size(command) > COMMAND_TOTAL {
        let message = format!("Command exceeds maximum size ({COMMAND_TOTAL})");
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", message);
    }
}

fn check_descriptions(errors: &mut FormErrors, path: &str, node: &Value) {
    let (path, texts) = (format!("{path}.description_localizations"), &node["description_localizations"]);
    check_localizations(errors, &path, texts, 100);
}

fn check_localizations(errors: &mut FormErrors, path: &str, texts: &Value, limit: usize) {
    for (locale, text) in texts.as_object().into_iter().flatten() {
        errors.required(&format!("{path}.{locale}"), text, limit);
    }
}

fn check_name(errors: &mut FormErrors, path: &str, name: &Value) {
    errors.required(path, name, 32);
    let Some(name) = name.as_str() else { return };
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    if !name.chars().all(allowed) || name.to_lowercase() != name {
        let message = "Command name is invalid";
        errors.add(path, "APPLICATION_COMMAND_INVALID_NAME", message);
    }
}

fn check_options(errors: &mut FormErrors, path: &str, options: &Value) {
    errors.count(path, options, 0, 25);
    let mut names = HashSet::new();
    let mut optional_seen = false;
    for (index, option) in items(options).iter().enumerate() {
        let path = format!("{path}.{index}");
        check_option(errors, &path, option);
        if !names.insert(option["name"].as_str()) {
            let message = "Option names must be unique";
            errors.add(&path, "APPLICATION_COMMAND_OPTIONS_DUPLICATE_NAME", message);
        }
        let required = option["required"] == true;
        if required && optional_seen {
            let message = "Required options must be placed before non-required options";
            errors.add(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_seen |= !required;
    }
}

fn check_option(errors: &mut FormErrors, path: &str, option: &Value) {
    check_name(errors, &format!("{path}.name"), &option["name"]);
    errors.required(&format!("{path}.description"), &option["description"], 100);
    check_descriptions(errors, path, option);
    check_choices(errors, &format!("{path}.choices"), &option["choices"]);
    if option["autocomplete"] == true && !items(&option["choices"]).is_empty() {
        let message = "Autocomplete cannot be set to true when choices are present";
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", message);
    }
    check_options(errors, &format!("{path}.options"), &option["options"]);
}

fn definition_size(node: &Value) -> usize {
    let size = |text: &Value| text.as_str().map_or(0, units);
    let below = ["options", "choices"].iter().flat_map(|list| items(&node[list]));
    let own = size(&node["name"]) + size(&node["description"]) + size(&node["value"]);
    own + below.map(definition_size).sum::<usize>()
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(CHAT_INPUT)
}

/// Overwrites the stored commands with the defined ones.
///
/// A command keeps its id as long as its name and type stay, and its version as long as nothing in
/// it changes; `new_id` mints the others.
pub(crate) fn overwrite(
    stored: &[Value],
    definitions: &Value,
    application_id: &str,
    new_id: impl Fn() -> String,
) -> Vec<Value> {
    let complete = |definition: &Value| {
        let mut command = with_defaults(definition, application_id);
        let old = stored.iter().find(|old| kind(old) == kind(definition) && old["name"] == definition["name"]);
        command["id"] = old.map_or_else(|| json!(new_id()), |old| old["id"].clone());
        command["version"] = old.map_or(Value::Null, |old| old["version"].clone());
        if old != Some(&command) {
            command["version"] = json!(new_id());
        }
        command
    };
    items(definitions).iter().map(complete).collect()
}

fn with_defaults(definition: &Value, application_id: &str) -> Value {
    let mut command = json!({
        "application_id": application_id,
        "type": CHAT_INPUT,
        "description": "",
        "default_member_permissions": null,
        "integration_types": [0, 1],
        "contexts": [0, 1, 2],
        "nsfw": false,
        "name_localizations": null,
        "description_localizations": null,
    });
    for (key, value) in definition.as_object().into_iter().flatten() {
        if !value.is_null() && key != "options" {
            command[key] = value.clone();
        }
    }
    if let Some(permissions) = definition["default_member_permissions"].as_u64() {
        command["default_member_permissions"] = json!(permissions.to_string());
    }
    command["dm_permission"] = json!(items(&command["contexts"]).contains(&json!(1)));
    if !items(&definition["options"]).is_empty() {
        command["options"] = items(&definition["options"]).iter().map(stored_option).collect();
    }
    command
}

/// An option as Discord returns it: what is null, false or empty is left out, and a localization
/// that was not given is null.
fn stored_option(option: &Value) -> Value {
    let mut stored = Map::new();
    stored.insert("name_localizations".into(), Value::Null);
    stored.insert("description_localizations".into(), Value::Null);
    for (key, value) in option.as_object().into_iter().flatten() {
        let empty = value.is_null() || *value == json!(false) || *value == json!([]);
        if !empty {
            stored.insert(key.clone(), value.clone());
        }
    }
    if let Some(options) = option["options"].as_array() {
        stored.insert("options".into(), options.iter().map(stored_option).collect());
    }
    Value::Object(stored)
}

/// The stored commands as GET returns them: without the localizations unless they are asked for.
pub(crate) fn listing(stored: &[Value], with_localizations: bool) -> Value {
    let mut list = Value::Array(stored.to_vec());
    if !with_localizations {
        drop_localizations(&mut list);
    }
    list
}

fn drop_localizations(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(drop_localizations),
        Value::Object(fields) => {
            fields.retain(|key, _| !key.ends_with("_localizations"));
            for list in ["options", "choices"] {
                fields.get_mut(list).into_iter().for_each(drop_localizations);
            }
        }
        _ => {}
    }
}

/// Why a member could not do what an interaction says, given the registered commands; `None` if
/// they could.
///
/// A test that names an option which the bot no longer registers would otherwise pass on and prove
/// nothing.
pub(crate) fn not_invocable(registered: &[Value], interaction: &Value, typing: bool) -> Option<String> {
    if registered.is_empty() {
        return None;
    }
    let data = &interaction["data"];
    let name = &data["name"];
    let Some(command) = registered.iter().find(|command| command["name"] == *name) else {
        return Some(format!("the bot registered no command named {name}"));
    };
    if !items(&command["contexts"]).contains(&interaction["context"]) {
        return Some(format!("command {name} is not offered in context {}", interaction["context"]));
    }
    bad_options(command, data, typing).map(|why| format!("command {name}: {why}"))
}

fn bad_options(definition: &Value, given: &Value, typing: bool) -> Option<String> {
    let (defined, given) = (items(&definition["options"]), items(&given["options"]));
    for option in given {
        let name = &option["name"];
        let Some(definition) = defined.iter().find(|defined| defined["name"] == *name) else {
            return Some(format!("it has no option {name}"));
        };
        if definition["type"] != option["type"] {
            let (is, was) = (&definition["type"], &option["type"]);
            return Some(format!("option {name} is of type {is}, the test gave one of type {was}"));
        }
        if option["focused"] == true && definition["autocomplete"] != true {
            return Some(format!("option {name} has no autocomplete"));
        }
        if option["type"] == SUB_COMMAND || option["type"] == SUB_COMMAND_GROUP {
            return bad_options(definition, option, typing);
        }
    }
    // While a member is still typing, what is required may be missing.
    let missing = defined
        .iter()
        .filter(|_| !typing)
        .find(|defined| defined["required"] == true && !given.iter().any(|option| option["name"] == defined["name"]))?;
    Some(format!("option {} is required", missing["name"]))
}
