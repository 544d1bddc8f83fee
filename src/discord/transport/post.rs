//! Posts as Discord sends them ([message
//! object](https://discord.com/developers/docs/resources/message#message-object)).

use serenity::all::{GuildId, Message, MessageType};

use crate::discord::incoming::Post;

impl From<&Message> for Post {
    fn from(message: &Message) -> Self {
        let author = &message.author;
        // Discord's own messages (somebody joined, something was pinned) have other types.
        let is_text = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
        Self {
            id: message.id.get(),
            channel: message.channel_id.get(),
            server: message.guild_id.map(GuildId::get),
            member: author.id.get(),
            text: message.content.clone(),
            is_by_person: is_text && !author.bot && !author.system && message.webhook_id.is_none(),
            is_reply: message.message_reference.is_some(),
            mentions: message.mentions.iter().map(|mentioned| mentioned.id.get()).collect(),
            mentions_role: !message.mention_roles.is_empty(),
        }
    }
}
