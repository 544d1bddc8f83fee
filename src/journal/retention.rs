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
    /// most a tenth of each kind of rows a day, but one of each at least.
    pub(super) async fn apply_retention(&self, days: u32, now: Timestamp) -> Result<Retention, JournalError> {
        let until = now.minus_days(days).0;
        let retention = self.transaction(Access::Write, async |connection| {
            let mut rows = Vec::with_capacity(KINDS.len());
            for kind in &KINDS {
                rows.push(kind.rows(connection, until).await?);
            }
            let due = rows.iter().map(|rows| rows.due).sum::<i64>();
            let newest = rows.iter().filter_map(|rows| rows.newest).max().map(Timestamp);
            if let Some(newest) = newest.filter(|newest| due > 0 && *newest < now.minus_days(MAX_SILENCE_DAYS)) {
                return Ok(Retention::ImplausibleClock { newest });
            }
            let mut deleted = [0; KINDS.len()];
            for ((kind, rows), deleted) in KINDS.iter().zip(&rows).zip(&mut deleted) {
                *deleted = kind.delete(connection, rows, until, now.day()).await?;
            }
            let [gaps, votes, drafts, picks, counts] = deleted;
            if gaps > 0 {
                delete_orphaned_askers(connection).await?;
            }
            let left = due.cast_unsigned() - deleted.iter().sum::<u64>();
            Ok(Retention::Deleted { purged: Purged { gaps, votes, drafts, picks, counts }, left })
        });
        let retention = self.patiently(retention.boxed()).await?;
        self.clear_away().await?;
        Ok(retention)
    }
}

/// A kind of rows, with the statements that count and delete those that are due.
struct Kind {
    name: &'static str,
    count: &'static str,
    delete: &'static str,
}

const KINDS: [Kind; 5] = [
    Kind {
        name: "gaps",
        count: "SELECT COUNT(*), COUNT(CASE WHEN last_seen <= $1 THEN 1 END), MAX(last_seen)
                FROM gaps",
        delete: "DELETE FROM gaps WHERE (server, question) IN (
                     SELECT server, question FROM gaps WHERE last_seen <= $1
                     ORDER BY last_seen LIMIT $2)",
    },
    Kind {
        name: "votes",
        count: "SELECT COUNT(*), COUNT(CASE WHEN voted_at <= $1 THEN 1 END), MAX(voted_at)
                FROM votes",
        delete: "DELETE FROM votes WHERE (member, base, entry) IN (
                     SELECT member, base, entry FROM votes WHERE voted_at <= $1
                     ORDER BY voted_at LIMIT $2)",
    },
    Kind {
        name: "drafts",
        count: "SELECT COUNT(*), COUNT(CASE WHEN changed_at <= $1 THEN 1 END), MAX(changed_at)
                FROM drafts",
        delete: "DELETE FROM drafts WHERE id IN (
                     SELECT id FROM drafts WHERE changed_at <= $1
                     ORDER BY changed_at LIMIT $2)",
    },
    Kind {
        name: "picks",
        count: "SELECT COUNT(*), COUNT(CASE WHEN last_seen <= $1 THEN 1 END), MAX(last_seen)
                FROM picks",
        delete: "DELETE FROM picks WHERE (server, name, kind) IN (
                     SELECT server, name, kind FROM picks WHERE last_seen <= $1
                     ORDER BY last_seen LIMIT $2)",
    },
    Kind {
        name: "counts",
        count: "SELECT COUNT(*), COUNT(CASE WHEN day * 86400 <= $1 THEN 1 END), MAX(day) * 86400
                FROM counts",
        delete: "DELETE FROM counts WHERE (server, day, event, entry) IN (
                     SELECT server, day, event, entry FROM counts WHERE day * 86400 <= $1
                     ORDER BY day LIMIT $2)",
    },
];

impl Kind {
    async fn rows(&self, connection: &mut Connection, until: i64) -> sqlx::Result<Rows> {
        let (all, due, newest) = statement(self.count).bind(until).fetch_one(connection).await?;
        Ok(Rows { all, due, newest })
    }

    /// Deletes what may be deleted today, and returns how much it was.
    async fn delete(&self, connection: &mut Connection, rows: &Rows, until: i64, today: i64) -> sqlx::Result<u64> {
        let allowed = allowance(connection, self.name, rows, today).await?;
        let deleted = statement(self.delete).bind(until).bind(allowed).execute(connection).await?;
        remember(connection, self.name, today, allowed, deleted).await?;
        Ok(deleted)
    }
}

/// The rows of a table.
struct Rows {
    all: i64,
    due: i64,
    newest: Option<i64>,
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
