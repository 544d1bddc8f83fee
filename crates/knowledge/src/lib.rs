//! What the bot knows, loaded from a folder of TOML files.
//!
//! This is a crate of its own so that everything that reads the format (the bot, a test, a
//! curator's tool) shares one loader and one set of error messages.
//!
#![doc = include_str!("../README.md")]

#[macro_use]
pub mod memory;

mod base;
pub mod diagnostic;
pub mod drafts;
pub mod format;
pub mod grounding;
mod layer;
mod link;
pub mod lint;
mod load;
mod partial_date;
pub mod schema;
pub mod staleness;
pub mod text;
pub mod toml_file;

pub use base::{
    Citation, CitedSource, Entry, KnowledgeBase, Link, MAX_ANSWER_CHARS, MAX_EVIDENCE_WORDS, MAX_LINKS,
    MAX_QUESTION_CHARS, Source, SourceKind, Standing, Synonyms, Topic,
};
pub use layer::{CALIBRATION_FILE, Layer, SOURCES_FILE, SYNONYMS_FILE};
pub use load::{Draft, LoadError, Reading, draft, load, load_layers, read, read_layers};
pub use partial_date::PartialDate;
