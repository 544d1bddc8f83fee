//! The statements on unanswered questions.
//!
//! A member counts once in a group, however often and in whatever words they ask; `gap_askers`
//! remembers who was counted. A question's `asked` is the number of members whom it was the first
//! to be counted for, so that the sum over a group is the number of its members.
//!
//! The SQL is common to SQLite and PostgreSQL. A server is Discord's id as a signed integer, with
//! 0 for none; see `migrations/`.

use std::cmp::Reverse;
use std::collections::HashMap;

use futures_util::TryStreamExt;
use serde::Serialize;
use sqlx::QueryBuilder;

use super::error::JournalError;
use super::gap::{Asker, Gap, GapChange, TakenBack};
use super::key::MemberKey;
use super::store::{Access, Connection, Database, Store};
use super::timestamp::Timestamp;
use crate::config::GapLimits;
use footnote_knowledge::text::fold::fold;
use footnote_knowledge::text::plain::on_one_line;

/// How many wordings of a group are shown. More would tell a curator nothing new.
const MAX_WORDINGS: usize = 5;

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
    /// How many different members asked it since it was last marked as done.
    pub asked: u64,
    /// When it was asked for the first time.
    pub first_seen: Timestamp,
    /// When it was last asked.
    pub last_seen: Timestamp,
    /// How members typed it, the most frequent wording first; one to five wordings.
    pub wordings: Vec<String>,
}

impl Store {
    /// The groups of unanswered questions from one server: the most asked first, then the most
    /// recent. The time that this takes does not depend on the questions of other servers.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be read.
    pub async fn gaps(&self, server: u64, page: Page) -> Result<GapPage, JournalError> {
        let gaps = self.transaction(Access::Read, async |connection| {
            let rows: Vec<(String, i64, i64, i64, i64)> = sqlx::query_as(
                "SELECT group_key, CAST(SUM(asked) AS BIGINT) AS times, MIN(first_seen),
                     MAX(last_seen) AS latest, COUNT(*) OVER ()
                 FROM gaps WHERE server = $1 AND done_at IS NULL
                 GROUP BY group_key ORDER BY times DESC, latest DESC, group_key LIMIT $2 OFFSET $3",
            )
            .bind(server.cast_signed())
            .bind(i64::from(page.limit))
            .bind(i64::from(page.offset))
            .fetch_all(&mut *connection)
            .await?;
            let total = rows.first().map_or(0, |row| row.4.cast_unsigned());
            let names: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
            let mut wordings = wordings(connection, server, &names).await?;
            let group = |(group, asked, first_seen, last_seen, _): (String, i64, i64, i64, i64)| GapGroup {
                wordings: wordings.remove(&group).unwrap_or_default(),
                asked: at_least_one(asked),
                first_seen: Timestamp(first_seen),
                last_seen: Timestamp(last_seen),
                group,
            };
            Ok(GapPage { groups: rows.into_iter().map(group).collect(), total })
        });
        gaps.await
    }

    /// All groups of unanswered questions from one server or, with `None`, from anywhere, in the
    /// order of [`Self::gaps`]. Reads each question once.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be read.
    pub async fn all_gaps(&self, server: Option<u64>) -> Result<Vec<GapGroup>, JournalError> {
        let groups = self.transaction(Access::Read, async |connection| {
            let rows = match server {
                Some(server) => sqlx::query_as(
                    "SELECT group_key, question, example, asked, first_seen, last_seen
                     FROM gaps WHERE server = $1 AND done_at IS NULL",
                )
                .bind(server.cast_signed()),
                None => sqlx::query_as(
                    "SELECT group_key, question, example, asked, first_seen, last_seen
                     FROM gaps WHERE done_at IS NULL",
                ),
            };
            let mut rows = rows.fetch(connection);
            let mut groups: HashMap<String, Tally> = HashMap::new();
            while let Some(row) = rows.try_next().await? {
                let (group, question, example, asked, first_seen, last_seen): (String, String, String, i64, i64, i64) =
                    row;
                groups.entry(group).or_default().add(question, example, asked, first_seen, last_seen);
            }
            Ok(groups)
        });
        let groups = groups.await?.into_iter().map(|(name, tally)| tally.into_group(name));
        let mut groups: Vec<GapGroup> = groups.collect();
        groups.sort_unstable_by(|one, other| {
            let order = |group: &GapGroup| (Reverse(group.asked), Reverse(group.last_seen));
            order(one).cmp(&order(other)).then_with(|| one.group.cmp(&other.group))
        });
        Ok(groups)
    }

