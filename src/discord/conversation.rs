//! Questions in posts: after a mention of the bot, in reply to one of its answers, in a direct
//! message, or without any of these in a watched channel, forum or thread.
//!
//! Nearly every post of a server passes through here and is not meant for the bot. The bot stays
//! silent, and it never replies to anything that was not written by a person: two bots that
//! answer each other would never stop.

use super::app::{App, Context};
use super::bases::NoBase;
use super::commands::find_answer;
use super::incoming::{Post, Thread};
use super::question;
use super::response::{Outcome, Response};
use super::servers::Server;
use super::texts::Texts;
use super::view::address::{Deletion, Key};
use super::view::entry::Reader;
use super::view::message::{Card, GREY};
use super::view::{reply, thread};
use footnote_search::reply::{Outcome as ReplyOutcome, Reply};

/// Why a post is for the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// It mentions the bot, or the bot's own role.
    Mention,
    /// It is a direct message.
    Direct,
    /// It replies to one of the bot's messages.
    Reply,
    /// It is in a watched channel and addresses nobody.
    Watched,
    /// It opens a thread of a watched forum or channel.
    Opening,
    /// The author of such a thread goes on in it.
    FollowUp,
}

impl Reason {
    /// The word that the log shows.
    fn label(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Direct => "direct",
            Self::Reply => "reply",
            Self::Watched => "watched",
            Self::Opening => "thread",
            Self::FollowUp => "follow_up",
        }
    }

    /// Whether nobody asked the bot.
    fn is_unasked(self) -> bool {
        matches!(self, Self::Watched | Self::Opening | Self::FollowUp)
    }
}

/// What a post asks.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// This question.
    Question(String),
    /// Nothing.
    Nothing,
    /// Something that Discord does not show.
    HiddenText,
    /// The message that it replies to, which Discord does not show.
    HiddenOriginal,
}

/// The reply to a post, if the post is for the bot, whose user id is `me`. If nobody asked the
/// bot, a post gets a reply only if it is almost certainly a question that the base answers; a
/// thread also if there are people whom the bot can notify.
pub(super) async fn respond(app: &App, me: u64, post: &Post) -> Option<Response> {
    let server = app.servers.of(post.server);
    let reason = reason(&server, me, post)?;
    let texts = app.texts(&server, None);
    let context = match app.context(&server, texts).await {
        Ok(context) => context,
        Err(_) if !matches!(reason, Reason::Mention | Reason::Direct) => return None,
        Err(NoBase::Late) => return Some(say(&texts.base_is_loading(), Outcome::BaseLate).named(reason.label())),
        Err(NoBase::Broken) => return Some(say(&texts.base_is_broken(), Outcome::BaseBroken).named(reason.label())),
    };
    converse(&context, me, post, reason)
}

/// The reply to a post that is for the bot.
fn converse(context: &Context<'_>, me: u64, post: &Post, reason: Reason) -> Option<Response> {
    let question = match asked(me, post, reason) {
        Asked::Question(question) => question,
        Asked::HiddenText => return answer_none(context, post, reason, &context.texts.hidden_text()),
        Asked::HiddenOriginal => return answer_none(context, post, reason, &hidden_original(context.texts)),
        Asked::Nothing => return answer_none(context, post, reason, &context.texts.no_question()),
    };
    let reply = context.reply(&question);
    if reason.is_unasked() && !is_sure(context, &reply) {
        return (reason == Reason::Opening).then(|| offer_help(context, post, &question)).flatten();
    }
    let courtesy = question::courtesy(&question).filter(|_| reply.outcome != ReplyOutcome::Answer);
    if reason == Reason::Reply && reply.outcome == ReplyOutcome::Unknown && courtesy.is_none() && !is_asking(&question)
    {
        // A remark on the answer is not a question that the base should have known.
        return None;
    }
    let response = match (context.server.count_use(post.member), courtesy) {
        (Err(seconds), _) => too_soon(context, reason, seconds)?,
        (Ok(()), Some(courtesy)) => say(&courtesy.answer(context.texts), Outcome::Courtesy),
        (Ok(()), None) => {
            if let Some((texts, base)) = context.in_other_language(&question, &reply) {
                return Some(Response::in_other_language(texts, base, &question).named(reason.label()));
            }
            if reason.is_unasked() {
                context.count_reply(&question, &reply, post.asker());
            } else {
                context.note_reply(&question, &reply, post.asker(), post.origin());
            }
            let unasked = reply.answer().filter(|_| reason.is_unasked()).map(|entry| Key::of(&entry.id));
            let reader = Reader {
                texts: context.texts,
                keeps_votes: context.keeps_votes(),
                deletion: Some(Deletion { unasked, ..Deletion::by(post.member) }),
                asks_people: context.has_helpers(post.server).then_some(post.member),
                site: context.site(),
            };
            let card = reply::card(context.base(), &in_one_line(&question), &reply, &reader);
            let card = below_a_thread(context, post, reason, card).silent(reason.is_unasked());
            Response::reply(card, &question, &reply)
        }
    };
    Some(response.named(reason.label()))
}

