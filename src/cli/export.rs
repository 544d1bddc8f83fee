//! `export`: the whole base, for a program that reads another form.

use std::io::Write;

use super::arguments::base::ExportArguments;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use footnote_exchange::export;

pub(super) fn run(arguments: &ExportArguments, config: &Config) -> Result<Verdict, CommandError> {
    let base = config.folders().load()?;
    let text = export(&base, arguments.form.into());
    anstream::stdout().write_all(text.as_bytes()).map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}
