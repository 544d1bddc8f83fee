//! "Delete", below every public answer: for whom it answered, and for who may delete the messages
//! of others.

use super::follow_up::vote;
use crate::discord::app::Context;
use crate::discord::incoming::Press;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::address::Deletion;

/// The response to the button. An answer that nobody asked for and that somebody deletes did not
/// help.
pub(in crate::discord) async fn press(context: &Context<'_>, press: &Press, deletion: &Deletion) -> Response {
    if !deletion.is_for(press.member) && !press.is_moderator {
        return Response::notice(&context.texts.only_yours_to_delete(), Outcome::Refused);
    }
    let entry = deletion.unasked.as_ref().and_then(|key| key.entry(context.base()));
    match entry {
        Some(entry) => {
            // The answer goes, whether the vote was stored or not.
            let _ = vote(context, press, entry, false).await;
            Response::deletion().about(entry)
        }
        None => Response::deletion(),
    }
}
