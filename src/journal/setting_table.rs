//! The statements on what servers' managers have changed.
//!
//! The SQL is common to SQLite and PostgreSQL. A server is Discord's id as a signed integer; see
//! `migrations/`.

use futures_util::FutureExt;

use super::error::JournalError;
use super::statement::statement;
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// What somebody has changed in a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSetting {
    /// The server's id.
    pub server: u64,
    /// The name of the setting.
    pub setting: String,
    /// A word, or an id.
    pub value: String,
}

impl Store {
    /// What has been changed in all servers.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn settings(&self) -> Result<Vec<ChangedSetting>, JournalError> {
        let found = self.transaction(Access::Read, async |connection| {
            let select = statement(
                "SELECT server, setting, value FROM server_settings
                 ORDER BY server, setting",
            );
            select.fetch_all::<(i64, String, String)>(connection).await
        });
        let rows = self.promptly(found.boxed()).await?.into_iter();
        let changed = |(server, setting, value): (i64, String, String)| ChangedSetting {
            server: server.cast_unsigned(),
            setting,
            value,
        };
        Ok(rows.map(changed).collect())
    }

    /// Changes settings of a server, all or none; without a value, one is again as it is
    /// configured.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn change_settings(&self, server: u64, changes: &[(&str, Option<String>)]) -> Result<(), JournalError> {
        let written = self.transaction(Access::Write, async |connection| {
            for (setting, value) in changes {
                let Some(value) = value else {
                    let delete = statement(
                        "DELETE FROM server_settings
                         WHERE server = $1 AND setting = $2",
                    );
                    delete.bind(server.cast_signed()).bind(*setting).execute(connection).await?;
                    continue;
                };
                let insert = statement(
                    "INSERT INTO server_settings (server, setting, value, changed_at)
                     VALUES ($1, $2, $3, $4)
                     ON CONFLICT (server, setting) DO UPDATE SET
                         value = excluded.value,
                         changed_at = excluded.changed_at",
                );
                let insert = insert.bind(server.cast_signed()).bind(*setting).bind(value.as_str());
                insert.bind(Timestamp::now().0).execute(connection).await?;
            }
            Ok(())
        });
        self.promptly(written.boxed()).await
    }
}
