//! `/drafts`: changes that wait for approval, and what becomes of a draft.

use std::sync::Arc;
use std::time::SystemTime;

use footnote_curation::{Approval, CurationError, Person};
use footnote_knowledge::text::plain::on_one_line;
use footnote_search::reply::Answerer;
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;

use super::command::{Audience, Command, Definition};
use super::curator::{Curator, Deliver, EDITABLE, read};
use super::teach;
use crate::discord::app::Context;
use crate::discord::desk::{DeskError, Made};
use crate::discord::incoming::{Call, Form, Press};
use crate::discord::reload::Reloader;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::draft::{self, Listed};
use crate::discord::view::form;
use crate::discord::view::message::Card;
use crate::journal::{Draft, DraftState, GapGroup, JournalError, Store};
use crate::telemetry::with_causes;

static DEFINITION: Definition = Definition::typed("drafts", Audience::Curators);

pub(super) struct Drafts;

impl Command for Drafts {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            match Curator::of(context, call.server, call.member, &call.powers) {
                Ok(curator) => list(&curator, Response::message).await.unwrap_or_else(|refusal| *refusal),
                Err(refusal) => *refusal,
            }
        })
    }
}

/// What waits: all of it for reviewers, their own for others. Everybody sees which of their own
/// are not submitted yet, and which were refused and why.
pub(super) async fn list(curator: &Curator<'_>, deliver: Deliver) -> Result<Response, Box<Response>> {
    let drafts = curator.journal.store().drafts(curator.server, &curator.author()).await;
    let drafts = drafts.map_err(|error| curator.failed(&error))?;
    let is_shown = |draft: &&Draft| {
        let is_own = curator.is_author(draft);
        is_own || (draft.state == DraftState::Submitted && curator.is_reviewer())
    };
    let listed = drafts
        .iter()
        .filter(is_shown)
        .filter_map(|draft| Some(Listed { draft, change: read(draft)?, is_own: curator.is_author(draft) }));
    let listed: Vec<Listed<'_>> = listed.collect();
    Ok(deliver(draft::list(curator.context.texts, curator.context.base(), &listed), Outcome::List))
}

/// Shows the draft that was picked from the list.
pub(super) async fn open(curator: &Curator<'_>, press: &Press) -> Result<Response, Box<Response>> {
    let id = press.picked.as_deref().unwrap_or_default();
    let draft = curator.draft(id, &EDITABLE).await?;
    match draft.state {
        DraftState::Open => teach::resume(curator, &draft).await,
        // A crash came between the change and the draft.
        DraftState::Submitted if is_made(curator, &draft).await? => apply(curator, draft, "", None).await,
        _ => curator.show(&draft, Response::update).await,
    }
}

/// Whether the base has what a draft adds.
async fn is_made(curator: &Curator<'_>, draft: &Draft) -> Result<bool, Box<Response>> {
    let Some(change) = read(draft) else { return Ok(false) };
    let (desk, asking) = (curator.desk.clone(), curator.asking());
    // Why the base cannot be read is said where the draft is shown.
    curator.work(move || desk.has(&change, asking).unwrap_or(false)).await
}

/// Submits a draft, or makes the change if it needs no approval.
pub(super) async fn confirm(curator: &Curator<'_>, id: &str, seal: &str) -> Result<Response, Box<Response>> {
    let draft = curator.draft(id, &[DraftState::Open]).await?;
    if curator.may_approve(&draft) {
        return apply(curator, draft, seal, None).await;
    }
    let store = curator.journal.store();
    let states = (DraftState::Open, DraftState::Submitted);
    let submitted = store.move_draft(id, curator.server, states, "").await.map_err(|error| curator.failed(&error))?;
    if !submitted {
        return Err(curator.gone());
    }
    tracing::info!(draft = id, "a draft was submitted");
    Ok(done(&curator.context.texts.draft_submitted(), Outcome::Submitted))
}

/// Makes the change of a draft that waits.
pub(super) async fn approve(curator: &Curator<'_>, id: &str, seal: &str) -> Result<Response, Box<Response>> {
    let draft = curator.draft(id, &[DraftState::Submitted]).await?;
    if !curator.may_approve(&draft) {
        let texts = curator.context.texts;
        let text = if curator.is_reviewer() { texts.draft_needs_another() } else { texts.only_for_reviewers() };
        return Err(Box::new(Response::notice(&text, Outcome::Refused)));
    }
    let approver = curator.person();
    apply(curator, draft, seal, Some(approver)).await
}

