//! Reads what Discord sends: only the fields that are used, and with errors that quote no value.
//!
//! Discord adds fields and drops optional ones without a new version of its API. So nothing is
//! required here that an answer does not need. If such a field is missing all the same, the path
//! to it is the only thing that helps an operator, and unlike the value it names nobody.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::journal::Timestamp;

/// The JSON lacks something that is needed, or has it in another form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct Unreadable {
    /// Where: the names of fields with dots. Ids that are names of fields are left out.
    path: String,
    /// What is wrong there, without the value.
    problem: String,
}

impl Unreadable {
    /// What is wrong with the field at this path, without its value.
    pub(super) fn new(path: &str, problem: &str) -> Self {
        Self { path: path.to_owned(), problem: problem.to_owned() }
    }
}

/// Reads JSON as a `T`.
pub(super) fn read<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, Unreadable> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| Unreadable { path: shown(error.path()), problem: problem(error.inner()) })?;
    reader.end().map_err(|error| Unreadable { path: ".".to_owned(), problem: problem(&error) })?;
    Ok(value)
}

fn shown(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.extend(["[", &index.to_string(), "]"]),
            Segment::Map { key: name } | Segment::Enum { variant: name } => {
                let is_id = name.bytes().all(|byte| byte.is_ascii_digit());
                text.extend([if text.is_empty() { "" } else { "." }, if is_id { "*" } else { name }]);
            }
            Segment::Unknown => text.push('?'),
        }
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// serde's message quotes the value that it did not expect. What it expected comes last, and is
/// from our own types.
fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    if text.starts_with("missing field ") {
        return text.to_owned();
    }
    match (error.classify(), text.rsplit_once(", expected ")) {
        (Category::Data, Some((_, expected))) => format!("expected {expected}"),
        (Category::Data, None) => "has another form".to_owned(),
        (Category::Eof, _) => "ends too early".to_owned(),
        (Category::Syntax | Category::Io, _) => "is not JSON".to_owned(),
    }
}

/// The first millisecond of 2015, from which [snowflakes][snowflake] count.
///
/// [snowflake]: https://discord.com/developers/docs/reference#snowflakes
pub(super) const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// The first snowflake that there can be of this time.
pub(super) fn first_snowflake(at: Timestamp) -> u64 {
    let milliseconds = u64::try_from(at.0).unwrap_or_default().saturating_mul(1_000);
    milliseconds.saturating_sub(DISCORD_EPOCH_MS) << 22
}

/// A [snowflake](https://discord.com/developers/docs/reference#snowflakes). Discord sends ids as
/// strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(pub(super) u64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
        let id = text.parse().ok().filter(|id| *id != 0);
        id.map(Id).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Other("no id"), &self))
    }

    fn visit_u64<E: serde::de::Error>(self, id: u64) -> Result<Id, E> {
        if id == 0 { Err(E::custom("no id, expected an id")) } else { Ok(Id(id)) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Member {
        #[serde(rename = "user")]
        _user: User,
    }

    #[derive(Debug, Deserialize)]
    struct User {
        #[serde(rename = "id")]
        _id: Id,
    }

    fn error(json: &str) -> String {
        read::<Member>(json.as_bytes()).expect_err("it is not readable").to_string()
    }

    #[test]
    fn an_error_has_the_path_and_no_value() {
        assert_eq!(error(r#"{"user": {"name": "nosy.member"}}"#), "user: missing field `id`");
        assert_eq!(error(r#"{"user": {"id": "nosy.member"}}"#), "user.id: expected an id");
        assert_eq!(error(r#"{"user": {"id": 0}}"#), "user.id: expected an id");
        assert_eq!(error(r#"{"user": "a, expected nosy at line 7"}"#), "user: expected struct User");
        assert_eq!(error(r#"{"user": "#), "user: ends too early");
        assert_eq!(error("nosy"), ".: is not JSON");
        assert_eq!(error(r#"{"user": {"id": "7"}} nosy"#), ".: is not JSON");
    }

    #[test]
    fn an_id_among_the_names_of_fields_is_left_out() {
        type Messages = BTreeMap<String, BTreeMap<String, User>>;
        let json = br#"{"messages": {"1287650000000000001": 7}}"#;
        let error = read::<Messages>(json).expect_err("it is not readable");
        assert_eq!(error.to_string(), "messages.*: expected struct User");
    }

    #[test]
    fn an_id_may_be_a_number() {
        assert_eq!((read::<Id>(b"\"7\""), read::<Id>(b"7")), (Ok(Id(7)), Ok(Id(7))));
    }
}
