//! Reads one file at a time: from TOML tables to sources, synonyms, and topics with their
//! entries.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, DiagnosticSink, Location, SourceFile};
use crate::link::PARAGRAPH;
use crate::text::comparable;
use crate::toml_file::{Located, TableReader, nearest, read_table};
use crate::{
    Citation, Entry, MAX_ANSWER_CHARS, MAX_EVIDENCE_WORDS, MAX_QUESTION_CHARS, PartialDate, Source, SourceKind,
    Standing, Synonyms, Topic,
};

const SOURCE_KEYS: &[&str] = &[
    "id",
    "title",
    "kind",
    "author",
    "publisher",
    "called",
    "published",
    "url",
    "paragraph_url",
    "credit",
    "note",
    "unused",
];
const ENTRY_KEYS: &[&str] = &[
    "id",
    "question",
    "phrasings",
    "keywords",
    "answer",
    "standing",
    "claimed_by",
    "side_of",
    "as_of",
    "pinned",
    "related",
    "citations",
];
const CITATION_KEYS: &[&str] = &["source", "paragraph", "evidence"];
const ID_EXAMPLE: &str = "\"kfor-deployed\"";
const DATE_EXAMPLE: &str = "\"2025-03\"";

/// The sources that entries can cite.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) read: Vec<Arc<Source>>,
    /// Ids of the sources that could not be read completely; `None` if the file could not be
    /// read. A citation of one of them is not another mistake.
    incomplete: Option<HashSet<String>>,
}

pub(super) struct TopicFile {
    pub(super) topic: Topic,
    pub(super) entries: Vec<Entry>,
    /// Ids of the entries that could not be read completely.
    pub(super) incomplete: HashSet<String>,
}

