//! What the buttons and menus below an answer or a "did you mean" do: show another entry, or
//! count a vote.

use super::people;
use crate::discord::app::Context;
use crate::discord::incoming::Press;
use crate::discord::response::{Outcome, Response};
use crate::discord::texts::Texts;
use crate::discord::view::address::{Deletion, FollowUp, Key, is_cut_off};
use crate::discord::view::entry::{self, Reader};
use crate::discord::view::message::Card;
use crate::discord::view::{layout, reply, sources};
use crate::journal::{PickKind, Timestamp, Vote};
use footnote_knowledge::Entry;

/// The response to a button or menu.
pub(in crate::discord) async fn press(context: &Context<'_>, press: &Press, to: &FollowUp) -> Response {
    let key = match to {
        FollowUp::Show(key)
        | FollowUp::Helpful(key)
        | FollowUp::NotHelpful(key, _)
        | FollowUp::Near(key, _)
        | FollowUp::NotNear(key, _)
        | FollowUp::Sources(key)
        | FollowUp::MoreSources(key, _) => key.clone(),
        FollowUp::Related | FollowUp::Pick(_) | FollowUp::Other(_) => Key::picked(press),
        FollowUp::AskPeople(member) => return people::press(context, press, *member),
    };
    let Some(entry) = key.entry(context.base()) else { return Response::gone(context.texts) };
    match to {
        FollowUp::Show(_) | FollowUp::Related => show(context, press, entry, None),
        FollowUp::Pick(question) => {
            note_choice(context, press, question, entry, PickKind::Suggested);
            take_back_gap(context, press, question);
            show(context, press, entry, Some(question))
        }
        FollowUp::Other(question) => {
            note_choice(context, press, question, entry, PickKind::Instead);
            show(context, press, entry, Some(question))
        }
        FollowUp::Near(_, question) => near(context, press, entry, question).await,
        FollowUp::NotNear(_, question) => not_near(context, press, entry, question).await,
        FollowUp::Helpful(_) => helpful(context, press, entry).await,
        FollowUp::NotHelpful(_, question) => not_helpful(context, press, entry, question).await,
        FollowUp::Sources(_) => Response::message(sources::card(context.texts, entry, 0), Outcome::Sources),
        FollowUp::MoreSources(_, page) => {
            Response::update(sources::card(context.texts, entry, *page), Outcome::Sources)
        }
        FollowUp::AskPeople(_) => Response::unsupported(context.texts),
    }
    .about(entry)
}

/// Whether a choice may replace the message with the menu: nobody else sees it, or it answers the
/// member's own question.
fn replaces_message(press: &Press) -> bool {
    press.is_private || press.is_own
}

/// Takes a question back that counted as unanswered. What somebody else finds in a member's list
/// does not tell what the member wanted.
fn take_back_gap(context: &Context<'_>, press: &Press, question: &str) {
    if replaces_message(press) {
        context.take_back_gap(question, is_cut_off(&press.custom_id), press.asker());
    }
}

/// Keeps an entry that was chosen for a question as a label. What somebody else finds in a member's
/// list says nothing of the question.
fn note_choice(context: &Context<'_>, press: &Press, question: &str, entry: &Entry, kind: PickKind) {
    if replaces_message(press) {
        note_pick(context, press, question, entry, kind);
    }
}

fn note_pick(context: &Context<'_>, press: &Press, question: &str, entry: &Entry, kind: PickKind) {
    if !question.is_empty() {
        context.note_pick(question, is_cut_off(&press.custom_id), entry, kind, press.asker());
    }
}

/// Who gets a card: the member alone, or whoever sees the message with the button.
fn reader<'a>(context: &'a Context<'_>, press: &Press, in_place: bool) -> Reader<'a> {
    let is_public = in_place && !press.is_private;
    let deletion = is_public.then(|| layout::deletion(&press.rows).unwrap_or_else(|| Deletion::by(press.member)));
    let asks_people = context.has_helpers(press.server).then_some(press.member);
    Reader { texts: context.texts, keeps_votes: context.keeps_votes(), deletion, asks_people, site: context.site() }
}

