//! Requests about channels, threads, their messages and the people who write there.

use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::reading::Id;
use super::limits::Bucket;
use super::{Rest, json as with_body, until_answered, within};
use crate::discord::transport::RequestError;
use crate::discord::transport::reading::first_snowflake;
use crate::discord::view::message::Card;
use crate::journal::Timestamp;
use crate::telemetry::with_causes;

/// For how long an answer about a channel or a person is worth waiting for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most messages that Discord shows at once.
const MOST_MESSAGES: usize = 100;

/// What the bot has to know about a channel or thread ([channel
/// object](https://discord.com/developers/docs/resources/channel#channel-object)).
#[derive(Debug, Clone, Deserialize)]
pub(in super::super) struct Channel {
    #[serde(rename = "type")]
    pub(in super::super) number: u64,
    pub(in super::super) guild_id: Option<Id>,
    pub(in super::super) parent_id: Option<Id>,
    pub(in super::super) owner_id: Option<Id>,
    pub(in super::super) name: Option<String>,
    /// Of a forum.
    pub(in super::super) available_tags: Option<Vec<Tag>>,
    /// Of a forum's post.
    pub(in super::super) applied_tags: Option<Vec<Id>>,
}

/// A forum's tag.
#[derive(Debug, Clone, Deserialize)]
pub(in super::super) struct Tag {
    pub(in super::super) id: Id,
    pub(in super::super) name: String,
}

#[derive(Deserialize)]
struct Written {
    author: Author,
}

/// A message that may be a reply of the bot.
#[derive(Deserialize)]
struct Replied {
    author: Author,
    message_reference: Option<Reference>,
    #[serde(default)]
    embeds: Vec<Heading>,
}

#[derive(Deserialize)]
struct Reference {
    message_id: Option<Id>,
}

#[derive(Deserialize)]
struct Heading {
    author: Option<HeadingText>,
}

#[derive(Deserialize)]
struct HeadingText {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Author {
    id: Id,
    bot: Option<bool>,
}

#[derive(Deserialize)]
struct Member {
    roles: Vec<Id>,
}

#[derive(Deserialize)]
struct Role {
    id: Id,
    tags: Option<RoleTags>,
}

/// What a role belongs to.
#[derive(Deserialize)]
struct RoleTags {
    bot_id: Option<Id>,
}

/// The roles of a server that matter to the bot.
pub(in super::super) struct Roles {
    all: Vec<Role>,
}

impl Roles {
    /// The bot's own role, which Discord made for it.
    pub(in super::super) fn of_bot(&self, me: u64) -> Option<u64> {
        let is_own = |role: &&Role| role.tags.as_ref().and_then(|tags| tags.bot_id) == Some(Id(me));
        self.all.iter().find(is_own).map(|role| role.id.0)
    }

    /// Whether the server has this role.
    pub(in super::super) fn has(&self, role: u64) -> bool {
        self.all.iter().any(|other| other.id.0 == role)
    }
}

impl Rest {
    /// Asks for a channel or thread.
    pub(in super::super) async fn find_channel(&self, channel: u64) -> Result<Channel, RequestError> {
        let path = format!("/channels/{channel}");
        within(PATIENCE, || self.get(Bucket::Channel(channel), &path)).await
    }

    /// Asks for a channel until Discord can be reached.
    pub(in super::super) async fn find_channel_at_last(&self, channel: u64) -> Result<Channel, RequestError> {
        let path = format!("/channels/{channel}");
        until_answered("a watched channel", || self.get(Bucket::Channel(channel), &path)).await
    }

    /// The people who wrote the last messages of a thread before this one, newest first.
    pub(in super::super) async fn authors_before(&self, thread: u64, message: u64) -> Result<Vec<u64>, RequestError> {
        let path = format!("/channels/{thread}/messages?limit={MOST_MESSAGES}&before={message}");
        let found: Vec<Written> = within(PATIENCE, || self.get(Bucket::History(thread), &path)).await?;
        let people = found.into_iter().filter(|written| written.author.bot != Some(true));
        Ok(people.map(|written| written.author.id.0).collect())
    }

