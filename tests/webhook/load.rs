//! Many requests at once: all are answered, and what the journal cannot take is counted.
//!
//! `FOOTNOTE_LOAD=100000 cargo test --release --test features webhook::load -- --nocapture` makes
//! so many requests and prints what one costs the bot.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::read_head;
use crate::support::bot::{Bot, Transport};
use crate::support::discord::{STRICT, ask};
use crate::support::footnote::Test;
use crate::support::http::{HttpAnswer, HttpRequest, signed};
use discord_double::DiscordDouble;

/// How many connections send at once.
const CONNECTIONS: u64 = 16;

/// How many requests a test makes: enough to fill the journal's queue, or as many as asked for.
fn requests() -> u64 {
    std::env::var("FOOTNOTE_LOAD").map_or(1_200, |count| count.parse().expect("a number"))
}

/// The body of a question that another member asks each time.
fn body(model: &Value, number: u64, question: &str) -> String {
    let mut payload = model.clone();
    payload["id"] = json!((1_300_000_000_000_000_000 + number).to_string());
    payload["member"]["user"]["id"] = json!((1_400_000_000_000_000_000 + number).to_string());
    payload["data"]["options"][0]["value"] = json!(question);
    payload.to_string()
}

/// Sends a request on a connection that is kept, and returns the status.
async fn send(stream: &mut TcpStream, body: String) -> u16 {
    let request = signed(body).header("Connection", "keep-alive");
    stream.write_all(&request.bytes()).await.unwrap();
    let head = HttpAnswer::read(read_head(stream).await.as_bytes()).unwrap();
    let length = head.header("content-length").expect("a length").parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    head.status
}

/// Makes so many requests over several connections, and returns how many were answered.
async fn flood(address: SocketAddr, model: &Value, count: u64, question: fn(u64) -> String) -> usize {
    let mut senders = JoinSet::new();
    for first in 0..CONNECTIONS {
        let model = model.clone();
        senders.spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let mut answered = 0;
            for number in (first..count).step_by(usize::try_from(CONNECTIONS).unwrap()) {
                let status = send(&mut stream, body(&model, number, &question(number))).await;
                answered += usize::from(status == 200);
            }
            answered
        });
    }
    senders.join_all().await.into_iter().sum()
}

/// The processor time of a process so far, in milliseconds.
fn processor_time(id: &str) -> u64 {
    /// Ticks of the clock in which Linux tells it.
    const TICK: u64 = 10;
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("the process runs");
    let (_, fields) = stat.rsplit_once(") ").expect("a name in parentheses");
    // utime and stime are fields 14 and 15; the first after the name is 3.
    let ticks: Vec<u64> = fields.split(' ').skip(11).take(2).map(|field| field.parse().unwrap()).collect();
    ticks.iter().sum::<u64>() * TICK
}

#[tokio::test]
async fn every_signed_request_of_a_crowd_is_answered() {
    let count = requests();
    let discord = DiscordDouble::start().await;
    let (bot, address) = super::start(&discord).await;
    let model = discord.issue(&ask("ferry fare")).payload;
    let before = processor_time(&bot.id());
    let answered = flood(address, &model, count, |_| "ferry fare".to_owned()).await;
    let spent = processor_time(&bot.id()) - before;
    println!("{answered} of {count} answered, {} µs of processor time each", spent * 1_000 / count);
    assert_eq!(answered as u64, count);
    let ended = bot.stop().await;
    assert_eq!(ended.log.matches(" interaction ").count() as u64, count, "one line each");
}

async fn stored(journal: &Path) -> u64 {
    let mut journal = SqliteConnectOptions::new().filename(journal).connect().await.unwrap();
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM gaps").fetch_one(&mut journal).await.unwrap();
    journal.close().await.unwrap();
    u64::try_from(count).unwrap()
}

/// The number behind this name on the page of metrics.
async fn metric(probes: SocketAddr, name: &str) -> u64 {
    let page = HttpRequest::new("GET", "/metrics").send(probes).await.unwrap();
    let page = String::from_utf8(page.body).unwrap();
    let value = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.unwrap_or_else(|| panic!("no {name} in\n{page}")).parse().unwrap()
}

#[tokio::test]
async fn of_a_burst_of_unknown_questions_each_is_stored_or_counted() {
    let count = requests();
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let config = format!("{STRICT}[http]\nlisten = \"127.0.0.1:0\"\n[journal]\ngaps_a_server = 500\n");
    let mut bot = Bot::over(Transport::Webhook, Test::at(folder.path()).with_base(), &discord, &config).await;
    let (address, probes) = (bot.address().await, bot.probes().await);
    let model = discord.issue(&ask("ferry fare")).payload;
    let answered = flood(address, &model, count, |number| format!("who mends kite {number}")).await;
    assert_eq!(answered as u64, count);
    // The page has the same counts, but perhaps not yet those of the last questions.
    let shown =
        metric(probes, "footnote_journal_dropped_total").await + metric(probes, "footnote_journal_refused_total").await;
    assert!((1..=count).contains(&shown), "{shown}");
    let ended = bot.stop().await;
    let (dropped, refused) = (counted(&ended.log, "dropped"), counted(&ended.log, "refused"));
    let stored = stored(&folder.path().join("data/footnote.db")).await;
    println!("of {count}: stored {stored}, refused {refused}, dropped {dropped}");
    assert_eq!(stored + dropped + refused, count, "stored {stored}, refused {refused}, dropped {dropped}");
    assert_eq!(stored, 500);
}

/// The sum of this count over all lines of the log.
fn counted(log: &str, name: &str) -> u64 {
    let counts =
        log.lines().filter_map(|line| line.split_once(&format!(" {name}="))?.1.split(' ').next()?.parse::<u64>().ok());
    counts.sum()
}
