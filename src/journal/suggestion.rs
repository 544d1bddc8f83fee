//! What picks suggest to a curator: questions with the entry that probably answers them, or that
//! does not.

use futures_util::FutureExt;
use serde::Serialize;
use sqlx::AssertSqlSafe;

use super::error::JournalError;
use super::statement::statement;
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// A question and an entry, with what members said of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The name of the two, 16 hexadecimal digits.
    pub name: String,
    /// The question as a member typed it.
    pub question: String,
    /// The entry's id. The base may not have it any more.
    pub entry: String,
    /// How often members chose the entry for the question.
    pub chosen: u64,
    /// How often the entry was the answer, but only just sure enough.
    pub narrow: u64,
    /// How often members said that the entry does not help.
    pub unhelpful: u64,
    /// When it happened for the first time.
    pub first_seen: Timestamp,
    /// When it last happened.
    pub last_seen: Timestamp,
}

impl Suggestion {
    /// Whether the question is probably a phrasing of the entry.
    #[must_use]
    pub fn is_phrasing(&self) -> bool {
        self.chosen + self.narrow > 0 && self.chosen >= self.unhelpful
    }
}

/// A part of a list of suggestions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestionPage {
    /// Those in this part, the most often chosen first.
    pub suggestions: Vec<Suggestion>,
    /// How many there are in all; 0 if there are none in this part.
    pub total: u64,
}

/// The sum over these kinds.
fn times(kinds: &str) -> String {
    format!("CAST(SUM(CASE WHEN kind IN ({kinds}) THEN times ELSE 0 END) AS BIGINT)")
}

/// Selects the suggestions in this scope that no curator has dealt with.
fn waiting(scope: &str) -> String {
    format!(
        "SELECT name, MIN(example), MIN(entry),
             {} AS chosen, {} AS narrow, {} AS unhelpful,
             MIN(first_seen), MAX(last_seen) AS latest, COUNT(*) OVER ()
         FROM picks WHERE {scope} done_at IS NULL GROUP BY name",
        times("'suggested', 'closest', 'instead'"),
        times("'narrow'"),
        times("'unhelpful'"),
    )
}

type Row = (String, String, String, i64, i64, i64, i64, i64, i64);

impl From<Row> for Suggestion {
    fn from((name, question, entry, chosen, narrow, unhelpful, first_seen, last_seen, _): Row) -> Self {
        Self {
            name,
            question,
            entry,
            chosen: chosen.cast_unsigned(),
            narrow: narrow.cast_unsigned(),
            unhelpful: unhelpful.cast_unsigned(),
            first_seen: Timestamp(first_seen),
            last_seen: Timestamp(last_seen),
        }
    }
}

impl Store {
    /// At most `limit` suggestions after the first `offset`, from one server or, with `None`, from
    /// anywhere: the most often chosen first, then those that helped least, then the most often
    /// narrow ones. Those that a curator has dealt with are left out.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn suggestions(
        &self,
        server: Option<u64>,
        offset: u32,
        limit: u32,
    ) -> Result<SuggestionPage, JournalError> {
        let page = self.transaction(Access::Read, async |connection| {
            let sql = format!(
                "{}
                 ORDER BY chosen DESC, unhelpful DESC, narrow DESC, latest DESC, name
                 LIMIT $1 OFFSET $2",
                waiting(if server.is_some() { "server = $3 AND" } else { "" }),
            );
            let page = statement(AssertSqlSafe(sql)).bind(i64::from(limit)).bind(i64::from(offset));
            let page = match server {
                Some(server) => page.bind(server.cast_signed()),
                None => page,
            };
            page.fetch_all::<Row>(connection).await
        });
        let rows = self.promptly(page.boxed()).await?;
        let total = rows.first().map_or(0, |row| row.8.cast_unsigned());
        Ok(SuggestionPage { suggestions: rows.into_iter().map(Suggestion::from).collect(), total })
    }

    /// A suggestion of a server, by its name, unless a curator has dealt with it.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn suggestion(&self, name: &str, server: u64) -> Result<Option<Suggestion>, JournalError> {
        let found = self.transaction(Access::Read, async |connection| {
            let sql = waiting("server = $1 AND name = $2 AND");
            let select = statement(AssertSqlSafe(sql)).bind(server.cast_signed()).bind(name);
            select.fetch_optional::<Row>(connection).await
        });
        Ok(self.promptly(found.boxed()).await?.map(Suggestion::from))
    }

    /// Marks a suggestion of a server as dealt with, by its name. It is listed no more, however
    /// often it happens again. Returns whether there was such a suggestion.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn settle_suggestion(&self, name: &str, server: u64) -> Result<bool, JournalError> {
        let settled = self.transaction(Access::Write, async |connection| {
            let settle = statement(
                "UPDATE picks SET done_at = $1
                 WHERE server = $2 AND name = $3 AND done_at IS NULL",
            );
            settle.bind(Timestamp::now().0).bind(server.cast_signed()).bind(name).execute(connection).await
        });
        Ok(self.promptly(settled.boxed()).await? > 0)
    }
}
