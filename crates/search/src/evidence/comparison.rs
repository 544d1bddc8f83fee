//! A question beside an entry: what the entry explains of it.

use super::nearest::Nearest;
use crate::ids::TermId;
use crate::model::Model;
use crate::profile::Profile;
use crate::query::{Meaning, Query, Unit, UnitKind};
use crate::ranking::Ranked;

/// A word of the answer explains one of the question less surely than a word of its phrasings.
const ANSWER_EXPLAINS: f32 = 0.7;

/// From where on a unit counts as explained.
pub(super) const EXPLAINED_FROM: f32 = 0.45;

/// How far an entry explains a unit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Explained {
    /// By its question, phrasings and keywords, 0 to 1.
    pub(super) own: f32,
    /// By its answer, 0 to 1.
    answer: f32,
}

impl Explained {
    pub(super) fn best(self) -> f32 {
        self.own.max(ANSWER_EXPLAINS * self.answer)
    }

    /// Whether a name or number is there at all: in the answer is enough.
    pub(super) fn is_there(self) -> bool {
        self.own.max(self.answer) >= EXPLAINED_FROM
    }
}

/// A question and an entry.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    pub(super) model: &'a Model,
    pub(super) query: &'a Query,
    pub(super) profile: &'a Profile,
    pub(super) explained: Vec<Explained>,
    /// Whether the entry is a claim that the question does not name and that no dispute tells.
    is_unnamed_claim: bool,
    lacks_subject: bool,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(model: &'a Model, query: &'a Query, candidate: &Ranked) -> Self {
        let profile = model.profile(candidate.entry);
        let mut explained: Vec<Explained> = query.units.iter().map(|unit| explain(model, profile, unit)).collect();
        for name in model.attribution.names_in(candidate.entry, |term| query.names(term)) {
            let units = query.units.iter().zip(&mut explained);
            for (unit, explained) in units.filter(|(unit, _)| name.contains(&unit.text)) {
                explained.own = explained.own.max(unit.likelihood);
            }
        }
        let is_told_by_itself = candidate.teller == candidate.entry;
        Self {
            is_unnamed_claim: is_told_by_itself
                && model.attribution.is_unnamed_claim(candidate.entry, |term| query.names(term)),
            lacks_subject: lacks_subject(query, profile),
            model,
            query,
            profile,
            explained,
        }
    }

    /// All units, each with how far it is explained.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a Unit, Explained)> {
        self.query.units.iter().zip(self.explained.iter().copied())
    }

    /// The units that have to be explained.
    pub(super) fn required(&self) -> impl Iterator<Item = (&'a Unit, Explained)> {
        self.pairs().filter(|(unit, _)| !unit.is_optional)
    }

    /// Those of them that are not about the kind of answer.
    pub(super) fn content(&self) -> impl Iterator<Item = (&'a Unit, Explained)> {
        self.required().filter(|(unit, _)| unit.kind != UnitKind::Cue)
    }

    /// The weight of the required units, each by a share, of the weight of the question.
    pub(super) fn share(&self, part: impl Fn(&Unit, Explained) -> f32) -> f32 {
        self.required().map(|(unit, by)| unit.weight * part(unit, by)).sum::<f32>() / self.query.weight()
    }

    /// What of each required unit is left open, by weight.
    pub(super) fn open(&self) -> impl Iterator<Item = f32> {
        self.required().map(|(unit, by)| unit.weight * (1.0 - by.best()))
    }

    /// The weight that singles out one entry: weights are about logarithms of rarity.
    #[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
    pub(super) fn specific_from(&self) -> f32 {
        (1.0 + self.model.entry_count() as f32).ln()
    }

    pub(super) fn weighs(&self, unit: &Unit, least: f32) -> bool {
        unit.weight >= least * self.specific_from()
    }

    /// Whether a unit is a word of a language without a table, which the base does not have.
    pub(super) fn is_foreign(&self, unit: &Unit) -> bool {
        !self.model.is_english && matches!(unit.meaning, Meaning::AnyOf(_))
    }

    pub(super) fn is_unnamed_claim(&self) -> bool {
        self.is_unnamed_claim
    }

    /// Whether the question has no subject that an entry could be about.
    pub(super) fn lacks_subject(&self) -> bool {
        self.lacks_subject
    }

    /// Whether most of what the question is about is not in the entry.
    pub(super) fn leaves_most_open(&self) -> bool {
        let subject: f32 = self.content().map(|(unit, _)| unit.weight).sum();
        let in_entry: f32 = self.content().map(|(unit, by)| unit.weight * by.best()).sum();
        in_entry < self.model.tuning.confidence.least_explained * subject
    }

    /// Whether question and entry have more in common than the subject of the whole base.
    pub(super) fn is_specific(&self, nearest: &Nearest) -> bool {
        // A single word asks for no more than a subject.
        let is_whole = self.query.words.len() > 1 && nearest.says_the_same();
        if self.lacks_subject || is_whole {
            return !self.lacks_subject;
        }
        let needed = self.content().count();
        let is_counted = |unit: &Unit| unit.kind != UnitKind::Cue && (needed == 0 || !unit.is_optional);
        let in_common = self.pairs().filter(|(unit, by)| is_counted(unit) && by.best() >= EXPLAINED_FROM);
        let in_common: f32 = in_common.map(|(unit, by)| unit.weight * by.best()).sum();
        let tuning = &self.model.tuning.confidence;
        let least = if needed < 2 { tuning.least_of_one_word } else { tuning.least_in_common };
        in_common >= least * self.specific_from()
    }

    /// Whether they have any word of content in common.
    pub(super) fn is_related(&self) -> bool {
        let is_subject = |kind: UnitKind| !matches!(kind, UnitKind::Cue | UnitKind::Number);
        self.pairs().any(|(unit, by)| is_subject(unit.kind) && by.best() >= EXPLAINED_FROM)
    }
}

fn explain(model: &Model, profile: &Profile, unit: &Unit) -> Explained {
    let mut explained = Explained::default();
    let mut take = |term: TermId, strength: f32| {
        let strength = strength * unit.likelihood;
        if strength > explained.own && profile.has_own(term) {
            explained.own = strength;
        }
        if strength > explained.answer && profile.answers_with(term) {
            explained.answer = strength;
        }
    };
    match &unit.meaning {
        Meaning::Known(id) => {
            take(*id, 1.0);
            // Names and numbers have no relatives.
            if unit.kind == UnitKind::Word {
                for related in &model.index.term(*id).relatives {
                    take(related.term, related.strength);
                }
            }
        }
        Meaning::AnyOf(alternatives) => alternatives.iter().for_each(|related| take(related.term, related.strength)),
    }
    explained
}

/// Whether a question has no subject that an entry could be about: it is a number alone, or only
/// function words.
fn lacks_subject(query: &Query, profile: &Profile) -> bool {
    let content = || query.units.iter().filter(|unit| unit.kind != UnitKind::Cue);
    let mut needed = content().filter(|unit| !unit.is_optional).peekable();
    if needed.peek().is_some() {
        return needed.all(|unit| unit.kind == UnitKind::Number);
    }
    // Where only function words are left, the kind of answer decides: who are you, how are you.
    let asks_otherwise = |unit: &Unit| matches!(unit.meaning, Meaning::Known(cue) if !profile.has_own(cue));
    content().next().is_none() || query.units.iter().any(|unit| unit.kind == UnitKind::Cue && asks_otherwise(unit))
}
