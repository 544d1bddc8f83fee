//! The common beginning of the owners' commands: only owners may use them, only one runs at a
//! time, and Discord does not have to wait.

use crate::discord::app::Context;
use crate::discord::response::{Outcome, Response};
use crate::discord::turn::Work;

/// What an owner reads if the work does not end in time, or never ends.
pub(super) struct Notices {
    pub(super) goes_on: String,
    pub(super) broken: String,
}

/// What a member reads who is no owner; `None` for an owner.
pub(super) fn refusal(context: &Context<'_>, member: u64) -> Option<Response> {
    match context.app.is_owner(member) {
        Some(true) => None,
        Some(false) => Some(Response::notice(&context.texts.only_for_owners(), Outcome::Refused)),
        None => Some(Response::notice(&context.texts.owners_are_unknown(), Outcome::OwnersUnknown)),
    }
}

/// Does an owner's work, which may block, and shows its result.
pub(super) async fn respond<T: Send + 'static>(
    context: &Context<'_>,
    member: u64,
    notices: Notices,
    work: impl FnOnce() -> T + Send + 'static,
    show: impl FnOnce(T) -> Response,
) -> Response {
    if let Some(refusal) = refusal(context, member) {
        return refusal;
    }
    let texts = context.texts;
    match context.server.slot.turn.work(work).await {
        Work::Done(result) => show(result),
        Work::GoesOn => Response::notice(&notices.goes_on, Outcome::GoesOn),
        Work::Busy => Response::notice(&texts.other_work_is_running(), Outcome::Busy),
        Work::Broken => Response::notice(&notices.broken, Outcome::Broken),
    }
}
