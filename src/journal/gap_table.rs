//! The statements that change unanswered questions.
//!
//! A member counts once in a group, however often and in whatever words they ask; `gap_askers`
//! remembers who was counted. A question's `asked` is the number of members whom it was the first
//! to be counted for, so that the sum over a group is the number of its members.
//!
//! The SQL is common to SQLite and PostgreSQL. A server is Discord's id as a signed integer, with
//! 0 for none; see `migrations/`.

use std::collections::HashMap;

use futures_util::{FutureExt, TryStreamExt};

use super::change::Change;
use super::count_table::add_count;
use super::draft_table::delete_drafts_with;
use super::error::JournalError;
use super::gap::{Gap, TakenBack, server_column};
use super::key::MemberKey;
use super::link_table::{add_link, delete_link};
use super::pick_table::{add_pick, delete_picks};
use super::statement::{Connection, statement};
use super::store::{Access, Store};
use super::tally::{Event, Tallied};
use super::timestamp::Timestamp;
use super::vote_table::is_claimed_by;
use crate::config::GapLimits;
use footnote_knowledge::text::fold::fold;
use footnote_knowledge::text::plain::on_one_line;

impl Store {
    /// Marks a group as done in one server. It is not listed until it is asked again, and its count
    /// then starts from zero. The day counts it as closed. Returns whether there was such a group.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written.
    pub async fn mark_done(&self, group: &str, server: u64) -> Result<bool, JournalError> {
        let marked = self.transaction(Access::Write, async |connection| {
            let links = statement(
                "DELETE FROM gap_links
                 WHERE server = $1 AND group_key = $2 AND entry = ''",
            );
            links.bind(server.cast_signed()).bind(group).execute(connection).await?;
            mark_group_done(connection, group, server.cast_signed()).await
        });
        Ok(self.promptly(marked.boxed()).await? > 0)
    }

    /// Deletes a group in one server, with all its wordings and the choices that members made for
    /// them, also from the write-ahead log. Returns how many different questions it had.
    ///
    /// # Errors
    ///
    /// [`JournalError::Database`] if the database cannot be written, [`JournalError::NotErased`] if
    /// the log still has them.
    pub async fn delete_group(&self, group: &str, server: u64) -> Result<u64, JournalError> {
        let deleted = self.transaction(Access::Write, async |connection| {
            statement(
                "DELETE FROM picks WHERE server = $1 AND question IN (
                     SELECT question FROM gaps WHERE server = $1 AND group_key = $2)",
            )
            .bind(server.cast_signed())
            .bind(group)
            .execute(connection)
            .await?;
            let delete = statement("DELETE FROM gaps WHERE server = $1 AND group_key = $2");
            let deleted = delete.bind(server.cast_signed()).bind(group).execute(connection).await?;
            delete_orphaned_askers(connection).await?;
            Ok(deleted)
        });
        let deleted = self.promptly(deleted.boxed()).await?;
        self.clear_away().await?;
        Ok(deleted)
    }

    /// Deletes one question everywhere, with the choices that members made for it, also from drafts
    /// and from the write-ahead log: a wording, however it is spelled, or all wordings of a group,
    /// or a suggestion, by its name. Returns how many different questions there were, each server's
    /// for itself.
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
                statement("SELECT server, question, example, group_key FROM gaps")
                    .fetch::<(i64, String, String, String)>(connection);
            while let Some((server, normalized, example, group)) = gaps.try_next().await? {
                if group == question || [&normalized, &example].iter().any(|text| spelled(text) == wanted) {
                    found.push((server, normalized));
                }
            }
            drop(gaps);
            delete_drafts_with(connection, |text| spelled(text) == wanted).await?;
            for (server, normalized) in &found {
                let delete = statement("DELETE FROM gaps WHERE server = $1 AND question = $2");
                delete.bind(*server).bind(normalized.as_str()).execute(connection).await?;
            }
            delete_orphaned_askers(connection).await?;
            let picks = delete_picks(connection, question, |text| spelled(text) == wanted).await?;
            found.extend(picks);
            found.sort_unstable();
            found.dedup();
            Ok(found.len() as u64)
        });
        let deleted = deleted.await?;
        self.clear_away().await?;
        Ok(deleted)
    }

    /// Writes all the changes, in their order, or none. Returns how many new gaps and picks were
    /// refused because they were beyond the limits.
    pub(super) async fn write_changes(
        &self,
        changes: &[Change],
        key: &MemberKey,
        limits: GapLimits,
    ) -> Result<u64, JournalError> {
        let written = self.transaction(Access::Write, async |connection| {
            if !is_claimed_by(connection, key).await? {
                return Ok(None);
            }
            let outdated = statement("DELETE FROM gap_quota WHERE day < $1").bind(Timestamp::now().day());
            outdated.execute(connection).await?;
            let mut room = Room { key, limits, gaps: HashMap::new(), refused: 0 };
            for change in changes {
                match change {
                    Change::Asked(gap) => {
                        if add_gap(connection, gap, &mut room).await? {
                            add_link(connection, gap, key).await?;
                        }
                    }
                    Change::TakenBack(gap) => take_back_gap(connection, gap, key).await?,
                    Change::Picked(pick) => {
                        room.refused += u64::from(!add_pick(connection, pick, limits.a_server).await?);
                    }
                }
            }
            Ok(Some(room.refused))
        });
        self.patiently(written.boxed()).await?.ok_or_else(|| self.other_key())
    }
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
            let count = statement("SELECT COUNT(*) FROM gaps WHERE server = $1").bind(server);
            count.fetch_one::<(i64,)>(connection).await?.0
        };
        self.gaps.insert(server, gaps);
        if gaps >= i64::from(self.limits.a_server) {
            return Ok(false);
        }
        let taken = statement(
            "INSERT INTO gap_quota (day, member, gaps) VALUES ($1, $2, 1)
             ON CONFLICT (day, member) DO UPDATE SET gaps = gap_quota.gaps + 1
                 WHERE gap_quota.gaps < $3",
        )
        .bind(gap.at.day())
        .bind(self.key.on_day(gap.asker.member, gap.at.day()).as_slice())
        .bind(i64::from(self.limits.a_member_a_day))
        .execute(connection)
        .await?;
        let has_room = taken > 0;
        self.gaps.insert(server, gaps + i64::from(has_room));
        Ok(has_room)
    }
}

