//! What the lists of a server's journal have in common: they need a server and the journal, and say
//! so if it cannot be read.

use std::error::Error;

use crate::discord::app::Context;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::message::Card;
use crate::journal::{JournalError, Store};

/// The journal and the server whose records are listed.
///
/// # Errors
///
/// The response if there is no server, for which `needs_a_server` is the text, or no journal.
pub(super) fn source<'a>(
    context: &Context<'a>,
    server: Option<u64>,
    needs_a_server: &str,
) -> Result<(&'a Store, u64), Box<Response>> {
    let Some(server) = server else { return Err(Box::new(Response::notice(needs_a_server, Outcome::NoServer))) };
    match &context.app.journal {
        Some(journal) => Ok((journal.store(), server)),
        None => Err(Box::new(Response::notice(&context.texts.gaps_need_the_journal(), Outcome::NoJournal))),
    }
}

/// The response with a list, or the one that says that the journal could not be used, which `log`
/// says in the log.
pub(super) fn listed(
    context: &Context<'_>,
    list: Result<Card, JournalError>,
    deliver: impl FnOnce(Card) -> Response,
    log: impl FnOnce(&(dyn Error + 'static)),
) -> Response {
    match list {
        Ok(card) => deliver(card),
        Err(error) => {
            log(&error);
            Response::notice(&context.texts.journal_is_unreadable(), Outcome::JournalFailed)
        }
    }
}
