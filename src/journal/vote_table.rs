//! The statements on votes, and on the key of members' hashes.
//!
//! The SQL is common to SQLite and PostgreSQL. A server is Discord's id as a signed integer, with
//! 0 for none; see `migrations/`.

use futures_util::{FutureExt, TryStreamExt};
use serde::Serialize;

use super::draft_table::{forget_author, forget_authors};
use super::error::JournalError;
use super::key::MemberKey;
use super::link_table::forget_links_of;
use super::statement::{Connection, server, statement};
use super::store::{Access, Store};
use super::timestamp::Timestamp;
use super::vote::HashedVote;

/// How an entry was voted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoteSummary {
    /// The entry's id.
    pub entry: String,
    /// The server whose own base has it; `None` for the base of all that have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// How many members found it helpful.
    pub helpful: u64,
    /// How many members found it not helpful.
    pub unhelpful: u64,
    /// When the last vote was given.
    pub last_voted: Timestamp,
}

impl Store {
    /// Refuses a key that does not match the stored votes. If there are no votes, remembers the
    /// key.
    ///
    /// # Errors
    ///
    /// [`JournalError::OtherKey`], or [`JournalError::Database`] if the database cannot be read
    /// or written.
    pub async fn claim_for(&self, key: &MemberKey) -> Result<(), JournalError> {
        let is_ours = self.early_transaction(Access::Write, async |connection| {
            if is_claimed_by(connection, key).await? {
                return Ok(true);
            }
            if has_votes(connection).await? {
                return Ok(false);
            }
            // They were hashed with the former key, too.
            statement("DELETE FROM gap_askers").execute(connection).await?;
            statement("DELETE FROM gap_quota").execute(connection).await?;
            statement("DELETE FROM gap_links").execute(connection).await?;
            forget_authors(connection).await?;
            statement(
                "INSERT INTO member_key (id, fingerprint) VALUES (1, $1)
                 ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint",
            )
            .bind(key.fingerprint())
            .execute(connection)
            .await?;
            Ok(true)
        });
        if is_ours.await? { Ok(()) } else { Err(self.other_key()) }
    }

    /// For use without a key: fails if there are votes, because nobody could find a member's.
    ///
    /// # Errors
    ///
    /// [`JournalError::OtherKey`], or [`JournalError::Database`] if the database cannot be read.
    pub async fn refuse_votes(&self) -> Result<(), JournalError> {
        if self.transaction(Access::Read, has_votes).await? { Err(self.other_key()) } else { Ok(()) }
    }

    /// The votes on each entry that has any, by id.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be read.
    pub async fn votes(&self) -> Result<Vec<VoteSummary>, JournalError> {
        self.transaction(Access::Read, vote_summaries).await
    }

    /// Deletes all votes of a member, their drafts that are not in the base, and that they asked
    /// any question, where they did, or wrote any draft, also from the write-ahead log. The
    /// questions stay: nothing in them says who asked. Returns how many votes there were.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written, [`JournalError::NotErased`] if
    /// the log still has them.
    pub async fn forget(&self, member: u64, key: &MemberKey) -> Result<u64, JournalError> {
        let deleted = self.transaction(Access::Write, async |connection| {
            forget_asker(connection, member, key).await?;
            forget_links_of(connection, member, key).await?;
            forget_author(connection, &key.author(member)).await?;
            let votes = statement("DELETE FROM votes WHERE member = $1").bind(key.hash(member).bytes());
            votes.execute(connection).await
        });
        let deleted = deleted.await?;
        self.clear_away().await?;
        Ok(deleted)
    }

    /// Writes all the votes, or none.
    pub(super) async fn write_votes(&self, votes: &[HashedVote], key: &MemberKey) -> Result<(), JournalError> {
        let written = self.transaction(Access::Write, async |connection| {
            if !is_claimed_by(connection, key).await? {
                return Ok(false);
            }
            for HashedVote { vote, member } in votes {
                statement(
                    "INSERT INTO votes (member, base, entry, helpful, server, voted_at)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (member, base, entry) DO UPDATE SET
                         helpful = excluded.helpful,
                         server = excluded.server,
                         voted_at = excluded.voted_at",
                )
                .bind(member.bytes())
                .bind(vote.base.unwrap_or_default().cast_signed())
                .bind(vote.entry.as_str())
                .bind(vote.helpful)
                .bind(vote.server.unwrap_or_default().cast_signed())
                .bind(vote.at.0)
                .execute(connection)
                .await?;
            }
            Ok(true)
        });
        if self.promptly(written.boxed()).await? { Ok(()) } else { Err(self.other_key()) }
    }
}

/// Whether the hashes in the journal are made with this key. Another process may have made the
/// journal its own since this one opened it.
pub(super) async fn is_claimed_by(connection: &mut Connection, key: &MemberKey) -> sqlx::Result<bool> {
    let known = statement("SELECT fingerprint FROM member_key").fetch_optional::<(String,)>(connection).await?;
    Ok(known.is_some_and(|(known,)| known == key.fingerprint()))
}

async fn has_votes(connection: &mut Connection) -> sqlx::Result<bool> {
    Ok(statement("SELECT EXISTS (SELECT 1 FROM votes)").fetch_one::<(bool,)>(connection).await?.0)
}

/// A member's hash is different in each group, so all rows have to be compared.
async fn forget_asker(connection: &mut Connection, member: u64, key: &MemberKey) -> sqlx::Result<()> {
    let mut found: Vec<(i64, String, Vec<u8>)> = Vec::new();
    let mut askers =
        statement("SELECT server, group_key, asker FROM gap_askers").fetch::<(i64, String, Vec<u8>)>(connection);
    while let Some((server, group, asker)) = askers.try_next().await? {
        if asker == key.asker(member, server, &group) {
            found.push((server, group, asker));
        }
    }
    drop(askers);
    for (server, group, asker) in found {
        let delete = statement(
            "DELETE FROM gap_askers
             WHERE server = $1 AND group_key = $2 AND asker = $3",
        );
        delete.bind(server).bind(group).bind(asker).execute(connection).await?;
    }
    let today = Timestamp::now().day();
    let delete = statement("DELETE FROM gap_quota WHERE day = $1 AND member = $2");
    delete.bind(today).bind(key.on_day(member, today).as_slice()).execute(connection).await?;
    Ok(())
}

/// The summary of the votes on each entry, by id.
pub(super) async fn vote_summaries(connection: &mut Connection) -> sqlx::Result<Vec<VoteSummary>> {
    let rows = statement(
        "SELECT entry, base, COUNT(CASE WHEN helpful THEN 1 END), COUNT(*), MAX(voted_at)
         FROM votes GROUP BY entry, base ORDER BY entry, base",
    )
    .fetch_all::<(String, i64, i64, i64, i64)>(connection)
    .await?;
    let summary = |(entry, base, helpful, all, last): (String, i64, i64, i64, i64)| VoteSummary {
        entry,
        base: server(base),
        helpful: helpful.cast_unsigned(),
        unhelpful: (all - helpful).cast_unsigned(),
        last_voted: Timestamp(last),
    };
    Ok(rows.into_iter().map(summary).collect())
}
