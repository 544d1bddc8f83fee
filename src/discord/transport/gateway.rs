//! The gateway: one WebSocket per shard, over which Discord reports interactions and messages.
//!
//! Shards connect to the address that Discord's REST API, or the proxy in front of it, returns.
//! `shard` keeps one of them connected, `starts` says when it may start a session, `outage` what
//! the log says of it, `events` what its events lead to, `replied` which posts got a reply that an
//! edit may change, and `error` why the bot stops.

mod error;
mod events;
mod outage;
mod patience;
mod replied;
mod shard;
mod starts;

use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use twilight_gateway::{ConfigBuilder, Intents, ShardId};
use url::Url;

pub use self::error::ServeError;
use self::events::Handler;
pub use self::patience::Patience;
use self::shard::Driver;
use self::starts::Starts;
use super::FINISHING_TIME;
use super::rest::{RequestError, Rest};
use crate::config::{DiscordConfig, Shards, Token};
use crate::discord::app::App;

/// What Discord reports besides interactions
/// ([intents](https://discord.com/developers/docs/events/gateway#gateway-intents)). Direct
/// messages, and messages that mention the bot, always have their text. Those of watched channels
/// have it only with the privileged intent for [message
/// content](https://discord.com/developers/docs/events/gateway#message-content-intent). With the
/// intent for servers, Discord tells of new threads, about which the bot would otherwise ask.
fn intents(app: &App) -> Intents {
    let asked = Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES;
    let watching = Intents::GUILDS | Intents::MESSAGE_CONTENT;
    if app.servers.may_watch() { asked | watching } else { asked }
}

/// Connects to Discord and answers interactions and messages until `stop` is cancelled. Then it
/// accepts no more, finishes those in flight and closes the connections.
///
/// # Errors
///
/// [`ServeError`] if Discord refuses permanently. Temporary failures are waited out.
pub async fn run(
    app: App,
    token: &Token,
    config: &DiscordConfig,
    patience: Patience,
    stop: CancellationToken,
) -> Result<(), ServeError> {
    let rest = Arc::new(Rest::new(token, config)?);
    let gateway = tokio::select! {
        found = rest.find_gateway() => found?,
        () = stop.cancelled() => return Ok(()),
    };
    let address = address(&gateway.url).ok_or_else(|| ServeError::GatewayAddress(gateway.url.clone()))?;
    let (first, last, total) = match config.shards {
        Shards::Auto => (0, gateway.shards.max(1) - 1, gateway.shards.max(1)),
        Shards::Range { first, last, total } => (first, last, total),
    };
    tracing::info!(
        shards = last - first + 1,
        of = total,
        sessions_left = gateway.session_start_limit.remaining,
        "connecting to Discord"
    );
    app.health.expect_shards(first..=last);
    let intents = intents(&app);
    let in_flight = TaskTracker::new();
    let handler = Arc::new(Handler::new(app, Arc::clone(&rest), in_flight.clone(), stop.clone()));
    handler.tell_askers();
    let shard_config = ConfigBuilder::new(token.reveal().to_owned(), intents)
        .queue(Starts::new(Arc::clone(&rest), gateway.session_start_limit))
        .proxy_url(address)
        .build();
    let (closing, mut shards) = (CancellationToken::new(), JoinSet::new());
    for number in first..=last {
        let driver = Driver::new(ShardId::new(number, total), shard_config.clone(), Arc::clone(&handler), patience);
        shards.spawn(driver.run(closing.clone()));
    }
    let outcome = tokio::select! {
        ended = shards.join_next() => match ended {
            Some(Ok(ended)) => ended,
            Some(Err(_)) => Err(ServeError::Crashed),
            None => Ok(()),
        },
        () = rest.token_refused() => Err(ServeError::Request(RequestError::InvalidToken)),
        () = rest.report_refusals() => Ok(()),
        () = handler.unreadable().report() => Ok(()),
        () = stop.cancelled() => Ok(()),
    };
    stop.cancel();
    finish(&in_flight).await;
    closing.cancel();
    while shards.join_next().await.is_some() {}
    rest.report_last_refusals();
    handler.unreadable().flush();
    tracing::info!("stopped");
    outcome
}

/// The gateway's address as a shard needs it, without a slash at the end.
fn address(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let is_gateway = matches!(parsed.scheme(), "ws" | "wss") && parsed.has_host() && parsed.query().is_none();
    is_gateway.then(|| url.trim_end_matches('/').to_owned())
}

async fn finish(in_flight: &TaskTracker) {
    tracing::info!(in_flight = in_flight.len(), "stopping");
    in_flight.close();
    if timeout(FINISHING_TIME, in_flight.wait()).await.is_err() {
        tracing::warn!(in_flight = in_flight.len(), "gave up on answers that took too long");
    }
}
