//! Times of the week.

use footnote_knowledge::toml_file::Located;
use time::Weekday;

use super::key::{Field, Value, quoted};

const SECONDS_A_DAY: i64 = 86_400;
const DAYS_A_WEEK: i64 = 7;
/// 1 January 1970 was a Thursday, three days after a Monday.
const DAYS_SINCE_MONDAY: i64 = 3;

/// A time of each week, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyTime {
    weekday: Weekday,
    /// After the beginning of the day.
    minutes: u16,
}

/// The weekdays as they are written, from Monday on.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl WeeklyTime {
    /// Monday morning, when a week's work begins.
    pub(super) const MONDAY_MORNING: Self = Self { weekday: Weekday::Monday, minutes: 9 * 60 };

    /// When it was last, at `now` at the latest, both in Unix seconds.
    #[must_use]
    pub fn last(self, now: i64) -> i64 {
        let day = now.div_euclid(SECONDS_A_DAY);
        let weekday = (day + DAYS_SINCE_MONDAY).rem_euclid(DAYS_A_WEEK);
        let since = (weekday - i64::from(self.weekday.number_days_from_monday())).rem_euclid(DAYS_A_WEEK);
        let last = (day - since) * SECONDS_A_DAY + i64::from(self.minutes) * 60;
        if last > now { last - DAYS_A_WEEK * SECONDS_A_DAY } else { last }
    }

    fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.trim().split_once(' ')?;
        let (_, weekday) = WEEKDAYS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(day))?;
        let (hour, minute) = time.trim().split_once(':')?;
        let is_number = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number =
            |part: &str, below: u16| part.parse().ok().filter(|&number: &u16| is_number(part) && number < below);
        Some(Self { weekday, minutes: number(hour, 24)? * 60 + number(minute, 60)? })
    }
}

impl Value for WeeklyTime {
    const VALUES: &'static str = "weekday and time";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            Self::parse,
            |text| format!("`{text}` is not a time of the week"),
            || format!("write a weekday and a time in UTC, such as {} = {}", field.name, field.example),
        )
    }

    fn to_toml(&self) -> Option<String> {
        let (name, _) = WEEKDAYS.into_iter().find(|(_, weekday)| *weekday == self.weekday)?;
        Some(quoted(&format!("{name} {:02}:{:02}", self.minutes / 60, self.minutes % 60)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Friday, 27 November 2026, noon.
    const NOON: i64 = 1_795_780_800;

    #[test]
    fn the_last_time_is_within_the_week_before() {
        let ago = |text: &str| (NOON - WeeklyTime::parse(text).expect("it is a time").last(NOON)) / 60;
        assert_eq!(ago("friday 12:00"), 0);
        assert_eq!(ago("friday 12:01"), 7 * 24 * 60 - 1);
        assert_eq!(ago("Thursday 00:00"), 36 * 60);
        assert_eq!(ago("saturday 23:59"), 5 * 24 * 60 + 12 * 60 + 1);
    }

    #[test]
    fn what_is_no_time_of_the_week_is_refused() {
        for text in ["", "monday", "9:00", "monday 9:00", "monday 24:00", "monday 09:60", "montag 09:00", "monday 0900"]
        {
            assert_eq!(WeeklyTime::parse(text), None, "{text}");
        }
        assert_eq!(WeeklyTime::MONDAY_MORNING.to_toml().as_deref(), Some("\"monday 09:00\""));
    }
}
