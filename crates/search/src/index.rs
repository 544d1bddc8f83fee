//! The inverted index: from each term to the entries that it speaks for.
//!
//! An entry is indexed as a whole: its fields are weighted and added up, since a question may use
//! words of several phrasings, the keywords and the answer at once. Beside the postings stands the
//! [`Classifier`], which learned from the same phrasings.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::analyzer::{Analyzer, Term, TermKind, Word, has_quantity};
use super::classifier::{Classifier, Example};
use super::expansion::{self, Related, Stems};
use super::features::{FeatureTable, QuestionWord};
use super::lexicon::{Lexicon, LexiconWord, WordId};
use super::{Held, kept_phrasings};
use footnote_knowledge::toml_file::Located;
use footnote_knowledge::{Entry, KnowledgeBase};

/// How much a word in each field tells that an entry is about it. Chosen on the shipped base by
/// asking phrasings that were left out of the index.
const QUESTION_WEIGHT: f32 = 3.0;
const PHRASING_WEIGHT: f32 = 1.0;
const KEYWORD_WEIGHT: f32 = 4.0;
const ANSWER_WEIGHT: f32 = 2.0;

/// How far the frequencies of a long entry are scaled down, from 0 (not at all) to 1 (as its
/// length; b of BM25).
const LENGTH_NORMALIZATION: f32 = 0.5;

/// Where a term's support has half its full value, in weighted occurrences (k₁ of BM25).
const SATURATION: f32 = 2.0;

/// How much rarity counts: below 1, common words count more than their rarity alone says.
const RARITY_EXPONENT: f32 = 0.8;

/// How much more a word weighs that no entry has than one that a single entry could have. It is
/// most often the word that makes the question another one.
const UNKNOWN_EXCESS: f32 = 1.5;

/// Of how many entries a base is taken to be, at least, when a word is unknown to it.
const SMALLEST_LANGUAGE: usize = 20;

/// A smaller share of support, of 1 in all, is left out of the postings.
const SMALLEST_SHARE: f32 = 0.05;

/// With how many ways of asking an entry, on average, the classifier weighs as much as the support.
/// With fewer it has little to learn from: on the shipped base, with a dozen each, held-out
/// phrasings are found best with support at eight times its weight, on CLINC150 and BANKING77, with
/// a hundred, at about its own.
const EVEN_EXAMPLES: f32 = 100.0;

/// How much support weighs at most against the classifier.
const HIGHEST_SUPPORT_WEIGHT: f32 = 10.0;

/// Below which weight of support the classifier alone decides between ways of asking in the same
/// terms.
const WELL_TAUGHT_BELOW: f32 = 2.0;

/// A term's number: its place in [`Index::terms`].
pub(super) type TermId = u32;

/// All postings of a base. Immutable.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) lexicon: Lexicon,
    ids: HashMap<Box<str>, TermId, FxBuildHasher>,
    terms: Vec<IndexedTerm>,
    stems: Stems,
    features: FeatureTable,
    classifier: Classifier,
    pub(super) entry_count: usize,
    /// The weight of a word that no entry has: as rare as a word can be.
    pub(super) unknown_weight: f32,
    /// How much support weighs against the classifier.
    pub(super) support_weight: f32,
    /// For each entry whether its answer has words, and no number among them.
    lacks_number: Vec<bool>,
    /// Every way of asking by its words, with its entry: who types exactly that, or picks it from
    /// the autocomplete list, means that entry.
    verbatim: HashMap<Box<[WordId]>, u32, FxBuildHasher>,
    /// As `verbatim`, by the terms regardless of their order; without those of two entries. Empty
    /// where the classifier knows better: with many ways of asking, it has learned what stop words
    /// and their order tell.
    by_terms: HashMap<Box<[TermId]>, u32, FxBuildHasher>,
}

#[derive(Debug)]
pub(super) struct IndexedTerm {
    /// How much the term tells, from how few entries have it.
    pub(super) weight: f32,
    /// The entries that support it or what is related to it, rising.
    pub(super) postings: Box<[Posting]>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) entry: u32,
    /// The share of the term that the entry supports, 0 to 1.
    pub(super) share: f32,
}

