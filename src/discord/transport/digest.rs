//! Sends the weekly digest, once for all replicas.
//!
//! Each process looks once a minute whether a digest is due, and the journal's database lets one of
//! them send it. If that one dies before the database knows that it was sent, another sends it
//! again a minute later: with the same nonce, so that Discord shows it once.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::rest::{RequestError, Rest};
use crate::config::DigestConfig;
use crate::discord::app::App;
use crate::discord::digest::compose;
use crate::journal::{DigestClaim, Journal, JournalError, Timestamp};
use crate::telemetry::with_causes;

/// How often it is looked whether a digest is due.
const PAUSE: Duration = Duration::from_mins(1);
/// For how long a process has a digest for itself, in seconds: longer than it may take to send it,
/// and shorter than Discord remembers a nonce.
const CLAIM: i64 = 60;
/// For how long a digest is left that Discord refused, in seconds.
const AFTER_REFUSAL: i64 = 3_600;
/// How many days the first digest goes back.
const FIRST_DAYS: u32 = 7;

/// Why a digest was not sent.
#[derive(Debug, thiserror::Error)]
enum DigestError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("Discord refused")]
    Request(#[from] RequestError),
    #[error("the channel is in no server: set digest.channel to the id of a server's channel")]
    NoServer,
}

/// Sends the digests, if the configuration wants them, until `stop` is cancelled.
pub(super) async fn run(app: &App, rest: &Rest, stop: &CancellationToken) {
    let (Some(config), Some(journal)) = (&app.digest, &app.journal) else { return };
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut settled, mut has_failed) = (None, false);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => return,
        }
        let now = Timestamp::now();
        let due = Timestamp(config.at.last(now.0));
        if settled == Some(due) {
            continue;
        }
        match attempt(app, rest, journal, *config, (due, now)).await {
            Ok(is_settled) => {
                settled = is_settled.then_some(due);
                has_failed = false;
            }
            Err(error) if has_failed => tracing::debug!(error = with_causes(&error), "cannot send the digest"),
            Err(error) => {
                tracing::warn!(error = with_causes(&error), channel = config.channel, "cannot send the digest");
                has_failed = true;
            }
        }
    }
}

/// Sends a digest that is due, if nobody else does. Returns whether it is settled.
async fn attempt(
    app: &App,
    rest: &Rest,
    journal: &Journal,
    config: DigestConfig,
    (due, now): (Timestamp, Timestamp),
) -> Result<bool, DigestError> {
    let (store, channel) = (journal.store(), config.channel);
    let since = match store.claim_digest(channel, due, now, Timestamp(now.0 + CLAIM)).await? {
        DigestClaim::Granted(last) => last.unwrap_or(now.minus_days(FIRST_DAYS)),
        DigestClaim::Taken => {
            tracing::debug!("the digest of this week is claimed or postponed");
            return Ok(false);
        }
        DigestClaim::Settled => {
            tracing::debug!("the digest of this week is settled");
            return Ok(true);
        }
    };
    match send(app, rest, journal, config, due, since).await {
        Ok(true) => tracing::info!(channel, "sent the digest of this week"),
        Ok(false) => tracing::info!("nothing to say in the digest of this week"),
        Err(error) => {
            let pause = match &error {
                DigestError::Journal(_) => 0,
                DigestError::Request(error) if error.is_passing() => 0,
                DigestError::Request(_) | DigestError::NoServer => AFTER_REFUSAL,
            };
            store.postpone_digest(channel, Timestamp(now.0 + pause)).await?;
            return Err(error);
        }
    }
    store.settle_digest(channel, now).await?;
    Ok(true)
}

/// Sends a digest. Returns whether there is anything to say.
async fn send(
    app: &App,
    rest: &Rest,
    journal: &Journal,
    config: DigestConfig,
    due: Timestamp,
    since: Timestamp,
) -> Result<bool, DigestError> {
    let channel = config.channel;
    let server = rest.find_channel(channel).await?.guild_id.ok_or(DigestError::NoServer)?.0;
    let place = app.servers.of(Some(server));
    let Ok(context) = app.context(&place, app.texts(&place, None)).await else { return Ok(false) };
    let Some(card) = compose(&context, journal, server, since).await? else { return Ok(false) };
    let nonce = channel.wrapping_add(due.0.cast_unsigned());
    rest.post(channel, &card.announcement(None, nonce).to_string()).await?;
    Ok(true)
}
