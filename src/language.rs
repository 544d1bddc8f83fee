//! The languages in which the bot speaks to members.
//!
//! What it says is in `locales/`; see docs/TRANSLATING.md for how to add a language.

/// A language, in one script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Croatian.
    Croatian,
    /// Albanian.
    Albanian,
    /// Serbian in Cyrillic letters.
    SerbianCyrillic,
    /// Serbian in Latin letters.
    SerbianLatin,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Croatian,
        Self::Albanian,
        Self::SerbianCyrillic,
        Self::SerbianLatin,
    ];

    /// Its tag ([BCP 47](https://www.rfc-editor.org/info/bcp47)).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Croatian => "hr",
            Self::Albanian => "sq",
            Self::SerbianCyrillic => "sr-Cyrl",
            Self::SerbianLatin => "sr-Latn",
        }
    }

    /// What it calls itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Croatian => "Hrvatski",
            Self::Albanian => "Shqip",
            Self::SerbianCyrillic => "Српски",
            Self::SerbianLatin => "Srpski",
        }
    }

    /// What Discord calls it ([locales](https://discord.com/developers/docs/reference#locales));
    /// nothing if members cannot choose it there.
    #[must_use]
    pub const fn locales(self) -> &'static [&'static str] {
        match self {
            Self::English => &["en-US", "en-GB"],
            Self::German => &["de"],
            Self::French => &["fr"],
            Self::Croatian => &["hr"],
            Self::Albanian | Self::SerbianCyrillic | Self::SerbianLatin => &[],
        }
    }

    /// Whether everyone who reads this language also reads the other one.
    #[must_use]
    pub const fn is_like(self, other: Self) -> bool {
        self as usize == other as usize || (self.is_croatian_or_serbian() && other.is_croatian_or_serbian())
    }

    const fn is_croatian_or_serbian(self) -> bool {
        matches!(self, Self::Croatian | Self::SerbianCyrillic | Self::SerbianLatin)
    }

    /// The language that Discord calls this.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.locales().contains(&locale))
    }
}
