//! Collects what is wrong with a body and shapes it into Discord's `errors` object.
//!
//! Discord names the offending field by nesting (`errors.data.embeds.0.title._errors`), and
//! serenity flattens that back into a path for its message. Keeping the shape lets a test see the
//! same text that an operator would see in the log.

use serde_json::{Map, Value, json};

/// What a body violates, each by the dotted path of the field.
#[derive(Debug, Default)]
pub(crate) struct FormErrors {
    found: Vec<(String, &'static str, String)>,
}

impl FormErrors {
    /// Remembers one violation at `path`, with Discord's code and message.
    pub(crate) fn add(&mut self, path: &str, code: &'static str, message: impl Into<String>) {
        self.found.push((path.to_owned(), code, message.into()));
    }

    /// Whether the body may pass.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The violations as lines for a failing test's message.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.found.iter().map(|(path, code, message)| format!("{path}: {message} ({code})")).collect()
    }

    /// Discord's nested `errors` object.
    pub(crate) fn nested(&self) -> Value {
        let mut root = Map::new();
        for (path, code, message) in &self.found {
            insert(&mut root, path.split('.'), &json!({"code": code, "message": message}));
        }
        Value::Object(root)
    }

    /// Checks the length of a string field; what is absent, null or no string passes.
    pub(crate) fn length(&mut self, path: &str, field: &Value, min: usize, max: usize) {
        let Some(text) = field.as_str() else { return };
        let length = units(text);
        if (min..=max).contains(&length) {
            return;
        }
        self.out_of_bounds(path, min, max);
    }

    /// Checks the number of items of an array field; what is absent or null passes.
    pub(crate) fn count(&mut self, path: &str, field: &Value, min: usize, max: usize) {
        let Some(items) = field.as_array() else {
            return;
        };
        if (min..=max).contains(&items.len()) {
            return;
        }
        self.out_of_bounds(path, min, max);
    }

    /// Checks a string that must be there and may not be blank, up to `max`.
    pub(crate) fn required(&mut self, path: &str, field: &Value, max: usize) {
        match field.as_str() {
            Some(text) if !text.trim().is_empty() => self.length(path, field, 1, max),
            _ => self.add(path, "BASE_TYPE_REQUIRED", "This field is required"),
        }
    }

    fn out_of_bounds(&mut self, path: &str, min: usize, max: usize) {
        if min == 0 {
            let message = format!("Must be {max} or fewer in length.");
            return self.add(path, "BASE_TYPE_MAX_LENGTH", message);
        }
        let message = format!("Must be between {min} and {max} in length.");
        self.add(path, "BASE_TYPE_BAD_LENGTH", message);
    }
}

/// The length of a text as Discord is understood to count it.
///
/// UTF-16 units never count fewer than characters do, so what passes here passes whichever of the
/// two Discord means.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The items of an array field, or nothing where the field is absent or no array.
pub(crate) fn items(field: &Value) -> &[Value] {
    field.as_array().map_or(&[], Vec::as_slice)
}

fn insert<'a>(node: &mut Map<String, Value>, mut path: impl Iterator<Item = &'a str>, error: &Value) {
    let Some(step) = path.next() else {
        let list = node.entry("_errors").or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(error.clone());
        }
        return;
    };
    let child = node.entry(step).or_insert_with(|| json!({}));
    if let Some(child) = child.as_object_mut() {
        insert(child, path, error);
    }
}
