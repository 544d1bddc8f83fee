//! Features of the webhook only: signatures, requests of any form, replicas. What both transports
//! have is in `interactions`.

mod connections;
mod load;

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::bot::{Bot, Transport};
use crate::support::discord::{BotMessage, ask};
use crate::support::footnote::Test;
use crate::support::http::{HttpAnswer, HttpRequest, signed, signed_at};
use discord_double::{DiscordDouble, RecordedRequest, check_callback};

const SIGNATURE: &str = "X-Signature-Ed25519";
const TIMESTAMP: &str = "X-Signature-Timestamp";
const MAX_BODY: usize = 256 * 1024;

/// The body of an interaction that the test itself posts.
fn question(discord: &DiscordDouble, question: &str) -> String {
    discord.issue(&ask(question)).payload.to_string()
}

async fn start(discord: &DiscordDouble) -> (Bot, SocketAddr) {
    let mut bot = Bot::over(Transport::Webhook, Test::new(), discord, "").await;
    let address = bot.address().await;
    (bot, address)
}

/// The title of the answer, which Discord would accept.
fn title(answer: &HttpAnswer) -> String {
    let body = answer.json();
    assert_eq!(check_callback(&body), Vec::<String>::new());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    body["data"]["embeds"][0]["title"].as_str().expect("a title").to_owned()
}

/// The time in this many seconds, as a timestamp.
fn in_seconds(seconds: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    now.checked_add_signed(seconds).unwrap().to_string()
}

#[tokio::test]
async fn what_discord_signed_is_answered_in_the_same_request() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let answer = signed(question(&discord, "ferry fare")).send(address).await.unwrap();
    assert_eq!((answer.status, title(&answer).as_str()), (200, "How much does the ferry cost?"));
    discord.interact(ask("ferry fare")).await;
    assert!(!discord.requests().iter().any(RecordedRequest::is_callback), "{:#?}", discord.requests());
}

#[tokio::test]
async fn what_nobody_signed_is_refused() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let request = signed(question(&discord, "ferry fare"));
    let signature = request.value(SIGNATURE).to_owned();
    let timestamp = request.value(TIMESTAMP).to_owned();
    let refused = [
        ("no signature", request.clone().without(SIGNATURE)),
        ("no timestamp", request.clone().without(TIMESTAMP)),
        ("neither", request.clone().without(SIGNATURE).without(TIMESTAMP)),
        ("an empty signature", request.clone().header(SIGNATURE, "")),
        ("a short signature", request.clone().header(SIGNATURE, &signature[1..])),
        ("a long signature", request.clone().header(SIGNATURE, &format!("{signature}0"))),
        ("not hexadecimal", request.clone().header(SIGNATURE, &format!("g{}", &signature[1..]))),
        ("another spelling", request.clone().header(SIGNATURE, &signature.to_uppercase())),
        ("no ASCII", request.clone().header(SIGNATURE, &"é".repeat(64))),
        ("twice", request.clone().also(SIGNATURE, &signature)),
        ("another time", request.clone().header(TIMESTAMP, &in_seconds(-1))),
        ("no time", signed_at("now", "{\"type\":1}")),
        ("a fraction of a second", signed_at(&format!("{timestamp}.5"), "{\"type\":1}")),
        ("another body", request.clone().body(question(&discord, "ferry fare"))),
        ("no body", request.clone().body("")),
        ("a longer body", request.clone().body(question(&discord, "ferry fare") + " ")),
    ];
    for (what, request) in refused {
        assert_eq!(request.status(address).await, 401, "{what}");
    }
    assert_eq!(request.status(address).await, 200);
}

#[tokio::test]
async fn a_part_of_the_body_cannot_pass_for_a_part_of_the_timestamp() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let timestamp = in_seconds(0);
    // A signature is right for both parts of a text, wherever it is split.
    let request = signed_at(&timestamp, "{\"type\":1}");
    assert_eq!(request.status(address).await, 200);
    let (front, last) = timestamp.split_at(timestamp.len() - 1);
    let moved = request.clone().header(TIMESTAMP, front).body(format!("{last}{{\"type\":1}}"));
    assert_eq!(moved.status(address).await, 401);
    let moved = request.header(TIMESTAMP, &format!("{timestamp}{{")).body("\"type\":1}");
    assert_eq!(moved.status(address).await, 401);
}

