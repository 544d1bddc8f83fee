//! From a question to a reply: an answer, "did you mean", or "I don't know".
//!
//! The thresholds live here and nowhere else, so that the terminal and Discord can never disagree
//! on what is answered.

pub mod wording;

use footnote_knowledge::heap_bytes;
use serde::Serialize;

use crate::calibration::CalibrationOrigin;
use crate::confidence::{Hit, Relation, Sureness};
use crate::evidence::Objection;
use crate::explanation::Explanation;
use crate::lint::lint;
use crate::searcher::Searcher;
use crate::weights::Weights;
use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::{Entry, KnowledgeBase, Standing};

/// How many candidates a reply offers.
pub const MAX_CANDIDATES: usize = 5;

/// From which confidence on to say what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// At this confidence or above, the best entry is the answer. 0 to 1.
    pub answer_at: f32,
    /// At this confidence or above, and below `answer_at`, the best entry is shown as the closest.
    /// 0 to 1.
    pub closest_at: f32,
    /// At this confidence or above, and below `closest_at`, candidates are offered. 0 to 1.
    pub suggest_at: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { answer_at: 0.5, closest_at: 0.25, suggest_at: 0.1 }
    }
}

impl Thresholds {
    /// Answers from this confidence on and refuses below.
    #[must_use]
    pub fn answering_from(answer_at: f32) -> Self {
        Self { answer_at, closest_at: answer_at, suggest_at: answer_at }
    }

    /// What a reply comes to with this best candidate. What speaks against an entry keeps it from
    /// being the answer, however sure the search is.
    #[must_use]
    pub fn outcome(self, best: Option<Sureness>) -> Outcome {
        let Some(best) = best else { return Outcome::Unknown };
        if best.confidence >= self.answer_at && !best.has_objection {
            return Outcome::Answer;
        }
        if best.relation == Relation::None {
            return Outcome::Unknown;
        }
        // Where most of the question is left open, the rest has to fit the better.
        let half_way = f32::midpoint(self.closest_at, self.answer_at);
        let closest_at = if best.relation == Relation::Little { half_way } else { self.closest_at };
        if best.confidence >= closest_at && best.is_near {
            return Outcome::Closest;
        }
        let is_worth_a_look = best.confidence >= self.suggest_at && best.relation == Relation::Much;
        if is_worth_a_look { Outcome::Suggest } else { Outcome::Unknown }
    }
}

/// A knowledge base that can be asked. Immutable; share it between threads freely.
#[derive(Debug)]
pub struct Answerer {
    base: KnowledgeBase,
    searcher: Searcher,
    thresholds: Thresholds,
    origin: CalibrationOrigin,
}

/// What a reply comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// One entry answers the question.
    Answer,
    /// None surely does; one is the nearest thing that the base knows.
    Closest,
    /// Some entries may; the member chooses.
    Suggest,
    /// The base does not say.
    Unknown,
}

impl Outcome {
    /// The word that stands for it in JSON and logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Closest => "closest",
            Self::Suggest => "suggest",
            Self::Unknown => "unknown",
        }
    }
}

/// An entry that may be meant.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// How sure the search is of it, 0 to 1.
    pub confidence: f32,
}

/// The reply to one question.
#[derive(Debug)]
pub struct Reply<'a> {
    /// What it comes to.
    pub outcome: Outcome,
    /// How sure the search is of the best candidate.
    pub best: Option<Sureness>,
    /// The best entries, best first, at most [`MAX_CANDIDATES`], whatever the outcome.
    pub candidates: Vec<Candidate<'a>>,
}

impl<'a> Reply<'a> {
    /// The reply that the hits of a search come to.
    #[must_use]
    pub fn new(base: &'a KnowledgeBase, hits: &[Hit], thresholds: Thresholds) -> Self {
        let candidate = |hit: &Hit| Candidate { entry: &base.entries[hit.entry], confidence: hit.confidence };
        let best = hits.first().map(Hit::sureness);
        let outcome = match thresholds.outcome(best) {
            Outcome::Closest if is_one_side(base, hits) => Outcome::Suggest,
            outcome => outcome,
        };
        Self { outcome, best, candidates: hits.iter().map(candidate).collect() }
    }

