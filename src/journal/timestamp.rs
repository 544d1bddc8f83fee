//! When something happened, in whole Unix seconds, which every database sorts and compares in the
//! same way.

use std::fmt;

use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

pub(super) const SECONDS_A_DAY: i64 = 86_400;

/// A time in Unix seconds. As text and in JSON, it is [RFC
/// 3339](https://www.rfc-editor.org/rfc/rfc3339) in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The system's time.
    #[must_use]
    pub fn now() -> Self {
        Self(OffsetDateTime::now_utc().unix_timestamp())
    }

    /// The day in UTC, counted from 1 January 1970.
    pub(super) fn day(self) -> i64 {
        self.0.div_euclid(SECONDS_A_DAY)
    }

    /// This many days earlier.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(i64::from(days) * SECONDS_A_DAY))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = OffsetDateTime::from_unix_timestamp(self.0).ok().and_then(|time| time.format(&Rfc3339).ok());
        // RFC 3339 has no form for years of more than four digits.
        f.write_str(&written.unwrap_or_else(|| format!("@{}", self.0)))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn it_is_written_in_utc_and_never_fails() {
        assert_eq!(Timestamp(1_700_000_000).to_string(), "2023-11-14T22:13:20Z");
        assert_eq!(Timestamp(0).minus_days(1).to_string(), "1969-12-31T00:00:00Z");
        assert_eq!(Timestamp(i64::MIN).minus_days(1).to_string(), format!("@{}", i64::MIN));
    }
}