#[tokio::test]
async fn another_applications_signature_is_refused_and_the_wrong_key_is_named() {
    let discord = DiscordDouble::start().await;
    let other = "67c6bd767ca099e79efac9fcce4d2022a63bf7dea780e7f3d813f694c1597089";
    let config = Bot::config(Transport::Webhook, &discord).replace(&discord_double::public_key(), other);
    let mut bot = Bot::spawn(Test::new().file("config.toml", config).env("DISCORD_TOKEN", discord.token()));
    let address = bot.address().await;
    assert_eq!(signed(question(&discord, "ferry fare")).status(address).await, 401);
    bot.wait_for_log("public_key is not the application's public key").await;
}

#[tokio::test]
async fn only_a_recent_request_is_trusted() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let body = || question(&discord, "ferry fare");
    for (seconds, status) in [(-310, 401), (-290, 200), (290, 200), (310, 401)] {
        assert_eq!(signed_at(&in_seconds(seconds), body()).status(address).await, status, "{seconds} s from now");
    }
    for timestamp in ["0", "-1", "18446744073709551615", "18446744073709551616"] {
        assert_eq!(signed_at(timestamp, body()).status(address).await, 401, "{timestamp}");
    }
}

#[tokio::test]
async fn no_changed_character_passes() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let request = signed(question(&discord, "ferry fare"));
    let change = |text: &str, place: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] = if bytes[place] == b'7' { b'8' } else { b'7' };
        String::from_utf8(bytes).unwrap()
    };
    for header in [SIGNATURE, TIMESTAMP] {
        let value = request.value(header);
        for place in 0..value.len() {
            let changed = request.clone().header(header, &change(value, place));
            assert_eq!(changed.status(address).await, 401, "{header}, character {place}");
        }
    }
    let body = question(&discord, "ferry fare");
    let request = signed(body.clone());
    for place in (0..body.len()).step_by(17) {
        assert_eq!(request.clone().body(change(&body, place)).status(address).await, 401, "byte {place}");
    }
}

#[tokio::test]
async fn a_body_of_more_than_256_kib_is_refused_before_anything_else() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let mut body = question(&discord, "ferry fare").into_bytes();
    body.resize(MAX_BODY, b' ');
    assert_eq!(signed(body.clone()).status(address).await, 200, "the longest");
    body.push(b' ');
    assert_eq!(signed(body.clone()).status(address).await, 413, "a byte more");
    assert_eq!(HttpRequest::new("POST", "/interactions").body(body.clone()).status(address).await, 413, "not signed");
    assert_eq!(signed(vec![b' '; 16 * MAX_BODY]).status(address).await, 413, "much more");

    let chunked = |body: &[u8]| {
        let framed = [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
        signed(body).header("Transfer-Encoding", "chunked").body(framed)
    };
    let mut other = question(&discord, "ferry fare").into_bytes();
    other.resize(MAX_BODY, b' ');
    assert_eq!(chunked(&other).status(address).await, 200, "the longest, of no declared length");
    assert_eq!(chunked(&body).status(address).await, 413, "a byte more, of no declared length");
}

#[tokio::test]
async fn what_is_not_an_interaction_is_refused_after_the_signature_is_verified() {
    let discord = DiscordDouble::start().await;
    let (bot, address) = start(&discord).await;
    let garbage =
        ["", "nosy.member", "[]", "{}", "{\"type\":\"1\"}", "{\"type\":99}", "{\"type\":2}", "\u{0}", "{\"type\":1"];
    for body in garbage {
        assert_eq!(signed(body).status(address).await, 400, "{body}");
        assert_eq!(signed(body).header(TIMESTAMP, &in_seconds(1)).status(address).await, 401, "{body}");
    }
    assert_eq!(signed(vec![0xff, 0xfe]).status(address).await, 400);
    let answer = signed(question(&discord, "ferry fare")).send(address).await.unwrap();
    assert_eq!(answer.status, 200);
    let ended = bot.stop().await;
    assert!(ended.log.contains("kind=\"INTERACTION_CREATE\" error=.: is not JSON count=9"), "{}", ended.log);
    assert!(!ended.log.contains("nosy.member"), "{}", ended.log);
}

#[tokio::test]
async fn nothing_else_is_served() {
    let discord = DiscordDouble::start().await;
    let (_bot, address) = start(&discord).await;
    let request = signed(question(&discord, "ferry fare"));
    for path in ["/", "/interactions/", "/interaction", "/INTERACTIONS", "/interactions/../metrics"] {
        assert_eq!(request.clone().path(path).status(address).await, 404, "{path}");
    }
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        assert_eq!(request.clone().method(method).status(address).await, 405, "{method}");
    }
    assert_eq!(request.path("/interactions?x=1").status(address).await, 200);
}

