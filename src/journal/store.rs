//! Every statement on the journal's database, and nothing of queues or of when to write.
//!
//! The SQL is that which SQLite and PostgreSQL share. A server is Discord's id as a signed integer,
//! 0 for none; see `migrations/`.

mod export;

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, Sqlite, SqliteConnection, SqlitePool};

use super::key::MemberKey;
use super::writer::PendingVote;
use super::{Gap, JournalError, Timestamp, schema};
pub use export::{ExportError, Record};

/// How many wordings of a group are shown; more tell a curator nothing new.
const MAX_WORDINGS: u32 = 5;
/// Takes the right to write at once. A transaction that first reads and then wants to write could
/// be refused without a wait.
const BEGIN: &str = "BEGIN IMMEDIATE";

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many to leave out.
    pub offset: u32,
    /// How many to give at most.
    pub limit: u32,
}

/// Questions without an answer, the most asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapPage {
    /// Those of the page.
    pub groups: Vec<GapGroup>,
    /// How many groups there are on all pages.
    pub total: u64,
}

/// Questions without an answer that ask for the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapGroup {
    /// What to call the group, 16 hexadecimal digits.
    pub group: String,
    /// How often it was asked since it was last marked as done.
    pub asked: u64,
    /// When it was asked for the first time.
    pub first_seen: Timestamp,
    /// When it was last asked.
    pub last_seen: Timestamp,
    /// How it was asked, as someone typed it, the most frequent wording first; at most five, at
    /// least one.
    pub wordings: Vec<String>,
}

/// How an entry was voted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoteSummary {
    /// The entry's id.
    pub entry: String,
    /// How many members found it helpful.
    pub helpful: u64,
    /// How many members found it not helpful.
    pub unhelpful: u64,
    /// When the last vote was given.
    pub last_voted: Timestamp,
}

/// What a purge deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// How many different questions, in each server by themselves.
    pub gaps: u64,
    /// How many votes.
    pub votes: u64,
}

/// The database of a journal. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    path: Arc<Path>,
}

impl Store {
    /// Opens a database, which is created where it is missing.
    ///
    /// # Errors
    ///
    /// [`JournalError`] where the file or what is in it cannot be used.
    pub async fn create(path: &Path) -> Result<Self, JournalError> {
        schema::create_file(path)?;
        Ok(Self { pool: schema::connect(path).await?, path: path.into() })
    }

    /// Opens a database that must be there.
    ///
    /// # Errors
    ///
    /// [`JournalError`] where there is none, or the file or what is in it cannot be used.
    pub async fn open(path: &Path) -> Result<Self, JournalError> {
        schema::find_file(path)?;
        Ok(Self { pool: schema::connect(path).await?, path: path.into() })
    }

    /// Closes the connections. What is asked of the database later fails.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Refuses a key under which the votes that are there cannot be found, and remembers it where
    /// there are none.
    ///
    /// # Errors
    ///
    /// [`JournalError::OtherKey`], or [`JournalError::Database`] where the database cannot be read
    /// or written.
    pub async fn claim_for(&self, key: &MemberKey) -> Result<(), JournalError> {
        let is_ours = self.claim(&key.fingerprint()).await.map_err(|error| self.error(error))?;
        if is_ours { Ok(()) } else { Err(JournalError::OtherKey { path: self.path.to_path_buf() }) }
    }

    /// Refuses votes that are there although no key is: nobody could find a member's.
    ///
    /// # Errors
    ///
    /// [`JournalError::OtherKey`], or [`JournalError::Database`] where the database cannot be read.
    pub async fn refuse_votes(&self) -> Result<(), JournalError> {
        let votes: sqlx::Result<i64> = sqlx::query_scalar("SELECT COUNT(*) FROM votes").fetch_one(&self.pool).await;
        match votes.map_err(|error| self.error(error))? {
            0 => Ok(()),
            _ => Err(JournalError::OtherKey { path: self.path.to_path_buf() }),
        }
    }

    /// The groups of questions without an answer, asked in a server or, with `None`, anywhere: the
    /// most asked first, then the latest.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] where the database cannot be read.
    pub async fn gaps(&self, server: Option<u64>, page: Page) -> Result<GapPage, JournalError> {
        self.read_gaps(server, page).await.map_err(|error| self.error(error))
    }

