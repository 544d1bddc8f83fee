//! Records in JSON and YAML: a list of objects, or questions with their answers.
//!
//! Programs nest their records and name their fields in many ways. Looked for are objects with a
//! question and an answer, however deep: so `QnABot`'s and Botpress's exports are read too.

use serde_json::{Map, Value};

use crate::columns::{Role, several};
use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice, Place};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, ReadError};

/// A file of records as a value.
pub(crate) fn parsed(input: &Input, format: Format) -> Result<Value, ReadError> {
    let malformed = |reason: String| ReadError::Malformed { path: input.path.clone(), format, reason };
    if input.ending() == "json" || format == Format::Json {
        serde_json::from_str(&input.text).map_err(|error| malformed(error.to_string()))
    } else {
        yaml(&input.text).map_err(malformed)
    }
}

/// YAML as a value, in which `yes` and `007` stay as they were typed. The message of an error
/// begins with its first line.
pub(crate) fn yaml(text: &str) -> Result<Value, String> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    };
    serde_saphyr::from_str_with_options::<Value>(text, options)
        .map_err(|error| error.to_string().lines().next().unwrap_or("it cannot be read").to_owned())
}

pub(crate) fn read(input: &Input, format: Format) -> Result<Part, ReadError> {
    let value = parsed(input, format)?;
    let mut part = Part::of(input, format, String::new());
    let mut found = Found::default();
    found.look(&value, "");
    let mut understood: Vec<String> =
        found.fields.iter().map(|(role, name)| format!("{} = “{name}”", role.name())).collect();
    if found.records.is_empty()
        && let Value::Object(map) = &value
        && map.values().any(Value::is_string)
    {
        understood.push("each name is a question, and its value the answer".to_owned());
        found = Found::default();
        for (question, answer) in map {
            found.pair(question, answer);
        }
    }
    part.understood = understood.join(", ");
    if !found.unused.is_empty() {
        let names: Vec<String> = found.unused.iter().map(|name| format!("“{name}”")).collect();
        part.understood = format!("{}; not used: {}", part.understood, names.join(", "));
    }
    for (number, record) in (1..).zip(&found.records) {
        let place = Place { file: input.path.clone(), line: None, what: record.question(number) };
        let mut item = Item::new(place, record.first(Role::Question), String::new());
        let rest = record.all(Role::Question).into_iter().skip(1);
        item.phrasings = rest.chain(record.all(Role::Phrasings).iter().flat_map(|text| several(text))).collect();
        item.keywords = record.all(Role::Keywords);
        item.id = record.one(Role::Id);
        item.url = record.one(Role::Url);
        item.image = record.one(Role::Image);
        item.topic = record.one(Role::Topic);
        adapted(&record.first(Role::Answer), Flow::Lines).put_into(&mut item, &mut part.notices);
        for other in record.all(Role::Answer).iter().skip(1) {
            let text = format!("there is another answer, which is left out: {other}");
            part.notices.push(Notice::changed(&item.place, text));
        }
        part.items.push(item);
    }
    if part.items.is_empty() {
        let help = "it needs records with a `question` and an `answer`, or questions with their \
            answers";
        return Err(ReadError::NoQuestions { path: input.path.clone(), help: help.to_owned() });
    }
    Ok(part)
}

/// The fields of an object that mean something, with their texts.
struct Record(Vec<(Role, Vec<String>)>);

impl Record {
    fn all(&self, role: Role) -> Vec<String> {
        self.0.iter().filter(|(own, _)| *own == role).flat_map(|(_, texts)| texts.clone()).collect()
    }

    fn one(&self, role: Role) -> Option<String> {
        self.all(role).into_iter().next()
    }

    fn first(&self, role: Role) -> String {
        self.one(role).unwrap_or_default()
    }

    fn question(&self, number: usize) -> String {
        self.one(Role::Question).unwrap_or_else(|| format!("record {number}"))
    }
}

