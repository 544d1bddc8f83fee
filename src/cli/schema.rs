//! `schema`: prints the form of the files of a knowledge base, for editors.

use std::io::Write;

use super::arguments::SchemaArguments;
use super::outcome::{CommandError, Verdict};

pub(super) fn run(arguments: &SchemaArguments) -> Result<Verdict, CommandError> {
    let schema =
        serde_json::to_string_pretty(&arguments.of.schema()).map_err(|error| CommandError::Io(error.into()))?;
    writeln!(anstream::stdout(), "{schema}").map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}
