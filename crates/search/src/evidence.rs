//! What speaks for a candidate and against it, by name.
//!
//! The order of candidates says which entry is nearest; the evidence says whether it is near
//! enough. Each piece is a number that a curator can understand, and all of them together are what
//! [`crate::confidence`] turns into a probability and what `ask --explain` shows.

mod comparison;
mod names;
mod nearest;
mod objection;

use crate::classifier::FLOOR;
use crate::model::Model;
use crate::profile::Profile;
use crate::query::{Meaning, Query, UnitKind};
use crate::ranking::Ranked;
use crate::tuning::ConfidenceTuning;

use comparison::{Comparison, EXPLAINED_FROM};
pub use names::{FEATURE_COUNT, FEATURE_NAMES, FEATURE_SIGNS};
use nearest::nearest_phrasing;
pub use objection::Objection;

/// A wider margin tells no more.
const WIDEST_MARGIN: f32 = 8.0;

/// What is known about a candidate for a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) features: [f32; FEATURE_COUNT],
    pub(crate) objections: Vec<Objection>,
    /// Whether question and entry have more in common than the subject of the whole base.
    pub(crate) is_specific: bool,
    /// Whether they have any word of content in common.
    pub(crate) is_related: bool,
    /// For each unit of the question, how far the entry explains it, 0 to 1.
    pub(crate) explained: Vec<f32>,
}

impl Evidence {
    /// What stands against a confidence: where all else speaks for the entry, few words in common
    /// are enough.
    pub(crate) fn at(mut self, confidence: f32, tuning: &ConfidenceTuning) -> Self {
        if confidence >= tuning.sure_enough && self.is_related && !self.objections.contains(&Objection::Subject) {
            self.objections.retain(|objection| *objection != Objection::Vague);
            self.is_specific = true;
        }
        self
    }
}

/// The evidence for a candidate. `rival` is the score of the best other one.
pub(crate) fn evidence(model: &Model, query: &Query, candidate: &Ranked, rival: Option<f32>) -> Evidence {
    let comparison = Comparison::new(model, query, candidate);
    let profile = comparison.profile;
    let nearest = nearest_phrasing(model, query, profile);
    let mut objections = objection::objections(&comparison, &nearest);
    if rival.is_some_and(|rival| (candidate.score - rival).abs() < model.tuning.confidence.tie) {
        objections.push(Objection::Tie);
    }
    let has = |objection| one_if(objections.contains(&objection));
    let margin = |margin: f32| margin.clamp(-WIDEST_MARGIN, WIDEST_MARGIN) / WIDEST_MARGIN;
    let enough = comparison.specific_from();
    let scarcity = scarcity(model);
    let is_exact = is_word_for_word(query, candidate);
    let content = query.units.iter().filter(|unit| unit.kind != UnitKind::Cue).count();
    let is_action_open = comparison.required().any(|(unit, by)| unit.is_action && by.best() < EXPLAINED_FROM);
    let features = [
        1.0,
        candidate.class,
        candidate.support.min(1.0),
        candidate.similarity,
        margin(candidate.score - rival.unwrap_or(FLOOR)),
        margin(candidate.share),
        comparison.share(|_, by| by.best()),
        comparison.share(|_, by| by.own),
        comparison.open().sum::<f32>().min(3.0 * enough) / enough,
        comparison.open().fold(0.0, f32::max) / enough,
        nearest.shared,
        nearest.rest,
        1.0 - (query.weight() / enough).min(1.0),
        one_if(content <= 1),
        comparison.share(|unit, _| 1.0 - unit.likelihood),
        one_if(is_action_open),
        has(Objection::Name),
        has(Objection::Number).max(has(Objection::Symbol)),
        has(Objection::Negation),
        has(Objection::Opposite),
        has(Objection::Direction),
        one_if(query.asks_for_number && profile.lacks_number).max(cue_missing(query, profile)),
        scarcity,
        scarcity * candidate.class,
        one_if(is_exact),
        long(query.words.len()),
    ];
    Evidence {
        features,
        objections: if is_exact { Vec::new() } else { objections },
        is_specific: is_exact || comparison.is_specific(&nearest),
        is_related: is_exact || comparison.is_related(),
        explained: comparison.explained.iter().map(|by| by.best()).collect(),
    }
}

fn one_if(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

/// Whether the question is a way of asking the entry, or has the words of one in their order while
/// it is none itself.
fn is_word_for_word(query: &Query, candidate: &Ranked) -> bool {
    match query.exact {
        Some(exact) => exact == candidate.entry,
        None => query.verbatim == Some(candidate.entry),
    }
}

/// 1 where the question wants a kind of answer (who, when, where, why) that no phrasing asks for.
fn cue_missing(query: &Query, profile: &Profile) -> f32 {
    let missing = query.units.iter().any(|unit| {
        unit.kind == UnitKind::Cue
            && matches!(&*unit.text, "who" | "when" | "where" | "why")
            && matches!(unit.meaning, Meaning::Known(term) if !profile.has_own(term))
    });
    f32::from(u8::from(missing)) / 2.0
}

/// How long a question is, 0 to 1 for one of twenty words or more.
#[expect(clippy::cast_precision_loss, reason = "at most twenty")]
fn long(words: usize) -> f32 {
    words.min(20) as f32 / 20.0
}

/// How little the phrasings of a base can teach, 0 (a hundred an entry) to about 1 (a single one).
fn scarcity(model: &Model) -> f32 {
    (1.0 - model.phrasings_per_entry.max(1.0).ln() / 100.0_f32.ln()).max(0.0)
}
