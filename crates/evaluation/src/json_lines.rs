//! Files of JSON lines, which question sets and training sets are: one place knows what a line is
//! and how the bad ones are named, all at once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use footnote_knowledge::diagnostic::{Diagnostic, Diagnostics, Location, Severity, SourceFile};
use footnote_knowledge::text::counted;
use footnote_knowledge::toml_file::Located;

/// A question with its entry, the form of line that both kinds of set have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Labelled<E> {
    pub(crate) q: String,
    pub(crate) entry: E,
}

/// What is wrong with a line, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// A line is read by itself, so the place that serde adds is always in line 1.
    pub(crate) fn from_json(error: &serde_json::Error, help: &str) -> Self {
        let message = error.to_string();
        let place = format!(" at line 1 column {}", error.column());
        Self::new(message.strip_suffix(&place).unwrap_or(&message), help)
    }
}

/// A question set or a training set cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The file cannot be read.
    #[error("cannot read the {kind} `{}`", path.display())]
    Unreadable {
        /// What the file should be: a question set or a training set.
        kind: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// Some lines are not what the set consists of.
    #[error("the {kind} `{}` has {}", path.display(), counted(diagnostics.count(Severity::Error), "bad line"))]
    Invalid {
        /// What the file should be.
        kind: &'static str,
        /// The file.
        path: PathBuf,
        /// Every bad line, with what is wrong with it and what to write.
        diagnostics: Diagnostics,
    },
    /// The file has no line where one is needed.
    #[error("the {kind} `{}` has no question: {help}, one a line", path.display())]
    Empty {
        /// What the file should be.
        kind: &'static str,
        /// The file.
        path: PathBuf,
        /// What to write.
        help: &'static str,
    },
}

impl SetError {
    /// Both errors as one, if both are about bad lines; the first otherwise.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Invalid { kind, path, diagnostics }, Self::Invalid { diagnostics: others, .. }) => {
                Self::Invalid { kind, path, diagnostics: diagnostics.merged(others) }
            }
            (first, _) => first,
        }
    }
}

/// Reads each line with `parse`. Blank lines are passed over. The text of the file lives for as
/// long as one of the values. `kind` is what the file should be, and `help` what to write in it.
pub(crate) fn read<T>(
    path: &Path,
    kind: &'static str,
    help: &'static str,
    parse: impl Fn(&str) -> Result<T, Fault>,
) -> Result<Vec<Located<T>>, SetError> {
    let text =
        fs::read_to_string(path).map_err(|source| SetError::Unreadable { kind, path: path.to_owned(), source })?;
    let file = Arc::new(SourceFile { path: path.to_owned(), text });
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    let mut start = 0;
    for content in file.text.split_inclusive('\n') {
        let span = start..start + content.trim_end().len();
        start += content.len();
        if span.is_empty() {
            continue;
        }
        let at = Location { file: Arc::clone(&file), span };
        match parse(content.trim_end()) {
            Ok(value) => values.push(Located { value, at }),
            Err(fault) => faults.push(Diagnostic::error(at, fault.message).help(fault.help)),
        }
    }
    if !faults.is_empty() {
        return Err(SetError::Invalid { kind, path: path.to_owned(), diagnostics: faults.into() });
    }
    if values.is_empty() {
        return Err(SetError::Empty { kind, path: path.to_owned(), help });
    }
    Ok(values)
}
