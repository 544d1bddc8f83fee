//! What Discord may leave out or add, what its refusals lead to, and how often it is asked again.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::bot::{Bot, Transport};
use crate::support::discord::{BotMessage, ask};
use crate::support::footnote::Test;
use crate::support::http::signed;
use discord_double::{DiscordDouble, IncomingMessage, RecordedRequest};

/// A question with only the fields that an answer needs.
fn least(payload: &Value) -> Value {
    json!({
        "id": payload["id"],
        "token": payload["token"],
        "type": payload["type"],
        "member": {"user": {"id": payload["member"]["user"]["id"]}},
        "data": {"name": payload["data"]["name"], "options": payload["data"]["options"]},
        "something_new": [{}],
    })
}

#[tokio::test]
async fn an_interaction_needs_only_what_an_answer_needs() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    bot.wait_for_log("commands registered").await;
    let sent = discord.issue(&ask("ferry fare"));
    discord.shard(0).dispatch("INTERACTION_CREATE", &least(&sent.payload));
    assert_eq!(discord.reply_to(&sent).await.title(), "How much does the ferry cost?");
    bot.stop().await;

    let mut bot = Bot::over(Transport::Webhook, Test::new(), &discord, "").await;
    let body = least(&discord.issue(&ask("ferry fare")).payload).to_string();
    let answer = signed(body).send(bot.address().await).await.unwrap();
    assert_eq!(answer.json()["data"]["embeds"][0]["title"], "How much does the ferry cost?");
}

#[tokio::test]
async fn an_interaction_that_cannot_be_read_is_logged_with_the_path_and_no_value() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    bot.wait_for_log("commands registered").await;
    let mut broken = discord.issue(&ask("nosy question")).payload;
    broken["member"]["user"]["id"] = json!("nosy.member");
    discord.shard(0).dispatch("INTERACTION_CREATE", &broken);
    bot.wait_for_log("cannot read an event of this kind").await;
    let log = bot.stop().await.log;
    assert!(log.contains("error=member.user.id: expected an id"), "{log}");
    assert!(!log.contains("nosy"), "{log}");

    let mut bot = Bot::over(Transport::Webhook, Test::new(), &discord, "").await;
    assert_eq!(signed(broken.to_string()).status(bot.address().await).await, 400);
    let log = bot.stop().await.log;
    assert!(log.contains("error=member.user.id: expected an id"), "{log}");
    assert!(!log.contains("nosy"), "{log}");
}

#[tokio::test]
async fn an_event_of_an_unknown_kind_is_of_no_interest() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "[log]\nlevel = \"debug\"\n");
    discord.wait_until_ready().await;
    discord.shard(0).dispatch("SOMETHING_NEW", &json!({"a": 1}));
    bot.wait_for_log("an event of another kind").await;
    let log = bot.stop().await.log;
    assert!(log.lines().filter(|line| line.contains("SOMETHING_NEW")).all(|line| line.contains("DEBUG")), "{log}");
}

#[tokio::test]
async fn any_success_is_a_success_whatever_its_body() {
    let discord = DiscordDouble::start().await;
    discord.answer_next("PUT", "/applications", 200, &json!([{"name": "no id"}]));
    let mut bot = Bot::start(Test::new(), &discord, "");
    bot.wait_for_log("commands registered").await;
    discord.answer_next("POST", "/channels", 201, &json!({"something": "new"}));
    discord.say(IncomingMessage::mention("ferry fare")).await;
    bot.wait_for_log("command=\"mention\"").await;
    let log = bot.stop().await.log;
    assert!(!log.contains("reply failed"), "{log}");
}

#[tokio::test]
async fn a_response_waits_as_long_as_discord_asks() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    discord.rate_limit_next("POST", "/interactions", Duration::from_millis(1_300));
    let sent = discord.send(ask("ferry fare")).await;
    let asked = discord.wait_for(RecordedRequest::is_callback).await;
    let begun = Instant::now();
    discord.reply_to(&sent).await;
    assert!(begun.elapsed() >= Duration::from_millis(1_200), "{asked}: {:?}", begun.elapsed());
    assert_eq!(discord.requests().iter().filter(|request| request.is_callback()).count(), 2);
    bot.stop().await;
}

