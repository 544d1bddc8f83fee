//! The commands, one in each file, and what the buttons and menus below their cards do.
//!
//! [`command`] says what a command is, and [`registry`] lists them all.

pub(super) mod about;
pub(super) mod ask;
pub(super) mod catalogue;
pub(super) mod check;
pub(super) mod command;
mod compose;
pub(super) mod curation;
mod curator;
pub(super) mod delete;
mod drafts;
pub(super) mod find_answer;
pub(super) mod follow_up;
pub(super) mod gaps;
mod help;
mod new_topic;
mod owners;
mod people;
pub(super) mod preview;
mod records;
pub(super) mod registry;
pub(super) mod reload;
pub(super) mod settings;
mod stats;
pub(super) mod suggestions;
mod teach;
pub(super) mod thread;
