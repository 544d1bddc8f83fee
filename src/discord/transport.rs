//! The wire: how interactions and posts reach the bot, and how responses reach Discord.
//!
//! In reading order: [`interaction`] and `post` turn what Discord sends into types of our own, and
//! a response into what Discord reads; `rest` makes requests, `application` and `registration` are
//! two things that they are about; [`gateway`] and [`webhook`] carry.

mod application;
pub mod gateway;
pub mod interaction;
mod post;
mod registration;
mod rest;
pub mod webhook;

use std::time::{Duration, Instant};

use super::response::Summary;
use rest::RequestError;

/// How long responses in flight may take to finish when the bot stops.
const FINISHING_TIME: Duration = Duration::from_secs(5);

/// What a response answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    Interaction,
    Post,
}

/// Logs what became of an interaction or a post, which came over this shard, if over any.
fn log(answered: Answered, summary: &Summary, shard: Option<u32>, started: Instant, sent: Result<(), RequestError>) {
    let Summary { command, outcome, confidence, entry, question } = summary;
    let outcome = outcome.label();
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match (sent, answered) {
        (Ok(()), Answered::Interaction) => {
            tracing::info!(command, outcome, confidence, entry, shard, ms, "interaction");
        }
        (Ok(()), Answered::Post) => tracing::info!(command, outcome, confidence, entry, shard, ms, "reply"),
        (Err(error), Answered::Interaction) => {
            tracing::error!(command, outcome, confidence, entry, shard, ms, %error, "interaction failed");
        }
        // As a rule that is no error of the bot's: it may be mentioned where it must not write.
        (Err(error), Answered::Post) => {
            tracing::warn!(command, outcome, confidence, entry, shard, ms, %error, "reply failed");
        }
    }
    tracing::debug!(question, "asked");
}
