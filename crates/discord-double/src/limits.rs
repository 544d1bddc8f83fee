//! The limits that Discord puts on messages, autocomplete choices and modals.
//!
//! They are checked here and not only against Discord's API description, because that file does not
//! know the sum over all embeds, counts characters where Discord counts UTF-16 units, is silent
//! about duplicate custom ids, and may not be at hand.

use std::collections::HashSet;

use serde_json::Value;

use super::body::UploadedFile;
use super::form::{FormErrors, items, units};

/// The flag of a message that is built of components alone and so has other limits.
const IS_COMPONENTS_V2: u64 = 1 << 15;
const EMBED_TOTAL: usize = 6000;
const ACTION_ROW: u64 = 1;
const BUTTON: u64 = 2;
const TEXT_INPUT: u64 = 4;

/// Checks the body of an interaction's callback.
pub(crate) fn check_callback(body: &Value) -> FormErrors {
    let mut errors = FormErrors::default();
    let data = &body["data"];
    match body["type"].as_u64() {
        Some(4 | 5 | 7) => check_message(&mut errors, "data.", data),
        Some(8) => check_choices(&mut errors, "data.choices", &data["choices"]),
        Some(9) => check_modal(&mut errors, data),
        Some(1 | 6 | 12) => {}
        _ => errors.add("type", "BASE_TYPE_CHOICES", "Value must be one of (1, 4, 5, 6, 7, 8, 9, 12)."),
    }
    errors
}

/// The most bytes of a file, for applications and servers without a better rate.
const MAX_FILE: usize = 10 * 1024 * 1024;

/// Checks that the files of a message and what it says of them go together. A whole number in
/// `attachments` is that of a file; a string is the id of one that the message had before.
pub(crate) fn check_files(errors: &mut FormErrors, path: &str, attachments: &Value, files: &[UploadedFile]) {
    let named: Vec<u64> = items(attachments).iter().filter_map(|attachment| attachment["id"].as_u64()).collect();
    for number in &named {
        if !files.iter().any(|file| file.number == *number) {
            errors.add(path, "ATTACHMENT_NOT_FOUND", format!("Attachment {number} comes with no file."));
        }
    }
    for UploadedFile { number, name, content } in files {
        if attachments.is_array() && !named.contains(number) {
            errors.add(path, "ATTACHMENT_NOT_NAMED", format!("File {number} stands in no attachment."));
        }
        if name.is_empty() || content.len() > MAX_FILE {
            errors.add(path, "REQUEST_ENTITY_TOO_LARGE", "A file needs a name and has at most 10 MiB.");
        }
    }
}

/// Whether a new message would show nothing at all, which Discord refuses with a code of its own.
pub(crate) fn is_empty_message(message: &Value) -> bool {
    let has_text = message["content"].as_str().is_some_and(|text| !text.trim().is_empty());
    let has_parts =
        ["embeds", "components", "attachments", "sticker_ids"].iter().any(|part| !items(&message[part]).is_empty());
    !has_text && !has_parts && !message["poll"].is_object()
}

/// Checks the parts that a message has, whether it is new or an edit.
pub(crate) fn check_message(errors: &mut FormErrors, prefix: &str, message: &Value) {
    errors.length(&format!("{prefix}content"), &message["content"], 0, 2000);
    check_embeds(errors, &format!("{prefix}embeds"), &message["embeds"]);
    let v2 = message["flags"].as_u64().unwrap_or(0) & IS_COMPONENTS_V2 != 0;
    let rows = if v2 { 40 } else { 5 };
    let path = format!("{prefix}components");
    errors.count(&path, &message["components"], 0, rows);
    check_components(errors, &path, &message["components"], &mut HashSet::new());
}

