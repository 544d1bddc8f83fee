//! What a change does to the replies: which questions get another one.
//!
//! Whoever approves a phrasing sees one entry. What it takes from others shows only when all
//! questions are asked before and after, and that is cheap enough to be done each time.

use std::collections::BTreeMap;

use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::text::counted;
use footnote_search::reply::{Outcome, Reply};
use serde::Serialize;

/// A question that members have asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// How often it was asked.
    pub times: u64,
}

/// What a question finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// What the reply comes to.
    pub outcome: Outcome,
    /// The id of the best entry; none if the outcome is unknown.
    pub entry: Option<String>,
}

/// A question of the base: that of an entry, or a phrasing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phrasing {
    /// The id of its entry.
    pub entry: String,
    /// Whether the base has it before the change, after it, or both.
    pub state: PhrasingState,
}

/// What a change does to a phrasing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PhrasingState {
    /// The base has it and keeps it.
    Kept,
    /// It comes with the change.
    Added,
    /// It goes with the change.
    Withdrawn,
}

/// What becomes of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ShiftKind {
    /// It is answered, and was not.
    Answered,
    /// It is no longer answered.
    Unanswered,
    /// Another entry is shown than before.
    Redirected,
    /// Anything else: shown as the closest instead of suggested, for example.
    Other,
}

/// A question that gets another reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shift {
    /// The question.
    pub question: String,
    /// How often members asked it; 0 if they did not.
    pub times: u64,
    /// Which phrasing it is, if the base has it.
    pub phrasing: Option<Phrasing>,
    /// What it found so far.
    pub before: Found,
    /// What it finds with the change.
    pub after: Found,
    /// What becomes of it.
    pub kind: ShiftKind,
}

/// What a change does to the replies. Every question that gets another outcome or another best
/// entry is in it: those that members asked first, the most asked first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The questions.
    pub shifts: Vec<Shift>,
}

impl Found {
    pub(crate) fn of(reply: &Reply<'_>) -> Self {
        let best = reply.candidates.first().filter(|_| reply.outcome != Outcome::Unknown);
        Self { outcome: reply.outcome, entry: best.map(|candidate| candidate.entry.id.clone()) }
    }

    /// Whether the entry's text is shown at once.
    fn is_shown(&self) -> bool {
        matches!(self.outcome, Outcome::Answer | Outcome::Closest)
    }

    fn is_answer(&self) -> bool {
        self.outcome == Outcome::Answer
    }
}

impl ShiftKind {
    fn of(before: &Found, after: &Found) -> Self {
        match (before.is_answer(), after.is_answer()) {
            (false, true) => Self::Answered,
            (true, false) => Self::Unanswered,
            _ if before.is_shown() && after.is_shown() && before.entry != after.entry => Self::Redirected,
            _ => Self::Other,
        }
    }
}

/// A question to ask before and after a change.
#[derive(Debug, Default)]
pub(crate) struct Inquiry {
    pub(crate) times: u64,
    pub(crate) phrasing: Option<Phrasing>,
}

/// All questions that are asked: of members, of the base before and of the base after.
pub(crate) fn inquiries(asked: &[Asked], before: &KnowledgeBase, after: &KnowledgeBase) -> BTreeMap<String, Inquiry> {
    let mut inquiries: BTreeMap<String, Inquiry> = BTreeMap::new();
    for (text, entry) in questions(before) {
        let phrasing = Phrasing { entry: entry.to_owned(), state: PhrasingState::Withdrawn };
        inquiries.entry(text.to_owned()).or_default().phrasing.get_or_insert(phrasing);
    }
    for (text, entry) in questions(after) {
        let inquiry = inquiries.entry(text.to_owned()).or_default();
        match &mut inquiry.phrasing {
            Some(phrasing) if phrasing.state == PhrasingState::Withdrawn => phrasing.state = PhrasingState::Kept,
            Some(_) => {}
            None => {
                inquiry.phrasing = Some(Phrasing { entry: entry.to_owned(), state: PhrasingState::Added });
            }
        }
    }
    for Asked { question, times } in asked {
        let inquiry = inquiries.entry(question.clone()).or_default();
        inquiry.times = inquiry.times.saturating_add(*times);
    }
    inquiries
}

/// Every question and phrasing of a base with the id of its entry.
pub(crate) fn questions(base: &KnowledgeBase) -> impl Iterator<Item = (&str, &str)> {
    base.entries.iter().flat_map(|entry| {
        let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
        std::iter::once(entry.question.as_str()).chain(phrasings).map(|text| (text, entry.id.as_str()))
    })
}

impl Effect {
    /// Compares what the questions find before and after. Both lists are in the questions' order.
    pub(crate) fn new(inquiries: BTreeMap<String, Inquiry>, before: Vec<Found>, after: Vec<Found>) -> Self {
        let mut shifts = Vec::new();
        for ((question, inquiry), (before, after)) in inquiries.into_iter().zip(before.into_iter().zip(after)) {
            if before != after {
                let Inquiry { times, phrasing } = inquiry;
                let kind = ShiftKind::of(&before, &after);
                shifts.push(Shift { question, times, phrasing, before, after, kind });
            }
        }
        shifts.sort_by(|one, other| other.times.cmp(&one.times).then_with(|| one.question.cmp(&other.question)));
        Self { shifts }
    }

    /// Whether all replies stay as they are.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shifts.is_empty()
    }

    /// The questions of one kind.
    pub fn of_kind(&self, kind: ShiftKind) -> impl Iterator<Item = &Shift> {
        self.shifts.iter().filter(move |shift| shift.kind == kind)
    }

    /// The phrasings that the base has and keeps, and that would now find this entry instead of
    /// another one.
    pub fn taken_by<'a>(&'a self, entry: &'a str) -> impl Iterator<Item = &'a Shift> {
        self.kept().filter(move |shift| {
            shift.after.is_shown()
                && shift.after.entry.as_deref() == Some(entry)
                && shift.before.entry != shift.after.entry
        })
    }

    /// The phrasings that the base has and keeps, and that find something else than before.
    fn kept(&self) -> impl Iterator<Item = &Shift> {
        let is_kept = |phrasing: &Phrasing| phrasing.state == PhrasingState::Kept;
        self.shifts.iter().filter(move |shift| shift.phrasing.as_ref().is_some_and(is_kept))
    }

    /// The effect in one sentence, for people who decide on a change of this entry.
    #[must_use]
    pub fn summary(&self, entry: &str) -> String {
        let asked = |kind| self.of_kind(kind).filter(|shift| shift.times > 0).count();
        let taken: Vec<&Shift> = self.taken_by(entry).collect();
        let lost = self.kept().filter(|shift| shift.kind == ShiftKind::Unanswered).count();
        let mut parts = Vec::new();
        let mut tell = |count: usize, noun: &str, what: &str| {
            if count > 0 {
                parts.push(format!("{} {what}", counted(count, noun)));
            }
        };
        tell(asked(ShiftKind::Answered), "question", "of members would be answered");
        tell(asked(ShiftKind::Redirected), "question", "of members would find another entry");
        tell(asked(ShiftKind::Unanswered), "question", "of members would no longer be answered");
        tell(taken.len(), "existing phrasing", "would now find this entry instead");
        tell(lost, "existing phrasing", "would no longer be answered");
        if parts.is_empty() {
            return "No question of members and no existing phrasing is affected.".to_owned();
        }
        parts.join(", ") + "."
    }
}
