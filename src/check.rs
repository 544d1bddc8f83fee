//! What `check` finds, for the command line and for `/check` on Discord.

use std::fs;
use std::path::Path;

use crate::base::BaseFolders;
use footnote_curation::CHANGES_FILE;
use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::text::counted;
use footnote_knowledge::{
    CALIBRATION_FILE, Draft, KnowledgeBase, LoadError, PartialDate, SOURCES_FILE, SYNONYMS_FILE, draft, lint,
};
use footnote_search::Searcher;
use footnote_search::lint as asked;

/// What was found in a knowledge folder.
#[derive(Debug)]
pub struct Findings {
    /// The base, if it is valid.
    pub base: Option<KnowledgeBase>,
    /// The errors and the warnings.
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

/// What is in a folder and no part of the base, in the order of the names: files that do not end in
/// `.toml`, and folders within sub-folders. What other parts of the program keep there, hidden
/// files and pages for people are not named.
///
/// # Errors
///
/// [`LoadError::Folder`] if the folder cannot be listed.
pub fn ignored(folder: &Path) -> Result<Vec<String>, LoadError> {
    let mut names = ignored_within(folder, "")?;
    names.sort();
    Ok(names)
}

/// `group` is the name of the sub-folder with a slash; empty for the folder itself.
fn ignored_within(folder: &Path, group: &str) -> Result<Vec<String>, LoadError> {
    let failed = |source| LoadError::Folder { path: folder.to_owned(), source };
    let mut names = Vec::new();
    for item in fs::read_dir(folder).map_err(failed)? {
        let path = item.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_read = match ending.as_str() {
            "md" => true,
            "toml" => group.is_empty() || ![SOURCES_FILE, SYNONYMS_FILE, CALIBRATION_FILE].contains(&name.as_str()),
            _ => name == CHANGES_FILE,
        };
        if !path.is_dir() {
            names.extend((!is_read).then(|| format!("{group}{name}")));
        } else if group.is_empty() {
            names.extend(ignored_within(&path, &format!("{name}/"))?);
        } else {
            names.push(format!("{group}{name}/"));
        }
    }
    Ok(names)
}

/// What diagnostics call the file that a draft would be in.
const DRAFT: &str = "draft.toml";

/// Finds everything that is wrong with a draft of entries, and what works badly about them in a
/// base.
#[must_use]
pub fn check_draft(base: &KnowledgeBase, text: &str) -> Draft {
    let path = Path::new(DRAFT);
    let draft = draft(base, path, text);
    let warnings = draft.base.as_ref().map(|base| {
        let warnings = lint::lint(base, true, PartialDate::today()).merged(asked::lint(base, &Searcher::new(base)));
        warnings.within(path)
    });
    let diagnostics = draft.diagnostics.merged(warnings.unwrap_or_default());
    Draft { diagnostics, ..draft }
}

/// Finds everything that is wrong with a base, as far as that is possible without the
/// documents. Of a base with errors, what could be read is looked at all the same, so that one run
/// shows the warnings too.
///
/// # Errors
///
/// [`LoadError::Folder`] if a folder cannot be listed.
pub fn check(folders: &BaseFolders) -> Result<Findings, LoadError> {
    let reading = folders.read()?;
    let is_valid = reading.is_valid();
    let (base, mut diagnostics) = (reading.base, reading.diagnostics);
    diagnostics = diagnostics.merged(lint::lint(&base, is_valid, PartialDate::today()));
    if !base.entries.is_empty() {
        diagnostics = diagnostics.merged(asked::lint(&base, &Searcher::new(&base)));
    }
    if !is_valid {
        return Ok(Findings { base: None, diagnostics });
    }
    let diagnostics = diagnostics.merged(asked::confusions(&base));
    Ok(Findings { base: Some(base), diagnostics })
}
