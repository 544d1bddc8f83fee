//! A fault of the journal that shows only while the bot runs, and that waiting does not cure.

use std::sync::{Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use super::error::JournalError;

/// Whether there is such a fault, and which.
#[derive(Debug, Default)]
pub(super) struct Fault {
    error: Mutex<Option<JournalError>>,
    has_happened: CancellationToken,
}

impl Fault {
    pub(super) fn report(&self, error: JournalError) {
        *self.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        self.has_happened.cancel();
    }

    pub(super) async fn wait(&self) {
        self.has_happened.cancelled().await;
    }

    pub(super) fn take(&self) -> Option<JournalError> {
        self.error.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
