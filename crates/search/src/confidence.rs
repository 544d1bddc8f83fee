//! How sure the search is of its candidates: from the evidence for each to a probability.
//!
//! One model, a logistic regression over the named pieces of [`crate::evidence`], and no way around
//! it. Its weights are those that [`crate::calibration`] learned from the base itself, or a prior
//! from many bases.

use crate::evidence::{Evidence, FEATURE_COUNT, Objection, evidence};
use crate::logistic;
use crate::model::Model;
use crate::query::Query;
use crate::ranking::Ranked;
use crate::weights::EvidenceWeights;

/// An entry that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its index in [`KnowledgeBase::entries`](footnote_knowledge::KnowledgeBase::entries).
    pub entry: usize,
    /// How sure the search is that the entry answers the question: 0 (not at all) to 1.
    pub confidence: f32,
    /// What keeps it from being given as the answer.
    pub objections: Vec<Objection>,
    /// Whether question and entry have more in common than the subject of the whole base.
    pub is_specific: bool,
    /// Whether they have any word of content in common.
    pub is_related: bool,
}

/// What a question and an entry have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// No word of content.
    None,
    /// A word, but most of what the question is about is not in the entry.
    Little,
    /// More than that.
    Much,
}

/// What decides whether an entry is given as the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sureness {
    /// How sure the search is of the entry, 0 to 1.
    pub confidence: f32,
    /// Whether something keeps it from being the answer.
    pub has_objection: bool,
    /// Whether it may be shown as the nearest thing that the base knows.
    pub is_near: bool,
    /// What they have in common.
    pub relation: Relation,
}

impl Hit {
    /// What decides whether the entry is given as the answer.
    #[must_use]
    pub fn sureness(&self) -> Sureness {
        let is_near = self.is_specific && !self.objections.iter().any(|objection| objection.keeps_apart());
        let relation = if !self.is_related {
            Relation::None
        } else if self.objections.contains(&Objection::Open) {
            Relation::Little
        } else {
            Relation::Much
        };
        Sureness { confidence: self.confidence, has_objection: !self.objections.is_empty(), is_near, relation }
    }
}

/// The candidates for a question, best first, as hits, at most `limit` and none surer than the one
/// before it. The margin of the best is that before the second, so there should be two candidates
/// even if only one hit is wanted.
pub(crate) fn hits(
    model: &Model,
    weights: &EvidenceWeights,
    query: &Query,
    candidates: &[Ranked],
    limit: usize,
) -> Vec<Hit> {
    let mut ceiling = 1.0_f32;
    let mut hit = |(place, candidate): (usize, &Ranked)| {
        let evidence = evidence_at(model, query, candidates, place);
        ceiling = ceiling.min(confidence(weights, &evidence.features));
        let Evidence { objections, is_specific, is_related, .. } = evidence.at(ceiling, &model.tuning.confidence);
        Hit { entry: candidate.teller.place(), confidence: ceiling, objections, is_specific, is_related }
    };
    candidates.iter().take(limit).enumerate().map(&mut hit).collect()
}

/// The evidence for the candidate at a place among all.
pub(crate) fn evidence_at(model: &Model, query: &Query, candidates: &[Ranked], place: usize) -> Evidence {
    let rival = candidates.get(usize::from(place == 0)).map(|rival| rival.score);
    evidence(model, query, &candidates[place], rival)
}

/// The probability that evidence like this belongs to the right entry, 0 to 1.
#[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more than six digits")]
pub(crate) fn confidence(weights: &EvidenceWeights, features: &[f32; FEATURE_COUNT]) -> f32 {
    logistic::probability(weights, &features.map(f64::from)) as f32
}
