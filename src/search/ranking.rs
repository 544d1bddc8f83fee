//! Scoring: which entries a question most likely asks for, and how far to trust the best of them.
//!
//! An entry's *support* is the share of the question's weight that it supports: each term of the question weighs by its
//! rarity, and an entry supports it the more, with saturation, the more often and the more prominently it has it (BM25F,
//! [Zaragoza et al. 2004](https://trec.nist.gov/pubs/trec13/papers/microsoft-cambridge.web.hard.pdf), divided by its highest possible
//! value). A word that nothing in the base has weighs most and supports nothing. So one number says both which entry is meant
//! and whether it is an answer: a question whose decisive word no entry explains has an entry next to it, and little support.
//! A question that is nearly one of the entry's phrasings gets what is missing of the full support.

use super::Hit;
use super::analyzer::{Term, TermKind};
use super::index::{Index, TermId};

/// Where a term's support has half its full value, in weighted occurrences (k₁ of BM25).
const SATURATION: f32 = 1.2;

/// The support at which the confidence is one half. This and the two losses below were set so that the thresholds of the
/// shipped configuration part right answers from wrong ones on a question set about the shipped base.
const EVEN_SUPPORT: f32 = 0.35;

/// How fast the likeness of a question to a single phrasing loses meaning: what is nearly that phrasing asks for its entry,
/// what shares half of it may ask for anything.
const LIKENESS_EXPONENT: i32 = 8;

/// How much of the support goes where the question tells nothing; the rest is enough to offer candidates.
const VAGUENESS_LOSS: f32 = 0.85;

/// What a single word tells of a question at most: it names a subject and asks nothing.
const SINGLE_TERM_SHARE: f32 = 0.5;

/// A question as terms of an index.
#[derive(Debug)]
pub(super) struct Query {
    terms: Vec<QueryTerm>,
}

/// A term of the question; an unfinished word stands for all terms that it may become.
#[derive(Debug)]
struct QueryTerm {
    /// Empty where the base does not have the word.
    alternatives: Vec<TermId>,
    kind: TermKind,
    certainty: f32,
    weight: f32,
}

impl Query {
    /// Looks the terms up in the index. A term that occurs twice counts once.
    pub(super) fn new(index: &Index, terms: &[Term]) -> Self {
        let mut query = Self { terms: Vec::with_capacity(terms.len()) };
        let mut seen: Vec<&str> = Vec::with_capacity(terms.len());
        for term in terms {
            if !seen.contains(&term.text.as_str()) {
                seen.push(&term.text);
                query.push(index, index.id(&term.text).into_iter().collect(), term.kind, term.certainty);
            }
        }
        query
    }

    /// Adds a word of which only the beginning is known.
    pub(super) fn push_alternatives(&mut self, index: &Index, terms: &[Term]) {
        let mut alternatives: Vec<TermId> = terms.iter().filter_map(|term| index.id(&term.text)).collect();
        alternatives.sort_unstable();
        alternatives.dedup();
        self.push(index, alternatives, TermKind::Content, 1.0);
    }

    fn push(&mut self, index: &Index, alternatives: Vec<TermId>, kind: TermKind, certainty: f32) {
        let known = alternatives.iter().map(|&id| index.term(id).weight).reduce(f32::min);
        let weight = match (known, kind) {
            (Some(weight), _) => weight,
            (None, TermKind::Content) => index.unknown_weight,
            (None, TermKind::Cue) => return,
        };
        self.terms.push(QueryTerm { alternatives, kind, certainty, weight });
    }
}

/// All entries that support a content word of the question, best first.
pub(super) fn rank(index: &Index, query: &Query) -> Vec<Hit> {
    let all: f32 = query.terms.iter().map(|term| term.weight).sum();
    let mut support = vec![0.0_f32; index.entry_count];
    let mut is_candidate = vec![false; index.entry_count];
    let mut found: Vec<(usize, f32)> = Vec::new();
    for term in &query.terms {
        find_support(index, term, &mut found);
        for &(entry, share) in &found {
            support[entry] += term.weight * term.certainty * share / all;
            is_candidate[entry] |= term.kind == TermKind::Content;
        }
    }
    let likeness = likeness(index, query);
    for (support, likeness) in support.iter_mut().zip(likeness) {
        *support += (1.0 - *support) * likeness.powi(LIKENESS_EXPONENT);
    }
    let information = information(index, query, all);
    let hit = |(entry, support): (usize, f32)| Hit { entry, confidence: confidence(support * information) };
    let candidates = support.into_iter().enumerate().filter(|(entry, _)| is_candidate[*entry]);
    let mut hits: Vec<Hit> = candidates.map(hit).collect();
    hits.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.entry.cmp(&b.entry)));
    hits
}

/// Which entries support the term and how much of it, 0 to 1. Of the alternatives of an unfinished word, an entry is
/// credited with the best.
fn find_support(index: &Index, term: &QueryTerm, found: &mut Vec<(usize, f32)>) {
    found.clear();
    for &id in &term.alternatives {
        for posting in &index.term(id).entries {
            found.push((posting.entry as usize, posting.frequency / (posting.frequency + SATURATION)));
        }
    }
    if term.alternatives.len() > 1 {
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        found.dedup_by_key(|(entry, _)| *entry);
    }
}

/// For each entry the cosine between the question and that of its probes that is nearest, 0 to 1.
fn likeness(index: &Index, query: &Query) -> Vec<f32> {
    let length: f32 = query.terms.iter().map(|term| term.weight.powi(2)).sum::<f32>().sqrt();
    let mut products = vec![0.0_f32; index.probe_entries.len()];
    for term in &query.terms {
        for &id in &term.alternatives {
            for &(probe, share) in &index.term(id).probes {
                products[probe as usize] += term.weight * term.certainty * share / length;
            }
        }
    }
    let mut likeness = vec![0.0_f32; index.entry_count];
    for (product, &entry) in products.into_iter().zip(&index.probe_entries) {
        let best = &mut likeness[entry as usize];
        *best = best.max(product.min(1.0));
    }
    likeness
}

/// From support to confidence, both from 0 to 1: steepest around [`EVEN_SUPPORT`].
fn confidence(support: f32) -> f32 {
    let square = support * support;
    square / (square + EVEN_SUPPORT * EVEN_SUPPORT)
}

/// How far the question tells what it takes to single out one entry, from `1 - VAGUENESS_LOSS` to 1. Weights are about
/// logarithms of rarity, so one entry of N is singled out by a sum of about ln(1 + N); "kosovo" alone tells next to nothing in a
/// base about Kosovo.
#[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
fn information(index: &Index, query: &Query, told: f32) -> f32 {
    let share = (told / (1.0 + index.entry_count as f32).ln()).min(1.0);
    let share = if query.terms.len() == 1 { share.min(SINGLE_TERM_SHARE) } else { share };
    1.0 - VAGUENESS_LOSS * (1.0 - share)
}
