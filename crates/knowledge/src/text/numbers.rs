//! One spelling for each number: 50,000, 50 000, 50k and fifty thousand are all 50000.
//!
//! Figures are what people ask a fact bot for, and every source and every member writes them
//! differently. Search reads the numbers in questions, and the check against the documents reads
//! those in answers. Both have to read them in the same way.

use std::collections::BTreeSet;
use std::str::Chars;

use super::fold::fold;

/// The marks that may occur inside a number.
const MARKS: [char; 3] = [' ', '.', ','];

/// Whether a mark after digits belongs to their number. `rest` is what follows the mark.
#[must_use]
pub fn continues(digits: &str, mark: char, rest: &Chars<'_>) -> bool {
    match mark {
        '.' | ',' => digits.ends_with(is_digit) && rest.clone().next().is_some_and(is_digit),
        ' ' => groups_thousands(digits, rest),
        _ => false,
    }
}

/// A space separates groups of three digits, as in 50 000. It may also separate two amounts, as
/// in 100 200, but amounts nearly always have a word or another mark between them. The digits say
/// nothing: real figures have any digits in their groups, as in 13 517 and 848 100.
fn groups_thousands(digits: &str, rest: &Chars<'_>) -> bool {
    let is_group_before = digits.len() <= 3 || digits.contains(' ');
    let is_number = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
    is_group_before && is_number && rest.clone().take(4).take_while(char::is_ascii_digit).count() == 3
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// The numbers of a text that are written in digits. Digits that are not a single number, such as
/// a version or a date, stay as written.
#[must_use]
pub fn in_digits(text: &str) -> BTreeSet<String> {
    // The line break ends the last number.
    let folded = fold(text) + "\n";
    let mut found = BTreeSet::new();
    let mut digits = String::new();
    let mut characters = folded.chars();
    while let Some(character) = characters.next() {
        // An apostrophe separates thousands too.
        let mark = if character == '\'' { ' ' } else { character };
        if is_digit(mark) || (!digits.is_empty() && continues(&digits, mark, &characters)) {
            digits.push(mark);
        } else if !digits.is_empty() {
            found.extend(numbers_of(&std::mem::take(&mut digits)));
        }
    }
    found
}

fn numbers_of(digits: &str) -> Vec<String> {
    let as_written = |part: &str| single(part).unwrap_or_else(|| part.to_owned());
    match single(digits) {
        Some(number) => vec![number],
        None => digits.split([' ', ',']).map(as_written).collect(),
    }
}

/// Rewrites the numbers among the folded words of a text.
#[must_use]
pub fn read(words: Vec<String>) -> Vec<String> {
    // Most texts have none, and this runs on every question.
    if !words.iter().any(|word| is_digits(word) || smallest_numeral(word).is_some()) {
        return words;
    }
    let words: Vec<String> = words.into_iter().flat_map(|word| split(&word)).collect();
    let mut read = Vec::with_capacity(words.len());
    let mut position = 0;
    while position < words.len() {
        let (word, used) = read_at(&words[position..]);
        read.push(word);
        position += used;
    }
    read
}

/// The word or number at the beginning of `words`, and how many words it takes up.
///
/// # Panics
///
/// If there is no word.
#[must_use]
pub fn read_at(words: &[String]) -> (String, usize) {
    let (value, used) = if is_digits(&words[0]) {
        (words[0].clone(), 1)
    } else {
        match spelled_out(words) {
            Some(found) => found,
            None => return (words[0].clone(), 1),
        }
    };
    let scaled = words.get(used).and_then(|word| scale(word)).and_then(|factor| scaled(&value, factor));
    match scaled {
        Some(number) => (number, used + 1),
        // By itself, "one" is more often a pronoun than a number.
        None if words[0] == "one" && used == 1 => (words[0].clone(), 1),
        None => (value, used),
    }
}

/// Whether a word that [`read`] returned is a number in digits, or begins with one.
#[must_use]
pub fn is_digits(word: &str) -> bool {
    word.starts_with(is_digit)
}

fn scale(word: &str) -> Option<u64> {
    match word {
        "hundred" => Some(100),
        "thousand" | "thousands" => Some(1_000),
        "million" | "millions" => Some(1_000_000),
        "billion" | "billions" => Some(1_000_000_000),
        _ => None,
    }
}

/// A number multiplied by a factor: 4.6 and 1,000 give 4600.
fn scaled(number: &str, factor: u64) -> Option<String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = u32::try_from(fraction.len()).ok()?;
    let divisor = 10_u64.checked_pow(digits)?;
    let unscaled: u64 = format!("{whole}{fraction}").parse().ok()?;
    let product = unscaled.checked_mul(factor)?;
    product.is_multiple_of(divisor).then(|| (product / divisor).to_string())
}

/// Reads seventy eight, and the fifty of fifty thousand.
fn spelled_out(words: &[String]) -> Option<(String, usize)> {
    let value = smallest_numeral(&words[0])?;
    if value < 20 {
        return Some((value.to_string(), 1));
    }
    let unit = words.get(1).and_then(|word| smallest_numeral(word)).filter(|unit| *unit < 10);
    match unit {
        Some(unit) => Some(((value + unit).to_string(), 2)),
        None => Some((value.to_string(), 1)),
    }
}

