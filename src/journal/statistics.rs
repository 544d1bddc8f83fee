//! What the counts and votes add up to, by week and by entry.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use futures_util::FutureExt;
use serde::Serialize;
use sqlx::AssertSqlSafe;
use time::OffsetDateTime;

use super::error::JournalError;
use super::statement::{Connection, Row, statement};
use super::store::{Access, Store};
use super::tally::{Event, Tallied};
use super::timestamp::{SECONDS_A_DAY, Timestamp};
use footnote_evaluation::proportion::Proportion;

const DAYS_A_WEEK: i64 = 7;
/// 1 January 1970 was a Thursday, three days after a Monday.
const DAYS_SINCE_MONDAY: i64 = 3;

/// How a bot was used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// Each week, the oldest first; the last one is not over.
    pub weeks: Vec<WeekFigures>,
    /// The entries that were shown or voted on in these weeks, the most shown first.
    pub entries: Vec<EntryFigures>,
}

/// What happened in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekFigures {
    /// Its Monday, in UTC, such as `2026-11-23`.
    pub week: String,
    /// When that begins.
    #[serde(skip)]
    pub begins_at: Timestamp,
    /// How many questions were asked: the sum of the next four.
    pub asked: u64,
    /// How many got an answer.
    pub answered: u64,
    /// How many got the nearest entry.
    pub closest: u64,
    /// For how many entries were offered.
    pub suggested: u64,
    /// How many got nothing.
    pub unknown: u64,
    /// How many were asked again by the same member within ten minutes.
    pub asked_again: u64,
    /// How many groups of unanswered questions were marked as done.
    pub gaps_closed: u64,
}

/// How an entry was used, and what members thought of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryFigures {
    /// The entry's id. The base may not have it any more.
    pub entry: String,
    /// How often it was the answer, or the nearest entry.
    pub shown: u64,
    /// How often members asked the same again within ten minutes.
    pub asked_again: u64,
    /// How many members found it helpful.
    pub helpful: u64,
    /// How many members found it not helpful.
    pub unhelpful: u64,
    /// The share of those who found it helpful, with a 95% interval; `None` without any votes.
    pub helpful_rate: Option<Proportion>,
}

/// The sums of events by week or entry.
type Sums<K> = BTreeMap<K, BTreeMap<String, i64>>;

impl Store {
    /// The figures of one server or, with `None`, of all together, for the week of `now` and those
    /// before it, `weeks` in all.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn statistics(
        &self,
        server: Option<u64>,
        weeks: u32,
        now: Timestamp,
    ) -> Result<Statistics, JournalError> {
        self.statistics_with(server, weeks, now, &[]).await
    }

    /// The same with counts that are not written yet.
    pub(super) async fn statistics_with(
        &self,
        server: Option<u64>,
        weeks: u32,
        now: Timestamp,
        unwritten: &[(Tallied, i64)],
    ) -> Result<Statistics, JournalError> {
        let last = week_of(now.day());
        let first = last - i64::from(weeks.saturating_sub(1));
        let since = monday(first);
        let read = self.transaction(Access::Read, async |connection| {
            let weekly = "SELECT (day + 3) / 7, event, CAST(SUM(times) AS BIGINT)";
            let weekly: Vec<(i64, String, i64)> = counts(connection, weekly, "1, 2", server, since).await?;
            let by_entry = "SELECT entry, event, CAST(SUM(times) AS BIGINT)";
            let by_entry: Vec<(String, String, i64)> = counts(connection, by_entry, "1, 2", server, since).await?;
            let votes = votes_since(connection, server, since * SECONDS_A_DAY).await?;
            Ok((weekly, by_entry, votes))
        });
        let (weekly, by_entry, votes) = self.promptly(read.boxed()).await?;
        let (mut weeks, mut entries): (Sums<i64>, Sums<String>) = (Sums::new(), Sums::new());
        for (week, event, times) in weekly {
            add(&mut weeks, week, &event, times);
        }
        for (entry, event, times) in by_entry {
            add(&mut entries, entry, &event, times);
        }
        let server = server.map(u64::cast_signed);
        let is_wanted = |counted: &Tallied| counted.day >= since && server.is_none_or(|id| id == counted.server);
        for (counted, times) in unwritten.iter().filter(|(counted, _)| is_wanted(counted)) {
            add(&mut weeks, week_of(counted.day), counted.event.label(), *times);
            add(&mut entries, counted.entry.clone(), counted.event.label(), *times);
        }
        let weeks = (first..=last).map(|week| week_figures(week, weeks.get(&week))).collect();
        Ok(Statistics { weeks, entries: entry_figures(entries, votes) })
    }
}

