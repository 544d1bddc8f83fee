//! Who says what an entry tells, and whether a question asks for it by that name.
//!
//! What one side claims is an answer to somebody who asks what that side says. Who asks the same
//! without naming anybody wants to know how it is, and gets the dispute in which the claim stands
//! beside what others say. So a claim that a question does not name hands over to its dispute, and
//! one without a dispute is not given as the answer.
//!
//! The same names explain words of a question: whoever asks what a report says about something is
//! answered by an entry that rests on that report, though no phrasing of it says so.

use footnote_knowledge::heap_bytes;
use std::collections::HashMap;
use std::sync::Arc;

use footnote_knowledge::{Entry, KnowledgeBase, Source};

use crate::analyzer::{Analyzer, TermKind};
use crate::ids::EntryId;

/// Shorter words of a person's name are initials or particles: "de", "J.".
const SHORTEST_NAME: usize = 3;

/// What a question has to have to name somebody or a text: all of these terms.
type Name = Box<[Arc<str>]>;

/// For each entry of a base, who says it. Immutable.
#[derive(Debug, Default)]
pub(crate) struct Attribution {
    /// The names of each source: of its author, its publisher, its title, and what members call it.
    sources: Vec<Vec<Name>>,
    entries: Vec<Attributed>,
}

#[derive(Debug)]
struct Attributed {
    /// The places of the sources that it rests on.
    sources: Box<[usize]>,
    claim: Option<Claim>,
}

#[derive(Debug)]
struct Claim {
    /// The names of the claimant.
    names: Vec<Name>,
    /// The entry that tells the claim beside what others say.
    dispute: Option<EntryId>,
}

impl Attribution {
    /// Reads who says what the entries tell. A dispute that is not kept takes nothing over.
    pub(crate) fn new(base: &KnowledgeBase, is_kept: impl Fn(usize) -> bool, analyzer: &Analyzer) -> Self {
        let place_of: HashMap<&str, usize> =
            base.sources.iter().enumerate().map(|(place, source)| (source.id.as_str(), place)).collect();
        let entry_of: HashMap<&str, usize> =
            base.entries.iter().enumerate().map(|(place, entry)| (entry.id.as_str(), place)).collect();
        let dispute = |entry: &Entry| {
            let place = entry_of.get(entry.side_of.as_ref()?.value.as_str()).copied();
            place.filter(|place| is_kept(*place)).map(EntryId::new)
        };
        let claim = |entry: &Entry| {
            let names = names_of(entry.standing.claimed_by()?, analyzer);
            Some(Claim { names, dispute: dispute(entry) })
        };
        let attributed = |entry: &Entry| {
            let cited = entry.citations.iter().filter_map(|citation| place_of.get(citation.source.id.as_str()));
            let mut sources: Vec<usize> = cited.copied().collect();
            sources.sort_unstable();
            sources.dedup();
            Attributed { sources: sources.into(), claim: claim(entry) }
        };
        Self {
            sources: base.sources.iter().map(|source| source_names(source, analyzer)).collect(),
            entries: base.entries.iter().map(attributed).collect(),
        }
    }

    /// Whether an entry is somebody's claim, and neither they nor their text are named by
    /// terms that are asked for.
    pub(crate) fn is_unnamed_claim(&self, entry: EntryId, is_asked: impl Fn(&str) -> bool) -> bool {
        self.entries[entry.place()].claim.is_some() && self.names_in(entry, is_asked).next().is_none()
    }

    /// The entry that tells what the question asks for, if it finds this one: the dispute, if it is
    /// a claim that the question does not name, and otherwise the entry itself.
    pub(crate) fn teller(&self, entry: EntryId, is_asked: impl Fn(&str) -> bool) -> EntryId {
        let dispute = self.entries[entry.place()].claim.as_ref().and_then(|claim| claim.dispute);
        match dispute {
            Some(dispute) if self.is_unnamed_claim(entry, is_asked) => dispute,
            _ => entry,
        }
    }

    /// Of those who say what the entry tells, the names of which every term is asked for.
    pub(crate) fn names_in(
        &self,
        entry: EntryId,
        is_asked: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &[Arc<str>]> {
        let Attributed { sources, claim } = &self.entries[entry.place()];
        let of_sources = sources.iter().flat_map(|source| &self.sources[*source]);
        let names = claim.iter().flat_map(|claim| &claim.names).chain(of_sources);
        names.map(|name| &**name).filter(move |name| name.iter().all(|term| is_asked(term)))
    }
}

fn source_names(source: &Source, analyzer: &Analyzer) -> Vec<Name> {
    let Source { title, author, publisher, called, .. } = source;
    let of_author = author.iter().flat_map(|author| names_of(author, analyzer));
    let of_text = publisher.iter().chain(called).chain([title]).map(|name| content(name, analyzer));
    of_author.chain(of_text).filter(|name| !name.is_empty()).collect()
}

/// What people call somebody: the whole name, the first name or the surname.
fn names_of(person: &str, analyzer: &Analyzer) -> Vec<Name> {
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().count() >= SHORTEST_NAME;
    let words = person.split_whitespace().filter(is_name);
    let mut names: Vec<Name> = std::iter::once(person).chain(words).map(|name| content(name, analyzer)).collect();
    names.retain(|name| !name.is_empty());
    names
}

fn content(text: &str, analyzer: &Analyzer) -> Name {
    let terms = analyzer.terms(&analyzer.read(text));
    terms.into_iter().filter(|term| term.kind == TermKind::Content).map(|term| term.text).collect()
}

heap_bytes!(Attribution { sources, entries });
heap_bytes!(Attributed { sources, claim });
heap_bytes!(Claim { names } but dispute);
