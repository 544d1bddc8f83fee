//! Microsoft's `QnA` Maker, and Custom Question Answering, which followed it: JSON and tables.

use serde_json::{Map, Value};

use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice, Place, Reference};
use crate::markdown::{Flow, adapted};
use crate::part::{Part, ReadError};
use crate::records::{parsed, texts};

/// The fields of a record that are taken.
const KNOWN: [&str; 6] = ["id", "questions", "answer", "source", "metadata", "context"];

const CONTEXT_ONLY: &str = "it was only shown after another question; an entry is always shown";

/// Whether a table has the columns of an export.
pub(crate) fn is_table(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.starts_with("Question\tAnswer\tSource") || first.contains("\tQnaId") || first.contains("\tSuggestedQuestions")
}

/// Whether JSON is an export.
pub(crate) fn is_json(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|value| list(&value).is_some())
}

/// The records of an export, in any of its versions.
fn list(value: &Value) -> Option<&Vec<Value>> {
    let map = value.as_object()?;
    let field = |names: &[&str]| map.iter().find(|(name, _)| names.contains(&name.to_ascii_lowercase().as_str()));
    if let Some((_, Value::Array(list))) = field(&["qnalist", "qnadocuments", "qnas"]) {
        let is_export = |record: &Value| get(record, "questions").is_some() && get(record, "answer").is_some();
        return list.iter().all(is_export).then_some(list);
    }
    field(&["assets", "add"]).and_then(|(_, inner)| list_in(inner))
}

fn list_in(value: &Value) -> Option<&Vec<Value>> {
    list(value)
}

/// A field, whatever its case: versions differ.
fn get<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let map: &Map<String, Value> = value.as_object()?;
    map.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

pub(crate) fn read(input: &Input) -> Result<Part, ReadError> {
    let mut part = Part::of(input, Format::QnaMaker, String::new());
    if input.ending() == "json" {
        let value = parsed(input, Format::QnaMaker)?;
        "each record has its questions, of which the first is shown".clone_into(&mut part.understood);
        for (number, record) in (1..).zip(list(&value).into_iter().flatten()) {
            take_record(record, number, input, &mut part);
        }
    } else {
        table(input, &mut part)?;
    }
    if part.items.is_empty() {
        let help = "it needs `qnaList` or `Assets.Qnas` in JSON, or a column `Question` and a \
            column `Answer`";
        return Err(ReadError::NoQuestions { path: input.path.clone(), help: help.to_owned() });
    }
    Ok(part)
}

/// Whether a value says something.
fn has_more(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    }
}

fn take_record(record: &Value, number: usize, input: &Input, part: &mut Part) {
    let text = |name: &str| get(record, name).map(texts).unwrap_or_default();
    let mut questions = text("questions").into_iter();
    let question = questions.next().unwrap_or_default();
    let what = if question.is_empty() { format!("record {number}") } else { question.clone() };
    let place = Place { file: input.path.clone(), line: None, what };
    let mut item = Item::new(place, question, String::new());
    item.phrasings = questions.collect();
    item.names = get(record, "id").and_then(Value::as_i64).map(|id| format!("qna-{id}")).into_iter().collect();
    source(&mut item, text("source").first().map(String::as_str), &mut part.notices);
    let mut common = |text: String| part.notices.push(Notice::common(&item.place, text));
    for entry in get(record, "metadata").and_then(Value::as_array).into_iter().flatten() {
        item.keywords.extend(get(entry, "value").map(texts).unwrap_or_default());
        get(entry, "name").and_then(Value::as_str).map(metadata).into_iter().for_each(&mut common);
    }
    if let Some(Value::Object(map)) = get(record, "metadata") {
        item.keywords.extend(map.values().flat_map(texts));
        map.keys().map(|name| metadata(name)).for_each(&mut common);
    }
    let names = record.as_object().into_iter().flat_map(|map| map.iter());
    for (name, _) in
        names.filter(|(name, value)| !KNOWN.contains(&name.to_ascii_lowercase().as_str()) && has_more(value))
    {
        common(format!("the field `{name}` is left out"));
    }
    let context = get(record, "context");
    if context.and_then(|context| get(context, "isContextOnly")).and_then(Value::as_bool) == Some(true) {
        common(CONTEXT_ONLY.to_owned());
    }
    prompts(&mut item, get(record, "context").and_then(|context| get(context, "prompts")), part);
    let answer = text("answer").into_iter().next().unwrap_or_default();
    adapted(&answer, Flow::Html).put_into(&mut item, &mut part.notices);
    part.items.push(item);
}

