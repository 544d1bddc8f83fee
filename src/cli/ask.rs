//! `ask`: a question on the terminal, a prompt for many, or lines for programs.

mod json;
mod prompt;

use std::io::{self, BufRead, IsTerminal, Read, Write};

use super::arguments::AskArguments;
use super::outcome::{CommandError, Verdict};
use super::terminal::{Explained, Page, write_json};
use crate::calibration::Weighing;
use crate::config::Config;
use crate::web::{Form, Site};
use footnote_search::reply::{Answerer, Outcome, Reply};
use json::ExplainedReplyJson;

pub(super) fn run(arguments: &AskArguments, config: &Config) -> Result<Verdict, CommandError> {
    let mut question = arguments.question.join(" ");
    let interactive = arguments.question.is_empty() && !arguments.batch;
    let is_piped = interactive && !io::stdin().is_terminal();
    if is_piped {
        // A message of several lines is one question too.
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(CommandError::Io)?;
        String::from_utf8_lossy(&bytes).trim().clone_into(&mut question);
    }
    let opens_prompt = interactive && !is_piped;
    if !opens_prompt && !arguments.batch && question.trim().is_empty() {
        return Err(CommandError::NoQuestion);
    }
    let folders = config.folders();
    let base = folders.load()?;
    let weighing = match Weighing::found(&base, &folders.now(), config.unanswerable)? {
        Some(found) => found,
        // Many questions are worth the time that this takes.
        None if arguments.batch => Weighing::learned(&base, config.unanswerable),
        None => Weighing::prior(),
    };
    let answerer = weighing.answerer(base, config.thresholds);
    let site = Site::new(&config.web, Form::Served);
    let replier = Replier { answerer: &answerer, site, json: arguments.json, explain: arguments.explain };
    if arguments.batch {
        replier.answer_lines().map_err(CommandError::Io)?;
        return Ok(Verdict::Positive);
    }
    if opens_prompt {
        replier.prompt()?;
        return Ok(Verdict::Positive);
    }
    let reply = replier.reply(&question).map_err(CommandError::Io)?;
    Ok(if reply.outcome == Outcome::Answer { Verdict::Positive } else { Verdict::Negative })
}

/// What answers, and in which form.
struct Replier<'a> {
    answerer: &'a Answerer,
    /// Where each entry has a page, if there are pages.
    site: Site,
    json: bool,
    explain: bool,
}

impl<'a> Replier<'a> {
    /// Writes the reply to a question, and returns it.
    fn reply(&self, question: &str) -> io::Result<Reply<'a>> {
        let answerer = self.answerer;
        let reply = answerer.reply(question);
        let explained = self.explain.then(|| Explained {
            answerer,
            outcome: reply.outcome,
            explanation: answerer.explain(question),
        });
        let mut out = anstream::stdout().lock();
        if self.json {
            write_json(&mut out, &ExplainedReplyJson::new(question, &reply, explained.as_ref(), &self.site))?;
        } else {
            Page::new(&mut out).reply(&reply)?;
            if let Some(explained) = &explained {
                writeln!(out)?;
                Page::new(&mut out).explanation(explained)?;
            }
        }
        out.flush()?;
        Ok(reply)
    }

    /// Answers one question per line. Each reply is written before the next question is read, so
    /// that another program can hold a conversation. Replies are a line of JSON each, or text
    /// separated by blank lines.
    fn answer_lines(&self) -> io::Result<()> {
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            self.reply(text.trim_end_matches(['\n', '\r']))?;
            if !self.json {
                writeln!(anstream::stdout())?;
            }
            line.clear();
        }
        Ok(())
    }
}
