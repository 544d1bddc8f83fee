//! `/suggestions`: which entries members chose for their questions, for a server's moderators, who
//! make phrasings of them or reject them, and a file of phrasings to take over.
//!
//! As for `/gaps`, Discord decides who may use the command. So only the server is checked here.

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use super::curator::Curator;
use super::records;
use super::teach::follow;
use crate::discord::app::Context;
use crate::discord::incoming::{Call, Press};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::address::SuggestionList;
use crate::discord::view::file::File;
use crate::discord::view::listing::Page;
use crate::discord::view::message::Card;
use crate::discord::view::suggestions::{self, A_PAGE, FILE};
use crate::journal::{JournalError, Store};

static DEFINITION: Definition = Definition::typed("suggestions", Audience::Moderators);

/// How many the file has.
const A_FILE: u32 = 500;

pub(super) struct Suggestions;

impl Command for Suggestions {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(respond(context, call.server, None, 0, |card| Response::message(card, Outcome::List)))
    }
}

/// The response to a button or menu of the list.
pub(in crate::discord) async fn press(context: &Context<'_>, press: &Press, to: &SuggestionList) -> Response {
    let (rejected, page, outcome) = match to {
        SuggestionList::Page(page) => (None, *page, Outcome::List),
        SuggestionList::Reject(page) => (press.picked.as_deref(), *page, Outcome::Done),
        SuggestionList::Accept(_) => return draft(context, press, true).await.unwrap_or_else(|refusal| *refusal),
        SuggestionList::OtherEntry(_) => return draft(context, press, false).await.unwrap_or_else(|refusal| *refusal),
    };
    respond(context, press.server, rejected, page, |card| Response::update(card, outcome)).await
}

/// Begins a draft of the suggestion that was picked. The list stays where it is.
async fn draft(context: &Context<'_>, press: &Press, is_for_its_entry: bool) -> Result<Response, Box<Response>> {
    let curator = Curator::of(context, press.server, press.member, &press.powers)?;
    let name = press.picked.as_deref().unwrap_or_default();
    let found = curator.journal.store().suggestion(name, curator.server).await;
    let found = found.map_err(|error| curator.failed(&error))?;
    let suggestion = found.ok_or_else(|| Box::new(Response::gone(context.texts)))?;
    let entry = context.base().entry(&suggestion.entry).map(|entry| entry.id.as_str());
    follow(&curator, &suggestion, entry.filter(|_| is_for_its_entry)).await
}

/// Marks a suggestion as dealt with, if one was picked, and shows a page of a server's list.
async fn respond(
    context: &Context<'_>,
    server: Option<u64>,
    rejected: Option<&str>,
    page: usize,
    deliver: impl FnOnce(Card) -> Response,
) -> Response {
    let (store, server) = match records::source(context, server, &context.texts.needs_a_server()) {
        Ok(source) => source,
        Err(refusal) => return *refusal,
    };
    let list = show(context, store, server, rejected, page).await;
    records::listed(context, list, deliver, |error| tracing::warn!(error, "cannot show the suggestions"))
}

async fn show(
    context: &Context<'_>,
    store: &Store,
    server: u64,
    rejected: Option<&str>,
    wanted: usize,
) -> Result<Card, JournalError> {
    if let Some(name) = rejected {
        // If somebody else has dealt with it meanwhile, there is nothing left to do.
        store.settle_suggestion(name, server).await?;
    }
    let all = store.suggestions(Some(server), 0, A_FILE).await?;
    if all.suggestions.is_empty() {
        return Ok(suggestions::none(context.texts));
    }
    let page = Page::of(usize::try_from(all.total).unwrap_or(usize::MAX), A_PAGE, wanted);
    let shown = match page.items(&all.suggestions) {
        // The page comes after those in the file.
        [] => {
            let offset = u32::try_from(page.offset()).unwrap_or(u32::MAX);
            store.suggestions(Some(server), offset, u32::try_from(A_PAGE).unwrap_or(u32::MAX)).await?.suggestions
        }
        shown => shown.to_vec(),
    };
    let base = context.base();
    let file = File::new(FILE, suggestions::file(base, &all.suggestions));
    let can_teach = context.server.slot.desk.as_ref().is_some_and(|desk| desk.is_in(server));
    Ok(suggestions::list(context.texts, base, &shown, page, can_teach).attach(file))
}
