//! The command line: its subcommands and options, and the exit codes.

mod add;
mod arguments;
mod ask;
mod asking;
mod check;
mod config;
mod consent;
mod eval;
mod export;
mod file_events;
mod fmt;
mod health;
mod import;
mod init;
mod journal;
mod mcp;
mod outcome;
mod overlay;
mod schema;
mod serve;
mod shell;
mod site;
mod stats;
mod suggestions;
mod terminal;

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::config::{Config, LogFormat, log_format};
use crate::discord::LIBRARY;
use crate::telemetry;
use arguments::{Arguments, Command};
use outcome::{CommandError, Verdict};

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let mut arguments = arguments::parsed();
    arguments.config = arguments.config.or_else(|| path_in("FOOTNOTE_CONFIG"));
    // A collector of logs reads what a service writes to the last line.
    let is_service = matches!(arguments.subcommand, Command::Serve);
    let named = arguments.config.clone();
    match execute(arguments) {
        Ok(Verdict::Positive) => ExitCode::SUCCESS,
        Ok(Verdict::Negative) => ExitCode::FAILURE,
        // The reader of our output has closed the pipe, as `head` does.
        Err(CommandError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            match log_format(named.as_deref()) {
                LogFormat::Json if is_service => error.log(),
                _ => error.print(),
            }
            error.exit_code()
        }
    }
}

fn execute(arguments: Arguments) -> Result<Verdict, CommandError> {
    // Clap cannot see that a global option conflicts with a subcommand's.
    if let Command::Eval(eval) = &arguments.subcommand
        && eval.train.is_some()
        && arguments.knowledge.is_some()
    {
        return Err(CommandError::TwoBases);
    }
    match &arguments.subcommand {
        // These need no configuration, and may come before there is one.
        Command::Completions(arguments) => return shell::completions(arguments),
        Command::Man(arguments) => return shell::man(arguments),
        Command::Init(arguments) => return init::run(arguments),
        Command::Schema(arguments) => return schema::run(arguments),
        _ => {}
    }
    let mut config = Config::load(arguments.config.as_deref())?;
    let named = arguments.knowledge.or_else(|| path_in("FOOTNOTE_KNOWLEDGE"));
    if let Some(server) = arguments.subcommand.server() {
        if named.is_some() {
            return Err(CommandError::TwoFolders);
        }
        config = config.of_server(server)?;
    }
    if let Some(folder) = &named {
        config.knowledge.clone_from(folder);
    }
    telemetry::start(config.log, LIBRARY);
    match arguments.subcommand {
        Command::Ask(arguments) => ask::run(&arguments, &config),
        Command::Serve => serve::run(&config, arguments.config.as_deref()),
        Command::Site(arguments) => site::run(&arguments, &config),
        Command::Mcp => mcp::run(&config),
        Command::Check(arguments) => check::run(&arguments, &config),
        Command::Config => config::run(arguments.config.as_deref(), named.as_deref()),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man(arguments) => shell::man(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Add(add) => add::run(&add, &config, &places(arguments.config.as_deref(), named.as_deref())),
        Command::Fmt(arguments) => fmt::run(&arguments, &config),
        Command::Import(arguments) => import::run(&arguments, &config),
        Command::Export(arguments) => export::run(&arguments, &config),
        Command::Eval(arguments) => eval::run(&arguments, &config),
        Command::Health(arguments) => health::run(&arguments, &config),
        Command::Journal(arguments) => journal::run(&arguments, &config),
        Command::Suggestions(arguments) => suggestions::run(&arguments, &config),
        Command::Stats(arguments) => stats::run(&arguments, &config),
        Command::Overlay(arguments) => overlay::run(&arguments, &config),
    }
}

/// The options that name a configuration and a base, as words of a command.
fn places(config: Option<&Path>, knowledge: Option<&Path>) -> Vec<String> {
    let option = |name: &str, path: &Path| [name.to_owned(), path.display().to_string()];
    let config = config.map(|path| option("--config", path));
    let knowledge = knowledge.map(|path| option("--knowledge", path));
    config.into_iter().chain(knowledge).flatten().collect()
}

/// A path that a variable names. An empty variable names none.
fn path_in(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