/// Where an answer came from is an address, or the name of a file or of nothing.
fn source(item: &mut Item, source: Option<&str>, notices: &mut Vec<Notice>) {
    let Some(source) = source.filter(|source| !source.is_empty()) else { return };
    if source.starts_with("http") {
        item.url = Some(source.to_owned());
    } else {
        let text = format!("the source “{source}” is no address, and is left out");
        notices.push(Notice::common(&item.place, text));
    }
}

fn metadata(name: &str) -> String {
    format!("the value of `{}` becomes a keyword", name.trim())
}

/// What is offered below an answer are related entries.
fn prompts(item: &mut Item, prompts: Option<&Value>, part: &mut Part) {
    for prompt in prompts.and_then(Value::as_array).into_iter().flatten() {
        let shown = get(prompt, "displayText").map(texts).unwrap_or_default().join(" ");
        match get(prompt, "qnaId").and_then(Value::as_i64) {
            Some(id) if id > 0 => {
                let lost = Some(format!("the prompt “{shown}” leads to no entry, and is left out"));
                item.refers_to.push(Reference { name: format!("qna-{id}"), lost });
            }
            _ => {
                let lost = "leads to no question of its own, and is left out";
                let text = format!("the prompt “{shown}” {lost}");
                part.notices.push(Notice::changed(&item.place, text));
            }
        }
    }
}

/// A table has a line for each question; those with one number share their answer.
fn table(input: &Input, part: &mut Part) -> Result<(), ReadError> {
    let malformed =
        |reason: String| ReadError::Malformed { path: input.path.clone(), format: Format::QnaMaker, reason };
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_reader(input.text.as_bytes());
    let names = reader.headers().map_err(|error| malformed(error.to_string()))?.clone();
    let column = |name: &str| names.iter().position(|own| own.trim().eq_ignore_ascii_case(name));
    let known = ["Question", "Answer", "QnaId", "Metadata", "Prompts", "Source", "IsContextOnly"];
    let places = known.map(column);
    let is_unused = |name: &&str| !known.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
    let unused: Vec<String> = names.iter().filter(is_unused).map(|name| format!("“{}”", name.trim())).collect();
    let mut numbers: Vec<String> = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| malformed(error.to_string()))?;
        let cell = |place: usize| places[place].and_then(|place| row.get(place)).unwrap_or_default().trim();
        let (question, answer, number) = (cell(0).to_owned(), cell(1).replace("\\n", "\n"), cell(2).to_owned());
        let same = |place: &usize| {
            let item: &Item = &part.items[*place];
            if number.is_empty() { item.answer == answer } else { numbers[*place] == number }
        };
        if let Some(place) = (0..part.items.len()).rev().find(same) {
            part.items[place].phrasings.push(question);
            continue;
        }
        let line = row.position().and_then(|position| usize::try_from(position.line()).ok());
        let mut item =
            Item::new(Place { file: input.path.clone(), line, what: question.clone() }, question, String::new());
        item.names = if number.is_empty() { Vec::new() } else { vec![format!("qna-{number}")] };
        let pairs: Vec<(&str, &str)> = cell(3).split('|').filter_map(|pair| pair.split_once(':')).collect();
        item.keywords = pairs.iter().map(|(_, value)| value.trim().to_owned()).collect();
        source(&mut item, Some(cell(5)), &mut part.notices);
        for name in pairs.iter().map(|(name, _)| name) {
            part.notices.push(Notice::common(&item.place, metadata(name)));
        }
        if cell(6).eq_ignore_ascii_case("true") {
            part.notices.push(Notice::common(&item.place, CONTEXT_ONLY));
        }
        prompts(&mut item, serde_json::from_str(cell(4)).ok().as_ref(), part);
        adapted(&answer, Flow::Html).put_into(&mut item, &mut part.notices);
        part.items.push(item);
        numbers.push(number);
    }
    let understood = "each line is a question; lines with the same answer become one entry";
    understood.clone_into(&mut part.understood);
    if !unused.is_empty() {
        part.understood = format!("{understood}; not used: {}", unused.join(", "));
    }
    Ok(())
}
