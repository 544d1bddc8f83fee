//! What the bot does once a member has a response: it deletes a message, passes a question on to
//! people, or takes away a menu that nobody has used.

use serde_json::{Value, json};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::reading;
use super::rest::{Place, RequestError, Rest};
use crate::discord::app::App;
use crate::discord::response::{Afterwards, Inquiry};
use crate::discord::view::layout;

/// Does what is left to do about the message at `place`, or logs why it could not. A wait ends when
/// `stop` is cancelled.
pub(super) async fn run(app: &App, rest: &Rest, place: &Place, what: &Afterwards, stop: &CancellationToken) {
    let (done, problem) = match what {
        Afterwards::Delete => (rest.delete(place).await, "cannot delete an answer"),
        Afterwards::AskPeople(inquiry) => (ask_people(rest, place, inquiry).await, "cannot pass a question on"),
        Afterwards::Expire => {
            // A menu too many does no harm.
            let Ok(_waiting) = app.waiting_offers.try_acquire() else { return };
            tokio::select! {
                () = sleep(app.offer_time) => {}
                () = stop.cancelled() => return,
            }
            (expire(rest, place).await, "cannot take away a menu")
        }
    };
    if let Err(error) = done {
        tracing::warn!(%error, "{problem}");
    }
}

/// Posts a question. Whoever asked sees below their message whether that worked.
async fn ask_people(rest: &Rest, place: &Place, inquiry: &Inquiry) -> Result<(), RequestError> {
    let posted = rest.post(inquiry.channel, &inquiry.message.to_string()).await;
    let rows = if posted.is_ok() { &inquiry.posted } else { &inquiry.failed };
    let shown = rest.edit(place, &json!({"components": rows}).to_string()).await;
    posted.map(drop).and(shown)
}

/// Takes the menu of candidates from a message that still has it.
async fn expire(rest: &Rest, place: &Place) -> Result<(), RequestError> {
    let message: Value = match rest.read(place).await {
        Ok(body) => reading::read(&body)?,
        // Somebody has deleted it.
        Err(error) if error.is_unknown() => return Ok(()),
        Err(error) => return Err(error),
    };
    match layout::without_offer(&message["components"]) {
        Some(rows) => rest.edit(place, &json!({"components": rows}).to_string()).await,
        None => Ok(()),
    }
}
