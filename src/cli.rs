//! The command line: its subcommands and options, and the exit codes.

mod ask;
mod check;
mod eval;
mod journal;
mod serve;
mod terminal;

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::eprintln;
use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError, TokenError};
use crate::discord::gateway::ServeError;
use crate::discord::webhook::WebhookError;
use crate::journal::{ExportError, JournalError};
use crate::telemetry;
use footnote_evaluation::SetError;
use footnote_evaluation::threshold::ChoiceError;
use footnote_knowledge::grounding::DocumentError;
use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{self, KnowledgeBase, LoadError};

/// Answers questions from a curated knowledge base and shows the source of every answer, on Discord
/// and on the terminal.
#[derive(Debug, Parser)]
#[command(name = "footnote", version, max_term_width = 100)]
struct Arguments {
    /// The configuration file [default: config.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the knowledge base [default: the one that the configuration names]
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<PathBuf>,
    #[command(subcommand)]
    subcommand: Command,
}

impl Arguments {
    /// What clap cannot check: global options that conflict with a subcommand's.
    fn check(&self) -> Result<(), CommandError> {
        match &self.subcommand {
            Command::Eval(eval) if eval.train.is_some() && self.knowledge.is_some() => Err(CommandError::TwoBases),
            _ => Ok(()),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer a question on the terminal
    ///
    /// Without a question, opens a prompt. Exit code: 0 answered, 1 no answer (a prompt or a batch
    /// always ends with 0), 2 wrong usage, configuration or knowledge base.
    Ask(AskArguments),
    /// Answer on Discord: connect to it, or with the webhook listen for it
    ///
    /// The bot's token comes from the environment: DISCORD_TOKEN, or DISCORD_TOKEN_FILE with the
    /// path of a file. SIGTERM or Ctrl-C stops it.
    Serve,
    /// Check the knowledge base and show everything that is wrong with it
    ///
    /// Exit code: 0 nothing found, 1 problems found, 2 the folder or the documents cannot be read.
    Check(CheckArguments),
    /// Measure how well a set of questions is answered
    ///
    /// A set is a file of JSON lines: {"q": "…", "entry": "id"}, with null for a question that has
    /// no answer, or {"q", "kind", "all", "none", "sources"}. docs/KNOWLEDGE.md explains both, and
    /// what the figures mean.
    Eval(EvalArguments),
    /// Show unanswered questions and votes, or delete them
    ///
    /// This also works while the bot runs. Exit code: 0 done, 1 the journal cannot be read or
    /// written, 2 wrong usage or configuration, or no journal.
    Journal(JournalArguments),
}

#[derive(Debug, Args)]
struct AskArguments {
    /// Print JSON: one object, or with --batch one a line
    #[arg(long)]
    json: bool,
    /// Read a question a line from standard input
    #[arg(long, conflicts_with = "question")]
    batch: bool,
    /// The question; its words need no quotation marks
    #[arg(value_name = "QUESTION")]
    question: Vec<String>,
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// Also compare with the documents in this folder, one ID.txt for each source
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct EvalArguments {
    /// The question sets
    #[arg(value_name = "FILE", required_unless_present = "leave_one_out")]
    files: Vec<PathBuf>,
    /// Ask a base that is made from this file instead of a knowledge folder
    ///
    /// JSON lines {"q": "…", "entry": "id"}: each id becomes an entry, its questions the entry's
    /// phrasings.
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "leave_one_out")]
    train: Option<PathBuf>,
    /// Ask every phrasing of the base, with that phrasing taken out of the index
    #[arg(long, conflicts_with = "files")]
    leave_one_out: bool,
    /// Choose `answer_at` on the question sets themselves and count with it, without suggestions
    ///
    /// It is the confidence with the most right outcomes: the right entry for questions that have an
    /// answer, no answer for the others. Of equal confidences, the highest.
    #[arg(long, conflicts_with = "leave_one_out")]
    choose_threshold: bool,
    /// Draw right answers against wrong ones as `answer_at` moves
    #[arg(long, value_name = "FILE.svg")]
    curve: Option<PathBuf>,
    /// How many failures to list [default: all of up to 50, the first 20 of more]
    #[arg(long, value_name = "NUMBER", conflicts_with = "json")]
    failures: Option<usize>,
    /// Print JSON, with all failures
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct JournalArguments {
    #[command(subcommand)]
    command: JournalCommand,
}

#[derive(Debug, Subcommand)]
enum JournalCommand {
    /// List the unanswered questions, similar ones together, the most asked first
    Gaps {
        /// Print JSON: an object a line for each group
        #[arg(long)]
        json: bool,
        /// Only what was asked in this server
        #[arg(long, value_name = "ID", value_parser = snowflake())]
        server: Option<u64>,
    },
    /// Print everything as JSON, an object a line: questions, votes, and the totals of each entry
    Export,
    /// Delete the questions and votes of at least this age; 0 deletes all
    Purge {
        /// The age in days; for a question, since it was last asked
        #[arg(long, value_name = "DAYS")]
        older_than: u32,
    },
    /// Delete all votes of a member
    Forget {
        /// The member's Discord id
        #[arg(value_name = "MEMBER_ID", value_parser = snowflake())]
        member: u64,
    },
}

/// An id of Discord: positive, with at most 63 bits.
fn snowflake() -> RangedU64ValueParser<u64> {
    RangedU64ValueParser::new().range(1..=i64::MAX.unsigned_abs())
}

/// How a subcommand that ran to its end turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Done; a question was answered, nothing was found wrong.
    Positive,
    /// No answer, or problems found.
    Negative,
}

/// Why a subcommand could not do its work.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Knowledge(#[from] LoadError),
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("there is no journal: journal.enabled is false in the configuration")]
    NoJournal,
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    #[error(transparent)]
    Set(#[from] SetError),
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    #[error(transparent)]
    Curve(#[from] eval::CurveError),
    #[error("--train makes the base and --knowledge names another: leave one of them out")]
    TwoBases,
    #[error("no question given: add one, or --batch to read questions from standard input")]
    NoQuestion,
    #[error("cannot read or write")]
    Io(#[source] io::Error),
    #[error("the prompt failed")]
    Prompt(#[source] rustyline::error::ReadlineError),
}

impl From<ExportError> for CommandError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Journal(error) => Self::Journal(error),
            ExportError::Write(error) => Self::Io(error),
        }
    }
}

