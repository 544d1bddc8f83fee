//! What goes wrong on the way to the gateway, what the log says of it, and that the bot comes back.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::weather::path::Path;
use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, ask};
use crate::support::footnote::Test;
use discord_double::DiscordDouble;
use serde_json::json;
use tokio::task::JoinSet;

/// Asserts that the bot answers over the gateway.
async fn answers(discord: &DiscordDouble) {
    let reply = discord.interact(ask("ferry fare")).await;
    assert_eq!(reply.title(), "How much does the ferry cost?");
}

#[tokio::test]
async fn a_handshake_that_is_refused_is_logged_with_its_status_and_tried_again() {
    let discord = DiscordDouble::start().await;
    discord.refuse_next_handshake(503);
    // This one comes first.
    discord.refuse_next_handshake(200);
    let mut bot = Bot::start(Test::new(), &discord, "");
    bot.wait_for_log("cannot connect to the gateway").await;
    answers(&discord).await;
    let log = bot.stop().await.log;
    assert!(log.contains("got status code 200"), "{log}");
    assert_eq!(log.matches("cannot connect to the gateway").count(), 1, "one line a minute: {log}");
}

#[tokio::test]
async fn a_gateway_that_is_not_there_is_logged_with_the_cause() {
    let discord = DiscordDouble::start().await;
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = unused.local_addr().unwrap().to_string();
    drop(unused);
    let no_tls = discord.url().replace("http://", "");
    for (url, cause) in
        [(format!("ws://{nobody}"), "Connection refused"), (format!("wss://{no_tls}"), "received corrupt message")]
    {
        let limit = json!({"total": 1, "remaining": 1, "reset_after": 0, "max_concurrency": 1});
        let body = json!({"url": url, "shards": 1, "session_start_limit": limit});
        discord.answer_next("GET", "/gateway/bot", 200, &body);
        let mut bot = Bot::start(Test::new(), &discord, "");
        bot.wait_for_log("cannot connect to the gateway").await;
        let log = bot.stop().await.log;
        assert!(log.contains(cause), "{log}");
    }
}

#[tokio::test]
async fn after_a_close_code_that_allows_it_the_session_is_resumed() {
    let mut cases = JoinSet::new();
    for code in [4000, 4001, 4002, 4003, 4005, 4008] {
        cases.spawn(async move {
            let discord = DiscordDouble::start().await;
            let mut bot = Bot::start(Test::new(), &discord, "");
            answers(&discord).await;
            discord.shard(0).close_with(code, "the reason");
            assert!(discord.next_resume().await.accepted, "{code}");
            bot.wait_for_log("session resumed").await;
            let log = bot.stop().await.log;
            assert!(log.contains("the connection to Discord was lost"), "{log}");
            assert!(log.contains(&format!("code={code} reason=\"the reason\"")), "{log}");
        });
    }
    cases.join_all().await;
}

#[tokio::test]
async fn after_a_close_code_that_ends_the_session_a_new_one_is_started() {
    let mut cases = JoinSet::new();
    for code in [4007, 4009] {
        cases.spawn(async move {
            let discord = DiscordDouble::start().await;
            let bot = Bot::start(Test::new(), &discord, "");
            answers(&discord).await;
            discord.next_identify().await;
            discord.shard(0).close(code);
            discord.next_identify().await;
            answers(&discord).await;
            let log = bot.stop().await.log;
            assert!(!log.contains("session resumed"), "{log}");
        });
    }
    cases.join_all().await;
}

#[tokio::test]
async fn after_a_close_code_that_ends_it_all_the_bot_says_what_to_do() {
    let mut cases = JoinSet::new();
    for (code, advice) in [
        (4004, "reset it on the Bot page"),
        (4010, "discord.shards"),
        (4011, "discord.shards"),
        (4012, "update Footnote"),
        (4013, "update Footnote"),
        (4014, "Message Content Intent"),
    ] {
        cases.spawn(async move {
            let discord = DiscordDouble::start().await;
            let bot = Bot::start(Test::new(), &discord, "");
            answers(&discord).await;
            discord.shard(0).close(code);
            let ended = bot.ended().await;
            assert_eq!(ended.status, Some(2), "{code}: {}", ended.log);
            assert!(ended.log.contains(advice), "{code}: {}", ended.log);
        });
    }
    cases.join_all().await;
}

#[tokio::test]
async fn a_connection_that_falls_silent_is_replaced() {
    let discord = DiscordDouble::builder().heartbeat_interval(Duration::from_millis(1_100)).start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    answers(&discord).await;
    discord.shard(0).fall_silent();
    assert!(discord.next_resume().await.accepted);
    bot.wait_for_log("session resumed").await;
    answers(&discord).await;
    let log = bot.stop().await.log;
    assert!(log.contains("reason=\"a heartbeat was not answered\""), "{log}");
}

