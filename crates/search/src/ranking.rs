//! Which entries a question most likely asks for, in order.
//!
//! Two views of the question are added up. An entry's *support* is the share of the question's
//! weight that it supports: each term of the question weighs by its rarity, and an entry supports
//! it the more, with saturation, the more often and the more prominently it has it (BM25F,
//! [Zaragoza et al.
//! 2004](https://trec.nist.gov/pubs/trec13/papers/microsoft-cambridge.web.hard.pdf), divided by its
//! highest possible value). A word that nothing in the base has weighs most and supports nothing.
//! So support also says whether there is an answer at all: if no entry explains the decisive word
//! of a question, even the best has little support. The *class score* says which entry's phrasings
//! the question is most like; the more phrasings a base has, the more it counts.

use crate::classifier::FLOOR;
use crate::expansion::Related;
use crate::ids::EntryId;
use crate::model::Model;
use crate::query::{Meaning, Query};

/// An entry with what speaks for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    pub(crate) entry: EntryId,
    /// The share of the question's weight that the entry supports, 0 to 1.
    pub(crate) support: f32,
    /// The class score: −1 to about 1.
    pub(crate) class: f32,
    /// Both together.
    pub(crate) score: f32,
}

/// The entries that the question may ask for, best first, at most `limit`.
pub(crate) fn rank(model: &Model, query: &Query, limit: usize) -> Vec<Ranked> {
    let limit = limit.min(model.entry_count);
    let least_class = FLOOR + model.tuning.ranking.least_class;
    let mut candidates: Vec<Ranked> = Vec::with_capacity(limit + 1);
    let class = model.classify(&query.words);
    for (place, (support, class)) in support(model, query).into_iter().zip(class).enumerate() {
        let score = class + model.support_weight * support;
        let is_candidate = support > 0.0 || class > least_class;
        let is_beaten = candidates.len() == limit && candidates[limit - 1].score >= score;
        if is_candidate && !is_beaten {
            let before = candidates.partition_point(|other| other.score >= score);
            candidates.insert(before, Ranked { entry: EntryId::new(place), support, class, score });
            candidates.truncate(limit);
        }
    }
    candidates
}

/// For each entry, the share of the question's weight that it supports, 0 to 1.
fn support(model: &Model, query: &Query) -> Vec<f32> {
    let all = query.weight();
    let mut support = vec![0.0_f32; model.entry_count];
    for term in &query.terms {
        let weight = term.weight * term.likelihood / all;
        match &term.meaning {
            Meaning::Known(id) => {
                for posting in &model.index.term(*id).postings {
                    support[posting.entry.place()] += weight * posting.share;
                }
            }
            Meaning::AnyOf(alternatives) => {
                for (support, share) in support.iter_mut().zip(best_shares(model, alternatives)) {
                    *support += weight * share;
                }
            }
        }
    }
    support
}

/// For each entry, the share of its best-supported alternative. Empty if there are none.
fn best_shares(model: &Model, alternatives: &[Related]) -> Vec<f32> {
    if alternatives.is_empty() {
        return Vec::new();
    }
    let mut shares = vec![0.0_f32; model.entry_count];
    for related in alternatives {
        for posting in &model.index.term(related.term).postings {
            let best = &mut shares[posting.entry.place()];
            *best = best.max(related.strength * posting.share);
        }
    }
    shares
}
