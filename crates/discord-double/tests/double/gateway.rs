//! The double's gateway, as serenity meets it, in peace and in trouble.

use std::time::Duration;

use serde_json::json;
use serenity::all::{Error, GatewayError, GatewayIntents};

use super::bot::Bot;
use discord_double::{DiscordDouble, GUILD_ID, Interaction, RecordedRequest};

fn nothing_wrong() -> Interaction {
    Interaction::command("wrong").option("what", "nothing")
}

async fn still_answers(discord: &DiscordDouble) {
    assert_eq!(discord.interact(nothing_wrong()).await.content(), "nothing wrong");
}

#[tokio::test]
async fn identifies_and_shuts_down() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(&discord).await;
    let identify = discord.next_identify().await;
    assert_eq!((identify.intents, identify.shard), (0, [0, 1]));
    assert!(discord.shard(0).is_connected());
    bot.shards.shutdown_all().await;
    assert_eq!(discord.wait_for_departure(Some(1000)).await.shard, Some(0));
    bot.run.await.expect("no panic").expect("an orderly end");
    assert!(!discord.shard(0).is_connected());
}

#[tokio::test]
async fn a_callback_in_flight_outlives_the_gateway() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    let held = discord.hold_callbacks();
    discord.send(nothing_wrong()).await;
    discord.wait_for(RecordedRequest::is_callback).await;
    bot.shards.shutdown_all().await;
    discord.wait_for_departure(Some(1000)).await;
    held.release();
    bot.outcome().await.expect("the callback was answered");
}

#[tokio::test]
async fn heartbeats_are_acknowledged() {
    let builder = DiscordDouble::builder().heartbeat_interval(Duration::from_millis(10));
    let discord = builder.start().await;
    let _bot = Bot::start(&discord).await;
    discord.wait_for_heartbeats(3).await;
    still_answers(&discord).await;
    assert_eq!(discord.sessions_begun(), 1, "serenity gives a connection without answers up");
}

#[tokio::test]
async fn resumes_and_gets_what_it_missed() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    discord.shard(0).drop_connection();
    assert!(!discord.shard(0).is_connected());
    let missed = discord.send(nothing_wrong()).await;
    let resume = discord.next_resume().await;
    assert_eq!((resume.seq, resume.accepted), (1, true));
    assert_eq!(discord.reply_to(&missed).await.content(), "nothing wrong");

    discord.shard(0).request_reconnect();
    assert_eq!(discord.next_resume().await.seq, 3, "READY, the interaction and RESUMED");
    still_answers(&discord).await;
    discord.shard(0).invalidate_session(true);
    assert!(discord.next_resume().await.accepted);
    discord.shard(0).close(4000);
    assert!(discord.next_resume().await.accepted);
    still_answers(&discord).await;
}

#[tokio::test]
async fn identifies_anew_when_the_session_is_gone() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    discord.next_identify().await;
    discord.shard(0).invalidate_session(false);
    discord.next_identify().await;
    discord.wait_for_departure(None).await;
    still_answers(&discord).await;
}

#[tokio::test]
async fn a_wrong_token_is_an_error() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start_with(&discord, "wrong", GatewayIntents::empty()).await;
    let error = bot.run.await.expect("no panic").expect_err("the token is wrong");
    assert!(matches!(error, Error::Http(_)), "{error:?}");
    let asked: Vec<String> = discord.requests().iter().map(ToString::to_string).collect();
    assert_eq!(asked[0], "GET /gateway -> 200");
    assert!(asked[1].starts_with("GET /gateway/bot -> 401"), "{asked:?}");
}

#[tokio::test]
async fn a_token_that_only_the_gateway_refuses_is_an_error() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(&discord).await;
    discord.shard(0).close(4004);
    let error = bot.run.await.expect("no panic").expect_err("4004 is fatal");
    assert!(matches!(error, Error::Gateway(GatewayError::InvalidAuthentication)), "{error:?}");
}

#[tokio::test]
async fn a_privileged_intent_is_an_error_unless_granted() {
    let discord = DiscordDouble::start().await;
    let intents = GatewayIntents::MESSAGE_CONTENT;
    let bot = Bot::start_with(&discord, discord.token(), intents).await;
    let error = bot.run.await.expect("no panic").expect_err("4014 is fatal");
    assert!(matches!(error, Error::Gateway(GatewayError::DisallowedGatewayIntents)), "{error:?}");
    assert_eq!(discord.next_identify().await.intents, 1 << 15);

    let discord = DiscordDouble::builder().privileged_intents().token("mine").start().await;
    let _bot = Bot::start_with(&discord, "mine", intents).await;
    discord.wait_until_ready().await;
}

#[tokio::test]
async fn odd_events_do_no_harm() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    let shard = discord.shard(0);
    shard.dispatch("SOMETHING_NEW", &json!({"with": ["anything"]}));
    shard.dispatch("INTERACTION_CREATE", &json!({"id": "1"}));
    shard.send_raw("no JSON at all");
    shard.send_raw("{\"op\": 99}");
    still_answers(&discord).await;
}

#[tokio::test]
async fn guilds_are_spread_over_the_shards() {
    let discord = DiscordDouble::builder().shards(2).start().await;
    let _bot = Bot::start(&discord).await;
    assert_eq!(discord.next_identify().await.shard, [0, 2]);
    assert_eq!(discord.next_identify().await.shard, [1, 2]);
    // Discord shards by the guild's id without its lowest 22 bits.
    let (even, odd) = (GUILD_ID & !(1 << 22), GUILD_ID | 1 << 22);
    for (guild, shard) in [(even, 0), (odd, 1)] {
        let ask = Interaction::command("ask").option("question", "who");
        let reply = discord.interact(ask.in_guild(guild)).await;
        let told = format!("for besa in Some(GuildId({guild})) on shard {shard}");
        assert_eq!(reply.content(), told);
    }
}