async fn apply(
    curator: &Curator<'_>,
    draft: Draft,
    seal: &str,
    approver: Option<Person>,
) -> Result<Response, Box<Response>> {
    let change = read(&draft).ok_or_else(|| curator.gone())?;
    let approval = Approval {
        author: Person { role: draft.role.clone(), member: draft.member.map(|id| id.to_string()) },
        approver,
        reason: draft.occasion().to_owned(),
        time: SystemTime::now(),
    };
    let (desk, asked, asking) = (curator.desk.clone(), curator.asked().await?, curator.asking());
    let (groups, app) = (curator.groups().await?, curator.context.app);
    let (store, news) = (curator.journal.store().clone(), Arc::clone(&app.answered));
    let reloader = Reloader::of_slot(app, &curator.context.server.slot);
    let (server, runtime, seal, waiting) = (curator.server, Handle::current(), seal.to_owned(), draft.clone());
    // All of it in one turn: so nobody decides on the draft meanwhile, and it ends even if Discord
    // does not wait for it.
    let made = curator.work(move || -> Result<Option<Result<Made, DeskError>>, JournalError> {
        let now = runtime.block_on(store.draft(&waiting.id, server))?;
        if now.is_none_or(|now| now.state != waiting.state || now.change != waiting.change) {
            return Ok(None);
        }
        let made = desk.apply(&change, &seal, &asked, asking, &approval);
        if is_in_the_base(&made) {
            // What went wrong is in the log.
            let answered = reloader.load().map_or_else(
                |_| waiting.group.clone().into_iter().collect(),
                |reloaded| answered(&reloaded.now.answerer, change.entry(), &waiting, groups),
            );
            if let Err(error) = runtime.block_on(settle(&store, &waiting, server, change.entry(), &answered)) {
                // Whoever approves it again settles it.
                tracing::warn!(error = with_causes(&error), draft = waiting.id, "a draft is made but not settled");
            }
            news.notify_one();
        }
        Ok(Some(made))
    });
    let made = made.await?.map_err(|error| curator.failed(&error))?.ok_or_else(|| curator.gone())?;
    let texts = curator.context.texts;
    Ok(match made {
        Ok(Made::Now(applied)) if applied.commit.is_err() => {
            done(&format!("{} {}", texts.draft_made(), texts.draft_not_committed()), Outcome::Changed)
        }
        Ok(_) => done(&texts.draft_made(), Outcome::Changed),
        Err(error) => curator.refused(&draft, &error, Response::update),
    })
}

/// Also if only its record could not be written, which the next change makes up for.
fn is_in_the_base(made: &Result<Made, DeskError>) -> bool {
    match made {
        Ok(_) => true,
        Err(DeskError::Curation(error)) => matches!(**error, CurationError::Unrecorded { .. }),
        Err(DeskError::Change(_) | DeskError::Changed(_)) => false,
    }
}

/// The groups of questions that a change of this entry answers: the one that the draft comes from,
/// and those that now find the entry.
fn answered(answerer: &Answerer, entry: &str, draft: &Draft, groups: Vec<GapGroup>) -> Vec<String> {
    let finds_it = |question: &String| answerer.reply(question).answer().is_some_and(|found| found.id == entry);
    let is_answered =
        |group: &GapGroup| Some(&group.group) != draft.group.as_ref() && group.wordings.first().is_some_and(finds_it);
    let others = groups.into_iter().filter(is_answered).map(|group| group.group);
    draft.group.clone().into_iter().chain(others).collect()
}

/// The draft waits no longer, and the suggestion that it comes from and the questions that it
/// answers are done.
async fn settle(store: &Store, draft: &Draft, server: u64, entry: &str, groups: &[String]) -> Result<(), JournalError> {
    store.settle(draft, server, entry, groups).await?;
    if let Some(suggestion) = &draft.suggestion {
        store.settle_suggestion(suggestion, server).await?;
    }
    Ok(())
}

/// Asks a reviewer for the reason of a refusal.
pub(super) async fn ask_why(curator: &Curator<'_>, id: &str) -> Result<Response, Box<Response>> {
    curator.draft(id, &[DraftState::Submitted]).await?;
    Ok(Response::form(form::refusal(curator.context.texts, id)))
}

/// Refuses a draft, with the reason in a form.
pub(super) async fn refuse(curator: &Curator<'_>, form: &Form, id: &str) -> Result<Response, Box<Response>> {
    if !curator.is_reviewer() {
        return Err(Box::new(Response::notice(&curator.context.texts.only_for_reviewers(), Outcome::Refused)));
    }
    let reason = on_one_line(form.text(form::TEXT));
    take(curator, id, (DraftState::Submitted, DraftState::Refused), reason).await?;
    Ok(Response::notice(&curator.context.texts.draft_refused(), Outcome::Withdrawn))
}

/// Takes one's own draft back.
pub(super) async fn withdraw(curator: &Curator<'_>, id: &str, from: &[DraftState]) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, from).await?;
    take(curator, id, (draft.state, DraftState::Withdrawn), String::new()).await?;
    Ok(done(&curator.context.texts.draft_withdrawn(), Outcome::Withdrawn))
}

/// Decides on a draft, unless somebody is about to approve it.
async fn take(
    curator: &Curator<'_>,
    id: &str,
    states: (DraftState, DraftState),
    reason: String,
) -> Result<(), Box<Response>> {
    let (store, server, runtime, id) =
        (curator.journal.store().clone(), curator.server, Handle::current(), id.to_owned());
    let moved = curator.work(move || runtime.block_on(store.move_draft(&id, server, states, &reason)));
    let moved = moved.await?.map_err(|error| curator.failed(&error))?;
    if moved { Ok(()) } else { Err(curator.gone()) }
}

/// A text in place of the card, so that nothing is pressed twice.
fn done(text: &str, outcome: Outcome) -> Response {
    Response::update(Card::notice(text), outcome)
}
