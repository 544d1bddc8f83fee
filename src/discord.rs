//! Discord: interactions in, responses out.
//!
//! [`respond`] turns an interaction into a response without any input or output of its own, so that a transport only
//! carries. This module and those below it are the only ones that know Discord's library.

mod ask;
pub mod commands;
pub mod gateway;
mod registration;
pub mod render;
mod rest;
pub mod text;
pub mod webhook;

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{CreateInteractionResponse, Interaction};

use crate::answer::{Answerer, Outcome};

/// How long interactions in flight may take to finish when the bot stops.
const FINISHING_TIME: Duration = Duration::from_secs(5);

/// The state that all interactions share.
#[derive(Debug, Clone)]
pub struct App {
    /// What is asked.
    pub answerer: Arc<Answerer>,
}

/// What an interaction comes to: what to send, and what to log of it.
#[derive(Debug)]
pub struct Response {
    /// What Discord gets.
    pub body: CreateInteractionResponse,
    /// What the log gets.
    pub summary: Summary,
}

/// What may be logged of an interaction: nothing of who it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The command's name, or what else it was.
    pub command: String,
    /// What it came to: `answer`, `suggest`, `unknown`, `choices` or `unsupported`.
    pub outcome: &'static str,
    /// The confidence of the best entry, 0 to 1; 0 without one.
    pub confidence: f32,
    /// The best entry's id.
    pub entry: Option<String>,
    /// What was asked, for the debug level.
    pub question: Option<String>,
}

impl Summary {
    fn unsupported(command: &str) -> Self {
        Self { command: command.to_owned(), outcome: "unsupported", confidence: 0.0, entry: None, question: None }
    }

    fn of(command: &str, question: &str, outcome: Outcome, confidence: f32, entry: Option<&str>) -> Self {
        Self {
            command: command.to_owned(),
            outcome: outcome.name(),
            confidence,
            entry: entry.map(str::to_owned),
            question: Some(question.to_owned()),
        }
    }
}

/// Answers an interaction. Every interaction gets a response, also one of a kind or name that this version does not know,
/// because Discord may still show commands of an older one.
#[must_use]
pub fn respond(app: &App, interaction: &Interaction) -> Response {
    match interaction {
        Interaction::Command(command) if command.data.name == ask::NAME => ask::respond(app, command),
        Interaction::Autocomplete(command) if command.data.name == ask::NAME => ask::complete(app, command),
        Interaction::Command(command) => unsupported(&command.data.name),
        Interaction::Autocomplete(command) => {
            Response { body: render::choices(&[]), summary: Summary::unsupported(&command.data.name) }
        }
        Interaction::Ping(_) => {
            Response { body: CreateInteractionResponse::Pong, summary: Summary::unsupported("ping") }
        }
        _ => unsupported("component"),
    }
}

fn unsupported(name: &str) -> Response {
    Response { body: render::notice(UNSUPPORTED), summary: Summary::unsupported(name) }
}

const UNSUPPORTED: &str =
    "I don't know this command any more. Discord may show an old list: please try again in a minute.";
