//! From text to terms, by a pipeline of small filters.
//!
//! The same pipeline runs over the knowledge base when it is indexed and over each question, so
//! that both meet in the same terms: take out noise, split into words, expand shorthand, read
//! numbers; then drop function words, reduce words to their lemmas, and join synonyms. Between the
//! two halves the speller corrects the words of a question.

mod function_words;
mod key;
mod negation;
pub mod noise;
mod quantity;
mod shorthand;
mod stem;
mod synonyms;
mod term;
mod tokenizer;

use footnote_knowledge::heap_bytes;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use footnote_knowledge::Synonyms;
use footnote_knowledge::text::numbers;
use rustc_hash::FxBuildHasher;

use function_words::Role;
pub(crate) use function_words::{NUMBER_CUES, particle};
pub(crate) use key::{key, key_of, lemma_key};
pub(crate) use quantity::has_quantity;
pub(crate) use stem::stem;
use synonyms::SynonymTable;
pub use term::{Compound, Reading, Shape, Term, TermKind, Word};
use tokenizer::Token;

/// The pipeline with the tables of one knowledge base.
#[derive(Debug)]
pub struct Analyzer {
    shorthand: HashMap<String, Vec<String>, FxBuildHasher>,
    synonyms: SynonymTable,
    /// Function words that name a subject in this base.
    kept: HashSet<String, FxBuildHasher>,
    vocabulary: HashSet<String>,
}

impl Analyzer {
    /// Prepares the pipeline for a base's synonyms.
    #[must_use]
    pub fn new(synonyms: &Synonyms) -> Self {
        let mut analyzer = Self {
            shorthand: HashMap::default(),
            synonyms: SynonymTable::default(),
            kept: HashSet::default(),
            vocabulary: HashSet::new(),
        };
        analyzer.keep(synonyms.keep.iter().flat_map(|word| analyzer.plain_words(word)).collect::<Vec<_>>());
        let own = synonyms.shorthand.iter().map(|(written, means)| (written.as_str(), means.as_str()));
        for (written, means) in shorthand::common().chain(own) {
            let meant = analyzer.plain_words(means);
            analyzer.vocabulary.extend(meant.iter().cloned());
            if let [token] = tokenizer::tokenize(written).tokens.as_slice() {
                analyzer.shorthand.insert(token.text.clone(), meant);
            } else if !written.contains(' ') {
                // Letters and digits: 2moro, b4.
                analyzer.shorthand.insert(written.to_lowercase(), meant);
            }
        }
        for group in &synonyms.groups {
            let phrases: Vec<Vec<String>> = group.iter().map(|phrase| analyzer.phrase_keys(phrase)).collect();
            let words = group.iter().flat_map(|phrase| analyzer.plain_words(phrase)).collect::<Vec<_>>();
            analyzer.vocabulary.extend(words);
            analyzer.synonyms.add_group(phrases);
        }
        analyzer
    }

    /// Keeps function words that tell entries of the base apart.
    pub(crate) fn keep(&mut self, words: impl IntoIterator<Item = String>) {
        self.kept.extend(words);
    }

    /// Words that the pipeline itself knows: function words, and those of the synonym tables.
    pub fn vocabulary(&self) -> impl Iterator<Item = &str> {
        function_words::all().chain(self.vocabulary.iter().map(String::as_str))
    }

