//! From text to terms, by a pipeline of small filters.
//!
//! The same pipeline runs over the knowledge base when it is indexed and over each question, so
//! that both meet in the same terms: fold, split into words, read numbers, expand shorthand; then
//! drop function words, unify spellings, stem, and join synonyms. Between the two halves the
//! speller mends the words of a question.

mod function_words;
mod quantity;
mod shorthand;
mod tokenizer;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxBuildHasher;
use unicode_segmentation::UnicodeSegmentation;

use super::synonyms::SynonymTable;
use footnote_knowledge::Synonyms;
use footnote_knowledge::text::fold::fold;
use footnote_knowledge::text::numbers;
pub(super) use function_words::NUMBER_CUES;
use function_words::Role;
pub(super) use quantity::has_quantity;

/// A word of a text, folded, before it is stemmed.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The folded word, or a number's digits without separators.
    pub text: String,
    /// How sure it is that this word was meant: 1 as typed, less where a typing error was mended.
    pub certainty: f32,
}

/// What a term tells about a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// What the question is about.
    Content,
    /// What kind of answer it wants (who, when, how many) or whether it is turned around (not,
    /// before): evidence between entries on the same subject, but nothing that an entry has to
    /// explain.
    Cue,
}

/// What is indexed and looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The stem, or the name of a synonym group.
    pub text: Box<str>,
    /// Its part in a question.
    pub kind: TermKind,
    /// The lowest certainty of the words it comes from.
    pub certainty: f32,
}

/// The pipeline with the tables of one knowledge base.
#[derive(Debug)]
pub struct Analyzer {
    shorthand: HashMap<String, Vec<String>, FxBuildHasher>,
    synonyms: SynonymTable,
    vocabulary: HashSet<String>,
}

impl Analyzer {
    /// Prepares the pipeline for a base's synonyms.
    #[must_use]
    pub fn new(synonyms: &Synonyms) -> Self {
        let mut analyzer =
            Self { shorthand: HashMap::default(), synonyms: SynonymTable::default(), vocabulary: HashSet::new() };
        let common = shorthand::COMMON.iter().copied();
        let own = synonyms.shorthand.iter().map(|(written, means)| (written.as_str(), means.as_str()));
        for (written, means) in common.chain(own) {
            let meant = split(means);
            analyzer.vocabulary.extend(meant.iter().cloned());
            if let [word] = split(written).as_slice() {
                analyzer.shorthand.insert(word.clone(), meant);
            }
        }
        for group in &synonyms.groups {
            let phrases: Vec<Vec<String>> = group.iter().map(|phrase| stems(phrase)).collect();
            for phrase in group {
                let words = plain_words(phrase);
                analyzer.vocabulary.extend(words);
            }
            analyzer.synonyms.add_group(phrases);
        }
        analyzer
    }

    /// Words that the pipeline itself knows: function words, and those of the synonym tables.
    pub fn vocabulary(&self) -> impl Iterator<Item = &str> {
        function_words::all().chain(self.vocabulary.iter().map(String::as_str))
    }

    /// The first half: the folded words of a text, shorthand written out, numbers in one spelling.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for word in split(text) {
            self.write_out(word, &mut words);
        }
        numbers::read(words).into_iter().map(|text| Word { text, certainty: 1.0 }).collect()
    }

    /// A word, or what it means if it is shorthand, alone (2moro) or behind digits (5wat).
    fn write_out(&self, word: String, words: &mut Vec<String>) {
        if let Some(meant) = self.shorthand.get(&word) {
            words.extend(meant.iter().cloned());
        } else if let Some((digits, attached)) = numbers::attached_word(&word)
            && let Some(meant) = self.shorthand.get(attached)
        {
            words.push(digits.to_owned());
            words.extend(meant.iter().cloned());
        } else {
            words.push(word);
        }
    }

    /// The second half: the terms of the words, without those that carry no meaning of their own.
    #[must_use]
    pub fn terms(&self, words: &[Word]) -> Vec<Term> {
        self.terms_by(words, |place| stem(&words[place].text).into())
    }

    /// As [`Self::terms`], with the stem of the word at each place from elsewhere: who analyzes
    /// many texts remembers them.
    pub(super) fn terms_by(&self, words: &[Word], stem_at: impl Fn(usize) -> Box<str>) -> Vec<Term> {
        let mut content = Vec::with_capacity(words.len());
        let mut cues = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let certainty = word.certainty;
            match function_words::role(&word.text) {
                Some(Role::Cue(cue)) => cues.push(Term { text: cue.into(), kind: TermKind::Cue, certainty }),
                Some(Role::Dropped) => {}
                None => content.push(Term { text: stem_at(place), kind: TermKind::Content, certainty }),
            }
        }
        let mut terms = self.synonyms.join(content);
        terms.append(&mut cues);
        terms
    }

    /// The words that are not dropped, in their order.
    #[must_use]
    pub fn significant_words(&self, text: &str) -> Vec<String> {
        let words = self.words(text).into_iter().map(|word| word.text);
        words.filter(|word| function_words::role(word) != Some(Role::Dropped)).collect()
    }
}

