//! Asks before something is written or deleted.

use std::io::{self, IsTerminal, Write};

use super::arguments::base::Consent;
use super::outcome::CommandError;

impl Consent {
    /// Whether to go on. Asks on a terminal, unless the options say it; where nobody can be asked,
    /// the command was given by a script, which means it.
    pub(super) fn given(self, question: &str) -> Result<bool, CommandError> {
        if self.dry_run {
            return Ok(false);
        }
        if self.yes {
            return Ok(true);
        }
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Ok(true);
        }
        // Standard output may go into a file.
        anstream::eprint!("{question} [y/N] ");
        io::stderr().flush().map_err(CommandError::Io)?;
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(CommandError::Io)?;
        Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}
