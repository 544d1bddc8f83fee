//! Posts in forums and threads: the first one asks, its author is in charge, and people who help
//! take over.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, STRICT};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{
    BOT_USER_ID, CHANNEL_ID, DiscordDouble, FORUM_ID, HELPER_ROLE_ID, IncomingMessage, MEMBER_ID, Post, SOLVED_TAG_ID,
    Said,
};
use discord_double::{Interaction, RecordedRequest};

over_both_transports!(the_people_who_help_are_notified_once, solved_sets_the_tag_and_closes_the_post,);

/// The flag of messages that make no sound.
const SILENT: u64 = 1 << 12;
const HELPER: u64 = SOMEONE_ELSE + 1;
const SURE: &str = "How much does the ferry cost?";

/// A watched forum and text channel, people who help, and a tag for what is solved.
fn forum() -> String {
    format!(
        "watch_channels = [\"{FORUM_ID}\", \"{CHANNEL_ID}\"]\n\
         helpers = {{ role = \"{HELPER_ROLE_ID}\" }}\n\
         forum = {{ solved_tag = \"solved\", close_solved = true }}\n"
    )
}

async fn double() -> DiscordDouble {
    DiscordDouble::builder().privileged_intents().start().await
}

/// A message in the thread of the post.
fn inside(said: &Said, content: &str) -> IncomingMessage {
    let thread = said.payload["channel_id"].as_str().expect("an id").parse().expect("a number");
    IncomingMessage::new(content).in_channel(thread)
}

fn by_helper(said: &Said, content: &str) -> IncomingMessage {
    inside(said, content).by(HELPER, "hana").with_role(HELPER_ROLE_ID)
}

fn is_silent(post: &Post) -> bool {
    post.body["flags"].as_u64().unwrap_or(0) & SILENT != 0
}

fn labels(post: &Post) -> Vec<&str> {
    let rows = post.body["components"].as_array().into_iter().flatten();
    rows.flat_map(|row| row["components"].as_array().into_iter().flatten())
        .filter_map(|one| one["label"].as_str())
        .collect()
}

/// Lets the bot finish all that it was told, and returns what it posted.
async fn posts_until_stopped(discord: &DiscordDouble, bot: Bot) -> Vec<Post> {
    let last = discord.talk(IncomingMessage::direct("ferry fare")).await;
    let ended = bot.stop().await;
    assert_eq!(ended.status, Some(0), "{}", ended.log);
    // The last one, which is direct, has no thread and no server.
    let mut posts = discord.posts();
    let last = posts.iter().position(|post| post.message["channel_id"] == last.message["channel_id"]);
    posts.remove(last.expect("it was posted"));
    posts
}

#[tokio::test]
async fn a_post_is_answered_to_its_author_until_somebody_helps() {
    let discord = double().await;
    let bot = Bot::start(Test::new(), &discord, &forum());
    let said = discord.open_post("Prices", SURE).await;
    let answer = discord.post_about(&said).await;
    assert_eq!((answer.title(), is_silent(&answer)), (SURE, true));
    assert!(labels(&answer).ends_with(&["Solved", "I still need help"]), "{:?}", labels(&answer));
    let follow_up = discord.talk(inside(&said, "How long is the pier?")).await;
    assert_eq!((follow_up.title(), is_silent(&follow_up)), ("How long is the pier?", true));
    assert!(!labels(&follow_up).contains(&"I still need help"), "it notifies once a post");
    discord.say(inside(&said, SURE).by(SOMEONE_ELSE, "arta")).await;
    discord.say(inside(&said, "nice weather today")).await;
    discord.say(by_helper(&said, "I can tell you more")).await;
    discord.say(inside(&said, "How long is the pier?")).await;
    let mention = discord.talk(inside(&said, &format!("<@{BOT_USER_ID}> ferry fare"))).await;
    assert_eq!((mention.title(), is_silent(&mention)), (SURE, false));
    let posts = posts_until_stopped(&discord, bot).await;
    assert_eq!(posts.len(), 3, "{posts:#?}");
    let asked = discord.requests().iter().filter(|request| request.path.contains("/messages?")).count();
    assert_eq!(asked, 0, "a new thread has no past to ask for");
}

#[tokio::test]
async fn title_and_first_message_are_one_question() {
    let discord = double().await;
    let _bot = Bot::start(Test::new(), &discord, &forum());
    let title_asks = discord.open_post(SURE, "Hello, I could not find it.").await;
    assert_eq!(discord.post_about(&title_asks).await.title(), SURE);
    let together = discord.open_post("The ferry", "what do they charge for the crossing").await;
    assert_eq!(discord.post_about(&together).await.title(), SURE);
    let thread = discord.open_thread_with(CHANNEL_ID, SURE, IncomingMessage::new("see the title")).await;
    let answer = discord.post_about(&thread).await;
    assert_eq!(answer.title(), SURE);
    assert_snapshot!(answer);
    let picture =
        IncomingMessage::new("").with(&json!({"attachments": [{"id": "7", "filename": "ferry_fare.png", "size": 1}]}));
    let said = discord.open_post_with("Picture", picture).await;
    assert_eq!(discord.post_about(&said).await.title(), SURE);
}

