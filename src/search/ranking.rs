//! Scoring: which entries a question most likely asks for, and how far to trust the best of them.
//!
//! An entry is seen in three ways. *Likeness*: the cosine between the question and the phrasing nearest to it. *Support*: the
//! share of the question's weight that the entry as a whole supports, each term saturating as in BM25F
//! ([Zaragoza et al. 2004](https://trec.nist.gov/pubs/trec13/papers/microsoft-cambridge.web.hard.pdf)). *Coverage*: the
//! share of the question's weight that stands anywhere in the entry, where a word that nothing in the base has weighs most.
//! Likeness and support say which entry is meant; coverage says whether it is an answer: a question whose decisive word
//! no entry explains has an entry next to it, and no answer.

use super::Hit;
use super::analyzer::{Term, TermKind};
use super::index::{Index, TermId};

/// Where a term's support has half its full value, in weighted occurrences (k₁ of BM25).
const SATURATION: f32 = 1.2;

/// What a content word of the question counts as covered if it stands in the answer alone.
const COVERED_BY_ANSWER: f32 = 0.8;

/// How much likeness counts in an entry's score; support has the rest.
const LIKENESS_SHARE: f32 = 0.5;

/// How much the score counts in the confidence; coverage has the rest.
const SCORE_SHARE: f32 = 0.5;

/// The runner-up's share of the best score below which the best is clear.
const CLEAR_LEAD: f32 = 0.75;

/// How much of the confidence goes where the runner-up is as good as the best.
const TIE_LOSS: f32 = 0.5;

/// How much of the confidence goes where the question tells nothing; the rest is enough to offer candidates.
const VAGUENESS_LOSS: f32 = 0.5;

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

/// What speaks for an entry, each part from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    likeness: f32,
    support: f32,
    coverage: f32,
}

impl Evidence {
    /// Which of two entries is meant.
    fn score(self) -> f32 {
        LIKENESS_SHARE * self.likeness + (1.0 - LIKENESS_SHARE) * self.support
    }

    /// How far the entry answers the question. Coverage is a factor, so that no likeness makes up for a word that the
    /// entry does not have.
    fn confidence(self) -> f32 {
        let confidence = self.coverage * (SCORE_SHARE * self.score() + (1.0 - SCORE_SHARE));
        confidence.clamp(0.0, 1.0)
    }
}

/// All entries that share a content word with the question, best first.
pub(super) fn rank(index: &Index, query: &Query) -> Vec<Hit> {
    let mut evidence = vec![Evidence::default(); index.entry_count];
    add_support_and_coverage(index, query, &mut evidence);
    add_likeness(index, query, &mut evidence);
    let mut found: Vec<(usize, Evidence)> =
        evidence.into_iter().enumerate().filter(|(_, evidence)| evidence.coverage > 0.0).collect();
    found.sort_by(|(a, of_a), (b, of_b)| of_b.score().total_cmp(&of_a.score()).then(a.cmp(b)));
    let clearness = clearness(&found) * information(index, query);
    let hit = |(entry, evidence): (usize, Evidence)| Hit { entry, confidence: clearness * evidence.confidence() };
    falling(found.into_iter().map(hit).collect())
}

/// How far the question tells what it takes to single out one entry, from `1 - VAGUENESS_LOSS` to 1. Weights are logarithms of rarity, so
/// one entry of N is singled out by a sum of about ln(1 + N); "kosovo" alone tells next to nothing in a base about Kosovo.
#[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
fn information(index: &Index, query: &Query) -> f32 {
    let told: f32 = query.terms.iter().map(|term| term.weight).sum();
    let share = (told / (1.0 + index.entry_count as f32).ln()).min(1.0);
    1.0 - VAGUENESS_LOSS * (1.0 - share)
}

/// How clearly the best stands out, from `1 - TIE_LOSS` to 1: a question that fits two entries alike has said too little,
/// even if every word of it is covered.
fn clearness(found: &[(usize, Evidence)]) -> f32 {
    let [(_, best), (_, second), ..] = found else { return 1.0 };
    let closeness = (second.score() / best.score() - CLEAR_LEAD) / (1.0 - CLEAR_LEAD);
    1.0 - TIE_LOSS * closeness.max(0.0)
}

/// Confidence may not rise along the list: what ranks lower is not surer.
fn falling(mut hits: Vec<Hit>) -> Vec<Hit> {
    let mut ceiling = 1.0;
    for hit in &mut hits {
        ceiling = hit.confidence.min(ceiling);
        hit.confidence = ceiling;
    }
    hits
}

fn add_support_and_coverage(index: &Index, query: &Query, evidence: &mut [Evidence]) {
    let all: f32 = query.terms.iter().map(|term| term.weight).sum();
    let content: f32 = query.terms.iter().filter(|term| term.kind == TermKind::Content).map(|term| term.weight).sum();
    let mut found: Vec<(usize, f32, f32)> = Vec::new();
    for term in &query.terms {
        found.clear();
        for &id in &term.alternatives {
            for posting in &index.term(id).entries {
                let support = posting.frequency / (posting.frequency + SATURATION);
                let coverage = if posting.is_asked { 1.0 } else { COVERED_BY_ANSWER };
                found.push((posting.entry as usize, support, coverage));
            }
        }
        keep_best_per_entry(&mut found);
        for &(entry, support, coverage) in &found {
            let weight = term.weight * term.certainty;
            evidence[entry].support += weight * support / all;
            if term.kind == TermKind::Content {
                evidence[entry].coverage += weight * coverage / content;
            }
        }
    }
}

/// Of the alternatives of an unfinished word, an entry is credited with the best.
fn keep_best_per_entry(found: &mut Vec<(usize, f32, f32)>) {
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    found.dedup_by_key(|(entry, ..)| *entry);
}

fn add_likeness(index: &Index, query: &Query, evidence: &mut [Evidence]) {
    let length: f32 = query.terms.iter().map(|term| term.weight.powi(2)).sum::<f32>().sqrt();
    let mut products = vec![0.0_f32; index.probe_entries.len()];
    for term in &query.terms {
        for &id in &term.alternatives {
            for &(probe, share) in &index.term(id).probes {
                products[probe as usize] += term.weight * term.certainty * share / length;
            }
        }
    }
    for (product, &entry) in products.into_iter().zip(&index.probe_entries) {
        let likeness = &mut evidence[entry as usize].likeness;
        *likeness = likeness.max(product.min(1.0));
    }
}
