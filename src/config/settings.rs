//! The content of a configuration file, read by the declared keys.

use std::path::PathBuf;

use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink, Location};
use footnote_knowledge::toml_file::{Located, TableReader};

use super::environment::{self, Environment};
use super::key::{Field, Key, Value, Visitor};
use super::keys;

/// The content of a file by the declared keys; empty if there is no file.
pub(super) struct Settings<'a> {
    root: Option<&'a TableReader<'a>>,
    /// The tables below the root that the file has, by their paths.
    tables: Vec<(&'static str, TableReader<'a>)>,
    environment: Environment,
    /// The file's text with the passwords that are hidden from everything else.
    original: &'a str,
    sink: &'a DiagnosticSink,
}

/// A table that may also be a text: the value of its first key.
const SHORT: &str = "knowledge";

/// The tables of which there is one for each server that has something of its own.
pub(super) const SERVER: &str = "server";

/// What is in force for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The key's tables and its name with dots between them.
    pub path: &'static str,
    /// Its value in TOML; `None` if it is off.
    pub value: Option<String>,
    /// Where the value comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody has set it.
    Default,
    /// This file.
    File(PathBuf),
    /// This variable.
    Environment(String),
}

impl<'a> Settings<'a> {
    /// No file: every key that the environment does not set has its default.
    pub(super) fn none(environment: Environment, sink: &'a DiagnosticSink) -> Self {
        Self { root: None, tables: Vec::new(), environment, original: "", sink }
    }

    /// The content below `root`. Reports keys that are not declared. `original` is the text of its
    /// file with the passwords.
    pub(super) fn new(
        root: &'a TableReader<'a>,
        environment: Environment,
        original: &'a str,
        sink: &'a DiagnosticSink,
    ) -> Self {
        let mut settings = Self { root: Some(root), tables: Vec::new(), environment, original, sink };
        for path in table_paths() {
            let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
            if path == SHORT && root.is_text(path) {
                continue;
            }
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

    /// The tables of an array at the root of the file.
    pub(super) fn tables_at_root(&self, name: &str, keys: &[&str]) -> Vec<TableReader<'a>> {
        self.root.map(|root| root.tables(name, keys)).unwrap_or_default()
    }

    /// The file's text with the passwords.
    pub(super) fn original(&self) -> &'a str {
        self.original
    }

    /// Where problems are reported.
    pub(super) fn sink(&self) -> &'a DiagnosticSink {
        self.sink
    }

    /// Where a table begins, if the file has it.
    pub(super) fn table_at(&self, path: &str) -> Option<&Location> {
        self.table(path).map(TableReader::at)
    }

    /// Whether the environment sets this key.
    pub(super) fn is_in_environment<T>(&self, key: &Key<T>) -> bool {
        environment::sets(self.environment, key)
    }

    /// What is in force for every key, in the order of the declaration.
    pub(super) fn all_in_force(&self) -> Vec<InForce> {
        let mut survey = Survey { settings: self, found: Vec::new() };
        keys::visit_all(&mut survey);
        survey.found
    }

    /// What is in force for a key, and why.
    fn in_force<T: Value>(&self, key: &Key<T>) -> InForce {
        let found = self.find(key);
        let origin = match &found {
            None => Origin::Default,
            Some(_) if self.is_in_environment(key) => Origin::Environment(environment::variable(key.path)),
            Some(found) => Origin::File(found.at.file.path.clone()),
        };
        let value = found.map_or_else(key.default, |found| found.value);
        InForce { path: key.path, value: value.to_toml(), origin }
    }

    /// The key's value, if the environment or the file has a usable one.
    pub(super) fn find<T: Value>(&self, key: &Key<T>) -> Option<Located<T>> {
        self.read(key, false)
    }

    /// The value of a key that must be present if the file has the key's table.
    pub(super) fn require<T: Value>(&self, key: &Key<T>) -> Option<Located<T>> {
        self.read(key, true)
    }

    fn read<T: Value>(&self, key: &Key<T>, is_required: bool) -> Option<Located<T>> {
        if self.is_in_environment(key) {
            return environment::find(self.environment, key, self.sink);
        }
        let (table, name) = key.place();
        let (table, name) = match self.root {
            Some(root) if key.path == keys::KNOWLEDGE.path && root.is_text(SHORT) => (root, SHORT),
            _ => (self.table(table)?, name),
        };
        T::read(&Field { table, name, example: key.example, is_required, original: self.original, sink: self.sink })
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

struct Survey<'s, 'a> {
    settings: &'s Settings<'a>,
    found: Vec<InForce>,
}

impl Visitor for Survey<'_, '_> {
    fn visit<T: Value>(&mut self, key: &Key<T>) {
        self.found.push(self.settings.in_force(key));
    }
}

/// The paths of all tables below the root, each after the table that contains it.
fn table_paths() -> Vec<&'static str> {
    let mut paths: Vec<&str> = Vec::new();
    for path in keys::paths() {
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
    let servers = (path.is_empty()).then_some(SERVER);
    keys::paths().chain(table_paths()).filter_map(inside).chain(servers).collect()
}
