//! What an event of the files that are watched means: whether something may have changed.

use std::path::Path;

use notify_debouncer_full::DebounceEventResult;

/// Whether an event says that a file that matters may have changed. Reading the files is an event
/// too, and no change; if events were lost, anything may have changed.
pub(super) fn is_change(result: &DebounceEventResult, matters: impl Fn(&Path) -> bool) -> bool {
    let Ok(events) = result else { return true };
    let mut changes = events.iter().filter(|event| !event.kind.is_access());
    changes.any(|event| event.paths.iter().any(|path| matters(path)))
}