#[derive(Default)]
struct Found {
    records: Vec<Record>,
    fields: Vec<(Role, String)>,
    unused: Vec<String>,
}

impl Found {
    /// Looks for records in a value. `topic` is the name of the list that it is in.
    fn look(&mut self, value: &Value, topic: &str) {
        match value {
            Value::Array(values) => {
                let has_records = values.iter().any(|value| value.as_object().is_some_and(is_record));
                for value in values {
                    match value {
                        // What lacks an answer beside others that have one is a loss to be named.
                        Value::Object(map) if has_records && is_half_a_record(map) => self.take(map, topic),
                        value => self.look(value, topic),
                    }
                }
            }
            Value::Object(map) if is_record(map) => self.take(map, topic),
            Value::Object(map) => {
                for (name, value) in map {
                    if !matches!(value, Value::Array(_) | Value::Object(_)) {
                        self.not_used(name);
                    }
                    let is_topic = matches!(value, Value::Array(_)) && map.len() > 1;
                    self.look(value, if is_topic { name } else { topic });
                }
            }
            _ => {}
        }
    }

    /// `"When …?": "At …"`, where the name is the question. A value without a text has no answer,
    /// so that it is named among what is left out.
    fn pair(&mut self, question: &str, answer: &Value) {
        let mut fields = vec![(Role::Question, vec![question.to_owned()])];
        match answer {
            Value::Object(map) if map.keys().any(|name| Role::of(name) == Some(Role::Answer)) => {
                for (name, value) in map {
                    match Role::of(name) {
                        Some(role) => {
                            fields.push((role, texts(value)));
                            self.not_used_within(name, value);
                        }
                        None => self.not_used(name),
                    }
                }
            }
            answer => {
                fields.push((Role::Answer, texts(answer)));
                self.not_used_within("the answer", answer);
            }
        }
        self.records.push(Record(fields));
    }

    /// Notes that a field has no meaning.
    fn not_used(&mut self, name: &str) {
        if !self.unused.iter().any(|known| known == name) {
            self.unused.push(name.to_owned());
        }
    }

    /// Notes which texts of a field are not taken: those of other languages.
    fn not_used_within(&mut self, name: &str, value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.not_used_within(name, value)),
            Value::Object(map) => {
                let taken = taken(map).map(|(name, _)| name);
                for other in map.keys().filter(|name| Some(*name) != taken) {
                    self.not_used(&format!("{name}.{other}"));
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, map: &Map<String, Value>, topic: &str) {
        let mut fields = Vec::new();
        for (name, value) in map {
            match Role::of(name) {
                Some(role) => {
                    if !self.fields.iter().any(|(_, known)| known == name) {
                        self.fields.push((role, name.clone()));
                    }
                    fields.push((role, texts(value)));
                    self.not_used_within(name, value);
                }
                None => self.not_used(name),
            }
        }
        // What is called a title is only the question where there is no other.
        fields.sort_by_key(|(role, texts)| (*role as usize, texts.is_empty()));
        if !topic.is_empty() && !fields.iter().any(|(role, _)| *role == Role::Topic) {
            fields.push((Role::Topic, vec![topic.to_owned()]));
        }
        self.records.push(Record(fields));
    }
}

fn is_record(map: &Map<String, Value>) -> bool {
    let has = |role| map.iter().any(|(name, value)| Role::of(name) == Some(role) && !texts(value).is_empty());
    has(Role::Question) && has(Role::Answer)
}

fn is_half_a_record(map: &Map<String, Value>) -> bool {
    map.keys().any(|name| matches!(Role::of(name), Some(Role::Question | Role::Answer)))
}

/// The texts of a value: one, a list, or those of the first language.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(map) => taken(map).map(|(_, value)| texts(value)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The field of an object that has its text.
fn taken(map: &Map<String, Value>) -> Option<(&String, &Value)> {
    ["text", "markdown"].iter().find_map(|name| map.get_key_value(*name)).or_else(|| map.iter().next())
}
