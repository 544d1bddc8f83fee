//! Tells those who asked a question that the base could not answer that it can now, each once.
//!
//! Who is to be told is in the journal, so a crash loses nobody. Discord takes only one message
//! with a nonce for some minutes: so whoever tells somebody again, after a crash or at another
//! replica, tells them nothing new. After that time, the channel is read first.

use std::time::Duration;

use serde_json::Value;
use tokio::time::interval;
use tokio_util::sync::CancellationToken;

use super::rest::{RequestError, Rest};
use crate::discord::app::App;
use crate::discord::view::entry::Reader;
use crate::discord::view::told;
use crate::journal::{JournalError, Store, Timestamp, Untold};
use crate::telemetry::with_causes;

/// How often the journal is asked who is to be told, for what a replica or a crash has left.
const PAUSE: Duration = Duration::from_mins(1);
/// For how many seconds Discord certainly remembers a nonce. Whether somebody was told before that
/// is read in the channel.
const NONCE_SECONDS: i64 = 180;

/// Tells everybody who is to be told until `stop` is cancelled. Ends at once if the journal does
/// not keep where questions were asked.
pub(super) async fn run(app: &App, rest: &Rest, stop: &CancellationToken) {
    let Some(journal) = app.journal.as_ref().filter(|journal| journal.keeps_links()) else { return };
    let mut ticks = interval(PAUSE);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
            () = app.answered.notified() => {}
        }
        match tell_all(app, rest, journal.store(), stop).await {
            Ok(()) | Err(JournalError::NotOpen { .. }) => {}
            Err(error) => tracing::warn!(error = with_causes(&error), "cannot tell who asked of an answer yet"),
        }
    }
}

async fn tell_all(app: &App, rest: &Rest, store: &Store, stop: &CancellationToken) -> Result<(), JournalError> {
    for untold in store.untold().await? {
        if stop.is_cancelled() {
            break;
        }
        tell(app, rest, store, &untold).await?;
    }
    Ok(())
}

/// Tells one, or gives up if that is not possible.
async fn tell(app: &App, rest: &Rest, store: &Store, untold: &Untold) -> Result<(), JournalError> {
    let now = Timestamp::now();
    let place = app.servers.of(untold.link.server);
    // A base that cannot be loaded now may come later.
    let Ok(context) = app.context(&place, app.texts(&place, None)).await else { return Ok(()) };
    let Some(entry) = context.base().entry(&untold.entry) else {
        tracing::info!(entry = untold.entry, "somebody who asked is not told of an answer");
        return store.forget_link(untold).await;
    };
    let reader = Reader { site: context.site(), ..Reader::alone(context.texts, true) };
    let message = told::message(context.base(), entry, &untold.link, &reader);
    if let Some(begun) = untold.told_at.filter(|begun| begun.0 + NONCE_SECONDS < now.0) {
        match was_told(rest, untold, begun, &message).await {
            Some(false) => {}
            Some(true) => {
                tracing::info!(entry = untold.entry, "somebody who asked was told of an answer before");
                return store.forget_link(untold).await;
            }
            None => return Ok(()),
        }
    }
    if !store.begin_to_tell(untold, now).await? {
        return Ok(());
    }
    let sent = rest.post(untold.link.channel, &message.to_string()).await;
    match sent {
        Ok(_) => tracing::info!(entry = untold.entry, "somebody who asked was told of an answer"),
        Err(RequestError::Paused) => return store.was_not_told(untold).await,
        Err(error) if error.is_passing() || matches!(error, RequestError::TooLate(_)) => {
            tracing::warn!(%error, "cannot tell who asked of an answer yet");
            return Ok(());
        }
        // The message is gone, or the bot may not write there.
        Err(error) => tracing::info!(%error, entry = untold.entry, "somebody who asked cannot be told of an answer"),
    }
    store.forget_link(untold).await
}

/// Whether the channel has the message that was begun to be sent at this time; `None` if nobody can
/// know at the moment. A bot that may not read the channel may not reply there either.
async fn was_told(rest: &Rest, untold: &Untold, begun: Timestamp, message: &Value) -> Option<bool> {
    let heading = message["embeds"][0]["author"]["name"].as_str().unwrap_or_default();
    match rest.replies_since(untold.link.channel, untold.link.message, begun).await {
        Ok(headings) => Some(headings.iter().any(|other| other == heading)),
        Err(RequestError::Refused(refusal)) if matches!(refusal.status, 403 | 404) => Some(false),
        Err(error) => {
            tracing::warn!(%error, "cannot find out whether somebody was told of an answer");
            None
        }
    }
}
