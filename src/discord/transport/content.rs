//! What a message says, wherever Discord keeps it: its text, a forwarded message, a poll, text
//! displays, embeds, the names of its files ([message
//! object](https://discord.com/developers/docs/resources/message#message-object)).
//!
//! All of it is read as far as it can be: a message is never unreadable for something that only
//! stands beside its text.

use serde_json::Value;

use crate::journal::Origin;

/// How deep components may be nested: a container has sections, which have text displays.
const DEEPEST: usize = 4;

/// The component with a text of its own ([component
/// types](https://discord.com/developers/docs/components/reference#component-object-component-types)).
const TEXT_DISPLAY: u64 = 10;

/// The most bytes that are read of what stands beside a text.
const MOST: usize = 8_000;

/// The text of a message, or else what it has beside it.
pub(super) fn read(message: &Value) -> String {
    let text = message["content"].as_str().unwrap_or_default();
    if text.trim().is_empty() { beside(message) } else { text.to_owned() }
}

/// What a message has beside its text: the first of these that says anything.
pub(super) fn beside(message: &Value) -> String {
    let forwarded = || items(&message["message_snapshots"]).iter().map(|snapshot| own(&snapshot["message"])).collect();
    let readers: [&dyn Fn() -> Vec<String>; 2] = [&forwarded, &|| vec![own_beside(message)]];
    let found = readers.iter().map(|reader| joined(reader())).find(|text| !text.is_empty());
    let mut found = found.unwrap_or_default();
    let end = (0..=MOST.min(found.len())).rev().find(|end| found.is_char_boundary(*end)).unwrap_or(0);
    found.truncate(end);
    found
}

/// The text of a message that holds no other, or else what it has beside it.
fn own(message: &Value) -> String {
    let text = message["content"].as_str().unwrap_or_default();
    if text.trim().is_empty() { own_beside(message) } else { text.to_owned() }
}

fn own_beside(message: &Value) -> String {
    let readers = [poll, displays, embeds, files];
    readers.iter().map(|reader| joined(reader(message))).find(|text| !text.is_empty()).unwrap_or_default()
}

fn joined(texts: Vec<String>) -> String {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    texts.join("\n")
}

fn poll(message: &Value) -> Vec<String> {
    vec![text(&message["poll"]["question"]["text"])]
}

fn displays(message: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(&message["components"], DEEPEST, &mut found);
    found
}

fn collect(components: &Value, depth: usize, found: &mut Vec<String>) {
    for component in items(components) {
        if component["type"] == TEXT_DISPLAY {
            found.push(text(&component["content"]));
        }
        if depth > 0 {
            collect(&component["components"], depth - 1, found);
        }
    }
}

fn embeds(message: &Value) -> Vec<String> {
    let of = |embed: &Value| {
        let fields = items(&embed["fields"]).iter().flat_map(|field| [text(&field["name"]), text(&field["value"])]);
        [text(&embed["title"]), text(&embed["description"])].into_iter().chain(fields).collect::<Vec<_>>()
    };
    items(&message["embeds"]).iter().flat_map(of).collect()
}

/// The names of the files, as words. Discord replaces what it does not allow in a name, and has
/// the name as it was as `title`.
fn files(message: &Value) -> Vec<String> {
    let name = |file: &Value| {
        let given = text(&file["title"]);
        let name = if given.is_empty() { text(&file["filename"]) } else { given };
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        stem.replace(['_', '-', '.'], " ")
    };
    items(&message["attachments"]).iter().map(name).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

/// Where a message is, if a person wrote it.
pub(super) fn origin(message: &Value) -> Option<Origin> {
    let id = |value: &Value| value.as_str()?.parse().ok();
    let author = &message["author"];
    let is_program = author["bot"] == true || author["system"] == true || message["webhook_id"].is_string();
    let (channel, message) = (id(&message["channel_id"])?, id(&message["id"])?);
    (!is_program).then_some(Origin { channel, message, author: id(&author["id"])? })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_says_something_wherever_it_is_kept() {
        let display =
            json!([{"type": 17, "components": [{"type": 9, "components": [{"type": 10, "content": "fare"}]}]}]);
        for (message, says) in [
            (json!({"content": "fare", "poll": {"question": {"text": "pier"}}}), "fare"),
            (json!({"content": " ", "poll": {"question": {"text": "fare"}}}), "fare"),
            (json!({"message_snapshots": [{"message": {"content": "fare", "embeds": [{"title": "pier"}]}}]}), "fare"),
            (json!({"message_snapshots": [{"message": {"content": "", "embeds": [{"title": "fare"}]}}]}), "fare"),
            (json!({"components": display}), "fare"),
            (
                json!({"embeds": [{"title": "ferry", "fields": [{"name": "how much", "value": "fare"}]}]}),
                "ferry\nhow much\nfare",
            ),
            (json!({"attachments": [{"filename": "ferry_fare-2.png"}]}), "ferry fare 2"),
            (json!({"attachments": [{"filename": "x.png", "title": "ferry fare?"}]}), "ferry fare?"),
            (json!({"components": 7, "embeds": {}, "poll": []}), ""),
            (json!(null), ""),
        ] {
            assert_eq!(read(&message), says, "{message}");
        }
    }

    #[test]
    fn no_more_is_read_than_anybody_asks() {
        let long = json!({"embeds": [{"description": "ä".repeat(MOST)}]});
        assert!(read(&long).len() <= MOST);
    }
}
