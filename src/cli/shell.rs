//! `completions` and `man`: what a shell and a reader of manuals want to know of the program.

use std::fs;
use std::io::Write;

use super::arguments::base::{CompletionsArguments, ManArguments};
use super::arguments::command;
use super::outcome::{CommandError, Verdict};

pub(super) fn completions(arguments: &CompletionsArguments) -> Result<Verdict, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "footnote", &mut script);
    anstream::stdout().write_all(&script).map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}

pub(super) fn man(arguments: &ManArguments) -> Result<Verdict, CommandError> {
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command()).render(&mut page).map_err(CommandError::Io)?;
        anstream::stdout().write_all(&page).map_err(CommandError::Io)?;
        return Ok(Verdict::Positive);
    };
    let failed = |source| CommandError::Written { path: folder.clone(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(command(), folder).map_err(failed)?;
    Ok(Verdict::Positive)
}
