//! Drafts: the entries that one can be for, what it would do, and the list of those that wait.

use footnote_curation::{Change, Effect, PhrasingState, Preview, Shift, ShiftKind};
use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{Entry, KnowledgeBase};
use serenity::all::{CreateButton, CreateSelectMenuOption};

use super::address::{Address, Key};
use super::file::File;
use super::limits::{length, truncate};
use super::markdown::{escape, line};
use super::message::{AMBER, BLUE, Card, button, menu_option, primary_button};
use super::step::Step;
use super::{entry, report};
use crate::discord::texts::Texts;
use crate::journal::{Draft, DraftState};

/// The longest question or phrasing that is shown, before escaping.
const MAX_QUESTION: usize = 120;
/// The longest reason of a refusal that is shown, before escaping.
const MAX_REASON: usize = 100;
/// How many questions of a kind are shown.
const MAX_SHOWN: usize = 3;
/// How many drafts that wait are in the list, and how many of each kind of one's own others.
const MAX_LISTED: usize = 15;
const MAX_OWN: usize = 3;
/// How many options a menu has, and how many menus leave room for a row of buttons.
const MAX_OPTIONS: usize = 25;
const MAX_MENUS: usize = 4;

/// Who looks at a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum Seat {
    /// Its author, before it is submitted.
    Author,
    /// Its author, after it was refused.
    Refused,
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
            button(&to(Step::New(id())), &texts.new_entry()),
            button(&to(Step::Discard(id())), &texts.discard()),
        ])
        .private(true)
}

/// The topics that a new entry may be in, in as many menus as it takes.
pub(in crate::discord) fn topics(texts: &Texts, id: &str, base: &KnowledgeBase) -> Card {
    let card = Card::new(&texts.new_entry(), &texts.new_entry_topic(), BLUE);
    let menus = base.topics.chunks(MAX_OPTIONS).take(MAX_MENUS).enumerate();
    let card = menus.fold(card, |card, (number, topics)| {
        let options = topics.iter().map(|topic| menu_option(&topic.title, &Key::of(&topic.id), ""));
        card.menu(&to(Step::Topic(id.to_owned(), number)), &texts.choose_topic(), options)
    });
    card.buttons([
        button(&to(Step::Begin(id.to_owned())), &texts.new_topic()),
        button(&to(Step::Choose(id.to_owned())), &texts.back()),
    ])
    .private(true)
}

/// There can be no topic of the name that was written.
pub(in crate::discord) fn odd_topic(texts: &Texts, id: &str, reason: &str) -> Card {
    Card::notice(&texts.draft_failed(&escape(reason))).buttons([
        button(&to(Step::Begin(id.to_owned())), &texts.new_topic()),
        button(&to(Step::Discard(id.to_owned())), &texts.discard()),
    ])
}

/// The topic was named, with its title if the base has it already, and the entry has to be written.
pub(in crate::discord) fn topic_chosen(texts: &Texts, id: &str, known: Option<&str>, title: &str) -> Card {
    let text = match known {
        Some(known) => texts.topic_is_known(&line(known, MAX_QUESTION)),
        None => texts.new_topic_begun(&line(title, MAX_QUESTION)),
    };
    let card = Card::new(&texts.new_entry(), &text, BLUE).private(true);
    card.buttons([
        primary_button(&to(Step::Edit(id.to_owned())), &texts.new_entry()),
        button(&to(Step::New(id.to_owned())), &texts.other_topic()),
        button(&to(Step::Discard(id.to_owned())), &texts.discard()),
    ])
}

/// The place in a source could not be read. What was written is kept.
pub(in crate::discord) fn odd_place(texts: &Texts, id: &str) -> Card {
    editable(texts, Card::notice(&texts.place_is_odd()), id)
}

