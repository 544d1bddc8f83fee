//! The words of a base, numbered: what is known of a word is worked out once, when the base is
//! loaded, so that a question's word costs one look-up.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::analyzer::stem;
use super::index::TermId;

/// A word's number: its place in the order in which the words were met.
pub(super) type WordId = u32;

/// All words of a base. It grows while the base is indexed, and is immutable then.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    ids: HashMap<Box<str>, WordId, FxBuildHasher>,
    words: Vec<LexiconWord>,
    /// The words in alphabetical order. Empty while the base is indexed.
    sorted: Vec<WordId>,
}

/// A word as it is written, folded.
#[derive(Debug)]
pub(super) struct LexiconWord {
    pub(super) text: Box<str>,
    pub(super) stem: Box<str>,
    /// How often the base uses it.
    pub(super) frequency: u32,
    /// The term that it is by itself; stop words have none.
    pub(super) term: Option<TermId>,
}

impl Lexicon {
    /// The number of a word, new where it is met for the first time; counts that it was met.
    pub(super) fn meet(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            self.words[id as usize].frequency += 1;
            return id;
        }
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.ids.insert(word.into(), id);
        self.words.push(LexiconWord { text: word.into(), stem: stem(word).into(), frequency: 1, term: None });
        id
    }

    /// Sorts the words and gives each the term that `term_of` says.
    pub(super) fn finish(&mut self, term_of: impl Fn(&LexiconWord) -> Option<TermId>) {
        for word in &mut self.words {
            word.term = term_of(word);
        }
        self.sorted = (0..u32::try_from(self.words.len()).unwrap_or(u32::MAX)).collect();
        let words = &self.words;
        self.sorted.sort_unstable_by_key(|id| &words[*id as usize].text);
    }

    pub(super) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    pub(super) fn word(&self, id: WordId) -> &LexiconWord {
        &self.words[id as usize]
    }

    /// All words, by number.
    pub(super) fn words(&self) -> &[LexiconWord] {
        &self.words
    }

    /// The words that begin with `prefix`, in alphabetical order.
    pub(super) fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = &LexiconWord> {
        let start = self.sorted.partition_point(|id| &*self.word(*id).text < prefix);
        let from = self.sorted[start..].iter().map(|id| self.word(*id));
        from.take_while(move |word| word.text.starts_with(prefix))
    }
}