/// Reads `sources.toml`.
pub(super) fn sources(file: &Arc<SourceFile>, sink: &DiagnosticSink) -> Sources {
    read_table(file, &["source"], sink, |root| {
        let mut incomplete = HashSet::new();
        let mut read: Vec<Arc<Source>> = Vec::new();
        for table in root.tables("source", SOURCE_KEYS) {
            match (Checked { table: &table, sink }).source() {
                Ok(source) => {
                    report_used_id(&source, &read, sink);
                    read.push(Arc::new(source));
                }
                Err(id) => incomplete.extend(id),
            }
        }
        if read.is_empty() && incomplete.is_empty() {
            root.report_empty_list("source", "a [[source]] table for each document");
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

impl Sources {
    /// The source with this id. Reports an error if there is none.
    fn find(&self, id: &Located<String>, sink: &DiagnosticSink) -> Option<Arc<Source>> {
        let found = self.read.iter().find(|source| source.id == id.value);
        let is_unread = self.incomplete.as_ref().is_none_or(|incomplete| incomplete.contains(&id.value));
        if found.is_none() && !is_unread {
            let known: Vec<&str> = self.read.iter().map(|source| source.id.as_str()).collect();
            let help = match nearest(&id.value, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known sources: {}; add others to sources.toml", known.join(", ")),
            };
            let message = format!("no source has the id `{}`", id.value);
            sink.report(Diagnostic::error(id.at.clone(), message).help(help));
        }
        found.cloned()
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
    read_table(file, &["group", "keep", "shorthand"], sink, |root| {
        let keep = root.texts("keep", "[\"id\", \"get\"]").into_iter().map(|word| word.value).collect();
        let mut synonyms = Synonyms { keep, ..Synonyms::default() };
        for table in root.tables("group", &["words"]) {
            let words = table.texts("words", "[\"NATO\", \"the Alliance\"]");
            if words.len() < 2 {
                table.report_empty_list("words", "[\"NATO\", \"the Alliance\"] (two or more)");
            }
            synonyms.groups.push(words.into_iter().map(&mut only_once).collect());
        }
        for table in root.tables("shorthand", &["written", "means"]) {
            let written = table.texts("written", "[\"wat\", \"wot\"]");
            if written.is_empty() {
                table.report_empty_list("written", "[\"wat\", \"wot\"]");
            }
            for word in written.iter().filter(|word| !word.value.chars().all(char::is_alphanumeric)) {
                let message = format!("`{}` is not a single word of letters and digits", word.value);
                sink.report(Diagnostic::error(word.at.clone(), message).help("write phrases as a [[group]]"));
            }
            if let Some(means) = table.text("means", "\"what\"") {
                let pairs = written.into_iter().map(|word| (only_once(word), means.value.clone()));
                synonyms.shorthand.extend(pairs);
            }
        }
        synonyms
    })
}

pub(super) fn topic(file: &Arc<SourceFile>, index: usize, sources: &Sources, sink: &DiagnosticSink) -> TopicFile {
    let id = file.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    read_table(file, &["title", "summary", "entry"], sink, |root| {
        let title = root.text("title", "\"KFOR\"").map_or_else(|| id.clone(), |title| title.value);
        let summary = root.optional_prose("summary", "\"…\"").map(|summary| summary.value);
        let (mut entries, mut incomplete) = (Vec::new(), HashSet::new());
        for table in root.tables("entry", ENTRY_KEYS) {
            match (Checked { table: &table, sink }).entry(index, sources) {
                Ok(entry) => entries.push(entry),
                Err(id) => incomplete.extend(id),
            }
        }
        if entries.is_empty() && incomplete.is_empty() {
            root.report_empty_list("entry", "an [[entry]] table for each question");
        }
        TopicFile { topic: Topic { id, title, summary }, entries, incomplete }
    })
}

/// Reads a table and checks what types alone cannot express.
struct Checked<'a> {
    table: &'a TableReader<'a>,
    sink: &'a DiagnosticSink,
}

impl Checked<'_> {
    fn error(&self, at: &Location, message: String, help: impl Into<String>) {
        self.sink.report(Diagnostic::error(at.clone(), message).help(help));
    }

    fn id(&self) -> Option<Located<String>> {
        let id = self.table.text("id", ID_EXAMPLE)?;
        if is_kebab_case(&id.value) {
            return Some(id);
        }
        let help = format!("use lower-case letters, digits and single hyphens: {ID_EXAMPLE}");
        self.error(&id.at, format!("`{}` is not kebab-case", id.value), help);
        None
    }

    /// A source, or its id if at least that could be read.
    fn source(&self) -> Result<Source, Option<String>> {
        let id = self.id();
        let title = self.table.text("title", "\"…\"");
        let kind = self.kind();
        let text = |key: &str| self.table.optional_text(key, "\"…\"").map(|text| text.value);
        let prose = |key: &str| self.table.optional_prose(key, "\"…\"").map(|text| text.value);
        let (author, publisher) = (text("author"), text("publisher"));
        let (credit, note) = (prose("credit"), prose("note"));
        let date = self.date("published");
        let called = self.table.texts("called", "[\"the house rules\"]").into_iter().map(|name| name.value).collect();
        let (url, paragraph_url) = (self.url("url", "\"https://…\""), self.paragraph_url());
        let unused = self.table.ordinals("unused", "[1, 2]").into_iter().map(|number| number.value).collect();
        match (id, title, kind) {
            (Some(id), Some(title), Some(kind)) => {
                let (id, at, title) = (id.value, id.at, title.value);
                Ok(Source {
                    id,
                    title,
                    kind,
                    author,
                    publisher,
                    called,
                    published: date,
                    url: url.map(|url| url.value),
                    paragraph_url: paragraph_url.map(|url| url.value),
                    credit,
                    note,
                    unused,
                    at,
                })
            }
            (id, ..) => Err(id.map(|id| id.value)),
        }
    }

    fn kind(&self) -> Option<SourceKind> {
        let names = SourceKind::ALL.map(SourceKind::name);
        let kind = self.table.text("kind", "\"news\"")?;
        let found = SourceKind::ALL.into_iter().find(|candidate| candidate.name() == kind.value);
        if found.is_none() {
            self.error(
                &kind.at,
                format!("`{}` is not a kind of source", kind.value),
                format!("write one of {}", names.join(", ")),
            );
        }
        found
    }

    fn url(&self, key: &str, example: &str) -> Option<Located<String>> {
        let url = self.table.optional_text(key, example)?;
        let rest = url.value.strip_prefix("https://").unwrap_or_default();
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() || url.value.chars().any(|c| c.is_whitespace() || c.is_control()) {
            self.error(
                &url.at,
                format!("`{}` is not an https address", url.value),
                "write an address that begins with https://",
            );
            return None;
        }
        Some(url)
    }

    fn paragraph_url(&self) -> Option<Located<String>> {
        let example = "\"https://…#p{paragraph}\"";
        let url = self.url("paragraph_url", example)?;
        if !url.value.contains(PARAGRAPH) {
            let message = format!("`{}` has no {PARAGRAPH}", url.value);
            let help = format!("write {PARAGRAPH} where the paragraph's number belongs: {example}");
            self.error(&url.at, message, help);
            return None;
        }
        Some(url)
    }

    fn date(&self, key: &str) -> Option<PartialDate> {
        let date = self.table.optional_text(key, DATE_EXAMPLE)?;
        match date.value.parse() {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.error(
                    &date.at,
                    error.to_string(),
                    format!("write {key} = \"2025\", \"2025-03\" or \"2025-03-27\""),
                );
                None
            }
        }
    }

    /// An entry, or its id if at least that could be read.
    fn entry(&self, topic: usize, sources: &Sources) -> Result<Entry, Option<String>> {
        let id = self.id();
        let question = self.table.text("question", "\"When did KFOR deploy to Kosovo?\"");
        let question = question.map(|question| self.within(question, "question", MAX_QUESTION_CHARS));
        let answer = self.table.prose("answer", "\"…\"");
        let answer = answer.map(|answer| self.within(answer, "answer", MAX_ANSWER_CHARS));
        let standing = self.standing(answer.as_ref());
        let side_of = self.side_of(standing.as_ref());
        let phrasings = self.table.texts("phrasings", "[\"when was kfor sent in\"]");
        let keywords = self.table.texts("keywords", "[\"arrival\"]").into_iter().map(|word| word.value).collect();
        let as_of = self.date("as_of");
        let pinned = self.table.flag("pinned").unwrap_or(false);
        let related = self.table.texts("related", "[\"kfor-strength-now\"]");
        let citations = self.citations(sources);
        match (id, question, answer, standing) {
            (Some(id), Some(question), Some(answer), Some(standing)) => Ok(Entry {
                id: id.value,
                topic,
                question: question.value,
                phrasings,
                keywords,
                answer,
                standing,
                side_of,
                as_of,
                pinned,
                related,
                citations,
                at: id.at,
            }),
            (id, ..) => Err(id.map(|id| id.value)),
        }
    }

    fn within(&self, text: Located<String>, key: &str, limit: usize) -> Located<String> {
        let length = text.value.chars().count();
        if length > limit {
            let message = format!("`{key}` has {length} characters; at most {limit} are allowed");
            self.error(&text.at, message, format!("shorten it by {}", length - limit));
        }
        text
    }

    fn standing(&self, answer: Option<&Located<String>>) -> Option<Standing> {
        let standing = self.table.text("standing", "\"reported\"");
        let claimed_by = self.table.optional_text("claimed_by", "\"Petrit Latifi\"");
        let standing = standing?;
        match standing.value.as_str() {
            "claim" => self.claim(&standing.at, claimed_by, answer),
            name @ ("reported" | "disputed") => {
                if let Some(claimed_by) = claimed_by {
                    let message = format!("`claimed_by` does not go with standing = \"{name}\"");
                    self.error(&claimed_by.at, message, "remove it, or write standing = \"claim\"");
                }
                Some(if name == "reported" { Standing::Reported } else { Standing::Disputed })
            }
            other => {
                self.error(
                    &standing.at,
                    format!("`{other}` is not a standing"),
                    "write one of reported, claim, disputed",
                );
                None
            }
        }
    }

    fn claim(&self, at: &Location, by: Option<Located<String>>, answer: Option<&Located<String>>) -> Option<Standing> {
        let Some(by) = by else {
            self.error(
                at,
                "this claim has no `claimed_by`".to_owned(),
                "add claimed_by = \"…\" with the person or body that makes the claim",
            );
            return None;
        };
        if let Some(answer) = answer.filter(|answer| !names(&answer.value, &by.value)) {
            let message = format!("the answer does not name {}, whose claim it is", by.value);
            self.error(&answer.at, message, format!("tell it as a claim: \"{} says that …\"", by.value));
        }
        Some(Standing::Claim { by: by.value })
    }

    /// The dispute of which the entry is one side, which only a claim can be.
    fn side_of(&self, standing: Option<&Standing>) -> Option<Located<String>> {
        let side_of = self.table.optional_text("side_of", "\"pier-disputed\"")?;
        if let Some(name @ ("reported" | "disputed")) = standing.map(Standing::name) {
            let message = format!("`side_of` does not go with standing = \"{name}\"");
            self.error(&side_of.at, message, "remove it, or write standing = \"claim\"");
        }
        Some(side_of)
    }

    fn citations(&self, sources: &Sources) -> Vec<Citation> {
        let example = "[{ source = \"nato-role\", paragraph = 2, evidence = [\"12 June 1999\"] }]";
        let tables = self.table.tables("citations", CITATION_KEYS);
        if tables.is_empty() {
            self.table.report_empty_list("citations", example);
        }
        tables.iter().filter_map(|table| (Checked { table, sink: self.sink }).citation(sources)).collect()
    }

    fn citation(&self, sources: &Sources) -> Option<Citation> {
        let source = self.table.text("source", "\"nato-role\"").and_then(|id| sources.find(&id, self.sink));
        let paragraph = self.table.ordinal("paragraph", "2");
        let evidence = self.table.texts("evidence", "[\"12 June 1999\"]");
        for phrase in &evidence {
            let words = phrase.value.split_whitespace().count();
            if words > MAX_EVIDENCE_WORDS {
                let limit = MAX_EVIDENCE_WORDS;
                let message = format!(
                    "this evidence has {words} words; \
                     at most {limit} are allowed"
                );
                self.error(&phrase.at, message, "give the shortest phrase that supports the answer");
            }
        }
        let at = self.table.at().clone();
        Some(Citation { source: source?, paragraph: paragraph?.value, evidence, at })
    }
}

fn is_kebab_case(id: &str) -> bool {
    id.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// Whether a text names a person or body: by the whole name, or by its last word, as surnames are
/// used.
fn names(text: &str, name: &str) -> bool {
    let surname = name.split_whitespace().next_back().filter(|word| word.starts_with(char::is_uppercase));
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    comparable(text).contains(&comparable(name))
        || surname.is_some_and(|surname| words(text).iter().any(|word| word == surname))
}
