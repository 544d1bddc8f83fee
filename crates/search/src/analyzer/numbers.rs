//! One spelling for each number: 50,000, 50 000, 50k and fifty thousand are all 50000.
//!
//! Figures are what people ask a fact bot for, and each source and each typist writes them
//! differently.

use super::Word;

/// What may stand inside a number. A blank does where the tokenizer has seen that it groups
/// thousands.
const MARKS: [char; 3] = [' ', '.', ','];

/// Rewrites the numbers among the words of a text.
pub(super) fn read_numbers(words: Vec<String>) -> Vec<String> {
    // Most texts have none, and this runs on every question.
    if !words.iter().any(|word| is_digits(word) || smallest_numeral(word).is_some()) {
        return words;
    }
    let words: Vec<String> = words.into_iter().flat_map(split_numeric).collect();
    let mut read = Vec::with_capacity(words.len());
    let mut position = 0;
    while position < words.len() {
        let (word, used) = read_at(&words[position..]);
        read.push(word);
        position += used;
    }
    read
}

/// Whether a text that was read tells a quantity: a number that is neither a year nor part of a
/// date, or a word for one.
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
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.contains(&word)
}

/// The word or number at the beginning of `words`, and how many words it takes up.
fn read_at(words: &[String]) -> (String, usize) {
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
        // Alone, "one" is a pronoun more often than a number.
        None if words[0] == "one" && used == 1 => (words[0].clone(), 1),
        None => (value, used),
    }
}

fn is_digits(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
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

/// A number with a factor: 4.6 and 1,000 give 4600.
fn scaled(number: &str, factor: u64) -> Option<String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = u32::try_from(fraction.len()).ok()?;
    let divisor = 10_u64.checked_pow(digits)?;
    let unscaled: u64 = format!("{whole}{fraction}").parse().ok()?;
    let product = unscaled.checked_mul(factor)?;
    product.is_multiple_of(divisor).then(|| (product / divisor).to_string())
}

/// Reads seventy eight, and fifty before thousand.
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

/// The value of a numeral that is one word: up to twenty, and the tens.
fn smallest_numeral(word: &str) -> Option<u32> {
    let value = match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    };
    Some(value)
}

/// Takes a word that begins with digits apart: 12.06.1999 is 12, 6, 1999; 50k is 50 thousand;
/// 78days is 78 days; the ending of 12th goes.
fn split_numeric(word: String) -> Vec<String> {
    if !is_digits(&word) {
        return vec![word];
    }
    let (digits, suffix) = split_suffix(&word);
    let mut parts = plain_digits(digits);
    match factor(suffix) {
        Some(factor) => parts.push(factor.to_owned()),
        None if is_ending(suffix) => {}
        None => parts.push(suffix.to_owned()),
    }
    parts
}

/// The digits at the beginning of a word, and the word that is attached to them; the unit of 50k
/// and the ending of 12th are none.
pub(super) fn attached_word(word: &str) -> Option<(&str, &str)> {
    let is_word = |suffix| factor(suffix).is_none() && !is_ending(suffix);
    Some(word).filter(|word| is_digits(word)).map(split_suffix).filter(|(_, suffix)| is_word(suffix))
}

fn split_suffix(word: &str) -> (&str, &str) {
    let end = word.find(|c: char| !(c.is_ascii_digit() || MARKS.contains(&c))).unwrap_or(word.len());
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

/// The numbers in digits with marks among them; where the marks tell of no single number, they part
/// several.
fn plain_digits(digits: &str) -> Vec<String> {
    match whole(digits).or_else(|| decimal(digits)) {
        Some(number) => vec![number],
        None if digits.contains(' ') => digits.split(' ').flat_map(plain_digits).collect(),
        None => digits.split(MARKS).map(without_leading_zeros).collect(),
    }
}

/// Reads 50000 and 50,000: no mark, or the same one before each group of three digits.
fn whole(digits: &str) -> Option<String> {
    let Some(mark) = digits.chars().find(|c| MARKS.contains(c)) else {
        return Some(without_leading_zeros(digits));
    };
    let (first, groups) = digits.split_once(mark)?;
    let is_group = |group: &str| group.len() == 3 && !group.contains(MARKS);
    let is_grouped = first.len() <= 3 && !first.starts_with('0') && groups.split(mark).all(is_group);
    is_grouped.then(|| digits.replace(mark, ""))
}

/// Reads 4.6, and where nothing but a fraction can be meant also 0.500 and 10.000.000,50.
fn decimal(digits: &str) -> Option<String> {
    let (before, fraction) = digits.rsplit_once(['.', ','])?;
    let point = &digits[before.len()..=before.len()];
    // Where blanks group, 5 100,000 is two numbers.
    let is_grouped = before.contains(MARKS) && !before.contains(point);
    if before == "0" || (is_grouped && !(before.contains(' ') && fraction.len() == 3)) {
        let number = format!("{}.{fraction}", whole(before)?);
        return Some(number.trim_end_matches('0').trim_end_matches('.').to_owned());
    }
    // Here the zeros at the end stay: version 1.20 is not version 1.2.
    let is_plain = before.len() <= 3 && !before.contains(MARKS);
    (is_plain && point == "." && fraction.len() <= 2).then(|| digits.to_owned())
}

fn without_leading_zeros(digits: &str) -> String {
    let stripped = digits.trim_start_matches('0');
    if stripped.is_empty() { "0".to_owned() } else { stripped.to_owned() }
}
