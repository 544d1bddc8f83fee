//! Every number that decides what a search finds and how sure it is of it, on one page.
//!
//! Nobody can judge or refit numbers that are spread over ten files. Here each has its meaning, its
//! unit, its range and where it comes from:
//!
//! - *tune*: fitted by `just tune` to the training parts of many bases, each in several sizes, and
//!   printed by it. `docs/PERFORMANCE.md` has the figures.
//! - *held out*: chosen by asking phrasings that were left out, over 26 bases and sizes.
//! - *by hand*: a plausible value. No measurement is on record.
//!
//! Where objections begin (the shares and counts of [`ConfidenceTuning`]) and how near misses
//! become fewer was settled while figures of validation sets were in view, as totals: the weights
//! are fair to other bases, these numbers have yet to show it.
//!
//! A type whose numbers all have the same origin says so for all of them.
//!
//! What is not here decides nothing about a question: limits of Discord, sizes of buffers, and the
//! language's own rules (which endings are British, which keys are neighbours), which stand in
//! tables beside the code that reads them.

use crate::evidence::FEATURE_COUNT;
use crate::logistic::Prior;

/// All numbers of a search. [`Default`] has those that the program ships with.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tuning {
    /// How much a word tells, by where an entry has it.
    pub fields: FieldWeights,
    /// Which function words name a subject in a base.
    pub keep: KeepTuning,
    /// From occurrences to postings.
    pub index: IndexTuning,
    /// Which terms are related to which, and how closely.
    pub expansion: ExpansionTuning,
    /// Which words are taken for misspellings of others.
    pub spelling: SpellingTuning,
    /// What the classifier sees of a text.
    pub features: FeatureTuning,
    /// How the classifier learns.
    pub classifier: ClassifierTuning,
    /// In which order candidates come.
    pub ranking: RankingTuning,
    /// How sure the search is of a candidate.
    pub confidence: ConfidenceTuning,
}

/// What one occurrence of a word counts in each field of an entry, in occurrences in a phrasing.
/// 0 or more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldWeights {
    /// In the question. Origin: held out.
    pub question: f32,
    /// In any other phrasing. It is the unit.
    pub phrasing: f32,
    /// In a keyword. Origin: by hand.
    pub keyword: f32,
    /// In the answer. Origin: by hand.
    pub answer: f32,
}

impl Default for FieldWeights {
    fn default() -> Self {
        Self { question: 2.0, phrasing: 1.0, keyword: 4.0, answer: 2.0 }
    }
}

/// Which function words tell entries apart and so are kept. Origin of all: by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeepTuning {
    /// The fewest phrasings that an entry needs to show which words it has often. 1 or more.
    pub fewest_phrasings: usize,
    /// From which share of an entry's phrasings on it has a word often, 0 to 1.
    pub least_share: f32,
    /// The highest mean over all entries of the share of phrasings with the word, above 0 to 1. A
    /// base of few entries counts as one of the inverse of this.
    pub highest_mean: f32,
    /// In how many entries, at most, the share is half of [`Self::least_share`] or more.
    pub most_entries: usize,
}

impl Default for KeepTuning {
    fn default() -> Self {
        Self { fewest_phrasings: 3, least_share: 0.6, highest_mean: 0.1, most_entries: 3 }
    }
}

/// How occurrences become postings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexTuning {
    /// How far the frequencies of a long entry are scaled down, from 0 (not at all) to 1 (as its
    /// length): b of BM25. Origin: by hand.
    pub length_normalization: f32,
    /// The weighted occurrences at which a term's support has half its full value, above 0: k₁ of
    /// BM25. Origin: held out.
    pub saturation: f32,
    /// The power to which rarity is raised. Below 1, common words count for more than their rarity
    /// alone says. Above 0. Origin: by hand.
    pub rarity_exponent: f32,
    /// How much more a word that no entry has weighs than its rarity says, as a factor above 0.
    /// Such a word is most often what makes the question another one. Origin: by hand.
    pub unknown_excess: f32,
    /// From which commonness in English on a word that no entry has weighs less, on the Zipf scale
    /// (1.8 to 7.5). Origin: by hand.
    pub common_from: f32,
    /// What it then loses for each step of the scale, as a share, 0 to 1. Origin: by hand.
    pub loss_by_commonness: f32,
    /// The number of entries that a base has at least, for the weight of a word that it does not
    /// have: how rare a word is depends on the language more than on a small base. Origin: by hand.
    pub smallest_language: usize,
    /// The smallest share of a term's support that is kept as a posting, 0 to 1. Origin: by hand.
    pub smallest_share: f32,
}