#[tokio::test]
async fn a_ping_gets_a_pong_however_little_is_in_it() {
    let discord = DiscordDouble::start().await;
    let (mut bot, address) = start(&discord).await;
    let answer = signed("{\"type\":1}").send(address).await.unwrap();
    assert_eq!((answer.status, answer.json()), (200, json!({"type": 1})));
    assert_eq!(check_callback(&answer.json()), Vec::<String>::new());
    bot.wait_for_log("answered Discord's ping").await;
}

#[tokio::test]
async fn it_answers_while_discord_cannot_be_asked_and_registers_later() {
    let discord = DiscordDouble::start().await;
    discord.fail_next("GET", "/oauth2/applications/@me", 500);
    discord.fail_next("GET", "/applications/@me", 500);
    discord.fail_next("PUT", "/applications", 502);
    let (mut bot, _) = start(&discord).await;
    let reply = discord.interact(ask("ferry fare")).await;
    assert_eq!(reply.title(), "How much does the ferry cost?");
    bot.wait_for_log("commands registered").await;
    let log = bot.stop().await.log;
    assert!(log.contains("cannot ask Discord for the application"), "{log}");
    assert!(log.contains("cannot register the commands"), "{log}");
}

#[tokio::test]
async fn replicas_answer_the_same() {
    let discord = DiscordDouble::start().await;
    let ((_first, first), (_second, second)) = (start(&discord).await, start(&discord).await);
    assert_ne!(first, second);
    let request = signed(question(&discord, "how long is the pier"));
    let answers = [request.send(first).await.unwrap(), request.send(second).await.unwrap()];
    assert_eq!(title(&answers[0]), "How long is the pier?");
    assert_eq!(answers[0].body, answers[1].body);
}

/// Reads up to the end of a head, such as that of a provisional answer.
async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    String::from_utf8(head).unwrap()
}

#[tokio::test]
async fn sigterm_finishes_what_is_in_flight_and_takes_no_more() {
    let discord = DiscordDouble::start().await;
    let (mut bot, address) = start(&discord).await;
    let request = signed(question(&discord, "ferry fare")).header("Expect", "100-continue");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&request.head()).await.unwrap();
    assert!(read_head(&mut stream).await.starts_with("HTTP/1.1 100"));
    let body = request.bytes().split_off(request.head().len());
    bot.terminate();
    bot.wait_for_log("stopping").await;
    let late = TcpStream::connect(address).await;
    stream.write_all(&body).await.unwrap();
    let answer = HttpAnswer::read_from(&mut stream).await.unwrap();
    assert_eq!(title(&answer), "How much does the ferry cost?");
    assert!(late.is_err(), "a connection was taken after SIGTERM");
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(0), "{}", ended.log);
    assert!(ended.log.contains("in_flight=1") && !ended.log.contains("gave up"), "{}", ended.log);
}

#[tokio::test]
async fn a_connection_serves_many_requests_and_does_not_keep_it_from_stopping() {
    let discord = DiscordDouble::start().await;
    let (bot, address) = start(&discord).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    for asked in ["ferry fare", "does quill find the pier ugly"] {
        let request = signed(question(&discord, asked)).header("Connection", "keep-alive");
        stream.write_all(&request.bytes()).await.unwrap();
        let head = read_head(&mut stream).await;
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let length = HttpAnswer::read(head.as_bytes()).unwrap().header("content-length").unwrap().parse().unwrap();
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["type"], 4);
    }
    let ended = bot.stop().await;
    assert_eq!(ended.status, Some(0), "{}", ended.log);
    assert!(!ended.log.contains("gave up"), "{}", ended.log);
}

#[tokio::test]
async fn refusals_are_counted_and_do_not_flood_the_log() {
    let discord = DiscordDouble::start().await;
    // Discord's own test of the endpoint is the first refusal, which is logged at once.
    let (bot, address) = start(&discord).await;
    let forged = signed("{}").header(SIGNATURE, &"0".repeat(128));
    for _ in 0..20 {
        assert_eq!(forged.status(address).await, 401);
    }
    assert_eq!(forged.without(SIGNATURE).status(address).await, 401);
    let log = bot.stop().await.log;
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("requests refused")).collect();
    let [first, last] = lines.as_slice() else { panic!("two lines, not {lines:#?}") };
    assert!(first.contains(" forged=1 "), "{first}");
    assert!(last.contains(" forged=20 ") && last.contains(" unsigned=1 "), "{last}");
}

#[tokio::test]
async fn an_address_in_use_ends_it_with_one_sentence() {
    let discord = DiscordDouble::start().await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let config = Bot::config(Transport::Webhook, &discord).replace("127.0.0.1:0", &address);
    let bot = Bot::spawn(Test::new().file("config.toml", config).env("DISCORD_TOKEN", discord.token()));
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert!(ended.log.contains(&format!("cannot listen on {address}")), "{}", ended.log);
}
