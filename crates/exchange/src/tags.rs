//! The tags of two bots on Discord: short texts that members call up by name.

use serde_json::Value;

use crate::format::Format;
use crate::front_matter::front_matter;
use crate::input::Input;
use crate::item::{Item, Notice, Place, Reference};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, ReadError, as_words, called};
use crate::records::{texts, yaml};

/// How a member of Python Discord calls up a tag.
const CALLS: [&str; 4] = ["!tags ", "!tag ", "/tags ", "/tag "];

/// What the front matter of a tag may say.
const KNOWN: [&str; 3] = ["aliases", "embed", "restricted_to"];

/// Whether a page of Markdown begins as a tag of Python Discord's bot does.
pub(crate) fn is_python_discord(text: &str) -> bool {
    matches!(head(text).0, Head::Valid(front) if front.get("embed").is_some() || front.get("aliases").is_some())
}

/// Whether TOML has tables with `content`.
pub(crate) fn is_discord_utils_bot(text: &str) -> bool {
    let table: Option<toml::Table> = text.parse().ok();
    table.is_some_and(|table| table.values().any(|tag| tag.get("content").is_some()))
}

/// What stands above a tag.
enum Head {
    None,
    /// It cannot be read, and stays in the answer.
    Broken,
    Valid(Value),
}

/// What stands above a tag, and the tag.
fn head(text: &str) -> (Head, &str) {
    let Some((front, body)) = front_matter(text) else { return (Head::None, text) };
    match yaml(front) {
        Ok(front) if KNOWN.iter().any(|name| front.get(name).is_some()) => (Head::Valid(front), body),
        Ok(_) => (Head::None, text),
        Err(_) => (Head::Broken, text),
    }
}

/// A file for each tag: the title of its embed is the question, its aliases are phrasings.
pub(crate) fn python_discord(inputs: &[&Input]) -> Part {
    let understood = "each file is an entry: the embed's title is its question, else the name of \
        the file";
    let mut part = Part::of_all(inputs, Format::PythonDiscord, understood.to_owned());
    for input in inputs {
        let (head, body) = head(&input.text);
        let name = as_words(&input.stem());
        let place = Place { file: input.path.clone(), line: None, what: String::new() };
        let mut item = Item::new(place.clone(), name.clone(), String::new());
        item.id = Some(input.stem());
        item.phrasings = vec![name];
        match head {
            Head::None => {}
            Head::Broken => {
                let text = "what looks like front matter is no valid YAML, and stays in the answer";
                part.notices.push(Notice::changed(&place, text));
            }
            Head::Valid(front) => take_front(&front, &mut item, &mut part.notices),
        }
        item.refers_to = called(body, &CALLS).chain(called_in_code(body)).map(Reference::from).collect();
        adapted(body, Flow::Discord).put_into(&mut item, &mut part.notices);
        part.items.push(item);
    }
    part
}

/// Names in code with the mark that calls up a tag, such as `!name`.
fn called_in_code(text: &str) -> impl Iterator<Item = String> {
    let marked = text.split('`').filter_map(|code| code.strip_prefix('!'));
    marked.filter(|name| !name.contains(char::is_whitespace)).map(str::to_owned)
}

fn take_front(front: &Value, item: &mut Item, notices: &mut Vec<Notice>) {
    let place = &item.place;
    let embed = front.get("embed");
    let of_embed = |name: &str| embed.and_then(|embed| embed.get(name)).map(texts).unwrap_or_default().into_iter();
    if let Some(title) = of_embed("title").next() {
        item.question = title;
    }
    item.image = of_embed("image").next();
    let aliases = front.get("aliases").map(names).unwrap_or_default();
    item.phrasings.extend(aliases.iter().map(|alias| as_words(alias)));
    item.names = aliases;
    if front.get("restricted_to").is_some() {
        notices.push(Notice::changed(place, "the tag was only for some members; an entry is for everyone"));
    }
    let unknown = |value: Option<&Value>, known: &[&str]| -> Vec<String> {
        let names = value.and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
        names.filter(|name| !known.contains(&name.as_str())).cloned().collect()
    };
    for name in unknown(Some(front), &KNOWN) {
        notices.push(Notice::common(place, format!("`{name}` of the front matter is left out")));
    }
    for name in unknown(embed, &["title", "image"]) {
        notices.push(Notice::common(place, format!("`{name}` of the embed is left out")));
    }
}

/// Names, one or several. YAML takes some of them for something else.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Bool(value) => vec![value.to_string()],
        value => texts(value),
    }
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
        let Some(tag) = tag.as_table() else {
            part.notices.push(Notice::left_out(&place, format!("it is no tag, and is left out: {tag}")));
            continue;
        };
        let mut item = Item::new(place, as_words(name), String::new());
        item.id = Some(name.clone());
        for (key, value) in tag {
            take_key(key, value, &mut item, &mut part.notices);
        }
        part.items.push(item);
    }
    Ok(part)
}

fn take_key(key: &str, value: &toml::Value, item: &mut Item, notices: &mut Vec<Notice>) {
    let place = item.place.clone();
    match (key, value) {
        ("content", toml::Value::String(content)) => adapted(content, Flow::Discord).put_into(item, notices),
        ("content", other) => {
            notices.push(Notice::changed(&place, format!("its content is no text, and is left out: {other}")));
        }
        ("keywords", toml::Value::Array(keywords)) => {
            for keyword in keywords {
                take_keyword(keyword, item, notices);
            }
        }
        ("keywords", keyword) => take_keyword(keyword, item, notices),
        ("hoisted", toml::Value::Boolean(true)) => {
            notices.push(Notice::changed(&place, "it was offered before the others; `pinned = true` does that"));
        }
        ("hoisted", toml::Value::Boolean(false)) => {}
        ("hoisted", _) => {
            notices.push(Notice::common(&place, "`hoisted` is neither true nor false, and is left out"));
        }
        (key, _) => notices.push(Notice::common(&place, format!("the key `{key}` is left out"))),
    }
}

fn take_keyword(keyword: &toml::Value, item: &mut Item, notices: &mut Vec<Notice>) {
    let text = match keyword {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        other => {
            let text = format!("the keyword `{other}` is no text, and is left out");
            notices.push(Notice::changed(&item.place, text));
            return;
        }
    };
    let words = as_words(&text);
    if words.chars().any(char::is_alphanumeric) {
        item.phrasings.push(words);
    } else {
        let text = format!("the keyword “{text}” has no word, and is left out");
        notices.push(Notice::changed(&item.place, text));
    }
}

fn line_of(text: &str, name: &str) -> Option<usize> {
    let heads = [format!("[{name}]"), format!("[\"{name}\"]")];
    text.lines().position(|line| heads.iter().any(|head| line.trim() == head)).map(|place| place + 1)
}
