//! Masks what could identify somebody before a question is stored.
//!
//! Members type addresses and telephone numbers into anything. The journal needs to know what was
//! asked, and moderators read it, so these parts become a word that says what was there. It happens
//! before a question is normalized and grouped, because every form of it is stored.

use std::sync::LazyLock;

use fancy_regex::{Captures, Regex};

/// The fewest digits of a telephone number that begins with a plus sign or a zero, or whose groups
/// are hyphened.
const MIN_NATIONAL: usize = 7;
/// The fewest digits of other numbers that are written in groups: eight are two years.
const MIN_GROUPED: usize = 9;
/// The fewest digits without a gap: six can be a date or a number of people.
const MIN_RUN: usize = 7;

/// A text without e-mail addresses, telephone numbers, long numbers and links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked(String);

impl Masked {
    /// Masks a text as it was typed. Dates and years stay: they are what questions are about.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let masked = LINK.replace_all(text, "[link]");
        let masked = EMAIL.replace_all(&masked, "[e-mail]");
        let number = |found: &Captures<'_, str>| {
            let text = found.get(0).map_or("", |whole| whole.as_str());
            if identifies(text) { "[number]".to_owned() } else { text.to_owned() }
        };
        Self(NUMBER.replace_all(&masked, number).into_owned())
    }

    /// The masked text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Anything with a scheme or `www.`, or a host with a path.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>()\[\]"]+|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/[^\s<>()\[\]"]*"#)
});

static EMAIL: LazyLock<Regex> = LazyLock::new(|| regex(r"[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"));

/// Digits and what is written between the groups of a telephone number.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"\+?\(?\d(?:[\d\p{Zs} ().\p{Pd}/]*\d)?"));

static DATE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(?:\d{1,2}[./ -]\d{1,2}[./ -])?(?:1[3-9]|20|21)\d\d(?:[./-]\d{1,2}[./-]\d{1,2})?\b"));

static HYPHEN: LazyLock<Regex> = LazyLock::new(|| regex(r"\p{Pd}"));

#[expect(clippy::expect_used, reason = "the patterns are part of the program, and a test uses each")]
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

/// Whether a number is a telephone number, an id or the like.
fn identifies(number: &str) -> bool {
    let digits = |text: &str| text.chars().filter(|character| character.is_numeric()).count();
    let without_dates = digits(&DATE.replace_all(number, " "));
    let is_national = number.trim_start_matches('(').starts_with(['+', '0']) && digits(number) >= MIN_NATIONAL;
    let longest_run = number.split(|character: char| !character.is_numeric()).map(digits).max();
    // Thousands are never grouped by hyphens.
    let is_hyphened = HYPHEN.is_match(number).unwrap_or_default() && without_dates >= MIN_NATIONAL;
    let is_grouped = is_hyphened || without_dates >= MIN_GROUPED;
    longest_run >= Some(MIN_RUN) || (without_dates > 0 && is_national) || is_grouped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn masked(text: &str) -> String {
        Masked::of(text).0
    }

    #[test]
    fn what_identifies_somebody_is_masked() {
        for (text, expected) in [
            ("write to jane.doe@example.org, please", "write to [e-mail], please"),
            ("is jörg+kfor@bücher.example.de right?", "is [e-mail] right?"),
            ("call 044 123 456", "call [number]"),
            ("call +383 (0)44/123-456 or 0049 30 1234567!", "call [number]!"),
            ("my number is 555-123-4567.", "my number is [number]."),
            ("06 12 34 56 78?", "[number]?"),
            ("ring 555-1234, please, or 555\u{2013}123\u{202f}4567", "ring [number], please, or [number]"),
            ("\u{ff10}\u{ff14}\u{ff14} \u{ff11}\u{ff12}\u{ff13} \u{ff14}\u{ff15}\u{ff16}", "[number]"),
            ("who is 1287650000000000099", "who is [number]"),
            ("card 4111 1111 1111 1111 is mine", "card [number] is mine"),
            ("see https://user:pass@example.org/a?b=1#c (or www.example.org)", "see [link] (or [link])"),
            ("join discord.gg/abc now", "join [link] now"),
            ("<#1287650000000000020>", "<#[number]>"),
        ] {
            assert_eq!(masked(text).replace("[number] or [number]", "[number]"), expected);
        }
    }

    #[test]
    fn what_questions_are_about_stays() {
        for text in [
            "what happened on 24.03.1999, and on 1999-06-10 or 12/06/1999?",
            "between 1998-1999 and 2004/2005",
            "1389 1912 1913 1999 2008",
            "from 24.03.1999-10.06.1999",
            "in 1998\u{2013}1999, 3-4 of 10-12 and 1244-1999",
            "did 800,000 or 1 500 000 people flee, at 7.30 on 10/11",
            "UN resolution 1244 (1999)",
            "does and/or mean e.g. this? I said 3.5.1 @everyone, a@b",
            "KFOR has 4,600 soldiers in 2025.",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_number_of_ten_digits_is_masked_in_any_text(
            before in "\\PC{0,20}", number in "[1-9][0-9]{9}", after in "\\PC{0,20}",
        ) {
            let text = [before, number.clone(), after].join(" ");
            prop_assert!(!masked(&text).contains(&number));
        }

        #[test]
        fn masking_again_changes_nothing(text in "[a-z0-9@.:/+() -]{0,60}") {
            let once = masked(&text);
            prop_assert_eq!(masked(&once), once);
        }
    }
}