    /// The first half: the folded words of a text, shorthand written out, numbers in one spelling.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        let mut tokens = tokenizer::tokenize(text);
        let mut drafts: Vec<(Word, usize)> = Vec::with_capacity(tokens.tokens.len());
        let mut rest = tokens.tokens.as_mut_slice();
        let mut place = 0;
        while let Some((token, behind)) = rest.split_first_mut() {
            let is_part = tokens.compounds.iter().any(|compound| compound.tokens.contains(&place));
            self.write_out(token, behind.first(), is_part, |word| drafts.push((word, place)));
            place += 1;
            rest = behind;
        }
        let drafts = read_numerals(drafts);
        if tokens.compounds.is_empty() {
            return Reading { words: drafts.into_iter().map(|(word, _)| word).collect(), ..Reading::default() };
        }
        let compounds = tokens.compounds.iter().map(|compound| (compound, self.shorthand.get(&compound.joined)));
        assemble(drafts, compounds)
    }

    /// A word, or what it means if it is shorthand. Takes the token's text.
    fn write_out(&self, token: &mut Token, next: Option<&Token>, is_part: bool, mut push: impl FnMut(Word)) {
        if token.is_capital && token.text == "us" {
            // Lower case would make the country and the pronoun one word.
            return push(Word::new("usa".to_owned(), token));
        }
        let meant = if token.is_capital || is_part { None } else { self.shorthand.get(&token.text) };
        if let Some(meant) = meant {
            return meant.iter().for_each(|word| push(Word::new(word.clone(), token)));
        }
        if token.shape != Shape::Digits {
            let text = std::mem::take(&mut token.text);
            return push(Word::new(text, token));
        }
        let plain = |text: String| Word::new(text, token);
        if let Some((digits, attached)) = numbers::attached_word(&token.text)
            && let Some(meant) = self.shorthand.get(attached)
        {
            numbers::split(digits).into_iter().chain(meant.iter().cloned()).for_each(|word| push(plain(word)));
            return;
        }
        if is_unit_of_its_own(&token.text, next) {
            return push(Word { shape: Shape::Letters, ..plain(token.text.clone()) });
        }
        for part in numbers::split(&token.text) {
            push(plain(part));
        }
    }

    /// The second half: the terms of the words, without those that carry no meaning of their own.
    #[must_use]
    pub fn terms(&self, reading: &Reading) -> Vec<Term> {
        self.terms_from_keys(reading, |place| key(&reading.words[place]).into())
    }

    /// As [`Self::terms`], given the key of the word at each place: a caller that analyzes many
    /// texts remembers them.
    pub(crate) fn terms_from_keys(&self, reading: &Reading, key_at: impl Fn(usize) -> Arc<str>) -> Vec<Term> {
        let mut content = Vec::with_capacity(reading.words.len());
        let mut cues = Vec::new();
        for (place, word) in reading.words.iter().enumerate() {
            let term = |text, kind| Term { text, kind, likelihood: word.likelihood, words: place..place + 1 };
            match self.role(word) {
                Some(Role::Cue(cue)) => cues.push(term(cue.into(), TermKind::Cue)),
                Some(Role::Dropped) => {}
                None => content.push(term(key_at(place), TermKind::Content)),
            }
        }
        let mut terms = self.synonyms.join(content);
        terms.append(&mut cues);
        terms
    }

    /// What becomes of a word as a function word; `None` for one that may name a subject.
    fn role(&self, word: &Word) -> Option<Role> {
        if word.is_capital {
            return None;
        }
        let role = match word.shape {
            Shape::Letters => function_words::role(&word.text)?,
            Shape::Pair if word.text.chars().all(|c| matches!(c, '\u{3041}'..='\u{309f}')) => Role::Dropped,
            Shape::Digits | Shape::Version | Shape::Symbols | Shape::Pair => return None,
        };
        (!self.kept.contains(&word.text)).then_some(role)
    }

    /// Whether a word is a function word that is kept because it names a subject here.
    pub(crate) fn is_kept(&self, word: &Word) -> bool {
        !word.is_capital && function_words::role(&word.text).is_some() && self.kept.contains(&word.text)
    }

    /// Whether a word carries no meaning of its own and is no cue.
    pub(crate) fn is_dropped(&self, word: &Word) -> bool {
        self.role(word) == Some(Role::Dropped)
    }

    /// The words that are not dropped, in their order.
    #[must_use]
    pub fn significant_words(&self, text: &str) -> Vec<String> {
        let words = self.read(text).words.into_iter();
        words.filter(|word| !self.is_dropped(word)).map(|word| word.text).collect()
    }

    fn plain_words(&self, text: &str) -> Vec<String> {
        self.read(text).words.into_iter().map(|word| word.text).collect()
    }

    /// The keys of a phrase's words without function words; all of them, if there are no others.
    fn phrase_keys(&self, phrase: &str) -> Vec<String> {
        let words = self.read(phrase).words;
        words.iter().filter(|word| self.role(word).is_none()).map(|word| key(word).into()).collect()
    }
}

/// Whether digits with letters behind them are one thing (4K, 3D, 720p) instead of an amount (50k
/// soldiers, 12th, 78days).
fn is_unit_of_its_own(text: &str, next: Option<&Token>) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))).unwrap_or(text.len());
    let (digits, suffix) = text.split_at(end);
    match suffix {
        "" | "st" | "nd" | "rd" | "th" | "s" => false,
        "k" => digits.len() < 2 && !next.is_some_and(|next| is_counted(&next.text)),
        "m" | "mn" | "mio" => !next.is_some_and(|next| is_counted(&next.text)) && digits.len() < 2,
        _ => suffix.chars().count() <= 2 && !digits.contains(' '),
    }
}

/// Whether a word is what amounts are of: a plural or a currency.
fn is_counted(word: &str) -> bool {
    matches!(word, "people" | "men" | "women" | "children" | "usd" | "eur" | "dollar" | "euro" | "of")
        || (word.len() > 3 && word.ends_with('s') && !word.ends_with("ss"))
}

