//! Measures Footnote's webhook beside the one thing that it cannot do without, and attacks it.
//!
//! The verification of signatures limits how fast any webhook can be, so the rate of bare
//! verification is the yardstick for the rate of answered questions. Both come from one run on
//! one core. Then many requests that Discord did not sign are tried. docs/PERFORMANCE.md says how
//! to run it. In reading order:
//!
//! - [`signer`] makes the requests that Discord would make.
//! - [`throughput`] measures verification, the bare answer, and the webhook on a socket.
//! - [`client`] sends requests over that socket.
//! - [`mutation`] alters requests, and [`attack`] tries them.

mod attack;
mod client;
mod mutation;
mod signer;
mod throughput;

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use clap::Parser;
use footnote::config::{Config, PublicKeyError};
use footnote::discord::{App, Setup};
use footnote_knowledge::{self, LoadError};
use footnote_search::reply::Answerer;

use attack::AttackError;
use throughput::ThroughputError;

/// Measures the webhook beside bare verification of signatures, and tries requests that Discord did
/// not sign
#[derive(Debug, Parser)]
#[command(name = "webhook", max_term_width = 100)]
struct Arguments {
    /// The folder of the knowledge base
    #[arg(long, value_name = "DIR", default_value = "knowledge")]
    knowledge: PathBuf,
    /// What is asked
    #[arg(long, default_value = "when did KFOR deploy")]
    question: String,
    /// How many requests a round has
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..))]
    requests: u32,
    /// How many rounds are measured
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// How many altered requests are tried
    #[arg(long, default_value_t = 1_000_000)]
    mutations: u64,
    /// What the alterations are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Why the run ended early.
#[derive(Debug, thiserror::Error)]
enum BenchError {
    #[error(transparent)]
    Knowledge(#[from] LoadError),
    #[error("the key that signs is not one that the webhook takes")]
    Key(#[from] PublicKeyError),
    #[error(transparent)]
    Throughput(#[from] ThroughputError),
    #[error(transparent)]
    Attack(#[from] AttackError),
    #[error("cannot write the figures")]
    Output(#[from] io::Error),
}

fn main() -> ExitCode {
    match run(&Arguments::parse(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn print_error(error: &BenchError) {
    if let BenchError::Knowledge(LoadError::Invalid { diagnostics, .. }) = error {
        eprintln!("{}\n", diagnostics.render(false));
    }
    eprintln!("webhook: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
}

fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), BenchError> {
    print_setting(out)?;
    let base = footnote_knowledge::load(&arguments.knowledge)?;
    let answerer = Answerer::new(base, Config::default().thresholds);
    let base = footnote_knowledge::load(&arguments.knowledge)?;
    let setup = Setup::new(Answerer::new(base, Config::default().thresholds), &arguments.knowledge);
    let app = Arc::new(App::new(setup));
    let rounds = throughput::measure(&app, &answerer, &arguments.question, arguments.requests, arguments.rounds)?;
    throughput::print(out, &rounds)?;
    let survived = attack::run(&app, &arguments.question, arguments.mutations, arguments.seed)?;
    attack::print(out, &survived)?;
    Ok(())
}

/// Prints a warning for each setting that would make the figures wrong.
fn print_setting(out: &mut impl Write) -> io::Result<()> {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    if cores != 1 {
        writeln!(
            out,
            "{cores} cores are available: \
             run under `taskset -c 0` for the rates of one"
        )?;
    }
    if cfg!(debug_assertions) {
        writeln!(out, "built without optimization, so the rates tell nothing: run with --release")?;
    }
    Ok(())
}
