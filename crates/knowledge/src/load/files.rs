//! Reads one file at a time: from TOML tables to sources, and topics with their entries.

use std::collections::HashSet;
use std::sync::Arc;

use super::checked::Checked;
use super::known_sources::Sources;
use crate::base::title_from;
use crate::diagnostic::{Diagnostic, DiagnosticSink, SourceFile};
use crate::format;
use crate::toml_file::read_table;
use crate::{Entry, Source, Topic};

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

/// Reads a topic file. `lower` is the topic in lower layers, whose title and summary it has if it
/// gives none of its own. `index` is its place in the base.
pub(super) fn topic(
    file: &Arc<SourceFile>,
    (index, group): (usize, Option<&str>),
    lower: Option<Topic>,
    sources: &Sources,
    sink: &DiagnosticSink,
) -> TopicFile {
    let id = file.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    read_table(file, &format::TOPIC.names(), sink, |root| {
        let (lower_title, lower_summary) = lower.map_or((None, None), |lower| (Some(lower.title), lower.summary));
        let example = format!("\"{}\"", title_from(&id));
        let title =
            if lower_title.is_some() { root.optional_text("title", &example) } else { root.text("title", &example) };
        let title = title.map(|title| title.value).or(lower_title).unwrap_or_else(|| id.clone());
        let summary = root.optional_prose("summary", format::SUMMARY.example);
        let summary = summary.map(|summary| summary.value).or(lower_summary);
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
        TopicFile { topic: Topic { id, title, summary, group: group.map(str::to_owned) }, entries, incomplete }
    })
}