#[tokio::test]
async fn a_post_without_an_answer_leads_to_the_people_who_help() {
    let discord = double().await;
    let mut bot = Bot::start(Test::new(), &discord, &(forum() + STRICT + "[log]\nlevel = \"debug\"\n"));
    let said = discord.open_post("Gulls", "Who feeds the gulls?").await;
    let offer = discord.post_about(&said).await;
    assert!(is_silent(&offer));
    let refused = discord.interact(offer.press("I still need help").by(SOMEONE_ELSE, "arta").with_permissions(0)).await;
    let pressed = discord.interact(offer.press("I still need help").with_permissions(0)).await;
    assert_snapshot!(offer, refused, pressed);
    let call =
        discord.wait_for(|request| request.body["content"].as_str().is_some_and(|text| text.contains("<@&"))).await;
    assert_eq!(call.path, format!("/channels/{}/messages", said.id));
    assert_eq!(call.body["allowed_mentions"], json!({"parse": [], "users": [], "roles": [HELPER_ROLE_ID.to_string()]}));
    // The question is worth an entry, now that somebody has said that it matters.
    bot.wait_for_gaps(1).await;
    // An edit must not bring the button back.
    discord.edit(&said, "Who feeds the gulls at night?");
    let posts = posts_until_stopped(&discord, bot).await;
    assert_eq!(posts.len(), 2, "{posts:#?}");
    let held = discord.message_like(&offer.message["id"], |_| true).await;
    assert!(!held.to_string().contains("thread:help"), "{held}");
}

/// A message of the bot in a post, with both buttons, as it was before the bot's last start.
fn earlier_reply(said: &Said) -> Value {
    let button = |verb: &str| {
        let custom_id = format!("thread:{verb}:{MEMBER_ID}");
        json!({"type": 2, "style": 2, "label": verb, "custom_id": custom_id})
    };
    json!({
        "id": "1287650000000000777", "channel_id": said.id, "type": 0, "content": "", "flags": 0,
        "author": {"id": BOT_USER_ID, "username": "bot", "bot": true}, "embeds": [], "attachments": [],
        "components": [{"type": 1, "components": [button("solved"), button("help")]}],
    })
}

fn press(message: &Value, verb: &str) -> Interaction {
    Interaction::component(&format!("thread:{verb}:{MEMBER_ID}")).on_message(message)
}

async fn the_people_who_help_are_notified_once(transport: Transport) {
    let discord = double().await;
    let helpers = format!("helpers = {{ role = \"{HELPER_ROLE_ID}\" }}\n");
    let bot = Bot::over(transport, Test::new(), &discord, &helpers).await;
    let said = discord.open_post("Gulls", "Who feeds the gulls?").await;
    let message = earlier_reply(&said);
    // The author and a moderator press at once.
    let author = discord.send(press(&message, "help").with_permissions(0)).await;
    let moderator = discord.send(press(&message, "help").by(SOMEONE_ELSE, "arta")).await;
    let refused = discord.interact(press(&message, "help").by(HELPER, "hana").with_permissions(0)).await;
    assert_eq!(refused.body["data"]["flags"], 64);
    for sent in [author, moderator] {
        let reply = discord.reply_to(&sent).await;
        assert_eq!(reply.body["type"], 7);
        assert!(!reply.body.to_string().contains("thread:help"), "{}", reply.body);
        assert!(reply.body.to_string().contains("thread:solved"), "{}", reply.body);
    }
    bot.stop().await;
    let calls: Vec<RecordedRequest> = discord.requests().into_iter().filter(RecordedRequest::is_post).collect();
    assert!(calls.len() <= 2 && calls.iter().all(|call| call.body["enforce_nonce"] == true), "{calls:?}");
    assert_eq!(discord.posts().len(), 1);
}

async fn solved_sets_the_tag_and_closes_the_post(transport: Transport) {
    let discord = double().await;
    let config = "forum = { solved_tag = \"solved\", close_solved = true }\n";
    let mut bot = Bot::over(transport, Test::new(), &discord, config).await;
    let said = discord.open_post("Gulls", "Who feeds the gulls?").await;
    let message = earlier_reply(&said);
    let solved = discord.interact(press(&message, "solved").with_permissions(0)).await;
    assert!(solved.content().contains(&format!("<@{MEMBER_ID}>")), "{}", solved.body);
    assert_eq!(solved.body["data"]["components"], json!([]));
    assert_eq!(solved.body["data"]["allowed_mentions"], json!({"parse": []}));
    let is_closed = |thread: &Value| thread["thread_metadata"]["archived"] == true;
    let thread = discord.channel_like(&said.id, is_closed).await;
    assert_eq!(thread["applied_tags"], json!([SOLVED_TAG_ID.to_string()]));

    let said = discord.open_post("Gulls again", "Who feeds them?").await;
    discord.refuse_next("PATCH", "/channels", 403, 50013, "Missing Permissions");
    discord.interact(press(&earlier_reply(&said), "solved")).await;
    let told = discord.wait_for(|request| request.path.starts_with("/webhooks/")).await;
    assert!(told.body["content"].as_str().is_some_and(|text| text.contains("Manage Threads")), "{told:?}");
    bot.wait_for_log("Missing Permissions (code 50013)").await;
}

