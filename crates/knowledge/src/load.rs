//! From a folder of TOML files to a [`KnowledgeBase`], or to the list of everything that is wrong
//! with them.
//!
//! Each file is read on its own first; what spans files (unique ids, citations, related entries,
//! synonym groups) is checked once all of them are read, so that a mistake in one file does not
//! hide the mistakes in another.

mod read;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::read::{DraftEntry, DraftSynonyms};
use crate::diagnostic::{Diagnostic, DiagnosticSink, Diagnostics, Location};
use crate::text::comparable;
use crate::text::plain::is_control;
use crate::toml_file::{Located, nearest, read_source_file};
use crate::{Entry, KnowledgeBase, Source, Synonyms, Topic};

const SOURCES_FILE: &str = "sources.toml";
const SYNONYMS_FILE: &str = "synonyms.toml";

/// Why a folder could not be turned into a knowledge base.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder itself cannot be listed.
    #[error(
        "cannot read the knowledge folder `{}`: check the path given with --knowledge or in config.toml",
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
        /// What is wrong, all of it.
        diagnostics: Diagnostics,
    },
}

/// Reads all `*.toml` files that lie directly in the folder.
///
/// # Errors
///
/// [`LoadError::Folder`] if the folder cannot be listed; [`LoadError::Invalid`], with every
/// problem, if any file has one.
pub fn load(folder: &Path) -> Result<KnowledgeBase, LoadError> {
    let sink = DiagnosticSink::default();
    let drafts = read_files(folder, &sink)?;
    drafts.check(&sink);
    let diagnostics = sink.into_diagnostics();
    if diagnostics.is_empty() {
        return Ok(drafts.link());
    }
    Err(LoadError::Invalid { path: folder.to_owned(), diagnostics })
}

/// The content of the files, before references between them are resolved.
#[derive(Default)]
struct Drafts {
    sources: Vec<Arc<Source>>,
    synonyms: DraftSynonyms,
    topics: Vec<Topic>,
    entries: Vec<DraftEntry>,
    /// Ids of entries that could not be read whole: a reference to one of them is not a mistake of
    /// its own.
    incomplete: HashSet<String>,
    /// The same for sources; `None` if their file could not be read at all.
    incomplete_sources: Option<HashSet<String>>,
}

fn read_files(folder: &Path, sink: &DiagnosticSink) -> Result<Drafts, LoadError> {
    let paths = toml_files(folder).map_err(|source| LoadError::Folder { path: folder.to_owned(), source })?;
    if paths.is_empty() {
        sink.report(Diagnostic::error_in(folder, "this folder has no .toml file").help(
            "a knowledge base has sources.toml and at least one topic file; \
                     docs/KNOWLEDGE.md shows both",
        ));
        return Ok(Drafts::default());
    }
    let mut drafts = Drafts { incomplete_sources: Some(HashSet::new()), ..Drafts::default() };
    for path in &paths {
        drafts.read_file(path, sink);
    }
    if !paths.iter().any(|path| path.ends_with(SOURCES_FILE)) {
        drafts.incomplete_sources = None;
        sink.report(
            Diagnostic::error_in(folder.join(SOURCES_FILE), "this file is missing")
                .help("list every document that an answer cites in it; docs/KNOWLEDGE.md shows how"),
        );
    }
    if drafts.topics.is_empty() {
        sink.report(
            Diagnostic::error_in(folder, "this folder has no topic file")
                .help("add a file such as kfor.toml with a title and at least one [[entry]]"),
        );
    }
    Ok(drafts)
}

fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        if is_toml && !hidden && !path.is_dir() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

impl Drafts {
    fn read_file(&mut self, path: &Path, sink: &DiagnosticSink) {
        let file = match read_source_file(path) {
            Ok(file) => file,
            Err(diagnostic) => {
                self.note_unread(path);
                sink.report(diagnostic);
                return;
            }
        };
        if path.to_string_lossy().contains(is_control) {
            sink.report(
                Diagnostic::error_in(path, "the name of this file has a control character")
                    .help("rename it: use letters, digits and hyphens"),
            );
        }
        if path.ends_with(SOURCES_FILE) {
            let (sources, incomplete) = read::sources(&file, sink);
            self.sources = sources.into_iter().map(Arc::new).collect();
            self.incomplete_sources = Some(incomplete);
        } else if path.ends_with(SYNONYMS_FILE) {
            self.synonyms = read::synonyms(&file, sink);
        } else {
            let topic = self.topics.len();
            let draft = read::topic(&file, topic, sink);
            self.topics.push(draft.topic);
            self.entries.extend(draft.entries);
            self.incomplete.extend(draft.incomplete);
        }
    }