impl Default for IndexTuning {
    fn default() -> Self {
        Self {
            length_normalization: 0.5,
            saturation: 1.0,
            rarity_exponent: 0.8,
            unknown_excess: 1.5,
            common_from: 4.0,
            loss_by_commonness: 0.15,
            smallest_language: 20,
            smallest_share: 0.05,
        }
    }
}

/// Which terms speak for one another. Origin of all: by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExpansionTuning {
    /// The number of entries that a term is asked for in, at least, before what stands beside it
    /// tells anything.
    pub fewest_entries: usize,
    /// How many occurrences side by side in one entry associate two terms by 1 − 1/e. Above 0.
    pub association_saturation: f32,
    /// The weakest association that is not taken for chance, 0 to 1.
    pub weakest_association: f32,
    /// How many associated terms are kept, the strongest.
    pub most_associated: usize,
    /// How much a word of the same family counts where English has the two closest, 0 to 1.
    pub family_strength: f32,
    /// How much a word that means the same counts where English has the two closest, 0 to 1.
    pub meaning_strength: f32,
}

impl Default for ExpansionTuning {
    fn default() -> Self {
        Self {
            fewest_entries: 2,
            association_saturation: 1.0,
            weakest_association: 0.12,
            most_associated: 8,
            family_strength: 0.9,
            meaning_strength: 0.6,
        }
    }
}

/// What a slip costs, in tenths of a wrong extra letter.
pub type SlipCost = u32;

/// Which slips are likely enough to be corrected. Origin of all: by hand, on misspellings such as
/// those in the tests of spelling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpellingTuning {
    /// The letters at the beginning of a word within which slips are looked for. 1 or more; each
    /// more makes more forms.
    pub prefix: usize,
    /// The number of letters from which on a word may have two slips instead of one. A word and its
    /// misspelling may fall on both sides of this, so it lies below the length at which
    /// [`Self::allowed`] leaves room for two.
    pub two_slips_from: usize,
    /// A letter too many or too few.
    pub gap: SlipCost,
    /// A doubled letter too many or too few, the most common slip of all.
    pub doubling: SlipCost,
    /// Two neighbouring letters swapped.
    pub swap: SlipCost,
    /// A letter replaced by one that sounds similar or lies beside it on the keyboard.
    pub likely_replacement: SlipCost,
    /// A letter replaced by any other: this often makes another word.
    pub unlikely_replacement: SlipCost,
    /// On top, where the first letter differs: people rarely miss that one.
    pub first_letter: SlipCost,
    /// The highest cost of a misspelling, by the number of its letters; the last value holds for
    /// all longer words.
    pub allowed: [SlipCost; 9],
    /// The same for a misspelling of a function word with at most four letters: these are so common
    /// that even three letters tell enough.
    pub allowed_of_function_word: SlipCost,
    /// From which commonness in English on a word is never corrected, on the Zipf scale (1.8 to
    /// 7.5).
    pub least_commonness: f32,
    /// How likely a corrected word is the one that was meant, after slips that cost as much as one
    /// extra letter; the power of this for others. 0 to 1.
    pub likelihood_per_slip: f32,
}

impl Default for SpellingTuning {
    fn default() -> Self {
        Self {
            prefix: 7,
            two_slips_from: 7,
            gap: 10,
            doubling: 6,
            swap: 8,
            likely_replacement: 9,
            unlikely_replacement: 14,
            first_letter: 4,
            allowed: [0, 0, 0, 0, 9, 10, 15, 15, 23],
            allowed_of_function_word: 10,
            least_commonness: 2.0,
            likelihood_per_slip: 0.88,
        }
    }
}

