//! The double's memory, and the only way to wait for it to change.
//!
//! Everything is in a `watch` channel. Each change wakes everyone who waits, so no test polls or
//! sleeps, and a wait that fails says what happened instead.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::answer::Answer;
use crate::exchange::Exchange;
use crate::incoming::{Said, as_told};
use crate::sessions::{Builder, Gateway};

/// The first millisecond of 2015, from which Discord's snowflakes count.
const DISCORD_EPOCH_MS: u128 = 1_420_070_400_000;

/// A request that the bot made.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// The method, in capitals.
    pub method: String,
    /// The path without `/api/v10`. A path without that prefix is unchanged.
    pub path: String,
    /// The JSON body; for a form, its `payload_json`. Null if there was none.
    pub body: Value,
    /// The status that the double answered. `None` while it holds back the answer, and
    /// permanently if the bot hung up before.
    pub status: Option<u16>,
    /// The body of the double's answer, null for a 204.
    pub answer: Value,
}

impl RecordedRequest {
    /// Whether this is the callback of an interaction.
    pub fn is_callback(&self) -> bool {
        self.method == "POST" && self.path.starts_with("/interactions/")
    }

    /// Whether this is a message to a channel.
    pub fn is_post(&self) -> bool {
        self.method == "POST" && self.path.starts_with("/channels/")
    }
}

impl fmt::Display for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} -> ", self.method, self.path)?;
        match self.status {
            Some(status) if status >= 400 => write!(f, "{status} {}", self.answer),
            Some(status) => write!(f, "{status}"),
            None => write!(f, "(no answer yet)"),
        }
    }
}

/// A message that the bot posted to a channel.
#[derive(Clone, Debug)]
pub struct Post {
    /// The request's body, as sent.
    pub body: Value,
    /// The message as Discord holds it.
    pub message: Value,
}

impl Post {
    /// Whether it replies to a message.
    pub fn answers(&self, said: &Said) -> bool {
        self.message["message_reference"]["message_id"] == said.id
    }
}

/// What the server, the gateway's connections and the test share.
pub(crate) struct Shared {
    pub(crate) settings: Builder,
    /// The double's own address.
    pub(crate) address: SocketAddr,
    pub(crate) state: watch::Sender<State>,
    pub(crate) minted: AtomicU64,
}

/// Everything that happened so far.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) requests: Vec<RecordedRequest>,
    /// The answers that a test ordered for the next request with this method whose path begins
    /// like this.
    pub(crate) planned: Vec<(String, String, Answer)>,
    /// The statuses for refusing the next connections to the gateway.
    pub(crate) refused_handshakes: Vec<u16>,
    /// How many of the next connections get no HELLO.
    pub(crate) ignored_connections: u32,
    /// Bodies whose form Discord would have refused.
    pub(crate) violations: Vec<String>,
    pub(crate) commands: Vec<Value>,
    /// The commands that only one server has.
    pub(crate) guild_commands: HashMap<String, Vec<Value>>,
    pub(crate) command_puts: usize,
    pub(crate) exchanges: Vec<Exchange>,
    /// The channels where somebody has written, with their servers.
    pub(crate) channels: HashMap<String, Option<u64>>,
    /// The threads, and the channels that a test has added.
    pub(crate) places: Vec<Value>,
    /// The requests that the global limit still allows, and when that was counted.
    pub(crate) budget: Option<(f64, Instant)>,
    /// All messages as Discord holds them, oldest first.
    pub(crate) messages: Vec<Value>,
    pub(crate) posts: Vec<Post>,
    /// How many tests hold back the answers to callbacks and posts.
    pub(crate) holds: usize,
    /// Where interactions are posted to, if they are not sent over the gateway.
    pub(crate) endpoint: Option<SocketAddr>,
    pub(crate) gateway: Gateway,
}

