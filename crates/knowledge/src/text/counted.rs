//! Counts in words: "1 entry", "2 entries".
//!
//! Reports, cards and log lines all count things, and "1 entries" looks careless.

use std::fmt::Display;

/// A number with its noun, which is plural unless the number is one. `noun` is an English
/// singular with a regular plural.
#[must_use]
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    if count == N::from(1) { format!("1 {noun}") } else { format!("{count} {}", plural(noun)) }
}

fn plural(noun: &str) -> String {
    let is_hissing = ["s", "x", "z", "ch", "sh"].iter().any(|ending| noun.ends_with(ending));
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if is_hissing => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_one_is_singular() {
        assert_eq!(counted(1_usize, "entry"), "1 entry");
        assert_eq!(counted(0_u32, "entry"), "0 entries");
        assert_eq!(counted(2_u64, "unanswered question"), "2 unanswered questions");
    }

    #[test]
    fn plurals_follow_the_ending() {
        let nouns = ["phrasing", "source", "vote", "error", "warning", "day", "match", "box"];
        let plurals = ["phrasings", "sources", "votes", "errors", "warnings", "days", "matches", "boxes"];
        for (noun, plural) in nouns.into_iter().zip(plurals) {
            assert_eq!(counted(3, noun), format!("3 {plural}"));
        }
    }
}
