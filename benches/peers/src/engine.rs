//! What every engine can do: index a base, and name the entry that a question asks for.

mod bm25;
mod footnote;
mod fts5;
mod tantivy;

use footnote_knowledge::KnowledgeBase;

use crate::documents::{by_entry, by_phrasing};

/// The entry that an engine thinks was meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    /// Its index in the base.
    pub(crate) entry: usize,
    /// How well it fits; higher is better. Each engine has its own scale.
    pub(crate) score: f64,
}

/// A search engine that was built for one base.
pub(crate) trait Engine {
    /// The best entry for a question, if any document contains one of its words.
    fn search(&mut self, question: &str) -> Result<Option<Found>, EngineError>;

    /// The bytes that it holds outside Rust's allocator.
    fn foreign_bytes(&self) -> Result<usize, EngineError> {
        Ok(0)
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum EngineError {
    #[error("tantivy failed")]
    Tantivy(#[from] ::tantivy::TantivyError),
    #[error("SQLite failed")]
    Sqlite(#[from] rusqlite::Error),
}

/// One engine in one configuration.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contender {
    pub(crate) engine: &'static str,
    /// What a document is for this engine; empty for Footnote, which knows entries and phrasings.
    pub(crate) document: &'static str,
    /// Indexes a base.
    pub(crate) build: fn(&KnowledgeBase) -> Result<Box<dyn Engine>, EngineError>,
}

/// All that are measured, Footnote first.
pub(crate) const CONTENDERS: [Contender; 7] = [
    Contender { engine: "Footnote", document: "", build: |base| Ok(Box::new(footnote::Footnote::new(base))) },
    Contender {
        engine: "tantivy",
        document: "phrasing",
        build: |base| Ok(Box::new(tantivy::Tantivy::new(&by_phrasing(base))?)),
    },
    Contender {
        engine: "tantivy",
        document: "entry",
        build: |base| Ok(Box::new(tantivy::Tantivy::new(&by_entry(base))?)),
    },
    Contender {
        engine: "SQLite FTS5",
        document: "phrasing",
        build: |base| Ok(Box::new(fts5::Fts5::new(&by_phrasing(base))?)),
    },
    Contender {
        engine: "SQLite FTS5",
        document: "entry",
        build: |base| Ok(Box::new(fts5::Fts5::new(&by_entry(base))?)),
    },
    Contender { engine: "bm25", document: "phrasing", build: |base| Ok(Box::new(bm25::Bm25::new(by_phrasing(base)))) },
    Contender { engine: "bm25", document: "entry", build: |base| Ok(Box::new(bm25::Bm25::new(by_entry(base)))) },
];