/// Reads fifty thousand as 50000. The second of each pair is the token that a word comes from.
fn read_numerals(drafts: Vec<(Word, usize)>) -> Vec<(Word, usize)> {
    if !drafts.iter().any(|(word, _)| numbers::is_digits(&word.text) || numbers::is_numeral(&word.text)) {
        return drafts;
    }
    let texts: Vec<String> = drafts.iter().map(|(word, _)| word.text.clone()).collect();
    let mut read = Vec::with_capacity(drafts.len());
    let mut place = 0;
    while let Some((word, token)) = drafts.get(place) {
        if matches!(word.shape, Shape::Version | Shape::Symbols) {
            read.push((word.clone(), *token));
            place += 1;
            continue;
        }
        let (text, used) = numbers::read_at(&texts[place..]);
        // A number that is spelled out is evidence as a word is, not the identity that digits are.
        read.push((Word { text, ..word.clone() }, *token));
        place += used;
    }
    read
}

/// Puts the words together, and the compounds with the places of their words.
fn assemble<'t>(
    drafts: Vec<(Word, usize)>,
    compounds: impl Iterator<Item = (&'t tokenizer::Compound, Option<&'t Vec<String>>)>,
) -> Reading {
    let tokens: Vec<usize> = drafts.iter().map(|(_, token)| *token).collect();
    let words = drafts.into_iter().map(|(word, _)| word).collect();
    let mut reading = Reading { words, ..Reading::default() };
    let mut shift = 0_isize;
    for (compound, meant) in compounds {
        let start = tokens.partition_point(|token| *token < compound.tokens.start).saturating_add_signed(shift);
        let end = tokens.partition_point(|token| *token < compound.tokens.end).saturating_add_signed(shift);
        if start >= end {
            continue;
        }
        let Some(meant) = meant else {
            let joined = compound.joined.as_str().into();
            reading.compounds.push(Compound { words: start..end, joined });
            continue;
        };
        // Shorthand with a digit: b4, any1.
        let model = reading.words[start].clone();
        let written = meant.iter().map(|text| Word { text: text.clone(), shape: Shape::Letters, ..model.clone() });
        let before = reading.words.len();
        reading.words.splice(start..end, written);
        shift += reading.words.len().cast_signed() - before.cast_signed();
    }
    reading
}

heap_bytes!(Analyzer { shorthand, synonyms, kept, vocabulary });

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzer() -> Analyzer {
        Analyzer::new(&Synonyms {
            keep: Vec::new(),
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
        analyzer.terms(&analyzer.read(text))
    }

    fn read(text: &str) -> Vec<String> {
        analyzer().read(text).words.into_iter().map(|word| word.text).collect()
    }

    fn same(one: &str, other: &str) {
        let texts = |text: &str| -> Vec<Arc<str>> { analyze(text).into_iter().map(|term| term.text).collect() };
        assert_eq!(texts(one), texts(other), "{one} / {other}");
        assert!(!analyze(one).is_empty(), "{one} has no terms");
    }

    #[test]
    fn a_tag_behind_a_sentence_does_not_negate_it() {
        let is_negated = |text: &str| analyzer().read(text).is_negated();
        assert!(is_negated("the ferry doesn't sail") && is_negated("isn't he there"));
        assert!(!is_negated("the ferry sails, doesn't it?") && !is_negated("they are late arent they"));
    }

    #[test]
    fn a_grouped_number_is_no_name_of_a_thing() {
        assert_eq!(read("200 000q"), ["200000", "q"]);
        assert_eq!(read("4K 3D 720p"), ["4k", "3d", "720p"]);
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
    fn digits_with_a_unit_are_an_amount_only_where_something_is_counted() {
        assert_eq!(read("5k soldiers"), ["5000", "soldiers"]);
        assert_eq!(read("does it support 4K?"), ["does", "it", "support", "4k"]);
        assert_eq!(read("5m cooldown"), ["5m", "cooldown"]);
    }

    #[test]
    fn inflected_forms_share_a_term() {
        same("deploying", "deployed");
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
        assert_eq!(read("k 50k"), ["okay", "50000"], "a unit comes before shorthand");
    }

    #[test]
    fn the_country_in_capitals_is_not_the_pronoun() {
        same("US base", "usa base");
    }

    #[test]
    fn function_words_leave_no_term_and_cues_are_marked() {
        let terms = analyze("when did they go to the army");
        let kinds: Vec<(&str, TermKind)> = terms.iter().map(|term| (&*term.text, term.kind)).collect();
        assert_eq!(kinds, [("go", TermKind::Content), ("army", TermKind::Content), ("when", TermKind::Cue)]);
    }
}
