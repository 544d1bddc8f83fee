//! The application's commands: what Discord adds to a definition, and what a member could invoke.

use serde_json::{Value, json};

use crate::interaction::AUTOCOMPLETE;
use crate::objects;
use crate::schema::items;

/// Overwrites the stored commands. A command keeps its id as long as its name and type stay the
/// same, and its version as long as nothing in it changes. `mint` makes new ones.
pub(crate) fn overwrite(stored: &[Value], definitions: &Value, mint: impl Fn() -> Value) -> Vec<Value> {
    let complete = |definition: &Value| {
        let mut command = definition.clone();
        objects::drop_nulls(&mut command);
        if let Some(permissions) = definition["default_member_permissions"].as_u64() {
            command["default_member_permissions"] = json!(permissions.to_string());
        }
        let mut command = objects::object("command", &command);
        let is_same = |old: &&Value| [&old["type"], &old["name"]] == [&command["type"], &command["name"]];
        let Some(old) = stored.iter().find(is_same) else {
            objects::merge(&mut command, &json!({"id": mint(), "version": mint()}));
            return command;
        };
        objects::merge(&mut command, &json!({"id": old["id"], "version": old["version"]}));
        if *old != command {
            command["version"] = mint();
        }
        command
    };
    items(definitions).iter().map(complete).collect()
}

/// Why a member could not do what an interaction says; `None` if they could, if it is about no
/// command, or if none was registered. Without this, a test that names an option which the bot no
/// longer registers would pass and prove nothing.
pub(crate) fn not_invocable(registered: &[Value], of_server: &[Value], interaction: &Value) -> Option<String> {
    let name = &interaction["data"]["name"];
    if name.is_null() || registered.is_empty() {
        return None;
    }
    let is_meant = |command: &&Value| command["name"] == *name;
    let own = of_server.iter().find(is_meant);
    let Some(command) = own.or_else(|| registered.iter().find(is_meant)) else {
        return Some(format!("the bot registered no command named {name}"));
    };
    // A server's own command has no contexts.
    if own.is_none() && !items(&command["contexts"]).contains(&interaction["context"]) {
        return Some(format!("command {name} is not offered in context {}", interaction["context"]));
    }
    let why = bad_options(command, &interaction["data"], interaction["type"] == AUTOCOMPLETE);
    why.map(|why| format!("command {name}: {why}"))
}

fn bad_options(definition: &Value, given: &Value, is_typing: bool) -> Option<String> {
    let (defined, given) = (items(&definition["options"]), items(&given["options"]));
    for option in given {
        let name = &option["name"];
        let Some(definition) = defined.iter().find(|defined| defined["name"] == *name) else {
            return Some(format!("it has no option {name}"));
        };
        if definition["type"] != option["type"] {
            return Some(format!("option {name} is of type {}, not {}", definition["type"], option["type"]));
        }
        if option["focused"] == true && definition["autocomplete"] != true {
            return Some(format!("option {name} has no autocomplete"));
        }
        if option["options"].is_array() {
            return bad_options(definition, option, is_typing);
        }
    }
    let is_given = |defined: &Value| given.iter().any(|option| option["name"] == defined["name"]);
    // While a member is still typing, required options may be missing.
    let missing = defined.iter().find(|defined| !is_typing && defined["required"] == true && !is_given(defined))?;
    Some(format!("option {} is required", missing["name"]))
}