/// Returns whether there was room for it.
async fn add_gap(connection: &mut Connection, gap: &Gap, room: &mut Room<'_>) -> sqlx::Result<bool> {
    let server = server_column(gap.asker);
    let known = statement("SELECT asked FROM gaps WHERE server = $1 AND question = $2")
        .bind(server)
        .bind(gap.normalized.as_str())
        .fetch_optional::<(i64,)>(connection)
        .await?;
    if known.is_none() && !room.take(connection, gap).await? {
        room.refused += 1;
        return Ok(false);
    }
    let counted = statement(
        "INSERT INTO gap_askers (server, group_key, asker, question) VALUES ($1, $2, $3, $4)
         ON CONFLICT (server, group_key, asker) DO NOTHING",
    )
    .bind(server)
    .bind(gap.group.as_str())
    .bind(room.key.asker(gap.asker.member, server, &gap.group).as_slice())
    .bind(gap.normalized.as_str())
    .execute(connection)
    .await?;
    statement(
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
    .bind(gap.normalized.as_str())
    .bind(gap.group.as_str())
    .bind(gap.example.as_str())
    .bind(counted.cast_signed())
    .bind(gap.at.0)
    .execute(connection)
    .await?;
    Ok(true)
}

/// Counts the member no longer, and forgets the question if nobody else asked it. Of a question
/// that was cut off, the one that was last asked of those that begin so.
async fn take_back_gap(connection: &mut Connection, gap: &TakenBack, key: &MemberKey) -> sqlx::Result<()> {
    let server = server_column(gap.asker);
    let found = statement(
        "SELECT question, group_key FROM gaps
         WHERE server = $1 AND done_at IS NULL
             AND (question = $2 OR ($3 AND substr(question, 1, length($2)) = $2))
         ORDER BY CASE WHEN question = $2 THEN 0 ELSE 1 END, last_seen DESC, question LIMIT 1",
    )
    .bind(server)
    .bind(gap.normalized.as_str())
    .bind(gap.is_cut_off)
    .fetch_optional::<(String, String)>(connection)
    .await?;
    let Some((question, group)) = found else { return Ok(()) };
    let counted = statement(
        "DELETE FROM gap_askers
         WHERE server = $1 AND group_key = $2 AND asker = $3 AND question = $4",
    )
    .bind(server)
    .bind(group.as_str())
    .bind(key.asker(gap.asker.member, server, &group).as_slice())
    .bind(question.as_str())
    .execute(connection)
    .await?;
    delete_link(connection, server, &group, &key.asker(gap.asker.member, server, &group)).await?;
    statement("UPDATE gaps SET asked = asked - $1 WHERE server = $2 AND question = $3")
        .bind(counted.cast_signed())
        .bind(server)
        .bind(question.as_str())
        .execute(connection)
        .await?;
    let delete = statement("DELETE FROM gaps WHERE server = $1 AND question = $2 AND asked < 1");
    delete.bind(server).bind(question.as_str()).execute(connection).await?;
    Ok(())
}

/// Nobody counts as having asked the questions of a group any more, and it is not listed. Returns
/// how many questions are done.
pub(super) async fn mark_group_done(connection: &mut Connection, group: &str, server: i64) -> sqlx::Result<u64> {
    let askers = statement("DELETE FROM gap_askers WHERE server = $1 AND group_key = $2");
    askers.bind(server).bind(group).execute(connection).await?;
    let done = statement(
        "UPDATE gaps SET done_at = $1
         WHERE server = $2 AND group_key = $3 AND done_at IS NULL",
    );
    let marked = done.bind(Timestamp::now().0).bind(server).bind(group).execute(connection).await?;
    if marked > 0 {
        let day = Timestamp::now().day();
        let closed = Tallied { server, day, event: Event::GapClosed, entry: String::new() };
        add_count(connection, &closed, 1).await?;
    }
    Ok(marked)
}

/// Forgets who asked questions that are gone, and where.
pub(super) async fn delete_orphaned_askers(connection: &mut Connection) -> sqlx::Result<()> {
    statement(
        "DELETE FROM gap_links WHERE NOT EXISTS (
             SELECT 1 FROM gaps
             WHERE gaps.server = gap_links.server AND gaps.question = gap_links.question
         )",
    )
    .execute(connection)
    .await?;
    statement(
        "DELETE FROM gap_askers WHERE NOT EXISTS (
             SELECT 1 FROM gaps
             WHERE gaps.server = gap_askers.server AND gaps.question = gap_askers.question
         )",
    )
    .execute(connection)
    .await?;
    Ok(())
}
