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
