//! What a server's moderators should know of the week.

use footnote_knowledge::PartialDate;
use footnote_knowledge::staleness::stale;

use super::app::Context;
use super::view::digest::{Digest, card};
use super::view::message::Card;
use crate::journal::{DraftState, Journal, JournalError, Timestamp};

/// The digest of a server since then; `None` if there is nothing to say.
pub(super) async fn compose(
    context: &Context<'_>,
    journal: &Journal,
    server: u64,
    since: Timestamp,
) -> Result<Option<Card>, JournalError> {
    let store = journal.store();
    let mut gaps = store.all_gaps(Some(server)).await?;
    gaps.retain(|group| group.first_seen > since);
    // No member has this id, so these are nobody's own.
    let drafts = store.drafts(server, &journal.author(0)).await?.into_iter();
    let drafts = drafts.filter(|draft| draft.state == DraftState::Submitted);
    let found = Digest {
        gaps,
        votes: store.badly_voted(server, since).await?,
        drafts: drafts.filter_map(|draft| serde_json::from_str(&draft.change).ok()).collect(),
        stale: stale(context.base(), context.app.stale_after, PartialDate::today()),
    };
    Ok((!found.is_empty()).then(|| card(context.texts, context.base(), &found, since)))
}