impl Index {
    pub(super) fn new(base: &KnowledgeBase, analyzer: &Analyzer, held: Option<Held>) -> Self {
        let mut builder = Builder::default();
        for (number, entry) in base.entries.iter().enumerate() {
            let phrasings = kept_phrasings(base, number, held);
            builder.add(u32::try_from(number).unwrap_or(u32::MAX), entry, phrasings, analyzer);
        }
        builder.finish(base.entries.len(), analyzer)
    }

    pub(super) fn id(&self, term: &str) -> Option<TermId> {
        self.ids.get(term).copied()
    }

    pub(super) fn term(&self, id: TermId) -> &IndexedTerm {
        &self.terms[id as usize]
    }

    /// The terms of the base that a word which it does not have is related to.
    pub(super) fn relatives(&self, stem: &str) -> Vec<Related> {
        let mut related = Vec::new();
        self.stems.relatives(stem, &mut related);
        related
    }

    /// How much like each entry's ways of being asked a text is: above 0 where the classifier takes
    /// it for one, [`FLOOR`](super::classifier::FLOOR) where they have nothing in common.
    pub(super) fn classify(&self, words: &[QuestionWord]) -> Vec<f32> {
        self.classifier.scores(&self.features.parts(words), self.entry_count)
    }

    /// The entry that has these words, in this order, as a way of being asked.
    pub(super) fn asked_verbatim(&self, words: &[Word]) -> Option<usize> {
        let ids: Option<Box<[WordId]>> = words.iter().map(|word| self.lexicon.id(&word.text)).collect();
        self.verbatim.get(&ids?).map(|entry| *entry as usize)
    }

    /// The one entry that is asked for in these terms, which rise.
    pub(super) fn asked_in(&self, terms: &[TermId]) -> Option<usize> {
        self.by_terms.get(terms).map(|entry| *entry as usize)
    }

    /// Whether the entry has an answer without a number in it, dates aside.
    pub(super) fn lacks_number(&self, entry: usize) -> bool {
        self.lacks_number[entry]
    }
}

#[derive(Default)]
struct Builder {
    ids: HashMap<Box<str>, TermId, FxBuildHasher>,
    terms: Vec<TermDraft>,
    lexicon: Lexicon,
    /// The ways of asking.
    texts: Vec<Vec<WordId>>,
    /// The entry of each.
    labels: Vec<u32>,
    lacks_number: Vec<bool>,
    /// The entries whose questions and other phrasings have the same terms; `None` for those of
    /// two.
    by_terms: HashMap<Box<[TermId]>, Option<u32>, FxBuildHasher>,
}

struct TermDraft {
    kind: TermKind,
    /// Entries with the occurrences, weighted by field and scaled by the entry's length, rising by
    /// entry.
    frequencies: Vec<(u32, f32)>,
    /// Entries that are asked for with the term, with in how many ways of asking, rising by entry.
    asked: Vec<(u32, u32)>,
}

