//! `fmt`: puts the files of a base in order, as docs/KNOWLEDGE.md lists their keys.

use std::fs;
use std::io::Write;

use super::arguments::base::FmtArguments;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use footnote_curation::in_order;
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{Layer, LoadError};

pub(super) fn run(arguments: &FmtArguments, config: &Config) -> Result<Verdict, CommandError> {
    let folder = &config.knowledge;
    let layer = Layer::read(folder)
        .map_err(|source| CommandError::Knowledge(LoadError::Folder { path: folder.clone(), source }))?;
    let mut out = anstream::stdout().lock();
    let mut changed = 0;
    for file in layer.files() {
        let name = layer.name_of(file);
        if file.text.trim_start_matches('\u{feff}').parse::<toml::Table>().is_err() {
            return Err(CommandError::NotToml { path: file.path.clone() });
        }
        let ordered = in_order(&name, &file.text)?;
        if ordered == file.text {
            continue;
        }
        changed += 1;
        let path = without_controls(&file.path.display().to_string());
        if arguments.check {
            writeln!(out, "{path} is not in order").map_err(CommandError::Io)?;
            continue;
        }
        // Beside the file first: a crash leaves one of the two whole.
        let beside = file.path.with_extension("toml.new");
        let failed = |source| CommandError::Written { path: file.path.clone(), source };
        let mark = if fs::read(&file.path).map_err(failed)?.starts_with(b"\xef\xbb\xbf") { "\u{feff}" } else { "" };
        fs::write(&beside, format!("{mark}{}", ordered.trim_start_matches('\u{feff}'))).map_err(failed)?;
        fs::rename(&beside, &file.path).map_err(failed)?;
        writeln!(out, "{path} is in order now").map_err(CommandError::Io)?;
    }
    if changed == 0 {
        let files = counted(layer.files().count(), "file");
        writeln!(out, "{files} in order").map_err(CommandError::Io)?;
    }
    Ok(if arguments.check && changed > 0 { Verdict::Negative } else { Verdict::Positive })
}