/// Shows an entry. It replaces the message with the button if only the member sees that message,
/// or if the bot sent it publicly in response to the member's own question (`asked`). Otherwise
/// only the member sees it.
fn show(context: &Context<'_>, press: &Press, entry: &Entry, asked: Option<&str>) -> Response {
    let question = asked.filter(|question| !question.is_empty()).unwrap_or(&entry.question);
    let in_place = press.is_private || (asked.is_some() && replaces_message(press));
    let card = entry::card(context.base(), question, entry, &reader(context, press, in_place));
    deliver(card, in_place, Outcome::Answer)
}

fn deliver(card: Card, in_place: bool, outcome: Outcome) -> Response {
    if in_place { Response::update(card, outcome) } else { Response::message(card, outcome) }
}

/// Counts that an answer helped. Only the member's own message shows it: what everybody sees must
/// not change with the vote of one.
async fn helpful(context: &Context<'_>, press: &Press, entry: &Entry) -> Response {
    let voted = vote(context, press, entry, true).await;
    let marked = layout::voted(&press.rows, &press.custom_id).filter(|_| press.is_private && voted == Voted::Stored);
    match marked {
        Some(rows) => Response::marked(rows, Outcome::Helpful),
        None => thank(context.texts, voted),
    }
}

/// Counts that an answer did not help, and offers other entries: below the member's own message,
/// otherwise in a message that only the member sees.
async fn not_helpful(context: &Context<'_>, press: &Press, entry: &Entry, question: &str) -> Response {
    note_pick(context, press, question, entry, PickKind::Unhelpful);
    let voted = vote(context, press, entry, false).await;
    let others = other_candidates(context, press, question, entry, voted, FollowUp::Other(question.to_owned()), false);
    let marked = layout::voted(&press.rows, &press.custom_id).filter(|_| press.is_private && voted != Voted::Failed);
    match marked {
        Some(rows) => Response::marked(layout::with_menus(rows, &others), Outcome::NotHelpful),
        None => Response::message(others, Outcome::NotHelpful),
    }
}

/// The nearest entry is what was meant: it becomes the answer, for everyone if the member asked the
/// question.
async fn near(context: &Context<'_>, press: &Press, entry: &Entry, question: &str) -> Response {
    note_choice(context, press, question, entry, PickKind::Closest);
    take_back_gap(context, press, question);
    let voted = vote(context, press, entry, true).await;
    if replaces_message(press) { show(context, press, entry, Some(question)) } else { thank(context.texts, voted) }
}

/// The nearest entry is not what was meant, so the question stays unanswered. The other entries
/// take its place, for everyone if the member asked the question.
async fn not_near(context: &Context<'_>, press: &Press, entry: &Entry, question: &str) -> Response {
    context.note_gap(question, press.asker(), None);
    note_pick(context, press, question, entry, PickKind::Unhelpful);
    let voted = vote(context, press, entry, false).await;
    let in_place = replaces_message(press) && voted != Voted::Failed;
    let to = FollowUp::Pick(question.to_owned());
    let others = other_candidates(context, press, question, entry, voted, to, in_place);
    deliver(others, in_place, Outcome::NotHelpful)
}

/// What happened to a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voted {
    /// It is stored, and survives a crash of the program.
    Stored,
    /// The journal is off.
    NotKept,
    /// The journal failed to store it.
    Failed,
}

pub(super) async fn vote(context: &Context<'_>, press: &Press, entry: &Entry, helpful: bool) -> Voted {
    let Some(journal) = &context.app.journal else { return Voted::NotKept };
    let Press { member, server, .. } = *press;
    let base = context.server.slot.server;
    let vote = Vote { entry: entry.id.clone(), base, member, helpful, server, at: Timestamp::now() };
    match journal.vote(vote).await {
        Ok(()) => Voted::Stored,
        Err(error) => {
            tracing::warn!(%error, "cannot store a vote");
            Voted::Failed
        }
    }
}

