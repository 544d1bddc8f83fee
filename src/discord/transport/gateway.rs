//! The gateway: one WebSocket per shard, over which Discord reports interactions and messages.
//!
//! Shards connect to the address that Discord's REST API, or the proxy in front of it, returns.
//! The library's own client would fall back to Discord's public address if that request fails,
//! and so bypass the proxy.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serenity::all::{
    ConnectionStage, Context, Event, GatewayError, GatewayIntents, Http, Interaction, Message, RawEventHandler, Ready,
    ShardId, ShardManager, ShardManagerOptions, ShardRunnerMessage, UnknownEvent, UserId,
};
use serenity::async_trait;
use serenity::prelude::TypeMap;
use tokio::sync::{Mutex, RwLock, SetOnce, mpsc};
use tokio::time::{interval, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::rest::{self, RequestError};
use super::{Answered, FINISHING_TIME, log, registration};
use crate::config::{DiscordConfig, Token};
use crate::discord::app::App;
use crate::discord::incoming::{self, Post};
use crate::discord::{conversation, dispatch};
use crate::health::Health;
use crate::telemetry::metrics::UNREADABLE;

/// How long it may take to close the shards' connections.
const CLOSING_TIME: Duration = Duration::from_secs(3);
/// How often the state of the shards is looked at.
const OBSERVATION: Duration = Duration::from_secs(1);
/// The WebSocket code for a normal closure ([RFC
/// 6455](https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1)). After it, Discord shows the bot
/// as offline.
const NORMAL_CLOSURE: u16 = 1_000;

/// Why the bot stopped although nobody stopped it.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Discord does not accept the token, on REST (401) or on the gateway (close code 4004).
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The gateway's address is not usable.
    #[error(
        "`{0}` is not the address of a gateway (ws:// or wss://): check what discord.api_proxy \
         answers to GET /gateway/bot"
    )]
    GatewayAddress(String),
    /// The application may not read the content of messages (close code 4014).
    #[error(
        "discord.watch_channels needs the Message Content Intent: turn it on in the Discord \
         developer portal, on the Bot page under Privileged Gateway Intents, or leave \
         watch_channels out of config.toml"
    )]
    NoMessageContent,
    /// The gateway closed permanently.
    #[error("Discord closed the gateway: {0}")]
    Closed(GatewayError),
}

impl ServeError {
    /// Whether the operator has to change something before another start makes sense.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        matches!(
            self,
            Self::Request(RequestError::InvalidToken | RequestError::Unreadable)
                | Self::GatewayAddress(_)
                | Self::NoMessageContent
        )
    }
}

/// What Discord reports besides interactions
/// ([intents](https://discord.com/developers/docs/events/gateway#gateway-intents)). Direct
/// messages, and messages that mention the bot, always have their text. Those of watched channels
/// have it only with the privileged intent for [message
/// content](https://discord.com/developers/docs/events/gateway#message-content-intent).
fn intents(app: &App) -> GatewayIntents {
    let asked = GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    if app.watch.channels.is_empty() { asked } else { asked | GatewayIntents::MESSAGE_CONTENT }
}

/// Connects to Discord and answers interactions and messages until `stop` is cancelled. Then it
/// accepts no more, finishes those in flight and closes the connections.
///
/// # Errors
///
/// [`ServeError`] if Discord refuses permanently. Temporary failures are waited out.
pub async fn run(app: App, token: &Token, config: &DiscordConfig, stop: CancellationToken) -> Result<(), ServeError> {
    let http = Arc::new(rest::client(token, config));
    let gateway = tokio::select! {
        found = rest::find_gateway(&http) => found?,
        () = stop.cancelled() => return Ok(()),
    };
    if !gateway.url.starts_with("wss://") && !gateway.url.starts_with("ws://") {
        return Err(ServeError::GatewayAddress(gateway.url));
    }
    tracing::info!(
        shards = gateway.shards,
        sessions_left = gateway.session_start_limit.remaining,
        "connecting to Discord"
    );
    let health = Arc::clone(&app.health);
    health.expect_shards(0..gateway.shards);
    let intents = intents(&app);
    let in_flight = TaskTracker::new();
    let (alive, all_closed) = mpsc::channel(1);
    let handler = Handler {
        app,
        http: Arc::clone(&http),
        in_flight: in_flight.clone(),
        stop: stop.clone(),
        me: SetOnce::new(),
        is_registering: AtomicBool::new(false),
        unreadable: AtomicU64::new(0),
        _alive: alive,
    };
    let (shards, mut ended) = ShardManager::new(ShardManagerOptions {
        data: Arc::new(RwLock::new(TypeMap::new())),
        event_handlers: Vec::new(),
        raw_event_handlers: vec![Arc::new(handler)],
        shard_index: 0,
        shard_init: gateway.shards,
        shard_total: gateway.shards,
        ws_url: Arc::new(Mutex::new(gateway.url)),
        http,
        intents,
        presence: None,
    });
    shards.initialize().map_err(RequestError::from)?;
    let outcome = tokio::select! {
        () = observe(&shards, &health) => Ok(()),
        ended = ended.next() => ended.unwrap_or(Ok(())),
        () = stop.cancelled() => Ok(()),
    };
    stop.cancel();
    close(&shards, all_closed, &in_flight).await;
    outcome.map_err(|error| match error {
        GatewayError::InvalidAuthentication => ServeError::Request(RequestError::InvalidToken),
        // Only the privileged intent can be refused, and only watched channels need it.
        GatewayError::DisallowedGatewayIntents => ServeError::NoMessageContent,
        other => ServeError::Closed(other),
    })
}

