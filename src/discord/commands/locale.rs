//! Translates commands: Discord shows each member a command in the language of their client.
//!
//! The definitions are in English, which is also what Discord shows for all other languages
//! ([fallback]). Each further language has a file in `locales/`, which is compiled in. Names of
//! commands and options stay English, so that members can tell each other what to type. A command
//! in a menu is nothing but its name, so that is translated.
//!
//! [fallback]: https://discord.com/developers/docs/interactions/application-commands#localization

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The languages, by [Discord's names](https://discord.com/developers/docs/reference#locales),
/// and their files.
const FILES: [(&str, &str); 3] = [
    ("de", include_str!("../../../locales/de.toml")),
    ("fr", include_str!("../../../locales/fr.toml")),
    ("hr", include_str!("../../../locales/hr.toml")),
];

/// What a file says about each command.
type Language = BTreeMap<String, Texts>;

/// What a language says about one command.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::discord) struct Texts {
    pub(in crate::discord) name: Option<String>,
    pub(in crate::discord) description: Option<String>,
    /// The descriptions of its options.
    #[serde(default)]
    pub(in crate::discord) options: BTreeMap<String, String>,
}

static LANGUAGES: LazyLock<Vec<(&str, Language)>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them")]
    FILES.map(|(locale, file)| (locale, toml::from_str(file).expect("a file in locales/ is valid"))).into()
});

/// What each language says about a command, if anything.
pub(in crate::discord) fn texts(command: &str) -> impl Iterator<Item = (&'static str, &'static Texts)> {
    LANGUAGES.iter().filter_map(move |(locale, language)| Some((*locale, language.get(command)?)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::command::Kind;
    use super::super::registry::definitions;
    use super::*;

    /// The places where the definitions have a text, so each language needs one too.
    fn wanted() -> BTreeSet<String> {
        let places = definitions().flat_map(|definition| {
            let name = definition.name;
            match definition.kind {
                Kind::MessageMenu => vec![format!("{name}: name")],
                Kind::Typed { options, .. } => {
                    let options = options.iter().map(|option| format!("{name}: option {}", option.name));
                    options.chain([format!("{name}: description")]).collect()
                }
            }
        });
        places.collect()
    }

    #[test]
    fn every_language_has_exactly_the_texts_that_are_used() {
        for (locale, language) in LANGUAGES.iter() {
            let translated = language.iter().flat_map(|(command, texts)| {
                let name = texts.name.iter().map(move |_| format!("{command}: name"));
                let description = texts.description.iter().map(move |_| format!("{command}: description"));
                let options = texts.options.keys().map(move |option| format!("{command}: option {option}"));
                name.chain(description).chain(options)
            });
            assert_eq!(translated.collect::<BTreeSet<_>>(), wanted(), "{locale}");
        }
    }
}
