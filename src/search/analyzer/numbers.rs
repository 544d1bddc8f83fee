//! One spelling for each number: 50,000, 50 000, 50k and fifty thousand are all 50000.
//!
//! Figures are what people ask a fact bot for, and each source and each typist writes them differently.

/// Rewrites the numbers among the words of a text.
pub(super) fn read_numbers(words: Vec<String>) -> Vec<String> {
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
    const UNITS: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let unit = |word: &String| UNITS.iter().position(|unit| unit == word).map(|index| index + 1);
    let Some(tens) = TENS.iter().position(|ten| *ten == words[0]) else {
        return unit(&words[0]).map(|value| (value.to_string(), 1));
    };
    let tens = (tens + 2) * 10;
    match words.get(1).and_then(unit).filter(|value| *value < 10) {
        Some(value) => Some(((tens + value).to_string(), 2)),
        None => Some((tens.to_string(), 1)),
    }
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
