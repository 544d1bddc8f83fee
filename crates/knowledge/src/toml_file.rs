//! Reads TOML so that every problem of a file is found in one pass, each with its place.
//!
//! Deserializing with serde stops at the first problem, which would cost a curator one run for
//! each mistake. Here the parser's recovering mode yields a tree with spans. A [`TableReader`]
//! takes what it needs from a table and reports what is missing, mistyped or unknown. The
//! knowledge base and the configuration are both read this way.

mod file;
mod guess;
mod syntax;

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::diagnostic::{Diagnostic, DiagnosticSink, Location, SourceFile};
use crate::text::plain::is_control;
pub use file::read_source_file;
use guess::meant;
pub use guess::nearest;
use syntax::SyntaxError;

/// The control characters that are allowed in prose.
const LINE_BREAKS: [char; 3] = ['\n', '\r', '\t'];

/// What else can be done about an empty text that need not be there.
const LEAVE_OUT: &str = ", or leave the key out";

/// A value together with its place.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub at: Location,
}

impl<T> Located<T> {
    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: f(self.value), at: self.at }
    }
}

/// Parses a file and passes its root table to `read`, even if the file has syntax errors: the
/// rest is still worth checking. All problems go to `sink`, except those that only follow from a
/// syntax error.
pub fn read_table<T>(
    file: &Arc<SourceFile>,
    keys: &[&str],
    sink: &DiagnosticSink,
    read: impl FnOnce(&TableReader<'_>) -> T,
) -> T {
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    let own = DiagnosticSink::default();
    let whole = Location { file: Arc::clone(file), span: 0..0 };
    let is_heading = |error: &toml::de::Error| {
        error.message().starts_with("unclosed table") || error.message().starts_with("unclosed array table")
    };
    let damage = if errors.iter().any(is_heading) {
        Damage::Headings
    } else if errors.is_empty() {
        Damage::None
    } else {
        Damage::Some
    };
    let result = read(&TableReader::new(root.get_ref(), whole, keys, &own, damage));
    let mut diagnostics = own.into_diagnostics();
    let span = |error: &toml::de::Error| error.span().unwrap_or_default();
    let line = |error| Location { file: Arc::clone(file), span: span(error) }.line();
    diagnostics.retain_outside_lines(&file.path, &errors.iter().map(line).collect::<Vec<_>>());
    let errors = errors.iter().map(|error| SyntaxError { message: error.message(), span: span(error) });
    for diagnostic in syntax::diagnostics(file, errors.collect()) {
        sink.report(diagnostic);
    }
    for diagnostic in diagnostics {
        sink.report(diagnostic);
    }
    result
}

/// A table that is being read. Each method reads one key and reports what is wrong with it.
pub struct TableReader<'a> {
    table: &'a DeTable<'a>,
    at: Location,
    sink: &'a DiagnosticSink,
    damage: Damage,
    /// The keys that unknown ones here were most likely meant as.
    misspelt: Vec<String>,
}

/// What the syntax errors of a file leave to be said about the rest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Damage {
    /// There are none.
    None,
    /// What is missing may only be unreadable.
    Some,
    /// Headings of tables are broken, so that keys may be in the wrong table.
    Headings,
}

impl<'a> TableReader<'a> {
    fn new(table: &'a DeTable<'a>, at: Location, keys: &[&str], sink: &'a DiagnosticSink, damage: Damage) -> Self {
        let mut reader = Self { table, at, sink, damage, misspelt: Vec::new() };
        reader.misspelt = reader.report_unknown_keys(keys);
        reader
    }

    /// Where the table begins.
    #[must_use]
    pub fn at(&self) -> &Location {
        &self.at
    }

