//! Whether a question is in another language than the base's, so that the search could only guess.
//!
//! It is only asked about questions to which the base has no sure answer. Taking a question of the
//! base's own language for another one is worse than the reverse: a member would be told
//! something wrong, and not only "I don't know". So what the base itself says is never foreign,
//! nor is a keyword or a name, and the library that tells languages apart has the last word, not
//! the first.

use std::collections::HashSet;
use std::fmt;

use lingua::{LanguageDetector, LanguageDetectorBuilder};

use crate::language::Language;
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::memory::HeapBytes;
use footnote_search::analyzer::noise;
use footnote_search::english::English;

/// Fewer words can be names or keywords, which are the same in many languages.
const MIN_WORDS: usize = 3;

/// Shorter words are words of several languages (die, war, was), so they tell nothing if they have
/// no letter that English lacks.
const MIN_LETTERS: usize = 4;

/// The share of telling words that the base's language must lack.
const MIN_UNKNOWN: f64 = 0.5;

/// How sure of another language, and how unsure of the base's, the library must be, 0 to 1. Of
/// the 4,410 questions and phrasings of the shipped base, 16 pass as foreign with these if the
/// names in them are not known, and none if they are.
const MIN_CONFIDENCE: f64 = 0.4;
const MAX_CONFIDENCE_OF_BASE: f64 = 0.25;

/// Rarer words in the table of English (on its scale) are often foreign names and loans, unless
/// they have at least so many letters.
const MIN_COMMONNESS: f32 = 3.0;
const LONG: usize = 7;

/// Words that hardly any English question is without, and that are no words of the other
/// languages: a question with one of them is English.
const ENGLISH_ALONE: [&str; 35] = [
    "about", "and", "are", "been", "can", "could", "did", "does", "from", "has", "have", "how", "is", "it", "of",
    "should", "tell", "that", "the", "their", "them", "there", "they", "this", "what", "whats", "when", "where",
    "which", "who", "whos", "why", "with", "would", "you",
];

/// The letters of Serbian Cyrillic; Russian and Bulgarian need others as well.
const SERBIAN: &str = "абвгдђежзијклљмнњопрстћуфхцчџш";

/// The language of a question that is not in the base's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// One that the bot speaks.
    Spoken(Language),
    /// Another one.
    Other,
}

/// The words of a base, in small letters.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashSet<String>);

impl HeapBytes for Vocabulary {
    fn heap_bytes(&self) -> usize {
        self.0.heap_bytes()
    }
}

impl Vocabulary {
    /// All words of the entries.
    pub(super) fn of(base: &KnowledgeBase) -> Self {
        let texts = base.entries.iter().flat_map(|entry| {
            let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
            phrasings.chain([entry.question.as_str(), entry.answer.value.as_str()])
        });
        Self(texts.flat_map(words).collect())
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Tells questions in the base's language from others.
pub(super) struct Detector {
    base: Language,
    library: LanguageDetector,
}

impl Detector {
    pub(super) fn new(base: Language) -> Self {
        use lingua::Language::{Albanian, Croatian, English, French, German};
        let library = LanguageDetectorBuilder::from_languages(&[Albanian, Croatian, English, French, German]).build();
        Self { base, library }
    }

    /// The base's language.
    pub(super) fn base(&self) -> Language {
        self.base
    }

    /// The language of a question, if it is not the base's.
    pub(super) fn foreign(&self, question: &str, vocabulary: &Vocabulary) -> Option<Tongue> {
        let question = noise::strip(question);
        let words: Vec<String> = words(&question).collect();
        if !self.lacks_most(&words, vocabulary) {
            return None;
        }
        if has_other_letters(&question) {
            let is_serbian = letters(&question).all(|letter| SERBIAN.contains(letter));
            return match self.base {
                Language::SerbianCyrillic if is_serbian => None,
                _ if is_serbian => Some(Tongue::Spoken(Language::SerbianCyrillic)),
                _ => Some(Tongue::Other),
            };
        }
        if words.len() < MIN_WORDS || self.is_telling_of_base(&words) {
            return None;
        }
        let confidences = self.library.compute_language_confidence_values(question);
        let of_base = confidences.iter().find(|(found, _)| language(*found).is_like(self.base));
        let (best, confidence) = confidences.first()?;
        let is_foreign = !language(*best).is_like(self.base)
            && *confidence >= MIN_CONFIDENCE
            && of_base.is_none_or(|(_, confidence)| *confidence <= MAX_CONFIDENCE_OF_BASE);
        is_foreign.then(|| Tongue::Spoken(language(*best)))
    }

    fn is_telling_of_base(&self, words: &[String]) -> bool {
        self.base == Language::English && words.iter().any(|word| ENGLISH_ALONE.contains(&word.as_str()))
    }

    /// Whether the base, and English if that is its language, lack at least half of the words that
    /// tell languages apart.
    #[expect(clippy::cast_precision_loss, reason = "a question has few words")]
    fn lacks_most(&self, words: &[String], vocabulary: &Vocabulary) -> bool {
        let is_telling = |word: &&String| word.chars().count() >= MIN_LETTERS || !word.is_ascii();
        let telling: Vec<&String> = words.iter().filter(is_telling).collect();
        let unknown = telling.iter().filter(|word| !vocabulary.has(word) && !self.is_english(word)).count();
        unknown > 0 && unknown as f64 >= telling.len() as f64 * MIN_UNKNOWN
    }

    fn is_english(&self, word: &str) -> bool {
        let table = English::shared();
        let is_long = word.chars().count() >= LONG;
        let is_in_it = || table.find(word).is_some_and(|id| is_long || table.commonness(id) >= MIN_COMMONNESS);
        self.base == Language::English && is_in_it()
    }
}

impl fmt::Debug for Detector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detector").field("base", &self.base).finish_non_exhaustive()
    }
}

