//! What is read from one file, or why nothing is.

use std::io;
use std::path::{Path, PathBuf};

use crate::format::Format;
use crate::input::Input;
use crate::item::{Item, Notice};

/// What one file says, or several that belong together.
#[derive(Debug)]
pub struct Part {
    /// The files, as they are shown.
    pub files: String,
    /// Their form.
    pub format: Format,
    /// How it was understood: which columns, which headings.
    pub understood: String,
    /// The name for a topic of these items: that of the file or folder.
    pub name: String,
    /// The title of the whole, if it says one.
    pub title: Option<String>,
    /// The questions with their answers.
    pub items: Vec<Item>,
    /// What could not be read as it is.
    pub notices: Vec<Notice>,
}

/// Why a file cannot be imported at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// Nothing says which form it has.
    #[error("it is not clear which form `{}` has: name it with --as", path.display())]
    Unrecognised {
        /// The file.
        path: PathBuf,
    },
    /// It does not have its form.
    #[error("`{}` is not valid {format}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The form.
        format: Format,
        /// What is wrong, with its place.
        reason: String,
    },
    /// There is no question in it.
    #[error("there is no question with an answer in `{}`: {help}", path.display())]
    NoQuestions {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        help: String,
    },
}

impl Part {
    /// A part that is one file.
    pub(crate) fn of(input: &Input, format: Format, understood: String) -> Self {
        Self {
            files: input.path.display().to_string(),
            format,
            understood,
            name: input.stem(),
            title: None,
            items: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// A part that is several files: it is named after their folder if they share one.
    pub(crate) fn of_all(inputs: &[&Input], format: Format, understood: String) -> Self {
        let folder = inputs.first().and_then(|input| input.path.parent());
        let name = folder.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let files = match inputs {
            [one] => one.path.display().to_string(),
            [first, .., last] => {
                let last = last.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                format!("{} … {last} ({} files)", first.path.display(), inputs.len())
            }
            [] => String::new(),
        };
        let name = name.filter(|_| inputs.len() > 1).or_else(|| inputs.first().map(|input| input.stem()));
        let name = name.unwrap_or_else(|| format.name().to_owned());
        Self { files, format, understood, name, title: None, items: Vec::new(), notices: Vec::new() }
    }
}

/// A name as words: `slash-commands` as “slash commands”.
pub(crate) fn as_words(name: &str) -> String {
    name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The names of the tags that a text calls up with one of some marks before them.
pub(crate) fn called<'t>(text: &'t str, marks: &'t [&'t str]) -> impl Iterator<Item = String> + 't {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let behind = marks.iter().flat_map(|mark| text.match_indices(mark).map(|(at, mark)| at + mark.len()));
    let mut behind: Vec<usize> = behind.collect();
    behind.sort_unstable();
    let names = behind.into_iter().map(move |at| text[at..].split(|c: char| !is_name(c)).next().unwrap_or_default());
    names.map(|name| name.trim_end_matches('.').to_owned()).filter(|name| !name.is_empty())
}
