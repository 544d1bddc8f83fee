//! Loads knowledge bases from their folders anew, without a restart: for `/reload`, for a signal,
//! and when their files have changed.
//!
//! Interactions continue with the old base while the new one is read. If the new one has an
//! error, the old one stays.

use std::sync::Arc;
use std::time::Instant;

use super::app::App;
use super::bases::{Answering, BaseSlot, Bases, log_refusal};
use super::loaded::LoadedBase;
use super::servers::Servers;
use crate::telemetry::metrics::RELOADS;
use crate::telemetry::milliseconds;
use footnote_knowledge::LoadError;
use footnote_knowledge::diagnostic::Severity;

/// What it takes to replace a base of a running bot.
#[derive(Debug, Clone)]
pub struct Reloader {
    bases: Arc<Bases>,
    slot: Arc<BaseSlot>,
}

/// What it takes to replace any base of a running bot.
#[derive(Debug, Clone)]
pub struct Reloaders {
    servers: Arc<Servers>,
}

/// The result of replacing a base.
#[derive(Debug)]
pub(super) struct Reloaded {
    /// The one before, if there was one.
    pub(super) before: Option<Arc<LoadedBase>>,
    pub(super) now: Arc<LoadedBase>,
    pub(super) milliseconds: u64,
    pub(super) warnings: usize,
}

impl Reloader {
    /// Replaces a base of this bot.
    pub(super) fn of_slot(app: &App, slot: &Arc<BaseSlot>) -> Self {
        Self { bases: Arc::clone(&app.servers.bases), slot: Arc::clone(slot) }
    }

    /// Whose own base it replaces; `None` if it is that of most servers.
    #[must_use]
    pub fn server(&self) -> Option<u64> {
        self.slot.server
    }

    /// Loads the folders as soon as no other work on the base is running, if the base is there. The
    /// log says how it ended. One that is not there is read when somebody asks.
    pub async fn reload(&self) {
        let reloader = self.clone();
        let work = move || {
            if reloader.slot.is_held(&reloader.bases) {
                // What went wrong is in the log.
                let _ = reloader.load();
            } else {
                reloader.slot.forgive();
            }
        };
        let _ = self.slot.turn.wait_and_work(work).await;
    }

    /// Loads the folders, calibrates the search on their base and makes it the newest. Blocks.
    pub(super) fn load(&self) -> Result<Reloaded, LoadError> {
        let started = Instant::now();
        let server = self.slot.server;
        let (before, now) = self.slot.load_anew(&self.bases).inspect_err(|error| {
            RELOADS.add(1, &["refused"]);
            log_refusal(error, server, true);
        })?;
        RELOADS.add(1, &["loaded"]);
        let milliseconds = milliseconds(started.elapsed());
        let (entries, sources) = now.size();
        tracing::info!(server, entries, sources, ms = milliseconds, "knowledge base reloaded");
        let warnings = now.answerer.warnings().count(Severity::Warning);
        Ok(Reloaded { before, now, milliseconds, warnings })
    }
}

impl Reloaders {
    /// Replaces the bases of this bot.
    #[must_use]
    pub fn of(app: &App) -> Self {
        Self { servers: Arc::clone(&app.servers) }
    }

    /// From the next load on, bases are asked in this way, unless their server has a way of its
    /// own.
    pub fn answer_as(&self, answering: Answering) {
        self.servers.answer_as(answering);
    }

    /// All of them, that of most servers first.
    #[must_use]
    pub fn all(&self) -> Vec<Reloader> {
        let slots = [&self.servers.default().slot].into_iter().chain(self.servers.own_bases());
        slots.map(|slot| Reloader { bases: Arc::clone(&self.servers.bases), slot: Arc::clone(slot) }).collect()
    }
}
