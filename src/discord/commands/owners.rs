//! The common beginning of the owners' commands: only owners may use them, only one runs at a
//! time, and Discord does not have to wait.

use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::response::{Outcome, Response};
use crate::discord::turn::Work;

const BUSY: &str = "A reload or a check is already running. Try again when it is done.";
const NOT_KNOWN_YET: &str = "I don't know yet who owns this application. Try again in a minute.";
const FOR_OWNERS: &str = "Only the owners of this application can do that.";

/// What an owner reads if the work does not end in time, or never ends.
pub(super) struct Notices {
    pub(super) goes_on: &'static str,
    pub(super) broken: &'static str,
}

/// Does an owner's work, which may block, and shows its result.
pub(super) async fn respond<T: Send + 'static>(
    context: &Context<'_>,
    call: &Call,
    notices: Notices,
    work: impl FnOnce() -> T + Send + 'static,
    show: impl FnOnce(T) -> Response,
) -> Response {
    match context.app.is_owner(call.member) {
        Some(true) => {}
        Some(false) => return Response::notice(FOR_OWNERS, Outcome::Refused),
        None => return Response::notice(NOT_KNOWN_YET, Outcome::OwnersUnknown),
    }
    match context.app.turn.work(work).await {
        Work::Done(result) => show(result),
        Work::GoesOn => Response::notice(notices.goes_on, Outcome::GoesOn),
        Work::Busy => Response::notice(BUSY, Outcome::Busy),
        Work::Broken => Response::notice(notices.broken, Outcome::Broken),
    }
}