    /// Marks a group as done, in a server or, with `None`, everywhere: it is not listed until it is
    /// asked again, and is then counted anew. Whether there was such a group.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] where the database cannot be written.
    pub async fn mark_done(&self, group: &str, server: Option<u64>) -> Result<bool, JournalError> {
        let marked = sqlx::query(
            "UPDATE gaps SET done_at = $1
             WHERE group_key = $2 AND done_at IS NULL AND (CAST($3 AS BIGINT) IS NULL OR server = $3)",
        )
        .bind(Timestamp::now().0)
        .bind(group)
        .bind(server.map(u64::cast_signed))
        .execute(&self.pool)
        .await;
        Ok(marked.map_err(|error| self.error(error))?.rows_affected() > 0)
    }

    /// How each entry that was voted on was judged, by id.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] where the database cannot be read.
    pub async fn votes(&self) -> Result<Vec<VoteSummary>, JournalError> {
        self.read_votes().await.map_err(|error| self.error(error))
    }

    /// Deletes all votes of the member whose id has this [hash](MemberKey::hash) and says how many
    /// there were.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] where the database cannot be written.
    pub async fn forget(&self, member: &str) -> Result<u64, JournalError> {
        let deleted = sqlx::query("DELETE FROM votes WHERE member = $1").bind(member).execute(&self.pool).await;
        Ok(deleted.map_err(|error| self.error(error))?.rows_affected())
    }

    /// Deletes the questions that were last asked at this time or earlier, and the votes that were
    /// given by then.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] where the database cannot be written; then nothing is deleted.
    pub async fn purge(&self, until: Timestamp) -> Result<Purged, JournalError> {
        self.delete_until(until).await.map_err(|error| self.error(error))
    }

    fn error(&self, source: sqlx::Error) -> JournalError {
        JournalError::database(&self.path, source)
    }

    async fn claim(&self, fingerprint: &str) -> sqlx::Result<bool> {
        let mut connection = self.pool.acquire().await?;
        let outcome = claim(&mut connection, fingerprint).await;
        settle(connection, outcome)
    }

    async fn read_gaps(&self, server: Option<u64>, page: Page) -> sqlx::Result<GapPage> {
        let server = server.map(u64::cast_signed);
        let total: i64 = sqlx::query_scalar(
            "SELECT COUNT(DISTINCT group_key) FROM gaps
             WHERE done_at IS NULL AND (CAST($1 AS BIGINT) IS NULL OR server = $1)",
        )
        .bind(server)
        .fetch_one(&self.pool)
        .await?;
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT group_key, CAST(SUM(asked) AS BIGINT) AS times, MIN(first_seen), MAX(last_seen) AS latest
             FROM gaps WHERE done_at IS NULL AND (CAST($1 AS BIGINT) IS NULL OR server = $1)
             GROUP BY group_key ORDER BY times DESC, latest DESC, group_key LIMIT $2 OFFSET $3",
        )
        .bind(server)
        .bind(i64::from(page.limit))
        .bind(i64::from(page.offset))
        .fetch_all(&self.pool)
        .await?;
        let mut groups = Vec::with_capacity(rows.len());
        for (group, asked, first_seen, last_seen) in rows {
            let wordings = self.wordings(&group, server).await?;
            let (first_seen, last_seen) = (Timestamp(first_seen), Timestamp(last_seen));
            groups.push(GapGroup { group, asked: asked.cast_unsigned(), first_seen, last_seen, wordings });
        }
        Ok(GapPage { groups, total: total.cast_unsigned() })
    }

    async fn wordings(&self, group: &str, server: Option<i64>) -> sqlx::Result<Vec<String>> {
        sqlx::query_scalar(
            "SELECT MIN(example) FROM gaps
             WHERE group_key = $1 AND done_at IS NULL AND (CAST($2 AS BIGINT) IS NULL OR server = $2)
             GROUP BY question ORDER BY SUM(asked) DESC, question LIMIT $3",
        )
        .bind(group)
        .bind(server)
        .bind(MAX_WORDINGS)
        .fetch_all(&self.pool)
        .await
    }

    async fn read_votes(&self) -> sqlx::Result<Vec<VoteSummary>> {
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT entry, COUNT(CASE WHEN helpful THEN 1 END), COUNT(*), MAX(voted_at)
             FROM votes GROUP BY entry ORDER BY entry",
        )
        .fetch_all(&self.pool)
        .await?;
        let summary = |(entry, helpful, all, last): (String, i64, i64, i64)| VoteSummary {
            entry,
            helpful: helpful.cast_unsigned(),
            unhelpful: (all - helpful).cast_unsigned(),
            last_voted: Timestamp(last),
        };
        Ok(rows.into_iter().map(summary).collect())
    }

    async fn delete_until(&self, until: Timestamp) -> sqlx::Result<Purged> {
        let mut connection = self.pool.acquire().await?;
        let outcome = delete_until(&mut connection, until).await;
        settle(connection, outcome)
    }

    /// Writes gaps, all or none.
    pub(super) async fn write_gaps(&self, gaps: &[Gap]) -> sqlx::Result<()> {
        let mut connection = self.pool.acquire().await?;
        let outcome = write_gaps(&mut connection, gaps).await;
        settle(connection, outcome)
    }

    /// Writes votes, all or none.
    pub(super) async fn write_votes(&self, votes: &[PendingVote]) -> sqlx::Result<()> {
        let mut connection = self.pool.acquire().await?;
        let outcome = write_votes(&mut connection, votes).await;
        settle(connection, outcome)
    }
}

