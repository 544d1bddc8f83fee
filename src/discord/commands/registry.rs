//! The list of commands. A new one is a new file and one line here.

use super::about::About;
use super::ask::Ask;
use super::catalogue::{SOURCES, TOPICS};
use super::check::Check;
use super::command::{Command, Definition};
use super::drafts::Drafts;
use super::find_answer::FindAnswer;
use super::gaps::Gaps;
use super::help::Help;
use super::preview::Preview;
use super::reload::Reload;
use super::settings::Settings;
use super::stats::Stats;
use super::suggestions::Suggestions;
use super::teach::Teach;

/// All commands, in the order in which they are registered.
static COMMANDS: [&dyn Command; 15] = [
    &Ask,
    &FindAnswer,
    &TOPICS,
    &SOURCES,
    &Help,
    &About,
    &Gaps,
    &Suggestions,
    &Stats,
    &Settings,
    &Teach,
    &Drafts,
    &Reload,
    &Check,
    &Preview,
];

/// The command of this name.
pub(in crate::discord) fn find(name: &str) -> Option<&'static dyn Command> {
    COMMANDS.into_iter().find(|command| command.definition().name == name)
}

/// How all commands are registered.
pub(in crate::discord) fn definitions() -> impl Iterator<Item = &'static Definition> {
    COMMANDS.into_iter().map(Command::definition)
}
