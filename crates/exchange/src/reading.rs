//! From files to items, whatever their form.

use std::path::PathBuf;

use crate::format::Format;
use crate::input::{Found, Input};
use crate::item::{Notice, Place};
use crate::part::{Part, ReadError};
use crate::{geyser, markdown, qna_maker, rasa, records, table, tags};

/// What was read, in the order of the files.
#[derive(Debug, Default)]
pub struct Reading {
    /// Each file, or group of files that belong together.
    pub parts: Vec<Part>,
    /// The files of folders that were not read.
    pub ignored: Vec<Notice>,
}

/// Reads files and folders. Without `format`, each file shows which one it has.
///
/// # Errors
///
/// [`ReadError`] for the first file that cannot be imported at all. Single questions that cannot be
/// read are no error, but in [`Part::notices`], and so are files of a folder that have no known
/// form in [`Reading::ignored`].
pub fn read(paths: &[PathBuf], format: Option<Format>) -> Result<Reading, ReadError> {
    let mut inputs: Vec<(Format, Input)> = Vec::new();
    let mut ignored: Vec<Notice> = Vec::new();
    for path in paths {
        let found = Found::read(path).map_err(|source| ReadError::Unreadable { path: path.clone(), source })?;
        let is_folder = path.is_dir();
        let mut own: Vec<(Format, Input)> = Vec::new();
        let mut others = found.ignored;
        for input in found.inputs {
            let form = if is_folder { form_within(&input, format) } else { format.or_else(|| recognised(&input)) };
            match form {
                Some(form) => own.push((form, input)),
                None if is_folder => others.push(input.path),
                None => return Err(ReadError::Unrecognised { path: input.path }),
            }
        }
        if own.is_empty() {
            let help = "it has no file of a known form, such as .csv or .md".to_owned();
            return Err(ReadError::NoQuestions { path: path.clone(), help });
        }
        if format.is_none() {
            keep_tags_together(&mut own, &mut others);
        }
        others.sort();
        let are_tags = own.iter().all(|(form, _)| *form == Format::GeyserDiscordBot);
        let why = if are_tags { "it is no tag, and is ignored" } else { "its form is not known, and it is ignored" };
        ignored.extend(others.into_iter().map(|file| {
            let place = Place { file, line: None, what: String::new() };
            Notice::left_out(&place, why)
        }));
        inputs.append(&mut own);
    }
    let mut parts = Vec::new();
    // Several files make up one whole in these forms.
    for format in [Format::Rasa, Format::PythonDiscord, Format::GeyserDiscordBot] {
        let together: Vec<&Input> =
            inputs.iter().filter(|(other, _)| *other == format).map(|(_, input)| input).collect();
        if together.is_empty() {
            continue;
        }
        parts.push(match format {
            Format::Rasa => rasa::read(&together)?,
            Format::GeyserDiscordBot => geyser::read(&together),
            _ => tags::python_discord(&together),
        });
    }
    for (format, input) in &inputs {
        parts.push(match format {
            Format::Rasa | Format::PythonDiscord | Format::GeyserDiscordBot => continue,
            Format::Csv | Format::Tsv => table::read(input, *format)?,
            Format::Json | Format::Yaml => records::read(input, *format)?,
            Format::Markdown => markdown::read(input)?,
            Format::QnaMaker => qna_maker::read(input)?,
            Format::DiscordUtilsBot => tags::discord_utils_bot(input)?,
        });
    }
    Ok(Reading { parts, ignored })
}

/// A tag may have bold questions, as a page has: where most pages of a folder are tags, all are.
/// What lies beside tags that have an ending of their own, such as a page about them, is none.
fn keep_tags_together(inputs: &mut Vec<(Format, Input)>, others: &mut Vec<PathBuf>) {
    let count = |form: Format| inputs.iter().filter(|(other, _)| *other == form).count();
    if count(Format::GeyserDiscordBot) * 2 >= inputs.len() {
        let rest = inputs.extract_if(.., |(form, _)| *form != Format::GeyserDiscordBot);
        others.extend(rest.map(|(_, input)| input.path));
    } else if count(Format::PythonDiscord) > count(Format::Markdown) {
        let pages = inputs.iter_mut().filter(|(form, _)| *form == Format::Markdown);
        pages.for_each(|(form, _)| *form = Format::PythonDiscord);
    }
}

/// The form of a file in a folder, of which only some may be meant.
fn form_within(input: &Input, format: Option<Format>) -> Option<Format> {
    let is_meant = match format {
        Some(Format::GeyserDiscordBot) => recognised(input) == format,
        Some(Format::PythonDiscord) => matches!(input.ending().as_str(), "md" | "markdown"),
        _ => !input.has_no_ending(),
    };
    if format.is_some() { format.filter(|_| is_meant) } else { recognised(input) }
}

/// The form that a file seems to have, by its ending and by what is in it.
fn recognised(input: &Input) -> Option<Format> {
    let text = input.text.as_str();
    Some(match input.ending().as_str() {
        "csv" => Format::Csv,
        "tsv" | "tab" | "txt" if qna_maker::is_table(text) => Format::QnaMaker,
        "tsv" | "tab" => Format::Tsv,
        "json" if qna_maker::is_json(text) => Format::QnaMaker,
        "json" => Format::Json,
        "yaml" | "yml" if rasa::is_rasa(text) => Format::Rasa,
        "yaml" | "yml" => Format::Yaml,
        "md" | "markdown" if tags::is_python_discord(text) => Format::PythonDiscord,
        "md" | "markdown" if !markdown::has_questions(text) => Format::PythonDiscord,
        "md" | "markdown" | "mdx" => Format::Markdown,
        // A slip in its head is named, and is no reason to refuse the others.
        "tag" => Format::GeyserDiscordBot,
        _ if input.has_no_ending() && geyser::is_tag(text) => Format::GeyserDiscordBot,
        "toml" if tags::is_discord_utils_bot(text) => Format::DiscordUtilsBot,
        _ => return None,
    })
}
