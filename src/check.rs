//! What `check` finds, for the command line and for `/check` on Discord.

use std::path::Path;

use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::text::counted;
use footnote_knowledge::{KnowledgeBase, LoadError};
use footnote_search::Searcher;
use footnote_search::lint::{confusions, lint};

/// What was found in a knowledge folder.
#[derive(Debug)]
pub struct Findings {
    /// The base, if it is valid.
    pub base: Option<KnowledgeBase>,
    /// The errors, or the warnings on a valid base.
    pub diagnostics: Diagnostics,
}

impl Findings {
    /// The size of the base and the number of problems, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let size = self.base.as_ref().map_or_else(String::new, |base| {
            let entries = counted(base.entries.len(), "entry");
            let phrasings: usize = base.entries.iter().map(|entry| entry.phrasings.len()).sum();
            let sources = counted(base.sources.len(), "source");
            format!("{entries} with {} from {sources}: ", counted(phrasings, "phrasing"))
        });
        size + &self.diagnostics.totals()
    }
}

/// Finds everything that is wrong with a folder, as far as that is possible without the
/// documents.
///
/// # Errors
///
/// [`LoadError::Folder`] if the folder cannot be listed.
pub fn check(folder: &Path) -> Result<Findings, LoadError> {
    match footnote_knowledge::load(folder) {
        Ok(base) => {
            let diagnostics = lint(&base, &Searcher::new(&base)).merged(confusions(&base));
            Ok(Findings { base: Some(base), diagnostics })
        }
        Err(LoadError::Invalid { diagnostics, .. }) => Ok(Findings { base: None, diagnostics }),
        Err(error) => Err(error),
    }
}
