//! The tags of two bots on Discord: short texts that members call up by name.

use serde_json::Value;

use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice, Place};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, ReadError, as_words, called};
use crate::records::{texts, yaml};

/// Whether a page of Markdown begins as a tag of Python Discord's bot does.
pub(crate) fn is_python_discord(text: &str) -> bool {
    front_matter(text).0.is_some_and(|front| front.get("embed").is_some() || front.get("aliases").is_some())
}

/// Whether TOML has a table with `content` for each tag.
pub(crate) fn is_discord_utils_bot(text: &str) -> bool {
    let table: Option<toml::Table> = text.parse().ok();
    table.is_some_and(|table| !table.is_empty() && table.values().all(|tag| tag.get("content").is_some()))
}

/// What stands between the first two lines of hyphens, and what follows.
fn front_matter(text: &str) -> (Option<Value>, &str) {
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")) else {
        return (None, text);
    };
    match yaml(front) {
        Ok(front) => (Some(front), body.trim_start_matches('-').trim_start_matches('\n')),
        Err(_) => (None, text),
    }
}

/// A file for each tag: the title of its embed is the question, its aliases are phrasings.
pub(crate) fn python_discord(inputs: &[&Input]) -> Part {
    let understood = "each file is an entry: the embed's title is its question, else the name of \
        the file";
    let mut part = Part::of_all(inputs, Format::PythonDiscord, understood.to_owned());
    for input in inputs {
        let (front, body) = front_matter(&input.text);
        let front = front.unwrap_or(Value::Null);
        let embed = front.get("embed");
        let title = embed.and_then(|embed| embed.get("title")).map(texts).unwrap_or_default();
        let name = as_words(&input.stem());
        let question = title.into_iter().next().unwrap_or_else(|| name.clone());
        let mut item =
            Item::new(Place { file: input.path.clone(), line: None, what: String::new() }, question, String::new());
        item.id = Some(input.stem());
        let aliases = front.get("aliases").map(texts).unwrap_or_default();
        item.names = [input.stem()].into_iter().chain(aliases.iter().cloned()).collect();
        item.refers_to = called(body, "!tags ").map(str::to_owned).collect();
        item.phrasings = [name].into_iter().chain(aliases.iter().map(|alias| as_words(alias))).collect();
        let image = embed.and_then(|embed| embed.get("image")).map(texts).unwrap_or_default();
        item.image = image.into_iter().next();
        adapted(body, Flow::Lines).put_into(&mut item, &mut part.notices);
        if front.get("restricted_to").is_some() {
            let text = "the tag was only for some members; an entry is for everyone".to_owned();
            part.notices.push(Notice { place: item.place.clone(), text, is_left_out: false });
        }
        part.items.push(item);
    }
    part
}

/// A table for each tag: its name is the question, its keywords are phrasings.
pub(crate) fn discord_utils_bot(input: &Input) -> Result<Part, ReadError> {
    let malformed =
        |reason: String| ReadError::Malformed { path: input.path.clone(), format: Format::DiscordUtilsBot, reason };
    let table: toml::Table =
        input.text.parse().map_err(|error: toml::de::Error| malformed(error.message().to_owned()))?;
    let understood = "each table is an entry: its name is the question, its keywords are phrasings";
    let mut part = Part::of(input, Format::DiscordUtilsBot, understood.to_owned());
    for (name, tag) in &table {
        let place = Place { file: input.path.clone(), line: line_of(&input.text, name), what: name.clone() };
        let Some(content) = tag.get("content").and_then(toml::Value::as_str) else {
            let text = "it has no content, and is left out".to_owned();
            part.notices.push(Notice { place, text, is_left_out: true });
            continue;
        };
        let mut item = Item::new(place, as_words(name), String::new());
        item.id = Some(name.clone());
        let keywords = tag.get("keywords").and_then(toml::Value::as_array).into_iter().flatten();
        let (words, signs): (Vec<String>, Vec<String>) = keywords
            .filter_map(toml::Value::as_str)
            .map(as_words)
            .partition(|keyword| keyword.chars().any(char::is_alphanumeric));
        item.phrasings = words;
        if tag.get("hoisted").and_then(toml::Value::as_bool) == Some(true) {
            let text = "it was offered before the others; `pinned = true` does that".to_owned();
            part.notices.push(Notice { place: item.place.clone(), text, is_left_out: false });
        }
        for sign in signs {
            let text = format!("the keyword “{sign}” has no word, and is left out");
            part.notices.push(Notice { place: item.place.clone(), text, is_left_out: false });
        }
        adapted(content, Flow::Lines).put_into(&mut item, &mut part.notices);
        part.items.push(item);
    }
    Ok(part)
}

fn line_of(text: &str, name: &str) -> Option<usize> {
    let heads = [format!("[{name}]"), format!("[\"{name}\"]")];
    text.lines().position(|line| heads.iter().any(|head| line.trim() == head)).map(|place| place + 1)
}
