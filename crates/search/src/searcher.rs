//! The way in: a model of a base, and the questions that can be put to it.

use footnote_knowledge::KnowledgeBase;

use crate::confidence::{self, Hit};
use crate::model::{Held, Model};
use crate::query::{self, Query};
use crate::ranking;
use crate::tuning::Tuning;

/// The most characters of a question that are read. Discord lets an option hold 6,000 ([application
/// command
/// option](https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure));
/// what a longer text asks is said by then.
pub const MAX_QUESTION_CHARS: usize = 6_000;

/// Finds entries by the words of a question. Immutable; share it between threads freely.
#[derive(Debug)]
pub struct Searcher {
    model: Model,
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

    /// Indexes all entries but for one phrasing.
    #[must_use]
    pub fn without(base: &KnowledgeBase, held: Held, tuning: &Tuning) -> Self {
        Self::from_model(base, Model::new(base, Some(held), tuning))
    }

    fn from_model(base: &KnowledgeBase, model: Model) -> Self {
        Self { model, pinned: (0..base.entries.len()).filter(|&index| base.entries[index].pinned).collect() }
    }

    /// The best entries for a question, best first, at most `limit`. Empty if the base has no word
    /// of the question.
    #[must_use]
    pub fn search(&self, question: &str, limit: usize) -> Vec<Hit> {
        self.hits(&Query::new(&self.model, readable_part(question)), limit)
    }

    /// The best entry for a question by its terms, even if it is word for word a phrasing of the
    /// base.
    #[must_use]
    pub fn best_by_terms(&self, question: &str) -> Option<Hit> {
        let query = Query { verbatim: None, ..Query::new(&self.model, readable_part(question)) };
        self.hits(&query, 1).into_iter().next()
    }

    /// Entries for a question that is still being typed, its last word perhaps unfinished; the
    /// pinned entries while nothing is typed. Best first, at most `limit`.
    #[must_use]
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let typed = readable_part(typed);
        if typed.trim().is_empty() {
            let pinned = self.pinned.iter().take(limit);
            return pinned.map(|&entry| Hit { entry, confidence: 1.0 }).collect();
        }
        self.hits(&Query::unfinished(&self.model, typed), limit)
    }

    fn hits(&self, query: &Query, limit: usize) -> Vec<Hit> {
        let candidates = ranking::rank(&self.model, query, limit.max(2));
        confidence::hits(&self.model, query, &candidates, limit)
    }

    /// The form of a text in which two that differ only by case, diacritics or punctuation are the
    /// same.
    #[must_use]
    pub fn normalized(&self, text: &str) -> String {
        let words: Vec<String> = self.model.analyzer.words(text).into_iter().map(|word| word.text).collect();
        words.join(" ")
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

fn readable_part(question: &str) -> &str {
    // So many bytes hold no more characters, and counting these takes longer.
    if question.len() <= MAX_QUESTION_CHARS {
        return question;
    }
    question.char_indices().nth(MAX_QUESTION_CHARS).map_or(question, |(end, _)| &question[..end])
}
