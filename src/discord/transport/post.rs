//! Posts as Discord sends them ([message
//! object](https://discord.com/developers/docs/resources/message#message-object)).

use serde::Deserialize;
use serde_json::{Value, json};

use super::content;
use super::reading::{self, Id, Unreadable};
use crate::discord::incoming::{Original, Post};

/// The types of messages that a person writes. Discord's own messages (somebody joined, something
/// was pinned) have others.
const REGULAR: u64 = 0;
const REPLY: u64 = 19;

/// The type of a reference to a message that is forwarded, not replied to.
const FORWARD: u64 = 1;

/// The types of channels that are threads ([channel
/// types](https://discord.com/developers/docs/resources/channel#channel-object-channel-types)).
const THREADS: [u64; 3] = [10, 11, 12];

#[derive(Deserialize)]
struct Written {
    id: Id,
    channel_id: Id,
    channel_type: Option<u64>,
    guild_id: Option<Id>,
    author: Author,
    member: Option<Member>,
    content: Option<String>,
    #[serde(rename = "type", default)]
    number: u64,
    webhook_id: Option<Value>,
    message_reference: Option<Value>,
    referenced_message: Option<Value>,
    mentions: Option<Vec<Mentioned>>,
    mention_roles: Option<Vec<Id>>,
    message_snapshots: Option<Value>,
    poll: Option<Value>,
    components: Option<Value>,
    embeds: Option<Value>,
    attachments: Option<Value>,
}

#[derive(Deserialize)]
struct Author {
    id: Id,
    bot: Option<bool>,
    system: Option<bool>,
}

#[derive(Deserialize)]
struct Member {
    roles: Option<Vec<Id>>,
}

#[derive(Deserialize)]
struct Mentioned {
    id: Id,
}

/// Reads a message.
pub(super) fn read(json: &[u8]) -> Result<Post, Unreadable> {
    Ok(reading::read::<Written>(json)?.post())
}

/// Reads a change of a message; `None` if its author did not change it, as when Discord adds the
/// preview of a link.
pub(super) fn read_edit(json: &[u8]) -> Result<Option<Post>, Unreadable> {
    let is_edit = reading::read::<Edited>(json)?;
    if is_edit.author.is_none() || is_edit.edited_timestamp.is_none() {
        return Ok(None);
    }
    read(json).map(Some)
}

#[derive(Deserialize)]
struct Edited {
    edited_timestamp: Option<Value>,
    author: Option<Value>,
}

impl Written {
    fn post(self) -> Post {
        let author = self.author;
        let is_program = author.bot == Some(true) || author.system == Some(true) || self.webhook_id.is_some();
        let is_forward = self.message_reference.as_ref().is_some_and(|reference| reference["type"] == FORWARD);
        Post {
            id: self.id.0,
            channel: self.channel_id.0,
            is_in_thread: self.channel_type.map(|number| THREADS.contains(&number)),
            server: self.guild_id.map(|id| id.0),
            member: author.id.0,
            member_roles: self.member.and_then(|member| member.roles).map(ids).unwrap_or_default(),
            text: self.content.unwrap_or_default(),
            beside: content::beside(&json!({
                "message_snapshots": self.message_snapshots, "poll": self.poll, "components": self.components,
                "embeds": self.embeds, "attachments": self.attachments,
            })),
            is_by_person: matches!(self.number, REGULAR | REPLY) && !is_program,
            is_reply: self.message_reference.is_some() && !is_forward,
            original: self.referenced_message.as_ref().and_then(original),
            mentions: self.mentions.into_iter().flatten().map(|mentioned| mentioned.id.0).collect(),
            roles: self.mention_roles.map(ids).unwrap_or_default(),
            ..Post::default()
        }
    }
}

fn ids(ids: Vec<Id>) -> Vec<u64> {
    ids.into_iter().map(|id| id.0).collect()
}

fn original(message: &Value) -> Option<Original> {
    let member = message["author"]["id"].as_str()?.parse().ok()?;
    Some(Original { member, text: content::read(message) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_needs_nothing_but_its_place_and_its_author() {
        let least = json!({"id": "1", "channel_id": "2", "author": {"id": "3"}});
        let post = Post { id: 1, channel: 2, member: 3, is_by_person: true, ..Post::default() };
        assert_eq!(read(least.to_string().as_bytes()), Ok(post));
    }

    #[test]
    fn a_program_is_no_person() {
        for (field, value) in [("webhook_id", json!("4")), ("type", json!(7))] {
            let mut message = json!({"id": "1", "channel_id": "2", "author": {"id": "3"}});
            message[field] = value;
            let post = read(message.to_string().as_bytes()).expect("it can be read");
            assert!(!post.is_by_person, "{field}");
        }
    }

    #[test]
    fn a_forwarded_message_replies_to_nobody() {
        let mut message = json!({"id": "1", "channel_id": "2", "author": {"id": "3"}, "content": ""});
        message["message_reference"] = json!({"type": 1, "message_id": "9", "channel_id": "8"});
        message["message_snapshots"] = json!([{"message": {"content": "ferry fare"}}]);
        let post = read(message.to_string().as_bytes()).expect("it can be read");
        assert_eq!((post.is_reply, post.beside.as_str()), (false, "ferry fare"));
    }

    #[test]
    fn what_discord_adds_to_a_message_is_no_edit() {
        let mut message = json!({"id": "1", "channel_id": "2", "author": {"id": "3"}, "edited_timestamp": null});
        assert_eq!(read_edit(message.to_string().as_bytes()), Ok(None));
        message["edited_timestamp"] = json!("2026-01-15T12:00:01.000000+00:00");
        assert!(read_edit(message.to_string().as_bytes()).is_ok_and(|edit| edit.is_some()));
        assert_eq!(read_edit(json!({"id": "1", "channel_id": "2"}).to_string().as_bytes()), Ok(None));
    }
}
