//! Whether a text has a quantity.
//!
//! A question such as "how many" wants one, and an answer without any cannot be its answer.

use super::Word;
use footnote_knowledge::text::MONTHS;
use footnote_knowledge::text::numbers::is_digits;

/// Whether a text has a quantity: a number that is neither a year nor part of a date, or a word for
/// one.
pub(crate) fn has_quantity(words: &[Word]) -> bool {
    let neighbours = |place: usize| [place.checked_sub(1), Some(place + 1)].into_iter().flatten();
    let is_in_date = |place| neighbours(place).any(|next| words.get(next).is_some_and(|word| is_month(&word.text)));
    let is_quantity = |(place, word): (usize, &Word)| match &*word.text {
        "once" | "twice" | "both" | "half" | "dozen" | "dozens" | "hundreds" | "thousands" | "millions" => true,
        text => is_digits(text) && !is_year(text) && !is_in_date(place),
    };
    words.iter().enumerate().any(is_quantity)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}
