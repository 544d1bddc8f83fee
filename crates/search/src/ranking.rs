//! Scoring: which entries a question most likely asks for, and how far to trust the best of them.
//!
//! Two views of the question are added up. An entry's *support* is the share of the question's
//! weight that it supports: each term of the question weighs by its rarity, and an entry supports
//! it the more, with saturation, the more often and the more prominently it has it (BM25F,
//! [Zaragoza et al.
//! 2004](https://trec.nist.gov/pubs/trec13/papers/microsoft-cambridge.web.hard.pdf), divided by its
//! highest possible value). A word that nothing in the base has weighs most and supports nothing.
//! So support also says whether there is an answer at all: a question whose decisive word no entry
//! explains has an entry next to it, and little support. The *classifier* says which entry's ways
//! of being asked the question is most like; the more of these a base has, the more it counts.

use super::Hit;
use super::analyzer::{NUMBER_CUES, Term, TermKind};
use super::classifier::FLOOR;
use super::expansion::Related;
use super::features::QuestionWord;
use super::index::{Index, TermId};

/// From scores to confidence: a logistic curve. It was fitted to whether the best entry was right
/// on CLINC150 and BANKING77 validation, with questions that have no answer counted six times, and
/// on 200 questions about the shipped base that were written without knowledge of it; then support
/// was given more weight, for the sake of refusals, while calibration allowed it, with the
/// development questions about the shipped base in view. With few phrasings the classifier says
/// little about being right, so that more support is needed.
const INTERCEPT: f32 = -0.8;
const CLASS_SLOPE: f32 = 4.6;
const SUPPORT_SLOPE: f32 = 4.0;
const MARGIN_SLOPE: f32 = 0.5;
const SMALL_BASE_LOSS: f32 = 1.6;
const VAGUENESS_LOSS: f32 = 3.0;
const UNKNOWN_LOSS: f32 = 2.0;

/// What a single word tells of a question at most: it names a subject and asks nothing.
const SINGLE_TERM_SHARE: f32 = 0.5;

/// A wider margin tells no more: in a base of a few entries one rare word sets an entry apart from
/// all others.
const WIDEST_MARGIN: f32 = 1.0;

/// At which weight of support against the classifier the curve lies halfway between those of small
/// and of large bases.
const EVEN_SUPPORT_WEIGHT: f32 = 2.0;

/// What is lost where a question asks for a number and the answer has none.
const NO_NUMBER_LOSS: f32 = 3.0;

/// How far above [`FLOOR`] the classifier has to see an entry for it to be a candidate that
/// supports no word.
const LEAST_CLASS: f32 = 0.1;

/// A question as terms of an index.
#[derive(Debug)]
pub(super) struct Query {
    terms: Vec<QueryTerm>,
    words: Vec<QuestionWord>,
    asks_for_number: bool,
    /// Whether the question has a cue with which no entry is asked for.
    has_unknown_cue: bool,
}

#[derive(Debug)]
struct QueryTerm {
    meaning: Meaning,
    certainty: f32,
    weight: f32,
}

#[derive(Debug)]
enum Meaning {
    /// A term of the base.
    Known(TermId),
    /// An unfinished word stands for all terms that it may become, one that the base does not have
    /// for those that it is related to, if any.
    AnyOf(Vec<Related>),
}

impl QueryTerm {
    fn is_unknown(&self) -> bool {
        matches!(&self.meaning, Meaning::AnyOf(related) if related.is_empty())
    }
}

impl Query {
    /// Looks the terms up in the index. A term that occurs twice counts once.
    pub(super) fn new(index: &Index, terms: &[Term], words: Vec<QuestionWord>) -> Self {
        let has_cue = |cue: &str| terms.iter().any(|term| term.kind == TermKind::Cue && *term.text == *cue);
        let asks_for_number = NUMBER_CUES.iter().all(|cue| has_cue(cue));
        let mut query = Self { terms: Vec::with_capacity(terms.len()), words, asks_for_number, has_unknown_cue: false };
        for (place, term) in terms.iter().enumerate() {
            if terms[..place].iter().any(|earlier| earlier.text == term.text) {
                continue;
            }
            let (meaning, weight) = match (index.id(&term.text), term.kind) {
                (Some(id), _) => (Meaning::Known(id), index.term(id).weight),
                (None, TermKind::Content) => (Meaning::AnyOf(index.relatives(&term.text)), index.unknown_weight),
                (None, TermKind::Cue) => {
                    query.has_unknown_cue = true;
                    continue;
                }
            };
            query.terms.push(QueryTerm { meaning, certainty: term.certainty, weight });
        }
        query
    }

    /// The terms, rising, if the base has them all.
    pub(super) fn known_terms(&self) -> Option<Vec<TermId>> {
        if self.has_unknown_cue {
            return None;
        }
        let known = |term: &QueryTerm| match term.meaning {
            Meaning::Known(id) => Some(id),
            Meaning::AnyOf(_) => None,
        };
        let mut known: Vec<TermId> = self.terms.iter().map(known).collect::<Option<_>>()?;
        known.sort_unstable();
        Some(known)
    }

    /// Adds a word of which only the beginning is known.
    pub(super) fn push_alternatives(&mut self, index: &Index, terms: impl Iterator<Item = TermId>) {
        let mut ids: Vec<_> = terms.collect();
        ids.sort_unstable();
        ids.dedup();
        let weight = ids.iter().map(|&id| index.term(id).weight).reduce(f32::min);
        let related = ids.into_iter().map(|term| Related { term, strength: 1.0 }).collect();
        self.terms.push(QueryTerm {
            meaning: Meaning::AnyOf(related),
            certainty: 1.0,
            weight: weight.unwrap_or(index.unknown_weight),
        });
    }
}

