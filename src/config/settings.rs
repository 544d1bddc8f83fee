//! The content of a configuration file, read by the declared keys.

use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink, Location};
use footnote_knowledge::toml_file::{Located, TableReader};

use super::key::{Field, Key, Value};
use super::keys;

/// The content of a file by the declared keys; empty if there is no file.
pub(super) struct Settings<'a> {
    root: Option<&'a TableReader<'a>>,
    /// The tables below the root that the file has, by their paths.
    tables: Vec<(&'static str, TableReader<'a>)>,
    sink: &'a DiagnosticSink,
}

impl<'a> Settings<'a> {
    /// No file: every key has its default.
    pub(super) fn none(sink: &'a DiagnosticSink) -> Self {
        Self { root: None, tables: Vec::new(), sink }
    }

    /// The content below `root`. Reports keys that are not declared.
    pub(super) fn new(root: &'a TableReader<'a>, sink: &'a DiagnosticSink) -> Self {
        let mut settings = Self { root: Some(root), tables: Vec::new(), sink };
        for path in table_paths() {
            let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
            let table = settings.table(parent).and_then(|parent| parent.table(name, &names_in(path)));
            settings.tables.extend(table.map(|table| (path, table)));
        }
        settings
    }

    fn table(&self, path: &str) -> Option<&TableReader<'a>> {
        if path.is_empty() {
            return self.root;
        }
        self.tables.iter().find(|(candidate, _)| *candidate == path).map(|(_, table)| table)
    }

    /// Where a table begins, if the file has it.
    pub(super) fn table_at(&self, path: &str) -> Option<&Location> {
        self.table(path).map(TableReader::at)
    }

    /// The key's value, if the file has a usable one.
    pub(super) fn find<T: Value>(&self, key: &Key<T>) -> Option<Located<T>> {
        self.read(key, false)
    }

    /// The value of a key that must be present if the file has the key's table.
    pub(super) fn require<T: Value>(&self, key: &Key<T>) -> Option<Located<T>> {
        self.read(key, true)
    }

    fn read<T: Value>(&self, key: &Key<T>, is_required: bool) -> Option<Located<T>> {
        let (table, name) = key.place();
        let table = self.table(table)?;
        T::read(&Field { table, name, example: key.example, is_required, sink: self.sink })
    }

    /// The key's value, or its default.
    pub(super) fn get<T: Value>(&self, key: &Key<T>) -> T {
        self.find(key).map_or_else(key.default, |found| found.value)
    }

    /// Reports values that do not fit together.
    pub(super) fn report(&self, at: &Location, message: impl Into<String>, help: impl Into<String>) {
        self.sink.report(Diagnostic::error(at.clone(), message).help(help));
    }
}

/// The paths of all tables below the root, each after the table that contains it.
fn table_paths() -> Vec<&'static str> {
    let mut paths: Vec<&str> = Vec::new();
    for path in keys::PATHS {
        if let Some((table, _)) = path.rsplit_once('.')
            && !paths.contains(&table)
        {
            paths.push(table);
        }
    }
    paths
}

/// The names of the keys and tables in a table.
pub(super) fn names_in(path: &str) -> Vec<&'static str> {
    let inside = |candidate: &'static str| {
        let (parent, name) = candidate.rsplit_once('.').unwrap_or(("", candidate));
        (parent == path).then_some(name)
    };
    keys::PATHS.iter().copied().chain(table_paths()).filter_map(inside).collect()
}