fn stems(phrase: &str) -> Vec<String> {
    let words = plain_words(phrase);
    let content = words.iter().filter(|word| function_words::role(word).is_none());
    content.map(|word| stem(word)).collect()
}

/// The stem of a folded word, the same for both spellings of English.
pub(super) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(&american_spelling(word)).into_owned()
}

fn split(text: &str) -> Vec<String> {
    tokenizer::split(&fold(&spell_out_us(text)))
}

fn plain_words(text: &str) -> Vec<String> {
    numbers::read(split(text))
}

/// Lower case would make the country and the pronoun one word; in capitals it is the country, where
/// not all is in capitals.
fn spell_out_us(text: &str) -> Cow<'_, str> {
    let shouted = !text.chars().any(char::is_lowercase);
    if shouted || !(text.contains("US") || text.contains("U.S")) {
        return Cow::Borrowed(text);
    }
    let is_country = |word: &str| matches!(word, "US" | "U.S");
    let spelled: Vec<&str> = text.split_word_bounds().map(|word| if is_country(word) { "USA" } else { word }).collect();
    Cow::Owned(spelled.concat())
}

/// British endings become American ones, as Snowball's English stemmer knows those: recognise is
/// recognize, defence is defense, neighbour is neighbor. It need not be right for every word, only
/// the same for every text.
fn american_spelling(word: &str) -> Cow<'_, str> {
    const ENDINGS: [(&str, &str); 12] = [
        ("isations", "izations"),
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("ences", "enses"),
        ("ence", "ense"),
        ("oured", "ored"),
        ("ours", "ors"),
        ("our", "or"),
        ("ouring", "oring"),
    ];
    const SHORTEST: usize = 6;
    if word.len() < SHORTEST {
        return Cow::Borrowed(word);
    }
    for (british, american) in ENDINGS {
        if let Some(stem) = word.strip_suffix(british) {
            return Cow::Owned(format!("{stem}{american}"));
        }
    }
    Cow::Borrowed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzer() -> Analyzer {
        Analyzer::new(&Synonyms {
            groups: vec![
                vec!["KLA".into(), "UÇK".into(), "Kosovo Liberation Army".into()],
                vec!["air strikes".into(), "bombing".into()],
            ],
            shorthand: vec![
                ("wat".into(), "what".into()),
                ("2moro".into(), "tomorrow".into()),
                ("k".into(), "okay".into()),
            ],
        })
    }

    /// Both halves, for text without typing errors.
    fn analyze(text: &str) -> Vec<Term> {
        let analyzer = analyzer();
        analyzer.terms(&analyzer.words(text))
    }

    fn read(text: &str) -> Vec<String> {
        analyzer().words(text).into_iter().map(|word| word.text).collect()
    }

    fn same(one: &str, other: &str) {
        assert_eq!(analyze(one), analyze(other), "{one} / {other}");
        assert!(!analyze(one).is_empty(), "{one} has no terms");
    }

    #[test]
    fn diacritics_and_case_make_no_difference() {
        same("Thaçi", "thaci");
        same("MILOŠEVIĆ", "milosevic");
    }

    #[test]
    fn apostrophes_and_hyphens_make_no_difference() {
        same("Kosovo’s army", "kosovo army");
        same("air-strikes", "air strikes");
        same("de-militarise", "demilitarize");
        same("U.S. troops", "US troops");
    }

    #[test]
    fn every_mark_that_is_typed_for_an_apostrophe_is_one() {
        for mark in ["'", "’", "‘", "´", "`", "ʼ", "＇"] {
            same(&format!("Kosovo{mark}s army"), "kosovo army");
            assert_eq!(read(&format!("don{mark}t")), ["dont"], "{mark}");
        }
        same("‘Kosovo‘ ´army´", "kosovo army");
    }

    #[test]
    fn numbers_are_read_in_every_customary_form() {
        for form in ["50,000", "50 000", "50.000", "50k", "50 thousand", "fifty thousand", "50\u{a0}000"] {
            same(form, "50000");
        }
        same("4.6k", "4,600");
        same("twenty-nine", "29");
        same("12th June", "12 June");
        same("12.06.1999", "12 6 1999");
    }

    #[test]
    fn a_number_may_have_a_fraction() {
        for form in ["0.500", "0.50", "0,5", "½"] {
            same(form, "0.5");
        }
        same("0.500 million", "500,000");
        same("2½ million", "2,500,000");
        same("1½k", "1500");
        same("5½ 5¼ 5¾", "5.5 5.25 5.75");
        for form in ["10,000,000.50", "10.000.000,50", "10 000 000,5", "10 000 000.5"] {
            assert_eq!(read(form), ["10000000.5"], "{form}");
        }
        assert_eq!(read("1,234.567"), ["1234.567"]);
        assert_eq!(read("1,000,000.00"), ["1000000"]);
        assert_eq!(read("1.20"), ["1.20"], "a version is not the one with a digit less");
        assert_eq!(read("1,000,50"), ["1", "0", "50"]);
    }

    #[test]
    fn a_fraction_without_short_decimals_stays_apart() {
        assert_eq!(read("5⅓"), ["5", "1", "3"]);
        assert_eq!(read("word½"), ["word", "0.5"]);
    }

    #[test]
    fn raised_digits_are_words_of_their_own() {
        same("10³", "10 3");
        same("10²³⁴", "10, 234");
        same("army² in", "army 2 in");
        assert_eq!(read("50,000¹"), ["50000", "1"]);
    }

    #[test]
    fn only_blanks_join_groups_of_digits() {
        assert_eq!(read("1 200 000 and 13 517"), ["1200000", "and", "13517"]);
        for form in ["100-200", "100, 200", "100/200", "100 (200)", "100\n200", "100  200"] {
            assert_eq!(read(form), ["100", "200"], "{form}");
        }
        assert_eq!(read("12th 100"), ["12", "100"]);
        assert_eq!(read("4.6 100"), ["4.6", "100"]);
        assert_eq!(read("5 100,000"), ["5", "100000"]);
        assert_eq!(read("in 1999 100"), ["in", "1999", "100"]);
        assert_eq!(read("0 100"), ["0", "100"]);
    }

    #[test]
    fn inflected_forms_share_a_term() {
        same("deployment", "deployed");
        same("recognised", "recognizes");
    }

    #[test]
    fn synonyms_share_a_term_even_over_several_words() {
        same("the Kosovo Liberation Army", "uck");
        same("bombing", "air strikes");
    }

    #[test]
    fn shorthand_is_written_out() {
        same("wat army 2moro", "what army tomorrow");
    }

    #[test]
    fn shorthand_is_written_out_even_behind_digits() {
        assert_eq!(read("5wat"), ["5", "what"]);
        assert_eq!(read("50 000wat"), ["50000", "what"]);
        assert_eq!(read("k 5k"), ["okay", "5000"], "a unit comes before shorthand");
    }

    #[test]
    fn the_country_in_capitals_is_not_the_pronoun() {
        same("US base", "usa base");
    }

    #[test]
    fn function_words_leave_no_term_and_cues_are_marked() {
        let terms = analyze("when did they go to the army");
        let kinds: Vec<(&str, TermKind)> = terms.iter().map(|term| (&*term.text, term.kind)).collect();
        assert_eq!(kinds, [("go", TermKind::Content), ("armi", TermKind::Content), ("when", TermKind::Cue)]);
    }
}
