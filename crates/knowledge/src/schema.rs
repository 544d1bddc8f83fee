//! JSON Schemas of the files, for editors: they complete keys, show what each one means, and mark
//! mistakes while they are made.
//!
//! A schema says what a single file can show. That ids are unique and that what is cited exists is
//! for the loader to say.

use serde_json::{Map, Value, json};

use crate::format::{self, Key, Table, Values};

/// The kinds of files that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaOf {
    /// `sources.toml`.
    Sources,
    /// `synonyms.toml`.
    Synonyms,
    /// Any other file: a topic.
    Topic,
}

impl SchemaOf {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sources, Self::Synonyms, Self::Topic];

    /// Its name on the command line, and in the name of the schema's file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Synonyms => "synonyms",
            Self::Topic => "topic",
        }
    }

    fn root(self) -> &'static Table {
        match self {
            Self::Sources => &format::SOURCES_FILE,
            Self::Synonyms => &format::SYNONYMS_FILE,
            Self::Topic => &format::TOPIC,
        }
    }

    /// The schema, in [draft 7](https://json-schema.org/draft-07), which all editors of TOML know.
    #[must_use]
    pub fn schema(self) -> Value {
        let mut schema = table(self.root());
        schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        schema["title"] = json!(format!("Footnote: {}", self.root().name));
        schema
    }
}

fn table(table: &Table) -> Value {
    let properties: Map<String, Value> = table.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = table.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "description": table.meaning,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn property(key: &Key) -> Value {
    let mut property = values(&key.values);
    property["description"] = json!(key.meaning);
    property
}

fn values(values: &Values) -> Value {
    // At least one character that is no blank.
    let line = || json!({ "type": "string", "pattern": "^[^\\r\\n]*[^\\s][^\\r\\n]*$" });
    let limited = |mut schema: Value, limit: Option<usize>| {
        if let Some(limit) = limit {
            schema["maxLength"] = json!(limit);
        }
        schema
    };
    match values {
        Values::Line(limit) => limited(line(), *limit),
        Values::Prose(limit) => limited(json!({ "type": "string", "pattern": "[^\\s]" }), *limit),
        Values::Id => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
        Values::Date => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }),
        Values::Address => json!({ "type": "string", "pattern": "^https?://[^/?#@\\s<>\"]+([/?#][^\\s<>\"]*)?$" }),
        Values::Flag => json!({ "type": "boolean" }),
        Values::Ordinal => json!({ "type": "integer", "minimum": 1 }),
        Values::Ordinals => json!({ "type": "array", "items": { "type": "integer", "minimum": 1 } }),
        Values::Lines => json!({ "type": "array", "items": line() }),
        Values::Choice(words) => json!({ "type": "string", "enum": words }),
        Values::Table(inner) => table(inner),
        Values::Tables(inner, at_most) => {
            let mut schema = json!({ "type": "array", "items": table(inner) });
            if let Some(limit) = at_most {
                schema["maxItems"] = json!(limit);
            }
            schema
        }
    }
}
