//! The statements on where unanswered questions were asked, and on who is told of an answer.
//!
//! A link goes with its question: when that is deleted, done, forgotten or past its retention. If
//! an approved change answers the question, the link waits until its author has been told. The SQL
//! is common to SQLite and PostgreSQL; see `migrations/`.

use std::collections::HashMap;

use futures_util::{FutureExt, TryStreamExt};
use sqlx::AssertSqlSafe;

use super::error::JournalError;
use super::gap::Gap;
use super::key::MemberKey;
use super::link::{Link, Untold};
use super::statement::{Connection, statement};
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// How many messages of a group are kept. Nobody reads more, and nobody wants more replies at once.
const MAX_LINKS: i64 = 25;
/// How many of them a list shows, the newest first.
const MAX_SHOWN: i64 = 2;
/// How many people are told at once.
const MAX_UNTOLD: i64 = 100;

type LinkRow = (i64, String, Vec<u8>, i64, i64, String, Option<i64>);

impl From<LinkRow> for Untold {
    fn from((server, question, asker, channel, message, entry, told_at): LinkRow) -> Self {
        Self { link: Link::of_row(server, channel, message), question, entry, told_at: told_at.map(Timestamp), asker }
    }
}

impl Store {
    /// Those who asked a question that has an answer now, and do not know it yet.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn untold(&self) -> Result<Vec<Untold>, JournalError> {
        let found = self.transaction(Access::Read, async |connection| {
            let select = statement(
                "SELECT server, question, asker, channel, message, entry, told_at
                 FROM gap_links WHERE entry <> '' ORDER BY message LIMIT $1",
            );
            select.bind(MAX_UNTOLD).fetch_all::<LinkRow>(connection).await
        });
        Ok(self.patiently(found.boxed()).await?.into_iter().map(Untold::from).collect())
    }

    /// Notes that somebody begins to tell the author of a question. Returns whether nobody has told
    /// them meanwhile.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn begin_to_tell(&self, untold: &Untold, at: Timestamp) -> Result<bool, JournalError> {
        self.note_telling(untold, Some(at.0)).await
    }

    /// Notes that the author of a question was certainly not told, so that it is tried again.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn was_not_told(&self, untold: &Untold) -> Result<(), JournalError> {
        self.note_telling(untold, None).await.map(drop)
    }

    async fn note_telling(&self, untold: &Untold, at: Option<i64>) -> Result<bool, JournalError> {
        let noted = self.transaction(Access::Write, async |connection| {
            let update = statement(
                "UPDATE gap_links SET told_at = $1
                 WHERE server = $2 AND question = $3 AND asker = $4 AND message = $5
                     AND entry <> ''",
            );
            let update = update.bind(at).bind(server_column(untold)).bind(untold.question.as_str());
            update.bind(untold.asker.as_slice()).bind(untold.link.message.cast_signed()).execute(connection).await
        });
        Ok(self.patiently(noted.boxed()).await? > 0)
    }

    /// Forgets where a question was asked, because its author was told, or cannot be.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written, [`JournalError::NotErased`] if the
    /// write-ahead log still has it.
    pub async fn forget_link(&self, untold: &Untold) -> Result<(), JournalError> {
        let deleted = self.transaction(Access::Write, async |connection| {
            let delete = statement(
                "DELETE FROM gap_links
                 WHERE server = $1 AND question = $2 AND asker = $3 AND message = $4",
            );
            let delete = delete.bind(server_column(untold)).bind(untold.question.as_str());
            delete.bind(untold.asker.as_slice()).bind(untold.link.message.cast_signed()).execute(connection).await
        });
        if self.patiently(deleted.boxed()).await? > 0 { self.clear_away().await } else { Ok(()) }
    }

    /// Forgets where all questions were asked, because that is not to be kept any more.
    pub(super) async fn forget_links(&self) -> Result<(), JournalError> {
        let deleted = self.transaction(Access::Write, async |connection| {
            statement("DELETE FROM gap_links").execute(connection).await
        });
        if self.patiently(deleted.boxed()).await? > 0 { self.clear_away().await } else { Ok(()) }
    }
}

fn server_column(untold: &Untold) -> i64 {
    untold.link.server.unwrap_or_default().cast_signed()
}

