//! The crate bm25: its in-memory search engine with its English tokenizer, which normalizes
//! words, drops stop words and stems.

use ::bm25::{Language, SearchEngine, SearchEngineBuilder};

use super::{Engine, EngineError, Found};
use crate::documents::Document;

pub(super) struct Bm25 {
    engine: SearchEngine<u32>,
    /// The entry of each document.
    entries: Vec<usize>,
}

impl Bm25 {
    pub(super) fn new(documents: Vec<Document<'_>>) -> Self {
        let entries = documents.iter().map(|document| document.entry).collect();
        let numbered =
            (0..).zip(documents).map(|(id, document)| ::bm25::Document { id, contents: document.text.into_owned() });
        Self { engine: SearchEngineBuilder::with_documents(Language::English, numbered).build(), entries }
    }
}

impl Engine for Bm25 {
    fn search(&mut self, question: &str) -> Result<Option<Found>, EngineError> {
        let best = self.engine.search(question, 1).into_iter().next();
        Ok(best.map(|best| Found { entry: self.entries[best.document.id as usize], score: f64::from(best.score) }))
    }
}
