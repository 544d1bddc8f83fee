//! Whether a text says that something is not so.

use super::function_words::is_negation;
use super::term::{Reading, Word};

/// Behind a negation these say that the asker does not know, which is why anybody asks.
const OF_ASKERS: [&str; 7] = ["find", "figure", "know", "remember", "sure", "tell", "understand"];

const PRONOUNS: [&str; 7] = ["he", "i", "it", "she", "they", "we", "you"];

impl Reading {
    /// Whether the text is turned into its opposite.
    pub(crate) fn is_negated(&self) -> bool {
        let next = |place: usize| self.words.get(place + 1).map_or("", |word| word.text.as_str());
        // "Isn't he?" at the end asks for a nod.
        let is_tag = |place: usize| place > 0 && place + 2 == self.words.len() && PRONOUNS.contains(&next(place));
        let is_negation =
            |place: usize, word: &Word| is_negation(&word.text) && !OF_ASKERS.contains(&next(place)) && !is_tag(place);
        self.words.iter().enumerate().any(|(place, word)| is_negation(place, word))
    }
}
