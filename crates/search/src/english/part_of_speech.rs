//! Parts of speech, as the table packs them.

/// What a word can be in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOfSpeech {
    /// A person, a thing, an idea: "town".
    Noun,
    /// What is done: "join".
    Verb,
    /// What something is like: "public".
    Adjective,
    /// How, when or where: "quickly".
    Adverb,
    /// A word of grammar: an article, a pronoun, a preposition, a conjunction, an auxiliary.
    Function,
    /// A noun or an adjective that is written with a capital: "Norway", "Norwegian". Days and
    /// months are nouns.
    Name,
}

/// All that a word can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartsOfSpeech(u8);

impl PartsOfSpeech {
    /// From the table's byte: a bit for each part of speech below, the number of the usual one in
    /// the upper three bits.
    pub(super) fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// Whether the word can be this; a name is one or is none.
    #[must_use]
    pub fn contains(self, part: PartOfSpeech) -> bool {
        match part {
            PartOfSpeech::Name => self.usual() == part,
            _ => self.0 & (1 << part as u8) != 0,
        }
    }

    /// What the word is most often.
    #[must_use]
    pub fn usual(self) -> PartOfSpeech {
        match self.0 >> 5 {
            0 => PartOfSpeech::Noun,
            1 => PartOfSpeech::Verb,
            2 => PartOfSpeech::Adjective,
            3 => PartOfSpeech::Adverb,
            5 => PartOfSpeech::Name,
            _ => PartOfSpeech::Function,
        }
    }
}