impl State {
    /// Adds a message and tells the bot about it as far as its intents allow.
    pub(crate) fn tell(&mut self, guild: Option<u64>, message: &Value) {
        self.messages.push(message.clone());
        self.channels.insert(message["channel_id"].as_str().unwrap_or_default().to_owned(), guild);
        if let Some(shard) = self.gateway.shard_of(guild) {
            self.gateway.dispatch(shard, "MESSAGE_CREATE", |intents| as_told(message, intents));
        }
    }

    /// Changes a message and tells the bot so as far as its intents allow.
    pub(crate) fn tell_of_edit(&mut self, message: &Value) {
        if let Some(held) = self.message(&message["id"]) {
            *held = message.clone();
        }
        let guild = message["guild_id"].as_str().and_then(|id| id.parse().ok());
        if let Some(shard) = self.gateway.shard_of(guild) {
            self.gateway.dispatch(shard, "MESSAGE_UPDATE", |intents| as_told(message, intents));
        }
    }

    /// Takes a request from the global limit: a bucket of one second's requests, which fills again
    /// within a second. Returns how long to wait if it is empty.
    pub(crate) fn spend(&mut self, most: u32) -> Option<Duration> {
        let (most, now) = (f64::from(most), Instant::now());
        let (left, at) = self.budget.unwrap_or((most, now));
        let left = (left + now.duration_since(at).as_secs_f64() * most).min(most);
        let is_allowed = left >= 1.0;
        self.budget = Some((if is_allowed { left - 1.0 } else { left }, now));
        (!is_allowed).then(|| Duration::from_secs_f64((1.0 - left) / most))
    }

    pub(crate) fn exchange(&mut self, token: &str) -> Option<&mut Exchange> {
        self.exchanges.iter_mut().find(|exchange| exchange.sent.token == token)
    }

    /// The message with this id. discord.py sends ids as numbers.
    pub(crate) fn message(&mut self, id: &Value) -> Option<&mut Value> {
        let id = id.as_u64().map_or_else(|| id.clone(), |id| id.to_string().into());
        self.messages.iter_mut().find(|message| message["id"] == id)
    }
}

impl Shared {
    /// Changes the state and wakes everyone who waits for it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut result = None;
        self.state.send_modify(|state| result = Some(change(state)));
        result.expect("send_modify runs its closure")
    }

    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.borrow())
    }

    /// Waits until `find` returns something. `find` may also take it out of the state.
    pub(crate) async fn find<T>(&self, mut find: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changes = self.state.subscribe();
        loop {
            // It is marked as seen before looking, so that no change in between is missed.
            changes.mark_unchanged();
            let mut found = None;
            // Taking something out wakes nobody, because nobody waits for something to be
            // missing.
            self.state.send_if_modified(|state| {
                found = find(state);
                false
            });
            if let Some(found) = found {
                return found;
            }
            changes.changed().await.expect("the sender is in self");
        }
    }

    /// Like [`find`](Self::find), but panics after `guard`, naming `what` and the requests so
    /// far.
    pub(crate) async fn until<T>(&self, guard: Duration, what: &str, find: impl FnMut(&mut State) -> Option<T>) -> T {
        let found = timeout(guard, self.find(find)).await;
        found.unwrap_or_else(|_| {
            let requests = self.look(|state| state.requests.iter().map(ToString::to_string).collect::<Vec<_>>());
            panic!("waited {guard:?} in vain for {what}; requests so far:\n  {}", requests.join("\n  "))
        })
    }

    /// The gateway's address, in the same form as Discord's own.
    pub(crate) fn gateway_url(&self) -> String {
        self.settings.gateway_url.clone().unwrap_or_else(|| format!("ws://{}", self.address))
    }

    /// The address for resuming a session.
    pub(crate) fn resume_url(&self) -> String {
        self.settings.resume_url.clone().unwrap_or_else(|| self.gateway_url())
    }

    /// A new snowflake for this moment.
    pub(crate) fn snowflake(&self) -> String {
        let count = u128::from(self.minted.fetch_add(1, Ordering::Relaxed));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        (now.saturating_sub(DISCORD_EPOCH_MS) << 22 | (count & 0x3f_ffff)).to_string()
    }
}
