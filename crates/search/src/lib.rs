//! Search: from a question as it was typed to the entries that most likely answer it, each with a
//! confidence.
//!
//! A [`Searcher`] is built once from a knowledge base and never changes; searching borrows it. In
//! reading order: [`analyzer`] turns text into terms, [`synonyms`] joins what means the same,
//! [`spelling`] mends typing errors; [`lexicon`] knows the words of the base; [`index`] holds the
//! postings, which [`expansion`] widens by related terms, some of them from [`thesaurus`];
//! [`classifier`] learns from [`features`] of the phrasings which entry a text is like; [`ranking`]
//! adds both up and says how far to trust the best.

pub mod analyzer;
mod classifier;
mod expansion;
mod features;
mod index;
mod lexicon;
pub mod lint;
mod ranking;
pub mod reply;
mod spelling;
mod synonyms;
mod thesaurus;

use analyzer::{Analyzer, TermKind, Word, stem};
use features::QuestionWord;
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::toml_file::Located;
use index::Index;
use lexicon::LexiconWord;
use ranking::Query;
use spelling::Speller;
use thesaurus::Thesaurus;

/// The most characters of a question that are read. Discord lets an option hold 6,000 ([application
/// command
/// option](https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure));
/// what a longer text asks is said by then.
pub const MAX_QUESTION_CHARS: usize = 6_000;

/// How sure it is that a question asks for an entry whose way of being asked has the same terms:
/// stop words and the order of words seldom change the subject.
const SAME_TERMS_CONFIDENCE: f32 = 0.9;

/// An entry that a search found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its index in [`KnowledgeBase::entries`].
    pub entry: usize,
    /// How sure the search is that the entry answers the question: 0 (not at all) to 1.
    pub confidence: f32,
}

/// Finds entries by the words of a question. Immutable; share it between threads freely.
#[derive(Debug)]
pub struct Searcher {
    analyzer: Analyzer,
    speller: Speller,
    index: Index,
    pinned: Vec<usize>,
}

/// A phrasing that is left out of an index, to be asked instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The index of its entry in [`KnowledgeBase::entries`].
    pub entry: usize,
    /// Its index among the entry's phrasings.
    pub phrasing: usize,
}

/// The phrasings of an entry, without the one that is left out.
fn kept_phrasings(base: &KnowledgeBase, entry: usize, held: Option<Held>) -> impl Iterator<Item = &Located<String>> {
    let phrasings = base.entries[entry].phrasings.iter().enumerate();
    phrasings.filter(move |&(phrasing, _)| held != Some(Held { entry, phrasing })).map(|(_, phrasing)| phrasing)
}

impl Searcher {
    /// Indexes all entries of a base.
    #[must_use]
    pub fn new(base: &KnowledgeBase) -> Self {
        Self::build(base, None)
    }

    /// Indexes all entries but for one phrasing.
    #[must_use]
    pub fn without(base: &KnowledgeBase, held: Held) -> Self {
        Self::build(base, Some(held))
    }

    fn build(base: &KnowledgeBase, held: Option<Held>) -> Self {
        let analyzer = Analyzer::new(&base.synonyms);
        let index = Index::new(base, &analyzer, held);
        let speller = Speller::new(&index.lexicon, analyzer.vocabulary());
        let pinned = (0..base.entries.len()).filter(|&index| base.entries[index].pinned).collect();
        Self { analyzer, speller, index, pinned }
    }

    /// The best entries for a question, best first, at most `limit`. Empty if the base has no word
    /// of the question.
    #[must_use]
    pub fn search(&self, question: &str, limit: usize) -> Vec<Hit> {
        let words = self.analyzer.words(readable_part(question));
        let verbatim = self.index.asked_verbatim(&words).map(|entry| Hit { entry, confidence: 1.0 });
        let (query, same_terms) = self.query(words);
        let mut hits = ranking::rank(&self.index, &query, limit);
        for hit in [same_terms, verbatim].into_iter().flatten() {
            promote(hit, &mut hits);
        }
        hits.truncate(limit);
        hits
    }

    /// The best entry for a question by its terms, without regard to whether it is word for word
    /// one of the base.
    #[must_use]
    pub fn best_by_words(&self, question: &str) -> Option<Hit> {
        let (query, same_terms) = self.query(self.analyzer.words(readable_part(question)));
        same_terms.or_else(|| ranking::rank(&self.index, &query, 1).into_iter().next())
    }

    /// The form of a text in which two that differ by case, diacritics or punctuation alone are the
    /// same.
    #[must_use]
    pub fn normalized(&self, text: &str) -> String {
        let words: Vec<String> = self.analyzer.words(text).into_iter().map(|word| word.text).collect();
        words.join(" ")
    }

