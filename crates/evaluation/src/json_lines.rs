//! Files of JSON lines, which question sets and training sets are: one place knows what a line is
//! and how a bad one is named.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use footnote_knowledge::diagnostic::{Location, SourceFile};
use footnote_knowledge::toml_file::Located;

/// A question with the id of its entry, the form of line that both kinds of set have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Labelled {
    pub(crate) q: String,
    pub(crate) entry: Option<String>,
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
    /// A line is not what the set consists of.
    #[error("{}:{line}: {problem}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong with it and what to write.
        problem: String,
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

/// Reads each line with `parse`, whose error says what is wrong and what to write. Blank lines are
/// passed over. The text of the file lives for as long as one of the values. `kind` is what the
/// file should be.
pub(crate) fn read<T>(
    path: &Path,
    kind: &'static str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<Located<T>>, SetError> {
    let text =
        fs::read_to_string(path).map_err(|source| SetError::Unreadable { kind, path: path.to_owned(), source })?;
    let file = Arc::new(SourceFile { path: path.to_owned(), text });
    let mut values = Vec::new();
    let mut start = 0;
    for (line, content) in (1..).zip(file.text.split_inclusive('\n')) {
        let span = start..start + content.trim_end().len();
        start += content.len();
        if span.is_empty() {
            continue;
        }
        let invalid = |problem| SetError::Invalid { path: path.to_owned(), line, problem };
        let value = parse(content.trim_end()).map_err(invalid)?;
        values.push(Located { value, at: Location { file: Arc::clone(&file), span } });
    }
    Ok(values)
}