    /// The entry whose text is shown at once: the answer, or the closest.
    #[must_use]
    pub fn shown(&self) -> Option<&'a Entry> {
        match self.outcome {
            Outcome::Answer | Outcome::Closest => self.candidates.first().map(|candidate| candidate.entry),
            Outcome::Suggest | Outcome::Unknown => None,
        }
    }

    /// The entry that answers the question, if the outcome is an answer.
    #[must_use]
    pub fn answer(&self) -> Option<&'a Entry> {
        match self.outcome {
            Outcome::Answer => self.candidates.first().map(|candidate| candidate.entry),
            Outcome::Closest | Outcome::Suggest | Outcome::Unknown => None,
        }
    }

    /// The candidates from which the member can choose: none below an answer, and not the entry
    /// that is shown as the closest.
    #[must_use]
    pub fn offered(&self) -> &[Candidate<'a>] {
        match self.outcome {
            Outcome::Suggest => &self.candidates,
            Outcome::Closest => self.candidates.get(1..).unwrap_or_default(),
            Outcome::Answer | Outcome::Unknown => &[],
        }
    }

    /// The confidence of the best candidate, 0 if there is none.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.candidates.first().map_or(0.0, |candidate| candidate.confidence)
    }
}

/// Whether the best is a claim that the question does not name, while a disputed entry is near too.
/// To show the claim alone would take its side, so the member chooses.
fn is_one_side(base: &KnowledgeBase, hits: &[Hit]) -> bool {
    let is_unnamed = hits.first().is_some_and(|best| best.objections.contains(&Objection::Claimant));
    is_unnamed && hits.iter().any(|hit| base.entries[hit.entry].standing == Standing::Disputed)
}

impl Answerer {
    /// Indexes a base. Evidence is weighed as in bases in general.
    #[must_use]
    pub fn new(base: KnowledgeBase, thresholds: Thresholds) -> Self {
        let searcher = Searcher::new(&base);
        Self { base, searcher, thresholds, origin: CalibrationOrigin::Prior }
    }

    /// Weighs evidence with weights from elsewhere.
    #[must_use]
    pub fn calibrated(self, weights: Weights, origin: CalibrationOrigin) -> Self {
        Self { searcher: self.searcher.calibrated(weights), origin, ..self }
    }

    /// Where the weights of its evidence come from.
    #[must_use]
    pub fn calibration_origin(&self) -> CalibrationOrigin {
        self.origin
    }

    /// From which confidence on it says what.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// What works badly in its base.
    #[must_use]
    pub fn warnings(&self) -> Diagnostics {
        lint(&self.base, &self.searcher)
    }

    /// The base that answers come from.
    #[must_use]
    pub fn base(&self) -> &KnowledgeBase {
        &self.base
    }

    /// Replies to a question.
    #[must_use]
    pub fn reply(&self, question: &str) -> Reply<'_> {
        self.reply_from(question, self.thresholds)
    }

    /// Replies to a question with other thresholds.
    #[must_use]
    pub fn reply_from(&self, question: &str, thresholds: Thresholds) -> Reply<'_> {
        Reply::new(&self.base, &self.searcher.search(question, MAX_CANDIDATES), thresholds)
    }

    /// Why a question gets the reply that it gets.
    #[must_use]
    pub fn explain(&self, question: &str) -> Explanation {
        self.searcher.explain(question)
    }

    /// The form of a question in which two that differ by case, diacritics or punctuation alone are
    /// the same.
    #[must_use]
    pub fn normalized(&self, question: &str) -> String {
        self.searcher.normalized(question)
    }

    /// What a question is about: two with the same subject most likely ask for the same.
    #[must_use]
    pub fn subject(&self, question: &str) -> Vec<String> {
        self.searcher.subject(question)
    }

    /// Entries for a question that is still being typed, at most `limit`.
    #[must_use]
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<&Entry> {
        self.searcher.complete(typed, limit).into_iter().map(|hit| &self.base.entries[hit.entry]).collect()
    }
}

heap_bytes!(Answerer { base, searcher } but thresholds, origin);
