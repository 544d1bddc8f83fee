//! Footnote answers a community's questions from a curated knowledge base and shows the source of
//! every answer.
//!
//! This is the bot and its command line. What they rest on are crates of their own:
//! [`footnote_knowledge`] is the base with its loader, [`footnote_search`] finds and decides, and
//! [`footnote_evaluation`] measures. The modules, in reading order:
//!
//! - [`secret`] finds what must not stand in a file that might be committed.
//! - [`config`] turns `config.toml` and the environment into a validated configuration.
//! - [`telemetry`] sets up logs.
//! - [`base`] knows the folders of the base.
//! - [`check`] puts together everything that is wrong with a base.
//! - [`links`] asks whether the addresses of a base lead somewhere.
//! - [`calibration`] finds or learns how much each piece of evidence counts in a base.
//! - [`journal`] keeps unanswered questions and members' votes.
//! - [`health`] knows whether each part of the bot is ready.
//! - [`http`] answers probes and shows the metrics.
//! - [`discord`] carries questions and replies over Discord's gateway or webhook.
//! - [`relations`] knows what leads from an entry to others.
//! - [`json`] is what other programs are told of replies and entries.
//! - [`web`] shows the base to everyone: pages for people, an API for programs.
//! - [`cli`] is the command line, one module for each subcommand.
//!
//! `docs/ARCHITECTURE.md` says which module may use which; a test keeps it so.

pub mod base;
pub mod calibration;
pub mod check;
pub mod cli;
pub mod config;
pub mod discord;
pub mod health;
pub mod http;
pub mod journal;
pub mod json;
pub mod language;
pub mod links;
pub mod relations;
pub mod secret;
pub mod telemetry;
pub mod web;