    fn note_unread(&mut self, path: &Path) {
        if path.ends_with(SOURCES_FILE) {
            self.incomplete_sources = None;
        } else if !path.ends_with(SYNONYMS_FILE) {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            self.topics.push(Topic { id: id.clone(), title: id, summary: None });
        }
    }

    /// Reports what does not fit together across files.
    fn check(&self, sink: &DiagnosticSink) {
        self.report_repeated_sources(sink);
        self.report_repeated_entries(sink);
        let written = self.entries.iter().map(|entry| &entry.id.value);
        let known: Vec<&str> = written.chain(&self.incomplete).map(String::as_str).collect();
        for entry in &self.entries {
            report_wrong_related(entry, &known, sink);
            self.report_unknown_sources(entry, sink);
        }
        self.synonyms.report_repeated(sink);
    }

    fn report_repeated_sources(&self, sink: &DiagnosticSink) {
        let mut first: HashMap<&str, &Source> = HashMap::new();
        for source in &self.sources {
            if let Some(earlier) = first.insert(&source.id, source) {
                let message = format!("the source id `{}` is already used on line {}", source.id, earlier.at.line());
                sink.report(Diagnostic::error(source.at.clone(), message).help("give each source an id of its own"));
            }
        }
    }

    fn report_repeated_entries(&self, sink: &DiagnosticSink) {
        let mut first: HashMap<&str, &Location> = HashMap::new();
        for Located { value: id, at } in self.entries.iter().map(|entry| &entry.id) {
            if let Some(earlier) = first.insert(id, at) {
                let file = earlier.file.path.display();
                let message = format!("the id `{id}` is already used in {file}, line {}", earlier.line());
                sink.report(Diagnostic::error(at.clone(), message).help("give each entry an id that no other has"));
            }
        }
    }

    fn report_unknown_sources(&self, entry: &DraftEntry, sink: &DiagnosticSink) {
        let Some(incomplete) = &self.incomplete_sources else { return };
        let known: Vec<&str> = self.sources.iter().map(|source| source.id.as_str()).collect();
        for Located { value: id, at } in entry.citations.iter().map(|citation| &citation.source) {
            if known.contains(&id.as_str()) || incomplete.contains(id) {
                continue;
            }
            let help = match nearest(id, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known sources: {}; add others to {SOURCES_FILE}", known.join(", ")),
            };
            sink.report(Diagnostic::error(at.clone(), format!("no source has the id `{id}`")).help(help));
        }
    }

    /// The base. A citation that [`Self::check`] has reported would be left out.
    fn link(self) -> KnowledgeBase {
        let source_of = self.sources.iter().map(|source| (source.id.clone(), Arc::clone(source))).collect();
        let entries: Vec<Entry> = self.entries.into_iter().map(|draft| draft.link(&source_of)).collect();
        let index_of = entries.iter().enumerate().map(|(index, entry)| (entry.id.clone(), index)).collect();
        KnowledgeBase { topics: self.topics, entries, sources: self.sources, synonyms: self.synonyms.link(), index_of }
    }
}

fn report_wrong_related(draft: &DraftEntry, known: &[&str], sink: &DiagnosticSink) {
    for (index, related) in draft.related.iter().enumerate() {
        let id = related.value.as_str();
        if draft.related[..index].iter().any(|earlier| earlier.value == related.value) {
            let repeated = Diagnostic::error(related.at.clone(), format!("`{id}` is named twice"));
            sink.report(repeated.help("remove one of the two"));
        } else if id == draft.id.value {
            sink.report(
                Diagnostic::error(related.at.clone(), format!("the entry `{id}` is related to itself"))
                    .help("name another entry or remove it"),
            );
        } else if !known.contains(&id) {
            let help = nearest(id, known).map_or_else(
                || "name the id of an entry in this folder, or remove it".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            sink.report(Diagnostic::error(related.at.clone(), format!("no entry has the id `{id}`")).help(help));
        }
    }
}

impl DraftSynonyms {
    fn report_repeated(&self, sink: &DiagnosticSink) {
        let mut first: HashMap<String, usize> = HashMap::new();
        let written = self.groups.iter().flatten().chain(self.shorthand.iter().map(|(written, _)| written));
        for word in written {
            if let Some(line) = first.insert(comparable(&word.value), word.at.line()) {
                let message = format!("`{}` already stands on line {line}", word.value);
                sink.report(
                    Diagnostic::error(word.at.clone(), message)
                        .help("a word can belong to one group only: join the groups or remove it from one"),
                );
            }
        }
    }

    fn link(self) -> Synonyms {
        let value = |word: Located<String>| word.value;
        Synonyms {
            groups: self.groups.into_iter().map(|group| group.into_iter().map(value).collect()).collect(),
            shorthand: self.shorthand.into_iter().map(|(written, means)| (written.value, means)).collect(),
        }
    }
}
