//! Waits until a file of the base is saved.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::base::BaseFolders;
use footnote_knowledge::CALIBRATION_FILE;
use notify_debouncer_full::notify::{self, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};

use crate::cli::file_events::is_change;

/// How long files have to rest before they are read: programs write a file in several steps, and
/// who saves wants to see what it does.
const REST: Duration = Duration::from_millis(150);

/// Says when something in a folder has changed.
pub(super) struct Watch {
    changed: Receiver<()>,
    /// Stops watching when it is dropped.
    _debouncer: Debouncer<RecommendedWatcher, NoCache>,
}

impl Watch {
    /// Watches the folders from now on. What `check` itself writes does not count.
    pub(super) fn start(folders: &BaseFolders) -> notify::Result<Self> {
        let (sender, changed) = channel();
        let handle = move |result: DebounceEventResult| {
            let matters = |path: &Path| path.file_name().is_none_or(|name| name != CALIBRATION_FILE);
            if is_change(&result, matters) {
                // Fails when nobody waits any more.
                let _ = sender.send(());
            }
        };
        let mut debouncer = new_debouncer_opt(REST, None, handle, NoCache, notify::Config::default())?;
        for folder in folders.now().all() {
            debouncer.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Self { changed, _debouncer: debouncer })
    }

    /// Waits for a change. Several at once count as one.
    pub(super) fn wait(&self) {
        // Fails only if the watcher is gone, and it lives as long as this does.
        let _ = self.changed.recv();
        while self.changed.try_recv().is_ok() {}
    }
}