/// The numerals from one to nineteen.
// Without this, rustfmt would put each word on its own line: the longest is one letter too long
// for its short elements.
#[rustfmt::skip]
const UNITS: [&str; 19] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];

/// The tens, from twenty.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Whether a word spells out a number or the beginning of one: four, twenty.
#[must_use]
pub fn is_numeral(word: &str) -> bool {
    smallest_numeral(word).is_some()
}

/// The value of a numeral that is one word: up to nineteen, and the tens.
fn smallest_numeral(word: &str) -> Option<usize> {
    let place = |numerals: &[&str]| numerals.iter().position(|numeral| *numeral == word);
    place(&UNITS).map(|place| place + 1).or_else(|| place(&TENS).map(|place| (place + 2) * 10))
}

/// Splits a word that begins with digits: 12.06.1999 is 12, 6, 1999; 50k is 50 thousand; 78days is
/// 78 days; the ending of 12th is dropped.
#[must_use]
pub fn split(word: &str) -> Vec<String> {
    if !is_digits(word) {
        return vec![word.to_owned()];
    }
    let (digits, suffix) = split_suffix(word);
    let mut parts = plain_digits(digits);
    match factor(suffix) {
        Some(factor) => parts.push(factor.to_owned()),
        None if is_ending(suffix) => {}
        None => parts.push(suffix.to_owned()),
    }
    parts
}

/// The digits at the beginning of a word and the word attached to them, if there is one. The k of
/// 50k and the ending of 12th are not words.
#[must_use]
pub fn attached_word(word: &str) -> Option<(&str, &str)> {
    let is_word = |suffix| factor(suffix).is_none() && !is_ending(suffix);
    Some(word).filter(|word| is_digits(word)).map(split_suffix).filter(|(_, suffix)| is_word(suffix))
}

fn split_suffix(word: &str) -> (&str, &str) {
    let end = word.find(|c| !(is_digit(c) || MARKS.contains(&c))).unwrap_or(word.len());
    word.split_at(end)
}

fn factor(suffix: &str) -> Option<&'static str> {
    match suffix {
        "k" => Some("thousand"),
        "m" | "mn" | "mio" => Some("million"),
        _ => None,
    }
}

fn is_ending(suffix: &str) -> bool {
    matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "s")
}

/// The numbers in digits with marks among them: one number, or several separated by the marks.
fn plain_digits(digits: &str) -> Vec<String> {
    match single(digits) {
        Some(number) => vec![number],
        None if digits.contains(' ') => digits.split(' ').flat_map(plain_digits).collect(),
        None => digits.split(MARKS).map(without_leading_zeros).collect(),
    }
}

fn single(digits: &str) -> Option<String> {
    whole(digits).or_else(|| decimal(digits))
}

/// Reads 50000 and 50,000: no mark, or the same mark before each group of three digits.
fn whole(digits: &str) -> Option<String> {
    let Some(mark) = digits.chars().find(|c| MARKS.contains(c)) else {
        return Some(without_leading_zeros(digits));
    };
    let (first, groups) = digits.split_once(mark)?;
    let is_group = |group: &str| group.len() == 3 && !group.contains(MARKS);
    let is_grouped = first.len() <= 3 && !first.starts_with('0') && groups.split(mark).all(is_group);
    is_grouped.then(|| digits.replace(mark, ""))
}

/// Reads 4.6. Also reads 0.500 and 10.000.000,50, which can only be fractions.
fn decimal(digits: &str) -> Option<String> {
    let (before, fraction) = digits.rsplit_once(['.', ','])?;
    let point = &digits[before.len()..=before.len()];
    // If spaces separate thousands, 5 100,000 is two numbers.
    let is_grouped = before.contains(MARKS) && !before.contains(point);
    if before == "0" || (is_grouped && !(before.contains(' ') && fraction.len() == 3)) {
        let number = format!("{}.{fraction}", whole(before)?);
        return Some(number.trim_end_matches('0').trim_end_matches('.').to_owned());
    }
    // The zeros at the end stay: version 1.20 is not version 1.2.
    let is_plain = before.len() <= 3 && !before.contains(MARKS);
    (is_plain && point == "." && fraction.len() <= 2).then(|| digits.to_owned())
}

fn without_leading_zeros(digits: &str) -> String {
    let stripped = digits.trim_start_matches('0');
    if stripped.is_empty() { "0".to_owned() } else { stripped.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        in_digits(text).into_iter().collect()
    }

    #[test]
    fn numbers_are_read_without_their_separators() {
        let text = "50,000 or 50 000 of 4,600 on 12 June 1999; 4.6 per cent, \
                    1,500,000 in all, paragraph 7.";
        assert_eq!(found(text), ["12", "1500000", "1999", "4.6", "4600", "50000", "7"]);
        assert_eq!(found("50\u{202f}000, 60’000 and 70.000"), ["50000", "60000", "70000"]);
    }

    #[test]
    fn a_year_after_a_day_is_not_one_number() {
        assert_eq!(found("June 12 1999"), ["12", "1999"]);
    }

    #[test]
    fn what_is_not_a_single_number_stays_as_written() {
        assert_eq!(found("2.1.4 of 12.06.1999"), ["12.06.1999", "2.1.4"]);
        assert_eq!(found("in 1998,1999 and 5'10"), ["10", "1998", "1999", "5"]);
    }
}
