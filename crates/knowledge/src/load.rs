//! Turns folders of TOML files into a [`KnowledgeBase`], or into the list of everything that is
//! wrong with them.
//!
//! The sources are read first, so that entries can cite them. Checks across topic files (unique
//! ids, related entries) run once all files are read, so a mistake in one file does not hide the
//! mistakes in another.
//!
//! A base of several layers is read as if its files were in one folder: topic by topic in the order
//! of their names, and of a topic one layer after the other. So it makes no difference to anything
//! above whether an entry is in a folder or in the overlay of it.

mod checked;
mod files;
mod known_sources;
mod synonyms;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::files::TopicFile;
use self::known_sources::Sources;
use self::synonyms::KnownWords;
use crate::diagnostic::{Diagnostic, DiagnosticSink, Diagnostics, Location, Severity, SourceFile};
use crate::layer::{Layer, LayerFile, SOURCES_FILE, SYNONYMS_FILE};
use crate::text::plain::is_control;
use crate::toml_file::nearest;
use crate::{Entry, KnowledgeBase, Standing, Synonyms, Topic};

/// Why a folder could not be turned into a knowledge base.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder itself cannot be listed.
    #[error(
        "cannot read the knowledge folder `{}`: check the path given with --knowledge or in \
         config.toml",
        path.display()
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// The files have errors.
    #[error("the knowledge base in `{}` has {}", path.display(), diagnostics.totals())]
    Invalid {
        /// The folder.
        path: PathBuf,
        /// Everything that is wrong.
        diagnostics: Diagnostics,
    },
}

/// What could be read of a folder, and everything that is wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The entries and sources without an error that makes them unreadable. If `diagnostics` has
    /// errors, it is no base to answer from, but what can be said about it holds for the base that
    /// the curator is writing.
    pub base: KnowledgeBase,
    /// The errors, and warnings on single values.
    pub diagnostics: Diagnostics,
}

impl Reading {
    /// Whether nothing in the folder is an error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.diagnostics.count(Severity::Error) == 0
    }
}

/// Loads a folder; [`Layer::read`] says which of its files.
///
/// # Errors
///
/// [`LoadError::Folder`] if the folder cannot be listed; [`LoadError::Invalid`], with every
/// problem, if any file has an error.
pub fn load(folder: &Path) -> Result<KnowledgeBase, LoadError> {
    load_layers(&[layer(folder)?])
}

/// Reads as much of a folder as can be read.
///
/// # Errors
///
/// [`LoadError::Folder`] if the folder cannot be listed.
pub fn read(folder: &Path) -> Result<Reading, LoadError> {
    Ok(read_layers(&[layer(folder)?]))
}

fn layer(folder: &Path) -> Result<Layer, LoadError> {
    Layer::read(folder).map_err(|source| LoadError::Folder { path: folder.to_owned(), source })
}

/// Loads a base from its layers, the lowest first. The lowest is a whole base. Each one above adds
/// entries, sources and synonyms, and replaces the entries and sources whose ids it uses again; for
/// entries, in a file of the same name.
///
/// # Errors
///
/// [`LoadError::Invalid`], with every problem and the folder of the lowest layer, if any file has
/// an error, or if there is no layer.
pub fn load_layers(layers: &[Layer]) -> Result<KnowledgeBase, LoadError> {
    let reading = read_layers(layers);
    if reading.is_valid() {
        return Ok(reading.base);
    }
    let path = layers.first().map(|layer| layer.folder().to_owned()).unwrap_or_default();
    Err(LoadError::Invalid { path, diagnostics: reading.diagnostics })
}

/// Reads as much of a base's layers as can be read.
#[must_use]
pub fn read_layers(layers: &[Layer]) -> Reading {
    let sink = DiagnosticSink::default();
    let mut loader = Loader::new(&sink);
    loader.read_layers(layers);
    loader.check_references();
    let Loader { sources, synonyms, topics, entries, .. } = loader;
    let base = KnowledgeBase::new(topics, entries, sources.read, synonyms);
    Reading { base, diagnostics: sink.into_diagnostics() }
}

/// Entries that are not in the base yet, and the base as it would be with them.
#[derive(Debug)]
pub struct Draft {
    /// The base, with these entries instead of those that have the same ids; `None` if something is
    /// wrong with it.
    pub base: Option<KnowledgeBase>,
    /// The entries that could be read.
    pub entries: Vec<Entry>,
    /// Everything that is wrong.
    pub diagnostics: Diagnostics,
}

