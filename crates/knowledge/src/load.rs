//! Turns a folder of TOML files into a [`KnowledgeBase`], or into the list of everything that is
//! wrong with them.
//!
//! The sources are read first, so that entries can cite them. Checks across topic files (unique
//! ids, related entries) run once all files are read, so a mistake in one file does not hide the
//! mistakes in another.

mod checked;
mod files;
mod known_sources;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use self::known_sources::Sources;
use crate::diagnostic::{Diagnostic, DiagnosticSink, Diagnostics, Location, Severity};
use crate::text::plain::is_control;
use crate::toml_file::{nearest, read_source_file};
use crate::{Entry, KnowledgeBase, Standing, Synonyms, Topic};

const SOURCES_FILE: &str = "sources.toml";
const SYNONYMS_FILE: &str = "synonyms.toml";

/// The file in a knowledge folder in which the search keeps what it has learned from the base. It
/// is no part of the base.
pub const CALIBRATION_FILE: &str = "calibration.toml";

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

/// Loads the base in a folder: all `*.toml` files directly inside it, except for
/// [`CALIBRATION_FILE`].
///
/// # Errors
///
/// [`LoadError::Folder`] if the folder cannot be listed; [`LoadError::Invalid`], with every
/// problem, if any file has an error.
pub fn load(folder: &Path) -> Result<KnowledgeBase, LoadError> {
    let reading = read(folder)?;
    if reading.is_valid() {
        return Ok(reading.base);
    }
    Err(LoadError::Invalid { path: folder.to_owned(), diagnostics: reading.diagnostics })
}

/// Reads as much of a folder as can be read.
///
/// # Errors
///
/// [`LoadError::Folder`] if the folder cannot be listed.
pub fn read(folder: &Path) -> Result<Reading, LoadError> {
    let sink = DiagnosticSink::default();
    let mut loader = Loader::new(&sink);
    loader.read_folder(folder)?;
    loader.check_references();
    let Loader { sources, synonyms, topics, entries, .. } = loader;
    let base = KnowledgeBase::new(topics, entries, sources.read, synonyms);
    Ok(Reading { base, diagnostics: sink.into_diagnostics() })
}

/// The files to read, `sources.toml` first, because entries cite what is in it.
fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        let is_of_the_base = is_toml && !hidden && !path.ends_with(CALIBRATION_FILE);
        if is_of_the_base && !path.is_dir() {
            paths.push(path);
        }
    }
    paths.sort_by_cached_key(|path| (!path.ends_with(SOURCES_FILE), path.clone()));
    Ok(paths)
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

    fn read_folder(&mut self, folder: &Path) -> Result<(), LoadError> {
        let paths = toml_files(folder).map_err(|source| LoadError::Folder { path: folder.to_owned(), source })?;
        let Some(first) = paths.first() else {
            let help = "a knowledge base has sources.toml and at least one topic file; \
                        docs/KNOWLEDGE.md shows both";
            self.error_in(folder, "this folder has no .toml file", help);
            return Ok(());
        };
        if !first.ends_with(SOURCES_FILE) {
            let help = "create it and list every document that an answer cites; docs/KNOWLEDGE.md \
                        shows how";
            self.error_in(folder.join(SOURCES_FILE), "this file is missing", help);
        }
        for path in &paths {
            self.read_file(path);
        }
        if self.topics.is_empty() {
            let help = "add a file such as kfor.toml with a title and at least one [[entry]]";
            self.error_in(folder, "this folder has no topic file", help);
        }
        Ok(())
    }

    fn read_file(&mut self, path: &Path) {
        if path.to_string_lossy().contains(is_control) {
            let help = "rename it: use letters, digits and hyphens";
            self.error_in(path, "the name of this file has a control character", help);
        }
        let file = match read_source_file(path) {
            Ok(file) => file,
            Err(diagnostic) => {
                self.note_unread(path);
                return self.sink.report(diagnostic);
            }
        };
        if path.ends_with(SOURCES_FILE) {
            self.sources = files::sources(&file, self.sink);
        } else if path.ends_with(SYNONYMS_FILE) {
            self.synonyms = files::synonyms(&file, self.sink);
        } else {
            let topic = files::topic(&file, self.topics.len(), &self.sources, self.sink);
            self.topics.push(topic.topic);
            self.entries.extend(topic.entries);
            self.incomplete.extend(topic.incomplete);
        }
    }

    /// A topic file that cannot be read is still a topic file.
    fn note_unread(&mut self, path: &Path) {
        if !path.ends_with(SOURCES_FILE) && !path.ends_with(SYNONYMS_FILE) {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            self.topics.push(Topic { id: id.clone(), title: id, summary: None });
        }
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
