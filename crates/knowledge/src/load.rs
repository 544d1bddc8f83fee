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
use super::{Citation, Entry, KnowledgeBase, Source, Synonyms, Topic};
use crate::diagnostic::{Diagnostic, DiagnosticSink, Diagnostics};
use crate::text::comparable;
use crate::toml_file::{Located, nearest, read_source_file};

const SOURCES_FILE: &str = "sources.toml";
const SYNONYMS_FILE: &str = "synonyms.toml";

/// Why a folder could not be turned into a knowledge base.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder itself cannot be listed.
    #[error("cannot read the knowledge folder `{}`: check the path given with --knowledge or in config.toml", path.display())]
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
    let base = drafts.link(&sink);
    let diagnostics = sink.into_diagnostics();
    if diagnostics.is_empty() {
        return Ok(base);
    }
    Err(LoadError::Invalid { path: folder.to_owned(), diagnostics })
}

/// What the files say, before references between them are resolved.
#[derive(Default)]
struct Drafts {
    sources: Vec<Arc<Source>>,
    synonyms: DraftSynonyms,
    topics: Vec<Topic>,
    entries: Vec<DraftEntry>,
    /// Ids of entries that could not be read whole: a reference to one of them is not a mistake of
    /// its own.
    incomplete: HashSet<String>,
    /// The same for sources; `None` where the file could not be read at all.
    incomplete_sources: Option<HashSet<String>>,
}

fn read_files(folder: &Path, sink: &DiagnosticSink) -> Result<Drafts, LoadError> {
    let paths = toml_files(folder).map_err(|source| LoadError::Folder { path: folder.to_owned(), source })?;
    if paths.is_empty() {
        sink.report(
            Diagnostic::error_in(folder, "this folder has no .toml file")
                .help("a knowledge base has sources.toml and at least one topic file; docs/KNOWLEDGE.md shows both"),
        );
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

    fn link(self, sink: &DiagnosticSink) -> KnowledgeBase {
        self.report_duplicate_sources(sink);
        let index_of = self.index_entries(sink);
        let known: Vec<&str> =
            index_of.keys().map(String::as_str).chain(self.incomplete.iter().map(String::as_str)).collect();
        for draft in &self.entries {
            report_wrong_related(draft, &known, sink);
        }
        let synonyms = link_synonyms(self.synonyms, sink);
        let sources = self.sources;
        let link = SourceLinker { sources: &sources, incomplete: self.incomplete_sources.as_ref(), sink };
        let entries = self.entries.into_iter().map(|draft| link.entry(draft)).collect();
        KnowledgeBase { topics: self.topics, entries, sources, synonyms, index_of }
    }

    fn report_duplicate_sources(&self, sink: &DiagnosticSink) {
        let mut first: HashMap<&str, &Source> = HashMap::new();
        for source in &self.sources {
            if let Some(earlier) = first.insert(&source.id, source) {
                let message = format!("the source id `{}` is already used on line {}", source.id, earlier.at.line());
                sink.report(Diagnostic::error(source.at.clone(), message).help("give each source an id of its own"));
            }
        }
    }

    fn index_entries(&self, sink: &DiagnosticSink) -> HashMap<String, usize> {
        let mut index_of: HashMap<String, usize> = HashMap::new();
        for (index, draft) in self.entries.iter().enumerate() {
            let id = &draft.entry.id;
            let Some(&earlier) = index_of.get(id) else {
                index_of.insert(id.clone(), index);
                continue;
            };
            let at = &self.entries[earlier].entry.at;
            let message = format!("the id `{id}` is already used in {}, line {}", at.file.path.display(), at.line());
            sink.report(
                Diagnostic::error(draft.entry.at.clone(), message).help("give each entry an id that no other has"),
            );
        }
        index_of
    }
}

fn report_wrong_related(draft: &DraftEntry, known: &[&str], sink: &DiagnosticSink) {
    for (index, related) in draft.related.iter().enumerate() {
        let id = related.value.as_str();
        if draft.related[..index].iter().any(|earlier| earlier.value == related.value) {
            let repeated = Diagnostic::error(related.at.clone(), format!("`{id}` is named twice"));
            sink.report(repeated.help("remove one of the two"));
        } else if id == draft.entry.id {
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

struct SourceLinker<'a> {
    sources: &'a [Arc<Source>],
    incomplete: Option<&'a HashSet<String>>,
    sink: &'a DiagnosticSink,
}

impl SourceLinker<'_> {
    fn entry(&self, draft: DraftEntry) -> Entry {
        let mut entry = draft.entry;
        entry.related = draft.related.into_iter().map(|related| related.value).collect();
        for citation in draft.citations {
            if let Some(source) = self.find(&citation.source) {
                entry.citations.push(Citation {
                    source,
                    paragraph: citation.paragraph,
                    evidence: citation.evidence,
                    at: citation.at,
                });
            }
        }
        entry
    }

    fn find(&self, id: &Located<String>) -> Option<Arc<Source>> {
        let found = self.sources.iter().find(|source| source.id == id.value);
        if let Some(source) = found {
            return Some(Arc::clone(source));
        }
        let unread = self.incomplete.is_none_or(|ids| ids.contains(&id.value));
        if !unread {
            let known: Vec<&str> = self.sources.iter().map(|source| source.id.as_str()).collect();
            let help = match nearest(&id.value, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known sources: {}; add others to {SOURCES_FILE}", known.join(", ")),
            };
            let message = format!("no source has the id `{}`", id.value);
            self.sink.report(Diagnostic::error(id.at.clone(), message).help(help));
        }
        None
    }
}

fn link_synonyms(draft: DraftSynonyms, sink: &DiagnosticSink) -> Synonyms {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let written = draft.groups.iter().flatten().chain(draft.shorthand.iter().map(|(written, _)| written));
    for word in written {
        let folded = comparable(&word.value);
        if let Some(line) = seen.insert(folded, word.at.line()) {
            let message = format!("`{}` already stands on line {line}", word.value);
            sink.report(
                Diagnostic::error(word.at.clone(), message)
                    .help("a word can belong to one group only: join the groups or remove it from one"),
            );
        }
    }
    let value = |word: Located<String>| word.value;
    Synonyms {
        groups: draft.groups.into_iter().map(|group| group.into_iter().map(value).collect()).collect(),
        shorthand: draft.shorthand.into_iter().map(|(written, means)| (written.value, means)).collect(),
    }
}
