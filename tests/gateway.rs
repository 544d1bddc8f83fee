//! Features of the gateway only: sessions, shards, events that cannot be read. What both
//! transports have is in `interactions`.

mod faults;
mod patience;
mod weather;

use serde_json::json;

use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, ask};
use crate::support::footnote::Test;
use discord_double::{DiscordDouble, RecordedRequest};

const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const GUILDS: u64 = 1;
const MESSAGE_CONTENT: u64 = 1 << 15;

#[tokio::test]
async fn no_privileged_intent_is_asked_for_and_every_shard_is_started() {
    let discord = DiscordDouble::builder().shards(2).max_concurrency(2).start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    let (first, second) = (discord.next_identify().await, discord.next_identify().await);
    let mut shards = [first.shard, second.shard];
    shards.sort_unstable();
    assert_eq!(shards, [[0, 2], [1, 2]]);
    assert_eq!([first.intents, second.intents], [GUILD_MESSAGES | DIRECT_MESSAGES; 2]);
}

#[tokio::test]
async fn only_watched_channels_need_the_content_of_messages() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let _bot = Bot::start(Test::new(), &discord, "watch_channels = [1287650000000000020]\n");
    // With the intent for servers, Discord tells of new threads.
    let watching = GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES | MESSAGE_CONTENT;
    assert_eq!(discord.next_identify().await.intents, watching);
}

#[tokio::test]
async fn a_lost_connection_is_resumed_and_no_interaction_is_lost() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.interact(ask("ferry fare")).await;
    discord.shard(0).drop_connection();
    let sent = discord.send(ask("does quill find the pier ugly")).await;
    assert!(discord.next_resume().await.accepted);
    assert_eq!(discord.reply_to(&sent).await.title(), "Does Quill find the pier ugly?");
    bot.wait_for_log("session resumed").await;
}

#[tokio::test]
async fn a_failure_that_passes_is_tried_again() {
    let discord = DiscordDouble::start().await;
    discord.fail_next("GET", "/gateway", 500);
    discord.fail_next("PUT", "/applications", 500);
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    discord.fail_next("POST", "/interactions", 502);
    let reply = discord.interact(ask("ferry fare")).await;
    assert_eq!(reply.title(), "How much does the ferry cost?");
    bot.wait_for_log("commands registered").await;
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_counted_and_the_bot_goes_on() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    discord.shard(0).dispatch("INTERACTION_CREATE", &json!({"id": "1", "user": {"username": "nosy.member"}}));
    bot.wait_for_log("cannot read an event of this kind").await;
    discord.interact(ask("ferry fare")).await;
    let ended = bot.stop().await;
    assert!(ended.log.contains("INTERACTION_CREATE") && ended.log.contains("count=1"), "{}", ended.log);
    assert!(ended.log.contains("missing field `type`"), "{}", ended.log);
    assert!(!ended.log.contains("nosy.member"), "{}", ended.log);
}

#[tokio::test]
async fn sigterm_finishes_what_is_in_flight_and_takes_no_more() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    let held = discord.hold_callbacks();
    let in_flight = discord.send(ask("ferry fare")).await;
    discord.wait_for(RecordedRequest::is_callback).await;
    bot.terminate();
    bot.wait_for_log("stopping").await;
    let late = discord.send(ask("does quill find the pier ugly")).await;
    held.release();
    assert_eq!(discord.reply_to(&in_flight).await.title(), "How much does the ferry cost?");
    discord.wait_for_departure(Some(1000)).await;
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(0), "{}", ended.log);
    assert!(ended.log.contains("in_flight=1"), "{}", ended.log);
    let answered_late = discord.requests().iter().any(|request| request.path.contains(&late.token));
    assert!(!answered_late, "an interaction was taken after SIGTERM");
}

#[tokio::test]
async fn a_token_that_the_gateway_refuses_ends_it_with_one_sentence() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "");
    discord.next_identify().await;
    discord.wait_until_ready().await;
    discord.shard(0).close(4004);
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert_eq!(ended.log.matches("Discord does not accept the bot token").count(), 1, "{}", ended.log);
}