/// What the classifier sees of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeatureTuning {
    /// The length of a letter sequence, in characters, blanks around a word included. 1 or more.
    /// Origin: held out.
    pub gram_length: usize,
    /// In how many texts, at least, a pair or a letter sequence occurs that is a feature: what
    /// occurs once tells nothing about others. Origin: by hand.
    pub fewest_texts: usize,
}

impl Default for FeatureTuning {
    fn default() -> Self {
        Self { gram_length: 3, fewest_texts: 2 }
    }
}

/// How the classifier learns. Origin of all: by hand; more passes or rivals took longer and changed
/// little.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassifierTuning {
    /// What a misplaced text costs against the size of the weights: C of the support vector
    /// machine. Above 0.
    pub cost: f32,
    /// Passes over an entry's texts. 1 or more.
    pub passes: usize,
    /// How many other entries a text is learned against: those that it is most easily taken for. 1
    /// or more.
    pub rivals: usize,
    /// A feature of more than one in so many entries does not count in finding rivals, unless it
    /// has at most this number of entries. 1 or more.
    pub common_share: usize,
    /// The smallest weight that is kept, 0 to about 1, which is the largest that occurs.
    pub smallest_weight: f32,
    /// How far beyond its margin, in units of the class score, a text that pulls at no weight may
    /// lie and still be looked at in the next pass. 0 or more.
    pub shrink_at: f32,
}

impl Default for ClassifierTuning {
    fn default() -> Self {
        Self { cost: 1.0, passes: 4, rivals: 20, common_share: 5, smallest_weight: 0.02, shrink_at: 0.1 }
    }
}

/// How class score, support and similarity are added up, by how many phrasings an entry has. Each
/// has a weight at ten phrasings an entry, and what it gains for each factor of e beyond that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingTuning {
    /// The weights at ten phrasings, of class score, support and similarity, in log odds between
    /// two candidates for each unit of the view. 0 or more. Origin: tune.
    pub at_ten: [f32; 3],
    /// What they gain for each factor of e. Origin: tune.
    pub gain: [f32; 3],
    /// How sure that is for a base that has not been looked at: for each view the inverse of a
    /// variance, above 0. Origin: by hand.
    pub precision: [f64; 3],
    /// How far above its floor an entry's class score has to be, in units of that, for the entry to
    /// be a candidate although it supports no word of the question. 0 to about 2. Origin: by hand.
    pub least_class: f32,
}

impl Default for RankingTuning {
    fn default() -> Self {
        Self { at_ten: [2.65, 7.03, 3.57], gain: [0.16, -0.74, -0.42], precision: [3.0, 0.1, 1.0], least_class: 0.1 }
    }
}

impl RankingTuning {
    /// The weights of class score, support and similarity for a base with so many phrasings an
    /// entry, to which it adds what it has learned about itself.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a weight needs no more than six digits")]
    pub fn weights(&self, phrasings_per_entry: f32, added: &[f64; 3]) -> [f32; 3] {
        let beyond = (phrasings_per_entry.clamp(1.0, 200.0) / 10.0).ln();
        let weight = |place: usize| self.at_ten[place] + self.gain[place] * beyond + added[place] as f32;
        std::array::from_fn(|place| weight(place).max(0.0))
    }
}

/// What each piece of evidence weighs, in the order of
/// [`FEATURE_NAMES`](crate::evidence::FEATURE_NAMES). Origin: tune.
#[rustfmt::skip]
#[allow(clippy::approx_constant, reason = "a fitted weight that comes near a constant is none")]
const WEIGHTS: [f64; FEATURE_COUNT] = [
    -1.8100, // always
    0.1858, // class score
    0.8905, // support
    1.0618, // similar meaning
    3.4236, // margin
    0.1636, // share among candidates
    0.0, // explained
    0.2125, // explained by its phrasings
    0.0, // left open
    -0.0959, // most telling word left open
    0.1334, // nearest phrasing
    -0.4244, // rest of the nearest phrasing
    -0.2771, // vague
    0.0, // single word
    0.0, // corrected
    -0.0118, // action left open
    0.0, // name left open
    -0.5505, // number left open
    -1.1890, // negation differs
    -0.7256, // opposite
    0.0, // turned around
    -0.4118, // other kind of answer
    0.7103, // few phrasings
    0.3659, // class score with few phrasings
    1.9918, // word for word
    0.0829, // long question
];

