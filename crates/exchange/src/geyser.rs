//! The tags of `GeyserMC`'s bot: a file for each, with options above a line of hyphens and the
//! answer below it.

use std::path::Path;

use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice, Place};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, as_words, called};

/// What divides the options from the answer.
const SEPARATOR: &str = "---";

/// Whether a text begins as a tag does.
pub(crate) fn is_tag(text: &str) -> bool {
    options(text).0.iter().any(|(name, _)| *name == "type")
}

/// The options above the line of hyphens, and what follows it.
fn options(text: &str) -> (Vec<(&str, &str)>, String) {
    let mut lines = text.lines();
    let above = lines.by_ref().map(str::trim).take_while(|line| *line != SEPARATOR);
    let named = above.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
    let options = named.map(|(name, value)| (name.trim(), value.trim())).collect();
    (options, lines.collect::<Vec<_>>().join("\n"))
}

/// A folder of tags. Each folder in it is a topic if there are several.
pub(crate) fn read(inputs: &[&Input]) -> Part {
    let understood = "each file is an entry: its title is the question, else the name of the file";
    let mut part = Part::of_all(inputs, Format::GeyserDiscordBot, understood.to_owned());
    let folders: Vec<_> = inputs.iter().filter_map(|input| input.path.parent()).collect();
    let has_topics = folders.iter().any(|folder| Some(folder) != folders.first());
    if has_topics {
        let above = folders.first().and_then(|folder| folder.parent()).and_then(Path::file_name);
        part.name = above.map_or(part.name, |name| name.to_string_lossy().into_owned());
    }
    for input in inputs {
        let mut item = item(input, &mut part.notices);
        if has_topics {
            let folder = input.path.parent().and_then(|folder| folder.file_name());
            item.topic = folder.map(|name| name.to_string_lossy().into_owned());
        }
        part.items.push(item);
    }
    part
}

fn item(input: &Input, notices: &mut Vec<Notice>) -> Item {
    let (options, body) = options(&input.text);
    let name = as_words(&input.stem());
    let place = Place { file: input.path.clone(), line: None, what: String::new() };
    let mut item = Item::new(place.clone(), name.clone(), String::new());
    item.id = Some(input.stem());
    item.names.push(input.stem());
    item.phrasings.push(name);
    adapted(&body, Flow::Lines).put_into(&mut item, notices);
    let mut buttons = Vec::new();
    for (option, value) in options {
        match option {
            "title" => item.question = without_emoji(value),
            "aliases" => {
                let aliases = value.split(',').map(str::trim).filter(|alias| !alias.is_empty());
                item.names.extend(aliases.clone().map(str::to_owned));
                item.phrasings.extend(aliases.map(as_words));
            }
            // What people paste when they need this answer, and what they look for in a menu.
            "issues" | "help" => {
                item.phrasings.extend(value.split("||").map(|issue| issue.trim().to_owned()));
            }
            "image" => item.image = Some(value.to_owned()),
            "button" => buttons.push(value),
            // How the tag was called and coloured means nothing here.
            "type" | "color" => {}
            _ => {
                let text = format!("the option `{option}` is left out: {value}");
                notices.push(Notice { place: place.clone(), text, is_left_out: false });
            }
        }
    }
    if !buttons.is_empty() {
        let above = if item.answer.is_empty() { "" } else { "\n\n" };
        item.answer = format!("{}{above}{}", item.answer, buttons.join(" · "));
        let text = "buttons become links at the end of the answer".to_owned();
        notices.push(Notice { place, text, is_left_out: false });
    }
    item.refers_to.extend(called(&body, "!!").map(str::to_owned));
    item
}

/// A title without the emoji before it, such as `:x:`.
fn without_emoji(title: &str) -> String {
    let rest = title.strip_prefix(':').and_then(|rest| rest.split_once(": "));
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    rest.filter(|(name, _)| is_name(name)).map_or(title, |(_, words)| words.trim()).to_owned()
}
