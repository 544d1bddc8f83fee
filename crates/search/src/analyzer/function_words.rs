//! Words that every question uses, whatever it is about.
//!
//! Most carry nothing and are dropped: articles, pronouns, auxiliaries, prepositions, and what
//! politeness adds around a question. A few tell which kind of answer is wanted; these cues stay,
//! as evidence between entries on the same subject. The lists are short on purpose: a word that
//! might name a subject is not in them.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use crate::table;

/// On each line a cue, or [`DROPPED`], and behind a colon the words.
const TABLE: &str = include_str!("function_words.txt");

const DROPPED: &str = "dropped";

/// The cues of a question that wants a number, which has them all.
pub(crate) const NUMBER_CUES: [&str; 2] = ["how", "many"];

/// What becomes of a function word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Dropped,
    /// It gives this cue.
    Cue(&'static str),
}

static ROLES: LazyLock<HashMap<&str, Role, FxBuildHasher>> = LazyLock::new(|| roles().collect());

fn roles() -> impl Iterator<Item = (&'static str, Role)> {
    table::rows(TABLE).filter_map(|line| line.split_once(':')).flat_map(|(name, words)| {
        let role = if name == DROPPED { Role::Dropped } else { Role::Cue(name) };
        words.split_whitespace().map(move |word| (word, role))
    })
}

/// The particles that make another verb of a verb: sign in, sign up, sign out.
const PARTICLES: [&str; 6] = ["down", "in", "off", "on", "out", "up"];

/// The place of a particle in the list of all.
pub(crate) fn particle(word: &str) -> Option<u8> {
    PARTICLES.iter().zip(0..).find(|(particle, _)| **particle == word).map(|(_, place)| place)
}

/// Whether a word turns a text into its opposite.
pub(crate) fn is_negation(word: &str) -> bool {
    role(word) == Some(Role::Cue("not"))
}

/// What becomes of the word; `None` for a word that may name a subject.
pub(super) fn role(word: &str) -> Option<Role> {
    ROLES.get(word).copied()
}

/// All of them, for the speller: wen is a slip for when.
pub(super) fn all<'a>() -> impl Iterator<Item = &'a str> {
    ROLES.keys().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_no_word_stands_in_two() {
        assert!(table::rows(TABLE).all(|line| line.contains(": ")));
        assert_eq!(ROLES.len(), roles().count());
        assert_eq!(role("the"), Some(Role::Dropped));
        assert_eq!(role("year"), Some(Role::Cue("when")));
        assert_eq!(role("kosovo"), None);
    }

    #[test]
    fn the_cues_for_a_number_exist() {
        for cue in NUMBER_CUES {
            assert_eq!(role(cue), Some(Role::Cue(cue)));
        }
    }
}
