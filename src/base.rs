//! Where a base is: its folders, and the overlay that adds to it as soon as there is one.

use std::path::{Path, PathBuf};

use footnote_curation::Folders;
use footnote_knowledge::{KnowledgeBase, LoadError, Reading, load_layers, read_layers};

/// The folders of a base, which are looked for each time: an overlay may come or go while the bot
/// runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseFolders {
    /// The lower layers, the lowest first; most bases have none.
    pub lower: Vec<PathBuf>,
    /// The folder of the base; of several, the last one.
    pub knowledge: PathBuf,
    /// Where its overlay is, if it can have one.
    pub overlay: Option<PathBuf>,
}

impl BaseFolders {
    /// A base with its overlay where the configuration says, or at the usual place.
    #[must_use]
    pub fn new(knowledge: impl Into<PathBuf>, overlay: Option<PathBuf>) -> Self {
        let knowledge = knowledge.into();
        let overlay = overlay.unwrap_or_else(|| Folders::usual_overlay(&knowledge));
        Self { lower: Vec::new(), knowledge, overlay: Some(overlay) }
    }

    /// A base of several folders, the lowest first. The last one is the one that is written to, so
    /// there is no overlay. `None` if there is no folder.
    #[must_use]
    pub fn layered(mut folders: Vec<PathBuf>) -> Option<Self> {
        let knowledge = folders.pop()?;
        Some(Self { lower: folders, knowledge, overlay: None })
    }

    /// Those that there are now. Nothing is written to find out.
    #[must_use]
    pub fn now(&self) -> Folders {
        match &self.overlay {
            Some(overlay) if overlay.is_dir() => {
                let below = self.lower.iter().chain([&self.knowledge]).cloned();
                Folders::layered(below.collect(), overlay)
            }
            _ if self.lower.is_empty() => Folders::one(&self.knowledge),
            _ => Folders::layered(self.lower.clone(), &self.knowledge),
        }
    }

    /// Those that a change is written to: the overlay if there is one, or if the folder of the base
    /// cannot be written to.
    #[must_use]
    pub fn to_change(&self) -> Folders {
        match &self.overlay {
            Some(overlay) if self.lower.is_empty() => Folders::detect(&self.knowledge, overlay),
            _ => self.now(),
        }
    }

    /// All of them, whether or not they exist.
    pub fn all(&self) -> impl Iterator<Item = &Path> {
        self.lower.iter().chain([&self.knowledge]).chain(&self.overlay).map(PathBuf::as_path)
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