fn week_of(day: i64) -> i64 {
    (day + DAYS_SINCE_MONDAY).div_euclid(DAYS_A_WEEK)
}

/// The day on which a week begins.
fn monday(week: i64) -> i64 {
    week * DAYS_A_WEEK - DAYS_SINCE_MONDAY
}

async fn counts<R: Row>(
    connection: &mut Connection,
    select: &str,
    group: &str,
    server: Option<u64>,
    since: i64,
) -> sqlx::Result<Vec<R>> {
    let scope = if server.is_some() { "AND server = $2" } else { "" };
    let sql = format!("{select} FROM counts WHERE day >= $1 {scope} GROUP BY {group}");
    let counts = statement(AssertSqlSafe(sql)).bind(since);
    let counts = match server {
        Some(server) => counts.bind(server.cast_signed()),
        None => counts,
    };
    counts.fetch_all(connection).await
}

/// The votes on each entry: those that found it helpful, and all.
async fn votes_since(
    connection: &mut Connection,
    server: Option<u64>,
    since: i64,
) -> sqlx::Result<Vec<(String, i64, i64)>> {
    let scope = if server.is_some() { "AND server = $2" } else { "" };
    let sql = format!(
        "SELECT entry, COUNT(CASE WHEN helpful THEN 1 END), COUNT(*)
         FROM votes WHERE voted_at >= $1 {scope} GROUP BY entry"
    );
    let votes = statement(AssertSqlSafe(sql)).bind(since);
    let votes = match server {
        Some(server) => votes.bind(server.cast_signed()),
        None => votes,
    };
    votes.fetch_all(connection).await
}

fn add<K: Ord>(sums: &mut Sums<K>, key: K, event: &str, times: i64) {
    *sums.entry(key).or_default().entry(event.to_owned()).or_default() += times;
}

fn of(events: Option<&BTreeMap<String, i64>>, event: Event) -> u64 {
    events.and_then(|events| events.get(event.label())).map_or(0, |times| times.cast_unsigned())
}

fn week_figures(week: i64, events: Option<&BTreeMap<String, i64>>) -> WeekFigures {
    let [answered, closest, suggested, unknown] =
        [Event::Answered, Event::Closest, Event::Suggested, Event::Unknown].map(|event| of(events, event));
    let begins_at = Timestamp(monday(week) * SECONDS_A_DAY);
    let monday = OffsetDateTime::from_unix_timestamp(begins_at.0);
    WeekFigures {
        week: monday.map_or_else(|_| String::new(), |monday| monday.date().to_string()),
        begins_at,
        asked: answered + closest + suggested + unknown,
        answered,
        closest,
        suggested,
        unknown,
        asked_again: of(events, Event::AskedAgain),
        gaps_closed: of(events, Event::GapClosed),
    }
}

fn entry_figures(mut counted: Sums<String>, votes: Vec<(String, i64, i64)>) -> Vec<EntryFigures> {
    // Questions without an entry.
    counted.remove("");
    let mut votes: BTreeMap<String, (i64, i64)> =
        votes.into_iter().map(|(entry, helpful, all)| (entry, (helpful, all))).collect();
    for entry in votes.keys() {
        counted.entry(entry.clone()).or_default();
    }
    let mut figures: Vec<EntryFigures> = counted
        .into_iter()
        .map(|(entry, events)| {
            let (helpful, all) = votes.remove(&entry).unwrap_or_default();
            let count = |number: i64| usize::try_from(number).unwrap_or_default();
            EntryFigures {
                shown: of(Some(&events), Event::Answered) + of(Some(&events), Event::Closest),
                asked_again: of(Some(&events), Event::AskedAgain),
                helpful: helpful.cast_unsigned(),
                unhelpful: (all - helpful).cast_unsigned(),
                helpful_rate: (all > 0).then(|| Proportion::new(count(helpful), count(all))),
                entry,
            }
        })
        .collect();
    figures
        .sort_by(|one, other| Reverse(one.shown).cmp(&Reverse(other.shown)).then_with(|| one.entry.cmp(&other.entry)));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        // 23 November 2026 is a Monday.
        let day = Timestamp(1_795_392_000).day();
        let figures = |day| week_figures(week_of(day), None).week;
        assert_eq!([figures(day), figures(day + 6)], ["2026-11-23"; 2].map(str::to_owned));
        assert_eq!([figures(day - 1), figures(day + 7)], ["2026-11-16", "2026-11-30"].map(str::to_owned));
    }
}