/// Why a post is for the bot, if it is.
fn reason(server: &Server, me: u64, post: &Post) -> Option<Reason> {
    if !post.is_by_person {
        return None;
    }
    if post.server.is_none() {
        return Some(Reason::Direct);
    }
    // A reply to the bot also lists it as mentioned, so an intended mention is in the text.
    if post.mentions.contains(&me) && post.names(me) || post.names_own_role {
        return Some(Reason::Mention);
    }
    let thread = post.thread.as_ref().filter(|thread| is_watched(server, thread));
    if thread.is_some_and(|thread| thread.is_helped) {
        return None;
    }
    if post.original.as_ref().is_some_and(|original| original.member == me) {
        return Some(Reason::Reply);
    }
    if !is_for_everybody(post) {
        return None;
    }
    match thread {
        Some(thread) if thread.owner != post.member => None,
        Some(thread) if thread.is_opening => Some(Reason::Opening),
        Some(_) => Some(Reason::FollowUp),
        None => server.watch.channels.contains(&post.channel).then_some(Reason::Watched),
    }
}

/// Whether a thread belongs to a watched forum or channel.
fn is_watched(server: &Server, thread: &Thread) -> bool {
    server.watch.channels.contains(&thread.parent)
}

/// Whether a post addresses nobody in particular. The bot does not interrupt members who talk to
/// each other.
fn is_for_everybody(post: &Post) -> bool {
    !post.is_reply && post.mentions.is_empty() && post.roles.is_empty()
}

/// What a post asks. If a mention stands alone, that is the message that it replies to, or the
/// title of the thread.
fn asked(me: u64, post: &Post, reason: Reason) -> Asked {
    let own = Some(question::in_text(&post.text)).filter(|own| !own.is_empty());
    let own = own.unwrap_or_else(|| question::in_text(&post.beside));
    let title = post.thread.as_ref().map(|thread| question::in_text(&thread.title)).unwrap_or_default();
    let is_opening = reason == Reason::Opening || (post.id == post.channel && !title.is_empty());
    if is_opening {
        let whole = [title, own].join("\n").trim().to_owned();
        return if whole.is_empty() { Asked::Nothing } else { Asked::Question(whole) };
    }
    if !own.is_empty() {
        return Asked::Question(own);
    }
    if reason != Reason::Mention {
        return Asked::Nothing;
    }
    if post.text.is_empty() {
        // Without the intent for it, Discord withholds the text unless the bot itself is mentioned.
        return Asked::HiddenText;
    }
    match &post.original {
        Some(original) if original.member != me => match question::in_text(&original.text) {
            question if !question.is_empty() => Asked::Question(question),
            _ if original.text.is_empty() => Asked::HiddenOriginal,
            _ => Asked::Nothing,
        },
        None if !title.is_empty() => Asked::Question(title),
        _ => Asked::Nothing,
    }
}

/// The reply to a post that addresses the bot without a question.
fn answer_none(context: &Context<'_>, post: &Post, reason: Reason, text: &str) -> Option<Response> {
    if !matches!(reason, Reason::Mention | Reason::Direct) {
        return None;
    }
    let response = match context.server.count_use(post.member) {
        Ok(()) => say(text, Outcome::NoQuestion),
        Err(seconds) => too_soon(context, reason, seconds)?,
    };
    Some(response.named(reason.label()))
}

/// What a thread gets if the bot is not sure of an answer: the way to the people who help, if
/// there are any.
fn offer_help(context: &Context<'_>, post: &Post, question: &str) -> Option<Response> {
    context.server.helper_role?;
    context.server.count_use(post.member).ok()?;
    context.count_unknown(question, post.asker());
    let card = thread::without_answer(context.texts, post.member).silent(true);
    Some(Response::message(card, Outcome::Unknown).named(Reason::Opening.label()))
}

/// Adds what the author of a thread can do next. Only the first reply leads to the people who
/// help, so that they are notified once.
fn below_a_thread(context: &Context<'_>, post: &Post, reason: Reason, card: Card) -> Card {
    let has_helpers = context.server.helper_role.is_some();
    match reason {
        Reason::Opening => thread::buttons(context.texts, card, post.member, has_helpers),
        Reason::FollowUp => thread::buttons(context.texts, card, post.member, false),
        _ => card,
    }
}

