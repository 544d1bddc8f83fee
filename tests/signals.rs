//! What the bot tells probes, monitors and service managers.

mod metrics;

use std::net::SocketAddr;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{NO_JOURNAL, ask};
use crate::support::footnote::{Run, Test};
use crate::support::http::HttpRequest;
use crate::support::snapshot::assert_snapshot;
use discord_double::DiscordDouble;

const GUARD: Duration = Duration::from_secs(30);
/// A configuration that answers probes on any free port.
const PROBES: &str = "[http]\nlisten = \"127.0.0.1:0\"\n";

over_both_transports!(a_bot_that_works_is_alive_and_ready, a_journal_that_cannot_be_written_makes_it_unready);

/// The status and the text of a page.
async fn page(address: SocketAddr, path: &str) -> (u16, String) {
    let answer = HttpRequest::new("GET", path).send(address).await.expect("an answer");
    (answer.status, String::from_utf8(answer.body).expect("UTF-8"))
}

/// Asks until the page has this status, and returns its text.
pub async fn wait_for_status(address: SocketAddr, path: &str, status: u16) -> String {
    let asking = async {
        loop {
            let (found, text) = page(address, path).await;
            if found == status {
                return text;
            }
        }
    };
    timeout(GUARD, asking).await.unwrap_or_else(|_| panic!("{path} is never {status}"))
}

async fn a_bot_that_works_is_alive_and_ready(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, PROBES).await;
    let probes = bot.probes().await;
    assert_eq!(wait_for_status(probes, "/readyz", 200).await, "ready\n");
    assert_eq!(page(probes, "/healthz").await, (200, "alive\n".to_owned()));
    assert_eq!(page(probes, "/").await.0, 404);
    assert_eq!(bot.stop().await.status, Some(0));
}

async fn a_journal_that_cannot_be_written_makes_it_unready(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, PROBES).await;
    let probes = bot.probes().await;
    wait_for_status(probes, "/readyz", 200).await;
    let mut other = connection(folder.path()).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let answer = discord.interact(ask("does quill find the pier ugly")).await;
    discord.interact(answer.press("👍")).await;
    assert_eq!(page(probes, "/readyz").await, (503, "journal: cannot be written\n".to_owned()));
    assert_eq!(page(probes, "/healthz").await.0, 200);
    // A load balancer goes on sending requests to a bot that can answer them.
    assert_eq!(page(probes, "/readyz?exclude=journal").await, (200, "ready\n".to_owned()));
    assert_eq!(page(probes, "/readyz?exclude=discord").await.0, 503);
    let (status, text) = page(probes, "/readyz?exclude=jurnal").await;
    assert!(status == 400 && text.contains("base, journal, discord"), "{status} {text}");
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    wait_for_status(probes, "/readyz", 200).await;
}

async fn connection(folder: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(folder.join("data/footnote.db")).connect().await.unwrap()
}

#[tokio::test]
async fn without_a_gateway_session_it_is_alive_and_not_ready() {
    let discord = DiscordDouble::start().await;
    for _ in 0..3 {
        discord.fail_next("GET", "/gateway/bot", 500);
    }
    let mut bot = Bot::start(Test::new(), &discord, PROBES);
    let probes = bot.probes().await;
    bot.wait_for_log("cannot ask Discord for its gateway").await;
    assert_eq!(page(probes, "/readyz").await, (503, "discord: not connected yet\n".to_owned()));
    assert_eq!(page(probes, "/healthz").await.0, 200);
    wait_for_status(probes, "/readyz", 200).await;
    for _ in 0..20 {
        discord.refuse_next_handshake(500);
    }
    discord.shard(0).drop_connection();
    assert_eq!(wait_for_status(probes, "/readyz", 503).await, "discord: no session on shard 0 of 1\n");
}

/// A run of `footnote health` against this address.
fn health(listen: SocketAddr, options: &[&str]) -> Run {
    let config = format!("[http]\nlisten = \"{listen}\"\n");
    Test::new().file("config.toml", config).args(["health"]).args(options.iter().copied()).run()
}

#[tokio::test]
async fn health_asks_the_running_bot() {
    let discord = DiscordDouble::start().await;
    for _ in 0..8 {
        discord.fail_next("GET", "/gateway/bot", 500);
    }
    let mut bot = Bot::start(Test::new(), &discord, PROBES);
    let probes = bot.probes().await;
    bot.wait_for_log("cannot ask Discord for its gateway").await;
    let (alive, unready) = (health(probes, &[]).status(0), health(probes, &["--ready"]).status(1));
    bot.stop().await;
    let dead = health(probes, &[]).status(1);
    assert!(dead.stderr.contains(&format!("the bot does not answer on {probes}")), "{}", dead.stderr);
    assert_snapshot!(alive, unready, "Nobody can ask.", Test::new().args(["health"]).run().status(2));
}

#[tokio::test]
async fn an_address_in_use_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = format!("[http]\nlisten = \"{}\"\n", taken.local_addr().unwrap());
    let discord = DiscordDouble::start().await;
    let ended = Bot::start(Test::new(), &discord, &listen).ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert!(ended.log.contains("choose another http.listen"), "{}", ended.log);
}

#[tokio::test]
async fn a_service_manager_is_told_when_the_bot_is_ready_and_when_it_stops() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(GUARD)).unwrap();
    let test = Test::new().env("NOTIFY_SOCKET", path.to_str().unwrap()).env("WATCHDOG_USEC", "2000000");
    let bot = Bot::start(test, &discord, NO_JOURNAL);
    let told = tokio::task::spawn_blocking(move || {
        let mut told = Vec::new();
        while !told.iter().any(|line| line == "STOPPING=1") {
            let mut message = [0; 512];
            let length = socket.recv(&mut message).expect("another message");
            told.extend(String::from_utf8_lossy(&message[..length]).lines().map(str::to_owned));
            if told.ends_with(&["READY=1".to_owned()]) {
                bot.terminate();
            }
        }
        told
    });
    let told = told.await.unwrap();
    let place = |line: &str| told.iter().position(|told| told == line).unwrap_or_else(|| panic!("{line}: {told:?}"));
    assert!(place("STATUS=ready") < place("READY=1") && place("READY=1") < place("STOPPING=1"), "{told:?}");
    assert!(place("WATCHDOG=1") < place("STOPPING=1"));
}
