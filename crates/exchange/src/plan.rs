//! What an import would write, before it writes anything.

mod cited;
mod divided;
mod fitting;

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use footnote_knowledge::diagnostic::{Diagnostics, Severity};
use footnote_knowledge::text::counted;
use footnote_knowledge::text::kebab_case;
use footnote_knowledge::text::plain::on_one_line;
use footnote_knowledge::{CALIBRATION_FILE, Layer, SOURCES_FILE, SYNONYMS_FILE, read_layers};

use crate::item::Notice;
use crate::part::{Part, as_words};
use crate::reading::Reading;
use crate::toml_text::{EntryText, entry_text, quoted};
use cited::{Cited, Origin};
use fitting::{Fitted, Fitting};

/// Everything that an import would do.
#[derive(Debug)]
pub struct Plan {
    folder: PathBuf,
    /// The files that would be new.
    pub files: Vec<NewFile>,
    /// The sources that entries without citations cite: one, or a new one of each file.
    pub sources: Vec<String>,
    /// Whether they are new.
    pub are_sources_new: bool,
    /// What is added to the end of a `sources.toml` that is there already.
    added_source: Option<String>,
    /// How many entries there would be.
    pub entries: usize,
    /// How many questions were read.
    pub read: usize,
    /// What is not the same as it was, in the order of the files.
    pub notices: Vec<Notice>,
}

/// A file that would be written.
#[derive(Debug)]
pub struct NewFile {
    /// Its name in the folder.
    pub name: String,
    /// How many entries it has.
    pub entries: usize,
    /// Its text.
    pub text: String,
}

/// Why nothing is imported.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The folder cannot be listed.
    #[error("cannot read the folder `{}`", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// There is a base already, and it has errors.
    #[error("the knowledge base in `{}` has errors: correct them before \
        importing", folder.display())]
    Broken {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        diagnostics: Diagnostics,
    },
    /// No question has become an entry.
    #[error("nothing can be imported: none of {} fits", counted(*read, "question"))]
    Nothing {
        /// How many were read.
        read: usize,
        /// Why.
        notices: Vec<Notice>,
    },
    /// A file cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

impl Plan {
    /// Makes files of what was read, for a folder that may have a base already. `source` is the id
    /// of a source that the entries shall cite.
    ///
    /// # Errors
    ///
    /// [`PlanError`] if nothing can be imported into this folder.
    pub fn new(reading: Reading, folder: &Path, source: Option<&str>) -> Result<Self, PlanError> {
        let layer =
            Layer::read_if_any(folder).map_err(|source| PlanError::Folder { folder: folder.to_owned(), source })?;
        let before = read_layers(std::slice::from_ref(&layer));
        let has_base = layer.files().next().is_some();
        if has_base && !before.is_valid() {
            return Err(PlanError::Broken { folder: folder.to_owned(), diagnostics: before.diagnostics });
        }
        let read = reading.parts.iter().map(|part| part.items.len()).sum();
        let questions = reading.parts.iter().flat_map(|part| &part.items).map(|item| item.question.as_str());
        let mut fitting = Fitting::new(&before.base, questions);
        let mut topics: Vec<TopicDraft> = Vec::new();
        let mut notices = reading.ignored;
        let mut origins = Vec::new();
        for (number, part) in reading.parts.into_iter().enumerate() {
            let origin = Origin::of(&part);
            gather(number, part, &mut fitting, &mut topics, &mut notices);
            let is_written = topics.iter().any(|topic| topic.part == number && topic.entries() > 0);
            origins.push(is_written.then_some(origin));
        }
        let cited = Cited::choose(&before, source, &origins);
        let related = fitting.related(&mut notices);
        let mut names: HashSet<String> = layer.files().filter_map(|file| name_of(&file.path)).collect();
        names.extend([SOURCES_FILE, SYNONYMS_FILE, CALIBRATION_FILE].map(str::to_owned));
        let mut files = Vec::new();
        for topic in topics.iter().filter(|topic| topic.entries() > 0) {
            let name = free_name(&topic.name, &mut names);
            let entries = topic.entries();
            files.push(NewFile { name, entries, text: topic.text(&cited, &related) });
        }
        let entries = files.iter().map(|file| file.entries).sum();
        if entries == 0 {
            return Err(PlanError::Nothing { read, notices });
        }
        if cited.is_new && !has_base {
            files.insert(0, NewFile { name: SOURCES_FILE.to_owned(), entries: 0, text: cited.file() });
        }
        let plan = Self {
            folder: folder.to_owned(),
            files,
            sources: cited.all(),
            are_sources_new: cited.is_new,
            added_source: (cited.is_new && has_base).then_some(cited.tables),
            entries,
            read,
            notices,
        };
        plan.verified(layer)
    }

