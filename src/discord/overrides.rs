//! What those who manage servers have changed there: read from the journal, and put above what the
//! operator has configured.
//!
//! Replicas share a journal, so what one of them changes, the others find when they next look.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::app::App;
use super::servers::Servers;
use crate::journal::{Journal, JournalError, Store};
use crate::language::Language;
use crate::telemetry::with_causes;

/// How often the journal is looked at for what other replicas have changed.
const PERIOD: Duration = Duration::from_secs(30);

/// The value of a setting, as the journal keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Override {
    /// On or off.
    Flag(bool),
    /// A role's id.
    Role(u64),
    /// A language.
    Language(Language),
    /// A confidence, 0 to 1.
    Confidence(f32),
    /// The ids of channels.
    Channels(Vec<u64>),
}

impl fmt::Display for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(true) => f.write_str("on"),
            Self::Flag(false) => f.write_str("off"),
            Self::Role(role) => role.fmt(f),
            Self::Language(language) => f.write_str(language.tag()),
            Self::Confidence(confidence) => confidence.fmt(f),
            Self::Channels(channels) => {
                let channels: Vec<String> = channels.iter().map(ToString::to_string).collect();
                f.write_str(&channels.join(" "))
            }
        }
    }
}

/// Where the changes are kept, and where they count.
#[derive(Debug, Clone)]
pub struct Overrides {
    store: Store,
    servers: Arc<Servers>,
}

impl Overrides {
    /// Those of this bot.
    #[must_use]
    pub fn of(app: &App, journal: &Journal) -> Self {
        Self { store: journal.store().clone(), servers: Arc::clone(&app.servers) }
    }

    /// Reads them, and lets them count.
    pub(super) async fn read(&self) -> Result<(), JournalError> {
        let changed = self.store.settings().await?;
        self.servers.change(&changed);
        Ok(())
    }

    /// Reads them again and again. Never ends.
    pub async fn follow(self) {
        loop {
            self.try_to_read().await;
            sleep(PERIOD).await;
        }
    }

    /// Reads them if they can be read.
    pub async fn try_to_read(&self) {
        if let Err(error) = self.read().await {
            tracing::debug!(error = with_causes(&error), "cannot read the settings of servers");
        }
    }
}
