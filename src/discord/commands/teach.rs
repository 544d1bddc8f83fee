//! *Teach Footnote*: makes a phrasing of what somebody wrote, of an unanswered question, or of a
//! question for which members chose an entry.
//!
//! What was written is kept as a draft from the first step on: custom ids have no room for it, and
//! it must survive a restart.

use footnote_curation::Change;
use footnote_knowledge::text::plain::on_one_line;
use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition, Kind};
use super::curator::{Curator, Deliver, read};
use crate::discord::app::Context;
use crate::discord::incoming::{Call, Form, Press, without_mentions};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::address::Key;
use crate::discord::view::{draft, form};
use crate::journal::{Draft, DraftState, Masked, NewDraft, Suggestion};

pub(in crate::discord) const NAME: &str = "Teach Footnote";

static DEFINITION: Definition = Definition { name: NAME, kind: Kind::MessageMenu, audience: Audience::Curators };

pub(super) struct Teach;

impl Command for Teach {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            let text = without_mentions(call.target.as_deref().unwrap_or_default());
            match Curator::of(context, call.server, call.member, &call.powers) {
                Ok(curator) => begin(&curator, &text, None).await.unwrap_or_else(|refusal| *refusal),
                Err(refusal) => *refusal,
            }
        })
    }
}

/// Begins a draft with these words, and offers entries for them.
pub(super) async fn begin(curator: &Curator<'_>, words: &str, group: Option<&str>) -> Result<Response, Box<Response>> {
    let words = on_one_line(Masked::of(words).as_str());
    if words.is_empty() {
        let text = curator.context.texts.message_has_no_text();
        return Err(Box::new(Response::notice(&text, Outcome::NoText)));
    }
    let new = curator.new_draft(&Change::add_phrasing("", &words), group);
    let id = curator.journal.add_draft(&new).await.map_err(|error| curator.failed(&error))?;
    Ok(offer(curator, &id, &words, &words, Response::message))
}

/// Begins a draft of what members' choices suggest: for this entry, whose effect is shown, or for
/// one that is to be chosen.
pub(super) async fn follow(
    curator: &Curator<'_>,
    suggestion: &Suggestion,
    entry: Option<&str>,
) -> Result<Response, Box<Response>> {
    let words = on_one_line(&suggestion.question);
    let change = Change::add_phrasing(entry.unwrap_or_default(), &words);
    let new = NewDraft { suggestion: Some(suggestion.name.clone()), ..curator.new_draft(&change, None) };
    let id = curator.journal.add_draft(&new).await.map_err(|error| curator.failed(&error))?;
    if entry.is_none() {
        return Ok(offer(curator, &id, &words, &words, Response::message));
    }
    let draft = curator.draft(&id, &[DraftState::Open]).await?;
    curator.show(&draft, Response::message).await
}

/// The entries that these words find.
fn offer(curator: &Curator<'_>, id: &str, phrasing: &str, words: &str, deliver: Deliver) -> Response {
    let reply = curator.context.reply(words);
    let entries: Vec<_> = reply.candidates.iter().map(|candidate| candidate.entry).collect();
    deliver(draft::choose(curator.context.texts, id, phrasing, &entries), Outcome::Draft)
}

/// Offers entries for the phrasing of a draft, or shows a new entry again.
pub(super) async fn choose(curator: &Curator<'_>, id: &str) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, &[DraftState::Open, DraftState::Refused]).await?;
    match read(&draft) {
        Some(Change::AddPhrasing { phrasing, .. }) => Ok(offer(curator, id, &phrasing, &phrasing, Response::update)),
        Some(Change::AddEntry { .. }) => curator.show(&draft, Response::update).await,
        _ => Err(curator.gone()),
    }
}

/// Takes the entry that was picked, and shows what the phrasing would do.
pub(super) async fn pick(curator: &Curator<'_>, press: &Press, id: &str) -> Result<Response, Box<Response>> {
    let (draft, _, phrasing) = open(curator, id).await?;
    let Some(entry) = Key::picked(press).entry(curator.context.base()) else {
        return Err(Box::new(Response::gone(curator.context.texts)));
    };
    let changed = curator.edit(draft, &Change::add_phrasing(&entry.id, &phrasing)).await?;
    curator.show(&changed, Response::update).await
}

/// Asks for words, or for another wording.
pub(super) async fn ask(curator: &Curator<'_>, id: &str, is_wording: bool) -> Result<Response, Box<Response>> {
    let (_, _, phrasing) = open(curator, id).await?;
    let texts = curator.context.texts;
    let form = if is_wording { form::wording(texts, id, &phrasing) } else { form::search(texts, id) };
    Ok(Response::form(form))
}

/// Finds entries by the words in a form.
pub(super) async fn search(curator: &Curator<'_>, form: &Form, id: &str) -> Result<Response, Box<Response>> {
    let (_, _, phrasing) = open(curator, id).await?;
    Ok(offer(curator, id, &phrasing, form.text(form::TEXT), Response::message))
}

/// Takes the wording in a form, and shows what it would do.
pub(super) async fn reword(curator: &Curator<'_>, form: &Form, id: &str) -> Result<Response, Box<Response>> {
    let (draft, entry, _) = open(curator, id).await?;
    let phrasing = on_one_line(form.text(form::TEXT));
    let changed = curator.edit(draft, &Change::add_phrasing(&entry, &phrasing)).await?;
    if entry.is_empty() {
        return Ok(offer(curator, id, &phrasing, &phrasing, Response::message));
    }
    curator.show(&changed, Response::message).await
}

/// Goes on with an open draft: shows what it would do, or what is missing first.
pub(super) async fn resume(curator: &Curator<'_>, draft: &Draft) -> Result<Response, Box<Response>> {
    match read(draft) {
        Some(Change::AddPhrasing { entry, phrasing }) if entry.is_empty() => {
            Ok(offer(curator, &draft.id, &phrasing, &phrasing, Response::update))
        }
        _ => curator.show(draft, Response::update).await,
    }
}

/// A draft of theirs that is open or was refused, with its entry and its phrasing.
async fn open(curator: &Curator<'_>, id: &str) -> Result<(Draft, String, String), Box<Response>> {
    let draft = curator.own_draft(id, &[DraftState::Open, DraftState::Refused]).await?;
    match read(&draft) {
        Some(Change::AddPhrasing { entry, phrasing }) => Ok((draft, entry, phrasing)),
        _ => Err(curator.gone()),
    }
}
