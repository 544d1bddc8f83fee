//! The prompt: many questions in a row, edited as in a shell.

use std::env;
use std::fs;
use std::path::PathBuf;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::Replier;
use crate::cli::outcome::CommandError;
use crate::cli::terminal::Page;
use footnote_knowledge::text::plain::on_one_line;
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::reply::Outcome;

/// Names the file of the history; empty for none.
const HISTORY_VARIABLE: &str = "FOOTNOTE_HISTORY";
/// How many questions Tab offers at most.
const OFFERED: usize = 20;
/// How many questions the history keeps.
const KEPT: usize = 1_000;

impl Replier<'_> {
    /// Answers until the input ends. Numbers choose among what was offered last.
    pub(super) fn prompt(&self) -> Result<(), CommandError> {
        let base = self.answerer.base();
        let config = Config::builder().completion_type(CompletionType::List).max_history_size(KEPT);
        let config = config.map_err(CommandError::Prompt)?.build();
        let mut editor = Editor::<Questions<'_>, DefaultHistory>::with_config(config).map_err(CommandError::Prompt)?;
        editor.set_helper(Some(Questions { base }));
        let history = history_file();
        if let Some(path) = &history {
            // The first time there is none, and one that cannot be read is no reason not to answer.
            let _ = editor.load_history(path);
        }
        if !self.json {
            anstream::println!("Ask a question. Tab completes it, Ctrl-D quits.");
        }
        let mut offered: Vec<&Entry> = Vec::new();
        loop {
            let question = match editor.readline("? ") {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => line,
                // As in a shell, this gives up the line, not the program.
                Err(ReadlineError::Interrupted) => continue,
                Err(ReadlineError::Eof) => return Ok(()),
                Err(error) => return Err(CommandError::Prompt(error)),
            };
            editor.add_history_entry(&question).map_err(CommandError::Prompt)?;
            if let Some(path) = &history {
                // At once, so that a terminal that is closed loses nothing.
                let _ = editor.append_history(path);
            }
            offered = match (question.trim().parse::<usize>(), offered.as_slice()) {
                (Ok(number), [_, ..]) => {
                    if let Some(entry) = number.checked_sub(1).and_then(|place| offered.get(place)) {
                        self.chosen(entry)?
                    } else {
                        anstream::println!("Type a number from 1 to {}, or a question.\n", offered.len());
                        offered
                    }
                }
                _ => self.asked(&question)?,
            };
        }
    }

    fn chosen(&self, entry: &Entry) -> Result<Vec<&Entry>, CommandError> {
        let mut out = anstream::stdout().lock();
        let related = self.related(entry);
        let mut page = Page::new(&mut out);
        page.answer(entry).and_then(|()| page.related(&related)).map_err(CommandError::Io)?;
        anstream::println!();
        Ok(related)
    }

    /// Replies to a question, and returns what a number chooses from now on.
    fn asked(&self, question: &str) -> Result<Vec<&Entry>, CommandError> {
        let reply = self.reply(question).map_err(CommandError::Io)?;
        if self.json {
            return Ok(Vec::new());
        }
        let offered = match (reply.outcome, reply.shown()) {
            (Outcome::Answer, Some(entry)) => {
                let related = self.related(entry);
                Page::new(&mut anstream::stdout().lock()).related(&related).map_err(CommandError::Io)?;
                related
            }
            _ => reply.offered().iter().map(|candidate| candidate.entry).collect(),
        };
        anstream::println!();
        Ok(offered)
    }

    fn related(&self, entry: &Entry) -> Vec<&Entry> {
        let base = self.answerer.base();
        entry.related.iter().filter_map(|id| base.entry(&id.value)).collect()
    }
}

/// Where the questions of earlier prompts are: where programs keep their state, if there is such a
/// place.
fn history_file() -> Option<PathBuf> {
    if let Some(named) = env::var_os(HISTORY_VARIABLE) {
        return (!named.is_empty()).then(|| PathBuf::from(named));
    }
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = folder("XDG_STATE_HOME").or_else(|| folder("LOCALAPPDATA"));
    let state = state.or_else(|| folder("HOME").map(|home| home.join(".local/state")))?.join("footnote");
    fs::create_dir_all(&state).ok()?;
    Some(state.join("history"))
}

/// Completes the questions of the base.
struct Questions<'a> {
    base: &'a KnowledgeBase,
}

impl Completer for Questions<'_> {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line[..at].trim_start().to_lowercase();
        let questions = || self.base.entries.iter().map(|entry| on_one_line(&entry.question));
        let begins = questions().filter(|question| question.to_lowercase().starts_with(&typed));
        let mut found: Vec<String> = begins.take(OFFERED).collect();
        if found.is_empty() {
            let has_all = |question: &String| {
                let question = question.to_lowercase();
                typed.split_whitespace().all(|word| question.contains(word))
            };
            found = questions().filter(has_all).take(OFFERED).collect();
        }
        Ok((0, found))
    }
}

impl Hinter for Questions<'_> {
    type Hint = String;
}

impl Highlighter for Questions<'_> {}

impl Validator for Questions<'_> {}

impl Helper for Questions<'_> {}
