//! General English: which words speak of the same thing.
//!
//! Members write "how many died" where a curator wrote "casualties". A base's own synonyms cannot
//! list all of that, and need not: this table serves every base. Its words are related, not the
//! same, so that they count for less than the word itself (see [`crate::expansion`]).

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use crate::analyzer::stem;
use crate::table;

/// A group a line, its words separated by blanks.
const TABLE: &str = include_str!("thesaurus.txt");

static SHARED: LazyLock<Thesaurus> = LazyLock::new(|| Thesaurus::parse(TABLE));

/// Groups of related stems.
#[derive(Debug)]
pub(crate) struct Thesaurus {
    groups: Vec<Vec<Box<str>>>,
    /// The groups in which a stem stands.
    memberships: HashMap<Box<str>, Vec<usize>, FxBuildHasher>,
}

impl Thesaurus {
    /// The table that the program carries.
    pub(crate) fn shared() -> &'static Self {
        &SHARED
    }

    fn parse(text: &'static str) -> Self {
        let mut thesaurus = Self { groups: Vec::new(), memberships: HashMap::default() };
        for line in table::rows(text) {
            let mut group: Vec<Box<str>> = line.split_whitespace().map(|word| stem(word).into()).collect();
            group.sort_unstable();
            group.dedup();
            for stem in &group {
                thesaurus.memberships.entry(stem.clone()).or_default().push(thesaurus.groups.len());
            }
            thesaurus.groups.push(group);
        }
        thesaurus
    }

    /// Whether the stem stands in a group.
    pub(crate) fn contains(&self, stem: &str) -> bool {
        self.memberships.contains_key(stem)
    }

    /// The stems that stand in a group with this one; those of two groups twice.
    pub(crate) fn relatives<'t>(&'t self, stem: &'t str) -> impl Iterator<Item = &'t str> {
        let groups = self.memberships.get(stem).into_iter().flatten();
        groups.flat_map(|&group| &self.groups[group]).map(AsRef::as_ref).filter(move |other| *other != stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_relates_two_stems_or_more() {
        let lonely: Vec<_> = Thesaurus::shared().groups.iter().filter(|group| group.len() == 1).collect();
        assert!(lonely.is_empty(), "{lonely:?}");
    }

    #[test]
    fn everyday_words_lead_to_formal_ones() {
        for (everyday, formal) in [("died", "casualties"), ("size", "strength"), ("goal", "objective")] {
            let (everyday, formal) = (stem(everyday), stem(formal));
            assert!(Thesaurus::shared().relatives(&everyday).any(|other| other == formal), "{everyday} {formal}");
        }
    }
}