/// Reports each shard's state. The library tells a raw handler nothing of a lost connection, so
/// this asks. Never ends.
async fn observe(shards: &ShardManager, health: &Health) {
    let mut ticks = interval(OBSERVATION);
    loop {
        ticks.tick().await;
        for (id, shard) in shards.runners.lock().await.iter() {
            if shard.stage != ConnectionStage::Connected {
                health.set_session(id.get(), false);
            }
            if let Some(latency) = shard.latency {
                Health::set_latency(id.get(), latency);
            }
        }
    }
}

async fn close(shards: &ShardManager, all_closed: mpsc::Receiver<Infallible>, in_flight: &TaskTracker) {
    tracing::info!(in_flight = in_flight.len(), "stopping");
    in_flight.close();
    if timeout(FINISHING_TIME, in_flight.wait()).await.is_err() {
        tracing::warn!(in_flight = in_flight.len(), "gave up on answers that took too long");
    }
    if timeout(CLOSING_TIME, close_shards(shards, all_closed)).await.is_err() {
        tracing::warn!("the gateway took too long to close");
    }
    tracing::info!("stopped");
}

/// Tells each shard to close before the manager does: once a shard has identified again, the
/// manager's own order gets lost (serenity 0.12.5). A shard drops its handler when it has closed.
async fn close_shards(shards: &ShardManager, mut all_closed: mpsc::Receiver<Infallible>) {
    for (id, shard) in shards.runners.lock().await.iter() {
        shard.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(*id, NORMAL_CLOSURE));
    }
    shards.shutdown_all().await;
    while all_closed.recv().await.is_some() {}
}

struct Handler {
    app: App,
    http: Arc<Http>,
    in_flight: TaskTracker,
    stop: CancellationToken,
    /// The bot's user, which every shard's READY names.
    me: SetOnce<UserId>,
    /// Whether the READY of some shard has started the registration. One registration is enough.
    is_registering: AtomicBool,
    /// How many events could not be read.
    unreadable: AtomicU64,
    /// Nothing is ever sent here. The channel closes with the last shard.
    _alive: mpsc::Sender<Infallible>,
}

#[async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, context: Context, event: Event) {
        match event {
            Event::Ready(ready) => self.ready(context.shard_id, ready.ready).await,
            Event::Resumed(_) => {
                self.app.health.session_began(context.shard_id.get(), true);
                tracing::info!(shard = context.shard_id.get(), "session resumed");
            }
            Event::InteractionCreate(created) => {
                let work = self.interact(context.shard_id, created.interaction);
                self.in_flight.track_future(work).await;
            }
            Event::MessageCreate(created) => {
                let work = self.converse(context.shard_id, created.message);
                self.in_flight.track_future(work).await;
            }
            Event::Unknown(unknown) => self.count_unreadable(context.shard_id, &unknown),
            _ => {}
        }
    }
}

impl Handler {
    async fn ready(&self, shard: ShardId, ready: Ready) {
        self.app.health.session_began(shard.get(), false);
        tracing::info!(shard = shard.get(), servers = ready.guilds.len(), "session started");
        // Later sessions belong to the same bot.
        let _ = self.me.set(ready.user.id);
        if self.is_registering.swap(true, Ordering::Relaxed) {
            return;
        }
        let registered = registration::run(&self.http, ready.application.id, &self.stop);
        tokio::join!(registered, self.learn_owners());
    }

    async fn learn_owners(&self) {
        let found = tokio::select! {
            found = rest::find_application(&self.http) => found,
            () = self.stop.cancelled() => return,
        };
        match found {
            Ok(application) => self.app.know_owners(application.owners()),
            Err(error) => tracing::warn!(%error, "cannot find out who owns the application"),
        }
    }

    async fn interact(&self, shard: ShardId, interaction: Interaction) {
        if self.stop.is_cancelled() {
            return;
        }
        let started = Instant::now();
        let response = dispatch::respond(&self.app, &incoming::Interaction::from(&interaction)).await;
        let sent = rest::send_response(&self.http, &interaction, &response).await;
        log(Answered::Interaction, &response.summary, Some(shard.get()), started, sent);
    }

    async fn converse(&self, shard: ShardId, message: Message) {
        if self.stop.is_cancelled() {
            return;
        }
        let started = Instant::now();
        // Each event has its own task, and READY's may run later.
        let me = self.me.wait().await.get();
        let post = Post::from(&message);
        let Some(response) = conversation::respond(&self.app, me, &post) else { return };
        let sent = rest::send_reply(&self.http, &post, &response).await;
        log(Answered::Post, &response.summary, Some(shard.get()), started, sent);
    }

    fn count_unreadable(&self, shard: ShardId, event: &UnknownEvent) {
        UNREADABLE.add(1, &[]);
        let count = self.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::warn!(shard = shard.get(), kind = event.kind, count, "cannot read an event of this kind");
    }
}
