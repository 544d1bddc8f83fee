//! The options of all subcommands where one of them has no use for them.
//!
//! `--config` and `--knowledge` may stand before the subcommand, so the parser takes them for every
//! subcommand. Where one would be ignored, somebody would wait for what it does: there it is not
//! shown, and refused.

use std::env;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches, value_parser};

use super::Arguments;

/// The subcommands that have no use for an option, each with these options.
const UNUSED: [(&str, &[&str]); 8] = [
    ("init", &["config", "knowledge"]),
    ("schema", &["config", "knowledge"]),
    ("completions", &["config", "knowledge"]),
    ("man", &["config", "knowledge"]),
    ("health", &["knowledge"]),
    ("journal", &["knowledge"]),
    ("suggestions", &["knowledge"]),
    ("stats", &["knowledge"]),
];

/// The command line, where each subcommand shows the options that it uses.
pub(in crate::cli) fn command() -> Command {
    UNUSED.iter().fold(Arguments::command(), |command, (name, options)| {
        command.mut_subcommand(name, |subcommand| {
            options.iter().map(|option| unseen(option)).fold(subcommand, Command::arg)
        })
    })
}

/// Takes the place of the option of the same name.
fn unseen(option: &'static str) -> Arg {
    let arg = Arg::new(option).long(option).short(option.chars().next());
    arg.global(true).hide(true).value_parser(value_parser!(PathBuf))
}

/// The arguments of the process. Ends it if they are wrong.
pub(in crate::cli) fn parsed() -> Arguments {
    let mut command = command();
    let matches = command.try_get_matches_from_mut(env::args_os()).unwrap_or_else(|error| error.exit());
    if let Some((name, option)) = unused(&matches) {
        let message = format!("`footnote {name}` has no use for --{option}: leave it out");
        command.error(ErrorKind::ArgumentConflict, message).exit();
    }
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
}

/// The subcommand and an option that it has no use for.
fn unused(matches: &ArgMatches) -> Option<(&'static str, &'static str)> {
    let (name, options) = UNUSED.iter().find(|(name, _)| Some(*name) == matches.subcommand_name())?;
    options.iter().find(|option| matches.contains_id(option)).map(|option| (*name, *option))
}
