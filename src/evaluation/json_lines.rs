//! Files of JSON lines, which question sets and training sets are: one place knows what a line is and how a bad one is named.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostic::{Location, SourceFile};
use crate::toml_file::Located;

/// A question with the id of its entry, the form of line that both kinds of set have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labelled {
    pub(super) q: String,
    pub(super) entry: Option<String>,
}

/// Why a file could not be read whole; each kind of set makes its own error of it.
#[derive(Debug)]
pub(super) enum Failure {
    Unreadable(io::Error),
    Invalid {
        /// From 1.
        line: usize,
        problem: String,
    },
}

/// Reads each line with `parse`, whose error says what is wrong and what to write. Blank lines are passed over. The text
/// of the file lives for as long as one of the values.
pub(super) fn read<T>(path: &Path, parse: impl Fn(&str) -> Result<T, String>) -> Result<Vec<Located<T>>, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::Unreadable)?;
    let file = Arc::new(SourceFile { path: path.to_owned(), text });
    let mut values = Vec::new();
    let mut start = 0;
    for (line, content) in (1..).zip(file.text.split_inclusive('\n')) {
        let span = start..start + content.trim_end().len();
        start += content.len();
        if span.is_empty() {
            continue;
        }
        let value = parse(content.trim_end()).map_err(|problem| Failure::Invalid { line, problem })?;
        values.push(Located { value, at: Location { file: Arc::clone(&file), span } });
    }
    Ok(values)
}
