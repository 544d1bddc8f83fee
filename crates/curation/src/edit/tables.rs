//! The tables of a TOML file that have ids: entries and sources.

use toml_edit::{ArrayOfTables, Decor, DocumentMut, Item, Table};

use super::error::ChangeError;

/// The `[[entry]]` tables of a topic file; none in a file that has no entry yet.
pub(crate) fn entries_of<'d>(document: &'d mut DocumentMut, file: &str) -> Result<&'d mut ArrayOfTables, ChangeError> {
    tables_of(document, "entry", file)
}

/// The tables of this name.
pub(crate) fn tables_of<'d>(
    document: &'d mut DocumentMut,
    what: &'static str,
    file: &str,
) -> Result<&'d mut ArrayOfTables, ChangeError> {
    let item = document.entry(what).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    item.as_array_of_tables_mut().ok_or_else(|| ChangeError::Layout { file: file.to_owned(), what })
}

/// The table with this id.
pub(crate) fn find<'t>(tables: &'t mut ArrayOfTables, id: &str) -> Option<&'t mut Table> {
    tables.iter_mut().find(|table| id_of(table) == Some(id))
}

/// The id of a table.
pub(crate) fn id_of(table: &Table) -> Option<&str> {
    table.get("id").and_then(Item::as_str)
}

/// What is written before a table: blank lines and comments.
pub(crate) fn prefix(decor: &Decor) -> &str {
    decor.prefix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

/// Puts a table, with those below it, at a position of a document; last, if there is none. A table
/// that comes from another document would otherwise be written where it was there.
pub(crate) fn place_at(table: &mut Table, position: Option<isize>) {
    table.set_position(position);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => place_at(table, position),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| place_at(table, position)),
            Item::None | Item::Value(_) => {}
        }
    }
}
