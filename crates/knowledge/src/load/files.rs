//! Reads one file at a time: from TOML tables to sources, synonyms, and topics with their
//! entries.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::checked::{Checked, title_from};
use super::known_sources::Sources;
use crate::diagnostic::{Diagnostic, DiagnosticSink, SourceFile};
use crate::format;
use crate::text::comparable;
use crate::toml_file::{Located, read_table};
use crate::{Entry, Source, Synonyms, Topic};

pub(super) struct TopicFile {
    pub(super) topic: Topic,
    pub(super) entries: Vec<Entry>,
    /// Ids of the entries that could not be read completely.
    pub(super) incomplete: HashSet<String>,
}

/// Reads `sources.toml`.
pub(super) fn sources(file: &Arc<SourceFile>, sink: &DiagnosticSink) -> Sources {
    read_table(file, &format::SOURCES_FILE.names(), sink, |root| {
        let mut incomplete = HashSet::new();
        let mut read: Vec<Arc<Source>> = Vec::new();
        for table in root.tables("source", &format::SOURCE.names()) {
            match (Checked { table: &table }).source() {
                Ok(source) => {
                    report_used_id(&source, &read, sink);
                    report_second_default(&source, &read, sink);
                    read.push(Arc::new(source));
                }
                Err(id) => incomplete.extend(id),
            }
        }
        if read.is_empty() && incomplete.is_empty() {
            root.report_empty_tables("source", "a [[source]] table for each document");
        }
        Sources { read, incomplete: Some(incomplete) }
    })
}

fn report_used_id(source: &Source, earlier: &[Arc<Source>], sink: &DiagnosticSink) {
    if let Some(first) = earlier.iter().find(|first| first.id == source.id) {
        let message = format!("the source id `{}` is already used on line {}", source.id, first.at.line());
        sink.report(Diagnostic::error(source.at.clone(), message).help("give each source its own id"));
    }
}

fn report_second_default(source: &Source, earlier: &[Arc<Source>], sink: &DiagnosticSink) {
    if let Some(first) = earlier.iter().find(|first| source.is_default && first.is_default) {
        let message = format!("`{}` is already the default source, on line {}", first.id, first.at.line());
        sink.report(Diagnostic::error(source.at.clone(), message).help("remove default = true from one of the two"));
    }
}

/// Reads `synonyms.toml`.
pub(super) fn synonyms(file: &Arc<SourceFile>, sink: &DiagnosticSink) -> Synonyms {
    let mut line_of: HashMap<String, usize> = HashMap::new();
    let mut only_once = |word: Located<String>| {
        if let Some(line) = line_of.insert(comparable(&word.value), word.at.line()) {
            let message = format!("`{}` is already on line {line}", word.value);
            let help = "a word can be in only one group: join the groups, or remove it from one";
            sink.report(Diagnostic::error(word.at, message).help(help));
        }
        word.value
    };
    read_table(file, &format::SYNONYMS_FILE.names(), sink, |root| {
        let keep = root.texts("keep", format::KEEP.example).into_iter().map(|word| word.value).collect();
        let mut synonyms = Synonyms { keep, ..Synonyms::default() };
        for table in root.tables("group", &format::GROUP.names()) {
            let words = table.texts("words", format::WORDS.example);
            if words.len() < 2 {
                table.report_empty_list("words", &format!("{} (two or more)", format::WORDS.example));
            }
            synonyms.groups.push(words.into_iter().map(&mut only_once).collect());
        }
        for table in root.tables("shorthand", &format::SHORTHAND.names()) {
            let written = table.texts("written", format::WRITTEN.example);
            if written.is_empty() {
                table.report_empty_list("written", format::WRITTEN.example);
            }
            for word in written.iter().filter(|word| !word.value.chars().all(char::is_alphanumeric)) {
                let message = format!("`{}` is not a single word of letters and digits", word.value);
                sink.report(Diagnostic::error(word.at.clone(), message).help("write phrases as a [[group]]"));
            }
            if let Some(means) = table.text("means", format::MEANS.example) {
                let pairs = written.into_iter().map(|word| (only_once(word), means.value.clone()));
                synonyms.shorthand.extend(pairs);
            }
        }
        synonyms
    })
}

pub(super) fn topic(file: &Arc<SourceFile>, index: usize, sources: &Sources, sink: &DiagnosticSink) -> TopicFile {
    let id = file.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    read_table(file, &format::TOPIC.names(), sink, |root| {
        let title = root.text("title", &format!("\"{}\"", title_from(&id)));
        let title = title.map_or_else(|| id.clone(), |title| title.value);
        let summary = root.optional_prose("summary", format::SUMMARY.example).map(|summary| summary.value);
        let defaults = root.table("defaults", &format::DEFAULTS.names());
        let defaults = defaults.map(|table| (Checked { table: &table }).defaults(sources)).unwrap_or_default();
        let (mut entries, mut incomplete) = (Vec::new(), HashSet::new());
        let tables = root.tables("entry", &format::ENTRY.names());
        for table in &tables {
            match (Checked { table }).entry(index, sources, &defaults) {
                Ok(entry) => entries.push(entry),
                Err(id) => incomplete.extend(id),
            }
        }
        if tables.is_empty() {
            root.report_empty_tables("entry", "an [[entry]] table for each question");
        }
        TopicFile { topic: Topic { id, title, summary }, entries, incomplete }
    })
}