    /// The small lines above the titles of bots' replies to a message since this time.
    pub(in super::super) async fn replies_since(
        &self,
        channel: u64,
        message: u64,
        since: Timestamp,
    ) -> Result<Vec<String>, RequestError> {
        let after = first_snowflake(since);
        let path = format!("/channels/{channel}/messages?limit={MOST_MESSAGES}&after={after}");
        let found: Vec<Replied> = within(PATIENCE, || self.get(Bucket::History(channel), &path)).await?;
        let is_reply = |replied: &Replied| {
            let to = replied.message_reference.as_ref().and_then(|reference| reference.message_id);
            replied.author.bot == Some(true) && to == Some(Id(message))
        };
        let headings = found.into_iter().filter(is_reply).flat_map(|replied| replied.embeds);
        Ok(headings.filter_map(|embed| embed.author?.name).collect())
    }

    /// The roles of a member of a server.
    pub(in super::super) async fn roles_of(&self, server: u64, member: u64) -> Result<Vec<u64>, RequestError> {
        let path = format!("/guilds/{server}/members/{member}");
        let member: Member = within(PATIENCE, || self.get(Bucket::Server(server), &path)).await?;
        Ok(member.roles.into_iter().map(|id| id.0).collect())
    }

    /// The roles of a server.
    pub(in super::super) async fn roles(&self, server: u64) -> Result<Roles, RequestError> {
        let path = format!("/guilds/{server}/roles");
        let all = within(PATIENCE, || self.get(Bucket::Server(server), &path)).await?;
        Ok(Roles { all })
    }

    /// Changes a thread: its tags if there are any here, and whether it is closed.
    pub(in super::super) async fn mark(
        &self,
        thread: u64,
        tags: Option<Vec<u64>>,
        closes: bool,
    ) -> Result<(), RequestError> {
        let mut body = json!({});
        if let Some(tags) = tags {
            body["applied_tags"] = tags.iter().map(ToString::to_string).collect();
        }
        if closes {
            body["archived"] = json!(true);
        }
        self.write(Method::PATCH, Bucket::Channel(thread), &format!("/channels/{thread}"), &body).await
    }

    /// Puts a card in the place of an earlier reply.
    pub(in super::super) async fn replace(&self, channel: u64, reply: u64, card: &Card) -> Result<(), RequestError> {
        let body = value(&card.edited())?;
        let path = format!("/channels/{channel}/messages/{reply}");
        self.write(Method::PATCH, Bucket::Edits(channel), &path, &body).await
    }

    /// Sends a message to a channel.
    pub(in super::super) async fn tell(
        &self,
        channel: u64,
        message: &impl serde::Serialize,
    ) -> Result<(), RequestError> {
        let path = format!("/channels/{channel}/messages");
        self.write(Method::POST, Bucket::Messages(channel), &path, &value(message)?).await
    }

    /// Tells the member of an interaction something more, which only they see.
    pub(in super::super) async fn whisper(
        &self,
        application: u64,
        token: &str,
        text: &str,
    ) -> Result<(), RequestError> {
        const EPHEMERAL: u64 = 1 << 6;
        let body = json!({"content": text, "flags": EPHEMERAL, "allowed_mentions": {"parse": []}}).to_string();
        // The address has the interaction's own secret, so the bot's is not needed.
        let address = format!("{}/webhooks/{application}/{token}", self.base);
        let request = || with_body(self.client.post(&address), &body);
        within(PATIENCE, || self.send(Bucket::FollowUp, request)).await.map(drop)
    }

    async fn write(&self, method: Method, bucket: Bucket, path: &str, body: &Value) -> Result<(), RequestError> {
        let body = body.to_string();
        let request = || with_body(self.bot(method.clone(), path), &body);
        within(PATIENCE, || self.send(bucket, request)).await.map(drop)
    }
}

fn value(message: &impl serde::Serialize) -> Result<Value, RequestError> {
    serde_json::to_value(message).map_err(|error| RequestError::Unreachable(with_causes(&error)))
}
