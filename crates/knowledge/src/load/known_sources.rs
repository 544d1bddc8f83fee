//! The sources that entries can cite: what citations are resolved with.

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::format;
use crate::toml_file::{Located, TableReader, nearest};
use crate::{KnowledgeBase, Source};

/// The sources that entries can cite.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) read: Vec<Arc<Source>>,
    /// Ids of the sources that could not be read completely; `None` if the file could not be
    /// read. A citation of one of them is not another mistake.
    pub(super) incomplete: Option<HashSet<String>>,
}

impl Sources {
    /// Those of a base.
    pub(super) fn of(base: &KnowledgeBase) -> Self {
        Self { read: base.sources.clone(), incomplete: Some(HashSet::new()) }
    }

    /// The source that entries without citations cite.
    pub(super) fn unnamed(&self) -> Option<Arc<Source>> {
        self.read.iter().find(|source| source.is_default).cloned()
    }

    /// Puts the sources of a layer above these: each replaces the one with its id, or comes last.
    pub(super) fn put_below(&mut self, upper: Self) {
        for source in upper.read {
            match self.read.iter_mut().find(|lower| lower.id == source.id) {
                Some(lower) => *lower = source,
                None => self.read.push(source),
            }
        }
        self.incomplete = self.incomplete.take().zip(upper.incomplete).map(|(mut lower, upper)| {
            lower.extend(upper);
            lower
        });
    }

    /// The id of a source as an example: one that exists.
    pub(super) fn example(&self) -> String {
        self.read.first().map_or_else(|| format::SOURCE_ID.example.to_owned(), |source| format!("\"{}\"", source.id))
    }

    /// The source with this id. Reports an error if there is none.
    pub(super) fn find(&self, id: &Located<String>, table: &TableReader<'_>) -> Option<Arc<Source>> {
        let found = self.read.iter().find(|source| source.id == id.value);
        let is_unread = self.incomplete.as_ref().is_none_or(|incomplete| incomplete.contains(&id.value));
        if found.is_none() && !is_unread {
            let known: Vec<&str> = self.read.iter().map(|source| source.id.as_str()).collect();
            let help = match nearest(&id.value, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known sources: {}; add others to sources.toml", known.join(", ")),
            };
            let message = format!("no source has the id `{}`", id.value);
            table.report(Diagnostic::error(id.at.clone(), message).help(help));
        }
        found.cloned()
    }
}
