//! What every base can know about English: which words there are, how common each is, what belongs
//! to one word, and what words mean.
//!
//! A base of a hundred phrasings cannot tell a rare word from a typing error, or "locked" from
//! "animal" and "animation". This table can. `tools/english` builds it from openly licensed data,
//! which `NOTICE` lists. It lies in the program as flat arrays and is read in place. A language
//! without a table works without one.
//!
//! Words are given as the analyzer folds them: small letters a to z.

mod part_of_speech;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use fst::Map;

pub use part_of_speech::{PartOfSpeech, PartsOfSpeech};

/// How many numbers a word's vector has.
pub const DIMENSIONS: usize = 64;

/// The sorted words, each with its id.
const WORDS: &[u8] = include_bytes!("../data/english/words.fst");
/// On the Zipf scale, in steps of 1/32.
const COMMONNESS: &[u8] = include_bytes!("../data/english/commonness.bin");
const PARTS: &[u8] = include_bytes!("../data/english/parts.bin");
/// Little-endian ids.
const LEMMAS: &[[u8; 2]] = include_bytes!("../data/english/lemmas.bin").as_chunks().0;
const VECTORS: &[[u8; DIMENSIONS]] = include_bytes!("../data/english/vectors.bin").as_chunks().0;
/// What a vector's numbers are multiplied by: the upper half of a little-endian `f32`.
const SCALES: &[[u8; 2]] = include_bytes!("../data/english/scales.bin").as_chunks().0;
/// Where each word's links begin, in links; one more says where the last word's end.
const LINK_STARTS: &[[u8; 4]] = include_bytes!("../data/english/link_starts.bin").as_chunks().0;
/// A little-endian id, then the kind in the upper two bits and the strength in the lower six.
const LINKS: &[[u8; 3]] = include_bytes!("../data/english/links.bin").as_chunks().0;

const _: () = {
    let words = COMMONNESS.len();
    assert!(PARTS.len() == words && LEMMAS.len() == words && VECTORS.len() == words);
    assert!(SCALES.len() == words && LINK_STARTS.len() == words + 1);
};

#[expect(clippy::expect_used, reason = "the program carries the map, and a test verifies it")]
static SHARED: LazyLock<English> =
    LazyLock::new(|| English { words: Map::new(WORDS).expect("words.fst is an fst map") });

/// Whether a word is in the table as a name, however it is written.
pub(crate) fn is_english_name(word: Option<EnglishId>) -> bool {
    word.is_some_and(|id| English::shared().parts_of_speech(id).usual() == PartOfSpeech::Name)
}

/// A word of the table. Ids follow the alphabet; they change when the table is built anew, so that
/// none may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnglishId(u32);

impl EnglishId {
    fn index(self) -> usize {
        self.0 as usize
    }

    fn from_bytes(bytes: [u8; 2]) -> Self {
        Self(u16::from_le_bytes(bytes).into())
    }
}

/// How two lemmas are related, as the table numbers it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkKind {
    Family = 0,
    Opposite = 1,
    Related = 2,
}

/// The table of English.
#[derive(Debug)]
pub struct English {
    words: Map<&'static [u8]>,
}

impl English {
    /// The table that the program carries.
    #[must_use]
    pub fn shared() -> &'static Self {
        &SHARED
    }

    /// The word as it stands in the table, whatever its inflection.
    pub fn find(&self, word: &str) -> Option<EnglishId> {
        let id = self.words.get(word)?;
        u32::try_from(id).ok().map(EnglishId)
    }

    /// The word's letters. Slower than the rest: for people to read.
    #[must_use]
    pub fn word(&self, id: EnglishId) -> String {
        let letters = self.words.as_fst().get_key(id.0.into()).unwrap_or_default();
        String::from_utf8_lossy(&letters).into_owned()
    }

    /// All words of the table, in the order of the alphabet.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = EnglishId> + use<> {
        (0..u32::try_from(COMMONNESS.len()).unwrap_or(u32::MAX)).map(EnglishId)
    }

    /// How common the word is on the [Zipf scale](https://doi.org/10.1080/17470218.2013.850521):
    /// log10 of its occurrences in a billion words, from about 1.8 (the rarest here) to 7.5
    /// ("the").
    #[must_use]
    pub fn commonness(&self, id: EnglishId) -> f32 {
        f32::from(COMMONNESS[id.index()]) / 32.0
    }

    /// What a dictionary lists the word under, by inflection alone and in the more common spelling:
    /// "lock" for "locked", "color" for "colours". A lemma's lemma is itself.
    #[must_use]
    pub fn lemma(&self, id: EnglishId) -> EnglishId {
        EnglishId::from_bytes(LEMMAS[id.index()])
    }

    /// The lemmas that derivation joins with the word's lemma, as "deploy" and "deployment", each
    /// with how much of their meaning they have in common: above 0, at most 1, the strongest first.
    pub fn family(&self, id: EnglishId) -> impl Iterator<Item = (EnglishId, f32)> + use<> {
        self.links(id, LinkKind::Family)
    }

    /// The lemmas that mean the opposite of the word's lemma. If one is another's opposite, so is
    /// the other the one's.
    pub fn opposites(&self, id: EnglishId) -> impl Iterator<Item = EnglishId> + use<> {
        self.links(id, LinkKind::Opposite).map(|(lemma, _)| lemma)
    }

    /// The lemmas that can stand for the word's lemma in a question, neither of its family nor
    /// opposites, each with a strength above 0, at most 1, the strongest first. From about 0.5 on
    /// they are synonyms.
    pub fn related(&self, id: EnglishId) -> impl Iterator<Item = (EnglishId, f32)> + use<> {
        self.links(id, LinkKind::Related)
    }

    /// What the word can be in a sentence, and what it mostly is.
    #[must_use]
    pub fn parts_of_speech(&self, id: EnglishId) -> PartsOfSpeech {
        PartsOfSpeech::from_byte(PARTS[id.index()])
    }

    /// Adds the word's vector times `weight` to `sum`. The sums of two texts' words point the same
    /// way if the texts mean the same. Long vectors belong to telling words, so that no other
    /// weight is needed.
    pub fn add_vector(&self, id: EnglishId, weight: f32, sum: &mut [f32; DIMENSIONS]) {
        let [low, high] = SCALES[id.index()];
        let scale = weight * f32::from_le_bytes([0, 0, low, high]);
        for (total, value) in sum.iter_mut().zip(VECTORS[id.index()]) {
            *total += scale * f32::from(value.cast_signed());
        }
    }

    fn links(&self, id: EnglishId, kind: LinkKind) -> impl Iterator<Item = (EnglishId, f32)> + use<> {
        let lemma = self.lemma(id).index();
        let [start, end] = [lemma, lemma + 1].map(|at| u32::from_le_bytes(LINK_STARTS[at]) as usize);
        LINKS[start..end]
            .iter()
            .filter(move |[.., byte]| byte >> 6 == kind as u8)
            .map(|&[low, high, byte]| (EnglishId::from_bytes([low, high]), f32::from(byte & 63) / 63.0))
    }
}
