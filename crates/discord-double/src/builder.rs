//! Chooses what Discord is like for a test, and starts it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use serde_json::Value;
use tokio::net::TcpListener;

use super::state::{Settings, Shared};
use super::{DiscordDouble, gateway, rest};
use crate::openapi::OpenApi;

/// Chooses what the double is like, then starts it.
#[derive(Debug)]
#[must_use]
pub struct Builder {
    settings: Settings,
}

impl Builder {
    /// A double with a token of its own, one shard and Discord's heartbeat interval.
    pub(crate) fn new() -> Self {
        let settings = Settings {
            token: "MTI4NzY1MDAwMDAwMDAwMDAwMQ.Gdouble.not-a-real-token".to_owned(),
            shards: 1,
            heartbeat_interval: Duration::from_millis(41_250),
            privileged_intents: false,
            team: Value::Null,
            address: String::new(),
        };
        Self { settings }
    }

    /// Sets the bot's token.
    pub fn token(mut self, token: &str) -> Self {
        token.clone_into(&mut self.settings.token);
        self
    }

    /// Sets the number of shards that `GET /gateway/bot` recommends.
    pub fn shards(mut self, shards: u64) -> Self {
        self.settings.shards = shards;
        self
    }

    /// Sets how often the bot must send a heartbeat.
    pub fn heartbeat_interval(mut self, interval: Duration) -> Self {
        self.settings.heartbeat_interval = interval;
        self
    }

    /// Grants the application the privileged intents, which otherwise get it closed with 4014.
    pub fn privileged_intents(mut self) -> Self {
        self.settings.privileged_intents = true;
        self
    }

    /// Gives the application to a team.
    pub fn team(mut self, team: Value) -> Self {
        self.settings.team = team;
        self
    }

    /// Starts the double on a free port.
    pub async fn start(mut self) -> DiscordDouble {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|error| panic!("no loopback port: {error}"));
        let address = listener.local_addr();
        let address = address.unwrap_or_else(|error| panic!("no address of our own: {error}"));
        self.settings.address = address.to_string();
        let shared = Arc::new(Shared::new(self.settings, OpenApi::shared()));
        let router =
            Router::new().route("/", get(gateway::connect)).fallback(rest::serve).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        DiscordDouble { shared, server: server.abort_handle() }
    }
}
