//! What is learned from a base before it can be searched, put together once.
//!
//! Building has two phases, and the types keep them apart. A [`Reader`] takes in one entry after
//! the other; then lexicon, index, features and classifier are completed, each from those before
//! it, and nothing changes any more.

use footnote_knowledge::toml_file::Located;
use footnote_knowledge::{Entry, KnowledgeBase};

use crate::analyzer::{Analyzer, Word, has_quantity};
use crate::classifier::{Classifier, Example};
use crate::features::FeatureTable;
use crate::ids::{EntryId, TermId, WordId};
use crate::index::{Index, IndexBuilder};
use crate::lexicon::{Lexicon, LexiconBuilder, LexiconWord, QuestionWord};
use crate::spelling::Speller;
use crate::tuning::{FieldWeights, RankingTuning, Tuning};

/// A phrasing that is left out of a model, to be asked instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The index of its entry in [`KnowledgeBase::entries`].
    pub entry: usize,
    /// Its index among the entry's phrasings.
    pub phrasing: usize,
}

/// All that a search knows of a base. Immutable.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) analyzer: Analyzer,
    pub(crate) lexicon: Lexicon,
    pub(crate) speller: Speller,
    pub(crate) index: Index,
    features: FeatureTable,
    classifier: Classifier,
    pub(crate) entry_count: usize,
    /// How much support weighs against the class score: the less, the more phrasings an entry has.
    pub(crate) support_weight: f32,
    /// For each entry, whether its answer has words and no number among them.
    lacks_number: Vec<bool>,
    pub(crate) tuning: Tuning,
}

impl Model {
    /// Learns from all entries, but for the phrasing that is held out.
    pub(crate) fn new(base: &KnowledgeBase, held: Option<Held>, tuning: &Tuning) -> Self {
        let entry_count = base.entries.len();
        let analyzer = Analyzer::new(&base.synonyms);
        let mut reader = Reader::new(&analyzer, tuning.fields);
        for (place, entry) in base.entries.iter().enumerate() {
            let phrasings = entry.phrasings.iter().enumerate();
            let is_kept = |phrasing| held != Some(Held { entry: place, phrasing });
            let kept = phrasings.filter(|(phrasing, _)| is_kept(*phrasing)).map(|(_, phrasing)| phrasing);
            reader.read(EntryId::new(place), entry, kept);
        }
        let Reader { lexicon, index, texts, owners, lacks_number, .. } = reader;
        let index = index.finish(entry_count, tuning);
        let lexicon = lexicon.finish(|word| term_of(word, &analyzer, &index));
        let (features, vectors) = FeatureTable::new(&texts, &lexicon, tuning.features);
        let examples = owners.into_iter().zip(vectors).map(|(entry, vector)| Example::new(entry, vector));
        let examples: Vec<Example> = examples.collect();
        Self {
            classifier: Classifier::train(&examples, entry_count, &features, tuning.classifier),
            speller: Speller::new(&lexicon, analyzer.vocabulary(), tuning.spelling),
            analyzer,
            lexicon,
            index,
            features,
            entry_count,
            support_weight: support_weight(examples.len(), entry_count, tuning.ranking),
            lacks_number,
            tuning: *tuning,
        }
    }

    /// The class score of a text for each entry (see [`Classifier::scores`]).
    pub(crate) fn classify(&self, words: &[QuestionWord]) -> Vec<f32> {
        self.classifier.scores(&self.features.parts(words))
    }

    /// Whether the entry has an answer without a number in it, dates aside.
    pub(crate) fn lacks_number(&self, entry: EntryId) -> bool {
        self.lacks_number[entry.place()]
    }
}

/// Turns the texts of a base into numbers, entry by entry.
struct Reader<'a> {
    analyzer: &'a Analyzer,
    fields: FieldWeights,
    lexicon: LexiconBuilder,
    index: IndexBuilder,
    /// The words of each phrasing.
    texts: Vec<Vec<WordId>>,
    /// The entry of each phrasing.
    owners: Vec<EntryId>,
    lacks_number: Vec<bool>,
}

impl<'a> Reader<'a> {
    fn new(analyzer: &'a Analyzer, fields: FieldWeights) -> Self {
        Self {
            analyzer,
            fields,
            lexicon: LexiconBuilder::default(),
            index: IndexBuilder::default(),
            texts: Vec::new(),
            owners: Vec::new(),
            lacks_number: Vec::new(),
        }
    }

    fn read<'b>(&mut self, id: EntryId, entry: &Entry, phrasings: impl Iterator<Item = &'b Located<String>>) {
        self.read_phrasing(id, &entry.question, self.fields.question);
        for phrasing in phrasings {
            self.read_phrasing(id, &phrasing.value, self.fields.phrasing);
        }
        for keyword in &entry.keywords {
            let (_, terms) = self.numbered(&self.analyzer.words(keyword));
            self.index.add(id, &terms, self.fields.keyword);
        }
        let answer = self.analyzer.words(&entry.answer.value);
        self.lacks_number.push(!answer.is_empty() && !has_quantity(&answer));
        let (_, terms) = self.numbered(&answer);
        self.index.add(id, &terms, self.fields.answer);
    }

    fn read_phrasing(&mut self, entry: EntryId, text: &str, weight: f32) {
        let (words, terms) = self.numbered(&self.analyzer.words(text));
        self.index.add_phrasing(entry, &words, terms, weight);
        self.texts.push(words);
        self.owners.push(entry);
    }

    fn numbered(&mut self, words: &[Word]) -> (Vec<WordId>, Vec<TermId>) {
        let ids: Vec<WordId> = words.iter().map(|word| self.lexicon.add(&word.text)).collect();
        let terms = self.analyzer.terms_from_stems(words, |place| self.lexicon.word(ids[place]).stem.clone());
        (ids, terms.into_iter().map(|term| self.index.intern(term)).collect())
    }
}

/// The term that a word is by itself.
fn term_of(word: &LexiconWord, analyzer: &Analyzer, index: &Index) -> Option<TermId> {
    let alone = [Word { text: word.text.to_string(), likelihood: 1.0 }];
    let term = analyzer.terms_from_stems(&alone, |_| word.stem.clone()).into_iter().next()?;
    index.id(&term.text)
}

#[expect(clippy::cast_precision_loss, reason = "counts of texts and entries are far below 2^24")]
fn support_weight(phrasing_count: usize, entry_count: usize, tuning: RankingTuning) -> f32 {
    let average = phrasing_count as f32 / entry_count.max(1) as f32;
    (tuning.even_phrasings / average.max(1.0)).min(tuning.highest_support_weight)
}
