//! `init`: a folder with a knowledge base to start from, which `check` finds nothing wrong with.

mod templates;

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::arguments::base::InitArguments;
use super::outcome::{CommandError, Verdict};
use footnote_knowledge::text::plain::{on_one_line, without_controls};
use templates::Answers;

pub(super) fn run(arguments: &InitArguments) -> Result<Verdict, CommandError> {
    let folder = arguments.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let knowledge = folder.join("knowledge");
    let has_base = fs::read_dir(&knowledge).is_ok_and(|mut files| files.next().is_some());
    if has_base {
        return Err(CommandError::HasBase { folder: knowledge });
    }
    let answers = Answers {
        title: answer(arguments.title.as_deref(), "What are the questions about?", "Questions and answers")?,
        source: answer(arguments.source.as_deref(), "Which document do most answers rest on?", "House rules")?,
        url: answer(arguments.url.as_deref(), "Its address on the web, if it has one?", "")?,
    };
    if !answers.url.is_empty() && !is_address(&answers.url) {
        return Err(CommandError::NoAddress { url: answers.url });
    }
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

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// What an option says, or what is typed on a terminal, or what is usual.
fn answer(option: Option<&str>, question: &str, usual: &str) -> Result<String, CommandError> {
    let given = match option {
        Some(given) => given.to_owned(),
        None if io::stdin().is_terminal() => {
            let hint = if usual.is_empty() { String::new() } else { format!(" [{usual}]") };
            anstream::eprint!("{question}{hint} ");
            io::stderr().flush().map_err(CommandError::Io)?;
            let mut line = String::new();
            io::stdin().read_line(&mut line).map_err(CommandError::Io)?;
            line
        }
        None => String::new(),
    };
    let given = on_one_line(&given);
    Ok(if given.is_empty() { usual.to_owned() } else { given })
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