    /// The plan, if the folder would be a base without errors.
    fn verified(self, layer: Layer) -> Result<Self, PlanError> {
        let sources = layer.file(SOURCES_FILE).map(|file| file.text.clone());
        let mut changed = layer;
        if let (Some(text), Some(added)) = (sources, &self.added_source) {
            changed = changed.with_file(SOURCES_FILE, with_source(&text, added));
        }
        for file in &self.files {
            changed = changed.with_file(&file.name, file.text.clone());
        }
        let after = read_layers(&[changed]);
        if after.diagnostics.count(Severity::Error) > 0 {
            return Err(PlanError::Broken { folder: self.folder, diagnostics: after.diagnostics });
        }
        Ok(self)
    }

    /// The folder into which the files would be written.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a source is added to the `sources.toml` that is there.
    #[must_use]
    pub fn adds_source(&self) -> bool {
        self.added_source.is_some()
    }

    /// Writes the files. A file that has come into being since the plan was made is an error, and
    /// stays as it is.
    ///
    /// # Errors
    ///
    /// [`PlanError::Write`] for the first file that cannot be written.
    pub fn write(&self) -> Result<(), PlanError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| PlanError::Write { path, source }
        };
        fs::create_dir_all(&self.folder).map_err(failed(&self.folder))?;
        if let Some(added) = &self.added_source {
            let path = self.folder.join(SOURCES_FILE);
            let text = fs::read_to_string(&path).map_err(failed(&path))?;
            let mut file = OpenOptions::new().append(true).open(&path).map_err(failed(&path))?;
            let added = &with_source(&text, added)[text.len()..];
            file.write_all(added.as_bytes()).map_err(failed(&path))?;
        }
        for NewFile { name, text, .. } in &self.files {
            let path = self.folder.join(name);
            let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed(&path))?;
            file.write_all(text.as_bytes()).map_err(failed(&path))?;
        }
        Ok(())
    }
}

fn with_source(text: &str, added: &str) -> String {
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    format!("{text}{end}\n{added}")
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().to_lowercase())
}

/// The name of a file that the folder does not have.
fn free_name(name: &str, names: &mut HashSet<String>) -> String {
    let slug = Some(kebab_case(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "imported".to_owned());
    let numbered = (2..).map(|number: u32| format!("{slug}-{number}.toml"));
    let mut all = [format!("{slug}.toml")].into_iter().chain(numbered);
    let free = all.find(|name| names.insert(name.clone()));
    free.unwrap_or_else(|| format!("{slug}.toml"))
}

/// A name as a title: `game-rules` as “Game rules”.
fn title_of(name: &str) -> String {
    let words = as_words(name);
    let mut letters = words.chars();
    letters.next().map_or_else(|| "Imported".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

struct TopicDraft {
    /// The number of its part.
    part: usize,
    name: String,
    title: String,
    files: String,
    fitted: Vec<Fitted>,
}

/// Sorts the items of a part into topics.
fn gather(number: usize, part: Part, fitting: &mut Fitting, topics: &mut Vec<TopicDraft>, notices: &mut Vec<Notice>) {
    let Part { files, name, title, items, notices: read, .. } = part;
    notices.extend(Notice::each_kind_once(read));
    let first = topics.len();
    for item in items {
        let own = item.topic.as_deref().map(str::trim).filter(|topic| !topic.is_empty()).map(str::to_owned);
        let (name, title) = match own {
            Some(topic) => (topic.clone(), topic),
            None => (name.clone(), title.clone().unwrap_or_else(|| title_of(&name))),
        };
        let fitted = fitting.fit(item, notices);
        if let Some(topic) = topics[first..].iter_mut().find(|topic| topic.name == name) {
            topic.fitted.extend(fitted);
        } else {
            let title = on_one_line(&title);
            topics.push(TopicDraft { part: number, name, title, files: files.clone(), fitted });
        }
    }
}

impl TopicDraft {
    /// How many entries are written.
    fn entries(&self) -> usize {
        self.fitted.iter().filter(|fitted| fitted.reason.is_none()).count()
    }

    fn text(&self, cited: &Cited, related: &fitting::Related) -> String {
        let mut text = format!("# Imported from {}\n\ntitle = {}\n", on_one_line(&self.files), quoted(&self.title));
        if let Some(source) = cited.named_by(self.part) {
            text = format!("{text}\n[defaults]\nsource = {}\n", quoted(source));
        }
        for fitted in self.fitted.iter().filter(|fitted| fitted.reason.is_none()) {
            text = format!("{text}\n{}", fitted.table(&related.of(&fitted.id)));
        }
        for (fitted, reason) in self.fitted.iter().filter_map(|fitted| Some((fitted, fitted.reason.as_ref()?))) {
            let table = fitted.table(&[]);
            let commented: String =
                table.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
            text = format!("{text}\n# Left out, because {reason}:\n{commented}");
        }
        text
    }
}

impl Fitted {
    fn table(&self, related: &[String]) -> String {
        entry_text(&EntryText {
            id: &self.id,
            question: &self.item.question,
            phrasings: &self.item.phrasings,
            keywords: &self.item.keywords,
            answer: &self.item.answer,
            image: self.item.image.as_deref(),
            related,
            url: self.item.url.as_deref(),
        })
    }
}
