//! What a question says again and again.
//!
//! A question is a bag of evidence: a word that stands in it sixty times would count sixty times,
//! and make a guess look like knowledge. People repeat a word to be polite or by mistake, and mean
//! nothing more by it.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// How often a question may say a word and mean something by it.
const MOST_REPETITIONS: usize = 3;

/// A question without what it has already said [`MOST_REPETITIONS`] times.
pub(crate) fn without_repetitions(question: &str) -> Cow<'_, str> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let mut is_new = |word: &&str| {
        let trimmed = word.trim_matches(|end: char| !end.is_alphanumeric());
        // A word of signs alone, such as an operator, is that word.
        let key = if trimmed.is_empty() { (*word).to_owned() } else { trimmed.to_lowercase() };
        let count = counts.entry(key).or_default();
        *count += 1;
        *count <= MOST_REPETITIONS
    };
    let kept: Vec<&str> = question.split_whitespace().filter(&mut is_new).collect();
    let is_whole = counts.values().all(|count| *count <= MOST_REPETITIONS);
    if is_whole { Cow::Borrowed(question) } else { Cow::Owned(kept.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_three_times_however_it_is_written_and_other_words_stay() {
        let usual = "who is the owner of the pier at the harbour?";
        assert!(matches!(without_repetitions(usual), Cow::Borrowed(text) if text == usual));
        assert_eq!(without_repetitions("a A a, a (a) the pier a?"), "a A a, the pier");
        assert_eq!(without_repetitions("? ? ? ? pier"), "? ? ? pier");
    }

    #[test]
    fn words_of_different_signs_are_different_words() {
        let operators = "what do ?? ?. ?: and !! mean";
        assert!(matches!(without_repetitions(operators), Cow::Borrowed(text) if text == operators));
    }
}
