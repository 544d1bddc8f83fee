//! Tests that each language says everything that is declared, nothing else, and nothing too long.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::declared::DECLARED;
use super::{Texts, command_key, written};
use crate::discord::commands::command::Kind;
use crate::discord::commands::registry::definitions;
use crate::discord::view::limits::length;
use crate::language::Language;

/// A text as it is declared.
pub(super) struct Declared {
    pub(super) key: &'static str,
    pub(super) arguments: &'static [&'static str],
    pub(super) place: Place,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Title,
    /// The text of a card, or a paragraph of it.
    Description,
    /// A line among others.
    Line,
    /// On a button.
    Label,
    /// In a menu before anything is chosen.
    Prompt,
    /// Below an option of a menu.
    Option,
}

/// The longest description of a command and of an option, and the longest name.
const MAX_COMMAND: usize = 100;
const MAX_COMMAND_NAME: usize = 32;

impl Place {
    /// How long the text may be with its longest arguments, in UTF-16 code units. Each is the
    /// limit of Discord, or less where there has to be room for more.
    fn limit(self) -> usize {
        match self {
            Self::Title => 256,
            Self::Description => 1_200,
            Self::Line => 400,
            Self::Label => 80,
            Self::Prompt => 150,
            Self::Option => 100,
        }
    }
}

/// The arguments that a text uses in one language, by its key; an attribute has its name behind a
/// dot.
fn used(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let file =
        FluentResource::try_new(written(language)).unwrap_or_else(|(_, errors)| panic!("{language:?} {errors:?}"));
    let mut found = BTreeMap::new();
    for entry in file.entries() {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        found.extend(message.value.as_ref().map(|value| (key.to_owned(), arguments(value))));
        let attributes = message.attributes.iter();
        found.extend(attributes.map(|one| (format!("{key}.{}", one.id.name), arguments(&one.value))));
    }
    found
}

fn arguments(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => found.extend(argument(inline)),
            Expression::Select { selector, variants } => {
                found.extend(argument(selector));
                found.extend(variants.iter().flat_map(|variant| arguments(&variant.value)));
            }
        }
    }
    found
}

fn argument(expression: &InlineExpression<&str>) -> Option<String> {
    match expression {
        InlineExpression::VariableReference { id } => Some(id.name.to_owned()),
        InlineExpression::StringLiteral { .. } => None,
        other => panic!("the texts do without {other:?}"),
    }
}

/// Everything that each language has to say, with the arguments that it needs for that.
fn wanted() -> BTreeMap<String, BTreeSet<String>> {
    let owned = |arguments: &[&str]| arguments.iter().map(|name| (*name).to_owned()).collect();
    let texts = DECLARED.iter().map(|text| (text.key.to_owned(), owned(text.arguments)));
    let commands = definitions().flat_map(|definition| {
        let key = command_key(definition.name);
        let options = match definition.kind {
            Kind::MessageMenu => &[][..],
            Kind::Typed { options, .. } => options,
        };
        let options: Vec<String> = options.iter().map(|option| format!("{key}.{}", option.name)).collect();
        [key].into_iter().chain(options).map(|key| (key, BTreeSet::new()))
    });
    texts.chain(commands).collect()
}

#[test]
fn every_language_has_exactly_the_texts_and_arguments_that_are_used() {
    let wanted = wanted();
    for language in Language::ALL {
        let used = used(language);
        for (key, arguments) in &wanted {
            assert_eq!(used.get(key), Some(arguments), "{key} in {language:?}");
        }
        let superfluous: Vec<&String> = used.keys().filter(|key| !wanted.contains_key(*key)).collect();
        assert_eq!(superfluous, [""; 0], "in {language:?}");
    }
}

#[test]
fn no_text_is_too_long_with_its_longest_arguments_and_every_argument_is_known() {
    // A number selects a plural, so each language shows all of its forms; a name is a long one.
    let numbers = [0.0, 1.0, 2.0, 5.0, 12.0, 21.0, 99_999_999.0].map(Into::into);
    let values: Vec<FluentValue<'_>> = numbers.into_iter().chain(["n".repeat(60).into()]).collect();
    for language in Language::ALL {
        let texts = Texts::new(language);
        for Declared { key, arguments, place } in DECLARED {
            for value in &values {
                let arguments: FluentArgs<'_> = arguments.iter().map(|name| (*name, value.clone())).collect();
                let message = texts.bundle.get_message(key).and_then(|message| message.value());
                let mut errors = Vec::new();
                let pattern = message.unwrap_or_else(|| panic!("no {key} in {language:?}"));
                let text = texts.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                assert!(errors.is_empty(), "{key} in {language:?}: {errors:?}");
                let (long, limit) = (length(&text), place.limit());
                assert!((1..=limit).contains(&long), "{key} in {language:?} has {long}, not {limit}: {text}");
            }
        }
        for definition in definitions() {
            let (limit, options) = match definition.kind {
                Kind::MessageMenu => (MAX_COMMAND_NAME, &[][..]),
                Kind::Typed { options, .. } => (MAX_COMMAND, options),
            };
            let options = options.iter().map(|option| Some(option.name));
            for option in [None].into_iter().chain(options) {
                let text = texts.command(definition.name, option).unwrap_or_default();
                assert!((1..=limit).contains(&length(&text)), "{} {option:?} in {language:?}", definition.name);
            }
        }
    }
}

#[test]
fn commands_addresses_and_names_are_the_same_in_every_language() {
    // What stands between backticks, or is a slash command, is typed as it is.
    let typed = |text: &str| -> BTreeSet<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let english = Texts::new(Language::English);
    for language in Language::ALL {
        let texts = Texts::new(language);
        for text in DECLARED {
            let arguments =
                || text.arguments.iter().map(|name| (*name, FluentValue::from(5.0))).collect::<FluentArgs<'_>>();
            let [ours, theirs] = [&english, &texts].map(|texts| texts.find(text.key, None, &arguments()));
            assert_eq!(
                typed(&ours.unwrap_or_default()),
                typed(&theirs.unwrap_or_default()),
                "{} {language:?}",
                text.key
            );
        }
    }
}