/// At most so many questions are expected to be near misses.
const MOST_NEAR_MISSES: f32 = 0.5;

/// From evidence to a probability, and what keeps an entry from being the answer.
///
/// Some numbers are shares of what singles out one entry of a base, ln(1 + N) of N entries: the
/// weight of a word is about that if a single entry has it. Origin of all but the weights: by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConfidenceTuning {
    /// The weights of the evidence over many bases, in log odds for each unit. Origin: tune.
    pub weights: [f64; FEATURE_COUNT],
    /// How sure they are for a base that has not been looked at: the inverse of their variance,
    /// above 0.
    pub precision: f64,
    /// Below which margin two candidates fit as well, in log odds between them. 0 or more.
    pub tie: f32,
    /// How much question and entry have in common, at least, for the entry not to be vague: as a
    /// share of what singles out one entry, 0 to about 1.
    pub least_in_common: f32,
    /// The same of a question with one word besides those that every question has.
    pub least_of_one_word: f32,
    /// The confidence from which on it does not matter how little question and entry have in
    /// common, 0 to 1. Origin: by hand.
    pub sure_enough: f32,
    /// The least share of a question that an entry has to explain to be its answer, 0 to 1. Origin:
    /// by hand.
    pub least_explained: f32,
    /// The least weight of a name that must not be missing, as a share of what singles out one
    /// entry, 0 to about 1.
    pub telling_name: f32,
    /// The same of a number.
    pub telling_number: f32,
    /// The least share of a question that a word has to be to name something in a base that is not
    /// in English, where nothing else tells names from words. 0 to 1.
    pub most_of_question: f32,
    /// The least share of a question that a name has to be which the base does not have, for
    /// nothing in the base to be near. 0 to 1. Origin: by hand.
    pub least_stranger: f32,
    /// The least share of a short question that what is to be done has to be, so as not to be
    /// missing. 0 to 1.
    pub least_action: f32,
    /// The most words of a short question.
    pub short_question: usize,
    /// From how many phrasings on an entry that is never asked for with a negation is known to have
    /// none.
    pub enough_phrasings: usize,
    /// How much of what the nearest negated phrasing shares with a question another one has to
    /// share for the negation not to matter, 0 to 1.
    pub as_near_without: f32,
    /// The number of entries of a base whose near misses are as many as its questions without an
    /// answer. Above 0.
    pub usual_entries: f32,
    /// The power of the number of entries with which near misses become fewer. 0 or more.
    pub growth_of_gaps: f32,
}

impl Default for ConfidenceTuning {
    fn default() -> Self {
        Self {
            weights: WEIGHTS,
            precision: 4.0,
            tie: 0.05,
            least_in_common: 0.15,
            least_of_one_word: 0.45,
            sure_enough: 0.7,
            least_explained: 0.3,
            telling_name: 0.25,
            telling_number: 0.25,
            most_of_question: 0.4,
            least_stranger: 0.15,
            least_action: 0.3,
            short_question: 8,
            enough_phrasings: 8,
            as_near_without: 0.7,
            usual_entries: 50.0,
            growth_of_gaps: 0.3,
        }
    }
}

impl ConfidenceTuning {
    /// The share of questions that ask for what a base of so many entries nearly knows, 0 to 1,
    /// given the share without an answer that is expected: a base of few entries leaves out more of
    /// its subject.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
    pub fn share_of_near_misses(&self, entries: usize, unanswerable: f32) -> f32 {
        let relative = self.usual_entries / entries.max(1) as f32;
        (unanswerable * relative.powf(self.growth_of_gaps)).min(MOST_NEAR_MISSES)
    }

    /// What is known of the weights before a base is looked at.
    #[must_use]
    pub fn prior(&self) -> Prior<FEATURE_COUNT> {
        Prior { mean: self.weights, precision: [self.precision; FEATURE_COUNT] }
    }
}