/// The card with the way back to the form of the entry.
pub(in crate::discord) fn editable(texts: &Texts, card: Card, id: &str) -> Card {
    card.buttons([
        button(&to(Step::Edit(id.to_owned())), &texts.edit()),
        button(&to(Step::Discard(id.to_owned())), &texts.discard()),
    ])
}

/// What a draft would do, with what can be done about it.
pub(in crate::discord) fn card(texts: &Texts, id: &str, preview: &Preview, seat: Seat, has_changed: bool) -> Card {
    let findings = preview.findings();
    let mut lines = Vec::new();
    if has_changed {
        lines.push(format!("**{}**", texts.draft_has_changed()));
    }
    let phrasings = match preview.change() {
        Change::AddPhrasing { phrasing, .. } => std::slice::from_ref(phrasing),
        Change::AddEntry { new, .. } => new.phrasings.as_slice(),
        _ => &[],
    };
    lines.extend(phrasings.iter().map(|phrasing| texts.draft_phrasing(&line(phrasing, MAX_QUESTION))));
    // Without a base, nothing can be asked.
    if preview.after().is_some() {
        lines.push(String::new());
        lines.extend(effect(texts, preview.effect(), preview.change().entry()));
    }
    if !findings.is_empty() {
        lines.push(format!("\n**{}**", report::totals(texts, findings)));
    }
    if matches!(seat, Seat::Waiting { is_author: true }) {
        lines.push(format!("\n{}", texts.draft_needs_another()));
    }
    let buttons = buttons(texts, id, preview, seat);
    if let (Change::AddEntry { .. }, Some(entry), Some(after)) = (preview.change(), preview.entry(), preview.after()) {
        let topic = &after.base().topics[entry.topic];
        let title = match topic.group_title().filter(|_| preview.begins_topic()) {
            Some(group) => format!("{group} / {}", topic.title),
            None => topic.title.clone(),
        };
        let above =
            if preview.begins_topic() { texts.new_topic_preview(&title) } else { texts.new_entry_preview(&title) };
        let card = entry::answer(texts, entry).above(&above).buttons(buttons).private(true);
        return below_entry(card, lines.join("\n").trim(), findings);
    }
    let title = preview.entry().map_or_else(|| text(preview.change()).to_owned(), |entry| entry.question.clone());
    let colour = if findings.is_empty() { BLUE } else { AMBER };
    let card = Card::new(&title, &lines.join("\n"), colour).buttons(buttons).private(true);
    if findings.is_empty() { card } else { card.with(report::sized("", "", findings, MAX_FINDINGS)) }
}

/// The most that is shown of the findings, so that both embeds are within the limit of a message;
/// and the most that all of its texts may have.
const MAX_FINDINGS: usize = 1_800;
const MAX_TEXTS: usize = 5_900;

/// A new entry, with what it would do and what is wrong below it. What there is no room for is in a
/// file.
fn below_entry(card: Card, text: &str, findings: &Diagnostics) -> Card {
    let room = MAX_TEXTS.saturating_sub(card.text_length());
    let fits = length(text) <= room;
    let shown = if fits { text.to_owned() } else { truncate(text, room).into_owned() };
    let room = room.saturating_sub(length(&shown)).min(MAX_FINDINGS);
    match (findings.is_empty(), fits) {
        (true, true) => card.with(Card::new("", &shown, BLUE)),
        (false, true) => card.with(report::sized("", &shown, findings, room)),
        (_, false) => {
            let all = format!("{text}\n\n{}", findings.render(false));
            let all: Vec<String> = all.lines().map(without_controls).collect();
            card.with(Card::new("", &shown, AMBER).attach(File::new(EFFECT_FILE, all.join("\n"))))
        }
    }
}

/// The file with what a draft would do, if there is no room for it.
const EFFECT_FILE: &str = "effect.txt";

