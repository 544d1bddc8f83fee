//! How people in a hurry write common words: whatever a base is about, wat is what and ppl are
//! people.
//!
//! Only forms that mean nothing else; a base adds its own, and may give one of these another
//! meaning.

use crate::table;

/// On each line what is written, a blank, and what it means.
const TABLE: &str = include_str!("shorthand.txt");

/// What is written, and what it means.
pub(super) fn common<'a>() -> impl Iterator<Item = (&'a str, &'a str)> {
    table::rows(TABLE).filter_map(|line| line.split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        assert_eq!(common().count(), table::rows(TABLE).count());
        assert!(common().any(|pair| pair == ("ppl", "people")));
    }
}
