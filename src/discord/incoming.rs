//! What Discord tells the bot: a call of a command, a press of a button or menu, a post in a
//! channel.
//!
//! These types keep only what the bot uses, and none of Discord's own types. So everything behind
//! the transport is plain code that a test can call. Ids are Discord's
//! [snowflakes](https://discord.com/developers/docs/reference#snowflakes).

use serde_json::Value;

use crate::journal::{Asker, Origin};

/// What a member did with the bot's commands, buttons and menus.
#[derive(Debug, Clone, PartialEq)]
pub enum Interaction {
    /// They used a command.
    Call(Call),
    /// They are typing an option of a command.
    Typing(Typing),
    /// They used a button or a menu.
    Press(Press),
    /// They filled in a form.
    Form(Form),
    /// The name of a kind that the bot does not handle.
    Other(&'static str),
}

/// A member uses a command.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Call {
    /// The command's name.
    pub command: String,
    /// The member's id.
    pub member: u64,
    /// The server's id; `None` outside servers.
    pub server: Option<u64>,
    /// The options that were given, by name.
    pub options: Vec<(String, OptionValue)>,
    /// What the message says from whose menu the command was chosen: its text, or else what it
    /// has beside it.
    pub target: Option<String>,
    /// Where that message is, if a person wrote it in a server.
    pub origin: Option<Origin>,
    /// The languages of the member and of the server.
    pub locales: Locales,
    /// What the member may do there.
    pub powers: Powers,
}

/// What a member may do in a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Powers {
    /// The ids of their roles.
    pub roles: Vec<u64>,
    /// Whether they may manage the server.
    pub manages_server: bool,
}

/// Languages by Discord's names for them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locales {
    /// The language of the member's client.
    pub member: Option<String>,
    /// The language that the server has chosen; Discord's default is American English.
    pub server: Option<String>,
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq)]
pub enum OptionValue {
    /// A text.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A member's id.
    Member(u64),
    /// A role's id.
    Role(u64),
    /// A number.
    Number(f64),
    /// A channel's id, and what Discord says of it.
    Channel(u64, Sight),
}

/// What Discord says of a channel that a member has picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sight {
    /// Nobody has asked, or Discord did not say.
    #[default]
    Unknown,
    /// There is none that the bot can see.
    Hidden,
    /// There is one.
    Seen {
        /// Its server.
        server: Option<u64>,
        /// Whether people write there, or in its threads.
        is_writable: bool,
    },
}

/// A member is typing an option of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typing {
    /// The command's name.
    pub command: String,
    /// The server's id; `None` outside servers.
    pub server: Option<u64>,
    /// What they have typed so far.
    pub text: String,
}

/// A member uses a button or a menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the press")]
pub struct Press {
    /// The state that the bot stored in the button or menu.
    pub custom_id: String,
    /// What was picked from a menu.
    pub picked: Option<String>,
    /// The member's id.
    pub member: u64,
    /// The server's id; `None` outside servers.
    pub server: Option<u64>,
    /// Whether only this member sees the message with the button.
    pub is_private: bool,
    /// Whether that message is the bot's response to this member.
    pub is_own: bool,
    /// The languages of the member and of the server.
    pub locales: Locales,
    /// That message's id.
    pub message: u64,
    /// Its rows, as Discord sent them, to be sent back changed.
    pub rows: Value,
    /// The small text below its card.
    pub footer: Option<String>,
    /// The id of the channel or thread.
    pub channel: u64,
    /// The name of the channel or thread.
    pub channel_name: String,
    /// Whether the member may manage threads there.
    pub may_manage_threads: bool,
    /// Whether the member may delete other members' messages there.
    pub is_moderator: bool,
    /// What the member may do in the server.
    pub powers: Powers,
}

/// A member fills in a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// The state that the bot stored in the form.
    pub custom_id: String,
    /// The member's id.
    pub member: u64,
    /// The server's id; `None` outside servers.
    pub server: Option<u64>,
    /// What was filled in, by the name of the field.
    pub fields: Vec<(String, String)>,
    /// The languages of the member and of the server.
    pub locales: Locales,
    /// What the member may do there.
    pub powers: Powers,
}

/// A message that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Post {
    /// The message's id.
    pub id: u64,
    /// The channel's id. A thread is a channel.
    pub channel: u64,
    /// Whether the channel is a thread; `None` if Discord does not say.
    pub is_in_thread: Option<bool>,
    /// The server's id; `None` for a direct message.
    pub server: Option<u64>,
    /// The author's id.
    pub member: u64,
    /// The ids of the author's roles.
    pub member_roles: Vec<u64>,
    /// The text; empty if Discord withholds it.
    pub text: String,
    /// What it has beside its text: a forwarded message, a poll, an embed, the names of files.
    pub beside: String,
    /// Whether a person wrote it, not a bot, a webhook or Discord itself.
    pub is_by_person: bool,
    /// Whether it replies to another message.
    pub is_reply: bool,
    /// That other message, if Discord sent it too.
    pub original: Option<Original>,
    /// The ids of the members that it notifies. If it is a reply, this can include the author of
    /// the original.
    pub mentions: Vec<u64>,
    /// The ids of the roles that it notifies.
    pub roles: Vec<u64>,
    /// Whether one of them is the bot's own.
    pub names_own_role: bool,
    /// The thread that it is in, if that is known.
    pub thread: Option<Thread>,
}