fn buttons(texts: &Texts, id: &str, preview: &Preview, seat: Seat) -> Vec<CreateButton> {
    let (id, shown) = (|| id.to_owned(), preview.seal());
    let withdraw = || button(&to(Step::Withdraw(id())), &texts.withdraw());
    let back = || button(&to(Step::List), &texts.back_to_list());
    let is_entry = matches!(preview.change(), Change::AddEntry { .. });
    let edit = || button(&to(Step::Edit(id())), &texts.edit());
    let rewriting = || {
        let discard = button(&to(Step::Discard(id())), &texts.discard());
        if is_entry {
            return vec![edit(), button(&to(Step::New(id())), &texts.other_topic()), discard];
        }
        vec![
            button(&to(Step::Choose(id())), &texts.teach_other_entry()),
            button(&to(Step::Reword(id())), &texts.teach_reword()),
            discard,
        ]
    };
    let own = |is_author: bool| {
        let edit = (is_author && is_entry).then(edit);
        edit.into_iter().chain(is_author.then(withdraw))
    };
    match seat {
        Seat::Author => {
            let confirm = primary_button(&to(Step::Confirm(id(), shown)), &texts.confirm());
            preview.is_applicable().then_some(confirm).into_iter().chain(rewriting()).collect()
        }
        Seat::Refused => rewriting().into_iter().chain([back()]).collect(),
        Seat::Reviewer { is_author } => {
            let approve = primary_button(&to(Step::Approve(id(), shown)), &texts.approve());
            let approve = preview.is_applicable().then_some(approve);
            let refuse = button(&to(Step::Refuse(id())), &texts.refuse());
            approve.into_iter().chain([refuse]).chain(own(is_author)).chain([back()]).collect()
        }
        Seat::Waiting { is_author } => own(is_author).chain([back()]).collect(),
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

/// The drafts that wait, then those that their author has not submitted and some that were refused,
/// with a menu that shows one.
pub(in crate::discord) fn list(texts: &Texts, base: &KnowledgeBase, drafts: &[Listed<'_>]) -> Card {
    let of = |state: DraftState| drafts.iter().filter(move |one| one.draft.state == state);
    let waiting = of(DraftState::Submitted).count();
    let own = of(DraftState::Open).rev().take(MAX_OWN).chain(of(DraftState::Refused).rev().take(MAX_OWN));
    let shown: Vec<&Listed<'_>> = of(DraftState::Submitted).take(MAX_LISTED).chain(own).collect();
    let numbered = || (1..).zip(shown.iter());
    let paragraph = |(number, one): (usize, &&Listed<'_>)| {
        let time = format!("<t:{}:R>", one.draft.changed_at.0);
        let state = match one.draft.state {
            DraftState::Open => format!(" · {}", texts.draft_is_open()),
            DraftState::Refused => format!("\n{}", texts.draft_was_refused(&line(&one.draft.reason, MAX_REASON))),
            _ if one.is_own => format!(" · {}", texts.draft_is_yours()),
            _ => String::new(),
        };
        format!("**{number}.** {}\n{time}{state}", line(&title(texts, base, &one.change), 2 * MAX_QUESTION))
    };
    let mut paragraphs: Vec<String> = numbered().map(paragraph).collect();
    if waiting > MAX_LISTED {
        paragraphs.insert(MAX_LISTED, texts.and_more(waiting - MAX_LISTED));
    }
    if waiting == 0 {
        paragraphs.insert(0, texts.no_drafts());
    }
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

/// What a change is about, and the entry that it is for. It is not escaped.
pub(super) fn title(texts: &Texts, base: &KnowledgeBase, change: &Change) -> String {
    match change {
        Change::AddEntry { new, .. } => return texts.draft_new_entry(&new.question),
        // It is not for any entry yet.
        Change::AddPhrasing { entry, phrasing } if entry.is_empty() => return texts.quoted(phrasing),
        _ => {}
    }
    let entry = base.entry(change.entry()).map_or_else(|| change.entry(), |entry| entry.question.as_str());
    texts.draft_title(text(change), entry)
}