#[tokio::test]
async fn after_a_restart_the_past_of_a_post_is_asked_for_once() {
    let discord = double().await;
    let bot = Bot::start(Test::new(), &discord, &forum());
    let helped = discord.open_post("Helped", SURE).await;
    discord.post_about(&helped).await;
    discord.say(by_helper(&helped, "I can tell you more")).await;
    let open = discord.open_post("Open", SURE).await;
    discord.post_about(&open).await;
    bot.stop().await;

    let bot = Bot::start(Test::new(), &discord, &forum());
    discord.wait_until_ready().await;
    for _ in 0..2 {
        discord.say(inside(&helped, "How long is the pier?")).await;
        assert_eq!(discord.talk(inside(&open, "How long is the pier?")).await.title(), "How long is the pier?");
    }
    assert_eq!(posts_until_stopped(&discord, bot).await.len(), 4);
    let asked = |path: String| discord.requests().iter().filter(|request| request.path == path).count();
    for said in [&helped, &open] {
        assert_eq!([asked(format!("/channels/{}", said.id)), asked(format!("/channels/{}/messages", said.id))][0], 1);
    }
}

#[tokio::test]
async fn what_cannot_be_watched_is_reported_at_the_start() {
    const CATEGORY: u64 = CHANNEL_ID + 100;
    let discord = double().await;
    discord.add_channel(CATEGORY, 4);
    let hidden = CHANNEL_ID + 101;
    discord.refuse_next("GET", &format!("/channels/{hidden}"), 403, 50001, "Missing Access");
    let config = format!(
        "watch_channels = [{FORUM_ID}, {CHANNEL_ID}, {CATEGORY}, {hidden}, 77]\n\
         helpers = {{ role = \"78\" }}\nforum = {{ solved_tag = \"Done\" }}\n"
    );
    let mut bot = Bot::start(Test::new(), &discord, &config);
    bot.wait_for_log("discord.helpers.role is a role of no server").await;
    let said = discord.open_post("Prices", SURE).await;
    assert_eq!(discord.post_about(&said).await.title(), SURE, "the others are watched");
    let log = bot.stop().await.log;
    let line = |channel: u64| {
        let named =
            |line: &&str| line.contains("cannot watch a channel") && line.contains(&format!("channel={channel}"));
        log.lines().filter(named).collect::<String>()
    };
    for (channel, says) in [
        (FORUM_ID, "no tag named"),
        (CATEGORY, "nobody can write"),
        (hidden, "cannot see it"),
        (77, "there is no such channel"),
    ] {
        assert!(line(channel).contains(says), "{channel}: {log}");
    }
    assert_eq!(line(CHANNEL_ID), "");
}

const POSTS: u32 = 200;
const A_SECOND: u32 = 50;

/// Opens many posts at once. Returns how long it took until each had its one answer, and how many
/// requests were refused.
async fn flood() -> (Duration, usize) {
    let discord = DiscordDouble::builder().privileged_intents().requests_a_second(A_SECOND).start().await;
    let config = forum() + "cooldown = { enabled = false }\n";
    let mut bot = Bot::start(Test::new(), &discord, &config);
    bot.wait_for_log("commands registered").await;
    let started = Instant::now();
    let mut posts = Vec::new();
    for number in 0..POSTS {
        posts.push(discord.open_post(&format!("Post {number}"), SURE).await);
    }
    for said in &posts {
        discord.post_about(said).await;
    }
    let took = started.elapsed();
    let answered = posts_until_stopped(&discord, bot).await;
    assert_eq!(answered.len(), posts.len(), "each is answered once");
    let refused = discord.requests().iter().filter(|request| request.status == Some(429)).count();
    (took, refused)
}

#[tokio::test]
async fn two_hundred_posts_at_once_are_answered_once_each_within_discords_limits() {
    // The bucket is full at first.
    let ideal = Duration::from_secs(u64::from(POSTS / A_SECOND) - 1);
    let mut tries = Vec::new();
    // Where other tests take the processor, one try says more about them.
    while tries.len() < 3 {
        let (took, refused) = flood().await;
        if took < ideal + Duration::from_secs(3) && refused <= 5 {
            return;
        }
        tries.push((took, refused));
    }
    panic!("times, and refused requests: {tries:?}");
}
