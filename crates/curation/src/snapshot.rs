//! A base as its files were at one moment, with everything that it takes to say what a change would
//! do to it.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::{KnowledgeBase, Layer, LoadError, PartialDate, lint, read_layers};
use footnote_search::Weights;
use footnote_search::calibration::{Calibration, CalibrationOrigin};
use footnote_search::lint::confusions;
use footnote_search::reply::{Answerer, Thresholds};
use footnote_search::tuning::Tuning;

use crate::effect::Found;
use crate::folders::state;

/// How a base is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asking {
    /// From which confidence on to say what.
    pub thresholds: Thresholds,
    /// The share of questions without an answer that is expected, as `answer.unanswerable` has it.
    pub unanswerable: f32,
    /// What evidence weighs; with as many decimals as `calibration.toml` keeps.
    pub weights: Weights,
}

impl Asking {
    /// Whether evidence is weighed as in bases in general, which needs no file.
    pub(crate) fn is_usual(&self) -> bool {
        self.weights == Weights::prior(&Tuning::default())
    }
}

/// A base, its files and what its questions find. Immutable but for what it remembers; share it
/// between threads freely.
#[derive(Debug)]
pub struct Snapshot {
    pub(crate) layers: Vec<Layer>,
    pub(crate) asking: Asking,
    state: String,
    answerer: Arc<Answerer>,
    found: Mutex<HashMap<String, Found>>,
    /// Warnings on single values, found while the files were read.
    read: Diagnostics,
    warnings: OnceLock<Diagnostics>,
    confusions: OnceLock<Diagnostics>,
}

impl Snapshot {
    /// Loads a base from layers in memory. [`Curation::snapshot`](crate::Curation::snapshot) reads
    /// them from the disk.
    ///
    /// # Errors
    ///
    /// [`LoadError::Invalid`], with every problem, if the base has an error.
    pub fn new(layers: Vec<Layer>, mut asking: Asking) -> Result<Self, LoadError> {
        if !asking.is_usual() {
            asking.weights = Calibration::kept(&asking.weights);
        }
        let reading = read_layers(&layers);
        if !reading.is_valid() {
            let path = layers.first().map(|layer| layer.folder().to_owned()).unwrap_or_default();
            return Err(LoadError::Invalid { path, diagnostics: reading.diagnostics });
        }
        let answerer = Answerer::new(reading.base, asking.thresholds);
        let origin = if asking.is_usual() { CalibrationOrigin::Prior } else { CalibrationOrigin::EarlierBase };
        let answerer = Arc::new(answerer.calibrated(asking.weights, origin));
        let state = state(&layers);
        let (found, warnings, confusions) = (Mutex::default(), OnceLock::new(), OnceLock::new());
        let read = reading.diagnostics;
        Ok(Self { layers, asking, state, answerer, found, read, warnings, confusions })
    }

    /// The base.
    #[must_use]
    pub fn base(&self) -> &KnowledgeBase {
        self.answerer.base()
    }

    /// What answers from it.
    #[must_use]
    pub fn answerer(&self) -> &Arc<Answerer> {
        &self.answerer
    }

    /// A hash of its files. As long as it is the same, so are all files.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// What works badly in the base, except for entries that are taken for each other.
    pub fn warnings(&self) -> &Diagnostics {
        self.warnings.get_or_init(|| {
            let seen = lint::lint(self.base(), true, PartialDate::today());
            self.read.clone().merged(seen).merged(self.answerer.warnings())
        })
    }

    /// Entries that are taken for each other. To find them takes several times as long as to load
    /// the base.
    pub fn confusions(&self) -> &Diagnostics {
        self.confusions.get_or_init(|| confusions(self.base()))
    }

    /// What each question finds, in their order. What was asked before is remembered.
    pub(crate) fn find<'q>(&self, questions: impl Iterator<Item = &'q String> + Clone) -> Vec<Found> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<&String> = questions.clone().filter(|question| !found.contains_key(*question)).collect();
        let replies = ask_all(&self.answerer, &new);
        found.extend(new.into_iter().cloned().zip(replies));
        questions.filter_map(|question| found.get(question).cloned()).collect()
    }
}

/// Asks on all cores.
fn ask_all(answerer: &Answerer, questions: &[&String]) -> Vec<Found> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let ask = |questions: &[&String]| -> Vec<Found> {
        questions.iter().map(|question| Found::of(&answerer.reply(question))).collect()
    };
    let size = questions.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = questions.chunks(size).map(|chunk| scope.spawn(move || ask(chunk))).collect();
        let done = |thread: thread::ScopedJoinHandle<'_, Vec<Found>>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().flat_map(done).collect()
    })
}
