//! The way in: a model of a base, and the questions that can be put to it.

use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::heap_bytes;

use crate::analyzer::noise;
use crate::confidence::{self, Hit};
use crate::explanation::{self, Explanation};
use crate::ids::EntryId;
use crate::model::{Held, Model};
use crate::query::{self, Query};
use crate::ranking;
use crate::tuning::Tuning;
use crate::weights::Weights;

/// The most characters of a question that are read. Discord lets an option hold 6,000 ([application
/// command
/// option](https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure));
/// what a longer text asks is said by then.
pub const MAX_QUESTION_CHARS: usize = 6_000;

/// Finds entries by the words of a question. Immutable; share it between threads freely.
#[derive(Debug)]
pub struct Searcher {
    model: Model,
    weights: Weights,
    pinned: Vec<usize>,
}

impl Searcher {
    /// Indexes all entries of a base.
    #[must_use]
    pub fn new(base: &KnowledgeBase) -> Self {
        Self::with_tuning(base, &Tuning::default())
    }

    /// Indexes all entries of a base, with numbers of one's own.
    #[must_use]
    pub fn with_tuning(base: &KnowledgeBase, tuning: &Tuning) -> Self {
        Self::from_model(base, Model::new(base, None, tuning))
    }

    /// Indexes what is not held out.
    #[must_use]
    pub fn without(base: &KnowledgeBase, held: Held, tuning: &Tuning) -> Self {
        Self::from_model(base, Model::new(base, Some(held), tuning))
    }

    fn from_model(base: &KnowledgeBase, model: Model) -> Self {
        let pinned = (0..base.entries.len()).filter(|&index| base.entries[index].pinned).collect();
        Self { weights: Weights::prior(&model.tuning), model, pinned }
    }

    /// Weighs evidence as this base has shown that it should (see [`crate::calibration`]).
    #[must_use]
    pub fn calibrated(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    /// The best entries for a question, best first, at most `limit`. Empty if the base has no word
    /// of the question. Of a message in several parts, the part that asks decides.
    #[must_use]
    pub fn search(&self, question: &str, limit: usize) -> Vec<Hit> {
        let text = noise::strip(readable_part(question));
        self.search_parts(&text, limit).0
    }

    /// Why a question finds what it finds.
    #[must_use]
    pub fn explain(&self, question: &str) -> Explanation {
        let text = noise::strip(readable_part(question));
        let (_, read) = self.search_parts(&text, 1);
        explanation::explain(&self.model, &self.weights, &Query::new(&self.model, read), read)
    }

    /// The best entry for a question by its terms, even if it is word for word a phrasing of the
    /// base.
    #[must_use]
    pub fn best_by_terms(&self, question: &str) -> Option<Hit> {
        let query = Query { verbatim: None, exact: None, ..Query::new(&self.model, readable_part(question)) };
        self.hits(&query, 1).into_iter().next()
    }

    /// Entries for a question that is still being typed, its last word perhaps unfinished; the
    /// pinned entries while nothing is typed. Best first, at most `limit`.
    #[must_use]
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let typed = readable_part(typed);
        if typed.trim().is_empty() {
            let pinned = self.pinned.iter().take(limit);
            return pinned
                .map(|&entry| Hit {
                    entry,
                    confidence: 1.0,
                    objections: Vec::new(),
                    is_specific: true,
                    is_related: true,
                })
                .collect();
        }
        self.hits(&Query::unfinished(&self.model, typed), limit)
    }

    /// Whether an entry is somebody's claim and the question names neither them nor their text.
    #[must_use]
    pub fn leaves_claimant_open(&self, entry: usize, question: &str) -> bool {
        let query = Query::new(&self.model, readable_part(question));
        self.model.attribution.is_unnamed_claim(EntryId::new(entry), |term| query.names(term))
    }

    /// The hits of the whole text or of the part that finds the surest, and which of them it was.
    fn search_parts<'t>(&self, text: &'t str, limit: usize) -> (Vec<Hit>, &'t str) {
        let mut best = (self.hits(&Query::new(&self.model, text), limit), text);
        for part in noise::parts(text) {
            let hits = self.hits(&Query::new(&self.model, part), limit);
            if is_better(&hits, &best.0) {
                best = (hits, part);
            }
        }
        best
    }

    fn hits(&self, query: &Query, limit: usize) -> Vec<Hit> {
        let candidates = ranking::rank(&self.model, &self.weights.ranking, query, limit.max(ranking::CONTESTANTS));
        confidence::hits(&self.model, &self.weights.evidence, query, &candidates, limit)
    }

    /// The form of a text in which two that differ only by case, diacritics or punctuation are the
    /// same.
    #[must_use]
    pub fn normalized(&self, text: &str) -> String {
        self.words(text).join(" ")
    }

    /// The words of a text as the search tells them apart, in their order.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<String> {
        self.model.analyzer.read(text).words.into_iter().map(|word| word.text).collect()
    }

    /// The words of a text that are not dropped as stop words.
    #[must_use]
    pub fn significant_words(&self, text: &str) -> Vec<String> {
        self.model.analyzer.significant_words(text)
    }

    /// What a question is about: its terms, in alphabetical order, with spelling corrected,
    /// synonyms joined and stop words left out.
    #[must_use]
    pub fn subject(&self, question: &str) -> Vec<String> {
        query::subject(&self.model, readable_part(question))
    }
}

/// Whether the hits of a part of a message answer it better than those so far.
fn is_better(part: &[Hit], so_far: &[Hit]) -> bool {
    let sureness = |hits: &[Hit]| hits.first().map_or(0.0, |hit| hit.confidence);
    sureness(part) > sureness(so_far)
}

fn readable_part(question: &str) -> &str {
    // So many bytes hold no more characters, and counting these takes longer.
    if question.len() <= MAX_QUESTION_CHARS {
        return question;
    }
    question.char_indices().nth(MAX_QUESTION_CHARS).map_or(question, |(end, _)| &question[..end])
}

heap_bytes!(Searcher { model, pinned } but weights);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// A reply shows a few entries, autocomplete many: both have to be equally sure of them.
    #[test]
    fn how_many_hits_are_wanted_makes_no_difference_to_them() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tuning/harbour");
        let base = footnote_knowledge::load(&folder).unwrap();
        let searcher = Searcher::new(&base);
        for question in ["ferry", "how deep is the harbour", "boat", "when does the boat depart"] {
            let all = searcher.search(question, base.entries.len());
            assert_eq!(searcher.search(question, 3), all[..3], "{question}");
        }
    }
}
