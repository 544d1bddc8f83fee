//! Lists of unanswered questions: those of a server or all, by group, the most asked first.
//!
//! A page begins after a group, not after a number of groups, so that a list that changes
//! meanwhile shows no group twice and leaves none out.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use futures_util::{FutureExt, TryStreamExt};
use serde::Serialize;
use sqlx::AssertSqlSafe;

use super::error::JournalError;
use super::link::Link;
use super::link_table::links_of;
use super::statement::{Connection, Statement, statement};
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// How many wordings of a group are shown. More would tell a curator nothing new.
const MAX_WORDINGS: usize = 5;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it begins or ends.
    pub from: PageStart,
    /// How many groups to return at most.
    pub limit: u32,
}

/// Where a page begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageStart {
    /// It begins with the first group.
    First,
    /// It begins after so many groups.
    Offset(u32),
    /// It begins after this group, or where that would be.
    After(GapKey),
    /// It ends before this group, or where that would be.
    Before(GapKey),
}

impl Page {
    /// The first groups.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { from: PageStart::First, limit }
    }
}

/// The place of a group in a list. As text, its parts have colons between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapKey {
    /// How many members asked.
    pub asked: u64,
    /// When it was last asked.
    pub last_seen: Timestamp,
    /// The name of the group.
    pub group: String,
}

impl fmt::Display for GapKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.asked, self.last_seen.0, self.group)
    }
}

/// A text is not the place of a group.
#[derive(Debug, thiserror::Error)]
#[error("write a place as `footnote journal gaps --limit` shows it: ASKED:SECONDS:GROUP")]
pub struct GapKeyError;

impl FromStr for GapKey {
    type Err = GapKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, ':');
        let mut part = || parts.next().ok_or(GapKeyError);
        let asked: u64 = part()?.parse().map_err(|_| GapKeyError)?;
        let last_seen = Timestamp(part()?.parse().map_err(|_| GapKeyError)?);
        let group = part()?.to_owned();
        let is_name = (1..=16).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_name && i64::try_from(asked).is_ok() { Ok(Self { asked, last_seen, group }) } else { Err(GapKeyError) }
    }
}

/// Unanswered questions, the most asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapPage {
    /// The groups on the page.
    pub groups: Vec<GapGroup>,
    /// How many groups come before them.
    pub before: u64,
    /// How many groups there are on all pages; 0 if there are none on this one.
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
    /// Where it was asked last, if that is kept; the newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

impl GapGroup {
    /// Its place in the list.
    #[must_use]
    pub fn key(&self) -> GapKey {
        GapKey { asked: self.asked, last_seen: self.last_seen, group: self.group.clone() }
    }
}

impl Store {
    /// The groups of unanswered questions from one server or, with `None`, from anywhere: the most
    /// asked first, then the most recent. The time that a server's take does not depend on the
    /// questions of other servers.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn gaps(&self, server: Option<u64>, page: &Page) -> Result<GapPage, JournalError> {
        let gaps = self.transaction(Access::Read, async |connection| {
            let mut rows: Vec<GroupRow> = page_statement(server, page).fetch_all(connection).await?;
            if matches!(page.from, PageStart::Before(_)) {
                rows.reverse();
            }
            let before = before(page, &rows);
            let total = rows.first().map_or(0, |row| row.5);
            let names: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
            let mut wordings = wordings(connection, server, &names).await?;
            let mut links = links_of(connection, server, &names).await?;
            let group = |(group, asked, first_seen, last_seen, _, _): GroupRow| GapGroup {
                wordings: wordings.remove(&group).unwrap_or_default(),
                links: links.remove(&group).unwrap_or_default(),
                asked: asked.cast_unsigned(),
                first_seen: Timestamp(first_seen),
                last_seen: Timestamp(last_seen),
                group,
            };
            let groups = rows.into_iter().map(group).collect();
            Ok(GapPage { groups, before: before.cast_unsigned(), total: total.cast_unsigned() })
        });
        self.promptly(gaps.boxed()).await
    }

    /// All groups of unanswered questions from one server or, with `None`, from anywhere, in the
    /// order of [`Self::gaps`]. Reads each question once.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn all_gaps(&self, server: Option<u64>) -> Result<Vec<GapGroup>, JournalError> {
        let groups = self.transaction(Access::Read, async |connection| {
            let rows = match server {
                Some(server) => statement(
                    "SELECT group_key, question, example, asked, first_seen, last_seen
                     FROM gaps WHERE server = $1 AND done_at IS NULL",
                )
                .bind(server.cast_signed()),
                None => statement(
                    "SELECT group_key, question, example, asked, first_seen, last_seen
                     FROM gaps WHERE done_at IS NULL",
                ),
            };
            let mut rows = rows.fetch::<(String, String, String, i64, i64, i64)>(connection);
            let mut groups: HashMap<String, Tally> = HashMap::new();
            while let Some((group, question, example, asked, first_seen, last_seen)) = rows.try_next().await? {
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
}

/// The group's name, how many asked it, when first and last, how many groups are on the page's side
/// of the group that it begins after or ends before, and how many there are.
type GroupRow = (String, i64, i64, i64, i64, i64);

/// How many groups come before these.
fn before(page: &Page, rows: &[GroupRow]) -> i64 {
    let Some(&(.., beyond, total)) = rows.first() else { return 0 };
    match page.from {
        PageStart::First => 0,
        PageStart::Offset(offset) => i64::from(offset),
        PageStart::After(_) => total - beyond,
        PageStart::Before(_) => beyond - i64::try_from(rows.len()).unwrap_or(beyond),
    }
}

/// The groups are made once and then only counted and compared: to number them all would take three
/// times as long.
///
/// A group counts once at least: the wording that its members were counted for may be gone, but
/// somebody asked.
fn page_statement(server: Option<u64>, page: &Page) -> Statement {
    let scope = if server.is_some() { "server = $2 AND" } else { "" };
    let first = if server.is_some() { 3 } else { 2 };
    let (times, latest, group) = (format!("${first}"), format!("${}", first + 1), format!("${}", first + 2));
    let (side, offset) = match &page.from {
        PageStart::First => (String::new(), String::new()),
        PageStart::Offset(_) => (String::new(), format!("OFFSET {times}")),
        PageStart::After(_) => (
            format!(
                "WHERE times < {times} OR (times = {times}
                     AND (latest < {latest} OR (latest = {latest} AND group_key > {group})))"
            ),
            String::new(),
        ),
        PageStart::Before(_) => (
            format!(
                "WHERE times > {times} OR (times = {times}
                     AND (latest > {latest} OR (latest = {latest} AND group_key < {group})))"
            ),
            String::new(),
        ),
    };
    let order = match &page.from {
        PageStart::Before(_) => "times, latest, group_key DESC",
        _ => "times DESC, latest DESC, group_key",
    };
    let sql = format!(
        "WITH grouped AS MATERIALIZED (
             SELECT group_key, MIN(first_seen) AS earliest, MAX(last_seen) AS latest,
                 CAST(CASE WHEN SUM(asked) < 1 THEN 1 ELSE SUM(asked) END AS BIGINT) AS times
             FROM gaps WHERE {scope} done_at IS NULL GROUP BY group_key
         )
         SELECT group_key, times, earliest, latest, (SELECT COUNT(*) FROM grouped {side}),
             (SELECT COUNT(*) FROM grouped)
         FROM grouped {side} ORDER BY {order} LIMIT $1 {offset}"
    );
    let statement = statement(AssertSqlSafe(sql)).bind(i64::from(page.limit));
    let statement = match server {
        Some(server) => statement.bind(server.cast_signed()),
        None => statement,
    };
    match &page.from {
        PageStart::First => statement,
        PageStart::Offset(offset) => statement.bind(i64::from(*offset)),
        PageStart::After(key) | PageStart::Before(key) => {
            statement.bind(key.asked.cast_signed()).bind(key.last_seen.0).bind(key.group.as_str())
        }
    }
}