impl Builder {
    fn add<'b>(
        &mut self,
        number: u32,
        entry: &Entry,
        phrasings: impl Iterator<Item = &'b Located<String>>,
        analyzer: &Analyzer,
    ) {
        self.add_way_of_asking(number, &entry.question, QUESTION_WEIGHT, analyzer);
        for phrasing in phrasings {
            self.add_way_of_asking(number, &phrasing.value, PHRASING_WEIGHT, analyzer);
        }
        for keyword in &entry.keywords {
            let (_, terms) = self.read(&analyzer.words(keyword), analyzer);
            self.add_terms(number, &terms, KEYWORD_WEIGHT);
        }
        let answer = analyzer.words(&entry.answer.value);
        self.lacks_number.push(!answer.is_empty() && !has_quantity(&answer));
        let (_, terms) = self.read(&answer, analyzer);
        self.add_terms(number, &terms, ANSWER_WEIGHT);
    }

    /// A word that a way of asking repeats counts once.
    fn add_way_of_asking(&mut self, number: u32, text: &str, weight: f32, analyzer: &Analyzer) {
        let (words, mut terms) = self.read(&analyzer.words(text), analyzer);
        terms.sort_unstable();
        terms.dedup();
        self.add_terms(number, &terms, weight);
        for &term in &terms {
            add_to_last(&mut self.terms[term as usize].asked, number, 1);
        }
        let owner = self.by_terms.entry(terms.into()).or_insert(Some(number));
        if *owner != Some(number) {
            *owner = None;
        }
        self.texts.push(words);
        self.labels.push(number);
    }

    fn read(&mut self, words: &[Word], analyzer: &Analyzer) -> (Vec<WordId>, Vec<TermId>) {
        let ids: Vec<WordId> = words.iter().map(|word| self.lexicon.meet(&word.text)).collect();
        let terms = analyzer.terms_by(words, |place| self.lexicon.word(ids[place]).stem.clone());
        (ids, terms.into_iter().map(|term| self.intern(term)).collect())
    }

    fn intern(&mut self, term: Term) -> TermId {
        if let Some(&id) = self.ids.get(&term.text) {
            return id;
        }
        let id = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.ids.insert(term.text, id);
        self.terms.push(TermDraft { kind: term.kind, frequencies: Vec::new(), asked: Vec::new() });
        id
    }

    fn add_terms(&mut self, entry: u32, terms: &[TermId], weight: f32) {
        for &term in terms {
            add_to_last(&mut self.terms[term as usize].frequencies, entry, weight);
        }
    }

    fn finish(mut self, entry_count: usize, analyzer: &Analyzer) -> Index {
        self.scale_by_length(entry_count);
        let content = self.ids.iter().filter(|(_, id)| self.terms[**id as usize].kind == TermKind::Content);
        let stems = Stems::new(content.map(|(stem, id)| (stem.clone(), *id)));
        let terms = self.index_terms(entry_count, &stems);
        let term_of = |word: &LexiconWord| {
            let alone = [Word { text: word.text.to_string(), certainty: 1.0 }];
            let term = analyzer.terms_by(&alone, |_| word.stem.clone()).into_iter().next()?;
            self.ids.get(&term.text).copied()
        };
        self.lexicon.finish(term_of);
        let (features, vectors) = FeatureTable::new(&self.texts, &self.lexicon);
        let verbatim = verbatim(self.texts, &self.labels);
        let examples: Vec<Example> =
            self.labels.into_iter().zip(vectors).map(|(entry, vector)| Example::new(entry, vector)).collect();
        let support_weight = support_weight(examples.len(), entry_count);
        let owned = self.by_terms.into_iter().filter_map(|(terms, owner)| Some((terms, owner?)));
        Index {
            classifier: Classifier::train(&examples, entry_count, &features),
            lexicon: self.lexicon,
            ids: self.ids,
            terms,
            stems,
            features,
            entry_count,
            unknown_weight: unknown_weight(entry_count),
            support_weight,
            lacks_number: self.lacks_number,
            verbatim,
            by_terms: owned.filter(|(terms, _)| support_weight >= WELL_TAUGHT_BELOW && !terms.is_empty()).collect(),
        }
    }

    fn scale_by_length(&mut self, entry_count: usize) {
        let mut lengths = vec![0.0_f32; entry_count];
        for (entry, frequency) in self.terms.iter().flat_map(|term| &term.frequencies) {
            lengths[*entry as usize] += frequency;
        }
        #[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
        let average = lengths.iter().sum::<f32>() / entry_count.max(1) as f32;
        for (entry, frequency) in self.terms.iter_mut().flat_map(|term| &mut term.frequencies) {
            let relative = lengths[*entry as usize] / average;
            *frequency /= 1.0 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * relative;
        }
    }

    fn index_terms(&self, entry_count: usize, stems: &Stems) -> Vec<IndexedTerm> {
        let is_content = |term: &TermDraft| term.kind == TermKind::Content;
        let asked: Vec<Vec<(u32, u32)>> =
            self.terms.iter().map(|term| if is_content(term) { term.asked.clone() } else { Vec::new() }).collect();
        let mut related = expansion::associations(&asked, entry_count);
        for (text, id) in self.ids.iter().filter(|(_, id)| is_content(&self.terms[**id as usize])) {
            stems.relatives(text, &mut related[*id as usize]);
        }
        let mut shares = vec![0.0_f32; entry_count];
        let mut found: Vec<u32> = Vec::new();
        let mut indexed = |(term, related): (&TermDraft, &Vec<Related>)| {
            let own = std::iter::once((term, 1.0));
            let others = related.iter().map(|related| (&self.terms[related.term as usize], related.strength));
            for (term, strength) in own.chain(others) {
                keep_best_shares(term, strength, &mut shares, &mut found);
            }
            IndexedTerm {
                weight: inverse_entry_frequency(entry_count, term.frequencies.len()).powf(RARITY_EXPONENT),
                postings: take_postings(&mut shares, &mut found),
            }
        };
        self.terms.iter().zip(&related).map(&mut indexed).collect()
    }
}

