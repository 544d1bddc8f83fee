//! Questions in posts: after a mention of the bot, in a direct message, or without either in a
//! watched channel.
//!
//! Nearly every post of a server passes through here and is not meant for the bot. The bot stays
//! silent, and it never replies to anything that was not written by a person: two bots that
//! answer each other would never stop.

use super::app::App;
use super::incoming::{Post, without_mentions};
use super::response::{Outcome, Response};
use super::view::message::{Card, GREY};
use super::view::reply;
use footnote_search::reply::{Outcome as ReplyOutcome, Reply};

/// Why a post is for the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// It mentions the bot.
    Mention,
    /// It is a direct message.
    Direct,
    /// It is in a watched channel and addresses nobody.
    Watched,
}

impl Reason {
    /// The word that the log shows.
    fn label(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Direct => "direct",
            Self::Watched => "watched",
        }
    }
}

/// The reply to a post, if the post is for the bot, whose user id is `me`. In a watched channel,
/// a plain post gets a reply only if it is almost certainly a question that the base answers.
pub(super) fn respond(app: &App, me: u64, post: &Post) -> Option<Response> {
    let reason = reason(app, me, post)?;
    let context = app.context();
    let question = without_mentions(&post.text);
    let question = question.trim();
    let reply = (!question.is_empty()).then(|| context.answerer().reply(question));
    if reason == Reason::Watched && !reply.as_ref().is_some_and(|reply| is_sure(app, reply)) {
        return None;
    }
    let response = match (app.count_use(post.member), reply) {
        // In a server everyone would see it, and it would flood the channel as much as the
        // answers do.
        (Err(seconds), _) => (reason == Reason::Direct).then(|| Response::too_soon(context.texts, seconds))?,
        (Ok(()), None) => Response::message(Card::new("", &context.texts.no_question(), GREY), Outcome::NoQuestion),
        (Ok(()), Some(reply)) => {
            context.note_reply(question, &reply, post.asker());
            let card = reply::card(context.texts, context.base(), question, &reply, context.keeps_votes());
            Response::reply(card, question, &reply)
        }
    };
    Some(response.named(reason.label()))
}

/// Why a post is for the bot, if it is.
fn reason(app: &App, me: u64, post: &Post) -> Option<Reason> {
    if !post.is_by_person {
        return None;
    }
    if post.server.is_none() {
        return Some(Reason::Direct);
    }
    if post.mentions.contains(&me) {
        // A reply to the bot mentions it, mostly without intention. An intended mention is in the
        // text.
        return post.names(me).then_some(Reason::Mention);
    }
    let is_watched = app.watch.channels.contains(&post.channel);
    (is_watched && is_for_everybody(post)).then_some(Reason::Watched)
}

/// Whether a post addresses nobody in particular. The bot does not interrupt members who talk to
/// each other.
fn is_for_everybody(post: &Post) -> bool {
    !post.is_reply && post.mentions.is_empty() && !post.mentions_role
}

/// Whether a reply may be given although nobody asked the bot.
fn is_sure(app: &App, reply: &Reply<'_>) -> bool {
    reply.outcome == ReplyOutcome::Answer && reply.confidence() >= app.watch.answer_at
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::time::Duration;

    use super::*;
    use crate::config::CooldownConfig;
    use crate::discord::fixture::{ME, MEMBER, SERVER, WATCHED, app, setup};

    const ELSEWHERE: u64 = WATCHED + 1;

    /// A member's post in a server.
    fn post(channel: u64, text: &str) -> Post {
        let text = text.to_owned();
        Post { id: 9, channel, server: Some(SERVER), member: MEMBER, text, is_by_person: true, ..Post::default() }
    }

    fn direct(text: &str) -> Post {
        Post { server: None, ..post(ELSEWHERE, text) }
    }

    fn mention(text: &str) -> Post {
        Post { mentions: vec![ME], ..post(ELSEWHERE, &format!("<@{ME}> {text}")) }
    }

    /// Why the bot replies and with what outcome, as the log shows it.
    fn said(app: &App, post: &Post) -> Option<String> {
        let summary = respond(app, ME, post)?.summary;
        Some(format!("{} {}", summary.command, summary.outcome.label()))
    }

    #[test]
    fn anything_addressed_to_the_bot_gets_a_reply() {
        let app = app();
        assert_eq!(said(&app, &mention("height of the crane")).as_deref(), Some("mention answer"));
        assert_eq!(said(&app, &direct("height of the crane")).as_deref(), Some("direct answer"));
        assert_eq!(said(&app, &direct("who painted it")).as_deref(), Some("direct unknown"));
        assert_eq!(said(&app, &mention(" <@77>")).as_deref(), Some("mention no_question"));
    }

    #[test]
    fn only_posts_by_people_get_a_reply() {
        let app = app();
        for post in [mention("height of the crane"), direct("height of the crane"), post(WATCHED, "crane metres")] {
            assert!(said(&app, &post).is_some(), "{post:?}");
            assert_eq!(said(&app, &Post { is_by_person: false, ..post }), None);
        }
    }

    #[test]
    fn a_post_in_a_watched_channel_is_answered_only_if_it_addresses_nobody_and_the_answer_is_sure() {
        let app = app();
        let question = || post(WATCHED, "height of the crane");
        assert_eq!(said(&app, &question()).as_deref(), Some("watched answer"));
        assert_eq!(said(&app, &Post { channel: ELSEWHERE, ..question() }), None);
        assert_eq!(said(&app, &Post { is_reply: true, ..question() }), None);
        assert_eq!(said(&app, &Post { mentions: vec![77], ..question() }), None);
        assert_eq!(said(&app, &Post { mentions_role: true, ..question() }), None);
        assert_eq!(said(&app, &post(WATCHED, "nice weather")), None);
        assert_eq!(said(&app, &post(WATCHED, "")), None);
        let strict = setup(0.5, 0.2, |setup| setup.watch.answer_at = 1.1);
        assert_eq!(said(&strict, &question()), None);
    }

    #[test]
    fn a_reply_to_the_bot_is_for_it_only_if_its_text_says_so() {
        let reply = Post { is_reply: true, ..mention("height of the crane") };
        assert_eq!(said(&app(), &reply).as_deref(), Some("mention answer"));
        assert_eq!(said(&app(), &Post { text: "height of the crane".to_owned(), ..reply }), None);
    }

    #[test]
    fn a_cooldown_is_explained_only_in_private_and_silence_costs_no_use() {
        let once = CooldownConfig { uses: NonZeroU32::MIN, period: Duration::from_hours(1) };
        let app = setup(0.5, 0.2, |setup| setup.cooldown = Some(once));
        assert_eq!(said(&app, &post(WATCHED, "nice weather")), None);
        assert_eq!(said(&app, &mention("height of the crane")).as_deref(), Some("mention answer"));
        assert_eq!(said(&app, &mention("height of the crane")), None);
        assert_eq!(said(&app, &direct("height of the crane")).as_deref(), Some("direct too_soon"));
    }
}