fn thank(texts: &Texts, voted: Voted) -> Response {
    match voted {
        Voted::Stored => Response::notice(&texts.thanks(), Outcome::Helpful),
        Voted::NotKept => Response::notice(&texts.votes_are_not_stored(), Outcome::Helpful),
        Voted::Failed => Response::notice(&texts.vote_failed(), Outcome::VoteFailed),
    }
}

/// Other entries that the question may have been about. `to` is where the menu of them leads.
fn other_candidates(
    context: &Context<'_>,
    press: &Press,
    question: &str,
    entry: &Entry,
    voted: Voted,
    to: FollowUp,
    in_place: bool,
) -> Card {
    let mut candidates = context.reply(question).candidates;
    candidates.retain(|candidate| candidate.entry.id != entry.id);
    let failure = (voted == Voted::Failed).then(|| context.texts.vote_failed());
    reply::others(failure.as_deref(), context.base(), question, to, &candidates, &reader(context, press, in_place))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::discord::app::App;
    use crate::discord::fixture::{MEMBER, app, journal, setup};
    use crate::discord::response::Delivery;
    use crate::discord::view::message::tests::labels;

    async fn pressed(app: &App, press: Press, to: FollowUp) -> Response {
        super::press(&app.anywhere(), &Press { member: MEMBER, ..press }, &to).await
    }

    fn crane() -> Key {
        Key::of("crane-height")
    }

    #[tokio::test]
    async fn a_vote_is_thanked_for_once_it_is_stored() {
        let folder = TempDir::new().expect("a temporary folder");
        let journal = journal(&folder).await;
        let app = setup(0.5, 0.0, |setup| setup.journal = Some(journal.clone()));
        let vote = async || pressed(&app, Press::default(), FollowUp::Helpful(crane())).await.summary;
        let stored = vote().await;
        assert_eq!((stored.outcome, stored.entry.as_deref()), (Outcome::Helpful, Some("crane-height")));
        let votes = journal.store().votes().await.expect("votes can be read");
        assert_eq!(votes.iter().map(|vote| vote.entry.as_str()).collect::<Vec<_>>(), ["crane-height"]);
        journal.close().await;
        assert_eq!(vote().await.outcome, Outcome::VoteFailed);
    }

    #[tokio::test]
    async fn not_helpful_leads_privately_to_the_other_candidates() {
        let app = setup(0.5, 0.0, |_| {});
        let to = FollowUp::NotHelpful(Key::of("bell-rings"), "the bell".to_owned());
        let response = pressed(&app, Press::default(), to).await;
        assert_eq!(response.summary.outcome, Outcome::NotHelpful);
        let Delivery::Message(card) = response.delivery else { panic!("a message, not {response:?}") };
        let offered = labels(&card).concat();
        assert!(offered.contains(&"How heavy is the bell?".to_owned()), "{offered:?}");
        assert!(!offered.contains(&"When does the bell ring?".to_owned()), "{offered:?}");
    }

    #[tokio::test]
    async fn a_choice_replaces_only_the_members_own_message() {
        let app = app();
        for (is_private, is_own, is_in_place) in
            [(false, false, false), (false, true, true), (true, false, true), (true, true, true)]
        {
            let press = Press { is_private, is_own, picked: Some("crane-height".to_owned()), ..Press::default() };
            let response = pressed(&app, press, FollowUp::Pick("crane".to_owned())).await;
            assert_eq!(matches!(response.delivery, Delivery::Update(_)), is_in_place, "{is_private} {is_own}");
        }
        let related = pressed(&app, Press { is_own: true, ..Press::default() }, FollowUp::Show(crane())).await;
        assert!(matches!(related.delivery, Delivery::Message(_)), "a related entry leaves the answer where it is");
    }

    #[tokio::test]
    async fn an_entry_that_is_gone_is_reported() {
        let gone = || Key::of("no-such-entry");
        let ways = [
            FollowUp::Show(gone()),
            FollowUp::Pick("crane".to_owned()),
            FollowUp::Helpful(gone()),
            FollowUp::NotHelpful(gone(), "crane".to_owned()),
        ];
        for to in ways {
            assert_eq!(pressed(&app(), Press::default(), to).await.summary.outcome, Outcome::Gone);
        }
    }
}
