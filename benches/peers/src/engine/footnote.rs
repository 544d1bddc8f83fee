//! Footnote's own search, as its commands use it.

use footnote_knowledge::KnowledgeBase;
use footnote_search::Searcher;

use super::{Engine, EngineError, Found};

pub(super) struct Footnote {
    searcher: Searcher,
}

impl Footnote {
    pub(super) fn new(base: &KnowledgeBase) -> Self {
        Self { searcher: Searcher::new(base) }
    }
}

impl Engine for Footnote {
    fn search(&mut self, question: &str) -> Result<Option<Found>, EngineError> {
        let best = self.searcher.search(question, 1).into_iter().next();
        Ok(best.map(|hit| Found { entry: hit.entry, score: f64::from(hit.confidence) }))
    }
}
