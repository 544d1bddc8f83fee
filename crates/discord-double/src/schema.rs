//! Checks JSON against a JSON schema, with extra keywords for limits of Discord that the standard
//! cannot express. It reads two documents: Discord's own description of its API, and
//! `limits.json`.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::error::{ValidationError, ValidationErrorKind};
use jsonschema::paths::Location;
use jsonschema::{Keyword, Validator};
use serde_json::{Map, Value, json};

/// What is wrong with the field at a dotted path. The path is empty for the body itself.
#[derive(Clone)]
pub(crate) struct Violation {
    pub(crate) path: String,
    pub(crate) message: String,
}

impl Violation {
    pub(crate) fn new(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), message: message.into() }
    }

    pub(crate) fn line(&self) -> String {
        format!("{}: {}", if self.path.is_empty() { "the body" } else { &self.path }, self.message)
    }
}

/// A document with schemas. Each is compiled only once, because that takes longer than all its
/// uses.
pub(crate) struct Schemas {
    pub(crate) document: Value,
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Schemas {
    pub(crate) fn new(document: Value) -> Self {
        Self { document, compiled: Mutex::default() }
    }

    /// What is wrong with a body according to the schema at a JSON pointer.
    pub(crate) fn check(&self, pointer: &str, body: &Value) -> Vec<Violation> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = Arc::clone(compiled.entry(pointer.to_owned()).or_insert_with(|| self.compile(pointer)));
        drop(compiled);
        validator.iter_errors(body).flat_map(|error| explain(&error)).collect()
    }

    fn compile(&self, pointer: &str) -> Arc<Validator> {
        let mut root = self.document.pointer(pointer).cloned().unwrap_or_default();
        // The references say `#/components/…` or `#/$defs/…`, so both must be in the same document.
        for shared in ["components", "$defs"] {
            root[shared] = self.document.get(shared).cloned().unwrap_or_else(|| json!({}));
        }
        let options = jsonschema::options().should_validate_formats(true);
        let options =
            RULES.into_iter().fold(options, |options, (name, rule)| options.with_keyword(name, keyword(rule)));
        Arc::new(options.build(&root).unwrap_or_else(|error| panic!("{pointer}: {error}")))
    }
}

/// Returns what is wrong with a value, given the keyword's parameter.
type Rule = fn(&Value, &Value) -> Option<String>;
type BoxedKeyword = Box<dyn for<'i> Keyword<'i>>;

const RULES: [(&str, Rule); 6] = [
    ("length", length),
    ("not_blank", not_blank),
    ("total", total),
    ("differ_in", differ_in),
    ("differ_anywhere_in", differ_anywhere_in),
    ("required_first", required_first),
];

struct Custom(Rule, Value);

fn keyword(
    rule: Rule,
) -> impl for<'a> Fn(&'a Map<String, Value>, &'a Value, Location) -> Result<BoxedKeyword, ValidationError<'a>> {
    move |_, parameter, _| Ok(Box::new(Custom(rule, parameter.clone())))
}

impl<'i> Keyword<'i> for Custom {
    fn validate(&self, value: &'i Value) -> Result<(), ValidationError<'i>> {
        self.0(value, &self.1).map_or(Ok(()), |message| Err(ValidationError::custom(message)))
    }

    fn is_valid(&self, value: &'i Value) -> bool {
        self.0(value, &self.1).is_none()
    }
}

/// The length of a text as Discord probably counts it. There are never fewer UTF-16 units than
/// characters, so a text that passes here passes either way.
fn units(text: &str) -> u64 {
    text.encode_utf16().count() as u64
}

/// Limits the number of UTF-16 units, or of items, from below and above.
fn length(value: &Value, bounds: &Value) -> Option<String> {
    let length = value.as_str().map(units).or_else(|| Some(value.as_array()?.len() as u64))?;
    match (bounds[0].as_u64()?, bounds[1].as_u64()?) {
        (min, max) if (min..=max).contains(&length) => None,
        (0, max) => Some(format!("Must be {max} or fewer in length.")),
        (min, max) => Some(format!("Must be between {min} and {max} in length.")),
    }
}

fn not_blank(value: &Value, _: &Value) -> Option<String> {
    value.as_str()?.trim().is_empty().then(|| "This field is required".to_owned())
}

/// Limits the total of UTF-16 units in all texts with these names.
fn total(value: &Value, limit: &Value) -> Option<String> {
    let counted = texts(value).into_iter().filter(|(key, _)| items(&limit["of"]).contains(&json!(key)));
    let is_over = counted.map(|(_, text)| units(text)).sum::<u64>() > limit["most"].as_u64()?;
    is_over.then(|| format!("Exceeds maximum size of {}", limit["most"]))
}

fn differ_in(list: &Value, key: &Value) -> Option<String> {
    let (key, mut seen) = (key.as_str()?, HashSet::new());
    let twice = items(list).iter().find(|item| !seen.insert(item[key].to_string()))?;
    Some(format!("The {key} {} is used twice", twice[key]))
}

fn differ_anywhere_in(list: &Value, wanted: &Value) -> Option<String> {
    let mut seen = HashSet::new();
    let (key, twice) = texts(list).into_iter().find(|(key, text)| wanted == key && !seen.insert(*text))?;
    Some(format!("The {key} {twice:?} is used twice"))
}

fn required_first(options: &Value, _: &Value) -> Option<String> {
    let is_sorted = items(options).is_sorted_by_key(|option| option["required"] != true);
    (!is_sorted).then(|| "Required options must be placed before non-required options".to_owned())
}

/// All texts in a value, each with its name.
fn texts(value: &Value) -> Vec<(&str, &str)> {
    let fields = value.as_object().into_iter().flatten();
    let in_fields = fields.flat_map(|(key, value)| match value.as_str() {
        Some(text) => vec![(key.as_str(), text)],
        None => texts(value),
    });
    items(value).iter().flat_map(texts).chain(in_fields).collect()
}

/// The items of a list; empty if the field is absent or not a list.
pub(crate) fn items(field: &Value) -> &[Value] {
    field.as_array().map_or(&[], Vec::as_slice)
}

/// Says what is wrong. For a union, it says what is wrong with the variant that was meant: it
/// would help nobody to read that none of seven variants fits.
fn explain(error: &ValidationError<'_>) -> Vec<Violation> {
    let place = error.instance_path().as_str();
    let path = place.replace('/', ".");
    let found = |path: &str, message: String| vec![Violation::new(path.trim_start_matches('.'), message)];
    // A variant was meant if neither its `type` nor the fact that it is an object is at fault.
    let is_meant = |variant: &&Vec<ValidationError<'_>>| {
        !variant.iter().any(|error| match &error.instance_path().as_str()[place.len()..] {
            "" => matches!(error.kind(), ValidationErrorKind::Type { .. }),
            below => below == "/type",
        })
    };
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let meant = context.iter().filter(is_meant).map(|variant| variant.iter().flat_map(explain).collect());
            meant.min_by_key(Vec::len).unwrap_or_else(|| found(&path, "None of the variants fits".to_owned()))
        }
        ValidationErrorKind::Required { property } => {
            let path = format!("{path}.{}", property.as_str().unwrap_or_default());
            found(&path, "This field is required".to_owned())
        }
        _ => found(&path, error.to_string()),
    }
}
