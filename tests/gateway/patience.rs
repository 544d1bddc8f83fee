//! What the bot does if it has no session, or no greeting, for too long. Its patience is a minute,
//! so these tests run the gateway in their own process, with less.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use footnote::config::{Config, DiscordConfig, Token};
use footnote::discord::gateway::{self, Patience};
use footnote::discord::{App, Setup};
use footnote_search::reply::{Answerer, Thresholds};
use tempfile::TempDir;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::subscriber::DefaultGuard;

use crate::support::footnote::{HARBOUR, SOURCES};
use discord_double::DiscordDouble;

const GUARD: Duration = Duration::from_secs(30);

/// The log of this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Collects what is logged until the guard is dropped.
    fn start() -> (Self, DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        (log, tracing::subscriber::set_default(lines))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

fn app(folder: &TempDir) -> App {
    std::fs::write(folder.path().join("sources.toml"), SOURCES).unwrap();
    std::fs::write(folder.path().join("harbour.toml"), HARBOUR).unwrap();
    let base = footnote_knowledge::load(folder.path()).expect("the base is valid");
    let thresholds = Thresholds { answer_at: 0.5, closest_at: 0.3, suggest_at: 0.1 };
    App::new(Setup::new(Answerer::new(base, thresholds), folder.path()))
}

/// Runs the gateway with this patience while `events` go on, and returns its log.
async fn run(discord: &DiscordDouble, patience: Patience, events: impl Future<Output = ()>) -> String {
    let (log, _guard) = Log::start();
    let folder = TempDir::new().unwrap();
    let token = Token::from_environment(|name| match name {
        "DISCORD_TOKEN" => Ok(discord.token().to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    });
    let config = DiscordConfig { api_proxy: Some(discord.url()), ..Config::default().discord };
    let (token, stop) = (token.unwrap(), CancellationToken::new());
    footnote::discord::start_tls();
    let serving = gateway::run(app(&folder), &token, &config, patience, stop.clone());
    let scene = async {
        events.await;
        stop.cancel();
    };
    let (served, ()) = timeout(GUARD, async { tokio::join!(serving, scene) }).await.expect("it ends");
    served.unwrap();
    log.text()
}

#[tokio::test]
async fn a_long_time_without_a_session_is_warned_of_once_and_so_is_its_end() {
    let discord = DiscordDouble::start().await;
    let patience = Patience { session: Duration::from_secs(2), ..Patience::default() };
    let log = run(&discord, patience, async {
        discord.next_identify().await;
        discord.wait_until_ready().await;
        for _ in 0..5 {
            discord.refuse_next_handshake(503);
        }
        discord.shard(0).drop_connection();
        assert!(discord.next_resume().await.accepted);
        discord.wait_for_sessions(2).await;
        discord.shard(0).drop_connection();
        assert!(discord.next_resume().await.accepted);
    })
    .await;
    let warnings = log.lines().filter(|line| line.contains("WARN") && line.contains("no session with Discord"));
    assert_eq!(warnings.count(), 1, "{log}");
    let ends = log.lines().filter(|line| line.contains("INFO") && line.contains("there is a session again"));
    assert_eq!(ends.count(), 1, "{log}");
}

#[tokio::test]
async fn a_connection_without_a_greeting_is_replaced() {
    let discord = DiscordDouble::start().await;
    discord.ignore_next_connection();
    let patience = Patience { greeting: Duration::from_secs(1), ..Patience::default() };
    let log = run(&discord, patience, async {
        discord.next_identify().await;
    })
    .await;
    assert!(log.contains("nothing comes from the gateway"), "{log}");
}
