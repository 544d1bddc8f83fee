//! Which entries a question most likely asks for, in order.
//!
//! Three views of the question are added up. An entry's *support* is the share of the question's
//! weight that it supports: each unit of the question weighs by its rarity, and an entry supports
//! it the more, with saturation, the more often and the more prominently it has it (BM25F,
//! [Zaragoza et al.
//! 2004](https://trec.nist.gov/pubs/trec13/papers/microsoft-cambridge.web.hard.pdf), divided by its
//! highest possible value). The *class score* says which entry's phrasings the question is most
//! like, and the *similarity* which are nearest in meaning, in whatever words. How much each counts
//! depends on how many phrasings there are to learn from.

use crate::classifier::FLOOR;
use crate::expansion::Related;
use crate::ids::EntryId;
use crate::model::Model;
use crate::query::{Meaning, Query};
use crate::weights::VIEW_COUNT;

/// How many candidates share out the certainty that one of them is right.
pub(crate) const CONTESTANTS: usize = 12;

/// What speaks for an entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    pub(crate) entry: EntryId,
    /// The entry that tells it: the same, or the dispute of which it is one side.
    pub(crate) teller: EntryId,
    /// The share of the question's weight that the entry supports, 0 to 1.
    pub(crate) support: f32,
    /// The class score: −1 to about 1.
    pub(crate) class: f32,
    /// The cosine of the question's and the entry's meaning, −1 to 1.
    pub(crate) similarity: f32,
    /// All together.
    pub(crate) score: f32,
    /// The log odds that the candidate is the right one, if one of the candidates is.
    pub(crate) share: f32,
}

/// The entries that the question may ask for, best first, at most `limit`. `added` is what the base
/// adds to the weights of the views.
pub(crate) fn rank(model: &Model, added: &[f64; VIEW_COUNT], query: &Query, limit: usize) -> Vec<Ranked> {
    let limit = limit.min(model.entry_count());
    let tuning = &model.tuning.ranking;
    let least_class = FLOOR + tuning.least_class;
    let [class_weight, support_weight, similarity_weight] = tuning.weights(model.phrasings_per_entry, added);
    let classes = model.classify(&query.words);
    let supports = support(model, query);
    let direction = model.vectors().centered(&query.vector);
    let highest_gain = similarity_weight.abs() * HIGHEST_SIMILARITY;
    let mut nearest = Nearest::new(limit);
    for (place, (class, support)) in classes.iter().zip(&supports).enumerate() {
        let score = class_weight * class + support_weight * support;
        let is_related = *support > 0.0 || *class > least_class;
        // A similarity takes longer than all the rest, so it is only worked out where even the
        // highest could make a difference.
        if is_related && score + highest_gain > nearest.least() {
            let entry = EntryId::new(place);
            let similarity = model.vectors().similarity(entry, &direction);
            nearest.offer(Near { score: score + similarity_weight * similarity, similarity, entry });
        }
    }
    let ranked = |Near { score, similarity, entry }: Near| {
        let place = entry.place();
        Ranked { entry, teller: entry, support: supports[place], class: classes[place], similarity, score, share: 0.0 }
    };
    let mut candidates: Vec<Ranked> = nearest.best.into_iter().map(ranked).collect();
    if !query.is_unfinished {
        hand_over(model, query, &mut candidates);
    }
    share_out(&mut candidates);
    for exact in [query.verbatim, query.exact].into_iter().flatten() {
        promote(exact, &mut candidates);
    }
    candidates
}

/// The highest cosine, with room for rounding.
const HIGHEST_SIMILARITY: f32 = 1.001;

/// An entry with its score.
#[derive(Debug, Clone, Copy)]
struct Near {
    score: f32,
    similarity: f32,
    entry: EntryId,
}

/// The entries with the highest scores so far, best first.
struct Nearest {
    best: Vec<Near>,
    limit: usize,
}

impl Nearest {
    fn new(limit: usize) -> Self {
        Self { best: Vec::with_capacity(limit), limit }
    }

    /// What another entry has to exceed.
    fn least(&self) -> f32 {
        if self.best.len() < self.limit {
            return f32::NEG_INFINITY;
        }
        self.best.last().map_or(f32::INFINITY, |last| last.score)
    }

    /// Takes in an entry if its score is high enough. Of equals, those that came first stay.
    fn offer(&mut self, offered: Near) {
        if offered.score <= self.least() {
            return;
        }
        if self.best.len() == self.limit {
            self.best.pop();
        }
        let before = self.best.iter().rposition(|near| near.score >= offered.score);
        self.best.insert(before.map_or(0, |place| place + 1), offered);
    }
}

/// Lets claims that the question does not name be told by their disputes. Of several that one entry
/// tells, the best stays. What is asked for word for word is given as it is.
fn hand_over(model: &Model, query: &Query, candidates: &mut Vec<Ranked>) {
    let is_asked_for = |entry: EntryId| [query.verbatim, query.exact].contains(&Some(entry));
    let mut told: Vec<Ranked> = Vec::with_capacity(candidates.len());
    for mut candidate in candidates.drain(..) {
        if is_asked_for(candidate.entry) {
            told.retain(|other| other.teller != candidate.entry);
        } else {
            candidate.teller = model.attribution.teller(candidate.entry, |term| query.names(term));
        }
        if told.iter().all(|other| other.teller != candidate.teller) {
            told.push(candidate);
        }
    }
    *candidates = told;
}

/// A score is a logarithm of odds, so that each candidate's share is that of its exponential. The
/// first few share out all of it, however many are asked for.
fn share_out(candidates: &mut [Ranked]) {
    let highest = candidates.first().map_or(0.0, |best| best.score);
    for candidate in candidates.iter_mut() {
        candidate.share = (candidate.score - highest).exp();
    }
    let all: f32 = candidates.iter().take(CONTESTANTS).map(|candidate| candidate.share).sum();
    for (place, candidate) in candidates.iter_mut().enumerate() {
        let own = candidate.share;
        let others = if place < CONTESTANTS { all - own } else { all };
        candidate.share = (own / others.max(f32::MIN_POSITIVE)).ln();
    }
}

/// Puts first the entry that is asked for word for word.
fn promote(entry: EntryId, candidates: &mut Vec<Ranked>) {
    let Some(place) = candidates.iter().position(|candidate| candidate.entry == entry) else { return };
    let best = candidates[0].score;
    let mut candidate = candidates.remove(place);
    candidate.score = candidate.score.max(best);
    candidates.insert(0, candidate);
}

/// For each entry, the share of the question's weight that it supports, 0 to 1.
fn support(model: &Model, query: &Query) -> Vec<f32> {
    let all = query.weight();
    let mut support = vec![0.0_f32; model.entry_count()];
    for unit in &query.units {
        let weight = unit.weight * unit.likelihood / all;
        match &unit.meaning {
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
    let mut shares = vec![0.0_f32; model.entry_count()];
    for related in alternatives {
        for posting in &model.index.term(related.term).postings {
            let best = &mut shares[posting.entry.place()];
            *best = best.max(related.strength * posting.share);
        }
    }
    shares
}
