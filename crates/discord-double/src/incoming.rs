//! What a member writes: a message in a channel or to the bot alone, and how much of it the gateway
//! tells an application.
//!
//! The builder says only what a test cares about, as that of interactions does. Who is mentioned
//! follows from the text, as in Discord.

use serde_json::{Value, json};

use super::form::items;
use super::payloads;

const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

/// A message to be sent by [`DiscordDouble::say`](super::DiscordDouble::say).
#[derive(Clone, Debug)]
#[must_use]
pub struct IncomingMessage {
    content: String,
    author: Value,
    webhook: bool,
    guild: Option<u64>,
    channel: u64,
    kind: u64,
    replied_to: Option<Value>,
    pings: bool,
}

/// A message that was sent, as whoever may read all of it sees it.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its snowflake.
    pub id: String,
    /// The whole data of the `MESSAGE_CREATE` event, whether or not the bot was told of it.
    pub payload: Value,
}

impl IncomingMessage {
    /// Someone writes this in a channel of a guild.
    pub fn new(content: &str) -> Self {
        Self {
            content: content.to_owned(),
            author: payloads::user(&payloads::MEMBER_ID.to_string(), "besa", false),
            webhook: false,
            guild: Some(payloads::GUILD_ID),
            channel: payloads::CHANNEL_ID,
            kind: 0,
            replied_to: None,
            pings: true,
        }
    }

    /// Someone mentions the bot and writes this behind it.
    pub fn mention(question: &str) -> Self {
        Self::new(&format!("<@{}> {question}", payloads::BOT_USER_ID))
    }

    /// Someone writes this to the bot alone.
    pub fn direct(content: &str) -> Self {
        Self { guild: None, ..Self::new(content) }
    }

    /// Lets someone else write it.
    pub fn by(self, user_id: u64, name: &str) -> Self {
        Self { author: payloads::user(&user_id.to_string(), name, false), ..self }
    }

    /// Lets another bot write it.
    pub fn by_bot(self) -> Self {
        Self { author: payloads::user("1287650000000000066", "other bot", true), ..self }
    }

    /// Lets a webhook write it, whose author is no user.
    pub fn by_webhook(self) -> Self {
        Self { author: payloads::user("1287650000000000067", "news", false), webhook: true, ..self }
    }

    /// Lets it happen in another channel.
    pub fn in_channel(self, channel: u64) -> Self {
        Self { channel, ..self }
    }

    /// Gives it another type, such as that of somebody's arrival.
    pub fn of_type(self, kind: u64) -> Self {
        Self { kind, ..self }
    }

    /// Makes it a reply to a message, whose author is mentioned by that.
    pub fn replying_to(self, message: &Value) -> Self {
        Self { kind: payloads::REPLY, replied_to: Some(message.clone()), ..self }
    }

    /// Switches the mention of a reply off.
    pub fn without_ping(self) -> Self {
        Self { pings: false, ..self }
    }

    /// The guild it is written in.
    pub(crate) fn guild_id(&self) -> Option<u64> {
        self.guild
    }

    /// The data of the `MESSAGE_CREATE` event.
    pub(crate) fn payload(&self, id: &str) -> Value {
        let mut payload = payloads::bare_message(id, &json!(self.channel.to_string()));
        payloads::written_by(&mut payload, &self.author, self.kind);
        payload["content"] = json!(self.content);
        payload["mentions"] = json!(self.mentions());
        payload["mention_roles"] = json!(targets(&self.content, "<@&"));
        payload["mention_everyone"] = json!(self.content.contains("@everyone"));
        payload["nonce"] = json!(id);
        if self.webhook {
            payload["webhook_id"] = self.author["id"].clone();
        }
        if let Some(replied_to) = &self.replied_to {
            payloads::refer(&mut payload, replied_to);
        }
        match self.guild {
            Some(guild) => {
                payload["channel_type"] = json!(0);
                payload["guild_id"] = json!(guild.to_string());
                payload["member"] = payloads::member_of_message(&self.author);
            }
            None => payload["channel_type"] = json!(1),
        }
        payload
    }

    fn mentions(&self) -> Vec<Value> {
        let pinged = self.replied_to.as_ref().filter(|_| self.pings).map(|message| message["author"].clone());
        let mut mentioned: Vec<Value> = pinged.into_iter().collect();
        for id in targets(&self.content, "<@").into_iter().chain(targets(&self.content, "<@!")) {
            if mentioned.iter().all(|user| user["id"] != id) {
                mentioned.push(payloads::user(&id, "somebody", id == payloads::BOT_USER_ID));
            }
        }
        mentioned
    }
}

impl Said {
    /// The message with this payload.
    pub(crate) fn of(payload: Value) -> Self {
        Self { id: payload["id"].as_str().unwrap_or_default().to_owned(), payload }
    }
}

/// The ids that stand between this opening and a closing bracket.
fn targets(content: &str, opening: &str) -> Vec<String> {
    let ends = content.split(opening).skip(1).filter_map(|part| part.split_once('>'));
    let ids = ends.map(|(id, _)| id).filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    ids.map(str::to_owned).collect()
}

/// A message as the gateway tells of it to an application with these intents; `None` if it does
/// not. Without the intent for it, the content is left out unless it is the application's own,
/// mentions it or is written to it alone.
pub(crate) fn as_told(message: &Value, intents: u64) -> Option<Value> {
    let is_direct = message["guild_id"].is_null();
    let needed = if is_direct { DIRECT_MESSAGES } else { GUILD_MESSAGES };
    if intents & needed == 0 {
        return None;
    }
    let mut told = message.clone();
    if intents & MESSAGE_CONTENT == 0 && !is_direct {
        withhold(&mut told);
        if told["referenced_message"].is_object() {
            withhold(&mut told["referenced_message"]);
        }
    }
    Some(told)
}

fn withhold(message: &mut Value) {
    let is_bot = |user: &Value| user["id"] == payloads::BOT_USER_ID;
    if is_bot(&message["author"]) || items(&message["mentions"]).iter().any(is_bot) {
        return;
    }
    message["content"] = json!("");
    for part in ["embeds", "attachments", "components"] {
        message[part] = json!([]);
    }
}
