//! Questions to whoever types on a terminal. What cannot be taken is asked for again, so that
//! nobody loses what they have typed before.

use std::io::{self, IsTerminal, Write};

use super::outcome::CommandError;
use footnote_knowledge::text::plain::{on_one_line, without_controls};

/// Whether somebody can be asked.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal()
}

/// What an option says, or what is typed on a terminal, as `take` takes it.
pub(super) fn asked<T>(
    option: Option<&str>,
    question: &str,
    take: impl Fn(&str) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let mut given = option.map(|text| text.trim().to_owned());
    loop {
        let answer = match given.take() {
            Some(answer) => answer,
            None if is_possible() => typed(question)?,
            None => return Err(not_said(question)),
        };
        match take(&answer) {
            Err(error) if is_possible() => say(&error.to_string())?,
            taken => return taken,
        }
    }
}

/// A line of its own for whoever types.
pub(super) fn say(text: &str) -> Result<(), CommandError> {
    say_on(anstream::stderr(), text)
}

/// A text on lines of its own, without what would control a terminal.
pub(super) fn say_on(mut out: impl Write, text: &str) -> Result<(), CommandError> {
    let lines: Vec<String> = text.lines().map(without_controls).collect();
    writeln!(out, "{}", lines.join("\n")).map_err(CommandError::Io)
}

/// The next line, which may be empty. The end of the input is an error, because the question has
/// no answer then.
pub(super) fn typed(question: &str) -> Result<String, CommandError> {
    let mut out = anstream::stderr();
    write!(out, "{question} ").and_then(|()| out.flush()).map_err(CommandError::Io)?;
    let mut line = String::new();
    if io::stdin().read_line(&mut line).map_err(CommandError::Io)? == 0 {
        say("")?;
        return Err(not_said(question));
    }
    Ok(on_one_line(&line))
}

fn not_said(question: &str) -> CommandError {
    CommandError::NotSaid { question: question.trim_end_matches([':', '?']).to_owned() }
}
