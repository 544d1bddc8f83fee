//! Which languages keys take.

use super::key::Choice;
use crate::language::Language;

impl Choice for Language {
    const NAMES: &'static [(&'static str, Self)] = &[
        (Self::English.tag(), Self::English),
        (Self::German.tag(), Self::German),
        (Self::French.tag(), Self::French),
        (Self::Croatian.tag(), Self::Croatian),
        (Self::Albanian.tag(), Self::Albanian),
        (Self::SerbianCyrillic.tag(), Self::SerbianCyrillic),
        (Self::SerbianLatin.tag(), Self::SerbianLatin),
    ];
    const VALUES: &'static str = "`\"en\"`, `\"de\"`, `\"fr\"`, `\"hr\"`, `\"sq\"`, \
        `\"sr-Cyrl\"` or `\"sr-Latn\"`";
}

/// The language of a base, if it is one that the bot speaks.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct BaseLanguage(pub(super) Option<Language>);

impl Choice for BaseLanguage {
    const NAMES: &'static [(&'static str, Self)] = &[
        (Language::English.tag(), Self(Some(Language::English))),
        (Language::German.tag(), Self(Some(Language::German))),
        (Language::French.tag(), Self(Some(Language::French))),
        (Language::Croatian.tag(), Self(Some(Language::Croatian))),
        (Language::Albanian.tag(), Self(Some(Language::Albanian))),
        (Language::SerbianCyrillic.tag(), Self(Some(Language::SerbianCyrillic))),
        (Language::SerbianLatin.tag(), Self(Some(Language::SerbianLatin))),
        ("other", Self(None)),
    ];
    const VALUES: &'static str = "`\"en\"`, `\"de\"`, `\"fr\"`, `\"hr\"`, `\"sq\"`, \
        `\"sr-Cyrl\"`, `\"sr-Latn\"` or `\"other\"`";
}
