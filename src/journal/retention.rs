//! Deleting what is past its retention, without trusting a clock or a setting too far.
//!
//! A clock that is a year ahead, or a digit that is missing in the configuration, makes everything
//! look old. So a day deletes at most a tenth, and nothing if the clock has left the newest row far
//! behind. The journal remembers what is left of the tenth, so that a bot that starts again and
//! again, or several replicas, delete no more. An operator who means it has `journal purge`.

use futures_util::FutureExt;

use super::error::JournalError;
use super::gap_table::delete_orphaned_askers;
use super::purge::Purged;
use super::statement::{Connection, statement};
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// How far the newest row may be in the past. Then either the clock is wrong, or nobody has used
/// the bot for so long that it does not matter when the rest is deleted.
const MAX_SILENCE_DAYS: u32 = 30;

/// The part of the rows that a day may delete: one of so many.
const SHARE: i64 = 10;

/// What a run of the retention did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retention {
    /// It deleted some rows, and left those that were too many at once.
    Deleted {
        /// What is gone.
        purged: Purged,
        /// How many rows are past their retention and still there.
        left: u64,
    },
    /// It deleted nothing, because the newest row is this old, although rows are due.
    ImplausibleClock {
        /// The time of the newest row.
        newest: Timestamp,
    },
}

impl Store {
    /// Deletes the oldest of what is older than the retention, also from the write-ahead log: at
    /// most a tenth of the questions, of the votes and of the drafts a day, but one of each at
    /// least.
    pub(super) async fn apply_retention(&self, days: u32, now: Timestamp) -> Result<Retention, JournalError> {
        let until = now.minus_days(days).0;
        let retention = self.transaction(Access::Write, async |connection| {
            let gaps = due(
                connection,
                "SELECT COUNT(*), COUNT(CASE WHEN last_seen <= $1 THEN 1 END), MAX(last_seen)
                 FROM gaps",
                until,
            )
            .await?;
            let votes = due(
                connection,
                "SELECT COUNT(*), COUNT(CASE WHEN voted_at <= $1 THEN 1 END), MAX(voted_at)
                 FROM votes",
                until,
            )
            .await?;
            let drafts = due(
                connection,
                "SELECT COUNT(*), COUNT(CASE WHEN changed_at <= $1 THEN 1 END), MAX(changed_at)
                 FROM drafts",
                until,
            )
            .await?;
            let newest = gaps.newest.max(votes.newest).max(drafts.newest).map(Timestamp);
            if let Some(newest) = newest.filter(|newest| *newest < now.minus_days(MAX_SILENCE_DAYS)) {
                let is_due = gaps.due + votes.due + drafts.due > 0;
                if is_due {
                    return Ok(Retention::ImplausibleClock { newest });
                }
            }
            let today = now.day();
            let gaps_allowed = allowance(connection, "gaps", &gaps, today).await?;
            let votes_allowed = allowance(connection, "votes", &votes, today).await?;
            let drafts_allowed = allowance(connection, "drafts", &drafts, today).await?;
            let purged = Purged {
                gaps: delete(
                    connection,
                    "DELETE FROM gaps WHERE (server, question) IN (
                         SELECT server, question FROM gaps WHERE last_seen <= $1
                         ORDER BY last_seen LIMIT $2)",
                    until,
                    gaps_allowed,
                )
                .await?,
                votes: delete(
                    connection,
                    "DELETE FROM votes WHERE (member, entry) IN (
                         SELECT member, entry FROM votes WHERE voted_at <= $1
                         ORDER BY voted_at LIMIT $2)",
                    until,
                    votes_allowed,
                )
                .await?,
                drafts: delete(
                    connection,
                    "DELETE FROM drafts WHERE id IN (
                         SELECT id FROM drafts WHERE changed_at <= $1
                         ORDER BY changed_at LIMIT $2)",
                    until,
                    drafts_allowed,
                )
                .await?,
            };
            remember(connection, "gaps", today, gaps_allowed, purged.gaps).await?;
            remember(connection, "votes", today, votes_allowed, purged.votes).await?;
            remember(connection, "drafts", today, drafts_allowed, purged.drafts).await?;
            if purged.gaps > 0 {
                delete_orphaned_askers(connection).await?;
            }
            let due = (gaps.due + votes.due + drafts.due).cast_unsigned();
            let left = due - purged.gaps - purged.votes - purged.drafts;
            Ok(Retention::Deleted { purged, left })
        });
        let retention = self.patiently(retention.boxed()).await?;
        self.clear_away().await?;
        Ok(retention)
    }
}

/// The rows of a table.
struct Rows {
    all: i64,
    due: i64,
    newest: Option<i64>,
}

async fn due(connection: &mut Connection, count: &'static str, until: i64) -> sqlx::Result<Rows> {
    let (all, due, newest) = statement(count).bind(until).fetch_one(connection).await?;
    Ok(Rows { all, due, newest })
}

/// How many of these rows may be deleted today: what is left of the tenth, or a tenth if nothing
/// was deleted today.
async fn allowance(connection: &mut Connection, kind: &'static str, rows: &Rows, today: i64) -> sqlx::Result<i64> {
    let left = statement("SELECT allowed FROM retention WHERE kind = $1 AND day = $2").bind(kind).bind(today);
    let left = left.fetch_optional::<(i64,)>(connection).await?;
    Ok(left.map_or((rows.all + SHARE - 1) / SHARE, |(left,)| left))
}

async fn remember(
    connection: &mut Connection,
    kind: &'static str,
    today: i64,
    allowed: i64,
    deleted: u64,
) -> sqlx::Result<()> {
    if deleted > 0 {
        statement(
            "INSERT INTO retention (kind, day, allowed) VALUES ($1, $2, $3)
             ON CONFLICT (kind) DO UPDATE SET day = excluded.day, allowed = excluded.allowed",
        )
        .bind(kind)
        .bind(today)
        .bind(allowed - deleted.cast_signed())
        .execute(connection)
        .await?;
    }
    Ok(())
}

async fn delete(connection: &mut Connection, delete: &'static str, until: i64, limit: i64) -> sqlx::Result<u64> {
    statement(delete).bind(until).bind(limit).execute(connection).await
}
