//! Every statement that runs on the journal's database. Queues, and when to write, are not its
//! concern.
//!
//! The SQL is common to SQLite and PostgreSQL. A server is Discord's id as a signed integer, with
//! 0 for none; see `migrations/`.

use footnote_knowledge::text::fold::fold;
use footnote_knowledge::text::plain::on_one_line;
use futures_util::TryStreamExt;
use serde::Serialize;

use super::error::JournalError;
use super::gap::{Gap, GapChange, TakenBack};
use super::key::MemberKey;
use super::store::{Access, Connection, Store};
use super::timestamp::Timestamp;
use super::vote::HashedVote;

/// How many wordings of a group are shown. More would tell a curator nothing new.
const MAX_WORDINGS: u32 = 5;

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many to skip.
    pub offset: u32,
    /// How many to return at most.
    pub limit: u32,
}

/// Unanswered questions, the most asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapPage {
    /// The groups on the page.
    pub groups: Vec<GapGroup>,
    /// How many groups there are on all pages.
    pub total: u64,
}

/// A group of similar unanswered questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapGroup {
    /// The name of the group, 16 hexadecimal digits.
    pub group: String,
    /// How often it was asked since it was last marked as done.
    pub asked: u64,
    /// When it was asked for the first time.
    pub first_seen: Timestamp,
    /// When it was last asked.
    pub last_seen: Timestamp,
    /// How members typed it, the most frequent wording first; one to five wordings.
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
    /// How many different questions. One that was asked in two servers counts twice.
    pub gaps: u64,
    /// How many votes.
    pub votes: u64,
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
        let fingerprint = key.fingerprint();
        let is_ours = self.transaction(Access::Write, async |connection| {
            let known: Option<String> =
                sqlx::query_scalar("SELECT fingerprint FROM member_key").fetch_optional(&mut *connection).await?;
            if known.as_ref() == Some(&fingerprint) {
                return Ok(true);
            }
            if count_votes(connection).await? > 0 {
                return Ok(false);
            }
            sqlx::query(
                "INSERT INTO member_key (id, fingerprint) VALUES (1, $1)
                 ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint",
            )
            .bind(&fingerprint)
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
        match self.transaction(Access::Read, count_votes).await? {
            0 => Ok(()),
            _ => Err(self.other_key()),
        }
    }

    /// The groups of unanswered questions from one server or, with `None`, from anywhere: the
    /// most asked first, then the most recent.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be read.
    pub async fn gaps(&self, server: Option<u64>, page: Page) -> Result<GapPage, JournalError> {
        let server = server.map(u64::cast_signed);
        let gaps = self.transaction(Access::Read, async |connection| {
            let total: i64 = sqlx::query_scalar(
                "SELECT COUNT(DISTINCT group_key) FROM gaps
                 WHERE done_at IS NULL AND (CAST($1 AS BIGINT) IS NULL OR server = $1)",
            )
            .bind(server)
            .fetch_one(&mut *connection)
            .await?;
            let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
                "SELECT group_key, CAST(SUM(asked) AS BIGINT) AS times,
                     MIN(first_seen), MAX(last_seen) AS latest
                 FROM gaps WHERE done_at IS NULL AND (CAST($1 AS BIGINT) IS NULL OR server = $1)
                 GROUP BY group_key ORDER BY times DESC, latest DESC, group_key LIMIT $2 OFFSET $3",
            )
            .bind(server)
            .bind(i64::from(page.limit))
            .bind(i64::from(page.offset))
            .fetch_all(&mut *connection)
            .await?;
            let mut groups = Vec::with_capacity(rows.len());
            for (group, asked, first_seen, last_seen) in rows {
                let wordings = wordings(connection, &group, server).await?;
                let (first_seen, last_seen) = (Timestamp(first_seen), Timestamp(last_seen));
                groups.push(GapGroup { group, asked: asked.cast_unsigned(), first_seen, last_seen, wordings });
            }
            Ok(GapPage { groups, total: total.cast_unsigned() })
        });
        gaps.await
    }

    /// Marks a group as done in one server or, with `None`, everywhere. It is not listed until it
    /// is asked again, and its count then starts from zero. Returns whether there was such a
    /// group.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written.
    pub async fn mark_done(&self, group: &str, server: Option<u64>) -> Result<bool, JournalError> {
        let marked = self.transaction(Access::Write, async |connection| {
            sqlx::query(
                "UPDATE gaps SET done_at = $1
                 WHERE group_key = $2 AND done_at IS NULL
                     AND (CAST($3 AS BIGINT) IS NULL OR server = $3)",
            )
            .bind(Timestamp::now().0)
            .bind(group)
            .bind(server.map(u64::cast_signed))
            .execute(connection)
            .await
        });
        Ok(marked.await?.rows_affected() > 0)
    }

    /// Deletes a group in one server, with all its wordings, also from the write-ahead log. Returns
    /// how many different questions it had.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written, [`JournalError::NotErased`] if
    /// the log still has them.
    pub async fn delete_group(&self, group: &str, server: u64) -> Result<u64, JournalError> {
        let deleted = self.transaction(Access::Write, async |connection| {
            sqlx::query("DELETE FROM gaps WHERE group_key = $1 AND server = $2")
                .bind(group)
                .bind(server.cast_signed())
                .execute(connection)
                .await
        });
        let deleted = deleted.await?.rows_affected();
        self.empty_log().await?;
        Ok(deleted)
    }

    /// Deletes one question everywhere, also from the write-ahead log: a wording, however it is
    /// spelled, or all wordings of a group by its name. Returns how many rows there were.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written, [`JournalError::NotErased`] if
    /// the log still has them.
    pub async fn delete(&self, question: &str) -> Result<u64, JournalError> {
        let spelled = |text: &str| fold(&on_one_line(text));
        let wanted = spelled(question);
        let deleted = self.transaction(Access::Write, async |connection| {
            let mut found: Vec<(i64, String)> = Vec::new();
            let mut gaps =
                sqlx::query_as("SELECT server, question, example, group_key FROM gaps").fetch(&mut *connection);
            while let Some(gap) = gaps.try_next().await? {
                let (server, normalized, example, group): (i64, String, String, String) = gap;
                if group == question || [&normalized, &example].iter().any(|text| spelled(text) == wanted) {
                    found.push((server, normalized));
                }
            }
            drop(gaps);
            for (server, normalized) in &found {
                let statement = sqlx::query("DELETE FROM gaps WHERE server = $1 AND question = $2");
                statement.bind(server).bind(normalized).execute(&mut *connection).await?;
            }
            Ok(found.len() as u64)
        });
        let deleted = deleted.await?;
        self.empty_log().await?;
        Ok(deleted)
    }

    /// The votes on each entry that has any, by id.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be read.
    pub async fn votes(&self) -> Result<Vec<VoteSummary>, JournalError> {
        self.transaction(Access::Read, vote_summaries).await
    }

    /// Deletes all votes of the member whose id has this [hash](MemberKey::hash), also from the
    /// write-ahead log. Returns how many there were.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written, [`JournalError::NotErased`] if
    /// the log still has them.
    pub async fn forget(&self, member: &str) -> Result<u64, JournalError> {
        let deleted = self.transaction(Access::Write, async |connection| {
            sqlx::query("DELETE FROM votes WHERE member = $1").bind(member).execute(connection).await
        });
        let deleted = deleted.await?.rows_affected();
        self.empty_log().await?;
        Ok(deleted)
    }

    /// Deletes the questions that were last asked, and the votes that were given, at this time or
    /// earlier, also from the write-ahead log.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written; then nothing is deleted.
    /// [`JournalError::NotErased`] if the log still has what was deleted.
    pub async fn purge(&self, until: Timestamp) -> Result<Purged, JournalError> {
        let purged = self.transaction(Access::Write, async |connection| {
            let gaps = sqlx::query("DELETE FROM gaps WHERE last_seen <= $1");
            let gaps = gaps.bind(until.0).execute(&mut *connection).await?.rows_affected();
            let votes = sqlx::query("DELETE FROM votes WHERE voted_at <= $1");
            let votes = votes.bind(until.0).execute(connection).await?.rows_affected();
            Ok(Purged { gaps, votes })
        });
        let purged = purged.await?;
        self.empty_log().await?;
        Ok(purged)
    }

    /// Writes all the changes of gaps, in their order, or none.
    pub(super) async fn write_gaps(&self, changes: &[GapChange]) -> Result<(), JournalError> {
        let written = self.transaction(Access::Write, async |connection| {
            for change in changes {
                match change {
                    GapChange::Asked(gap) => add_gap(connection, gap).await?,
                    GapChange::TakenBack(gap) => take_back_gap(connection, gap).await?,
                }
            }
            Ok(())
        });
        written.await
    }

    /// Writes all the votes, or none.
    pub(super) async fn write_votes(&self, votes: &[HashedVote]) -> Result<(), JournalError> {
        let written = self.transaction(Access::Write, async |connection| {
            for HashedVote { vote, member } in votes {
                sqlx::query(
                    "INSERT INTO votes (entry, member, helpful, server, voted_at)
                     VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (entry, member) DO UPDATE SET
                         helpful = excluded.helpful,
                         server = excluded.server,
                         voted_at = excluded.voted_at",
                )
                .bind(&vote.entry)
                .bind(member)
                .bind(vote.helpful)
                .bind(server_column(vote.server))
                .bind(vote.at.0)
                .execute(&mut *connection)
                .await?;
            }
            Ok(())
        });
        written.await
    }
}

