//! Holds back the answers to callbacks and to posts in channels, so that a test can look at a bot
//! with work in flight.

use std::sync::Arc;

use super::state::Shared;

/// Holds the answers to callbacks and posts back; dropped, it lets them go.
#[must_use = "the callbacks are answered as soon as this is dropped"]
pub struct HeldCallbacks {
    shared: Arc<Shared>,
}

impl HeldCallbacks {
    /// Holds from now on; several hands may hold at once.
    pub(crate) fn hold(shared: &Arc<Shared>) -> Self {
        shared.change(|state| state.holds += 1);
        let shared = Arc::clone(shared);
        Self { shared }
    }

    /// Lets the answers go.
    pub fn release(self) {
        drop(self);
    }
}

impl Drop for HeldCallbacks {
    fn drop(&mut self) {
        self.shared.change(|state| state.holds -= 1);
    }
}
