//! The statements on drafts.
//!
//! A draft passes from one state to the next by a statement that names both, so of two people who
//! decide on it at once, one decides. The SQL is common to SQLite and PostgreSQL; see
//! `migrations/`.

use futures_util::{FutureExt, TryStreamExt};
use serde_json::Value;

use super::draft::{Draft, DraftState, NewDraft};
use super::error::JournalError;
use super::key::MemberHash;
use super::statement::{Connection, statement};
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// How many drafts a list has at most.
const MAX_LISTED: i64 = 200;

/// What stands before the name of a suggestion, where a group of questions has only its name.
const SUGGESTION: &str = "suggestion:";

type DraftRow = (String, String, Vec<u8>, String, i64, String, String, String, i64);

/// A state that this version does not know counts as taken back: nothing more can be done with it.
impl From<DraftRow> for Draft {
    fn from((id, change, author, role, member, origin, state, reason, changed_at): DraftRow) -> Self {
        let suggestion = origin.strip_prefix(SUGGESTION).map(str::to_owned);
        Self {
            id,
            change,
            author,
            role,
            member: Some(member.cast_unsigned()).filter(|id| *id != 0),
            group: Some(origin).filter(|group| suggestion.is_none() && !group.is_empty()),
            suggestion,
            state: state.parse().unwrap_or(DraftState::Withdrawn),
            reason,
            changed_at: Timestamp(changed_at),
        }
    }
}

impl Store {
    /// Keeps a draft of a member whose id has this hash, under this id.
    pub(super) async fn add_draft(&self, new: &NewDraft, id: &str, author: MemberHash) -> Result<(), JournalError> {
        let suggestion = new.suggestion.as_ref().map(|name| format!("{SUGGESTION}{name}"));
        let origin = new.group.clone().or(suggestion).unwrap_or_default();
        let added = self.transaction(Access::Write, async |connection| {
            let insert = statement(
                "INSERT INTO drafts (id, server, change, author, author_role, author_id, group_key,
                     state, reason, made_at, changed_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $9)",
            );
            insert
                .bind(id)
                .bind(new.server.cast_signed())
                .bind(new.change.as_str())
                .bind(author.bytes())
                .bind(new.role.as_str())
                .bind(if new.keeps_id { new.member.cast_signed() } else { 0 })
                .bind(origin.as_str())
                .bind(<&str>::from(DraftState::Open))
                .bind(Timestamp::now().0)
                .execute(connection)
                .await
        });
        self.promptly(added.boxed()).await.map(drop)
    }

    /// A draft of this server.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn draft(&self, id: &str, server: u64) -> Result<Option<Draft>, JournalError> {
        let found = self.transaction(Access::Read, async |connection| {
            let select = statement(
                "SELECT id, change, author, author_role, author_id, group_key, state, reason,
                     changed_at
                 FROM drafts WHERE id = $1 AND server = $2",
            );
            select.bind(id).bind(server.cast_signed()).fetch_optional::<DraftRow>(connection).await
        });
        Ok(self.promptly(found.boxed()).await?.map(Draft::from))
    }

    /// The drafts of a server that wait for approval or were refused, and those that the member
    /// with this hash has not submitted, those first that were touched first.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn drafts(&self, server: u64, author: &MemberHash) -> Result<Vec<Draft>, JournalError> {
        let found = self.transaction(Access::Read, async |connection| {
            let select = statement(
                "SELECT id, change, author, author_role, author_id, group_key, state, reason,
                     changed_at
                 FROM drafts WHERE server = $1
                     AND (state IN ('submitted', 'refused') OR (state = 'open' AND author = $3))
                 ORDER BY changed_at, change, id LIMIT $2",
            );
            select
                .bind(server.cast_signed())
                .bind(MAX_LISTED)
                .bind(author.bytes())
                .fetch_all::<DraftRow>(connection)
                .await
        });
        Ok(self.promptly(found.boxed()).await?.into_iter().map(Draft::from).collect())
    }

    /// Gives a draft that is in this state another change, and opens it again. Returns whether it
    /// was.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn edit_draft(
        &self,
        id: &str,
        server: u64,
        from: DraftState,
        change: &str,
    ) -> Result<bool, JournalError> {
        let edited = self.transaction(Access::Write, async |connection| {
            let update = statement(
                "UPDATE drafts SET change = $1, changed_at = $2, state = 'open', reason = ''
                 WHERE id = $3 AND server = $4 AND state = $5",
            );
            let update = update.bind(change).bind(Timestamp::now().0).bind(id).bind(server.cast_signed());
            update.bind(<&str>::from(from)).execute(connection).await
        });
        Ok(self.promptly(edited.boxed()).await? > 0)
    }

    /// Takes a draft from one state to another, with the reason if it is refused. Returns whether
    /// it was in the first.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn move_draft(
        &self,
        id: &str,
        server: u64,
        (from, to): (DraftState, DraftState),
        reason: &str,
    ) -> Result<bool, JournalError> {
        let moved = self.transaction(Access::Write, async |connection| {
            let update = statement(
                "UPDATE drafts SET state = $1, reason = $2, changed_at = $3
                 WHERE id = $4 AND server = $5 AND state = $6",
            );
            let update = update.bind(<&str>::from(to)).bind(reason).bind(Timestamp::now().0);
            update.bind(id).bind(server.cast_signed()).bind(<&str>::from(from)).execute(connection).await
        });
        Ok(self.promptly(moved.boxed()).await? > 0)
    }
}

/// Deletes what a member has not finished or what waits, and forgets who wrote the rest.
pub(super) async fn forget_author(connection: &mut Connection, author: &MemberHash) -> sqlx::Result<()> {
    let delete = statement(
        "DELETE FROM drafts
         WHERE author = $1 AND state IN ('open', 'submitted')",
    );
    delete.bind(author.bytes()).execute(connection).await?;
    let rest = statement("UPDATE drafts SET author = $1, author_id = 0 WHERE author = $2");
    rest.bind(Vec::<u8>::new()).bind(author.bytes()).execute(connection).await?;
    Ok(())
}

/// Forgets all authors, because their hashes were made with another key.
pub(super) async fn forget_authors(connection: &mut Connection) -> sqlx::Result<()> {
    statement("UPDATE drafts SET author = $1").bind(Vec::<u8>::new()).execute(connection).await?;
    Ok(())
}

/// Deletes the drafts that have a text that `is_wanted` accepts.
pub(super) async fn delete_drafts_with(
    connection: &mut Connection,
    is_wanted: impl Fn(&str) -> bool,
) -> sqlx::Result<()> {
    let mut found: Vec<String> = Vec::new();
    let mut drafts = statement("SELECT id, change FROM drafts").fetch::<(String, String)>(connection);
    while let Some((id, change)) = drafts.try_next().await? {
        let change: Value = serde_json::from_str(&change).unwrap_or_default();
        if has_text(&change, &is_wanted) {
            found.push(id);
        }
    }
    drop(drafts);
    for id in found {
        statement("DELETE FROM drafts WHERE id = $1").bind(id).execute(connection).await?;
    }
    Ok(())
}

/// Whether a draft's change has a text that `is_wanted` accepts.
pub fn has_text(value: &Value, is_wanted: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is_wanted(text),
        Value::Array(items) => items.iter().any(|item| has_text(item, is_wanted)),
        Value::Object(fields) => fields.values().any(|field| has_text(field, is_wanted)),
        _ => false,
    }
}
