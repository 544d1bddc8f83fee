//! Drafts: the entries that one can be for, what it would do, and the list of those that wait.

use footnote_curation::{Change, Effect, PhrasingState, Preview, Shift, ShiftKind};
use footnote_knowledge::{Entry, KnowledgeBase};
use serenity::all::{CreateButton, CreateSelectMenuOption};

use super::address::{Address, Key};
use super::markdown::line;
use super::message::{AMBER, BLUE, Card, button, menu_option, primary_button};
use super::report;
use super::step::Step;
use crate::discord::texts::Texts;
use crate::journal::{Draft, DraftState};

/// The longest question or phrasing that is shown, before escaping.
const MAX_QUESTION: usize = 120;
/// The longest reason of a refusal that is shown, before escaping.
const MAX_REASON: usize = 100;
/// How many questions of a kind are shown.
const MAX_SHOWN: usize = 3;
/// How many drafts are in the list: as many as a menu has options; and how many refused ones.
const MAX_LISTED: usize = 15;
const MAX_REFUSED: usize = 3;

/// Who looks at a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum Seat {
    /// Its author, before it is submitted.
    Author,
    /// Somebody who may approve it.
    Reviewer {
        /// Whether it is their own.
        is_author: bool,
    },
    /// Somebody who may not.
    Waiting {
        /// Whether it is their own.
        is_author: bool,
    },
}

/// A draft in a list.
pub(in crate::discord) struct Listed<'a> {
    pub(in crate::discord) draft: &'a Draft,
    pub(in crate::discord) change: Change,
    pub(in crate::discord) is_own: bool,
}

fn to(step: Step) -> Address {
    Address::Draft(step)
}

/// The entries that a phrasing may be for.
pub(in crate::discord) fn choose(texts: &Texts, id: &str, phrasing: &str, entries: &[&Entry]) -> Card {
    let id = || id.to_owned();
    let text = if entries.is_empty() { texts.teach_found_nothing() } else { texts.teach_choose() };
    let text = format!("> {}\n\n{text}", line(phrasing, MAX_QUESTION));
    let options = entries.iter().map(|entry| menu_option(&entry.question, &Key::of(&entry.id), ""));
    Card::new(&texts.teach_title(), &text, BLUE)
        .menu(&to(Step::Pick(id())), &texts.teach_pick(), options)
        .buttons([
            button(&to(Step::Search(id())), &texts.teach_search()),
            button(&to(Step::Reword(id())), &texts.teach_reword()),
            button(&to(Step::Discard(id())), &texts.discard()),
        ])
        .private(true)
}

/// What a draft would do, with what can be done about it.
pub(in crate::discord) fn card(texts: &Texts, id: &str, preview: &Preview, seat: Seat, has_changed: bool) -> Card {
    let findings = preview.findings();
    let mut lines = Vec::new();
    if has_changed {
        lines.push(format!("**{}**", texts.draft_has_changed()));
    }
    if let Change::AddPhrasing { phrasing, .. } = preview.change() {
        lines.push(texts.draft_phrasing(&line(phrasing, MAX_QUESTION)));
    }
    lines.push(String::new());
    lines.extend(effect(texts, preview.effect(), preview.change().entry()));
    if !findings.is_empty() {
        lines.push(format!("\n**{}**", report::totals(texts, findings)));
    }
    if matches!(seat, Seat::Waiting { is_author: true }) {
        lines.push(format!("\n{}", texts.draft_needs_another()));
    }
    let title = preview.entry().map_or_else(|| preview.change().entry().to_owned(), |entry| entry.question.clone());
    let colour = if findings.is_empty() { BLUE } else { AMBER };
    let card = Card::new(&title, &lines.join("\n"), colour).buttons(buttons(texts, id, preview, seat)).private(true);
    if findings.is_empty() { card } else { card.with(report::sized("", "", findings, MAX_FINDINGS)) }
}

/// The most that is shown of the findings, so that both embeds are within the limit of a message.
const MAX_FINDINGS: usize = 1_800;

fn buttons(texts: &Texts, id: &str, preview: &Preview, seat: Seat) -> Vec<CreateButton> {
    let (id, shown) = (|| id.to_owned(), preview.seal());
    let withdraw = || button(&to(Step::Withdraw(id())), &texts.withdraw());
    let back = || button(&to(Step::List), &texts.back_to_list());
    match seat {
        Seat::Author => {
            let confirm = primary_button(&to(Step::Confirm(id(), shown)), &texts.confirm());
            let rest = [
                button(&to(Step::Choose(id())), &texts.teach_other_entry()),
                button(&to(Step::Reword(id())), &texts.teach_reword()),
                button(&to(Step::Discard(id())), &texts.discard()),
            ];
            preview.is_applicable().then_some(confirm).into_iter().chain(rest).collect()
        }
        Seat::Reviewer { is_author } => {
            let approve = primary_button(&to(Step::Approve(id(), shown)), &texts.approve());
            let approve = preview.is_applicable().then_some(approve);
            let refuse = button(&to(Step::Refuse(id())), &texts.refuse());
            approve.into_iter().chain([refuse]).chain(is_author.then(withdraw)).chain([back()]).collect()
        }
        Seat::Waiting { is_author } => is_author.then(withdraw).into_iter().chain([back()]).collect(),
    }
}

