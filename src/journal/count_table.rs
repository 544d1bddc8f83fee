//! The statements that store counts.

use futures_util::FutureExt;

use super::error::JournalError;
use super::statement::{Connection, statement};
use super::store::{Access, Store};
use super::tally::Tallied;

impl Store {
    /// Adds all the counts, or none.
    pub(super) async fn write_counts(&self, counts: &[(Tallied, i64)]) -> Result<(), JournalError> {
        let written = self.transaction(Access::Write, async |connection| {
            for (tallied, times) in counts {
                add_count(connection, tallied, *times).await?;
            }
            Ok(())
        });
        self.patiently(written.boxed()).await
    }
}

pub(super) async fn add_count(connection: &mut Connection, tallied: &Tallied, times: i64) -> sqlx::Result<()> {
    statement(
        "INSERT INTO counts (server, day, event, entry, times) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (server, day, event, entry) DO UPDATE SET
             times = counts.times + excluded.times",
    )
    .bind(tallied.server)
    .bind(tallied.day)
    .bind(tallied.event.label())
    .bind(tallied.entry.as_str())
    .bind(times)
    .execute(connection)
    .await?;
    Ok(())
}