/// A message that another one replies to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Original {
    /// The author's id.
    pub member: u64,
    /// What it says: its text, or else what it has beside it. Empty if Discord withholds it.
    pub text: String,
}

/// A thread: a post in a forum with all that follows, or a thread of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thread {
    /// The id of its forum or channel.
    pub parent: u64,
    /// Its title.
    pub title: String,
    /// The id of the member who opened it.
    pub owner: u64,
    /// Whether the post is the first one in it by its owner.
    pub is_opening: bool,
    /// Whether somebody with the helpers' role has written in it.
    pub is_helped: bool,
}

impl Call {
    /// Who used the command, and where.
    #[must_use]
    pub fn asker(&self) -> Asker {
        Asker { member: self.member, server: self.server }
    }

    /// The text of an option.
    #[must_use]
    pub fn text(&self, option: &str) -> Option<&str> {
        match self.option(option)? {
            OptionValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether an option was given and is true.
    #[must_use]
    pub fn flag(&self, option: &str) -> bool {
        self.option(option) == Some(&OptionValue::Flag(true))
    }

    /// The member in an option.
    #[must_use]
    pub fn member(&self, option: &str) -> Option<u64> {
        match self.option(option)? {
            OptionValue::Member(member) => Some(*member),
            _ => None,
        }
    }

    fn option(&self, name: &str) -> Option<&OptionValue> {
        self.options.iter().find(|(option, _)| option == name).map(|(_, value)| value)
    }
}

impl Form {
    /// The text of a field; empty if there is none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == field).map_or("", |(_, text)| text)
    }
}

impl Press {
    /// Who used the button or menu, and where.
    #[must_use]
    pub fn asker(&self) -> Asker {
        Asker { member: self.member, server: self.server }
    }
}

/// How mentions of members and roles begin in [Discord's
/// formatting](https://discord.com/developers/docs/reference#message-formatting).
const MENTION: &str = "<@";

impl Post {
    /// Who wrote it, and where.
    #[must_use]
    pub fn asker(&self) -> Asker {
        Asker { member: self.member, server: self.server }
    }

    /// Where it is, if that is in a server.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        let origin = Origin { channel: self.channel, message: self.id, author: self.member };
        self.server.map(|_| origin)
    }

    /// Whether the text itself mentions this member.
    #[must_use]
    pub fn names(&self, member: u64) -> bool {
        self.text.contains(&format!("{MENTION}{member}>")) || self.text.contains(&format!("{MENTION}!{member}>"))
    }
}

/// A text without mentions of members and roles: they add nothing to a question, and the journal
/// must not store ids.
pub(super) fn without_mentions(text: &str) -> String {
    let mut parts = text.split(MENTION);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>') {
            Some((target, rest)) if is_id(target.strip_prefix(['!', '&']).unwrap_or(target)) => {
                kept.push(' ');
                kept.push_str(rest);
            }
            _ => {
                kept.push_str(MENTION);
                kept.push_str(part);
            }
        }
    }
    kept
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_of_members_and_roles_are_left_out_and_nothing_else_is() {
        assert_eq!(without_mentions("<@1>ferry<@!22> fare <@&333>"), " ferry  fare  ");
        for text in ["", "<@", "a <@> b", "<@x1> <@!> <@1", "<#1> <:pier:1> a < b > @everyone"] {
            assert_eq!(without_mentions(text), text);
        }
    }

    #[test]
    fn a_member_is_named_in_either_spelling() {
        let post = |text: &str| Post { text: text.to_owned(), ..Post::default() };
        assert!(post("fare <@7>?").names(7) && post("<@!7>").names(7));
        assert!(!post("<@77> <@&7> @7").names(7));
    }

    #[test]
    fn an_option_is_read_as_what_it_is() {
        let options = [
            ("question", OptionValue::Text("fare".to_owned())),
            ("private", OptionValue::Flag(true)),
            ("for", OptionValue::Member(7)),
        ];
        let options = options.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let call = Call { options, ..Call::default() };
        assert_eq!((call.text("question"), call.flag("private"), call.member("for")), (Some("fare"), true, Some(7)));
        assert_eq!((call.text("for"), call.flag("question"), call.member("private")), (None, false, None));
    }
}
