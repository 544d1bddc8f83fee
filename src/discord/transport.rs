//! The wire: how interactions and posts reach the bot, and how responses reach Discord.
//!
//! In reading order: `reading` reads JSON; [`interaction`] and `post` turn what Discord sends into
//! our own types, and responses into what Discord reads. `rest` makes requests, among them those
//! for the `application` and for the `registration` of commands. [`gateway`] and [`webhook`]
//! receive interactions and deliver responses. `content` finds what a message says, `threads`
//! knows where a post is, `watched` looks at the configuration's channels, `errand` does what a
//! press leads to besides its response, `afterwards` what is left to do about a response, `digest`
//! tells moderators of the week, and `telling` those who asked before there was an answer.

mod afterwards;
mod application;
mod content;
mod digest;
mod errand;
pub mod gateway;
pub mod interaction;
mod post;
mod reading;
mod registration;
mod rest;
mod telling;
mod threads;
mod unreadable;
mod watched;
pub mod webhook;

use std::time::{Duration, Instant};

use super::response::{Outcome, Summary};
use crate::telemetry::metrics::{CONFIDENCE, INTERACTION_SECONDS, INTERACTIONS, INTERACTIONS_FAILED};
use crate::telemetry::sample::Sample;
use crate::telemetry::{self, milliseconds};
use rest::RequestError;

/// The target of the log lines of the gateway's library.
pub const LIBRARY: &str = "twilight_gateway";

/// How long responses in flight may take to finish when the bot stops.
const FINISHING_TIME: Duration = Duration::from_secs(5);

/// Chooses the cryptography for TLS, for the whole process: the gateway's library and that for
/// requests share one implementation.
pub fn start_tls() {
    // An error means that it was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// What a response responds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    Interaction,
    Post,
}

impl Answered {
    fn label(self) -> &'static str {
        match self {
            Self::Interaction => "interaction",
            Self::Post => "reply",
        }
    }
}

/// What every line about one interaction or post has: its id. An error's line has it too, whatever
/// the level is.
fn span(answered: Answered, id: &str) -> tracing::Span {
    match answered {
        Answered::Interaction => tracing::error_span!("interaction", id),
        Answered::Post => tracing::error_span!("post", id),
    }
}

/// Logs and counts the result of an interaction or a post, with its shard if it came over one.
fn log(
    sample: &Sample,
    answered: Answered,
    summary: &Summary,
    shard: Option<u32>,
    started: Instant,
    sent: Result<(), RequestError>,
) {
    let Summary { command, outcome, confidence, entry, question } = summary;
    let outcome = outcome.label();
    let kind = answered.label();
    // Any name may come in an interaction, but only those that the bot knows become labels.
    let counted = if summary.outcome == Outcome::Unsupported { "other" } else { command };
    INTERACTIONS.add(1, &[kind, counted, outcome]);
    INTERACTION_SECONDS.observe(started.elapsed().as_secs_f64(), &[kind]);
    INTERACTIONS_FAILED.add(u64::from(sent.is_err()), &[kind]);
    if question.is_some() {
        CONFIDENCE.observe(f64::from(*confidence), &[]);
    }
    let (confidence, ms) = (telemetry::confidence(*confidence), milliseconds(started.elapsed()));
    match (sent, answered) {
        (Ok(()), _) if !sample.takes_next() => {}
        (Ok(()), Answered::Interaction) => {
            tracing::info!(command, outcome, confidence, entry, shard, ms, "interaction");
        }
        (Ok(()), Answered::Post) => tracing::info!(command, outcome, confidence, entry, shard, ms, "reply"),
        (Err(error), Answered::Interaction) => {
            tracing::error!(command, outcome, confidence, entry, shard, ms, %error, "interaction failed");
        }
        // Usually this is not the bot's fault: it can be mentioned in channels where it must not
        // write.
        (Err(error), Answered::Post) => {
            tracing::warn!(command, outcome, confidence, entry, shard, ms, %error, "reply failed");
        }
    }
    tracing::debug!(question, "asked");
}
