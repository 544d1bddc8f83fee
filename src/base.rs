//! Where the base is: its folder, and the overlay that adds to it as soon as there is one.

use std::path::{Path, PathBuf};

use footnote_curation::Folders;
use footnote_knowledge::{KnowledgeBase, LoadError, Reading, load_layers, read_layers};

/// The folders of a base, which are looked for each time: an overlay may come or go while the bot
/// runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseFolders {
    /// The folder of the base.
    pub knowledge: PathBuf,
    /// Where its overlay is, if it has one.
    pub overlay: PathBuf,
}

impl BaseFolders {
    /// A base with its overlay where the configuration says, or at the usual place.
    #[must_use]
    pub fn new(knowledge: impl Into<PathBuf>, overlay: Option<PathBuf>) -> Self {
        let knowledge = knowledge.into();
        let overlay = overlay.unwrap_or_else(|| Folders::usual_overlay(&knowledge));
        Self { knowledge, overlay }
    }

    /// Those that there are now. Nothing is written to find out.
    #[must_use]
    pub fn now(&self) -> Folders {
        if self.overlay.is_dir() {
            Folders::layered(vec![self.knowledge.clone()], &self.overlay)
        } else {
            Folders::one(&self.knowledge)
        }
    }

    /// Those that a change is written to: the overlay if there is one, or if the folder of the base
    /// cannot be written to.
    #[must_use]
    pub fn to_change(&self) -> Folders {
        Folders::detect(&self.knowledge, &self.overlay)
    }

    /// Both, whether or not they exist.
    pub fn both(&self) -> impl Iterator<Item = &Path> {
        [self.knowledge.as_path(), &self.overlay].into_iter()
    }

    /// Loads the base.
    ///
    /// # Errors
    ///
    /// [`LoadError::Folder`] if a folder cannot be listed; [`LoadError::Invalid`], with every
    /// problem, if any file has an error.
    pub fn load(&self) -> Result<KnowledgeBase, LoadError> {
        load_layers(&self.now().read()?)
    }

    /// Reads as much of the base as can be read.
    ///
    /// # Errors
    ///
    /// [`LoadError::Folder`] if a folder cannot be listed.
    pub fn read(&self) -> Result<Reading, LoadError> {
        Ok(read_layers(&self.now().read()?))
    }
}