/// Remembers where a question was asked, if that is known: of each author the newest message of a
/// group.
pub(super) async fn add_link(connection: &mut Connection, gap: &Gap, key: &MemberKey) -> sqlx::Result<()> {
    let Some(origin) = gap.origin else { return Ok(()) };
    let server = gap.asker.server.unwrap_or_default().cast_signed();
    let asker = key.asker(origin.author, server, &gap.group);
    // After a change of the base, the question may belong to another group.
    let moved = statement(
        "DELETE FROM gap_links
         WHERE server = $1 AND question = $2 AND group_key <> $3",
    );
    moved.bind(server).bind(gap.normalized.as_str()).bind(gap.group.as_str()).execute(connection).await?;
    delete_link(connection, server, &gap.group, &asker).await?;
    let count = statement("SELECT COUNT(*) FROM gap_links WHERE server = $1 AND group_key = $2");
    let (count,) = count.bind(server).bind(gap.group.as_str()).fetch_one::<(i64,)>(connection).await?;
    if count >= MAX_LINKS {
        return Ok(());
    }
    statement(
        "INSERT INTO gap_links (server, question, asker, group_key, channel, message, entry)
         VALUES ($1, $2, $3, $4, $5, $6, '')
         ON CONFLICT (server, question, asker) DO NOTHING",
    )
    .bind(server)
    .bind(gap.normalized.as_str())
    .bind(asker.as_slice())
    .bind(gap.group.as_str())
    .bind(origin.channel.cast_signed())
    .bind(origin.message.cast_signed())
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets where a member asked the questions of a group that nobody has to be told of.
pub(super) async fn delete_link(
    connection: &mut Connection,
    server: i64,
    group: &str,
    asker: &[u8],
) -> sqlx::Result<()> {
    let delete = statement(
        "DELETE FROM gap_links
         WHERE server = $1 AND group_key = $2 AND asker = $3",
    );
    delete.bind(server).bind(group).bind(asker).execute(connection).await?;
    Ok(())
}

/// Forgets where a member asked anything. Their hash is different in each group, so all rows have
/// to be compared.
pub(super) async fn forget_links_of(connection: &mut Connection, member: u64, key: &MemberKey) -> sqlx::Result<()> {
    let mut found: Vec<(i64, String, Vec<u8>)> = Vec::new();
    let mut links =
        statement("SELECT server, group_key, asker FROM gap_links").fetch::<(i64, String, Vec<u8>)>(connection);
    while let Some((server, group, asker)) = links.try_next().await? {
        if asker == key.asker(member, server, &group) {
            found.push((server, group, asker));
        }
    }
    drop(links);
    for (server, group, asker) in found {
        delete_link(connection, server, &group, &asker).await?;
    }
    Ok(())
}

/// Where the questions of these groups were asked last.
pub(super) async fn links_of(
    connection: &mut Connection,
    server: Option<u64>,
    groups: &[&str],
) -> sqlx::Result<HashMap<String, Vec<Link>>> {
    let mut links: HashMap<String, Vec<Link>> = HashMap::new();
    if groups.is_empty() {
        return Ok(links);
    }
    let (scope, first) = if server.is_some() { ("server = $2 AND", 3) } else { ("", 2) };
    let names: Vec<String> = (first..groups.len() + first).map(|number| format!("${number}")).collect();
    let sql = format!(
        "SELECT group_key, server, channel, message FROM (
             SELECT group_key, server, channel, message,
                 ROW_NUMBER() OVER (PARTITION BY group_key ORDER BY message DESC) AS place
             FROM gap_links WHERE {scope} entry = '' AND group_key IN ({})
         ) AS ranked WHERE place <= $1 ORDER BY group_key, place",
        names.join(", ")
    );
    let query = statement(AssertSqlSafe(sql)).bind(MAX_SHOWN);
    let query = match server {
        Some(server) => query.bind(server.cast_signed()),
        None => query,
    };
    let query = groups.iter().fold(query, |query, group| query.bind(*group));
    for (group, at, channel, message) in query.fetch_all::<(String, i64, i64, i64)>(connection).await? {
        links.entry(group).or_default().push(Link::of_row(at, channel, message));
    }
    Ok(links)
}
