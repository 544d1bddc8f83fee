//! The webhook's connections: those that only keep a place, the end of the bot, and requests that
//! are sent again.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{question, start, title};
use crate::support::bot::{Bot, Transport};
use crate::support::footnote::Test;
use crate::support::http::{HttpAnswer, signed};
use discord_double::DiscordDouble;

/// Twice as many as the webhook has places for.
const CROWD: usize = 1_000;

/// Opens a connection that has sent the beginning of a head.
async fn half_open(address: std::net::SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"POST /interactions HTTP/1.1\r\nHost: ").await.unwrap();
    stream
}

#[tokio::test]
async fn a_crowd_of_half_open_connections_does_not_keep_a_request_waiting() {
    let discord = DiscordDouble::start().await;
    let (bot, address) = start(&discord).await;
    let started = Instant::now();
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        crowd.push(half_open(address).await);
    }
    for _ in 0..3 {
        let begun = Instant::now();
        let answer = signed(question(&discord, "ferry fare")).send(address).await.unwrap();
        assert_eq!(title(&answer), "How much does the ferry cost?");
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
    // None of them was just waited out.
    assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
    let log = bot.stop().await.log;
    assert!(log.contains("all places for connections to the webhook were taken"), "{log}");
}

#[tokio::test]
async fn a_body_has_five_seconds_a_head_ten_and_a_pause_longer() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let mut idle = TcpStream::connect(address).await.unwrap();
    let begun = Instant::now();
    let mut slow = half_open(address).await;
    let mut without_body = TcpStream::connect(address).await.unwrap();
    without_body.write_all(&signed(question(&discord, "ferry fare")).head()).await.unwrap();
    assert_eq!(HttpAnswer::read_from(&mut without_body).await.unwrap().status, 408);
    assert!((4..9).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).await.unwrap();
    let lasted = begun.elapsed();
    assert!((9..15).contains(&lasted.as_secs()), "{lasted:?}");
    let request = signed(question(&discord, "ferry fare")).header("Connection", "close");
    idle.write_all(&request.bytes()).await.unwrap();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(rest.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&rest));
}

#[tokio::test]
async fn while_it_drains_it_answers_and_closes_each_connection() {
    let discord = DiscordDouble::start().await;
    let config = Bot::config(Transport::Webhook, &discord).replace("public_key =", "drain_seconds = 2, public_key =");
    let mut bot = Bot::spawn(Test::new().file("config.toml", config).env("DISCORD_TOKEN", discord.token()));
    let address = bot.address().await;
    let mut waiting = TcpStream::connect(address).await.unwrap();
    bot.terminate();
    bot.wait_for_log("stopping soon").await;
    let answer = signed(question(&discord, "ferry fare")).send(address).await.unwrap();
    assert_eq!(
        (title(&answer).as_str(), answer.header("connection")),
        ("How much does the ferry cost?", Some("close"))
    );
    let request = signed(question(&discord, "ferry fare")).header("Connection", "keep-alive");
    waiting.write_all(&request.bytes()).await.unwrap();
    let mut rest = Vec::new();
    waiting.read_to_end(&mut rest).await.unwrap();
    let answer = String::from_utf8_lossy(&rest).to_lowercase();
    assert!(answer.starts_with("http/1.1 200") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(0), "{}", ended.log);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn an_interaction_that_is_sent_again_is_not_answered_again() {
    let discord = DiscordDouble::start().await;
    let (bot, address) = start(&discord).await;
    let body = question(&discord, "who won the 2023 champions league");
    assert_eq!(signed(body.clone()).status(address).await, 200);
    assert_eq!(signed(body).status(address).await, 409);
    assert_eq!(signed(question(&discord, "ferry fare")).status(address).await, 200);
    let log = bot.stop().await.log;
    assert_eq!(log.matches(" interaction ").count(), 2, "{log}");
    assert!(log.contains("repeated=1"), "{log}");
}