impl CommandError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_)
            | Self::Knowledge(_)
            | Self::Document(_)
            | Self::Token(_)
            | Self::Set(_)
            | Self::Choice(_)
            | Self::Curve(_)
            | Self::NoJournal
            | Self::TwoBases
            | Self::NoQuestion => ExitCode::from(2),
            Self::Serve(error) if error.is_configuration() => ExitCode::from(2),
            Self::Journal(error) if error.is_configuration() => ExitCode::from(2),
            Self::Webhook(error) if error.is_configuration() => ExitCode::from(2),
            Self::Serve(_) | Self::Webhook(_) | Self::Journal(_) | Self::Io(_) | Self::Prompt(_) => ExitCode::FAILURE,
        }
    }

    /// Prints the error, its problems and its causes: the one place where that is done.
    fn print(&self) {
        let diagnostics = match self {
            Self::Config(error) => Some(&error.diagnostics),
            Self::Knowledge(LoadError::Invalid { diagnostics, .. }) => Some(diagnostics),
            _ => None,
        };
        if let Some(diagnostics) = diagnostics {
            eprintln!("{}\n", diagnostics.render(true));
        }
        eprintln!("footnote: {}", without_controls(&self.to_string()));
        let mut cause = self.source();
        while let Some(error) = cause {
            eprintln!("  because: {}", without_controls(&error.to_string()));
            cause = error.source();
        }
    }
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(arguments) {
        Ok(Verdict::Positive) => ExitCode::SUCCESS,
        Ok(Verdict::Negative) => ExitCode::FAILURE,
        // The reader of our output has closed the pipe, as `head` does.
        Err(CommandError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            error.print();
            error.exit_code()
        }
    }
}

fn execute(arguments: Arguments) -> Result<Verdict, CommandError> {
    arguments.check()?;
    let mut config = Config::load(arguments.config.as_deref())?;
    if let Some(folder) = arguments.knowledge {
        config.knowledge = folder;
    }
    telemetry::start(config.log);
    match arguments.subcommand {
        Command::Ask(arguments) => ask::run(&arguments, &config),
        Command::Serve => serve::run(&config),
        Command::Check(arguments) => check::run(&arguments, &config),
        Command::Eval(arguments) => eval::run(&arguments, &config),
        Command::Journal(arguments) => journal::run(&arguments, &config),
    }
}

fn load_knowledge(config: &Config) -> Result<KnowledgeBase, CommandError> {
    Ok(footnote_knowledge::load(&config.knowledge)?)
}
