//! The tables of keys in docs/KNOWLEDGE.md are generated from the declared format, and the schemas
//! for editors hold what the loader accepts.

use std::fs;
use std::path::Path;

use footnote_knowledge::format::{self, Table, Values};
use serde_json::Value;

use crate::support::footnote::Test;
use crate::support::generated::assert_generated;

const FILE: &str = "docs/KNOWLEDGE.md";

#[test]
fn the_tables_of_keys_follow_from_the_declared_format() {
    let mut page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)).unwrap();
    let tables = [
        ("source", &format::SOURCE),
        ("topic", &format::TOPIC),
        ("defaults", &format::DEFAULTS),
        ("entry", &format::ENTRY),
        ("citation", &format::CITATION),
        ("synonyms", &format::SYNONYMS_FILE),
        ("group", &format::GROUP),
        ("shorthand", &format::SHORTHAND),
    ];
    for (name, table) in tables {
        let (begin, end) = (format!("<!-- keys: {name} -->\n"), "<!-- end of keys -->");
        let start = page.find(&begin).unwrap_or_else(|| panic!("{FILE} has no place for the keys of {name}"));
        let start = start + begin.len();
        let length = page[start..].find(end).unwrap_or_else(|| panic!("the keys of {name} have no end in {FILE}"));
        page.replace_range(start..start + length, &markdown(table));
    }
    assert_generated(FILE, &page);
}

fn markdown(table: &Table) -> String {
    let rows = table.keys.iter().map(|key| {
        let required = if key.is_required { "yes" } else { "" };
        let meaning = key.meaning.replace('|', "\\|");
        format!("| `{}` | {} | {required} | {meaning} |\n", key.name, values(&key.values))
    });
    let head = "\n| key | value | required | meaning |\n|---|---|---|---|\n";
    format!("{head}{}\n", rows.collect::<String>())
}

fn values(values: &Values) -> String {
    let limited = |kind: &str, limit: &Option<usize>| match limit {
        Some(limit) => format!("{kind}, at most {limit} characters"),
        None => kind.to_owned(),
    };
    match values {
        Values::Line(limit) => limited("text", limit),
        Values::Prose(limit) => limited("text, with line breaks", limit),
        Values::Id => "id".to_owned(),
        Values::Date => "`\"2025\"`, `\"2025-03\"` or `\"2025-03-27\"`".to_owned(),
        Values::Address => "web address".to_owned(),
        Values::Flag => "`true` or `false`".to_owned(),
        Values::Ordinal => "number".to_owned(),
        Values::Ordinals => "list of numbers".to_owned(),
        Values::Lines => "list of texts".to_owned(),
        Values::Choice(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        Values::Table(_) => "table".to_owned(),
        Values::Tables(_, None) => "list of tables".to_owned(),
        Values::Tables(_, Some(limit)) => format!("list of at most {limit} tables"),
    }
}

/// The keys of a table's schema, and of the tables in it, each with its path.
fn keys(schema: &Value, path: &str, found: &mut Vec<String>) {
    let Some(properties) = schema["properties"].as_object() else { return };
    for (name, inner) in properties {
        let path = format!("{path}{name}");
        found.push(path.clone());
        let inner = if inner["type"] == "array" { &inner["items"] } else { inner };
        keys(inner, &format!("{path}."), found);
    }
}

#[test]
fn a_schema_has_the_keys_that_the_loader_reads() {
    let schema = Test::empty().args(["schema", "topic"]).run().status(0);
    let schema: Value = serde_json::from_str(&schema.stdout).unwrap();
    let mut found = Vec::new();
    keys(&schema, "", &mut found);
    for path in ["title", "defaults.source", "entry.question", "entry.citations.evidence", "entry.links.url"] {
        assert!(found.iter().any(|key| key == path), "{path} is not in {found:?}");
    }
    // The loader lists its keys when it meets one that it does not know.
    let file = "title = \"T\"\n[[entry]]\nxyzzy = 1\n";
    let said = Test::new().file("knowledge/extra.toml", file).args(["check", "-f", "short"]).run().stdout;
    let listed = said.lines().find(|line| line.contains("xyzzy")).unwrap();
    let listed: Vec<&str> = listed.rsplit("valid keys: ").next().unwrap().split(", ").collect();
    let own = found.iter().filter_map(|key| key.strip_prefix("entry.")).filter(|key| !key.contains('.'));
    assert_eq!(own.collect::<std::collections::BTreeSet<_>>(), listed.into_iter().collect());
}
