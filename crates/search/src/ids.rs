//! The numbers that stand for entries, words and terms while a base is searched.
//!
//! Each is a place in a list. They are types of their own so that the place of a word is never
//! looked up among terms, and half as wide as `usize` since postings and weights hold millions.

use footnote_knowledge::no_heap_bytes;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(u32);

        impl $name {
            /// The id of what stands at a place. No list comes near 2³² elements.
            pub(crate) fn new(place: usize) -> Self {
                Self(u32::try_from(place).unwrap_or(u32::MAX))
            }

            /// Its place in the list.
            pub(crate) fn place(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// An entry: its place in the base.
    EntryId
}

id! {
    /// A word: its place in the lexicon.
    WordId
}

id! {
    /// A term: its place in the index.
    TermId
}

id! {
    /// A feature of texts: its place in the feature table.
    FeatureId
}

no_heap_bytes!(EntryId, WordId, TermId, FeatureId);
