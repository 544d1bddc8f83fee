//! What the buttons, menus and forms of drafts lead to.

use super::curator::Curator;
use super::{compose, drafts, new_topic, teach};
use crate::discord::app::Context;
use crate::discord::incoming::{Form, Press};
use crate::discord::response::Response;
use crate::discord::view::step::Step;
use crate::journal::DraftState;

/// The response to a button or menu.
pub(in crate::discord) async fn press(context: &Context<'_>, press: &Press, step: &Step) -> Response {
    let curator = match Curator::of(context, press.server, press.member, &press.powers) {
        Ok(curator) => curator,
        Err(refusal) => return *refusal,
    };
    let response = match step {
        Step::Choose(id) => teach::choose(&curator, id).await,
        Step::Pick(id) => teach::pick(&curator, press, id).await,
        Step::Search(id) => teach::ask(&curator, id, false).await,
        Step::Reword(id) => teach::ask(&curator, id, true).await,
        Step::New(id) => compose::offer_topics(&curator, id).await,
        Step::Topic(id, _) => compose::ask(&curator, press, id).await,
        Step::Begin(id) => new_topic::ask(&curator, id).await,
        Step::Write(..) => return Response::unsupported(context.texts),
        Step::Edit(id) => compose::edit(&curator, id).await,
        Step::Confirm(id, seal) => drafts::confirm(&curator, id, seal).await,
        Step::Discard(id) => drafts::withdraw(&curator, id, &[DraftState::Open, DraftState::Refused]).await,
        Step::List => drafts::list(&curator, Response::update).await,
        Step::Open => drafts::open(&curator, press).await,
        Step::Approve(id, seal) => drafts::approve(&curator, id, seal).await,
        Step::Refuse(id) => drafts::ask_why(&curator, id).await,
        Step::Withdraw(id) => drafts::withdraw(&curator, id, &[DraftState::Submitted]).await,
    };
    response.unwrap_or_else(|refusal| *refusal)
}

/// The response to a form.
pub(in crate::discord) async fn submit(context: &Context<'_>, form: &Form, step: &Step) -> Response {
    let curator = match Curator::of(context, form.server, form.member, &form.powers) {
        Ok(curator) => curator,
        Err(refusal) => return *refusal,
    };
    let response = match step {
        Step::Search(id) => teach::search(&curator, form, id).await,
        Step::Reword(id) => teach::reword(&curator, form, id).await,
        Step::Begin(id) => new_topic::begin(&curator, form, id).await,
        Step::Write(id, topic) => compose::write(&curator, form, id, topic).await,
        Step::Refuse(id) => drafts::refuse(&curator, form, id).await,
        _ => return Response::unsupported(context.texts),
    };
    response.unwrap_or_else(|refusal| *refusal)
}