/// Reads the text of a topic file, whose title may be missing, as if it were added to a base.
/// `path` is what diagnostics call it.
#[must_use]
pub fn draft(base: &KnowledgeBase, path: &Path, text: &str) -> Draft {
    let sink = DiagnosticSink::default();
    let file = Arc::new(SourceFile { path: path.to_owned(), text: text.to_owned() });
    let topic = files::topic(&file, (base.topics.len(), None), Some(unread(path, None)), &Sources::of(base), &sink);
    let is_kept = |entry: &&Entry| topic.entries.iter().all(|new| new.id != entry.id);
    let kept = base.entries.iter().filter(is_kept).cloned();
    let loader = Loader {
        entries: kept.chain(topic.entries.iter().cloned()).collect(),
        topics: base.topics.iter().cloned().chain([topic.topic]).collect(),
        synonyms: base.synonyms.clone(),
        incomplete: topic.incomplete,
        sources: Sources::of(base),
        sink: &sink,
    };
    loader.check_references();
    let Loader { sources, synonyms, topics, entries, .. } = loader;
    let diagnostics = sink.into_diagnostics();
    let whole =
        (diagnostics.count(Severity::Error) == 0).then(|| KnowledgeBase::new(topics, entries, sources.read, synonyms));
    Draft { base: whole, entries: topic.entries, diagnostics }
}

/// What has been read so far.
struct Loader<'a> {
    sink: &'a DiagnosticSink,
    sources: Sources,
    synonyms: Synonyms,
    topics: Vec<Topic>,
    entries: Vec<Entry>,
    /// Ids of entries that could not be read completely. A reference to one of them is not
    /// another mistake.
    incomplete: HashSet<String>,
}

impl<'a> Loader<'a> {
    fn new(sink: &'a DiagnosticSink) -> Self {
        let (sources, synonyms, incomplete) = (Sources::default(), Synonyms::default(), HashSet::new());
        Self { sink, sources, synonyms, topics: Vec::new(), entries: Vec::new(), incomplete }
    }

    fn error_in(&self, path: impl Into<PathBuf>, message: &str, help: &str) {
        self.sink.report(Diagnostic::error_in(path, message).help(help));
    }

    fn read_layers(&mut self, layers: &[Layer]) {
        let lowest = layers.first().map_or(Path::new(""), Layer::folder);
        if layers.first().is_none_or(|layer| layer.all_files().is_empty()) {
            let help = "a knowledge base has sources.toml and at least one topic file; \
                        docs/KNOWLEDGE.md shows both";
            return self.error_in(lowest, "this folder has no .toml file", help);
        }
        if named(&layers[0], Path::new(SOURCES_FILE)).is_none() {
            let help = "create it and list every document that an answer cites; docs/KNOWLEDGE.md \
                        shows how";
            self.error_in(lowest.join(SOURCES_FILE), "this file is missing", help);
        }
        self.read_sources(layers);
        self.read_synonyms(layers);
        let files = layers.iter().flat_map(|layer| layer.all_files().iter().map(|file| layer.place_of(&file.path)));
        // Topics without a group come first.
        let names: BTreeSet<(bool, &Path)> = files.map(|name| (group_of(name).is_some(), name)).collect();
        let mut known: HashMap<&OsStr, &Path> = HashMap::new();
        for (_, name) in names {
            if [SOURCES_FILE, SYNONYMS_FILE].iter().any(|other| name == Path::new(other)) {
                continue;
            }
            let files: Vec<&LayerFile> = layers.iter().filter_map(|layer| named(layer, name)).collect();
            let earlier = name.file_stem().and_then(|id| known.insert(id, name));
            if let (Some(earlier), [file, ..]) = (earlier, files.as_slice()) {
                let message = format!("the topic in `{}` has the same name", earlier.display());
                self.error_in(&file.path, &message, "give one of the two files another name");
            }
            self.read_topic(group_of(name).as_deref(), files);
        }
        if self.topics.is_empty() {
            let help = "add a file such as kfor.toml with a title and at least one [[entry]]";
            self.error_in(lowest, "this folder has no topic file", help);
        }
    }

    fn read_sources(&mut self, layers: &[Layer]) {
        let files: Vec<&LayerFile> = layers.iter().filter_map(|layer| named(layer, Path::new(SOURCES_FILE))).collect();
        for (number, file) in files.into_iter().enumerate() {
            let read = match &file.read {
                Ok(file) => files::sources(file, self.sink),
                Err(diagnostic) => {
                    self.sink.report(diagnostic.clone());
                    Sources::default()
                }
            };
            if number == 0 { self.sources = read } else { self.sources.put_below(read) }
        }
    }

    fn read_synonyms(&mut self, layers: &[Layer]) {
        let mut known = KnownWords::default();
        for file in layers.iter().filter_map(|layer| named(layer, Path::new(SYNONYMS_FILE))) {
            match &file.read {
                Ok(file) => synonyms::synonyms(file, &mut self.synonyms, &mut known, self.sink),
                Err(diagnostic) => self.sink.report(diagnostic.clone()),
            }
        }
    }

