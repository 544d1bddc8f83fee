//! Which weights the evidence gets: those in the knowledge folder, newly learned ones, or those of
//! bases in general.
//!
//! Learning takes a while, so it is left to those who run for long: `serve` and `check` also write
//! what they have learned, a batch of questions keeps it in memory, and a single question does
//! without.
//!
//! Weights that a reviewed change has carried to the new base stay in force, also after a restart:
//! otherwise the change would do more than it was shown to do. `check` learns them anew.

use std::path::PathBuf;
use std::time::Instant;

use footnote_curation::Folders;
use footnote_knowledge::{CALIBRATION_FILE, KnowledgeBase};
use footnote_search::Weights;
use footnote_search::calibration::{Calibration, CalibrationError, CalibrationOrigin, calibrate};
use footnote_search::reply::{Answerer, Thresholds};
use footnote_search::tuning::Tuning;

use crate::telemetry::{milliseconds, with_causes};

/// Weights, and where they come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighing {
    weights: Weights,
    origin: CalibrationOrigin,
    /// Whether they are meant for the base as it is, learned from it or not.
    is_in_force: bool,
}

impl Weighing {
    /// Weights that hold for bases in general.
    #[must_use]
    pub fn prior() -> Self {
        Self { weights: Weights::prior(&Tuning::default()), origin: CalibrationOrigin::Prior, is_in_force: false }
    }

    /// Learns the weights from a base. `unanswerable` is the share of questions without an answer
    /// that is expected, 0 to below 1. Blocks, and uses all cores.
    #[must_use]
    pub fn learned(base: &KnowledgeBase, unanswerable: f32) -> Self {
        Self { weights: learn(base, unanswerable).weights(), origin: CalibrationOrigin::Learned, is_in_force: true }
    }

    /// The weights in the top folder that has any, even if the base has changed since: they are
    /// still nearer to it than those of other bases.
    ///
    /// # Errors
    ///
    /// [`CalibrationError`] if the file cannot be read or is broken.
    pub fn found(base: &KnowledgeBase, folders: &Folders, unanswerable: f32) -> Result<Option<Self>, CalibrationError> {
        let tuning = Tuning::default();
        let weighing = |found: Calibration| {
            let fits = found.fits(base, &tuning, unanswerable);
            let origin = if fits { CalibrationOrigin::Base } else { CalibrationOrigin::EarlierBase };
            let is_in_force = fits || found.is_carried_to(base, &tuning, unanswerable);
            Self { weights: found.weights(), origin, is_in_force }
        };
        for folder in folders.all().rev() {
            if let Some(found) = Calibration::read(folder)? {
                return Ok(Some(weighing(found)));
            }
        }
        Ok(None)
    }

    /// Whether they are meant for the base as it is.
    #[must_use]
    pub fn is_in_force(self) -> bool {
        self.is_in_force
    }

    /// The weights alone.
    #[must_use]
    pub fn weights(self) -> Weights {
        self.weights
    }

    /// Indexes a base that is asked with these weights.
    #[must_use]
    pub fn answerer(self, base: KnowledgeBase, thresholds: Thresholds) -> Answerer {
        Answerer::new(base, thresholds).calibrated(self.weights, self.origin)
    }
}

fn learn(base: &KnowledgeBase, unanswerable: f32) -> Calibration {
    let tuning = Tuning::default();
    Calibration::new(&calibrate(base, &tuning, unanswerable), base, &tuning, unanswerable)
}

/// What it took to bring a folder's calibration up to date.
#[derive(Debug)]
pub struct Renewal {
    /// The weights that fit the base.
    pub weighing: Weighing,
    path: PathBuf,
    work: Work,
}

#[derive(Debug)]
enum Work {
    /// The file fitted.
    None,
    /// The weights were learned and written.
    Written { milliseconds: u64, unusable: Option<CalibrationError> },
    /// The weights were learned, but cannot be kept.
    NotWritten(CalibrationError),
}

impl Renewal {
    /// Takes the weights from the base's folders if they are meant for the base, and otherwise
    /// learns them and writes them into the top folder. A file that is broken is replaced. Blocks,
    /// and uses all cores.
    #[must_use]
    pub fn of(base: &KnowledgeBase, folders: &Folders, unanswerable: f32) -> Self {
        Self::unless(|found| found.is_in_force, base, folders, unanswerable)
    }

    /// As [`Self::of`], but weights that were only carried to the base are learned anew.
    #[must_use]
    pub fn anew(base: &KnowledgeBase, folders: &Folders, unanswerable: f32) -> Self {
        Self::unless(|found| found.origin == CalibrationOrigin::Base, base, folders, unanswerable)
    }

    fn unless(is_good: impl Fn(Weighing) -> bool, base: &KnowledgeBase, folders: &Folders, unanswerable: f32) -> Self {
        let folder = folders.top();
        let path = folder.join(CALIBRATION_FILE);
        let unusable = match Weighing::found(base, folders, unanswerable) {
            Ok(Some(weighing)) if is_good(weighing) => return Self { weighing, path, work: Work::None },
            Ok(_) => None,
            Err(error) => Some(error),
        };
        let started = Instant::now();
        let learned = learn(base, unanswerable);
        let milliseconds = milliseconds(started.elapsed());
        let weighing = Weighing { weights: learned.weights(), origin: CalibrationOrigin::Learned, is_in_force: true };
        let work = match learned.write(folder) {
            Ok(()) => Work::Written { milliseconds, unusable },
            Err(error) => Work::NotWritten(error),
        };
        Self { weighing, path, work }
    }

    /// What was done, for people who run a check.
    #[must_use]
    pub fn summary(&self) -> String {
        let path = self.path.display();
        match &self.work {
            Work::None => format!("{path} is up to date"),
            Work::Written { unusable: None, .. } => format!("{path} written: keep it with the base"),
            Work::Written { unusable: Some(error), .. } => {
                let reason = match error {
                    CalibrationError::Broken { reason, .. } => reason.clone(),
                    CalibrationError::Read { source, .. } | CalibrationError::Write { source, .. } => {
                        source.to_string()
                    }
                };
                format!("{path} could not be used and is written anew ({reason})")
            }
            Work::NotWritten(error) => with_causes(error),
        }
    }

    /// Logs what was done.
    pub fn log(&self) {
        let path = self.path.display();
        match &self.work {
            Work::None => tracing::debug!(%path, "calibration is up to date"),
            Work::Written { milliseconds, unusable } => {
                if let Some(error) = unusable {
                    tracing::warn!(error = with_causes(error), "replaced the calibration");
                }
                tracing::info!(%path, ms = milliseconds, "calibrated on the base");
            }
            Work::NotWritten(error) => tracing::warn!(error = with_causes(error), "calibration not kept"),
        }
    }
}
