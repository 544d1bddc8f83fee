//! Somebody who changes the base, and what they see of a draft.

use std::collections::HashSet;
use std::error::Error;

use footnote_curation::{Asked, Change, CurationError, Person, Preview};
use footnote_knowledge::LoadError;
use footnote_knowledge::text::plain::on_one_line;
use tokio::runtime::Handle;

use crate::discord::app::Context;
use crate::discord::bases::Answering;
use crate::discord::desk::{Asking, Desk, DeskError};
use crate::discord::incoming::Powers;
use crate::discord::response::{Outcome, Response};
use crate::discord::turn::Work;
use crate::discord::view::draft::{self, Seat};
use crate::discord::view::markdown::escape;
use crate::discord::view::message::Card;
use crate::discord::view::report;
use crate::journal::key::MemberHash;
use crate::journal::{Draft, DraftState, GapGroup, Journal, JournalError, NewDraft, Page, Timestamp};
use crate::telemetry::with_causes;

/// On how many groups of unanswered questions, and on how many questions with a chosen entry, the
/// effect is shown, the most frequent first, and how many days they may be old.
const MAX_ASKED: u32 = 500;
const ASKED_DAYS: u32 = 90;

/// A member of the server whose moderators may change the base.
pub(super) struct Curator<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) desk: &'a Desk,
    pub(super) journal: &'a Journal,
    pub(super) server: u64,
    member: u64,
    powers: &'a Powers,
}

/// The states in which the author may write a draft anew.
pub(super) const EDITABLE: [DraftState; 3] = [DraftState::Open, DraftState::Submitted, DraftState::Refused];

/// How a card gets to the member: as a new message, or in place of another one.
pub(super) type Deliver = fn(Card, Outcome) -> Response;

impl<'a> Curator<'a> {
    /// A member, or what they get if the base cannot be changed where they are. Discord offers the
    /// commands only to those who may use them.
    pub(super) fn of(
        context: &'a Context<'_>,
        server: Option<u64>,
        member: u64,
        powers: &'a Powers,
    ) -> Result<Self, Box<Response>> {
        let (desk, journal) = (context.server.slot.desk.as_ref(), context.app.journal.as_ref());
        match (desk, journal, server) {
            (Some(desk), Some(journal), Some(server)) if desk.is_in(server) => {
                Ok(Self { context, desk, journal, server, member, powers })
            }
            _ => Err(Box::new(Response::notice(&context.texts.curation_is_off(), Outcome::Unsupported))),
        }
    }

    pub(super) fn is_reviewer(&self) -> bool {
        let role = self.context.server.reviewers_role;
        self.powers.manages_server || role.is_some_and(|role| self.powers.roles.contains(&role))
    }

