//! A date of which only the year, or the year and the month, may be known.
//!
//! Documents often give no day. Writing the first of the month instead would state something that
//! they do not.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::text::MONTHS;

/// `2025`, `2025-03` or `2025-03-27` in the Gregorian calendar. The year is 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// The text is not a date in one of the three forms.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date")]
pub struct InvalidDate(String);

impl PartialDate {
    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if it is known.
    #[must_use]
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, 1 to 31, if it is known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// The day it is now, in UTC.
    #[must_use]
    pub fn today() -> Self {
        let now = time::OffsetDateTime::now_utc();
        let year = u16::try_from(now.year()).unwrap_or(u16::MAX);
        Self { year, month: Some(now.month().into()), day: Some(now.day()) }
    }

    /// The date as people write it: `27 March 2025`, `March 2025`, `2025`.
    #[must_use]
    pub fn spelled_out(self) -> String {
        let month = self.month.map(|month| MONTHS[usize::from(month) - 1]);
        match (month, self.day) {
            (Some(month), Some(day)) => format!("{day} {month} {}", self.year),
            (Some(month), None) => format!("{month} {}", self.year),
            (None, _) => self.year.to_string(),
        }
    }
}

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        parse(text).ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4).filter(|&year| year > 0)?;
    let (mut month, mut day) = (None, None);
    if let Some(part) = parts.next() {
        let known = up_to(12, part)?;
        month = Some(known);
        if let Some(part) = parts.next() {
            day = Some(up_to(days_in(year, known), part)?);
        }
    }
    parts.next().is_none().then_some(PartialDate { year, month, day })
}

/// A two-digit number from 1 to `last`.
fn up_to(last: u8, part: &str) -> Option<u8> {
    digits(part, 2).and_then(|number| u8::try_from(number).ok()).filter(|number| (1..=last).contains(number))
}

fn digits(part: &str, length: usize) -> Option<u16> {
    let is_well_formed = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_well_formed { part.parse().ok() } else { None }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        for text in ["2025", "2025-03", "2025-03-27", "2024-02-29"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_not_a_date() {
        for text in
            ["", "25", "2025-3", "2025-13", "2025-00", "2025-02-29", "2025-04-31", "2025-03-27-1", "März 2025", "0000"]
        {
            assert!(text.parse::<PartialDate>().is_err(), "{text} was accepted");
        }
    }

    #[test]
    fn spells_out_only_what_is_known() {
        let spelled = |text: &str| text.parse::<PartialDate>().unwrap().spelled_out();
        assert_eq!(spelled("2025-03-27"), "27 March 2025");
        assert_eq!(spelled("2025-03"), "March 2025");
        assert_eq!(spelled("2025"), "2025");
    }
}