/// Says how many questions of a kind there are.
type Count = fn(&Texts, usize) -> String;

/// Which questions would get another reply, by kind, with some of each.
fn effect(texts: &Texts, effect: &Effect, entry: &str) -> Vec<String> {
    let asked = |kind| effect.of_kind(kind).filter(|shift| shift.times > 0).collect::<Vec<&Shift>>();
    let is_kept = |shift: &&Shift| shift.phrasing.as_ref().is_some_and(|one| one.state == PhrasingState::Kept);
    let taken: Vec<&Shift> = effect.taken_by(entry).collect();
    let lost: Vec<&Shift> = effect.of_kind(ShiftKind::Unanswered).filter(is_kept).collect();
    let kinds: [(Vec<&Shift>, Count); 5] = [
        (asked(ShiftKind::Answered), Texts::effect_answered),
        (asked(ShiftKind::Redirected), Texts::effect_redirected),
        (asked(ShiftKind::Unanswered), Texts::effect_unanswered),
        (taken, Texts::effect_taken),
        (lost, Texts::effect_lost),
    ];
    let mut lines = Vec::new();
    for (shifts, say) in kinds.into_iter().filter(|(shifts, _)| !shifts.is_empty()) {
        lines.push(say(texts, shifts.len()));
        let questions = shifts.iter().take(MAX_SHOWN).map(|shift| line(&shift.question, MAX_QUESTION));
        lines.extend(questions.map(|question| format!("- {question}")));
        if shifts.len() > MAX_SHOWN {
            lines.push(format!("- {}", texts.and_more(shifts.len() - MAX_SHOWN)));
        }
    }
    if lines.is_empty() {
        lines.push(texts.effect_none());
    }
    lines
}

/// The drafts that wait, with a menu that shows one, and some that were refused.
pub(in crate::discord) fn list(texts: &Texts, base: &KnowledgeBase, drafts: &[Listed<'_>]) -> Card {
    let waiting: Vec<&Listed<'_>> = drafts.iter().filter(|one| one.draft.state == DraftState::Submitted).collect();
    let refused = drafts.iter().filter(|one| one.draft.state == DraftState::Refused);
    let numbered = || (1..).zip(waiting.iter().take(MAX_LISTED));
    let mut paragraphs: Vec<String> = numbered()
        .map(|(number, one)| {
            let time = format!("<t:{}:R>", one.draft.changed_at.0);
            let own = if one.is_own { format!(" · {}", texts.draft_is_yours()) } else { String::new() };
            format!("**{number}.** {}\n{time}{own}", line(&title(texts, base, &one.change), 2 * MAX_QUESTION))
        })
        .collect();
    if waiting.is_empty() {
        paragraphs.push(texts.no_drafts());
    }
    if waiting.len() > MAX_LISTED {
        paragraphs.push(texts.and_more(waiting.len() - MAX_LISTED));
    }
    paragraphs.extend(refused.rev().take(MAX_REFUSED).map(|one| {
        let reason = texts.draft_was_refused(&line(&one.draft.reason, MAX_REASON));
        format!("{}\n{reason}", line(&title(texts, base, &one.change), MAX_QUESTION))
    }));
    let options = numbered().map(|(number, one)| option(&format!("{number}. {}", text(&one.change)), &one.draft.id));
    Card::new(&texts.drafts_title(), &paragraphs.join("\n\n"), BLUE)
        .menu(&to(Step::Open), &texts.choose_draft(), options)
        .private(true)
}

fn option(label: &str, id: &str) -> CreateSelectMenuOption {
    menu_option(label, &Key::of(id), "")
}

/// What a change is about, in a few words of its author.
fn text(change: &Change) -> &str {
    match change {
        Change::AddPhrasing { phrasing, .. } | Change::WithdrawPhrasing { phrasing, .. } => phrasing,
        Change::AddEntry { new, .. } => &new.question,
        Change::EditEntry { entry, .. } => entry,
    }
}

fn title(texts: &Texts, base: &KnowledgeBase, change: &Change) -> String {
    let entry = base.entry(change.entry()).map_or_else(|| change.entry(), |entry| entry.question.as_str());
    texts.draft_title(text(change), entry)
}
