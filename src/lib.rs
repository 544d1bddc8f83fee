//! Footnote answers a community's questions from a curated knowledge base and shows the source of
//! every answer.
//!
//! This crate is the program. Loading a base, searching it and measuring the search are the
//! crates [`footnote_knowledge`], [`footnote_search`] and [`footnote_evaluation`].
//!
//! The modules in reading order. Each knows only those before it, and only [`discord`] knows
//! Discord's library:
//!
//! - [`secret`] reads secrets, which must never be in a file that might be committed.
//! - [`config`] turns `config.toml` and the environment into a validated configuration.
//! - [`check`] finds everything that is wrong with a knowledge folder.
//! - [`telemetry`] sets up logs.
//! - [`journal`] keeps unanswered questions and members' votes.
//! - [`discord`] receives questions and sends replies over Discord's gateway or webhook.
//! - [`cli`] is the command line, one module per subcommand.

pub mod check;
pub mod cli;
pub mod config;
pub mod discord;
pub mod journal;
pub mod secret;
pub mod telemetry;