/// The most frequent wordings of each of these groups.
async fn wordings(
    connection: &mut Connection,
    server: Option<u64>,
    groups: &[&str],
) -> sqlx::Result<HashMap<String, Vec<String>>> {
    let mut wordings: HashMap<String, Vec<String>> = HashMap::new();
    if groups.is_empty() {
        return Ok(wordings);
    }
    let first = if server.is_some() { 3 } else { 2 };
    let names: Vec<String> = (first..groups.len() + first).map(|number| format!("${number}")).collect();
    let names = names.join(", ");
    // A server has a question once. To group its rows all the same would read all of them.
    let worded = if server.is_some() {
        format!(
            "SELECT group_key, question, example, asked AS times
             FROM gaps WHERE server = $2 AND done_at IS NULL AND group_key IN ({names})"
        )
    } else {
        format!(
            "SELECT group_key, question, MIN(example) AS example, SUM(asked) AS times
             FROM gaps WHERE done_at IS NULL AND group_key IN ({names})
             GROUP BY group_key, question"
        )
    };
    let sql = format!(
        "SELECT group_key, example FROM (
             SELECT group_key, example,
                 ROW_NUMBER() OVER (PARTITION BY group_key ORDER BY times DESC, question) AS place
             FROM ({worded}) AS worded
         ) AS ranked WHERE place <= $1 ORDER BY group_key, place"
    );
    let query = statement(AssertSqlSafe(sql)).bind(i64::try_from(MAX_WORDINGS).unwrap_or(i64::MAX));
    let query = match server {
        Some(server) => query.bind(server.cast_signed()),
        None => query,
    };
    let query = groups.iter().fold(query, |query, group| query.bind(*group));
    for (group, example) in query.fetch_all::<(String, String)>(connection).await? {
        wordings.entry(group).or_default().push(example);
    }
    Ok(wordings)
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
            asked: self.asked.max(1).cast_unsigned(),
            first_seen: Timestamp(first_seen),
            last_seen: Timestamp(last_seen),
            wordings: questions.into_iter().take(MAX_WORDINGS).map(|(_, (_, example))| example).collect(),
            links: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written_and_nothing_else_is() {
        let key = GapKey { asked: 3, last_seen: Timestamp(1_700_000_000), group: "00ff00ff00ff00ff".to_owned() };
        assert_eq!(key.to_string(), "3:1700000000:00ff00ff00ff00ff");
        assert_eq!(key.to_string().parse::<GapKey>().ok(), Some(key));
        for text in ["", "3", "3:1", "3:1:", "3:1:xyz", "-3:1:ab", "99999999999999999999:1:ab", "3:1:00ff00ff00ff00ff0"]
        {
            assert!(text.parse::<GapKey>().is_err(), "{text}");
        }
    }
}
