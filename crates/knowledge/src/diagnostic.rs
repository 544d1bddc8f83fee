//! What is wrong with a file that somebody wrote by hand, and what to write instead.
//!
//! Curators and operators edit TOML without Rust tools, so a message has to carry everything
//! needed for a fix: the file, the line, the column, the text of the line and a suggestion. All
//! problems are collected before any is shown, so one run shows everything there is to fix.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use crate::text::counted;
use crate::text::plain::{visible, without_controls};

/// A text file as it was read, kept so that its lines can be shown.
#[derive(Debug)]
pub struct SourceFile {
    /// The path under which the file was opened.
    pub path: PathBuf,
    /// The whole content.
    pub text: String,
}

/// A place in a file, as a range of bytes.
#[derive(Debug, Clone)]
pub struct Location {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The range of bytes in the file's text.
    pub span: Range<usize>,
}

impl Location {
    /// The number of the line where the range begins, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        let before = self.file.text.get(..self.span.start).unwrap_or(&self.file.text);
        before.matches('\n').count() + 1
    }

    /// The place in lines and columns.
    #[must_use]
    pub fn position(&self) -> Position {
        let text = &self.file.text;
        let at = |offset: usize| {
            let before = &text[..text.floor_char_boundary(offset)];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
        };
        let ((line, column), (end_line, end_column)) = (at(self.span.start), at(self.span.end));
        Position { line, column, end_line, end_column }
    }

    /// The same place, cut off at the end of its first line. If a range over many lines were
    /// shown, its own beginning would be hidden.
    fn first_line(&self) -> Range<usize> {
        let text = &self.file.text;
        let start = self.span.start.min(text.len());
        let line_end = text[start..].find('\n').map_or(text.len(), |offset| start + offset);
        start..self.span.end.clamp(start, line_end)
    }

    /// [`Self::first_line`] as a range of bytes in the [`shown`] text.
    fn first_line_shown(&self) -> Range<usize> {
        let Range { start, end } = self.first_line();
        let length = |range: Range<usize>| self.file.text.get(range).map_or(0, |text| shown(text).len());
        length(0..start)..length(0..end)
    }
}

/// The text with U+FFFD for characters that must not reach a terminal but that the renderer would
/// let through. The renderer has its own symbols for ASCII control characters, and it needs the
/// line breaks.
fn shown(text: &str) -> Cow<'_, str> {
    let is_harmless = |c: char| c.is_ascii() || visible(c) == Some(c);
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_harmless(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// Where a place begins and ends, for programs: lines and columns are counted from 1, columns in
/// characters. The end is the first character that does not belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Its first line.
    pub line: usize,
    /// The column on its first line.
    pub column: usize,
    /// Its last line.
    pub end_line: usize,
    /// The column on its last line.
    pub end_column: usize,
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file or the base that has it is not used.
    Error,
    /// Worth fixing, but usable.
    Warning,
}

#[derive(Debug, Clone)]
enum Place {
    Path(PathBuf),
    Within(Location),
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Self::Path(path) => path,
            Self::Within(location) => &location.file.path,
        }
    }

    fn offset(&self) -> usize {
        match self {
            Self::Path(_) => 0,
            Self::Within(location) => location.span.start,
        }
    }
}

/// One problem: what is wrong, where, and how to fix it.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    severity: Severity,
    message: String,
    place: Place,
    help: Option<String>,
}

