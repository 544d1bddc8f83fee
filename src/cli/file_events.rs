//! What an event of the files that are watched means: whether something may have changed.

use std::path::{Path, PathBuf};

use notify_debouncer_full::DebounceEventResult;

/// The paths that an event says may have changed; `None` if events were lost, so that anything may
/// have.
pub(super) fn changed(result: &DebounceEventResult) -> Option<impl Iterator<Item = &Path>> {
    let events = result.as_ref().ok()?;
    let changes = events.iter().filter(|event| !event.kind.is_access());
    Some(changes.flat_map(|event| event.paths.iter().map(PathBuf::as_path)))
}

/// Whether an event says that a file that matters may have changed. Reading the files is an event
/// too, and no change; if events were lost, anything may have changed.
pub(super) fn is_change(result: &DebounceEventResult, matters: impl Fn(&Path) -> bool) -> bool {
    changed(result).is_none_or(|mut paths| paths.any(matters))
}
