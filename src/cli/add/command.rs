//! A command that says in options what somebody has typed, so that they can go on from it.

use crate::cli::arguments::base::AddArguments;

/// The command for an entry, as a shell reads it.
pub(super) fn line(places: &[String], entry: &AddArguments) -> String {
    let number = entry.paragraph.map(|number| number.to_string());
    let one = |name: &'static str, value: &Option<String>| value.clone().map(|value| (name, value));
    let each = |name: &'static str, values: &[String]| -> Vec<(&'static str, String)> {
        values.iter().map(|value| (name, value.clone())).collect()
    };
    let mut options: Vec<(&str, String)> = Vec::new();
    options.extend(one("--question", &entry.question));
    options.extend(each("--phrasing", &entry.phrasing));
    options.extend(one("--answer", &entry.answer));
    options.extend(one("--topic", &entry.topic));
    options.extend(one("--title", &entry.title));
    options.extend(one("--id", &entry.id));
    options.extend(one("--source", &entry.source));
    options.extend(one("--paragraph", &number));
    options.extend(each("--evidence", &entry.evidence));
    options.extend(one("--claimed-by", &entry.claimed_by));
    options.extend(one("--as-of", &entry.as_of));
    let options = options.into_iter().map(|(name, value)| written(name, &value));
    let words = ["footnote".to_owned(), "add".to_owned()].into_iter();
    words.chain(places.iter().map(|word| quoted(word))).chain(options).collect::<Vec<_>>().join(" ")
}

/// An option with its value. One that begins like an option itself belongs to this one.
fn written(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { "=" } else { " " };
    format!("{name}{between}{}", quoted(value))
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | ',' | '=');
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
