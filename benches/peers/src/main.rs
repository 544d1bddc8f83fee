//! Compares Footnote's search with other engines: the same texts, the same questions, one run.
//!
//! Figures from different runs or machines say little. Everything in one table was measured in
//! one process, engine by engine in turn. docs/PERFORMANCE.md says how to run it and what each
//! column means. In reading order:
//!
//! - [`input`] is what is searched and asked: a base with a question set.
//! - [`engine`] is what every engine can do, with one file per engine; [`documents`] has the
//!   texts that they index.
//! - [`memory`], [`timing`] and [`percentile`] measure.
//! - [`comparison`] compares the engines; [`growth`] and [`autocomplete`] measure only Footnote.
//! - [`table`] and [`setting`] print.

mod autocomplete;
mod comparison;
mod documents;
mod engine;
mod growth;
mod input;
mod memory;
mod percentile;
mod setting;
mod synthetic;
mod table;
mod timing;

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgGroup, Parser};

use comparison::ComparisonError;
use growth::GrowthError;
use input::{Input, InputError};

/// Compares Footnote's search with tantivy, SQLite FTS5 and the crate bm25
#[derive(Debug, Parser)]
#[command(name = "peers", max_term_width = 100)]
#[command(group(ArgGroup::new("input").args(["questions", "train"]).multiple(true)))]
#[command(group(ArgGroup::new("work").args(["questions", "train", "growth"]).multiple(true).required(true)))]
struct Arguments {
    /// Question sets about the knowledge base
    #[arg(value_name = "QUESTIONS.jsonl")]
    questions: Vec<PathBuf>,
    /// The folder of the knowledge base
    #[arg(long, value_name = "DIR", default_value = "knowledge")]
    knowledge: PathBuf,
    /// A training set to search instead of the knowledge base, and a question set about it; can be
    /// given more than once
    #[arg(long, num_args = 2, value_names = ["TRAIN.jsonl", "VAL.jsonl"])]
    train: Vec<PathBuf>,
    /// Also time Footnote's autocomplete on every prefix of the questions
    #[arg(long, requires = "input")]
    autocomplete: bool,
    /// Time Footnote on made-up bases of growing size
    #[arg(long)]
    growth: bool,
}

/// Why the measurement ended early.
#[derive(Debug, thiserror::Error)]
enum PeersError {
    #[error(transparent)]
    Input(#[from] InputError),
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
    #[error(transparent)]
    Growth(#[from] GrowthError),
    #[error("cannot write the tables")]
    Output(#[from] io::Error),
}

impl PeersError {
    /// Whether the reader of the tables has closed the pipe.
    fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn print_error(error: &PeersError) {
    if let PeersError::Input(InputError::Knowledge(footnote_knowledge::LoadError::Invalid { diagnostics, .. })) = error
    {
        eprintln!("{}\n", diagnostics.render(false));
    }
    eprintln!("peers: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
}

fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), PeersError> {
    setting::print(out)?;
    for questions in &arguments.questions {
        measure(&Input::of_knowledge(&arguments.knowledge, questions)?, arguments.autocomplete, out)?;
    }
    for pair in arguments.train.chunks_exact(2) {
        measure(&Input::of_training_set(&pair[0], &pair[1])?, arguments.autocomplete, out)?;
    }
    if arguments.growth {
        growth::print(out, &growth::measure()?)?;
    }
    Ok(())
}

fn measure(input: &Input, autocomplete: bool, out: &mut impl Write) -> Result<(), PeersError> {
    comparison::print(out, input, &comparison::measure(input)?)?;
    if autocomplete {
        autocomplete::print(out, &autocomplete::measure(input))?;
    }
    Ok(())
}
