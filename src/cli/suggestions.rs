//! `suggestions`: which entries members chose for their questions.

use std::io::{self, Write};

use super::arguments::SuggestionsArguments;
use super::journal::with_store;
use super::outcome::{CommandError, Verdict};
use super::terminal::write_json;
use crate::config::Config;
use crate::journal::Suggestion;
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::on_one_line;

pub(super) fn run(arguments: &SuggestionsArguments, config: &Config) -> Result<Verdict, CommandError> {
    let server = arguments.server;
    let page = with_store(config, async |store| Ok(store.suggestions(server, 0, u32::MAX).await?))?;
    let mut out = anstream::stdout().lock();
    for suggestion in &page.suggestions {
        if arguments.json { write_json(&mut out, suggestion) } else { write(&mut out, suggestion) }
            .map_err(CommandError::Io)?;
    }
    if !arguments.json {
        let total = match page.total {
            0 => "no suggestions".to_owned(),
            total => counted(total, "suggestion"),
        };
        writeln!(out, "{total}").map_err(CommandError::Io)?;
    }
    out.flush().map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}

fn write(out: &mut impl Write, suggestion: &Suggestion) -> io::Result<()> {
    let Suggestion { question, entry, chosen, narrow, unhelpful, last_seen, .. } = suggestion;
    let said = [("chosen", chosen), ("only just answered", narrow), ("did not help", unhelpful)];
    let said = said.iter().filter(|(_, times)| **times > 0).map(|(what, times)| format!("{what} {times}×"));
    let said: Vec<String> = said.collect();
    writeln!(out, "{}", on_one_line(question))?;
    writeln!(out, "    → {}: {} (last {last_seen})", on_one_line(entry), said.join(", "))
}
