//! What a word is made of: letters, digits, symbols, or a version's numbers.

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Letters, perhaps with digits or symbols that belong to them.
    Letters,
    /// Begins with a digit and is read as a number.
    Digits,
    /// A number of three or more parts: a version or an address.
    Version,
    /// Symbols alone.
    Symbols,
    /// A pair of characters of a script without blanks.
    Pair,
}

/// v2 and v2.4 are the numbers.
pub(super) fn is_prefixed_number(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|rest| {
        !rest.is_empty()
            && rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

pub(super) fn shape(text: &str) -> Shape {
    let number = text.strip_prefix('v').unwrap_or(text);
    if is_version(number) {
        Shape::Version
    } else if text.starts_with(|c: char| c.is_ascii_digit()) && !text.starts_with("0x") {
        Shape::Digits
    } else {
        Shape::Letters
    }
}

/// Three numbers or more with dots between them, unless that is a date or groups thousands.
pub(super) fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() < 3 || !parts.iter().all(is_number) {
        return false;
    }
    let value = |part: &str| part.parse::<u32>().unwrap_or(u32::MAX);
    if parts.len() == 4 && parts.iter().all(|part| value(part) <= 255) {
        return true;
    }
    let is_date = parts.len() == 3
        && parts[2].len() == 4
        && (1..=31).contains(&value(parts[0]))
        && (1..=12).contains(&value(parts[1]));
    let is_grouped = parts[0].len() <= 3 && !parts[0].starts_with('0') && parts[1..].iter().all(|part| part.len() == 3);
    !is_date && !is_grouped
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::super::tokenize;
    use super::*;

    #[test]
    fn a_version_or_an_address_is_one_word() {
        assert_eq!(read("what changed in v2.4.1?"), ["what", "changed", "in", "2.4.1"]);
        assert_eq!(read("2.4.10 and 192.168.100.100."), ["2.4.10", "and", "192.168.100.100"]);
        assert_eq!(read("from v2 to v2.4"), ["from", "2", "to", "2.4"]);
        assert_eq!(tokenize("2.4.1").tokens[0].shape, Shape::Version);
        assert_eq!(tokenize("12.06.1999").tokens[0].shape, Shape::Digits);
        assert_eq!(tokenize("10.000.000").tokens[0].shape, Shape::Digits);
    }
}
