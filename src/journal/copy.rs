//! Moves a journal from a file to a server.

use futures_util::{Stream, TryStreamExt};
use sqlx::AssertSqlSafe;

use super::error::JournalError;
use super::statement::{Connection, Row, Statement, Value, statement};
use super::store::{Access, Store};
use crate::config::DatabaseUrl;

/// How many rows one statement inserts. It has at most 11 values a row, and PostgreSQL takes
/// 65,535.
const ROWS_A_STATEMENT: usize = 1_000;

/// How many rows were copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// How many different questions. One that was asked in two servers counts twice.
    pub gaps: u64,
    /// How many hashes of members who asked a group of questions.
    pub askers: u64,
    /// How many votes.
    pub votes: u64,
    /// How many members' numbers of new questions today.
    pub quotas: u64,
    /// How many drafts of changes of the base.
    pub drafts: u64,
    /// How many picks.
    pub picks: u64,
    /// How many counts of a day.
    pub counts: u64,
    /// How many messages that ask a question.
    pub links: u64,
}

/// A table to copy.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
}

const GAPS: Table = Table {
    name: "gaps",
    columns: &["server", "question", "group_key", "example", "asked", "first_seen", "last_seen", "done_at"],
};
const ASKERS: Table = Table { name: "gap_askers", columns: &["server", "group_key", "asker", "question"] };
const VOTES: Table = Table { name: "votes", columns: &["member", "base", "entry", "helpful", "server", "voted_at"] };
const QUOTAS: Table = Table { name: "gap_quota", columns: &["day", "member", "gaps"] };
const DRAFTS: Table = Table {
    name: "drafts",
    columns: &[
        "id",
        "server",
        "change",
        "author",
        "author_role",
        "author_id",
        "group_key",
        "state",
        "reason",
        "made_at",
        "changed_at",
    ],
};
const PICKS: Table = Table {
    name: "picks",
    columns: &["server", "name", "kind", "question", "example", "entry", "times", "first_seen", "last_seen", "done_at"],
};
const COUNTS: Table = Table { name: "counts", columns: &["server", "day", "event", "entry", "times"] };
const LINKS: Table = Table {
    name: "gap_links",
    columns: &["server", "question", "asker", "group_key", "channel", "message", "entry", "told_at"],
};
const DIGESTS: Table = Table { name: "digests", columns: &["channel", "settled_at", "claimed_until"] };
const SETTINGS: Table = Table { name: "server_settings", columns: &["server", "setting", "value", "changed_at"] };
const RETENTION: Table = Table { name: "retention", columns: &["kind", "day", "allowed"] };

impl Store {
    /// Copies everything to an empty journal on a server, in one transaction. The hashes stay
    /// valid, so the key stays the same. This journal is left as it is.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the server's journal has rows, or if one of the two cannot be used. Then
    /// nothing is copied.
    pub async fn copy_to(&self, url: &DatabaseUrl) -> Result<Copied, JournalError> {
        let target = Self::on_server(url).await?;
        let copied = copy_between(self, &target).await;
        target.close().await;
        copied
    }
}

async fn copy_between(source: &Store, target: &Store) -> Result<Copied, JournalError> {
    // A failure of the target is not one of the source, so it is passed through.
    let outcome = source.transaction(Access::Read, async |from| {
        let copied = target.transaction(Access::Write, async |to| {
            if has_rows(to).await? {
                return Ok(None);
            }
            let copied = Copied {
                gaps: GAPS.copy(from, to, gap).await?,
                askers: ASKERS.copy(from, to, asker).await?,
                votes: VOTES.copy(from, to, vote).await?,
                quotas: QUOTAS.copy(from, to, quota).await?,
                drafts: DRAFTS.copy(from, to, draft).await?,
                picks: PICKS.copy(from, to, pick).await?,
                counts: COUNTS.copy(from, to, count).await?,
                links: LINKS.copy(from, to, link).await?,
            };
            SETTINGS.copy(from, to, setting).await?;
            RETENTION.copy(from, to, retention).await?;
            // A bot that already uses the server has begun anew.
            statement("DELETE FROM digests").execute(to).await?;
            DIGESTS.copy(from, to, digest).await?;
            copy_fingerprint(from, to).await?;
            Ok(Some(copied))
        });
        Ok(copied.await)
    });
    outcome.await??.ok_or_else(|| JournalError::NotEmpty { journal: target.place() })
}

async fn has_rows(connection: &mut Connection) -> sqlx::Result<bool> {
    let has_rows = statement(
        "SELECT EXISTS (SELECT 1 FROM gaps) OR EXISTS (SELECT 1 FROM votes)
             OR EXISTS (SELECT 1 FROM gap_askers) OR EXISTS (SELECT 1 FROM gap_quota)
             OR EXISTS (SELECT 1 FROM drafts)
             OR EXISTS (SELECT 1 FROM picks) OR EXISTS (SELECT 1 FROM counts)
             OR EXISTS (SELECT 1 FROM server_settings)",
    );
    Ok(has_rows.fetch_one::<(bool,)>(connection).await?.0)
}