/// Our name for a language of the library.
fn language(found: lingua::Language) -> Language {
    match found {
        lingua::Language::Albanian => Language::Albanian,
        lingua::Language::Croatian => Language::Croatian,
        lingua::Language::English => Language::English,
        lingua::Language::French => Language::French,
        lingua::Language::German => Language::German,
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_lowercase)
}

/// The letters of a text, small.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| character.is_alphabetic()).flat_map(char::to_lowercase)
}

/// Whether most letters are not Latin ones.
fn has_other_letters(text: &str) -> bool {
    let other = letters(text).filter(|letter| !is_latin(*letter)).count();
    other * 2 > letters(text).count()
}

/// Whether a letter is in one of the [Latin blocks](https://www.unicode.org/charts/) up to
/// Latin Extended-B, or in Latin Extended Additional.
fn is_latin(letter: char) -> bool {
    letter <= '\u{24f}' || ('\u{1e00}'..='\u{1eff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use Language::{Albanian, Croatian, French, German, SerbianCyrillic};

    fn shipped() -> KnowledgeBase {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        footnote_knowledge::load(&folder).expect("the shipped base is valid")
    }

    fn foreign(question: &str) -> Option<Tongue> {
        Detector::new(Language::English).foreign(question, &Vocabulary::of(&shipped()))
    }

    /// Questions of the shipped base, as members ask them.
    fn english(base: &KnowledgeBase) -> Vec<&str> {
        let phrasings = |entry: &'_ footnote_knowledge::Entry| entry.phrasings.len();
        assert!(base.entries.iter().map(phrasings).sum::<usize>() > 3_000);
        let texts = base.entries.iter().flat_map(|entry| {
            let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
            phrasings.chain([entry.question.as_str()])
        });
        texts.collect()
    }

    #[test]
    fn no_question_of_the_shipped_base_is_foreign_and_few_would_be_if_it_had_no_names() {
        let (base, detector) = (shipped(), Detector::new(Language::English));
        let (vocabulary, nothing) = (Vocabulary::of(&base), Vocabulary::default());
        let questions = english(&base);
        let taken = |vocabulary: &Vocabulary| -> Vec<&&str> {
            questions.iter().filter(|question| detector.foreign(question, vocabulary).is_some()).collect()
        };
        assert_eq!(taken(&vocabulary), Vec::<&&str>::new());
        let by_mistake = taken(&nothing);
        assert!(
            by_mistake.len() * 200 <= questions.len(),
            "{} of {}: {by_mistake:?}",
            by_mistake.len(),
            questions.len()
        );
    }

    #[test]
    fn english_about_anything_else_is_not_foreign_nor_are_names_keywords_and_other_signs() {
        for question in [
            "who won the 2023 champions league",
            "Who is Ismail Qemali?",
            "tell me about Vjosa Osmani",
            "Albin Kurti",
            "jakup krasniqi",
            "photosynthesis mitochondria chlorophyll",
            "gimme ur best pizza recipe plz",
            "was ist das?! said the English tourist about the Gasthaus",
            "kosovo",
            "42",
            "👍",
            "",
            "<:pier:1> https://example.org/warum-ist-das-so",
        ] {
            assert_eq!(foreign(question), None, "{question}");
        }
    }

    #[test]
    fn questions_in_other_languages_are_recognised() {
        for (question, language) in [
            ("Wann wurde die NATO gegründet?", German),
            ("wie viele mitglieder hat die nato", German),
            ("Warum hat die NATO Serbien bombardiert?", German),
            ("Pourquoi l'OTAN a-t-elle bombardé la Serbie ?", French),
            ("combien de membres a l'alliance", French),
            ("Zašto je NATO bombardirao Srbiju?", Croatian),
            ("kad je osnovan nato", Croatian),
            ("Kur u themelua NATO?", Albanian),
            ("Çfarë është KFOR?", Albanian),
            ("cfare eshte kfor", Albanian),
            ("Када је основан НАТО?", SerbianCyrillic),
        ] {
            assert_eq!(foreign(question), Some(Tongue::Spoken(language)), "{question}");
        }
        assert_eq!(foreign("Когда было основано НАТО?"), Some(Tongue::Other));
        assert_eq!(foreign("北約何時成立"), Some(Tongue::Other));
    }

    #[test]
    fn a_base_may_be_in_another_language() {
        let of = |base, question| Detector::new(base).foreign(question, &Vocabulary::default());
        assert_eq!(of(German, "Wann wurde die NATO gegründet?"), None);
        assert_eq!(of(German, "when was the alliance founded"), Some(Tongue::Spoken(Language::English)));
        assert_eq!(of(Language::SerbianLatin, "kad je osnovan nato"), None);
        assert_eq!(of(SerbianCyrillic, "Када је основан НАТО?"), None);
    }
}
