//! Posts as Discord sends them ([message
//! object](https://discord.com/developers/docs/resources/message#message-object)).

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::reading::{self, Id, Unreadable};
use crate::discord::incoming::Post;

/// The types of messages that a person writes. Discord's own messages (somebody joined, something
/// was pinned) have others.
const REGULAR: u64 = 0;
const REPLY: u64 = 19;

#[derive(Deserialize)]
struct Written {
    id: Id,
    channel_id: Id,
    guild_id: Option<Id>,
    author: Author,
    content: Option<String>,
    #[serde(rename = "type", default)]
    number: u64,
    webhook_id: Option<IgnoredAny>,
    message_reference: Option<IgnoredAny>,
    mentions: Option<Vec<Mentioned>>,
    mention_roles: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Author {
    id: Id,
    bot: Option<bool>,
    system: Option<bool>,
}

#[derive(Deserialize)]
struct Mentioned {
    id: Id,
}

/// Reads a message.
pub(super) fn read(json: &[u8]) -> Result<Post, Unreadable> {
    let message: Written = reading::read(json)?;
    let author = message.author;
    let is_program = author.bot == Some(true) || author.system == Some(true) || message.webhook_id.is_some();
    Ok(Post {
        id: message.id.0,
        channel: message.channel_id.0,
        server: message.guild_id.map(|id| id.0),
        member: author.id.0,
        text: message.content.unwrap_or_default(),
        is_by_person: matches!(message.number, REGULAR | REPLY) && !is_program,
        is_reply: message.message_reference.is_some(),
        mentions: message.mentions.into_iter().flatten().map(|mentioned| mentioned.id.0).collect(),
        mentions_role: message.mention_roles.is_some_and(|roles| !roles.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
}