fn check_embeds(errors: &mut FormErrors, path: &str, embeds: &Value) {
    errors.count(path, embeds, 0, 10);
    let embeds = items(embeds);
    for (index, embed) in embeds.iter().enumerate() {
        check_embed(errors, &format!("{path}.{index}"), embed);
    }
    // The limit is one for the whole message, so the error stands at the list.
    if embeds.iter().map(embed_size).sum::<usize>() > EMBED_TOTAL {
        let message = format!("Embed size exceeds maximum size of {EMBED_TOTAL}");
        errors.add(path, "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn check_embed(errors: &mut FormErrors, path: &str, embed: &Value) {
    errors.length(&format!("{path}.title"), &embed["title"], 0, 256);
    errors.length(&format!("{path}.description"), &embed["description"], 0, 4096);
    errors.length(&format!("{path}.url"), &embed["url"], 0, 2048);
    errors.length(&format!("{path}.footer.text"), &embed["footer"]["text"], 0, 2048);
    errors.length(&format!("{path}.author.name"), &embed["author"]["name"], 0, 256);
    errors.count(&format!("{path}.fields"), &embed["fields"], 0, 25);
    for (index, field) in items(&embed["fields"]).iter().enumerate() {
        errors.required(&format!("{path}.fields.{index}.name"), &field["name"], 256);
        errors.required(&format!("{path}.fields.{index}.value"), &field["value"], 1024);
    }
}

fn embed_size(embed: &Value) -> usize {
    let size = |text: &Value| text.as_str().map_or(0, units);
    let fields: usize = items(&embed["fields"]).iter().map(|field| size(&field["name"]) + size(&field["value"])).sum();
    fields
        + size(&embed["title"])
        + size(&embed["description"])
        + size(&embed["footer"]["text"])
        + size(&embed["author"]["name"])
}

fn check_components<'a>(errors: &mut FormErrors, path: &str, components: &'a Value, seen: &mut HashSet<&'a str>) {
    for (index, component) in items(components).iter().enumerate() {
        check_component(errors, &format!("{path}.{index}"), component, seen);
    }
}

fn check_component<'a>(errors: &mut FormErrors, path: &str, component: &'a Value, seen: &mut HashSet<&'a str>) {
    let children = &component["components"];
    if component["type"] == ACTION_ROW {
        errors.count(&format!("{path}.components"), children, 1, 5);
    }
    check_components(errors, &format!("{path}.components"), children, seen);
    check_custom_id(errors, &format!("{path}.custom_id"), &component["custom_id"], seen);
    let (label, placeholder) = if component["type"] == TEXT_INPUT { (45, 100) } else { (80, 150) };
    errors.length(&format!("{path}.label"), &component["label"], 0, label);
    errors.length(&format!("{path}.placeholder"), &component["placeholder"], 0, placeholder);
    check_button(errors, path, component);
    check_select_options(errors, &format!("{path}.options"), &component["options"]);
}

fn check_custom_id<'a>(errors: &mut FormErrors, path: &str, custom_id: &'a Value, seen: &mut HashSet<&'a str>) {
    errors.length(path, custom_id, 1, 100);
    let Some(custom_id) = custom_id.as_str() else {
        return;
    };
    if !seen.insert(custom_id) {
        errors.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
}

/// A button acts by its custom id, except a link (by its URL) and a premium one (by its SKU).
fn check_button(errors: &mut FormErrors, path: &str, component: &Value) {
    if component["type"] != BUTTON {
        return;
    }
    let field = match component["style"].as_u64() {
        Some(5) => "url",
        Some(6) => "sku_id",
        _ => "custom_id",
    };
    if component[field].is_null() {
        errors.add(&format!("{path}.{field}"), "BASE_TYPE_REQUIRED", "This field is required");
    }
}

fn check_select_options(errors: &mut FormErrors, path: &str, options: &Value) {
    errors.count(path, options, 1, 25);
    let mut seen = HashSet::new();
    for (index, option) in items(options).iter().enumerate() {
        let path = format!("{path}.{index}");
        errors.required(&format!("{path}.label"), &option["label"], 100);
        errors.required(&format!("{path}.value"), &option["value"], 100);
        errors.length(&format!("{path}.description"), &option["description"], 0, 100);
        if !seen.insert(option["value"].as_str()) {
            errors.add(
                &format!("{path}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}

/// Checks a list of choices: an autocomplete's answer, or those of a command's definition.
pub(crate) fn check_choices(errors: &mut FormErrors, path: &str, choices: &Value) {
    errors.count(path, choices, 0, 25);
    for (index, choice) in items(choices).iter().enumerate() {
        errors.required(&format!("{path}.{index}.name"), &choice["name"], 100);
        errors.length(&format!("{path}.{index}.value"), &choice["value"], 0, 100);
    }
}

fn check_modal(errors: &mut FormErrors, data: &Value) {
    errors.required("data.title", &data["title"], 45);
    errors.required("data.custom_id", &data["custom_id"], 100);
    errors.count("data.components", &data["components"], 1, 5);
    check_components(errors, "data.components", &data["components"], &mut HashSet::new());
}
