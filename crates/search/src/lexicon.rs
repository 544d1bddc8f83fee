//! The words of a base, numbered. What can be known of a word is worked out when the base is
//! loaded, so that a question's word costs one look-up.
//!
//! Words are collected by a [`LexiconBuilder`]. What it becomes, a [`Lexicon`], knows the term of
//! each word, which only a complete index can tell.

mod question_word;

use footnote_knowledge::heap_bytes;
use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::analyzer::{Shape, Word, key_of, stem};
use crate::english::{English, EnglishId};
use crate::ids::{TermId, WordId};
pub(crate) use question_word::QuestionWord;

/// A word as it is written, folded.
#[derive(Debug)]
pub(crate) struct LexiconWord {
    pub(crate) text: Box<str>,
    /// Its stem, by which the classifier knows it.
    pub(crate) stem: Box<str>,
    /// The key of the term that it is.
    pub(crate) key: Arc<str>,
    pub(crate) shape: Shape,
    /// Where it stands in the table of English, if it does.
    pub(crate) english: Option<EnglishId>,
    /// How often the base uses it.
    pub(crate) frequency: u32,
}

impl LexiconWord {
    /// The word as a text of its own.
    pub(crate) fn as_word(&self) -> Word {
        Word { shape: self.shape, ..Word::plain(&*self.text) }
    }
}

/// Collects the words of a base.
#[derive(Debug, Default)]
pub(crate) struct LexiconBuilder {
    ids: HashMap<Box<str>, WordId, FxBuildHasher>,
    words: Vec<LexiconWord>,
}

/// All words of a base. Immutable.
#[derive(Debug)]
pub(crate) struct Lexicon {
    ids: HashMap<Box<str>, WordId, FxBuildHasher>,
    words: Vec<LexiconWord>,
    /// For each word, the term that it is by itself; stop words have none.
    terms: Vec<Option<TermId>>,
    /// The words in alphabetical order.
    sorted: Vec<WordId>,
}

impl LexiconBuilder {
    /// Counts an occurrence of a word. The first time, the word gets its number.
    pub(crate) fn add(&mut self, word: &Word) -> WordId {
        if let Some(&id) = self.ids.get(&*word.text) {
            self.words[id.place()].frequency += 1;
            return id;
        }
        let id = WordId::new(self.words.len());
        let text: Box<str> = word.text.as_str().into();
        self.ids.insert(text.clone(), id);
        let english = English::shared().find(&text);
        let (stem, key) = (stem(&text).into(), key_of(word, english).into());
        self.words.push(LexiconWord { text, stem, key, shape: word.shape, english, frequency: 1 });
        id
    }

    pub(crate) fn word(&self, id: WordId) -> &LexiconWord {
        &self.words[id.place()]
    }

    /// The lexicon of the words so far, each with the term that `term_of` says.
    pub(crate) fn finish(self, term_of: impl Fn(&LexiconWord) -> Option<TermId>) -> Lexicon {
        let Self { ids, mut words } = self;
        words.shrink_to_fit();
        let mut sorted: Vec<WordId> = (0..words.len()).map(WordId::new).collect();
        sorted.sort_unstable_by_key(|id| &words[id.place()].text);
        Lexicon { terms: words.iter().map(term_of).collect(), ids, words, sorted }
    }
}

impl Lexicon {
    pub(crate) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    pub(crate) fn word(&self, id: WordId) -> &LexiconWord {
        &self.words[id.place()]
    }

    /// Where a word stands in the table of English, if it does.
    pub(crate) fn english(&self, word: &QuestionWord) -> Option<EnglishId> {
        match word {
            QuestionWord::Known(id) => self.word(*id).english,
            QuestionWord::Unknown { english, .. } => *english,
        }
    }

    /// The key of a word.
    pub(crate) fn key<'l>(&'l self, word: &'l QuestionWord) -> &'l Arc<str> {
        match word {
            QuestionWord::Known(id) => &self.word(*id).key,
            QuestionWord::Unknown { key, .. } => key,
        }
    }

    /// The term that a word is by itself; stop words have none.
    pub(crate) fn term(&self, id: WordId) -> Option<TermId> {
        self.terms[id.place()]
    }

    /// All words, by number.
    pub(crate) fn words(&self) -> &[LexiconWord] {
        &self.words
    }

    /// The words that begin with `prefix`, in alphabetical order.
    pub(crate) fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = WordId> {
        let start = self.sorted.partition_point(|id| &*self.word(*id).text < prefix);
        self.sorted[start..].iter().copied().take_while(move |id| self.word(*id).text.starts_with(prefix))
    }
}

// A word shares its key with the index.
heap_bytes!(LexiconWord { text, stem } but key, shape, english, frequency);
heap_bytes!(Lexicon { ids, words, terms, sorted });
