//! Rasa: what people say (intents), what the bot says (responses), and which follows which (rules
//! and stories), in one file or several.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice, Place};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, ReadError, as_words};
use crate::records::{parsed, texts, yaml};

/// Whether a file has one of the parts of a bot.
pub(crate) fn is_rasa(text: &str) -> bool {
    let has = |name: &str| text.lines().any(|line| line.starts_with(name));
    let is_one = ["nlu:", "responses:", "rules:", "stories:"].iter().any(|name| has(name));
    is_one && yaml(text).is_ok_and(|value| !Bot::default().take(&value, &PathBuf::new()).is_empty())
}

/// What the files say together.
#[derive(Default)]
struct Bot {
    /// What people say, by intent, in the order of the files.
    intents: Vec<(String, Vec<String>, PathBuf)>,
    responses: BTreeMap<String, Vec<Value>>,
    /// Which response follows which intent.
    follows: BTreeMap<String, String>,
}

impl Bot {
    /// Takes over what a file says, and names the parts that it has.
    fn take(&mut self, value: &Value, file: &std::path::Path) -> Vec<&'static str> {
        let mut parts = Vec::new();
        for intent in list(value, "nlu") {
            let name = intent.get("intent").and_then(Value::as_str);
            if let Some(name) = name {
                let examples = intent.get("examples").map(examples).unwrap_or_default();
                self.intents.push((name.to_owned(), examples, file.to_owned()));
                parts.push("nlu");
            }
        }
        for (name, variants) in value.get("responses").and_then(Value::as_object).into_iter().flatten() {
            self.responses.insert(name.clone(), variants.as_array().cloned().unwrap_or_default());
            parts.push("responses");
        }
        for story in list(value, "rules").iter().chain(list(value, "stories")) {
            let mut said: Option<&str> = None;
            for step in list(story, "steps") {
                let action = step.get("action").and_then(Value::as_str).filter(|name| name.starts_with("utter_"));
                if let (Some(intent), Some(action)) = (said, action) {
                    self.follows.entry(intent.to_owned()).or_insert_with(|| action.to_owned());
                    said = None;
                }
                said = step.get("intent").and_then(Value::as_str).or(said);
            }
            parts.push("rules");
        }
        parts
    }

    /// The name of the response to an intent.
    fn response_to(&self, intent: &str) -> Option<&str> {
        let own = format!("utter_{intent}");
        if self.responses.contains_key(&own) {
            return self.responses.get_key_value(&own).map(|(name, _)| name.as_str());
        }
        let followed = self.follows.get(intent).filter(|name| self.responses.contains_key(*name));
        followed.map(String::as_str)
    }
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Examples are lines that begin with a hyphen, or a list of texts.
fn examples(value: &Value) -> Vec<String> {
    let lines = match value {
        Value::String(text) => text.lines().map(|line| line.trim().trim_start_matches('-').trim().to_owned()).collect(),
        other => texts(other),
    };
    lines.into_iter().map(|line| without_entities(line.trim())).filter(|line| !line.is_empty()).collect()
}

/// `fly to [Oslo](city)` as “fly to Oslo”.
fn without_entities(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let Some((inside, behind)) = rest[start + 1..].split_once(']') else { break };
        let closing = match behind.chars().next() {
            Some('(') => ')',
            Some('{') => '}',
            _ => {
                out.push_str(&rest[..=start]);
                rest = &rest[start + 1..];
                continue;
            }
        };
        let Some((_, after)) = behind.split_once(closing) else { break };
        out.push_str(&rest[..start]);
        out.push_str(inside);
        rest = after;
    }
    out + rest
}

pub(crate) fn read(inputs: &[&Input]) -> Result<Part, ReadError> {
    let mut bot = Bot::default();
    let mut unknown = Vec::new();
    for input in inputs {
        let value = parsed(input, Format::Rasa)?;
        bot.take(&value, &input.path);
        unknown.extend(not_taken(&value, input));
    }
    let understood = "the examples of an intent are its phrasings, the response that follows is \
        the answer";
    let mut part = Part::of_all(inputs, Format::Rasa, understood.to_owned());
    part.notices = unknown;
    let mut used = Vec::new();
    for (intent, examples, file) in &bot.intents {
        let place = Place { file: file.clone(), line: None, what: intent.clone() };
        let mut examples = examples.iter().cloned();
        let name = intent.rsplit('/').next().unwrap_or(intent);
        let mut item = Item::new(place, examples.next().unwrap_or_else(|| as_words(name)), String::new());
        item.id = Some(name.to_owned());
        item.phrasings = examples.collect();
        let Some(response) = bot.response_to(intent) else {
            item.unfit = Some("no response follows this intent".to_owned());
            part.items.push(item);
            continue;
        };
        used.push(response);
        answer(&mut item, &bot.responses[response], &mut part.notices);
        part.items.push(item);
    }
    for name in bot.responses.keys().filter(|name| !used.contains(&name.as_str())) {
        let file = inputs.first().map(|input| input.path.clone()).unwrap_or_default();
        let text = "nothing that people say leads to this response, so it is left out";
        part.notices.push(Notice::left_out(&Place { file, line: None, what: name.clone() }, text));
    }
    if part.items.iter().all(|item| item.unfit.is_some()) {
        let path = inputs.first().map(|input| input.path.clone()).unwrap_or_default();
        let help = "it needs intents (`nlu`) and responses: give all files of the bot at once";
        let help = help.to_owned();
        return Err(ReadError::NoQuestions { path, help });
    }
    Ok(part)
}

/// Names what a file says beside questions and answers.
fn not_taken(value: &Value, input: &Input) -> Vec<Notice> {
    let place = |what: &str| Place { file: input.path.clone(), line: None, what: what.to_owned() };
    let known = ["version", "nlu", "responses", "rules", "stories", "intents"];
    let names = value.as_object().into_iter().flat_map(|map| map.keys());
    let other = names.filter(|name| !known.contains(&name.as_str()));
    let mut notices: Vec<Notice> =
        other.map(|name| Notice::common(&place(""), format!("`{name}` is left out"))).collect();
    for kind in ["synonym", "regex", "lookup"] {
        let words = list(value, "nlu").iter().filter_map(|words| words.get(kind)).filter_map(Value::as_str);
        notices.extend(words.map(|word| Notice::common(&place(word), format!("this `{kind}` is left out"))));
    }
    notices
}

fn answer(item: &mut Item, variants: &[Value], notices: &mut Vec<Notice>) {
    let text = |variant: &Value| variant.get("text").and_then(Value::as_str).map(str::to_owned);
    let mut texts = variants.iter().filter_map(text);
    let first = texts.next().unwrap_or_default();
    adapted(&first, Flow::Lines).put_into(item, notices);
    let mut say = |text: String| notices.push(Notice::changed(&item.place, text));
    for other in texts {
        say(format!("another wording of the answer is left out: {other}"));
    }
    let image = variants.iter().find_map(|variant| variant.get("image")).and_then(Value::as_str);
    if let Some(image) = image {
        item.image = Some(image.to_owned());
    }
    let others = ["buttons", "custom", "attachment", "quick_replies"];
    for name in others.iter().filter(|name| variants.iter().any(|variant| variant.get(**name).is_some())) {
        say(format!("`{name}` of the response is left out"));
    }
}
