//! Questions in messages: behind a mention of the bot, in a direct message, or plainly in a watched
//! channel.
//!
//! As [`respond`](super::respond) does with interactions, [`reply_to`] turns a message into a reply
//! without any input or output to Discord of its own. Nearly every message of a server comes by
//! here and is none of the bot's business. It gets silence, and so does whatever no person wrote:
//! bots that answer each other do not end.

use serenity::all::{ChannelId, CreateMessage, MessageType, UserId};

use super::message::{self, Message};
use super::text::without_mentions;
use super::{App, Summary, TOO_SOON, answers};
use footnote_search::reply::Outcome;

/// What a member reads who put nothing to the bot that it could look for.
const NO_QUESTION: &str = "I see no question here. Write me one, or use `/ask`; `/topics` shows what I can answer.";

/// What a message comes to: what to send to its channel, and what to log of it.
#[derive(Debug)]
pub(super) struct MessageReply {
    /// What Discord gets.
    pub(super) body: CreateMessage,
    /// What the log gets.
    pub(super) summary: Summary,
}

/// Why a message is for the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Address {
    /// It mentions the bot.
    Mention,
    /// It is a direct message.
    Direct,
    /// It stands in a watched channel, addressed to nobody.
    Watched,
}

impl Address {
    fn name(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Direct => "direct",
            Self::Watched => "watched",
        }
    }
}

/// The reply to a message, if it is one for the bot, whose user is `me`.
pub(super) fn reply_to(app: &App, me: UserId, message: &serenity::all::Message) -> Option<MessageReply> {
    let address = address(app, me, message)?;
    let app = &app.with_newest_base();
    let question = without_mentions(&message.content);
    let (shown, summary) = answer(app, address, question.trim())?;
    if let Some(refusal) = app.refusal(message.author.id) {
        // In a server it would not be private, and as much of a flood as the answers.
        let summary = Summary::of_feature(address.name(), TOO_SOON, None);
        return (address == Address::Direct).then(|| MessageReply { body: refusal.reply_to(message), summary });
    }
    app.note_gap(&summary, message.guild_id);
    Some(MessageReply { body: shown.reply_to(message), summary })
}

/// Whether a message is let in, and why.
fn address(app: &App, me: UserId, message: &serenity::all::Message) -> Option<Address> {
    if !is_written_by_a_person(message) {
        return None;
    }
    if message.guild_id.is_none() {
        return Some(Address::Direct);
    }
    if message.mentions_user_id(me) {
        // Whoever replies to the bot mentions it, mostly without meaning to; who means to writes
        // it.
        return has_mention(&message.content, me).then_some(Address::Mention);
    }
    let is_watched = app.watch.channels.iter().any(|channel| message.channel_id == ChannelId::new(*channel));
    (is_watched && is_for_everybody(message)).then_some(Address::Watched)
}

/// What Discord itself says (somebody joined, something was pinned) has a type of its own.
fn is_written_by_a_person(message: &serenity::all::Message) -> bool {
    let author = &message.author;
    let is_text = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    is_text && !author.bot && !author.system && message.webhook_id.is_none()
}

/// Whether it is put to nobody in particular: members who talk to each other, or to the bot, are
/// not interrupted.
fn is_for_everybody(message: &serenity::all::Message) -> bool {
    message.message_reference.is_none() && message.mentions.is_empty() && message.mention_roles.is_empty()
}

/// `None` where nothing is said: to a plain message that is not surely a question of the base's.
fn answer(app: &App, address: Address, question: &str) -> Option<(Message, Summary)> {
    let is_asked = address != Address::Watched;
    if question.is_empty() {
        let summary = Summary::of_feature(address.name(), "no_question", None);
        return is_asked.then(|| (Message::new(message::embed("", NO_QUESTION, message::GREY)), summary));
    }
    let answerer = app.answerer();
    let reply = answerer.reply(question);
    let is_sure = reply.outcome == Outcome::Answer && reply.confidence() >= app.watch.answer_at;
    (is_asked || is_sure).then(|| {
        let summary = Summary::of_reply(address.name(), question, &reply);
        (answers::reply(app, &answerer, question, &reply), summary)
    })
}

fn has_mention(text: &str, member: UserId) -> bool {
    text.contains(&format!("<@{member}>")) || text.contains(&format!("<@!{member}>"))
}
