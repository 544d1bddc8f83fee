//! A base with its index, as interactions get it.

use std::sync::Arc;
use std::time::SystemTime;

use arc_swap::ArcSwap;
use footnote_knowledge::memory::HeapBytes;
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::calibration::fingerprint;
use footnote_search::reply::Answerer;
use footnote_search::tuning::Tuning;

use super::foreign::Vocabulary;
use crate::telemetry::metrics::{BASE_BYTES, BASE_ENTRIES, BASE_INFO, BASE_LOADED, BASE_SOURCES, unix_time};

/// A base with its index, and the time it was loaded.
#[derive(Debug)]
pub struct LoadedBase {
    /// The base, ready to be asked.
    pub answerer: Answerer,
    pub(super) loaded_at: SystemTime,
    pub(super) vocabulary: Vocabulary,
    /// Changes with everything that search reads of the base.
    pub(super) version: String,
    /// How many bytes it takes.
    pub(super) bytes: u64,
}

/// How many digits of a base's fingerprint tell it from its other versions.
const VERSION_DIGITS: usize = 12;

/// Where the newest base of a running bot is found, by those who show it elsewhere.
#[derive(Debug, Clone)]
pub struct Newest(pub(super) Arc<ArcSwap<LoadedBase>>);

impl Newest {
    /// A base that stays the newest.
    #[must_use]
    pub fn only(answerer: Answerer) -> Self {
        let loaded = LoadedBase::new(answerer);
        loaded.publish();
        Self(Arc::new(ArcSwap::from_pointee(loaded)))
    }

    /// The newest base; it stays as it is even if another replaces it.
    #[must_use]
    pub fn load(&self) -> Arc<LoadedBase> {
        self.0.load_full()
    }
}

impl LoadedBase {
    pub(super) fn new(answerer: Answerer) -> Self {
        let (base, loaded_at) = (answerer.base(), SystemTime::now());
        let (version, vocabulary) = (Self::version_of(base), Vocabulary::of(base));
        let bytes = size_of::<Self>() + answerer.heap_bytes() + vocabulary.heap_bytes();
        Self { answerer, loaded_at, vocabulary, version, bytes: bytes as u64 }
    }

    /// Changes with everything that search reads of a base.
    pub(super) fn version_of(base: &KnowledgeBase) -> String {
        let mut version = fingerprint(base, &Tuning::default());
        version.truncate(VERSION_DIGITS);
        version
    }

    /// Tells the metrics that this is the base in use.
    pub(super) fn publish(&self) {
        let base = self.answerer.base();
        BASE_INFO.set(1.0, &[&self.version]);
        BASE_ENTRIES.set(count(base.entries.len()), &[]);
        BASE_SOURCES.set(count(base.sources.len()), &[]);
        BASE_BYTES.set(count(base.entries.iter().map(text_length).sum()), &[]);
        BASE_LOADED.set(unix_time(self.loaded_at), &[]);
    }

    /// How many entries and sources it has.
    pub(super) fn size(&self) -> (usize, usize) {
        let base = self.answerer.base();
        (base.entries.len(), base.sources.len())
    }

    /// Tells the metrics that this base has been replaced by another.
    pub(super) fn retire(&self, successor: &Self) {
        if self.version != successor.version {
            BASE_INFO.set(0.0, &[&self.version]);
        }
    }
}

/// The bytes of an entry's question, phrasings and answer.
fn text_length(entry: &Entry) -> usize {
    let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.len());
    entry.question.len() + phrasings.sum::<usize>() + entry.answer.value.len()
}

#[expect(clippy::cast_precision_loss, reason = "no base has so many entries that it matters")]
fn count(number: usize) -> f64 {
    number as f64
}
