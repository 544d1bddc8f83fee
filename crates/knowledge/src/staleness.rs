//! Which entries and sources somebody should look at again: those whose time for review has come,
//! and facts that nobody has confirmed for long.
//!
//! A date of which only the year or the month is known counts as its last day.

use std::fmt;
use std::str::FromStr;

use time::{Date, Duration, Month};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::{KnowledgeBase, PartialDate};

/// How old something may become: a number of days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    number: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    const NAMES: [(&'static str, Self); 4] =
        [("day", Self::Days), ("week", Self::Weeks), ("month", Self::Months), ("year", Self::Years)];
}

/// The text is no age.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an age such as \"12 months\"")]
pub struct InvalidAge(String);

impl FromStr for Age {
    type Err = InvalidAge;

    fn from_str(text: &str) -> Result<Self, InvalidAge> {
        let read = || {
            let (number, unit) = text.trim().split_once(' ')?;
            let (number, unit) = (number.parse().ok().filter(|&number: &u16| number > 0)?, unit.trim());
            let unit = unit.strip_suffix('s').unwrap_or(unit);
            let unit = Unit::NAMES.into_iter().find(|(name, _)| *name == unit)?.1;
            Some(Self { number, unit })
        };
        read().ok_or_else(|| InvalidAge(text.to_owned()))
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = Unit::NAMES.into_iter().find(|(_, unit)| *unit == self.unit).map_or("", |(name, _)| name);
        write!(f, "{} {unit}{}", self.number, if self.number == 1 { "" } else { "s" })
    }
}

impl Age {
    /// The day that is so much later; `None` beyond the calendar.
    fn after(self, day: Date) -> Option<Date> {
        let number = i32::from(self.number);
        match self.unit {
            Unit::Days => day.checked_add(Duration::days(number.into())),
            Unit::Weeks => day.checked_add(Duration::weeks(number.into())),
            Unit::Months => months_after(day, number),
            Unit::Years => months_after(day, number * 12),
        }
    }
}

/// The same day of a later month, or its last day if it has no such day.
fn months_after(day: Date, months: i32) -> Option<Date> {
    let from_zero = i32::from(u8::from(day.month())) - 1 + months;
    let year = day.year() + from_zero.div_euclid(12);
    let month = Month::try_from(u8::try_from(from_zero.rem_euclid(12) + 1).ok()?).ok()?;
    Date::from_calendar_date(year, month, day.day().min(month.length(year))).ok()
}

/// The last day that a date can mean.
fn last_day(date: PartialDate) -> Option<Date> {
    let month = Month::try_from(date.month().unwrap_or(12)).ok()?;
    let year = i32::from(date.year());
    Date::from_calendar_date(year, month, date.day().unwrap_or_else(|| month.length(year))).ok()
}

/// Something that somebody should look at again.
#[derive(Debug, Clone)]
pub struct Stale<'a> {
    /// The id of the entry or source.
    pub id: &'a str,
    /// Where it is.
    pub at: &'a Location,
    /// Why.
    pub reason: Reason,
}

/// Why something is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `review_by` says this date.
    ReviewDue(PartialDate),
    /// `as_of` says this date, which is longer ago than this.
    Old(PartialDate, Age),
}

/// The entries and sources that are due for review on this day, in the order of the base. Without
/// `after`, `as_of` may be as old as it likes.
#[must_use]
pub fn stale(base: &KnowledgeBase, after: Option<Age>, today: PartialDate) -> Vec<Stale<'_>> {
    let Some(today) = last_day(today) else { return Vec::new() };
    let is_due = |date: PartialDate| last_day(date).is_some_and(|day| day <= today);
    let is_old =
        |date: PartialDate, age: Age| last_day(date).and_then(|day| age.after(day)).is_some_and(|day| day < today);
    let due = |review_by: Option<PartialDate>| review_by.filter(|date| is_due(*date)).map(Reason::ReviewDue);
    let sources = base.sources.iter().filter_map(|source| {
        let reason = due(source.review_by)?;
        Some(Stale { id: &source.id, at: &source.at, reason })
    });
    let entries = base.entries.iter().filter_map(|entry| {
        let old = || {
            let (as_of, age) = (entry.as_of?, after?);
            is_old(as_of, age).then_some(Reason::Old(as_of, age))
        };
        let reason = due(entry.review_by).or_else(old)?;
        Some(Stale { id: &entry.id, at: &entry.at, reason })
    });
    sources.chain(entries).collect()
}

/// The same as warnings.
#[must_use]
pub fn warnings(base: &KnowledgeBase, after: Option<Age>, today: PartialDate) -> Diagnostics {
    let warning = |Stale { id, at, reason }: Stale<'_>| {
        let (message, help) = match reason {
            Reason::ReviewDue(date) => {
                (format!("`{id}` is due for review: review_by is {date}"), "check it, and set a later `review_by`")
            }
            Reason::Old(date, age) => (
                format!("`{id}` is as of {date}, more than {age} ago"),
                "check whether it is still true, and set `as_of` to the date on which you know it",
            ),
        };
        Diagnostic::warning(at.clone(), message).help(help)
    };
    Diagnostics::from(stale(base, after, today).into_iter().map(warning).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_read_as_it_is_written_and_nothing_else_is() {
        for text in ["1 day", "2 weeks", "12 months", "1 year"] {
            assert_eq!(text.parse::<Age>().map(|age| age.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "12", "months", "0 days", "-1 days", "99999 days", "1 fortnight", "1.5 years"] {
            assert!(text.parse::<Age>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_age_is_counted_in_the_calendar_from_the_last_day_that_a_date_can_mean() {
        let after = |date: &str, age: &str| {
            let day = last_day(date.parse().unwrap()).unwrap();
            age.parse::<Age>().unwrap().after(day).unwrap().to_string()
        };
        assert_eq!(after("2024-01-31", "1 month"), "2024-02-29");
        assert_eq!(after("2024-02", "1 year"), "2025-02-28");
        assert_eq!(after("2024", "2 weeks"), "2025-01-14");
        assert_eq!(after("2024-11-30", "14 months"), "2026-01-30");
    }
}
