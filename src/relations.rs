//! What leads from an entry to others, and from a source to the entries that rest on it.

use footnote_knowledge::{Entry, KnowledgeBase, Source};

/// The entries that an entry names: those on related questions, and the dispute of which it is a
/// side.
#[must_use]
pub fn related<'a>(base: &'a KnowledgeBase, entry: &'a Entry) -> Vec<&'a Entry> {
    let named = entry.related.iter().chain(&entry.side_of);
    let mut found: Vec<&Entry> = Vec::new();
    for other in named.filter_map(|id| base.entry(&id.value)) {
        if !found.iter().any(|known| known.id == other.id) {
            found.push(other);
        }
    }
    found
}

/// The entries that name an entry, in the order of the base.
#[must_use]
pub fn linked_from<'a>(base: &'a KnowledgeBase, entry: &Entry) -> Vec<&'a Entry> {
    let names = |other: &&Entry| other.related.iter().chain(&other.side_of).any(|id| id.value == entry.id);
    base.entries.iter().filter(names).collect()
}

/// The entries that cite a source, in the order of the base.
pub fn resting_on<'a>(base: &'a KnowledgeBase, source: &'a Source) -> impl Iterator<Item = &'a Entry> {
    let cites = |entry: &&Entry| entry.citations.iter().any(|citation| citation.source.id == source.id);
    base.entries.iter().filter(cites)
}
