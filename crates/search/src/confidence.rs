//! How sure the search is of its candidates: from what speaks for each to a probability.
//!
//! The probability is a logistic curve over a few named pieces of [`Evidence`]. Where phrasings are
//! scarce, the class score says little about being right, so the curve leans on support and margin
//! and holds against a question what it leaves open. A question that is a phrasing of an entry,
//! word for word or by its terms, needs no such weighing.

use crate::classifier::FLOOR;
use crate::ids::EntryId;
use crate::model::Model;
use crate::query::Query;
use crate::ranking::Ranked;
use crate::tuning::ConfidenceTuning;

/// An entry that a search found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its index in [`KnowledgeBase::entries`](footnote_knowledge::KnowledgeBase::entries).
    pub entry: usize,
    /// How sure the search is that the entry answers the question: 0 (not at all) to 1.
    pub confidence: f32,
}

/// What is known about a candidate for a question.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    /// The class score: −1 to about 1.
    class: f32,
    /// The share of the question's weight that the entry supports, 0 to 1.
    support: f32,
    /// The score before the next best candidate's; below 0 for all but the best.
    margin: f32,
    /// How little the phrasings of the base can teach a classifier, 0 to 1.
    scarcity: f32,
    /// How far the question falls short of singling out one entry, 0 to 1.
    vagueness: f32,
    /// The share of the question's weight that nothing in the base explains, 0 to 1.
    unknown_share: f32,
    /// Whether the question asks for a number and the answer has none.
    lacks_number: bool,
}

impl Evidence {
    /// The probability that the candidate is right, 0 to 1.
    fn confidence(&self, tuning: &ConfidenceTuning) -> f32 {
        let for_it = tuning.intercept
            + tuning.class_slope * (1.0 - self.scarcity) * self.class
            + tuning.support_slope * self.support
            + tuning.margin_slope * (1.0 + self.scarcity) * self.margin.min(tuning.widest_margin);
        let against_any = self.scarcity
            * (tuning.scarcity_loss
                + tuning.vagueness_loss * self.vagueness
                + tuning.unknown_loss * self.unknown_share);
        let against_it = if self.lacks_number { tuning.no_number_loss } else { 0.0 };
        let log_odds = for_it - against_any - against_it;
        1.0 / (1.0 + (-log_odds).exp())
    }
}

/// The candidates for a question, best first, as hits, at most `limit` and none surer than the one
/// before it. The margin of the best is that before the second, so there should be two candidates
/// even if only one hit is wanted.
pub(crate) fn hits(model: &Model, query: &Query, candidates: &[Ranked], limit: usize) -> Vec<Hit> {
    let tuning = &model.tuning.confidence;
    let score = |place: usize| candidates.get(place).map_or(FLOOR, |ranked| ranked.score);
    let (best, second) = (score(0), score(1));
    let weight = query.weight();
    let scarcity = model.support_weight / (model.support_weight + tuning.even_support_weight);
    let vagueness = 1.0 - specificity(model, query, weight);
    let unknown_share = if weight > 0.0 { query.unknown_weight() / weight } else { 0.0 };
    let mut ceiling = 1.0_f32;
    let mut hit = |(place, candidate): (usize, &Ranked)| {
        let evidence = Evidence {
            class: candidate.class,
            support: candidate.support,
            margin: candidate.score - if place == 0 { second } else { best },
            scarcity,
            vagueness,
            unknown_share,
            lacks_number: query.asks_for_number && model.lacks_number(candidate.entry),
        };
        ceiling = ceiling.min(evidence.confidence(tuning));
        Hit { entry: candidate.entry.place(), confidence: ceiling }
    };
    let mut hits: Vec<Hit> = candidates.iter().take(limit).enumerate().map(&mut hit).collect();
    let same_terms = query.same_terms.filter(|_| model.support_weight >= tuning.same_terms_from);
    for (entry, confidence) in [(same_terms, tuning.same_terms), (query.verbatim, tuning.verbatim)] {
        if let Some(entry) = entry {
            promote(entry, confidence, &mut hits);
        }
    }
    hits.truncate(limit);
    hits
}

/// How much of what it takes to single out one entry the question tells, 0 to 1. Weights are about
/// logarithms of rarity, so one entry of N is singled out by a sum of about ln(1 + N); "kosovo"
/// alone tells next to nothing in a base about Kosovo.
#[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
fn specificity(model: &Model, query: &Query, weight: f32) -> f32 {
    let share = (weight / (1.0 + model.entry_count as f32).ln()).min(1.0);
    let is_single = query.terms.len() == 1;
    if is_single { share.min(model.tuning.confidence.single_term_specificity) } else { share }
}

/// Puts an entry first, with at least this confidence.
fn promote(entry: EntryId, confidence: f32, hits: &mut Vec<Hit>) {
    let entry = entry.place();
    let known = hits.iter().position(|hit| hit.entry == entry);
    let found = known.map(|place| hits.remove(place).confidence).unwrap_or_default();
    let confidence = confidence.max(found);
    for hit in &mut *hits {
        hit.confidence = hit.confidence.min(confidence);
    }
    hits.insert(0, Hit { entry, confidence });
}