    /// The words of a text that are not dropped as stop words.
    #[must_use]
    pub fn significant_words(&self, text: &str) -> Vec<String> {
        self.analyzer.significant_words(text)
    }

    /// What a question is about: its terms, typing errors mended and synonyms joined, without stop
    /// words and without regard to their order.
    #[must_use]
    pub fn subject(&self, question: &str) -> Vec<String> {
        let words = self.analyzer.words(readable_part(question));
        let words: Vec<Word> = words.into_iter().map(|word| self.look_up(word).0).collect();
        let content = self.analyzer.terms(&words).into_iter().filter(|term| term.kind == TermKind::Content);
        let mut terms: Vec<String> = content.map(|term| term.text.into()).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Entries for a question that is still being typed, its last word perhaps unfinished; the
    /// pinned entries while nothing is typed. Best first, at most `limit`.
    #[must_use]
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let typed = readable_part(typed);
        if typed.trim().is_empty() {
            let pinned = self.pinned.iter().take(limit);
            return pinned.map(|&entry| Hit { entry, confidence: 1.0 }).collect();
        }
        let mut words = self.analyzer.words(typed);
        let unfinished = if typed.ends_with(char::is_alphanumeric) { words.pop() } else { None };
        let (mut query, _) = self.query(words);
        if let Some(word) = unfinished {
            self.push_unfinished(word, &mut query);
        }
        ranking::rank(&self.index, &query, limit)
    }

    /// The question in terms of the index, and the entry that is asked for in the same terms.
    fn query(&self, words: Vec<Word>) -> (Query, Option<Hit>) {
        let (words, looked_up): (Vec<Word>, Vec<QuestionWord>) =
            words.into_iter().map(|word| self.look_up(word)).unzip();
        let terms = self.analyzer.terms_by(&words, |place| match &looked_up[place] {
            QuestionWord::Known(id) => self.index.lexicon.word(*id).stem.clone(),
            QuestionWord::Unknown { stem, .. } => stem.clone(),
        });
        let query = Query::new(&self.index, &terms, looked_up);
        let same_terms = query.known_terms().and_then(|terms| self.index.asked_in(&terms));
        (query, same_terms.map(|entry| Hit { entry, confidence: SAME_TERMS_CONFIDENCE }))
    }

    /// The word that was meant, and what the base knows of it. Another form of a word of the base,
    /// or a word of general English, is no slip.
    fn look_up(&self, word: Word) -> (Word, QuestionWord) {
        if let Some(id) = self.index.lexicon.id(&word.text) {
            return (word, QuestionWord::Known(id));
        }
        let own_stem = stem(&word.text);
        let is_word = self.index.id(&own_stem).is_some() || Thesaurus::shared().contains(&own_stem);
        let meant = if is_word { None } else { self.speller.correct(&word) };
        let Some(meant) = meant else {
            let unknown = QuestionWord::Unknown { text: word.text.as_str().into(), stem: own_stem.into() };
            return (word, unknown);
        };
        let unknown = || QuestionWord::Unknown { text: meant.text.as_str().into(), stem: stem(&meant.text).into() };
        let looked_up = self.index.lexicon.id(&meant.text).map_or_else(unknown, QuestionWord::Known);
        (meant, looked_up)
    }

    /// The word may be finished, misspelt or the beginning of several: where words begin with it,
    /// it stands for any of them.
    fn push_unfinished(&self, word: Word, query: &mut Query) {
        let completions: Vec<&LexiconWord> = self.index.lexicon.with_prefix(&word.text).collect();
        if completions.is_empty() {
            let terms = self.analyzer.terms(&[self.look_up(word).0]);
            query.push_alternatives(&self.index, terms.iter().filter_map(|term| self.index.id(&term.text)));
            return;
        }
        let mut terms = completions.iter().filter_map(|word| word.term).peekable();
        if terms.peek().is_some() {
            query.push_alternatives(&self.index, terms);
        }
    }
}

/// Puts a hit first, at its confidence or at that which its entry has already, whichever is higher.
fn promote(hit: Hit, hits: &mut Vec<Hit>) {
    let known = hits.iter().position(|other| other.entry == hit.entry);
    let found = known.map(|place| hits.remove(place).confidence).unwrap_or_default();
    hits.insert(0, Hit { confidence: hit.confidence.max(found), ..hit });
    let ceiling = hits[0].confidence;
    for hit in &mut hits[1..] {
        hit.confidence = hit.confidence.min(ceiling);
    }
}

fn readable_part(question: &str) -> &str {
    // So many bytes hold no more characters, and counting these takes longer.
    if question.len() <= MAX_QUESTION_CHARS {
        return question;
    }
    question.char_indices().nth(MAX_QUESTION_CHARS).map_or(question, |(end, _)| &question[..end])
}