    /// Reports a problem with what the table says, unless it only follows from a syntax error.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    fn location(&self, span: Range<usize>) -> Location {
        Location { file: Arc::clone(&self.at.file), span }
    }

    /// Returns the known keys that unknown ones were most likely meant as.
    fn report_unknown_keys(&self, keys: &[&str]) -> Vec<String> {
        let mut misspelt = Vec::new();
        // Below a broken heading, keys land in the table before it.
        if self.damage == Damage::Headings {
            return misspelt;
        }
        for (key, _) in self.table {
            if keys.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let help = match nearest(key.get_ref(), keys) {
                Some(known) => {
                    misspelt.push(known.to_owned());
                    format!("did you mean `{known}`? valid keys: {}", keys.join(", "))
                }
                None => format!("valid keys: {}", keys.join(", ")),
            };
            let location = self.location(key.span());
            self.sink.report(Diagnostic::error(location, format!("unknown key `{}`", key.get_ref())).help(help));
        }
        misspelt
    }

    /// Whether a key that is missing stands there under another name, of which enough is said.
    fn is_misspelt(&self, key: &str) -> bool {
        self.misspelt.iter().any(|meant| meant == key)
    }

    fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn required(&self, key: &str, example: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let found = self.get(key);
        if found.is_none() && self.damage == Damage::None && !self.is_misspelt(key) {
            self.sink.report(
                Diagnostic::error(self.at.clone(), format!("`{key}` is missing"))
                    .help(format!("add {key} = {example}")),
            );
        }
        found
    }

    fn report_type(&self, key: &str, value: &Spanned<DeValue<'_>>, example: &str) {
        let found = value.get_ref().type_str();
        let help = match (value.get_ref(), example.chars().next()) {
            (DeValue::Table(_), Some('[')) if self.text_of(value).starts_with('{') => {
                format!("put it between square brackets: {key} = [{{ … }}]")
            }
            (DeValue::Table(_), Some('[')) => format!("write [[{key}]], with two brackets on each side"),
            (_, first) => {
                let meant = first.and_then(|first| meant(self.text_of(value), first));
                format!("write {key} = {}", meant.as_deref().unwrap_or(example))
            }
        };
        let message = format!("`{key}` has the wrong type ({found})");
        self.sink.report(Diagnostic::error(self.location(value.span()), message).help(help));
    }

    /// A value as it is written.
    fn text_of(&self, value: &Spanned<DeValue<'_>>) -> &str {
        self.at.file.text.get(value.span()).unwrap_or_default()
    }

    fn string(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        example: &str,
        allowed: &[char],
        instead: &str,
    ) -> Option<Located<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.report_type(key, value, example);
            return None;
        };
        if text.trim().is_empty() {
            let help = format!("write {key} = {example}{instead}");
            let empty = Diagnostic::error(self.location(value.span()), format!("`{key}` is empty"));
            self.sink.report(empty.help(help));
            return None;
        }
        let at = self.location(value.span());
        if let Some(control) = text.chars().find(|&c| is_control(c) && !allowed.contains(&c)) {
            self.report_control(key, control, at.clone());
        }
        Some(Located { value: text.to_owned(), at })
    }

    fn report_control(&self, key: &str, control: char, at: Location) {
        let diagnostic = if LINE_BREAKS.contains(&control) {
            Diagnostic::error(at, format!("`{key}` has a line break or another control character"))
                .help("write it on one line")
        } else {
            Diagnostic::error(at, format!("`{key}` has the control character U+{:04X}", u32::from(control)))
                .help("remove it: it is invisible, and could change how the text around it looks")
        };
        self.sink.report(diagnostic);
    }

    /// Whether the key is there, with whatever value.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The value of a key if it is a string, without a word about it if it is not.
    #[must_use]
    pub fn text_if_valid(&self, key: &str) -> Option<String> {
        self.get(key)?.get_ref().as_str().map(str::to_owned)
    }

    /// Whether the key is there and has a string.
    #[must_use]
    pub fn is_text(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value.get_ref().as_str().is_some())
    }

    /// A string on one line. It may be left out, but not be empty.
    #[must_use]
    pub fn optional_text(&self, key: &str, example: &str) -> Option<Located<String>> {
        self.string(key, self.get(key)?, example, &[], LEAVE_OUT)
    }

    /// A string on one line. It must be present and not empty.
    #[must_use]
    pub fn text(&self, key: &str, example: &str) -> Option<Located<String>> {
        self.string(key, self.required(key, example)?, example, &[], "")
    }

    /// A string that may have line breaks and tabs. It may be left out, but not be empty.
    #[must_use]
    pub fn optional_prose(&self, key: &str, example: &str) -> Option<Located<String>> {
        self.string(key, self.get(key)?, example, &LINE_BREAKS, LEAVE_OUT)
    }

    /// A string that may have line breaks and tabs. It must be present and not empty.
    #[must_use]
    pub fn prose(&self, key: &str, example: &str) -> Option<Located<String>> {
        self.string(key, self.required(key, example)?, example, &LINE_BREAKS, "")
    }

    /// An array of strings, each on one line and none of them empty. Without the key there are
    /// none.
    #[must_use]
    pub fn texts(&self, key: &str, example: &str) -> Vec<Located<String>> {
        let Some(array) = self.array(key, example) else { return Vec::new() };
        array.iter().filter_map(|item| self.string(key, item, example, &[], ", or remove the empty text")).collect()
    }

    /// A Boolean; `None` if the key is absent.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.report_type(key, value, "true");
        }
        flag
    }

    /// An integer or a float, as a float; `None` if the key is absent.
    #[must_use]
    pub fn number(&self, key: &str, example: &str) -> Option<Located<f64>> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(integer) => Some(integer.as_str()),
            DeValue::Float(float) => Some(float.as_str()),
            _ => None,
        };
        let Some(number) = text.and_then(|text| text.replace('_', "").parse().ok()) else {
            self.report_type(key, value, example);
            return None;
        };
        Some(Located { value: number, at: self.location(value.span()) })
    }

    /// An integer of at least 1, such as the number of a paragraph.
    #[must_use]
    pub fn ordinal(&self, key: &str, example: &str) -> Option<Located<u32>> {
        self.as_ordinal(key, self.required(key, example)?, example)
    }

    /// An integer of at least 1 that may be left out.
    #[must_use]
    pub fn optional_ordinal(&self, key: &str, example: &str) -> Option<Located<u32>> {
        self.as_ordinal(key, self.get(key)?, example)
    }

    /// An array of integers of at least 1. Without the key there are none.
    #[must_use]
    pub fn ordinals(&self, key: &str, example: &str) -> Vec<Located<u32>> {
        let Some(array) = self.array(key, example) else { return Vec::new() };
        array.iter().filter_map(|item| self.as_ordinal(key, item, example)).collect()
    }

    fn as_ordinal(&self, key: &str, value: &Spanned<DeValue<'_>>, example: &str) -> Option<Located<u32>> {
        let integer = value.get_ref().as_integer().and_then(|i| u32::from_str_radix(i.as_str(), i.radix()).ok());
        match integer {
            Some(number) if number > 0 => Some(Located { value: number, at: self.location(value.span()) }),
            _ => {
                self.sink.report(
                    Diagnostic::error(
                        self.location(value.span()),
                        format!("`{key}` must be a whole number, 1 or more"),
                    )
                    .help(format!("write {key} = {}", meant(self.text_of(value), '1').as_deref().unwrap_or(example))),
                );
                None
            }
        }
    }

    /// An array of Discord ids: whole numbers from 1 to 2⁶³ − 1, with or without quotes. Without
    /// the key there are none.
    #[must_use]
    pub fn ids(&self, key: &str, example: &str) -> Vec<Located<u64>> {
        let Some(array) = self.array(key, example) else { return Vec::new() };
        array.iter().filter_map(|item| self.as_id(key, item, example)).collect()
    }

    /// A Discord id.
    #[must_use]
    pub fn id(&self, key: &str, example: &str) -> Option<Located<u64>> {
        self.as_id(key, self.get(key)?, example)
    }

    fn as_id(&self, key: &str, value: &Spanned<DeValue<'_>>, example: &str) -> Option<Located<u64>> {
        let digits = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => Some(integer.as_str()),
            DeValue::String(text) => Some(text.as_ref()),
            _ => None,
        };
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
        let id = digits.and_then(|digits| digits.parse().ok()).filter(|id| (1..=i64::MAX.unsigned_abs()).contains(id));
        if id.is_none() {
            self.sink.report(
                Diagnostic::error(self.location(value.span()), format!("an id in `{key}` must be a whole number"))
                    .help(format!("write {key} = {example}")),
            );
        }
        Some(Located { value: id?, at: self.location(value.span()) })
    }

    fn array(&self, key: &str, example: &str) -> Option<&'a DeArray<'a>> {
        let value = self.get(key)?;
        let array = value.get_ref().as_array();
        if array.is_none() {
            self.report_type(key, value, example);
        }
        array
    }

    /// A table below this one, with its own keys.
    #[must_use]
    pub fn table(&self, key: &str, keys: &[&str]) -> Option<TableReader<'a>> {
        let value = self.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.report_type(key, value, "{ … }");
            return None;
        };
        Some(self.nested(table, value.span(), keys))
    }

    /// An array of tables. Without the key there are none.
    #[must_use]
    pub fn tables(&self, key: &str, keys: &[&str]) -> Vec<TableReader<'a>> {
        let Some(array) = self.array(key, "[{ … }]") else { return Vec::new() };
        let mut readers = Vec::new();
        for item in array {
            match item.get_ref().as_table() {
                Some(table) => readers.push(self.nested(table, item.span(), keys)),
                None => self.report_type(key, item, "[{ … }]"),
            }
        }
        readers
    }

    fn nested(&self, table: &'a DeTable<'a>, span: Range<usize>, keys: &[&str]) -> TableReader<'a> {
        TableReader::new(table, self.location(span), keys, self.sink, self.damage)
    }

    /// Reports a list that is missing or empty although it must not be.
    pub fn report_empty_list(&self, key: &str, example: &str) {
        self.report_missing(key, &format!("write {key} = {example}"));
    }

    /// Reports that there is no table of a kind that must be there: `what` is how to write one.
    pub fn report_empty_tables(&self, key: &str, what: &str) {
        self.report_missing(key, &format!("write {what}"));
    }

    fn report_missing(&self, key: &str, help: &str) {
        let value = self.get(key);
        let location = value.map_or_else(|| self.at.clone(), |value| self.location(value.span()));
        // What is there, but of another type or under another name, has been reported already.
        let is_reported = match value {
            Some(value) => value.get_ref().as_array().is_none_or(|array| !array.is_empty()),
            None => self.is_misspelt(key),
        };
        if self.damage == Damage::None && !is_reported {
            self.sink.report(Diagnostic::error(location, format!("`{key}` is missing or empty")).help(help));
        }
    }
}
