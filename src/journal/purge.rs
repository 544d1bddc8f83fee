//! Deleting what is old.

use super::error::JournalError;
use super::gap_table::delete_orphaned_askers;
use super::statement::statement;
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// What a purge deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purged {
    /// How many different questions. One that was asked in two servers counts twice.
    pub gaps: u64,
    /// How many votes.
    pub votes: u64,
    /// How many drafts.
    pub drafts: u64,
    /// How many picks: a question with an entry counts once for each kind and server.
    pub picks: u64,
    /// How many counts of a day.
    pub counts: u64,
}

impl Store {
    /// Deletes the questions and choices that happened last, the votes and counts, and the drafts
    /// that were last touched, at this time or earlier, also from the write-ahead log.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written; then nothing is deleted.
    /// [`JournalError::NotErased`] if the log still has what was deleted.
    pub async fn purge(&self, until: Timestamp) -> Result<Purged, JournalError> {
        let purged = self.transaction(Access::Write, async |connection| {
            let gaps = statement("DELETE FROM gaps WHERE last_seen <= $1");
            let gaps = gaps.bind(until.0).execute(connection).await?;
            let votes = statement("DELETE FROM votes WHERE voted_at <= $1");
            let votes = votes.bind(until.0).execute(connection).await?;
            let drafts = statement("DELETE FROM drafts WHERE changed_at <= $1");
            let drafts = drafts.bind(until.0).execute(connection).await?;
            let picks = statement("DELETE FROM picks WHERE last_seen <= $1");
            let picks = picks.bind(until.0).execute(connection).await?;
            let counts = statement("DELETE FROM counts WHERE day <= $1");
            let counts = counts.bind(until.day()).execute(connection).await?;
            delete_orphaned_askers(connection).await?;
            Ok(Purged { gaps, votes, drafts, picks, counts })
        });
        let purged = purged.await?;
        self.clear_away().await?;
        Ok(purged)
    }
}
