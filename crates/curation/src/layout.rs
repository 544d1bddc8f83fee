//! Puts a file of a base in order: keys as docs/KNOWLEDGE.md lists them, one line for each text of
//! a long list. Comments stay with the keys and tables that they stand before.

use footnote_knowledge::format::{self, Table as Declared, Values};
use footnote_knowledge::{SOURCES_FILE, SYNONYMS_FILE};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, TableLike, Value};

use crate::edit::error::ChangeError;
use crate::edit::{keeping_line_ends, list, parsed};

/// Lists that do not fit on a line of this many columns get a line for each of their values.
const MAX_COLUMNS: usize = 100;

/// The text of a file in order; the same text if it is in order already. `name` is the name of the
/// file, which says what it holds.
///
/// # Errors
///
/// [`ChangeError`] if the file is not valid TOML. Nothing that it says ever changes.
pub fn in_order(name: &str, text: &str) -> Result<String, ChangeError> {
    let declared = match name {
        SOURCES_FILE => &format::SOURCES_FILE,
        SYNONYMS_FILE => &format::SYNONYMS_FILE,
        _ => &format::TOPIC,
    };
    let ordered = keeping_line_ends(text, |text| {
        let mut document: DocumentMut = parsed(name, text)?;
        table(document.as_table_mut(), declared);
        document.as_table_mut().sort_values_by(|one, _, other, _| rank(declared, one).cmp(&rank(declared, other)));
        Ok(document.to_string())
    })?;
    let says = |text: &str| text.trim_start_matches('\u{feff}').parse::<toml::Table>().ok();
    if says(&ordered) != says(text) {
        return Err(ChangeError::Collateral { file: name.to_owned() });
    }
    Ok(ordered)
}

fn rank(declared: &Declared, key: &Key) -> usize {
    declared.keys.iter().position(|known| known.name == key.get()).unwrap_or(usize::MAX)
}

/// Orders what is in a table, and the tables in it.
fn table(table: &mut dyn TableLike, declared: &Declared) {
    for key in declared.keys {
        let Some(item) = table.get_mut(key.name) else { continue };
        match (item, &key.values) {
            (Item::Table(inner), Values::Table(declared)) => ordered(inner, declared),
            (Item::ArrayOfTables(tables), Values::Tables(declared, _)) => {
                tables.iter_mut().for_each(|inner| ordered(inner, declared));
            }
            (Item::Value(Value::Array(array)), Values::Tables(declared, _)) => {
                array.iter_mut().filter_map(Value::as_inline_table_mut).for_each(|inner| inline(inner, declared));
                wrapped(key.name, array);
            }
            (Item::Value(Value::InlineTable(inner)), Values::Table(declared)) => inline(inner, declared),
            (Item::Value(Value::Array(array)), _) => wrapped(key.name, array),
            _ => {}
        }
    }
}

fn ordered(inner: &mut toml_edit::Table, declared: &Declared) {
    table(inner, declared);
    inner.sort_values_by(|one, _, other, _| rank(declared, one).cmp(&rank(declared, other)));
}

/// Within braces, blanks belong to the places and not to the keys.
fn inline(inner: &mut InlineTable, declared: &Declared) {
    let has_comment = inner.to_string().contains('\n');
    if has_comment {
        return;
    }
    inner.sort_values_by(|one, _, other, _| rank(declared, one).cmp(&rank(declared, other)));
    inner.fmt();
}

/// Gives a list that is too long a line for each of its values.
fn wrapped(key: &str, array: &mut Array) {
    let shown = array.to_string();
    // With line breaks, somebody has laid it out already; a sign of a comment would move.
    if shown.contains('\n') || key.len() + " = ".len() + shown.trim().chars().count() <= MAX_COLUMNS {
        return;
    }
    let decor = array.decor().clone();
    *array = list::lines(array.iter().cloned());
    *array.decor_mut() = decor;
}

#[cfg(test)]
mod tests {
    use super::in_order;

    const UNORDERED: &str = "# The file.\n\n[[entry]] # one\nanswer = \"A.\"\n# Why it is \
        asked.\nquestion = \"Q?\"\n\
        citations = [{ paragraph = 2, source = \"s\" }]\nid = \"a\" # the name\n\n# \
        Second.\n[[entry]]\nid = \"b\"\n\
        phrasings = [\"a long way to ask for something\", \"another way to ask for something\", \
        \"a third way to ask\"]\n\
        question = \"R?\"\nanswer = \"B.\"\n";

    #[test]
    fn keys_are_in_their_order_and_comments_stay_with_them() {
        let ordered = in_order("a.toml", &format!("summary = \"S.\"\ntitle = \"T\"\n{UNORDERED}")).unwrap();
        let expected = "title = \"T\"\nsummary = \"S.\"\n# The file.\n\n[[entry]] # one\nid = \
            \"a\" # the name\n\
            # Why it is asked.\nquestion = \"Q?\"\nanswer = \"A.\"\ncitations = [{ source = \
            \"s\", paragraph = 2 }]\n\n\
            # Second.\n[[entry]]\nid = \"b\"\nquestion = \"R?\"\nphrasings = [\n  \"a long way to \
            ask for something\",\n  \
            \"another way to ask for something\",\n  \"a third way to ask\",\n]\nanswer = \"B.\"\n";
        assert_eq!(ordered, expected);
        assert_eq!(in_order("a.toml", &ordered).unwrap(), ordered, "what is in order stays");
        let windows = ordered.replace('\n', "\r\n");
        assert_eq!(in_order("a.toml", &windows).unwrap(), windows);
        assert!(in_order("a.toml", "title =").is_err());
    }
}