/// Gives a connection back after a transaction, unless it failed: SQLite ends a transaction by
/// itself where the disk is full, and sqlx (0.9) would go on counting it as open.
fn settle<T>(mut connection: PoolConnection<Sqlite>, outcome: sqlx::Result<T>) -> sqlx::Result<T> {
    if outcome.is_err() {
        connection.close_on_drop();
    }
    outcome
}

async fn claim(connection: &mut SqliteConnection, fingerprint: &str) -> sqlx::Result<bool> {
    let mut transaction = connection.begin_with(BEGIN).await?;
    let known: Option<String> =
        sqlx::query_scalar("SELECT fingerprint FROM member_key").fetch_optional(&mut *transaction).await?;
    if known.as_deref() == Some(fingerprint) {
        return Ok(true);
    }
    let votes: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM votes").fetch_one(&mut *transaction).await?;
    if votes > 0 {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO member_key (id, fingerprint) VALUES (1, $1)
         ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint",
    )
    .bind(fingerprint)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

async fn write_gaps(connection: &mut SqliteConnection, gaps: &[Gap]) -> sqlx::Result<()> {
    let mut transaction = connection.begin_with(BEGIN).await?;
    for gap in gaps {
        sqlx::query(
            "INSERT INTO gaps (server, question, group_key, example, asked, first_seen, last_seen)
             VALUES ($1, $2, $3, $4, 1, $5, $5)
             ON CONFLICT (server, question) DO UPDATE SET
                 group_key = excluded.group_key,
                 asked = CASE WHEN gaps.done_at IS NULL THEN gaps.asked + 1 ELSE 1 END,
                 last_seen = excluded.last_seen,
                 done_at = NULL",
        )
        .bind(gap.server.unwrap_or_default().cast_signed())
        .bind(&gap.normalized)
        .bind(&gap.group)
        .bind(&gap.example)
        .bind(gap.at.0)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}

async fn write_votes(connection: &mut SqliteConnection, votes: &[PendingVote]) -> sqlx::Result<()> {
    let mut transaction = connection.begin_with(BEGIN).await?;
    for PendingVote { vote, member, .. } in votes {
        sqlx::query(
            "INSERT INTO votes (entry, member, helpful, server, voted_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (entry, member) DO UPDATE SET
                 helpful = excluded.helpful, server = excluded.server, voted_at = excluded.voted_at",
        )
        .bind(&vote.entry)
        .bind(member)
        .bind(vote.helpful)
        .bind(vote.server.unwrap_or_default().cast_signed())
        .bind(vote.at.0)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}

async fn delete_until(connection: &mut SqliteConnection, until: Timestamp) -> sqlx::Result<Purged> {
    let mut transaction = connection.begin_with(BEGIN).await?;
    let gaps = sqlx::query("DELETE FROM gaps WHERE last_seen <= $1").bind(until.0).execute(&mut *transaction).await?;
    let votes = sqlx::query("DELETE FROM votes WHERE voted_at <= $1").bind(until.0).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(Purged { gaps: gaps.rows_affected(), votes: votes.rows_affected() })
}
