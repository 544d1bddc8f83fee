//! Every number that decides what a search finds and how sure it is of it, on one page.
//!
//! Nobody can judge or refit numbers that are spread over ten files. Here each has its meaning, its
//! unit, its range and an honest word on where it comes from:
//!
//! - *held out*: chosen on the shipped base by asking phrasings that were left out of the index.
//! - *fitted*: fitted to whether the best entry was right, on the validation questions of CLINC150
//!   and BANKING77 (questions without an answer counted six times) and on 200 questions about the
//!   shipped base that were written without knowledge of it. Afterwards support was given more
//!   weight, for the sake of refusals, as far as calibration allowed, with the development
//!   questions about the shipped base in view. The fit itself was not kept.
//! - *by hand*: a plausible value that held up. No measurement is on record.
//!
//! What is not here decides nothing about a question: limits of Discord, sizes of buffers, and the
//! language's own rules (which endings are British, which keys are neighbours), which stand in
//! tables beside the code that reads them.

/// All numbers of a search. [`Default`] has those that the program ships with.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tuning {
    /// How much a word tells, by where an entry has it.
    pub fields: FieldWeights,
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
    /// In a keyword. Origin: held out.
    pub keyword: f32,
    /// In the answer. Origin: held out.
    pub answer: f32,
}

impl Default for FieldWeights {
    fn default() -> Self {
        Self { question: 3.0, phrasing: 1.0, keyword: 4.0, answer: 2.0 }
    }
}

/// How occurrences become postings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexTuning {
    /// How far the frequencies of a long entry are scaled down, from 0 (not at all) to 1 (as its
    /// length): b of BM25. Origin: by hand.
    pub length_normalization: f32,
    /// The weighted occurrences at which a term's support has half its full value, above 0: k₁ of
    /// BM25. Origin: by hand.
    pub saturation: f32,
    /// The power to which rarity is raised. Below 1, common words count for more than their rarity
    /// alone says. Above 0. Origin: by hand.
    pub rarity_exponent: f32,
    /// How much more a word that no entry has weighs than one that a single entry could have, as a
    /// factor. Such a word is most often what makes the question another one. Origin: by hand.
    pub unknown_excess: f32,
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
            saturation: 2.0,
            rarity_exponent: 0.8,
            unknown_excess: 1.5,
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
    /// How much a word of the same family counts at full similarity, 0 to 1.
    pub family_strength: f32,
    /// The similarity from which on two words are taken for one family, 0 to 1.
    pub least_family_similarity: f32,
    /// How many letters words of a family share at the beginning, at least. 1 or more.
    pub family_prefix: usize,
    /// How much a word counts that the thesaurus relates, 0 to 1.
    pub thesaurus_strength: f32,
}

impl Default for ExpansionTuning {
    fn default() -> Self {
        Self {
            fewest_entries: 2,
            association_saturation: 1.0,
            weakest_association: 0.12,
            most_associated: 8,
            family_strength: 0.7,
            least_family_similarity: 0.66,
            family_prefix: 4,
            thesaurus_strength: 0.6,
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
            likelihood_per_slip: 0.88,
        }
    }
}

/// What the classifier sees of a text. Origin of all: by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeatureTuning {
    /// The length of a letter sequence, in characters, blanks around a word included. 1 or more.
    pub gram_length: usize,
    /// The number of texts in which a pair or a letter sequence occurs, at least, to be a feature:
    /// what occurs once tells nothing about others.
    pub fewest_texts: usize,
}

impl Default for FeatureTuning {
    fn default() -> Self {
        Self { gram_length: 4, fewest_texts: 2 }
    }
}

/// How the classifier learns. Origin of all: by hand; more passes or rivals took longer and changed
/// little.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassifierTuning {
    /// What a misplaced text costs against the size of the weights: C of the support vector
    /// machine. Above 0.
    pub cost: f32,
    /// Passes over an entry's texts.
    pub passes: usize,
    /// How many other entries a text is learned against: those that it is most easily taken for.
    pub rivals: usize,
    /// A feature of more than one in so many entries does not count in finding rivals, unless it
    /// has at most this number of entries. 1 or more.
    pub common_share: usize,
    /// The smallest weight that is kept, of about 1 at most.
    pub smallest_weight: f32,
    /// How far beyond its margin a text that pulls at no weight may lie and still be looked at in
    /// the next pass.
    pub shrink_at: f32,
}

