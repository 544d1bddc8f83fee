//! `/reload`: reads the knowledge base from its folder again, without a restart.
//!
//! Interactions continue with the old base while the new one is read. If the new one has an
//! error, the old one stays.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;
use async_trait::async_trait;

use super::command::{Audience, Command, Definition};
use super::owners::{self, Notices};
use crate::calibration::Renewal;
use crate::discord::app::{Context, LoadedBase};
use crate::discord::incoming::Call;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::markdown::escape;
use crate::discord::view::message::{BLUE, Card};
use crate::discord::view::report;
use crate::telemetry::metrics::RELOADS;
use footnote_knowledge::LoadError;
use footnote_knowledge::diagnostic::Severity;
use footnote_knowledge::text::counted;

static DEFINITION: Definition =
    Definition::typed("reload", "Reload my knowledge base (for the application's owners)", Audience::Owners);

const STAYS: &str = "Nothing has changed: I still use the previous base.";
const NOTICES: Notices = Notices {
    goes_on: "Still loading. `/about` shows when the new base is in use. If it has an error, I \
        keep the current base, and `footnote check` shows what is wrong.",
    broken: "The reload crashed; see the log. I still use the previous base.",
};

pub(super) struct Reload;

#[async_trait]
impl Command for Reload {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    async fn run(&self, context: &Context<'_>, call: &Call) -> Response {
        let (newest, folder) = (Arc::clone(&context.app.newest), Arc::clone(&context.app.knowledge));
        let unanswerable = context.app.unanswerable;
        let work = move || reload(&newest, &folder, unanswerable);
        owners::respond(context, call, NOTICES, work, |result| match result {
            Ok(reloaded) => reloaded.response(),
            Err(error) => failure(&error),
        })
        .await
    }
}

/// The result of replacing a base.
#[derive(Debug)]
struct Reloaded {
    before: Arc<LoadedBase>,
    now: Arc<LoadedBase>,
    milliseconds: u128,
    warnings: usize,
}

/// Loads the folder, calibrates the search on its base and makes it the newest. Blocks.
fn reload(newest: &ArcSwap<LoadedBase>, folder: &Path, unanswerable: f32) -> Result<Reloaded, LoadError> {
    let started = Instant::now();
    let thresholds = newest.load().answerer.thresholds();
    let base = footnote_knowledge::load(folder).inspect_err(|error| {
        tracing::warn!(%error, "knowledge base not reloaded");
        RELOADS.add(1, &["refused"]);
    })?;
    let calibration = Renewal::of(&base, folder, unanswerable);
    calibration.log();
    let now = Arc::new(LoadedBase::new(calibration.weighing.answerer(base, thresholds)));
    let before = newest.swap(Arc::clone(&now));
    before.retire(&now);
    RELOADS.add(1, &["loaded"]);
    let milliseconds = started.elapsed().as_millis();
    let (entries, sources) = size(&now);
    tracing::info!(entries, sources, ms = milliseconds, "knowledge base reloaded");
    let warnings = now.answerer.warnings().count(Severity::Warning);
    Ok(Reloaded { before, now, milliseconds, warnings })
}

/// How many entries and sources a base has.
fn size(loaded: &LoadedBase) -> (usize, usize) {
    let base = loaded.answerer.base();
    (base.entries.len(), base.sources.len())
}

impl Reloaded {
    fn response(&self) -> Response {
        let ((entries, sources), (entries_before, sources_before)) = (size(&self.now), size(&self.before));
        let warnings = match self.warnings {
            0 => "No warnings.".to_owned(),
            some => format!("{}: `/check` shows what to fix.", counted(some, "warning")),
        };
        let text = format!(
            "{} from {} (before: {entries_before} from {sources_before}). \
             It took {} ms. {warnings}",
            counted(entries, "entry"),
            counted(sources, "source"),
            self.milliseconds,
        );
        Response::message(Card::new("Knowledge base reloaded", &text, BLUE).private(true), Outcome::Reloaded)
    }
}

fn failure(error: &LoadError) -> Response {
    let card = match error {
        LoadError::Invalid { diagnostics, .. } => {
            let title = format!("Not reloaded: {}", diagnostics.totals());
            report::card(&title, STAYS, diagnostics)
        }
        LoadError::Folder { .. } => Card::notice(&format!("{}\n\n{STAYS}", escape(&error.to_string()))),
    };
    Response::message(card, Outcome::NotReloaded)
}
