//! `init`: a folder with a knowledge base to start from, which `check` finds nothing wrong with.

mod templates;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::base::InitArguments;
use super::asking;
use super::outcome::{CommandError, Verdict};
use footnote_knowledge::text::is_web_address;
use footnote_knowledge::text::plain::{on_one_line, without_controls};
use templates::Answers;

/// The longest title that `check` does not warn of, in characters.
const MAX_TITLE: usize = 100;

pub(super) fn run(arguments: &InitArguments) -> Result<Verdict, CommandError> {
    let folder = arguments.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let knowledge = folder.join("knowledge");
    let has_base = fs::read_dir(&knowledge).is_ok_and(|mut files| files.next().is_some());
    if has_base {
        return Err(CommandError::HasBase { folder: knowledge });
    }
    let answers = Answers {
        title: answer(arguments.title.as_deref(), "What are the questions about?", "Questions and answers", title)?,
        source: answer(arguments.source.as_deref(), "Which document do most answers rest on?", "House rules", title)?,
        url: answer(arguments.url.as_deref(), "Its address on the web, if it has one?", "", address)?,
    };
    let mut out = anstream::stdout().lock();
    for (name, text) in templates::files(&answers) {
        let path = folder.join(&name);
        let shown = without_controls(&path.display().to_string());
        let line = match write_new(&path, &text) {
            Ok(()) => format!("{shown} written"),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                format!("{shown} is there already and stays as it is")
            }
            Err(source) => return Err(CommandError::Written { path, source }),
        };
        writeln!(out, "{line}").map_err(CommandError::Io)?;
    }
    let next = "\nnext: footnote add, or footnote import FAQ.md; then footnote check, and \
        footnote ask";
    writeln!(out, "{next}").map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}

/// What an option says, or what is typed on a terminal, or what is usual.
fn answer(
    option: Option<&str>,
    question: &str,
    usual: &str,
    take: fn(String) -> Result<String, CommandError>,
) -> Result<String, CommandError> {
    if option.is_none() && !asking::is_possible() {
        return Ok(usual.to_owned());
    }
    let hint = if usual.is_empty() { String::new() } else { format!(" [{usual}]") };
    asking::asked(option, &format!("{question}{hint}"), |text| {
        let given = on_one_line(text);
        if given.is_empty() { Ok(usual.to_owned()) } else { take(given) }
    })
}

/// A title that lists can show whole.
fn title(text: String) -> Result<String, CommandError> {
    let length = text.chars().count();
    if length > MAX_TITLE { Err(CommandError::TooLong { what: "title", length, most: MAX_TITLE }) } else { Ok(text) }
}

fn address(url: String) -> Result<String, CommandError> {
    if is_web_address(&url) { Ok(url) } else { Err(CommandError::NoAddress { url }) }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
