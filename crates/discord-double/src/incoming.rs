//! What a member writes, in a channel or only to the bot, and how much of it the gateway tells a
//! bot.
//!
//! As with interactions, a test says only what it cares about. Who is mentioned follows from the
//! text, as in Discord.

use serde_json::{Value, json};

use crate::objects;
use crate::schema::items;

const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

/// A message to be sent by [`DiscordDouble::say`](crate::DiscordDouble::say).
#[derive(Clone, Debug)]
#[must_use]
pub struct IncomingMessage {
    content: String,
    author: Value,
    is_webhook: bool,
    guild: Option<u64>,
    channel: u64,
    kind: u64,
    replied_to: Option<Value>,
    pings: bool,
    roles: Vec<u64>,
    beside: Value,
}

/// A message that was sent, as seen by anyone who may read all of it.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its snowflake.
    pub id: String,
    /// All the data of the `MESSAGE_CREATE` event, whether or not the bot received it.
    pub payload: Value,
}

impl IncomingMessage {
    /// Someone writes this in a channel of a server.
    pub fn new(content: &str) -> Self {
        let (content, author) = (content.to_owned(), objects::user(objects::MEMBER_ID, "besa"));
        let (guild, channel) = (Some(objects::GUILD_ID), objects::CHANNEL_ID);
        Self {
            content,
            author,
            is_webhook: false,
            guild,
            channel,
            kind: 0,
            replied_to: None,
            pings: true,
            roles: Vec::new(),
            beside: Value::Null,
        }
    }

    /// Someone mentions the bot and writes this after it.
    pub fn mention(question: &str) -> Self {
        Self::new(&format!("<@{}> {question}", objects::BOT_USER_ID))
    }

    /// Someone writes this in a direct message to the bot.
    pub fn direct(content: &str) -> Self {
        Self { guild: None, ..Self::new(content).in_channel(objects::DIRECT_CHANNEL_ID) }
    }

    /// Makes someone else the author.
    pub fn by(self, user_id: u64, name: &str) -> Self {
        Self { author: objects::user(user_id, name), ..self }
    }

    /// Makes another bot the author.
    pub fn by_bot(self) -> Self {
        let mut other = objects::bot();
        objects::merge(&mut other, &json!({"id": "1287650000000000066", "username": "other-bot"}));
        Self { author: other, ..self }
    }

    /// Makes a webhook the author, which is not a user.
    pub fn by_webhook(self) -> Self {
        Self { is_webhook: true, ..self.by(1_287_650_000_000_000_067, "news") }
    }

    /// Gives the author a role of the server.
    pub fn with_role(mut self, role: u64) -> Self {
        self.roles.push(role);
        self
    }

    /// Adds what stands beside the text: `embeds`, `attachments`, `components`, `poll`,
    /// `message_snapshots`.
    pub fn with(self, fields: &Value) -> Self {
        Self { beside: fields.clone(), ..self }
    }

    /// Moves it to another server.
    pub fn in_server(self, guild: u64) -> Self {
        Self { guild: Some(guild), ..self }
    }

    /// Moves it to another channel.
    pub fn in_channel(self, channel: u64) -> Self {
        Self { channel, ..self }
    }

    /// Gives it another type, such as that of somebody joining.
    pub fn of_type(self, kind: u64) -> Self {
        Self { kind, ..self }
    }

    /// Makes it a reply to a message, which mentions that message's author.
    pub fn replying_to(self, message: &Value) -> Self {
        Self { replied_to: Some(message.clone()), ..self }
    }

    /// Switches off the mention of a reply.
    pub fn without_ping(self) -> Self {
        Self { pings: false, ..self }
    }

    /// The id of its author.
    pub(crate) fn author_id(&self) -> &Value {
        &self.author["id"]
    }

    /// The server it is written in.
    pub(crate) fn guild_id(&self) -> Option<u64> {
        self.guild
    }

    /// The data of the `MESSAGE_CREATE` event.
    pub(crate) fn said(&self, id: String) -> Said {
        let mut payload = objects::message(&id, &self.channel.to_string(), &self.author);
        let fields = json!({
            "type": self.kind, "content": self.content, "nonce": id, "channel_type": u8::from(self.guild.is_none()),
            "mentions": self.mentions(), "mention_roles": targets(&self.content, "<@&"),
            "mention_everyone": self.content.contains("@everyone"),
        });
        objects::merge(&mut payload, &fields);
        objects::merge(&mut payload, &self.beside);
        if self.is_webhook {
            payload["webhook_id"] = self.author["id"].clone();
        }
        if let Some(replied_to) = &self.replied_to {
            objects::refer(&mut payload, replied_to);
        }
        if let Some(guild) = self.guild {
            payload["guild_id"] = json!(guild.to_string());
            payload["member"] = objects::bare_member(&["permissions"]);
            payload["member"]["roles"] = self.roles.iter().map(ToString::to_string).collect();
        }
        Said { id, payload }
    }

    fn mentions(&self) -> Vec<Value> {
        let pinged = self.replied_to.as_ref().filter(|_| self.pings).map(|message| message["author"].clone());
        let mut mentioned: Vec<Value> = pinged.into_iter().collect();
        for id in targets(&self.content, "<@").into_iter().chain(targets(&self.content, "<@!")) {
            if mentioned.iter().all(|user| user["id"] != id) {
                let somebody = objects::user(id.parse().unwrap_or_default(), "somebody");
                mentioned.push(if id == objects::BOT_USER_ID { objects::bot() } else { somebody });
            }
        }
        mentioned
    }
}

/// The ids between this opening and a closing bracket.
fn targets(content: &str, opening: &str) -> Vec<String> {
    let ids = content.split(opening).skip(1).filter_map(|part| Some(part.split_once('>')?.0));
    ids.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned).collect()
}

/// A message as the gateway sends it to a bot with these intents; `None` if it does not. Without
/// the intent for message content, the content is left out unless the message is the bot's own,
/// mentions it or is a direct message to it.
pub(crate) fn as_told(message: &Value, intents: u64) -> Option<Value> {
    let is_direct = message["guild_id"].is_null();
    let needed = if is_direct { DIRECT_MESSAGES } else { GUILD_MESSAGES };
    let mut told = (intents & needed != 0).then(|| message.clone())?;
    if intents & MESSAGE_CONTENT == 0 && !is_direct {
        withhold(&mut told);
        if told["referenced_message"].is_object() {
            withhold(&mut told["referenced_message"]);
        }
    }
    Some(told)
}

fn withhold(message: &mut Value) {
    let is_bot = |user: &Value| user["id"] == objects::BOT_USER_ID;
    if !is_bot(&message["author"]) && !items(&message["mentions"]).iter().any(is_bot) {
        objects::merge(message, &json!({"content": "", "embeds": [], "attachments": [], "components": []}));
        objects::remove(message, &["poll", "message_snapshots"]);
    }
}
