//! Loads the knowledge base from its folder anew, without a restart: for `/reload`, for a signal,
//! and when its files have changed.
//!
//! Interactions continue with the old base while the new one is read. If the new one has an
//! error, the old one stays.

use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;

use super::app::{Answering, App, LoadedBase};
use super::turn::Turn;
use crate::base::BaseFolders;
use crate::calibration::Renewal;
use crate::telemetry::metrics::RELOADS;
use crate::telemetry::milliseconds;
use footnote_knowledge::LoadError;
use footnote_knowledge::diagnostic::Severity;

/// How many problems of a base that was not loaded are in the log.
const FIRST_PROBLEMS: usize = 3;

/// What it takes to replace the base of a running bot.
#[derive(Debug, Clone)]
pub struct Reloader {
    newest: Arc<ArcSwap<LoadedBase>>,
    folders: BaseFolders,
    answering: Arc<ArcSwap<Answering>>,
    turn: Turn,
}

/// The result of replacing a base.
#[derive(Debug)]
pub(super) struct Reloaded {
    pub(super) before: Arc<LoadedBase>,
    pub(super) now: Arc<LoadedBase>,
    pub(super) milliseconds: u64,
    pub(super) warnings: usize,
}

impl Reloader {
    /// Replaces the base of this bot.
    #[must_use]
    pub fn of(app: &App) -> Self {
        Self {
            newest: Arc::clone(&app.newest),
            folders: app.folders.clone(),
            answering: Arc::clone(&app.answering),
            turn: app.turn.clone(),
        }
    }

    /// From the next reload on, bases are asked in this way.
    pub fn answer_as(&self, answering: Answering) {
        self.answering.store(Arc::new(answering));
    }

    /// Loads the folder as soon as no owner's work is running. The log says how it ended.
    pub async fn reload(&self) {
        let reloader = self.clone();
        // What went wrong is in the log.
        let _ = self.turn.wait_and_work(move || reloader.load()).await;
    }

    /// Loads the folder, calibrates the search on its base and makes it the newest. Blocks.
    pub(super) fn load(&self) -> Result<Reloaded, LoadError> {
        let started = Instant::now();
        let answering = self.answering.load();
        let base = self.folders.load().inspect_err(|error| {
            RELOADS.add(1, &["refused"]);
            log_refusal(error);
        })?;
        let calibration = Renewal::of(&base, &self.folders.now(), answering.unanswerable);
        calibration.log();
        let now = Arc::new(LoadedBase::new(calibration.weighing.answerer(base, answering.thresholds)));
        let before = self.newest.swap(Arc::clone(&now));
        before.retire(&now);
        RELOADS.add(1, &["loaded"]);
        let milliseconds = milliseconds(started.elapsed());
        let (entries, sources) = now.size();
        tracing::info!(entries, sources, ms = milliseconds, "knowledge base reloaded");
        let warnings = now.answerer.warnings().count(Severity::Warning);
        Ok(Reloaded { before, now, milliseconds, warnings })
    }
}

fn log_refusal(error: &LoadError) {
    match error {
        LoadError::Invalid { diagnostics, .. } => {
            let (problems, first) = (diagnostics.totals(), diagnostics.first_lines(FIRST_PROBLEMS));
            tracing::warn!(%error, problems, first, "knowledge base not reloaded");
        }
        LoadError::Folder { .. } => tracing::warn!(%error, "knowledge base not reloaded"),
    }
}