    /// Marks a group as done in one server. It is not listed until it is asked again, and its count
    /// then starts from zero. Returns whether there was such a group.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written.
    pub async fn mark_done(&self, group: &str, server: u64) -> Result<bool, JournalError> {
        let marked = self.transaction(Access::Write, async |connection| {
            sqlx::query("DELETE FROM gap_askers WHERE server = $1 AND group_key = $2")
                .bind(server.cast_signed())
                .bind(group)
                .execute(&mut *connection)
                .await?;
            sqlx::query(
                "UPDATE gaps SET done_at = $1
                 WHERE server = $2 AND group_key = $3 AND done_at IS NULL",
            )
            .bind(Timestamp::now().0)
            .bind(server.cast_signed())
            .bind(group)
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
            let delete = sqlx::query("DELETE FROM gaps WHERE server = $1 AND group_key = $2");
            let deleted = delete.bind(server.cast_signed()).bind(group).execute(&mut *connection).await?;
            delete_orphaned_askers(connection).await?;
            Ok(deleted.rows_affected())
        });
        let deleted = deleted.await?;
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
            delete_orphaned_askers(connection).await?;
            Ok(found.len() as u64)
        });
        let deleted = deleted.await?;
        self.empty_log().await?;
        Ok(deleted)
    }

    /// Writes all the changes of gaps, in their order, or none. Returns how many new gaps were
    /// refused because they were beyond the limits.
    pub(super) async fn write_gaps(
        &self,
        changes: &[GapChange],
        key: &MemberKey,
        limits: GapLimits,
    ) -> Result<u64, JournalError> {
        let written = self.transaction(Access::Write, async |connection| {
            let outdated = sqlx::query("DELETE FROM gap_quota WHERE day < $1").bind(Timestamp::now().day());
            outdated.execute(&mut *connection).await?;
            let mut room = Room { key, limits, gaps: HashMap::new(), refused: 0 };
            for change in changes {
                match change {
                    GapChange::Asked(gap) => add_gap(connection, gap, &mut room).await?,
                    GapChange::TakenBack(gap) => take_back_gap(connection, gap, key).await?,
                }
            }
            Ok(room.refused)
        });
        written.await
    }
}

/// A group while its questions are read.
#[derive(Debug, Default)]
struct Tally {
    asked: i64,
    seen: Option<(i64, i64)>,
    /// How often each question was asked, and its first spelling.
    questions: HashMap<String, (i64, String)>,
}

impl Tally {
    fn add(&mut self, question: String, example: String, asked: i64, first_seen: i64, last_seen: i64) {
        self.asked += asked;
        let (first, last) = self.seen.unwrap_or((first_seen, last_seen));
        self.seen = Some((first.min(first_seen), last.max(last_seen)));
        let known = self.questions.entry(question).or_insert_with(|| (0, example.clone()));
        known.0 += asked;
        if example < known.1 {
            known.1 = example;
        }
    }

    fn into_group(self, group: String) -> GapGroup {
        let (first_seen, last_seen) = self.seen.unwrap_or_default();
        let mut questions: Vec<_> = self.questions.into_iter().collect();
        questions
            .sort_unstable_by(|(one, (asked, _)), (other, (than, _))| than.cmp(asked).then_with(|| one.cmp(other)));
        GapGroup {
            group,
            asked: at_least_one(self.asked),
            first_seen: Timestamp(first_seen),
            last_seen: Timestamp(last_seen),
            wordings: questions.into_iter().take(MAX_WORDINGS).map(|(_, (_, example))| example).collect(),
        }
    }
}

/// The wording that its members were counted for may be gone, but somebody asked.
fn at_least_one(asked: i64) -> u64 {
    asked.max(1).cast_unsigned()
}

/// The most frequent wordings of each of these groups.
async fn wordings(
    connection: &mut Connection,
    server: u64,
    groups: &[&str],
) -> sqlx::Result<HashMap<String, Vec<String>>> {
    let mut wordings: HashMap<String, Vec<String>> = HashMap::new();
    if groups.is_empty() {
        return Ok(wordings);
    }
    let mut query = QueryBuilder::<Database>::new(
        "SELECT group_key, example FROM (
             SELECT group_key, example,
                 ROW_NUMBER() OVER (PARTITION BY group_key ORDER BY asked DESC, question) AS place
             FROM gaps WHERE done_at IS NULL AND server = ",
    );
    query.push_bind(server.cast_signed()).push(" AND group_key IN (");
    let mut names = query.separated(", ");
    for group in groups {
        names.push_bind(*group);
    }
    query.push(")) AS ranked WHERE place <= ").push_bind(i64::try_from(MAX_WORDINGS).unwrap_or(i64::MAX));
    query.push(" ORDER BY group_key, place");
    let rows: Vec<(String, String)> = query.build_query_as().fetch_all(connection).await?;
    for (group, example) in rows {
        wordings.entry(group).or_default().push(example);
    }
    Ok(wordings)
}

/// What is left of the limits while gaps are written.
struct Room<'a> {
    key: &'a MemberKey,
    limits: GapLimits,
    /// How many gaps the servers have that were asked about in this transaction.
    gaps: HashMap<i64, i64>,
    refused: u64,
}