/// Of two entries with the same way of asking the first has it.
fn verbatim(texts: Vec<Vec<WordId>>, labels: &[u32]) -> HashMap<Box<[WordId]>, u32, FxBuildHasher> {
    let mut verbatim = HashMap::default();
    for (text, &entry) in texts.into_iter().zip(labels).filter(|(text, _)| !text.is_empty()) {
        verbatim.entry(text.into()).or_insert(entry);
    }
    verbatim
}

/// Adds to the last pair if it is the entry's; entries come one after the other.
fn add_to_last<N: std::ops::AddAssign>(pairs: &mut Vec<(u32, N)>, entry: u32, amount: N) {
    match pairs.last_mut() {
        Some((last, sum)) if *last == entry => *sum += amount,
        _ => pairs.push((entry, amount)),
    }
}

fn keep_best_shares(term: &TermDraft, strength: f32, shares: &mut [f32], found: &mut Vec<u32>) {
    for &(entry, frequency) in &term.frequencies {
        let share = strength * frequency / (frequency + SATURATION);
        let best = &mut shares[entry as usize];
        if share > *best {
            if *best == 0.0 {
                found.push(entry);
            }
            *best = share;
        }
    }
}

fn take_postings(shares: &mut [f32], found: &mut Vec<u32>) -> Box<[Posting]> {
    found.sort_unstable();
    let postings = found.drain(..).map(|entry| Posting { entry, share: std::mem::take(&mut shares[entry as usize]) });
    postings.filter(|posting| posting.share >= SMALLEST_SHARE).collect()
}

/// The weight of a word that no entry has. How rare it is depends on the language more than on the
/// base, so a base of a few entries counts as one of [`SMALLEST_LANGUAGE`].
fn unknown_weight(entry_count: usize) -> f32 {
    UNKNOWN_EXCESS * inverse_entry_frequency(entry_count.max(SMALLEST_LANGUAGE), 0).powf(RARITY_EXPONENT)
}

#[expect(clippy::cast_precision_loss, reason = "counts of texts and entries are far below 2^24")]
fn support_weight(example_count: usize, entry_count: usize) -> f32 {
    let average = example_count as f32 / entry_count.max(1) as f32;
    (EVEN_EXAMPLES / average.max(1.0)).min(HIGHEST_SUPPORT_WEIGHT)
}

/// How much a term tells that `having` of `all` entries have: the inverse document frequency of
/// BM25 in its form that is never negative, ln(1 + (N − n + ½) / (n + ½)) ([Robertson and Zaragoza
/// 2009](https://doi.org/10.1561/1500000019), section 3.1; the 1 is Lucene's).
#[expect(clippy::cast_precision_loss, reason = "counts of entries are far below 2^24")]
fn inverse_entry_frequency(all: usize, having: usize) -> f32 {
    let (all, having) = (all as f32, having as f32);
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}