/// A bot that has used the server's journal with another key finds out when it writes next.
async fn copy_fingerprint(from: &mut Connection, to: &mut Connection) -> sqlx::Result<()> {
    let fingerprint = statement("SELECT fingerprint FROM member_key").fetch_optional::<(String,)>(from).await?;
    let Some((fingerprint,)) = fingerprint else { return Ok(()) };
    statement(
        "INSERT INTO member_key (id, fingerprint) VALUES (1, $1)
         ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint",
    )
    .bind(fingerprint)
    .execute(to)
    .await?;
    Ok(())
}

impl Table {
    /// Copies all rows, and returns how many there were.
    async fn copy<R: Row>(
        &self,
        from: &mut Connection,
        to: &mut Connection,
        values: impl Fn(R) -> Vec<Value>,
    ) -> sqlx::Result<u64> {
        let rows = statement(AssertSqlSafe(format!("SELECT {} FROM {}", self.columns.join(", "), self.name)));
        self.insert(to, rows.fetch::<R>(from).map_ok(values)).await
    }

    async fn insert(
        &self,
        to: &mut Connection,
        rows: impl Stream<Item = sqlx::Result<Vec<Value>>> + Unpin,
    ) -> sqlx::Result<u64> {
        let mut chunks = rows.try_chunks(ROWS_A_STATEMENT);
        let mut count = 0;
        while let Some(chunk) = chunks.try_next().await.map_err(|error| error.1)? {
            count += chunk.len() as u64;
            let values = chunk.iter().enumerate().map(|(row, _)| self.placeholders(row * self.columns.len()));
            let values: Vec<String> = values.collect();
            let (name, columns) = (self.name, self.columns.join(", "));
            let sql = format!("INSERT INTO {name} ({columns}) VALUES {}", values.join(", "));
            let insert = chunk.into_iter().flatten().fold(statement(AssertSqlSafe(sql)), Statement::bind);
            insert.execute(to).await?;
        }
        Ok(count)
    }

    fn placeholders(&self, before: usize) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|place| format!("${}", before + place)).collect();
        format!("({})", places.join(", "))
    }
}

type Gap = (i64, String, String, String, i64, i64, i64, Option<i64>);

fn gap((server, question, group, example, asked, first_seen, last_seen, done_at): Gap) -> Vec<Value> {
    let (question, example) = (without_zero(question), without_zero(example));
    vec![
        server.into(),
        question.into(),
        group.into(),
        example.into(),
        asked.into(),
        first_seen.into(),
        last_seen.into(),
        done_at.into(),
    ]
}

fn asker((server, group, asker, question): (i64, String, Vec<u8>, String)) -> Vec<Value> {
    vec![server.into(), group.into(), asker.into(), without_zero(question).into()]
}

fn vote((member, base, entry, helpful, server, at): (Vec<u8>, i64, String, bool, i64, i64)) -> Vec<Value> {
    vec![member.into(), base.into(), without_zero(entry).into(), helpful.into(), server.into(), at.into()]
}

fn quota((day, member, gaps): (i64, Vec<u8>, i64)) -> Vec<Value> {
    vec![day.into(), member.into(), gaps.into()]
}

type Draft = (String, i64, String, Vec<u8>, String, i64, String, String, String, i64, i64);

fn draft(row: Draft) -> Vec<Value> {
    let (id, server, change, author, role, member, group, state, reason, made_at, changed_at) = row;
    vec![
        id.into(),
        server.into(),
        without_zero(change).into(),
        author.into(),
        role.into(),
        member.into(),
        group.into(),
        state.into(),
        without_zero(reason).into(),
        made_at.into(),
        changed_at.into(),
    ]
}

type Pick = (i64, String, String, String, String, String, i64, i64, i64, Option<i64>);

fn pick((server, name, kind, question, example, entry, times, first_seen, last_seen, done_at): Pick) -> Vec<Value> {
    vec![
        server.into(),
        name.into(),
        kind.into(),
        question.into(),
        example.into(),
        entry.into(),
        times.into(),
        first_seen.into(),
        last_seen.into(),
        done_at.into(),
    ]
}

fn count((server, day, event, entry, times): (i64, i64, String, String, i64)) -> Vec<Value> {
    vec![server.into(), day.into(), event.into(), entry.into(), times.into()]
}

fn digest((channel, settled_at, claimed_until): (i64, i64, i64)) -> Vec<Value> {
    vec![channel.into(), settled_at.into(), claimed_until.into()]
}

fn setting((server, setting, value, at): (i64, String, String, i64)) -> Vec<Value> {
    vec![server.into(), setting.into(), value.into(), at.into()]
}

type Link = (i64, String, Vec<u8>, String, i64, i64, String, Option<i64>);

fn link((server, question, asker, group, channel, message, entry, told_at): Link) -> Vec<Value> {
    let (question, entry) = (without_zero(question), without_zero(entry));
    vec![
        server.into(),
        question.into(),
        asker.into(),
        group.into(),
        channel.into(),
        message.into(),
        entry.into(),
        told_at.into(),
    ]
}

fn retention((kind, day, allowed): (String, i64, i64)) -> Vec<Value> {
    vec![kind.into(), day.into(), allowed.into()]
}

/// PostgreSQL takes no text with U+0000, which older versions may have stored.
fn without_zero(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}