impl Default for ClassifierTuning {
    fn default() -> Self {
        Self { cost: 1.0, passes: 4, rivals: 20, common_share: 5, smallest_weight: 0.02, shrink_at: 0.1 }
    }
}

/// How support and class score are added up. The support weight of a base is
/// [`Self::even_phrasings`] over its average number of phrasings an entry, at most
/// [`Self::highest_support_weight`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingTuning {
    /// The average number of phrasings an entry at which support and class score weigh the same.
    /// Above 0. With fewer, the classifier has little to learn from. Origin: held-out phrasings are
    /// found best at a support weight of about eight on the shipped base, with a dozen phrasings an
    /// entry, and at about one on CLINC150 and BANKING77, with a hundred.
    pub even_phrasings: f32,
    /// What support weighs at most against the class score. Origin: held out.
    pub highest_support_weight: f32,
    /// How far above its floor the class score of an entry has to be for it to be a candidate that
    /// supports no word of the question. Origin: by hand.
    pub least_class: f32,
}

impl Default for RankingTuning {
    fn default() -> Self {
        Self { even_phrasings: 100.0, highest_support_weight: 10.0, least_class: 0.1 }
    }
}

/// How evidence becomes confidence: a logistic curve, and fixed values for exact matches. Slopes
/// and losses are in log odds for each unit of what they belong to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConfidenceTuning {
    /// The log odds of a candidate without any evidence. Origin: fitted.
    pub intercept: f32,
    /// For the class score, −1 to about 1; in full where phrasings are plenty. Origin: fitted.
    pub class_slope: f32,
    /// For the support, 0 to 1. Origin: fitted, then raised.
    pub support_slope: f32,
    /// For the margin; twice as much where phrasings are scarce. Origin: fitted.
    pub margin_slope: f32,
    /// The widest margin that counts, in units of the score: in a base of a few entries one rare
    /// word sets an entry apart from all others. Origin: by hand.
    pub widest_margin: f32,
    /// Lost where phrasings are scarce, with which the classifier says little about being right.
    /// Origin: fitted.
    pub scarcity_loss: f32,
    /// Lost where phrasings are scarce, for a question that is as vague as can be. Origin: fitted.
    pub vagueness_loss: f32,
    /// Lost where phrasings are scarce, for a question that nothing in the base explains. Origin:
    /// fitted.
    pub unknown_loss: f32,
    /// Lost where a question asks for a number and the answer has none. Origin: by hand.
    pub no_number_loss: f32,
    /// The support weight at which phrasings count as half scarce. Origin: by hand.
    pub even_support_weight: f32,
    /// How specific a question of a single term is at most, 0 to 1: it names a subject and asks
    /// nothing. Origin: by hand.
    pub single_term_specificity: f32,
    /// The least confidence in the entry whose phrasing the question is, word for word, 0 to 1:
    /// anyone who types exactly that, or picks it from the autocomplete list, means that entry.
    pub verbatim: f32,
    /// The least confidence in the one entry with a phrasing of the same terms, 0 to 1: stop words
    /// and the order of words seldom change the subject. Origin: by hand.
    pub same_terms: f32,
    /// The support weight below which the same terms are no such sign: with many phrasings the
    /// classifier has learned what stop words and the order of words tell. Origin: by hand.
    pub same_terms_from: f32,
}

impl Default for ConfidenceTuning {
    fn default() -> Self {
        Self {
            intercept: -0.8,
            class_slope: 4.6,
            support_slope: 4.0,
            margin_slope: 0.5,
            widest_margin: 1.0,
            scarcity_loss: 1.6,
            vagueness_loss: 3.0,
            unknown_loss: 2.0,
            no_number_loss: 3.0,
            even_support_weight: 2.0,
            single_term_specificity: 0.5,
            verbatim: 1.0,
            same_terms: 0.9,
            same_terms_from: 2.0,
        }
    }
}
