//! From a question to a reply: an answer, "did you mean", or "I don't know".
//!
//! The thresholds live here and nowhere else, so that the terminal and Discord can never disagree
//! on what is answered.

pub mod wording;

use serde::Serialize;

use crate::lint::lint;
use crate::{Hit, Searcher};
use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::{Entry, KnowledgeBase};

/// How many candidates a reply offers.
pub const MAX_CANDIDATES: usize = 5;

/// From which confidence on to say what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// At this confidence or above, the best entry is the answer. 0 to 1.
    pub answer_at: f32,
    /// At this confidence or above, and below `answer_at`, candidates are offered. 0 to 1.
    pub suggest_at: f32,
}

impl Thresholds {
    /// What a reply comes to whose best candidate has this confidence.
    #[must_use]
    pub fn outcome(self, best: Option<f32>) -> Outcome {
        match best {
            Some(confidence) if confidence >= self.answer_at => Outcome::Answer,
            Some(confidence) if confidence >= self.suggest_at => Outcome::Suggest,
            _ => Outcome::Unknown,
        }
    }
}

/// A knowledge base that can be asked. Immutable; share it between threads freely.
#[derive(Debug)]
pub struct Answerer {
    base: KnowledgeBase,
    searcher: Searcher,
    thresholds: Thresholds,
}

/// What a reply comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// One entry answers the question.
    Answer,
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
    /// The best entries, best first, at most [`MAX_CANDIDATES`], whatever the outcome.
    pub candidates: Vec<Candidate<'a>>,
}

impl<'a> Reply<'a> {
    /// The reply that the hits of a search come to.
    #[must_use]
    pub fn new(base: &'a KnowledgeBase, hits: &[Hit], thresholds: Thresholds) -> Self {
        let candidate = |hit: &Hit| Candidate { entry: &base.entries[hit.entry], confidence: hit.confidence };
        let candidates: Vec<Candidate<'a>> = hits.iter().map(candidate).collect();
        let outcome = thresholds.outcome(candidates.first().map(|best| best.confidence));
        Self { outcome, candidates }
    }

    /// The entry that answers the question, if the outcome is an answer.
    #[must_use]
    pub fn answer(&self) -> Option<&'a Entry> {
        match self.outcome {
            Outcome::Answer => self.candidates.first().map(|candidate| candidate.entry),
            Outcome::Suggest | Outcome::Unknown => None,
        }
    }

    /// The confidence of the best candidate, 0 if there is none.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.candidates.first().map_or(0.0, |candidate| candidate.confidence)
    }
}

impl Answerer {
    /// Indexes a base.
    #[must_use]
    pub fn new(base: KnowledgeBase, thresholds: Thresholds) -> Self {
        let searcher = Searcher::new(&base);
        Self { base, searcher, thresholds }
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
        Reply::new(&self.base, &self.searcher.search(question, MAX_CANDIDATES), self.thresholds)
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
