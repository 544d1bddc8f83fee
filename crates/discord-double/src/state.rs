//! The double's memory, and the one way to wait for it to change.
//!
//! Everything lives in a `watch` channel: each change wakes whoever waits, so that no test ever
//! polls or sleeps, and a wait that ends in vain says what did happen instead.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::timeout;

use super::channels::Channels;
use super::exchange::Exchange;
use super::recording::{PlannedAnswer, RecordedRequest};
use super::session::Gateway;
use crate::openapi::OpenApi;

/// The first second of 2015, from which Discord's snowflakes count.
const DISCORD_EPOCH_MS: u128 = 1_420_070_400_000;

/// What a test chose when it started the double.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The bot's token, without `Bot `.
    pub(crate) token: String,
    /// How many shards `GET /gateway/bot` recommends.
    pub(crate) shards: u64,
    /// What HELLO demands.
    pub(crate) heartbeat_interval: Duration,
    /// Whether the application may use the privileged intents.
    pub(crate) privileged_intents: bool,
    /// The team that owns the application, or null.
    pub(crate) team: Value,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
}

/// What the server, the gateway's connections and the test share.
pub(crate) struct Shared {
    /// What the test chose.
    pub(crate) settings: Settings,
    /// Discord's own description of the API, if it is at hand.
    pub(crate) openapi: Option<&'static OpenApi>,
    state: watch::Sender<State>,
    minted: AtomicU64,
}

/// Everything that happened so far.
#[derive(Default)]
pub(crate) struct State {
    /// Every request, in the order of arrival.
    pub(crate) requests: Vec<RecordedRequest>,
    /// Answers that a test ordered and no request has met yet.
    pub(crate) planned: Vec<PlannedAnswer>,
    /// Bodies that Discord would have refused for their form.
    pub(crate) violations: Vec<String>,
    /// The application's commands, as stored.
    pub(crate) commands: Vec<Value>,
    /// How often the bot overwrote its commands.
    pub(crate) command_puts: usize,
    /// The interactions that were issued.
    pub(crate) exchanges: Vec<Exchange>,
    /// What was said in channels.
    pub(crate) channels: Channels,
    /// How many tests' hands hold the answers to callbacks and posts back.
    pub(crate) holds: usize,
    /// Where interactions are posted to, instead of being sent over the gateway.
    pub(crate) endpoint: Option<SocketAddr>,
    /// The sessions and what went over them.
    pub(crate) gateway: Gateway,
}

impl Shared {
    /// A double to which nothing happened yet.
    pub(crate) fn new(settings: Settings, openapi: Option<&'static OpenApi>) -> Self {
        Self { settings, openapi, state: watch::Sender::default(), minted: AtomicU64::new(1) }
    }

    /// Changes the state and wakes whoever waits for it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut result = None;
        self.state.send_modify(|state| result = Some(change(state)));
        result.unwrap_or_else(|| unreachable!("send_modify runs its closure"))
    }

    /// Reads the state.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.borrow())
    }

    /// Waits until `find` finds what it looks for, which it may also take out.
    ///
    /// # Panics
    ///
    /// Panics after `guard`, naming `what` and the requests seen so far.
    pub(crate) async fn until<T>(
        &self,
        guard: Duration,
        what: &str,
        mut find: impl FnMut(&mut State) -> Option<T>,
    ) -> T {
        let mut changes = self.state.subscribe();
        let search = async {
            loop {
                // Marked as seen before looking, so that a change in between is not slept through.
                changes.mark_unchanged();
                let mut found = None;
                // Taking something out wakes nobody: no wait is for something to be missing.
                self.state.send_if_modified(|state| {
                    found = find(state);
                    false
                });
                if let Some(found) = found {
                    return found;
                }
                if changes.changed().await.is_err() {
                    unreachable!("the sender lives in self");
                }
            }
        };
        let found = timeout(guard, search).await;
        found.unwrap_or_else(|_| panic!("waited {guard:?} in vain for {what}; {}", self.history()))
    }

    /// Waits, without a guard, until no hand holds the answers to callbacks and posts back.
    pub(crate) async fn until_released(&self) {
        let mut changes = self.state.subscribe();
        if changes.wait_for(|state| state.holds == 0).await.is_err() {
            unreachable!("the sender lives in self");
        }
    }

    /// The requests so far, for the message of a wait in vain.
    pub(crate) fn history(&self) -> String {
        let line = |request: &RecordedRequest| format!("\n  {request}");
        let requests: Vec<String> = self.look(|state| state.requests.iter().map(line).collect());
        if requests.is_empty() {
            return "the bot made no request so far".to_owned();
        }
        format!("requests so far:{}", requests.concat())
    }

    /// The address of the gateway, in the form in which Discord gives its own.
    pub(crate) fn gateway_url(&self) -> String {
        format!("ws://{}", self.settings.address)
    }

    /// A new snowflake of this moment.
    pub(crate) fn snowflake(&self) -> String {
        let count = u128::from(self.minted.fetch_add(1, Ordering::Relaxed));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let since = now.saturating_sub(DISCORD_EPOCH_MS);
        (since << 22 | (count & 0x3f_ffff)).to_string()
    }

    /// The exchange that a token belongs to.
    pub(crate) fn with_exchange<T>(&self, token: &str, act: impl FnOnce(&mut Exchange) -> T) -> Option<T> {
        self.change(|state| state.exchanges.iter_mut().find(|exchange| exchange.token == token).map(act))
    }
}
