//! Everything fixed that members read, in each language.
//!
//! A text is declared once in [`declared`], as a function with the arguments that it takes, so
//! code cannot ask for one that does not exist. What each language says is in `locales/`, in the
//! format of [Project Fluent](https://projectfluent.org), which knows each language's plurals. The
//! files are compiled in. Tests (`complete`) compare them with the declaration, and with the
//! limits of Discord.
//!
//! Serbian is written in Cyrillic alone. Its Latin letters follow from that without exception
//! (`serbian`), and everything that is in Latin letters already, such as commands, stays.

#[cfg(test)]
mod complete;
mod declared;
mod serbian;

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::incoming::Locales;
use crate::language::Language;

/// What the bot says in one language.
pub(in crate::discord) struct Texts {
    pub(in crate::discord) language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// What the bot says, in all languages.
#[derive(Debug)]
pub(in crate::discord) struct Translations {
    /// In the order of [`Language::ALL`].
    all: Vec<Texts>,
    configured: Language,
}

impl Translations {
    /// All languages. Whoever has none of them reads the configured one.
    pub(in crate::discord) fn new(configured: Language) -> Self {
        Self { all: Language::ALL.map(Texts::new).into(), configured }
    }

    /// What the bot says in this language.
    pub(in crate::discord) fn of(&self, language: Language) -> &Texts {
        &self.all[language as usize]
    }

    /// What the bot says to members of whom nothing is known.
    pub(in crate::discord) fn configured(&self) -> &Texts {
        self.of(self.configured)
    }

    /// What the bot says to a member: in the language of their client, else in that of the server,
    /// else in the configured one. Members whose language Discord does not have mostly see it in
    /// English, so if such a language is configured, it takes the place of English.
    #[cfg(test)]
    pub(in crate::discord) fn for_member(&self, locales: &Locales) -> &Texts {
        self.for_member_in(self.configured, locales)
    }

    /// The same where this language is the configured one.
    pub(in crate::discord) fn for_member_in(&self, configured: Language, locales: &Locales) -> &Texts {
        let mut named = [&locales.member, &locales.server].into_iter().flatten();
        match named.find_map(|locale| Language::of_locale(locale)) {
            Some(Language::English) if replaces_english(configured) => self.of(configured),
            Some(language) => self.of(language),
            None => self.of(configured),
        }
    }

    /// The other languages in which Discord can show commands, by the names that it has for them.
    pub(in crate::discord) fn localizations(&self) -> impl Iterator<Item = (&'static str, &Texts)> {
        let others = self.all.iter().filter(|texts| texts.language != self.configured);
        let others = others.filter(|texts| texts.language != Language::English || !replaces_english(self.configured));
        others.flat_map(|texts| texts.language.locales().iter().map(move |locale| (*locale, texts)))
    }
}

/// Whether members who use Discord in English read the configured language instead.
fn replaces_english(configured: Language) -> bool {
    configured.locales().is_empty()
}

impl Texts {
    #[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them all")]
    fn new(language: Language) -> Self {
        let id: LanguageIdentifier = language.tag().parse().expect("a tag is an identifier");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Marks of direction around arguments would end up in custom ids and in tests of equality,
        // and all languages here run from left to right.
        bundle.set_use_isolating(false);
        let file = FluentResource::try_new(written(language)).expect("a file in locales/ is valid");
        bundle.add_resource(file).expect("a file in locales/ has no text twice");
        Self { language, bundle }
    }

    /// What a command does, or its name if it is in a menu; if `option` is given, what that option
    /// is for. `None` if the files do not have it, which a test excludes for each command.
    pub(in crate::discord) fn command(&self, name: &str, option: Option<&str>) -> Option<String> {
        self.find(&command_key(name), option, &FluentArgs::new())
    }

    /// A declared text.
    #[expect(clippy::expect_used, reason = "a test finds each declared text in each language")]
    fn say<'a, const COUNT: usize>(&self, key: &str, arguments: [(&'a str, FluentValue<'a>); COUNT]) -> String {
        let arguments = FluentArgs::from_iter(arguments);
        self.find(key, None, &arguments).expect("each language has each declared text")
    }

    fn find(&self, key: &str, attribute: Option<&str>, arguments: &FluentArgs<'_>) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        // An argument that is missing would be shown by its name; a test excludes it.
        let mut missing = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(arguments), &mut missing).into_owned())
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

/// The key of what is said of a command.
fn command_key(name: &str) -> String {
    format!("command_{}", name.to_lowercase().replace(' ', "_"))
}

/// The content of a language's file.
fn written(language: Language) -> String {
    match language {
        Language::English => include_str!("../../locales/en.ftl").to_owned(),
        Language::German => include_str!("../../locales/de.ftl").to_owned(),
        Language::French => include_str!("../../locales/fr.ftl").to_owned(),
        Language::Croatian => include_str!("../../locales/hr.ftl").to_owned(),
        Language::Albanian => include_str!("../../locales/sq.ftl").to_owned(),
        Language::SerbianCyrillic => SERBIAN.to_owned(),
        Language::SerbianLatin => serbian::in_latin_letters(SERBIAN),
    }
}

const SERBIAN: &str = include_str!("../../locales/sr.ftl");

/// English, for unit tests.
#[cfg(test)]
pub(in crate::discord) fn english() -> &'static Texts {
    static ENGLISH: std::sync::LazyLock<Texts> = std::sync::LazyLock::new(|| Texts::new(Language::English));
    &ENGLISH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(configured: Language, member: Option<&str>, server: Option<&str>) -> Language {
        let locales = Locales { member: member.map(str::to_owned), server: server.map(str::to_owned) };
        Translations::new(configured).for_member(&locales).language
    }

    #[test]
    fn a_member_reads_the_language_of_their_client_or_their_server_or_the_configuration() {
        use Language::{Albanian, Croatian, English, French, German};
        assert_eq!(chosen(English, Some("de"), Some("fr")), German);
        assert_eq!(chosen(English, Some("es-ES"), Some("fr")), French);
        assert_eq!(chosen(Croatian, Some("es-ES"), Some("ja")), Croatian);
        assert_eq!(chosen(Croatian, None, None), Croatian);
        assert_eq!(chosen(Croatian, Some("en-GB"), Some("hr")), English);
        assert_eq!(chosen(Albanian, Some("en-US"), Some("en-US")), Albanian);
        assert_eq!(chosen(Albanian, Some("de"), Some("en-US")), German);
    }

    #[test]
    fn discord_gets_each_other_language_that_it_has() {
        let others = |configured| Translations::new(configured).localizations().map(|(name, _)| name).collect();
        let names: Vec<&str> = others(Language::English);
        assert_eq!(names, ["de", "fr", "hr"]);
        let names: Vec<&str> = others(Language::German);
        assert_eq!(names, ["en-US", "en-GB", "fr", "hr"]);
        let names: Vec<&str> = others(Language::Albanian);
        assert_eq!(names, ["de", "fr", "hr"]);
    }
}