    /// What the record of changes calls them.
    fn role(&self) -> &'static str {
        match (self.powers.manages_server, self.is_reviewer()) {
            (true, _) => "moderator",
            (false, true) => "reviewer",
            (false, false) => "member",
        }
    }

    /// The form of their id in drafts.
    pub(super) fn author(&self) -> MemberHash {
        self.journal.author(self.member)
    }

    pub(super) fn is_author(&self, draft: &Draft) -> bool {
        draft.is_by(&self.author())
    }

    /// Whether they decide on a draft.
    pub(super) fn may_approve(&self, draft: &Draft) -> bool {
        self.is_reviewer() && !(self.desk.needs_another() && self.is_author(draft))
    }

    /// Them, as the record of changes has them.
    pub(super) fn person(&self) -> Person {
        self.desk.person(self.member, self.role())
    }

    /// A draft that they begin.
    pub(super) fn new_draft(&self, change: &Change, group: Option<&str>) -> NewDraft {
        NewDraft {
            server: self.server,
            member: self.member,
            keeps_id: self.desk.records_ids(),
            role: self.role().to_owned(),
            change: written(change),
            group: group.map(str::to_owned),
            suggestion: None,
        }
    }

    /// The draft with this id, if it is in one of these states and they may see it.
    pub(super) async fn draft(&self, id: &str, states: &[DraftState]) -> Result<Draft, Box<Response>> {
        let found = self.journal.store().draft(id, self.server).await.map_err(|error| self.failed(&error))?;
        let may_see =
            |draft: &Draft| self.is_author(draft) || (draft.state == DraftState::Submitted && self.is_reviewer());
        found.filter(|draft| states.contains(&draft.state) && may_see(draft)).ok_or_else(|| self.gone())
    }

    /// The same, if they wrote it.
    pub(super) async fn own_draft(&self, id: &str, states: &[DraftState]) -> Result<Draft, Box<Response>> {
        let draft = self.draft(id, states).await?;
        if self.is_author(&draft) { Ok(draft) } else { Err(self.gone()) }
    }

    /// Gives a draft another change, unless somebody is about to approve it, and opens it again.
    pub(super) async fn edit(&self, draft: Draft, change: &Change) -> Result<Draft, Box<Response>> {
        let (store, server, runtime) = (self.journal.store().clone(), self.server, Handle::current());
        let (id, from, written) = (draft.id.clone(), draft.state, written(change));
        let change = written.clone();
        let edit = async move { store.edit_draft(&id, server, from, &written).await };
        let edited = match from {
            DraftState::Open => edit.await,
            _ => self.work(move || runtime.block_on(edit)).await?,
        };
        let edited = edited.map_err(|error| self.failed(&error))?;
        if !edited {
            return Err(self.gone());
        }
        Ok(Draft { change, state: DraftState::Open, reason: String::new(), ..draft })
    }

    /// What they get if a draft is not there, or somebody has decided on it.
    pub(super) fn gone(&self) -> Box<Response> {
        Box::new(Response::notice(&self.context.texts.draft_is_gone(), Outcome::Gone))
    }

    /// What they get if the journal cannot be used.
    pub(super) fn failed(&self, error: &JournalError) -> Box<Response> {
        let error: &dyn Error = error;
        tracing::warn!(error, "cannot use the drafts");
        Box::new(Response::notice(&self.context.texts.journal_is_unreadable(), Outcome::JournalFailed))
    }

    /// The unanswered questions of the server on which an effect is shown.
    pub(super) async fn groups(&self) -> Result<Vec<GapGroup>, Box<Response>> {
        let page = self.journal.store().gaps(Some(self.server), &Page::first(MAX_ASKED)).await;
        let since = Timestamp::now().minus_days(ASKED_DAYS);
        let groups = page.map_err(|error| self.failed(&error))?.groups.into_iter();
        Ok(groups.filter(|group| group.last_seen >= since).collect())
    }

    /// The questions of members on which an effect is shown: those without an answer, and those for
    /// which members chose an entry, or got one that was only just sure enough.
    pub(super) async fn asked(&self) -> Result<Vec<Asked>, Box<Response>> {
        let since = Timestamp::now().minus_days(ASKED_DAYS);
        let gaps = self.groups().await?.into_iter().filter_map(|group| {
            let question = group.wordings.into_iter().next()?;
            Some(Asked { question, times: group.asked })
        });
        let chosen = self.journal.store().suggestions(Some(self.server), 0, MAX_ASKED).await;
        let chosen = chosen.map_err(|error| self.failed(&error))?.suggestions.into_iter();
        let chosen = chosen
            .filter(|one| one.last_seen >= since && one.is_phrasing())
            .map(|one| Asked { question: one.question, times: one.chosen + one.narrow });
        let mut seen = HashSet::new();
        Ok(gaps.chain(chosen).filter(|asked| seen.insert(asked.question.clone())).collect())
    }

    /// How the base is asked that comes next.
    pub(super) fn asking(&self) -> Asking {
        let Answering { thresholds, unanswerable } = **self.context.server.slot.answering.load();
        (self.context.server.thresholds.unwrap_or(thresholds), unanswerable)
    }

    /// Does work at the desk, which blocks.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Box<Response>> {
        let texts = self.context.texts;
        let (text, outcome) = match self.context.server.slot.turn.queue(work).await {
            Work::Done(value) => return Ok(value),
            Work::GoesOn => (texts.draft_goes_on(), Outcome::GoesOn),
            Work::Busy => (texts.other_work_is_running(), Outcome::Busy),
            Work::Broken => (texts.draft_crashed(), Outcome::Broken),
        };
        Err(Box::new(Response::notice(&text, outcome)))
    }

    /// Shows what a draft would do.
    pub(super) async fn show(&self, draft: &Draft, deliver: Deliver) -> Result<Response, Box<Response>> {
        let change = read(draft).ok_or_else(|| self.gone())?;
        let (desk, asked, asking) = (self.desk.clone(), self.asked().await?, self.asking());
        let preview = self.work(move || desk.preview(&change, &asked, asking)).await?;
        Ok(match preview {
            Ok(preview) => deliver(self.card(draft, &preview, false), Outcome::Draft),
            Err(error) => self.refused(draft, &error, deliver),
        })
    }

    fn card(&self, draft: &Draft, preview: &Preview, has_changed: bool) -> Card {
        let seat = match draft.state {
            DraftState::Open => Seat::Author,
            DraftState::Refused => Seat::Refused,
            _ if self.may_approve(draft) => Seat::Reviewer { is_author: self.is_author(draft) },
            _ => Seat::Waiting { is_author: self.is_author(draft) },
        };
        draft::card(self.context.texts, &draft.id, preview, seat, has_changed)
    }

    /// What they get if a change is not shown or not made.
    pub(super) fn refused(&self, draft: &Draft, error: &DeskError, deliver: Deliver) -> Response {
        let texts = self.context.texts;
        let card = match error {
            DeskError::Changed(preview) => return deliver(self.card(draft, preview, true), Outcome::Draft),
            DeskError::Curation(error) => match &**error {
                CurationError::Base(LoadError::Invalid { diagnostics, .. }) => {
                    let title = report::totals(texts, diagnostics);
                    report::card(&title, &texts.draft_needs_a_sound_base(), diagnostics)
                }
                other => Card::notice(&texts.draft_failed(&reason(other))),
            },
            DeskError::Change(error) => {
                let card = Card::notice(&texts.draft_failed(&reason(error)));
                let is_entry = matches!(read(draft), Some(Change::AddEntry { .. })) && self.is_author(draft);
                if is_entry { draft::editable(texts, card, &draft.id) } else { card }
            }
        };
        tracing::warn!(error = with_causes(error), "a change of the base was not shown or made");
        // The draft stays where it is, so what leads to it stays too.
        Response::message(card, Outcome::NotChanged)
    }
}

/// Why something failed, for a text of the bot.
fn reason(error: &dyn Error) -> String {
    escape(&on_one_line(&with_causes(error)))
}

/// A change as the journal keeps it.
fn written(change: &Change) -> String {
    // It is texts and numbers.
    serde_json::to_string(change).unwrap_or_default()
}

/// The change of a draft; `None` if another version wrote it.
pub(super) fn read(draft: &Draft) -> Option<Change> {
    serde_json::from_str(&draft.change).ok()
}
