//! Footnote answers a community's questions from a curated knowledge base and shows the source of
//! every answer.
//!
//! The modules in reading order; each knows only those before it, and only [`discord`] knows of
//! Discord's library:
//!
//! - [`diagnostic`] says what is wrong with a hand-written file, and [`toml_file`] reads such files
//!   with every problem found.
//! - [`secret`] finds what must not stand in a file that might be committed.
//! - [`config`] turns `config.toml` and the environment into a validated configuration.
//! - [`fold`] is the form of text in which Thaçi is thaci.
//! - [`knowledge`] is what the bot knows, loaded from TOML, and its check against the documents.
//! - [`search`] finds the entries that a question most likely asks for, each with a confidence.
//! - [`lint`] warns of what is valid in a knowledge base but works badly.
//! - [`answer`] decides between an answer, "did you mean" and "I don't know".
//! - [`evaluation`] measures replies on sets of questions.
//! - [`telemetry`] sets up logs.
//! - [`journal`] keeps what could not be answered, and members' votes.
//! - [`discord`] carries questions and replies over Discord's gateway or webhook.
//! - [`cli`] is the command line, one module a subcommand.

pub mod check;
pub mod cli;
pub mod config;
pub mod discord;
pub mod journal;
pub mod secret;
pub mod telemetry;