#[tokio::test]
async fn a_response_that_would_come_too_late_is_given_up_at_once() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    discord.rate_limit_next("POST", "/interactions", Duration::from_mins(1));
    let begun = Instant::now();
    discord.send(ask("ferry fare")).await;
    bot.wait_for_log("interaction failed").await;
    assert!(begun.elapsed() < Duration::from_secs(3));
    assert_eq!(discord.requests().iter().filter(|request| request.is_callback()).count(), 1);
}

#[tokio::test]
async fn a_global_limit_holds_for_other_channels_too() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    bot.wait_for_log("commands registered").await;
    let limited = json!({"message": "You are being rate limited.", "retry_after": 1.5, "global": true});
    discord.answer_next("POST", "/channels", 429, &limited);
    let first = discord.say(IncomingMessage::mention("ferry fare")).await;
    bot.wait_for_log("rate_limited=1").await;
    let begun = Instant::now();
    let second =
        discord.say(IncomingMessage::mention("how long is the pier").in_channel(1_287_650_000_000_000_777)).await;
    discord.post_about(&second).await;
    assert!(begun.elapsed() >= Duration::from_millis(1_300), "{:?}", begun.elapsed());
    discord.post_about(&first).await;
    assert_eq!(discord.requests().iter().filter(|request| request.is_post()).count(), 3);
}

#[tokio::test]
async fn the_log_has_the_fields_that_discord_refused() {
    let discord = DiscordDouble::start().await;
    let error = json!([{"code": "BASE_TYPE_MAX_LENGTH", "message": "nosy.member is too long"}]);
    let errors = json!({"embeds": {"0": {"title": {"_errors": error}}}});
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    let refusal = json!({"code": 50_035, "message": "Invalid Form Body", "errors": errors});
    discord.answer_next("POST", "/channels", 400, &refusal);
    discord.say(IncomingMessage::mention("ferry fare")).await;
    bot.wait_for_log("reply failed").await;
    let log = bot.stop().await.log;
    assert!(log.contains("(code 50035): embeds.0.title BASE_TYPE_MAX_LENGTH"), "{log}");
    assert!(!log.contains("nosy.member"), "{log}");
}

#[tokio::test]
async fn a_channel_that_refused_the_bot_is_left_alone() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    discord.refuse_next("POST", "/channels", 403, 50_013, "Missing Permissions");
    discord.say(IncomingMessage::mention("ferry fare")).await;
    bot.wait_for_log("reply failed").await;
    for _ in 0..5 {
        discord.say(IncomingMessage::mention("ferry fare")).await;
    }
    let elsewhere = discord.say(IncomingMessage::mention("ferry fare").in_channel(1_287_650_000_000_000_777)).await;
    discord.post_about(&elsewhere).await;
    assert_eq!(discord.requests().iter().filter(|request| request.is_post()).count(), 2);
    let log = bot.stop().await.log;
    assert!(log.contains("Discord refused requests") && log.contains("forbidden=1"), "{log}");
}

#[tokio::test]
async fn what_discord_refused_is_in_the_log_at_the_latest_when_the_bot_stops() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    for channel in 1..=3 {
        discord.refuse_next("POST", "/channels", 403, 50_013, "Missing Permissions");
        discord.say(IncomingMessage::mention("ferry fare").in_channel(1_287_650_000_000_000_700 + channel)).await;
    }
    bot.wait_for_logs("reply failed", 3).await;
    let log = bot.stop().await.log;
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("Discord refused requests")).collect();
    let [first, last] = lines.as_slice() else { panic!("two lines, not {lines:#?}") };
    assert!(first.contains("forbidden=1") && last.contains("forbidden=2"), "{lines:#?}");
}

#[tokio::test]
async fn a_token_that_is_refused_later_ends_it_with_advice() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    bot.wait_for_log("commands registered").await;
    discord.fail_next("POST", "/channels", 401);
    discord.say(IncomingMessage::mention("ferry fare")).await;
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert!(ended.log.contains("reset it on the Bot page"), "{}", ended.log);
}

#[tokio::test]
async fn a_refusal_at_the_start_names_the_way_out() {
    let discord = DiscordDouble::start().await;
    discord.fail_next("GET", "/gateway/bot", 403);
    let ended = Bot::start(Test::new(), &discord, "").ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert!(ended.log.contains("blocked for about an hour"), "{}", ended.log);
    assert_eq!(discord.requests().len(), 1);
}
