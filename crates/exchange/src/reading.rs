//! From files to items, whatever their form.

use std::path::PathBuf;

use crate::format::Format;
use crate::input::Input;
use crate::part::{Part, ReadError};
use crate::{geyser, markdown, qna_maker, rasa, records, table, tags};

/// What was read, in the order of the files.
#[derive(Debug, Default)]
pub struct Reading {
    /// Each file, or group of files that belong together.
    pub parts: Vec<Part>,
}

/// Reads files and folders. Without `format`, each file shows which one it has.
///
/// # Errors
///
/// [`ReadError`] for the first file that cannot be imported at all. Single questions that cannot be
/// read are no error, but in [`Part::notices`].
pub fn read(paths: &[PathBuf], format: Option<Format>) -> Result<Reading, ReadError> {
    let mut inputs: Vec<(Format, Input)> = Vec::new();
    for path in paths {
        let read = Input::read(path).map_err(|source| ReadError::Unreadable { path: path.clone(), source })?;
        if read.is_empty() {
            let help = "it has no file with a known ending, such as .csv or .md".to_owned();
            return Err(ReadError::NoQuestions { path: path.clone(), help });
        }
        let first = inputs.len();
        for input in read {
            let unrecognised = || ReadError::Unrecognised { path: input.path.clone() };
            inputs.push((format.or_else(|| recognised(&input)).ok_or_else(unrecognised)?, input));
        }
        if format.is_none() {
            keep_tags_together(&mut inputs[first..]);
        }
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
    Ok(Reading { parts })
}

/// A tag may have bold questions, as a page has. Where most pages of a folder are tags, all are.
fn keep_tags_together(inputs: &mut [(Format, Input)]) {
    let count = |form: Format| inputs.iter().filter(|(other, _)| *other == form).count();
    if count(Format::PythonDiscord) > count(Format::Markdown) {
        let pages = inputs.iter_mut().filter(|(form, _)| *form == Format::Markdown);
        pages.for_each(|(form, _)| *form = Format::PythonDiscord);
    }
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
        "tag" if geyser::is_tag(text) => Format::GeyserDiscordBot,
        "toml" if tags::is_discord_utils_bot(text) => Format::DiscordUtilsBot,
        _ => return None,
    })
}
