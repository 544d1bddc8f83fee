//! One spelling for each number: 50,000, 50 000, 50k and fifty thousand are all 50000.
//!
//! Figures are what people ask a fact bot for, and each source and each typist writes them differently.

use super::Word;

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

/// Whether a text that was read tells a quantity: a number that is neither a year nor part of a date, or a word for one.
pub(in crate::search) fn has_quantity(words: &[Word]) -> bool {
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
        join_groups(words)
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

/// Joins 50 and 000; a group behind the first has exactly three digits.
fn join_groups(words: &[String]) -> (String, usize) {
    let mut number = words[0].clone();
    let mut used = 1;
    if number.len() > 3 || number == "0" {
        return (number, used);
    }
    while let Some(group) = words.get(used).filter(|word| word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit())) {
        number.push_str(group);
        used += 1;
    }
    (number, used)
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

/// Takes a word that begins with digits apart: 12.06.1999 is 12, 6, 1999; 50k is 50 thousand; 78days is 78 days; the
/// ending of 12th goes.
fn split_numeric(word: String) -> Vec<String> {
    if !is_digits(&word) {
        return vec![word];
    }
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(word.len());
    let (digits, suffix) = word.split_at(end);
    let mut parts = plain_digits(digits);
    match suffix {
        "" | "st" | "nd" | "rd" | "th" | "s" => {}
        "k" => parts.push("thousand".to_owned()),
        "m" | "mn" | "mio" => parts.push("million".to_owned()),
        other => parts.push(other.to_owned()),
    }
    parts
}

fn plain_digits(digits: &str) -> Vec<String> {
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    let (first, rest) = groups.split_first().unwrap_or((&"", &[]));
    if rest.is_empty() {
        return vec![without_leading_zeros(first)];
    }
    if first.len() <= 3 && rest.iter().all(|group| group.len() == 3) {
        return vec![groups.concat()];
    }
    if let [fraction] = rest
        && digits.contains('.')
        && fraction.len() <= 2
        && first.len() <= 3
    {
        return vec![format!("{first}.{fraction}")];
    }
    groups.iter().map(|group| without_leading_zeros(group)).collect()
}

/// The group 000 keeps its zeros: it belongs to a number before it.
fn without_leading_zeros(digits: &str) -> String {
    if digits.len() == 3 {
        return digits.to_owned();
    }
    let stripped = digits.trim_start_matches('0');
    if stripped.is_empty() { "0".to_owned() } else { stripped.to_owned() }
}