fn say(text: &str, outcome: Outcome) -> Response {
    Response::message(Card::new("", text, GREY), outcome)
}

fn hidden_original(texts: &Texts) -> String {
    texts.hidden_original(&texts.command(find_answer::NAME, None).unwrap_or_default())
}

/// The reply to a member who has to wait. In a server everyone would see it, and it would flood
/// the channel as much as the answers do.
fn too_soon(context: &Context<'_>, reason: Reason, seconds: u64) -> Option<Response> {
    (reason == Reason::Direct).then(|| Response::too_soon(context.texts, seconds))
}

/// A question as the buttons below its answer keep it.
fn in_one_line(question: &str) -> String {
    question.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is written as a question.
fn is_asking(text: &str) -> bool {
    text.contains(['?', '？', '؟'])
}

/// Whether a reply may be given although nobody asked the bot.
fn is_sure(context: &Context<'_>, reply: &Reply<'_>) -> bool {
    reply.outcome == ReplyOutcome::Answer && reply.confidence() >= context.server.watch.answer_at
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::time::Duration;

    use super::*;
    use crate::config::CooldownConfig;
    use crate::discord::fixture::{ME, MEMBER, SERVER, WATCHED, app, setup};
    use crate::discord::incoming::Original;

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
        let context = app.anywhere();
        let summary = converse(&context, ME, post, reason(&context.server, ME, post)?)?.summary;
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
        assert_eq!(said(&app, &Post { roles: vec![7], ..question() }), None);
        assert_eq!(said(&app, &post(WATCHED, "nice weather")), None);
        assert_eq!(said(&app, &post(WATCHED, "")), None);
        let strict = setup(0.5, 0.2, |setup| setup.watch.answer_at = 1.1);
        assert_eq!(said(&strict, &question()), None);
    }

    fn reply_to(member: u64, text: &str, original: &str) -> Post {
        let original = Some(Original { member, text: original.to_owned() });
        Post { is_reply: true, original, ..post(ELSEWHERE, text) }
    }

    #[test]
    fn a_reply_to_the_bot_is_a_question_if_it_asks_one() {
        let app = app();
        let said = |text| said(&app, &reply_to(ME, text, "The crane is 30 metres tall."));
        assert_eq!(said("height of the crane").as_deref(), Some("reply answer"));
        assert_eq!(said("who painted the moat?").as_deref(), Some("reply unknown"));
        assert_eq!(said("thanks a lot!").as_deref(), Some("reply courtesy"));
        assert_eq!(said("who would have thought of a moat"), None);
    }

    #[test]
    fn a_mention_alone_asks_what_it_replies_to_or_what_the_thread_is_about() {
        let app = app();
        let bare = |original| Post { mentions: vec![ME], ..reply_to(MEMBER + 1, &format!("<@{ME}>"), original) };
        assert_eq!(said(&app, &bare("height of the crane")).as_deref(), Some("mention answer"));
        assert_eq!(said(&app, &bare("")).as_deref(), Some("mention no_question"));
        let thread = Some(thread("height of the crane"));
        assert_eq!(said(&app, &Post { thread, ..mention("") }).as_deref(), Some("mention answer"));
    }

    fn thread(title: &str) -> Thread {
        Thread { parent: WATCHED, title: title.to_owned(), owner: MEMBER, is_opening: true, is_helped: false }
    }

    #[test]
    fn a_thread_is_answered_to_its_author_until_somebody_helps() {
        let app = app();
        let inside = |text: &str, thread: Thread| Post { thread: Some(thread), ..post(ELSEWHERE, text) };
        let later = || Thread { is_opening: false, ..thread("the crane") };
        assert_eq!(said(&app, &inside("please", thread("height of the crane"))).as_deref(), Some("thread answer"));
        assert_eq!(said(&app, &inside("height of the crane", later())).as_deref(), Some("follow_up answer"));
        assert_eq!(said(&app, &inside("nice weather", thread("hello"))), None);
        for silent in [
            Thread { is_helped: true, ..later() },
            Thread { owner: MEMBER + 1, ..later() },
            Thread { parent: ELSEWHERE, ..later() },
        ] {
            assert_eq!(said(&app, &inside("height of the crane", silent)), None);
        }
    }

    #[test]
    fn a_thread_without_an_answer_leads_to_the_people_who_help_if_there_are_any() {
        let app = setup(0.5, 0.2, |setup| setup.threads.helper_role = Some(7));
        let opening = Post { thread: Some(thread("nice weather")), ..post(ELSEWHERE, "hello") };
        assert_eq!(said(&app, &opening).as_deref(), Some("thread unknown"));
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
