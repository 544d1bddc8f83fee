//! What the gateway's events lead to: answers, replies, and the registration of the commands.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::sync::SetOnce;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use super::super::reading::{self, Id, Unreadable};
use super::super::rest::Rest;
use super::super::{Answered, interaction, log, post, registration, span};
use crate::discord::app::App;
use crate::discord::incoming::{Interaction, Post};
use crate::discord::{conversation, dispatch};
use crate::health::Health;
use crate::telemetry::metrics::UNREADABLE;

/// What all shards share.
pub(super) struct Handler {
    app: App,
    rest: Arc<Rest>,
    in_flight: TaskTracker,
    stop: CancellationToken,
    /// The bot's user, which every shard's READY names.
    me: SetOnce<u64>,
    /// Whether the READY of some shard has started the registration. One registration is enough.
    is_registering: AtomicBool,
    /// How many events could not be read.
    unreadable: AtomicU64,
}

/// The first event of a session
/// ([ready](https://discord.com/developers/docs/events/gateway-events#ready)).
#[derive(Deserialize)]
struct Ready {
    user: User,
    application: Option<User>,
    guilds: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct User {
    id: Id,
}

impl Handler {
    pub(super) fn new(app: App, rest: Arc<Rest>, in_flight: TaskTracker, stop: CancellationToken) -> Self {
        Self {
            app,
            rest,
            in_flight,
            stop,
            me: SetOnce::new(),
            is_registering: AtomicBool::new(false),
            unreadable: AtomicU64::new(0),
        }
    }

    /// What is told of the shards' state.
    pub(super) fn health(&self) -> &Health {
        &self.app.health
    }

    /// Takes an event of a shard. What it leads to goes on in a task of its own.
    pub(super) fn handle(this: &Arc<Self>, shard: u32, event: &str, data: &str) {
        let read = match event {
            "READY" => this.ready(shard, data),
            "RESUMED" => {
                this.app.health.session_began(shard, true);
                tracing::info!(shard, "session resumed");
                Ok(())
            }
            "INTERACTION_CREATE" => this.interaction(shard, data),
            "MESSAGE_CREATE" => this.message(shard, data),
            _ => {
                tracing::debug!(shard, kind = event, "an event of another kind");
                Ok(())
            }
        };
        if let Err(error) = read {
            UNREADABLE.add(1, &[]);
            let count = this.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
            tracing::warn!(shard, kind = event, %error, count, "cannot read an event of this kind");
        }
    }

    fn ready(self: &Arc<Self>, shard: u32, data: &str) -> Result<(), Unreadable> {
        let ready: Ready = reading::read(data.as_bytes())?;
        self.app.health.session_began(shard, false);
        tracing::info!(shard, servers = ready.guilds.map_or(0, |guilds| guilds.len()), "session started");
        // Later sessions belong to the same bot.
        let _ = self.me.set(ready.user.id.0);
        if !self.is_registering.swap(true, Ordering::Relaxed) {
            let (this, application) = (Arc::clone(self), ready.application.map(|application| application.id.0));
            tokio::spawn(async move { this.register(application).await });
        }
        Ok(())
    }

    async fn register(&self, told: Option<u64>) {
        let found = tokio::select! {
            found = self.rest.find_application() => found,
            () = self.stop.cancelled() => return,
        };
        let application = match found {
            Ok(application) => {
                self.app.know_owners(application.owners());
                Some(application.id.0)
            }
            Err(error) => {
                tracing::warn!(%error, "cannot find out who owns the application");
                told
            }
        };
        if let Some(application) = application {
            registration::run(&self.rest, application, &self.app.translations, &self.stop).await;
        }
    }

    fn interaction(self: &Arc<Self>, shard: u32, data: &str) -> Result<(), Unreadable> {
        let read = interaction::read(data.as_bytes())?;
        let callback: interaction::Callback = reading::read(data.as_bytes())?;
        let this = Arc::clone(self);
        let span = span(Answered::Interaction, &callback.id.0.to_string());
        self.in_flight.spawn(async move { this.interact(shard, &read, &callback).await }.instrument(span));
        Ok(())
    }

    async fn interact(&self, shard: u32, interaction: &Interaction, callback: &interaction::Callback) {
        if self.stop.is_cancelled() {
            return;
        }
        let started = Instant::now();
        let response = dispatch::respond(&self.app, interaction).await;
        let sent = self.rest.respond(callback, &response).await;
        log(&self.app.sample, Answered::Interaction, &response.summary, Some(shard), started, sent);
    }

    fn message(self: &Arc<Self>, shard: u32, data: &str) -> Result<(), Unreadable> {
        let post = post::read(data.as_bytes())?;
        // Nobody could see the reply.
        if !self.rest.is_closed(post.channel) {
            let this = Arc::clone(self);
            let span = span(Answered::Post, &post.id.to_string());
            self.in_flight.spawn(async move { this.converse(shard, &post).await }.instrument(span));
        }
        Ok(())
    }

    async fn converse(&self, shard: u32, post: &Post) {
        if self.stop.is_cancelled() {
            return;
        }
        let started = Instant::now();
        // A session that is resumed may bring a message before any READY.
        let me = *self.me.wait().await;
        let Some(response) = conversation::respond(&self.app, me, post) else { return };
        let sent = self.rest.reply(post, &response).await;
        log(&self.app.sample, Answered::Post, &response.summary, Some(shard), started, sent);
    }
}
