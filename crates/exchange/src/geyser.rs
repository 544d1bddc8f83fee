//! The tags of `GeyserMC`'s bot: a file for each, with options above a line of hyphens and the
//! answer below it.

use std::path::Path;

use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice, Place, Reference};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, as_words, called};

/// What divides the options from the answer.
const SEPARATOR: &str = "---";

/// How a member calls up another tag.
const CALLS: [&str; 2] = ["!!", "!tag "];

/// A tag, taken apart.
struct Tag<'t> {
    options: Vec<(&'t str, &'t str)>,
    /// Lines above the hyphens that are no options.
    others: Vec<&'t str>,
    body: String,
}

impl<'t> Tag<'t> {
    fn of(text: &'t str) -> Self {
        let mut lines = text.lines();
        let (mut options, mut others) = (Vec::new(), Vec::new());
        let above = lines.by_ref().map(str::trim).take_while(|line| *line != SEPARATOR);
        for line in above.filter(|line| !line.is_empty()) {
            match line.split_once(':').filter(|_| !line.starts_with('#')) {
                Some((name, value)) => options.push((name.trim(), value.trim())),
                None => others.push(line),
            }
        }
        Self { options, others, body: lines.collect::<Vec<_>>().join("\n") }
    }
}

/// Whether a text begins as a tag does.
pub(crate) fn is_tag(text: &str) -> bool {
    text.lines().any(|line| line.trim() == SEPARATOR) && Tag::of(text).options.iter().any(|(name, _)| *name == "type")
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
    let tag = Tag::of(&input.text);
    let stem = if input.has_no_ending() { input.name() } else { input.stem() };
    let name = as_words(&stem);
    let place = Place { file: input.path.clone(), line: None, what: String::new() };
    let mut item = Item::new(place.clone(), name.clone(), String::new());
    item.id = Some(stem);
    item.phrasings.push(name);
    adapted(&tag.body, Flow::Discord).put_into(&mut item, notices);
    let mut buttons = Vec::new();
    let mut has_title = false;
    for line in tag.others {
        notices.push(Notice::changed(&place, format!("the line above the hyphens is left out: {line}")));
    }
    for (option, value) in tag.options.into_iter().filter(|(_, value)| !value.is_empty()) {
        match option {
            "title" if !has_title => {
                has_title = true;
                let (emoji, title) = divided(value);
                title.clone_into(&mut item.question);
                notices.extend(emoji.map(|emoji| {
                    let text = format!("the emoji `:{emoji}:` before a title is left out");
                    Notice::common(&place, text)
                }));
            }
            "aliases" => {
                let aliases = value.split(',').map(str::trim).filter(|alias| !alias.is_empty());
                item.names.extend(aliases.clone().map(str::to_owned));
                item.phrasings.extend(aliases.map(as_words));
            }
            // What people paste when they need this answer, and what they look for in a menu.
            "issues" | "help" => {
                item.phrasings.extend(value.split("||").map(|issue| issue.trim().to_owned()));
            }
            "image" if item.image.is_none() => item.image = Some(value.to_owned()),
            "button" => buttons.push(value),
            "type" if value == "text" => {}
            // How the tag was called and coloured means nothing here.
            "type" => notices.push(Notice::common(&place, format!("`type: {value}` is left out"))),
            "color" => notices.push(Notice::common(&place, "the option `color` is left out")),
            _ => notices.push(Notice::changed(&place, format!("the option `{option}` is left out: {value}"))),
        }
    }
    if !buttons.is_empty() {
        let above = if item.answer.is_empty() { "" } else { "\n\n" };
        item.answer = format!("{}{above}{}", item.answer, buttons.join(" · "));
        notices.push(Notice::changed(&place, "buttons become links at the end of the answer"));
    }
    item.refers_to.extend(called(&tag.body, &CALLS).map(Reference::from));
    item
}

/// The emoji before a title, such as `:x:`, and the title.
fn divided(title: &str) -> (Option<&str>, &str) {
    let rest = title.strip_prefix(':').and_then(|rest| rest.split_once(": "));
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    match rest.filter(|(emoji, _)| is_name(emoji)) {
        Some((emoji, words)) => (Some(emoji), words.trim()),
        None => (None, title),
    }
}
