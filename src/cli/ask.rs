//! `ask`: a question on the terminal, a prompt for many, or lines for programs.

mod json;

use std::io::{self, BufRead, IsTerminal, Write};

use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use super::arguments::AskArguments;
use super::outcome::{CommandError, Verdict};
use super::terminal::{Page, write_json};
use crate::config::Config;
use footnote_search::reply::{Answerer, Outcome, Reply};
use json::ReplyJson;

pub(super) fn run(arguments: &AskArguments, config: &Config) -> Result<Verdict, CommandError> {
    let interactive = arguments.question.is_empty() && !arguments.batch;
    if interactive && !io::stdin().is_terminal() {
        return Err(CommandError::NoQuestion);
    }
    let answerer = Answerer::new(footnote_knowledge::load(&config.knowledge)?, config.thresholds);
    if arguments.batch {
        answer_lines(&answerer, arguments.json).map_err(CommandError::Io)?;
        return Ok(Verdict::Positive);
    }
    if interactive {
        prompt(&answerer, arguments.json)?;
        return Ok(Verdict::Positive);
    }
    let question = arguments.question.join(" ");
    let reply = answerer.reply(&question);
    write(&question, &reply, arguments.json).map_err(CommandError::Io)?;
    Ok(if reply.outcome == Outcome::Answer { Verdict::Positive } else { Verdict::Negative })
}

fn write(question: &str, reply: &Reply<'_>, json: bool) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    if json {
        write_json(&mut out, &ReplyJson::new(question, reply))?;
    } else {
        Page::new(&mut out).reply(reply)?;
    }
    out.flush()
}

/// Answers one question per line. Each reply is written before the next question is read, so that
/// another program can hold a conversation. Replies are a line of JSON each, or text separated by
/// blank lines.
fn answer_lines(answerer: &Answerer, json: bool) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let question = text.trim_end_matches(['\n', '\r']);
        write(question, &answerer.reply(question), json)?;
        if !json {
            writeln!(anstream::stdout())?;
        }
        line.clear();
    }
    Ok(())
}

fn prompt(answerer: &Answerer, json: bool) -> Result<(), CommandError> {
    let mut editor = DefaultEditor::new().map_err(CommandError::Prompt)?;
    let mut offered: Option<Reply<'_>> = None;
    if !json {
        anstream::println!("Ask a question. An empty line or Ctrl-D quits.");
    }
    loop {
        let question = match editor.readline("? ") {
            Ok(line) if line.trim().is_empty() => return Ok(()),
            Ok(line) => line,
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
            Err(error) => return Err(CommandError::Prompt(error)),
        };
        editor.add_history_entry(&question).map_err(CommandError::Prompt)?;
        if let Some(entry) = offered.as_ref().and_then(|reply| chosen(reply, &question)) {
            Page::new(&mut anstream::stdout().lock()).answer(entry).map_err(CommandError::Io)?;
            anstream::println!();
            continue;
        }
        let reply = answerer.reply(&question);
        write(&question, &reply, json).map_err(CommandError::Io)?;
        if !json {
            anstream::println!();
        }
        offered = (reply.outcome == Outcome::Suggest && !json).then_some(reply);
    }
}

/// The candidate whose number was typed after "did you mean".
fn chosen<'a>(offered: &Reply<'a>, typed: &str) -> Option<&'a footnote_knowledge::Entry> {
    let number: usize = typed.trim().parse().ok()?;
    offered.candidates.get(number.checked_sub(1)?).map(|candidate| candidate.entry)
}
