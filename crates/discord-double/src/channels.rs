//! Channels: what was said there, and what the bot posts.
//!
//! A bot that sends a message is told of it over the gateway like everybody else, so that one which
//! answers itself does not stop.

use serde_json::{Value, json};

use super::answer::Answer;
use super::form::{FormErrors, items};
use super::incoming::Said;
use super::payloads;
use super::session::shard_of;
use super::state::Shared;

/// All messages in channels, except those that answer interactions.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    /// Whatever was said, oldest first.
    pub(crate) messages: Vec<Value>,
    /// What the bot posted, oldest first.
    pub(crate) posts: Vec<Post>,
}

/// A message that the bot posted to a channel.
#[derive(Clone, Debug)]
pub struct Post {
    /// The request's body, as sent.
    pub body: Value,
    /// The message, as Discord holds it.
    pub message: Value,
}

impl Post {
    /// Whether it replies to a message.
    pub fn answers(&self, said: &Said) -> bool {
        self.message["message_reference"]["message_id"] == said.id
    }

    /// The embeds.
    pub fn embeds(&self) -> &[Value] {
        items(&self.body["embeds"])
    }

    /// The buttons and selects, without their rows.
    pub fn components(&self) -> Vec<&Value> {
        items(&self.body["components"]).iter().flat_map(|row| items(&row["components"])).collect()
    }
}

impl Channels {
    fn find(&self, channel: &str, wanted: impl Fn(&Value) -> bool) -> Option<&Value> {
        self.messages.iter().find(|message| message["channel_id"] == channel && wanted(message))
    }

    /// The message that a body asks to reply to, or `None` where it may be missing.
    fn referenced(&self, channel: &str, body: &Value) -> Result<Option<Value>, Answer> {
        let reference = &body["message_reference"];
        if !reference.is_object() {
            return Ok(None);
        }
        let found = self.find(channel, |message| message["id"] == reference["message_id"]);
        if found.is_none() && reference["fail_if_not_exists"] != false {
            let mut errors = FormErrors::default();
            errors.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
            return Err(Answer::invalid_form(&errors.nested()));
        }
        Ok(found.cloned())
    }

    /// The bot's message with the same nonce, where the body insists on one message a nonce.
    fn same(&self, body: &Value) -> Option<&Value> {
        let same = |post: &&Post| body["enforce_nonce"] == true && post.body["nonce"] == body["nonce"];
        self.posts.iter().find(same).map(|post| &post.message)
    }
}

/// `POST /channels/{channel}/messages`, whose form is in order. A channel is known once somebody
/// spoke there.
pub(crate) fn post(shared: &Shared, channel: &str, body: &Value) -> Answer {
    let id = shared.snowflake();
    shared.change(|state| {
        let Some(guild) = state.channels.find(channel, |_| true).map(|message| message["guild_id"].clone()) else {
            return Answer::refusal(404, 10003, "Unknown Channel");
        };
        if let Some(message) = state.channels.same(body) {
            return Answer::ok(message.clone());
        }
        let message = match state.channels.referenced(channel, body) {
            Ok(referenced) => payloads::posted_message(&id, channel, body, referenced.as_ref()),
            Err(refusal) => return refusal,
        };
        state.channels.posts.push(Post { body: body.clone(), message: message.clone() });
        let mut told = message.clone();
        if let Some(guild) = guild.as_str() {
            told["guild_id"] = json!(guild);
        }
        let number = shard_of(guild.as_str().and_then(|guild| guild.parse().ok()), shared.settings.shards);
        state.channels.messages.push(told.clone());
        state.gateway.dispatch_message(number, &told);
        Answer::ok(message)
    })
}
