//! `overlay`: folds what was changed in an overlay, beside a base that may not be written to, into
//! the base itself.

use std::io::Write;

use super::arguments::{OverlayArguments, OverlayCommand};
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use footnote_curation::{Curation, Folders, Merged, Settings};
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::without_controls;

pub(super) fn run(arguments: &OverlayArguments, config: &Config) -> Result<Verdict, CommandError> {
    let OverlayCommand::Merge { overlay } = &arguments.command;
    let folder = &*config.knowledge;
    let overlay = overlay.clone().or_else(|| config.overlay.clone());
    let overlay = overlay.unwrap_or_else(|| Folders::usual_overlay(folder));
    let folders = Folders::layered(vec![folder.to_owned()], &overlay);
    let Merged { files, changes } = Curation::new(Settings::new(folders)).merge_overlay()?;
    let mut out = anstream::stdout().lock();
    let mut say = |line: &str| writeln!(out, "{}", without_controls(line)).map_err(CommandError::Io);
    if files.is_empty() && changes == 0 {
        say(&format!("there is nothing to merge in {}", overlay.display()))?;
        return Ok(Verdict::Negative);
    }
    for file in &files {
        say(&format!("{} written", folder.join(file).display()))?;
    }
    say(&format!("{} of {} merged", counted(changes, "change"), overlay.display()))?;
    Ok(Verdict::Positive)
}