#[tokio::test]
async fn a_cut_connection_is_logged_and_the_session_resumed() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    answers(&discord).await;
    discord.shard(0).drop_connection();
    bot.wait_for_log("session resumed").await;
    let log = bot.stop().await.log;
    assert!(log.contains("the connection to Discord was lost"), "{log}");
    assert!(log.contains("code=1006"), "{log}");
}

#[tokio::test]
async fn connections_that_are_closed_again_and_again_become_rarer() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "");
    answers(&discord).await;
    let begun = Instant::now();
    for _ in 0..5 {
        discord.wait_until_ready().await;
        discord.shard(0).close(4000);
        assert!(discord.next_resume().await.accepted);
    }
    // Pauses of at least 0, 0.2, 0.4, 0.8 and 1.6 s.
    assert!(begun.elapsed() >= Duration::from_secs(3), "{:?}", begun.elapsed());
    let log = bot.stop().await.log;
    assert_eq!(log.matches("the connection to Discord was lost").count(), 1, "one line a minute: {log}");
    assert!(log.contains("event=\"closed\" code=4000 count=4"), "the others at the end: {log}");
}

#[tokio::test]
async fn a_session_is_resumed_where_discord_said_when_it_began() {
    let (start, resume) = (Path::bind().await, Path::bind().await);
    let urls = [&start, &resume].map(|path| format!("ws://{}", path.address()));
    let discord = DiscordDouble::builder().gateway_urls(&urls[0], &urls[1]).start().await;
    start.lead_to(discord.address());
    resume.lead_to(discord.address());
    let bot = Bot::start(Test::new(), &discord, "");
    answers(&discord).await;
    discord.shard(0).drop_connection();
    let resumed = discord.next_resume().await;
    assert_eq!((resumed.host, resumed.accepted), (resume.address().to_string(), true));
    answers(&discord).await;
    bot.stop().await;
}

#[tokio::test]
async fn a_reconnect_and_an_invalid_session_are_done_as_discord_asks() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    answers(&discord).await;
    discord.next_identify().await;
    discord.shard(0).request_reconnect();
    assert!(discord.next_resume().await.accepted);
    answers(&discord).await;
    discord.shard(0).invalidate_session(true);
    assert!(discord.next_resume().await.accepted);
    answers(&discord).await;
    discord.shard(0).invalidate_session(false);
    discord.wait_for_departure(Some(1000)).await;
    discord.next_identify().await;
    bot.wait_for_log("Discord ended the session").await;
    answers(&discord).await;
    bot.terminate();
    // The session that was started again ends too.
    discord.wait_for_departure(Some(1000)).await;
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(0));
    let log = ended.log;
    assert!(log.contains("Discord asked for a new connection"), "{log}");
    assert!(log.contains("Discord asked to resume the session"), "{log}");
    assert!(!log.contains("was lost"), "{log}");
}

#[tokio::test]
async fn shards_start_as_many_at_once_as_discord_allows() {
    const SHARDS: u64 = 24;
    const AT_ONCE: u64 = 16;
    let discord = DiscordDouble::builder().shards(SHARDS).max_concurrency(AT_ONCE).start().await;
    let started = Instant::now();
    let bot = Bot::start(Test::new(), &discord, "");
    let mut groups: BTreeMap<u64, Vec<Instant>> = BTreeMap::new();
    let mut shards = Vec::new();
    for _ in 0..SHARDS {
        let identify = discord.next_identify().await;
        groups.entry(identify.shard[0] % AT_ONCE).or_default().push(identify.at);
        shards.push(identify.shard[0]);
    }
    shards.sort_unstable();
    assert!(shards.into_iter().eq(0..SHARDS));
    assert_eq!(groups.len() as u64, AT_ONCE);
    for (group, times) in groups {
        let pauses = times.windows(2).map(|pair| pair[1] - pair[0]);
        assert!(pauses.min().is_none_or(|pause| pause >= Duration::from_secs(5)), "group {group}");
    }
    assert!(started.elapsed() < Duration::from_secs(25), "{:?}", started.elapsed());
    bot.stop().await;
}

#[tokio::test]
async fn with_no_session_start_left_it_waits_and_says_so() {
    let discord = DiscordDouble::builder().session_starts(1, Duration::from_secs(4)).start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    let first = discord.next_identify().await;
    discord.shard(0).invalidate_session(false);
    bot.wait_for_log("Discord allows no further session for now").await;
    let second = discord.next_identify().await;
    assert!(second.at - first.at >= Duration::from_secs(3), "{:?}", second.at - first.at);
    answers(&discord).await;
}

#[tokio::test]
async fn a_process_can_run_some_of_the_shards() {
    let discord = DiscordDouble::builder().shards(9).max_concurrency(16).start().await;
    let bot = Bot::start(Test::new(), &discord, "shards = \"1-2/4\"\n");
    let mut shards = [discord.next_identify().await.shard, discord.next_identify().await.shard];
    shards.sort_unstable();
    assert_eq!(shards, [[1, 4], [2, 4]]);
    bot.stop().await;
}
