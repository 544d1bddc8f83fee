//! `/gaps`: a server's unanswered questions, for its moderators, and a file to write the answers
//! into.
//!
//! Each server decides who may use the command, and Discord enforces that. So only the server is
//! checked here.

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use super::curator::Curator;
use super::records;
use super::teach::begin;
use crate::discord::app::Context;
use crate::discord::incoming::{Call, Press};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::address::{GapList, GapPage};
use crate::discord::view::file::{File, MAX_FILE};
use crate::discord::view::gaps::{self, GROUPS_A_PAGE};
use crate::discord::view::listing;
use crate::discord::view::message::Card;
use crate::journal::{self, GapGroup, JournalError, Page, PageStart, Store, Timestamp};
use footnote_knowledge::drafts::{Unanswered, topic_file};

static DEFINITION: Definition = Definition::typed("gaps", Audience::Moderators);

/// How many groups the file has. A curator who has written that many answers can ask for another
/// file. It is a multiple of the groups on a page, so that a page is either in it or not.
const GROUPS_A_FILE: u32 = 100;

/// Among how many groups one that was picked is looked for.
const MAX_SEARCHED: u32 = 10_000;

pub(super) struct Gaps;

impl Command for Gaps {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            respond(context, call.server, None, &GapPage::Number(0), |card| Response::message(card, Outcome::List))
                .await
        })
    }
}

/// The response to a button or menu of the list.
pub(in crate::discord) async fn press(context: &Context<'_>, press: &Press, to: &GapList) -> Response {
    let picked = press.picked.as_deref();
    if let GapList::Teach(_) = to {
        return teach(context, press).await.unwrap_or_else(|refusal| *refusal);
    }
    let (change, page, outcome) = match to {
        GapList::Page(page) | GapList::Teach(page) => (None, page, Outcome::List),
        GapList::MarkDone(page) => (picked.map(Change::MarkDone), page, Outcome::Done),
        GapList::Delete(page) => (picked.map(Change::Delete), page, Outcome::Deleted),
    };
    respond(context, press.server, change, page, |card| Response::update(card, outcome)).await
}

/// Begins a draft with the most frequent wording of the group that was picked.
async fn teach(context: &Context<'_>, press: &Press) -> Result<Response, Box<Response>> {
    let curator = Curator::of(context, press.server, press.member, &press.powers)?;
    let group = press.picked.as_deref().unwrap_or_default();
    let all = curator.journal.store().gaps(Some(curator.server), &Page::first(MAX_SEARCHED)).await;
    let groups = all.map_err(|error| curator.failed(&error))?.groups;
    let found = groups.iter().find(|candidate| candidate.group == group);
    let wording =
        found.and_then(|found| found.wordings.first()).ok_or_else(|| Box::new(Response::gone(context.texts)))?;
    begin(&curator, wording, Some(group)).await
}

/// What a moderator does with a group, which is named.
#[derive(Debug, Clone, Copy)]
enum Change<'a> {
    MarkDone(&'a str),
    Delete(&'a str),
}

/// Changes a group, if one was picked, and shows a page of a server's list.
async fn respond(
    context: &Context<'_>,
    server: Option<u64>,
    change: Option<Change<'_>>,
    page: &GapPage,
    deliver: impl FnOnce(Card) -> Response,
) -> Response {
    let (store, server) = match records::source(context, server, &context.texts.gaps_need_a_server()) {
        Ok(source) => source,
        Err(refusal) => return *refusal,
    };
    let list = show(context, store, server, change, page).await;
    records::listed(context, list, deliver, |error| tracing::warn!(error, "cannot show the unanswered questions"))
}

async fn show(
    context: &Context<'_>,
    store: &Store,
    server: u64,
    change: Option<Change<'_>>,
    page: &GapPage,
) -> Result<Card, JournalError> {
    // If somebody else has changed the group meanwhile, there is nothing left to do.
    match change {
        Some(Change::MarkDone(group)) => store.mark_done(group, server).await.map(drop)?,
        Some(Change::Delete(group)) => store.delete_group(group, server).await.map(drop)?,
        None => {}
    }
    let all = store.gaps(Some(server), &Page::first(GROUPS_A_FILE)).await?;
    if all.groups.is_empty() {
        return Ok(gaps::none(context.texts));
    }
    let (shown, page, here) = page_of(store, server, &all, page).await?;
    let questions = all.groups.iter().map(unanswered);
    let file = File::new(gaps::FILE, topic_file(questions, all.total, context.base(), MAX_FILE));
    let can_teach = context.server.slot.desk.as_ref().is_some_and(|desk| desk.is_in(server));
    Ok(gaps::list(context.texts, &shown, page, &here, can_teach).attach(file))
}

/// The groups on a page, the page, and where it is. `all` has the first groups.
async fn page_of(
    store: &Store,
    server: u64,
    all: &journal::GapPage,
    wanted: &GapPage,
) -> Result<(Vec<GapGroup>, listing::Page, GapPage), JournalError> {
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let from = match wanted {
        GapPage::Number(_) => None,
        GapPage::After(key) => Some(PageStart::After(key.clone())),
        GapPage::Before(key) => Some(PageStart::Before(key.clone())),
    };
    if let Some(from) = from {
        let is_before = matches!(from, PageStart::Before(_));
        let page = store.gaps(Some(server), &Page { from, limit: GROUPS_A_PAGE }).await?;
        let shown = listing::Page::after(count(page.before), count(page.total), GROUPS_A_PAGE as usize);
        // The first page is always full, and an empty one is none.
        let is_short = is_before && page.before == 0 && page.groups.len() < GROUPS_A_PAGE as usize;
        if !page.groups.is_empty() && !is_short {
            return Ok((page.groups, shown, wanted.clone()));
        }
    }
    let number = match wanted {
        GapPage::Number(number) => *number,
        GapPage::After(_) => usize::MAX,
        GapPage::Before(_) => 0,
    };
    let page = listing::Page::of(count(all.total), GROUPS_A_PAGE as usize, number);
    let shown = match page.items(&all.groups) {
        // The page comes after those in the file.
        [] => {
            let from = PageStart::Offset(u32::try_from(page.offset()).unwrap_or(u32::MAX));
            store.gaps(Some(server), &Page { from, limit: GROUPS_A_PAGE }).await?.groups
        }
        shown => shown.to_vec(),
    };
    Ok((shown, page, GapPage::Number(page.offset() / GROUPS_A_PAGE as usize)))
}

/// A group in the form that a draft needs.
fn unanswered(group: &GapGroup) -> Unanswered<'_, Timestamp> {
    let GapGroup { group: name, wordings, asked, last_seen, .. } = group;
    Unanswered { name, wordings, asked: *asked, last_asked: *last_seen }
}