async fn add_gap(connection: &mut Connection, gap: &Gap) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO gaps
             (server, question, group_key, example, asked, first_seen, last_seen)
         VALUES ($1, $2, $3, $4, 1, $5, $5)
         ON CONFLICT (server, question) DO UPDATE SET
             group_key = excluded.group_key,
             asked = CASE WHEN gaps.done_at IS NULL THEN gaps.asked + 1 ELSE 1 END,
             last_seen = excluded.last_seen,
             done_at = NULL",
    )
    .bind(server_column(gap.server))
    .bind(&gap.normalized)
    .bind(&gap.group)
    .bind(&gap.example)
    .bind(gap.at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts the question once less, and forgets it if nobody else asked it. Of a question that was
/// cut off, the one that was last asked of those that begin so.
async fn take_back_gap(connection: &mut Connection, gap: &TakenBack) -> sqlx::Result<()> {
    let question: Option<String> = sqlx::query_scalar(
        "SELECT question FROM gaps
         WHERE server = $1 AND done_at IS NULL
             AND (question = $2 OR ($3 AND substr(question, 1, length($2)) = $2))
         ORDER BY CASE WHEN question = $2 THEN 0 ELSE 1 END, last_seen DESC, question LIMIT 1",
    )
    .bind(server_column(gap.server))
    .bind(&gap.normalized)
    .bind(gap.is_cut_off)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(question) = question else { return Ok(()) };
    for statement in [
        "UPDATE gaps SET asked = asked - 1 WHERE server = $1 AND question = $2",
        "DELETE FROM gaps WHERE server = $1 AND question = $2 AND asked < 1",
    ] {
        let statement = sqlx::query(statement).bind(server_column(gap.server)).bind(&question);
        statement.execute(&mut *connection).await?;
    }
    Ok(())
}

fn server_column(server: Option<u64>) -> i64 {
    server.unwrap_or_default().cast_signed()
}

async fn count_votes(connection: &mut Connection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM votes").fetch_one(connection).await
}

async fn wordings(connection: &mut Connection, group: &str, server: Option<i64>) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT MIN(example) FROM gaps
         WHERE group_key = $1 AND done_at IS NULL AND (CAST($2 AS BIGINT) IS NULL OR server = $2)
         GROUP BY question ORDER BY SUM(asked) DESC, question LIMIT $3",
    )
    .bind(group)
    .bind(server)
    .bind(MAX_WORDINGS)
    .fetch_all(connection)
    .await
}

/// The summary of the votes on each entry, by id.
pub(super) async fn vote_summaries(connection: &mut Connection) -> sqlx::Result<Vec<VoteSummary>> {
    let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
        "SELECT entry, COUNT(CASE WHEN helpful THEN 1 END), COUNT(*), MAX(voted_at)
         FROM votes GROUP BY entry ORDER BY entry",
    )
    .fetch_all(connection)
    .await?;
    let summary = |(entry, helpful, all, last): (String, i64, i64, i64)| VoteSummary {
        entry,
        helpful: helpful.cast_unsigned(),
        unhelpful: (all - helpful).cast_unsigned(),
        last_voted: Timestamp(last),
    };
    Ok(rows.into_iter().map(summary).collect())
}
