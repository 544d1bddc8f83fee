//! Commands in the languages of their users: Discord shows a member a command in the language of
//! their client.
//!
//! English is in the definitions and is what everybody else sees ([fallback]). Each other language
//! has a file in `locales/`, which is compiled in. Names of commands and options stay English, so
//! that members can tell each other what to type; a command in a menu has nothing but its name.
//!
//! [fallback]: https://discord.com/developers/docs/interactions/application-commands#localization

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The languages, by [Discord's names](https://discord.com/developers/docs/reference#locales), and
/// their files.
const FILES: [(&str, &str); 3] = [
    ("de", include_str!("../../../locales/de.toml")),
    ("fr", include_str!("../../../locales/fr.toml")),
    ("hr", include_str!("../../../locales/hr.toml")),
];

/// What a file says of each command.
type Language = BTreeMap<String, Texts>;

/// What a language says of one command.
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

/// What each language says of a command, if it says anything.
pub(in crate::discord) fn texts(command: &str) -> impl Iterator<Item = (&'static str, &'static Texts)> {
    LANGUAGES.iter().filter_map(move |(locale, language)| Some((*locale, language.get(command)?)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::command::Kind;
    use super::super::registry::definitions;
    use super::*;

    /// The places where the definitions have a text that a language has to have too.
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
    fn no_language_lacks_a_text_and_none_has_one_that_is_not_used() {
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