impl Room<'_> {
    /// Whether there is room for another question of a member. If so, it is taken.
    async fn take(&mut self, connection: &mut Connection, gap: &Gap) -> sqlx::Result<bool> {
        let server = server_column(gap.asker);
        let gaps: i64 = if let Some(&gaps) = self.gaps.get(&server) {
            gaps
        } else {
            let count = sqlx::query_scalar("SELECT COUNT(*) FROM gaps WHERE server = $1").bind(server);
            count.fetch_one(&mut *connection).await?
        };
        self.gaps.insert(server, gaps);
        if gaps >= i64::from(self.limits.a_server) {
            return Ok(false);
        }
        let taken = sqlx::query(
            "INSERT INTO gap_quota (day, member, gaps) VALUES ($1, $2, 1)
             ON CONFLICT (day, member) DO UPDATE SET gaps = gap_quota.gaps + 1
                 WHERE gap_quota.gaps < $3",
        )
        .bind(gap.at.day())
        .bind(self.key.on_day(gap.asker.member, gap.at.day()).as_slice())
        .bind(i64::from(self.limits.a_member_a_day))
        .execute(connection)
        .await?;
        let has_room = taken.rows_affected() > 0;
        self.gaps.insert(server, gaps + i64::from(has_room));
        Ok(has_room)
    }
}

async fn add_gap(connection: &mut Connection, gap: &Gap, room: &mut Room<'_>) -> sqlx::Result<()> {
    let server = server_column(gap.asker);
    let known: Option<i64> = sqlx::query_scalar("SELECT asked FROM gaps WHERE server = $1 AND question = $2")
        .bind(server)
        .bind(&gap.normalized)
        .fetch_optional(&mut *connection)
        .await?;
    if known.is_none() && !room.take(connection, gap).await? {
        room.refused += 1;
        return Ok(());
    }
    let counted = sqlx::query(
        "INSERT INTO gap_askers (server, group_key, asker, question) VALUES ($1, $2, $3, $4)
         ON CONFLICT (server, group_key, asker) DO NOTHING",
    )
    .bind(server)
    .bind(&gap.group)
    .bind(room.key.asker(gap.asker.member, server, &gap.group).as_slice())
    .bind(&gap.normalized)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO gaps
             (server, question, group_key, example, asked, first_seen, last_seen)
         VALUES ($1, $2, $3, $4, $5, $6, $6)
         ON CONFLICT (server, question) DO UPDATE SET
             group_key = excluded.group_key,
             asked = CASE WHEN gaps.done_at IS NULL THEN gaps.asked ELSE 0 END + excluded.asked,
             last_seen = excluded.last_seen,
             done_at = NULL",
    )
    .bind(server)
    .bind(&gap.normalized)
    .bind(&gap.group)
    .bind(&gap.example)
    .bind(counted.rows_affected().cast_signed())
    .bind(gap.at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts the member no longer, and forgets the question if nobody else asked it. Of a question
/// that was cut off, the one that was last asked of those that begin so.
async fn take_back_gap(connection: &mut Connection, gap: &TakenBack, key: &MemberKey) -> sqlx::Result<()> {
    let server = server_column(gap.asker);
    let found: Option<(String, String)> = sqlx::query_as(
        "SELECT question, group_key FROM gaps
         WHERE server = $1 AND done_at IS NULL
             AND (question = $2 OR ($3 AND substr(question, 1, length($2)) = $2))
         ORDER BY CASE WHEN question = $2 THEN 0 ELSE 1 END, last_seen DESC, question LIMIT 1",
    )
    .bind(server)
    .bind(&gap.normalized)
    .bind(gap.is_cut_off)
    .fetch_optional(&mut *connection)
    .await?;
    let Some((question, group)) = found else { return Ok(()) };
    let counted = sqlx::query(
        "DELETE FROM gap_askers
         WHERE server = $1 AND group_key = $2 AND asker = $3 AND question = $4",
    )
    .bind(server)
    .bind(&group)
    .bind(key.asker(gap.asker.member, server, &group).as_slice())
    .bind(&question)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE gaps SET asked = asked - $1 WHERE server = $2 AND question = $3")
        .bind(counted.rows_affected().cast_signed())
        .bind(server)
        .bind(&question)
        .execute(&mut *connection)
        .await?;
    let delete = sqlx::query("DELETE FROM gaps WHERE server = $1 AND question = $2 AND asked < 1");
    delete.bind(server).bind(&question).execute(connection).await?;
    Ok(())
}

/// Forgets who asked questions that are gone.
pub(super) async fn delete_orphaned_askers(connection: &mut Connection) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM gap_askers WHERE NOT EXISTS (
             SELECT 1 FROM gaps
             WHERE gaps.server = gap_askers.server AND gaps.question = gap_askers.question
         )",
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn server_column(asker: Asker) -> i64 {
    asker.server.unwrap_or_default().cast_signed()
}
