//! What becomes of the journal's rows when an approved change is in the base.

use futures_util::FutureExt;

use super::draft::{Draft, DraftState};
use super::error::JournalError;
use super::gap_table::mark_group_done;
use super::statement::statement;
use super::store::{Access, Store};
use super::timestamp::Timestamp;

impl Store {
    /// A draft's change is in the base: it waits no longer, the questions of these groups are done,
    /// and those who asked them are to be told of this entry. All of it or nothing.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn settle(&self, draft: &Draft, server: u64, entry: &str, groups: &[String]) -> Result<(), JournalError> {
        let settled = self.transaction(Access::Write, async |connection| {
            let update = statement(
                "UPDATE drafts SET state = $1, reason = '', changed_at = $2
                 WHERE id = $3 AND server = $4 AND state = $5",
            );
            let update = update.bind(<&str>::from(DraftState::Approved)).bind(Timestamp::now().0);
            let update = update.bind(draft.id.as_str()).bind(server.cast_signed());
            update.bind(<&str>::from(draft.state)).execute(connection).await?;
            for group in groups {
                let due = statement(
                    "UPDATE gap_links SET entry = $1
                     WHERE server = $2 AND group_key = $3 AND entry = ''",
                );
                due.bind(entry).bind(server.cast_signed()).bind(group.as_str()).execute(connection).await?;
                mark_group_done(connection, group, server.cast_signed()).await?;
            }
            Ok(())
        });
        self.promptly(settled.boxed()).await
    }
}