/// What speaks for an entry.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    entry: usize,
    support: f32,
    class: f32,
    score: f32,
}

/// The entries that the question may ask for, best first, at most `limit`.
pub(super) fn rank(index: &Index, query: &Query, limit: usize) -> Vec<Hit> {
    let support = support(index, query);
    let class = index.classify(&query.words);
    // The margin of the best is that before the second, even where one is asked for.
    let kept = limit.max(2).min(index.entry_count.max(2));
    let mut candidates: Vec<Candidate> = Vec::with_capacity(kept + 1);
    for (entry, (&support, &class)) in support.iter().zip(&class).enumerate() {
        let score = class + index.support_weight * support;
        let is_candidate = support > 0.0 || class > FLOOR + LEAST_CLASS;
        let is_beaten = candidates.len() == kept && candidates[kept - 1].score >= score;
        if is_candidate && !is_beaten {
            let place = candidates.partition_point(|other| other.score >= score);
            candidates.insert(place, Candidate { entry, support, class, score });
            candidates.truncate(kept);
        }
    }
    let mut hits = hits(index, query, &candidates);
    hits.truncate(limit);
    hits
}

/// Hits with their confidence, none above that of a better one.
fn hits(index: &Index, query: &Query, candidates: &[Candidate]) -> Vec<Hit> {
    let score = |place: usize| candidates.get(place).map_or(FLOOR, |candidate| candidate.score);
    let (best, second) = (score(0), score(1));
    let doubt = doubt(index, query);
    let mut ceiling = 1.0_f32;
    let mut hit = |(place, candidate): (usize, &Candidate)| {
        let margin = candidate.score - if place == 0 { second } else { best };
        let lacks_number = query.asks_for_number && index.lacks_number(candidate.entry);
        let evidence = evidence(index, candidate, margin) - doubt - if lacks_number { NO_NUMBER_LOSS } else { 0.0 };
        ceiling = ceiling.min(1.0 / (1.0 + (-evidence).exp()));
        Hit { entry: candidate.entry, confidence: ceiling }
    };
    candidates.iter().enumerate().map(&mut hit).collect()
}

/// What speaks for a candidate, in log odds.
fn evidence(index: &Index, candidate: &Candidate, margin: f32) -> f32 {
    let smallness = smallness(index);
    INTERCEPT
        + CLASS_SLOPE * (1.0 - smallness) * candidate.class
        + SUPPORT_SLOPE * candidate.support
        + MARGIN_SLOPE * (1.0 + smallness) * margin.min(WIDEST_MARGIN)
}

/// What speaks against any answer to the question, in log odds.
fn doubt(index: &Index, query: &Query) -> f32 {
    let told: f32 = query.terms.iter().map(|term| term.weight).sum();
    let unknown: f32 = query.terms.iter().filter(|term| term.is_unknown()).map(|term| term.weight).sum();
    let unknown_share = if told > 0.0 { unknown / told } else { 0.0 };
    smallness(index) * (SMALL_BASE_LOSS + VAGUENESS_LOSS * vagueness(index, query, told) + UNKNOWN_LOSS * unknown_share)
}

/// How little an entry's ways of being asked tell the classifier, 0 to 1.
fn smallness(index: &Index) -> f32 {
    index.support_weight / (index.support_weight + EVEN_SUPPORT_WEIGHT)
}

/// How far the question falls short of what it takes to single out one entry, 0 to 1. Weights are
/// about logarithms of rarity, so one entry of N is singled out by a sum of about ln(1 + N);
/// "kosovo" alone tells next to nothing in a base about Kosovo.
#[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
fn vagueness(index: &Index, query: &Query, told: f32) -> f32 {
    let share = (told / (1.0 + index.entry_count as f32).ln()).min(1.0);
    let is_single = query.terms.len() == 1;
    1.0 - if is_single { share.min(SINGLE_TERM_SHARE) } else { share }
}

/// For each entry the share of the question's weight that it supports, 0 to 1.
fn support(index: &Index, query: &Query) -> Vec<f32> {
    let all: f32 = query.terms.iter().map(|term| term.weight).sum();
    let mut support = vec![0.0_f32; index.entry_count];
    let mut shares = Vec::new();
    for term in &query.terms {
        let weight = term.weight * term.certainty / all;
        match &term.meaning {
            Meaning::Known(id) => {
                for posting in &index.term(*id).postings {
                    support[posting.entry as usize] += weight * posting.share;
                }
            }
            Meaning::AnyOf(alternatives) => {
                best_shares(index, alternatives, &mut shares);
                for (support, share) in support.iter_mut().zip(&shares) {
                    *support += weight * share;
                }
            }
        }
    }
    support
}

/// For each entry the share of that of the alternatives which it supports most; none where there is
/// no alternative.
fn best_shares(index: &Index, alternatives: &[Related], shares: &mut Vec<f32>) {
    shares.clear();
    if alternatives.is_empty() {
        return;
    }
    shares.resize(index.entry_count, 0.0);
    for related in alternatives {
        for posting in &index.term(related.term).postings {
            let best = &mut shares[posting.entry as usize];
            *best = best.max(related.strength * posting.share);
        }
    }
}