    /// Reads one topic from all layers that have a file of its name.
    fn read_topic(&mut self, group: Option<&str>, files: Vec<&LayerFile>) {
        let index = self.topics.len();
        let mut topic: Option<Topic> = None;
        let mut entries = Vec::new();
        for LayerFile { path, read } in files {
            if path.to_string_lossy().contains(is_control) {
                let help = "rename it: use letters, digits and hyphens";
                self.error_in(path, "the name of this file has a control character", help);
            }
            match read {
                Ok(file) => {
                    let read = files::topic(file, (index, group), topic.take(), &self.sources, self.sink);
                    let TopicFile { topic: named, entries: upper, incomplete } = read;
                    topic = Some(named);
                    put_below(&mut entries, upper);
                    self.incomplete.extend(incomplete);
                }
                Err(diagnostic) => {
                    // A topic file that cannot be read is still a topic file.
                    topic = topic.or_else(|| Some(unread(path, group)));
                    self.sink.report(diagnostic.clone());
                }
            }
        }
        self.entries.extend(entries);
        self.topics.extend(topic);
    }

    /// Reports ids that are used twice, and references to entries that do not exist.
    fn check_references(&self) {
        let mut first: HashMap<&str, &Location> = HashMap::new();
        for Entry { id, at, .. } in &self.entries {
            if let Some(earlier) = first.insert(id, at) {
                let file = earlier.file.path.display();
                let message = format!("the id `{id}` is already used in {file}, line {}", earlier.line());
                let help = "give each entry its own id";
                self.sink.report(Diagnostic::error(at.clone(), message).help(help));
            }
        }
        let ids = self.entries.iter().map(|entry| &entry.id).chain(&self.incomplete);
        let known: Vec<&str> = ids.map(String::as_str).collect();
        for entry in &self.entries {
            report_wrong_related(entry, &known, self.sink);
            self.report_wrong_dispute(entry, &known);
        }
    }

    /// Reports a claim that is said to be a side of what is no dispute.
    fn report_wrong_dispute(&self, entry: &Entry, known: &[&str]) {
        let Some(side_of) = &entry.side_of else { return };
        let id = side_of.value.as_str();
        let wrong = |message: String| Diagnostic::error(side_of.at.clone(), message);
        match self.entries.iter().find(|other| other.id == id) {
            Some(other) if other.standing == Standing::Disputed => {}
            Some(_) => {
                let help = "name an entry with standing = \"disputed\", which gives each side";
                self.sink.report(wrong(format!("`{id}` is not disputed")).help(help));
            }
            None if known.contains(&id) => {}
            None => {
                let help = help_for_unknown(id, known);
                self.sink.report(wrong(format!("no entry has the id `{id}`")).help(help));
            }
        }
    }
}

fn named<'l>(layer: &'l Layer, name: &Path) -> Option<&'l LayerFile> {
    layer.all_files().iter().find(|file| layer.place_of(&file.path) == name)
}

/// The sub-folder that a file of a base is in.
fn group_of(name: &Path) -> Option<String> {
    name.parent().filter(|folder| !folder.as_os_str().is_empty()).map(|folder| folder.to_string_lossy().into_owned())
}

fn unread(path: &Path, group: Option<&str>) -> Topic {
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Topic { id: id.clone(), title: id, summary: None, group: group.map(str::to_owned) }
}

/// Puts entries above those of lower layers: each replaces the one with its id, which keeps its
/// place, or comes last. An id that a layer uses twice is kept twice, so that it is reported.
fn put_below(lower: &mut Vec<Entry>, upper: Vec<Entry>) {
    let place_of: HashMap<String, usize> =
        lower.iter().enumerate().map(|(place, entry)| (entry.id.clone(), place)).collect();
    let mut replaced = HashSet::new();
    for entry in upper {
        match place_of.get(&entry.id) {
            Some(&place) if replaced.insert(place) => lower[place] = entry,
            _ => lower.push(entry),
        }
    }
}

/// What to do about an id that no entry has.
fn help_for_unknown(id: &str, known: &[&str]) -> String {
    match nearest(id, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name the id of an entry in this folder, or remove it".to_owned(),
    }
}

fn report_wrong_related(entry: &Entry, known: &[&str], sink: &DiagnosticSink) {
    for (index, related) in entry.related.iter().enumerate() {
        let id = related.value.as_str();
        if entry.related[..index].iter().any(|earlier| earlier.value == related.value) {
            let repeated = Diagnostic::error(related.at.clone(), format!("`{id}` is named twice"));
            sink.report(repeated.help("remove one of the two"));
        } else if id == entry.id {
            sink.report(
                Diagnostic::error(related.at.clone(), format!("the entry `{id}` is related to itself"))
                    .help("name another entry or remove it"),
            );
        } else if !known.contains(&id) {
            let unknown = Diagnostic::error(related.at.clone(), format!("no entry has the id `{id}`"));
            sink.report(unknown.help(help_for_unknown(id, known)));
        }
    }
}