impl Diagnostic {
    /// An error at a place within a file.
    #[must_use]
    pub fn error(location: Location, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), place: Place::Within(location), help: None }
    }

    /// A warning at a place within a file.
    #[must_use]
    pub fn warning(location: Location, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(location, message) }
    }

    /// An error that concerns a whole file or folder.
    #[must_use]
    pub fn error_in(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), place: Place::Path(path.into()), help: None }
    }

    /// A warning that concerns a whole file or folder.
    #[must_use]
    pub fn warning_in(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error_in(path, message) }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The file or folder that it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// Where in the file it is; `None` if it concerns all of it.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match &self.place {
            Place::Path(_) => None,
            Place::Within(location) => Some(location.position()),
        }
    }

    /// The text at its place; empty if it concerns a whole file or folder.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.place {
            Place::Path(_) => "",
            Place::Within(Location { file, span }) => file.text.get(span.clone()).unwrap_or_default(),
        }
    }

    /// The number of its line, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match &self.place {
            Place::Path(_) => None,
            Place::Within(location) => Some(location.line()),
        }
    }

    fn render(&self, renderer: &Renderer) -> String {
        let message = normalize_untrusted_str(&shown(&self.message));
        let help = self.help.as_deref().map(|help| normalize_untrusted_str(&shown(help)));
        let path = without_controls(&self.place.path().display().to_string());
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group: Group<'_> = match &self.place {
            Place::Path(_) => level.primary_title(message).element(Origin::path(path)),
            Place::Within(location) => level.primary_title(message).element(
                Snippet::source(shown(&location.file.text))
                    .path(path)
                    .annotation(AnnotationKind::Primary.span(location.first_line_shown())),
            ),
        };
        if let Some(help) = help {
            group = group.element(Level::HELP.message(help));
        }
        let text = renderer.render(&[group]);
        match (&self.place, text.split_once('\n')) {
            // Without a line number before it, the arrow stands one column further to the left.
            (Place::Path(_), Some((title, place))) => format!("{title}\n {place}"),
            _ => text,
        }
    }
}

/// Collects diagnostics while files are read. It is shared by reference, so that the readers of
/// nested tables can all report to it.
#[derive(Debug, Default)]
pub struct DiagnosticSink(RefCell<Vec<Diagnostic>>);

impl DiagnosticSink {
    /// Adds one.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.0.borrow_mut().push(diagnostic);
    }

    /// Everything that was collected, in the order of files and lines.
    #[must_use]
    pub fn into_diagnostics(self) -> Diagnostics {
        Diagnostics::from(self.0.into_inner())
    }
}

/// Problems in the order of files and lines.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by(|a, b| (a.place.path(), a.place.offset()).cmp(&(b.place.path(), b.place.offset())));
        Self(diagnostics)
    }
}

impl Diagnostics {
    /// How many have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// The counts in words: "1 error, 2 warnings".
    #[must_use]
    pub fn totals(&self) -> String {
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))
    }

    /// The first problems on one line: for each its file, its line and what is wrong.
    #[must_use]
    pub fn first_lines(&self, limit: usize) -> String {
        let shown = self.0.iter().take(limit).map(|diagnostic| {
            let path = without_controls(&diagnostic.place.path().display().to_string());
            let line = diagnostic.line().map_or_else(String::new, |line| format!(":{line}"));
            format!("{path}{line}: {}", without_controls(&diagnostic.message))
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    /// The problems, in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether there are no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first so many problems: the errors before the warnings, and otherwise in the same order.
    #[must_use]
    pub fn most_severe(&self, limit: usize) -> Self {
        let mut all = self.0.clone();
        all.sort_by_key(|diagnostic| diagnostic.severity);
        all.truncate(limit);
        Self::from(all)
    }

    /// Drops problems on lines that could not be parsed, or of which enough is said: they only
    /// follow from the error there.
    pub fn retain_outside_lines(&mut self, path: &Path, lines: &[usize]) {
        self.0.retain(|diagnostic| {
            diagnostic.place.path() != path || !diagnostic.line().is_some_and(|line| lines.contains(&line))
        });
    }

    /// Those in the file with this path.
    #[must_use]
    pub fn within(mut self, path: &Path) -> Self {
        self.0.retain(|diagnostic| diagnostic.place.path() == path);
        self
    }

    /// Both lists as one, in the order of files and lines.
    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        Self::from(self.0)
    }

    /// The full text, with one snippet for each problem, with or without colour.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let snippets: Vec<String> = self.0.iter().map(|diagnostic| diagnostic.render(&renderer)).collect();
        snippets.join("\n\n")
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
