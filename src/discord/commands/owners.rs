//! The common beginning of the owners' commands: only owners may use them, only one runs at a
//! time, and Discord does not have to wait.

use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::response::{Outcome, Response};
use crate::discord::turn::Work;

/// What an owner reads if the work does not end in time, or never ends.
pub(super) struct Notices {
    pub(super) goes_on: String,
    pub(super) broken: String,
}

/// Does an owner's work, which may block, and shows its result.
pub(super) async fn respond<T: Send + 'static>(
    context: &Context<'_>,
    call: &Call,
    notices: Notices,
    work: impl FnOnce() -> T + Send + 'static,
    show: impl FnOnce(T) -> Response,
) -> Response {
    let texts = context.texts;
    match context.app.is_owner(call.member) {
        Some(true) => {}
        Some(false) => return Response::notice(&texts.only_for_owners(), Outcome::Refused),
        None => return Response::notice(&texts.owners_are_unknown(), Outcome::OwnersUnknown),
    }
    match context.app.turn.work(work).await {
        Work::Done(result) => show(result),
        Work::GoesOn => Response::notice(&notices.goes_on, Outcome::GoesOn),
        Work::Busy => Response::notice(&texts.other_work_is_running(), Outcome::Busy),
        Work::Broken => Response::notice(&notices.broken, Outcome::Broken),
    }
}
