//! Commands in the languages of their users: Discord shows a member a command in the language of
//! their client.
//!
//! English stands in the definitions and is what everybody else sees
//! ([fallback](https://discord.com/developers/docs/interactions/application-commands#localization));
//! each other language has a file in `locales/`, which is compiled in. Names of commands and
//! options stay English, so that members can tell each other what to type; a command in a menu has
//! nothing but its name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serenity::all::{CommandOptionType, CommandType, CreateCommand, CreateCommandOption};

/// The languages, by [Discord's names](https://discord.com/developers/docs/reference#locales), and
/// their files.
const FILES: [(&str, &str); 3] = [
    ("de", include_str!("../../locales/de.toml")),
    ("fr", include_str!("../../locales/fr.toml")),
    ("hr", include_str!("../../locales/hr.toml")),
];

/// What a file says of each command.
type Language = BTreeMap<String, Texts>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    name: Option<String>,
    description: Option<String>,
    #[serde(default)]
    options: BTreeMap<String, String>,
}

static LANGUAGES: LazyLock<Vec<(&str, Language)>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them")]
    FILES.map(|(locale, file)| (locale, toml::from_str(file).expect("a file in locales/ is valid"))).into()
});

/// What each language says of a command, where it says anything.
fn texts(command: &str) -> impl Iterator<Item = (&'static str, &'static Texts)> {
    LANGUAGES.iter().filter_map(move |(locale, language)| Some((*locale, language.get(command)?)))
}

/// The definition of a command that is typed.
pub(super) fn command(name: &str, description: &str) -> CreateCommand {
    let command = CreateCommand::new(name).description(description);
    let described = texts(name).filter_map(|(locale, texts)| Some((locale, texts.description.as_deref()?)));
    described.fold(command, |command, (locale, text)| command.description_localized(locale, text))
}

/// The definition of a command in the menu of messages.
pub(super) fn message_command(name: &str) -> CreateCommand {
    let command = CreateCommand::new(name).kind(CommandType::Message);
    let named = texts(name).filter_map(|(locale, texts)| Some((locale, texts.name.as_deref()?)));
    named.fold(command, |command, (locale, text)| command.name_localized(locale, text))
}

/// The definition of an option of a command.
pub(super) fn option(command: &str, kind: CommandOptionType, name: &str, description: &str) -> CreateCommandOption {
    let option = CreateCommandOption::new(kind, name, description);
    let described = texts(command).filter_map(|(locale, texts)| Some((locale, texts.options.get(name)?)));
    described.fold(option, |option, (locale, text)| option.description_localized(locale, text))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::super::commands::definitions;
    use super::*;

    /// The texts of the definitions that a language has to have, and those that it has, each by its
    /// place.
    fn wanted_and_translated(locale: &str) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut wanted, mut translated) = (BTreeSet::new(), BTreeSet::new());
        let mut take = |place: String, text: &Value| {
            if !text[locale].is_null() {
                translated.insert(place.clone());
            }
            wanted.insert(place);
        };
        for command in serde_json::to_value(definitions()).unwrap().as_array().unwrap() {
            let name = command["name"].as_str().unwrap();
            if command["type"] == 3 {
                take(format!("{name}: name"), &command["name_localizations"]);
                continue;
            }
            take(format!("{name}: description"), &command["description_localizations"]);
            for option in command["options"].as_array().into_iter().flatten() {
                take(format!("{name}: option {}", option["name"]), &option["description_localizations"]);
            }
        }
        (wanted, translated)
    }

    #[test]
    fn no_language_lacks_a_text_and_none_has_one_that_is_not_used() {
        for (locale, language) in LANGUAGES.iter() {
            let (wanted, translated) = wanted_and_translated(locale);
            assert_eq!(translated, wanted, "{locale}");
            let count = |texts: &Texts| {
                usize::from(texts.name.is_some()) + usize::from(texts.description.is_some()) + texts.options.len()
            };
            assert_eq!(language.values().map(count).sum::<usize>(), wanted.len(), "{locale} has texts of no command");
        }
    }
}
