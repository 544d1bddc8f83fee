//! The folders of a base, the lowest first, and which of them is written to: the top one.
//!
//! Whoever may not write to a folder, because it is read-only or belongs to several bases, changes
//! an overlay of it. An entry of a lower folder that is changed is copied into the top one.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use footnote_knowledge::{Layer, LoadError};
use sha2::{Digest, Sha256};

/// Hidden files of the curation in the top folder. Keep them out of version control.
pub(crate) const LOCK_FILE: &str = ".curation.lock";

/// Where a base is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    lower: Vec<PathBuf>,
    top: PathBuf,
}

impl Folders {
    /// A base in one folder, which is written to.
    #[must_use]
    pub fn one(folder: impl Into<PathBuf>) -> Self {
        Self { lower: Vec::new(), top: folder.into() }
    }

    /// A base of several folders, the lowest first. Only `top` is written to; it need not exist
    /// yet.
    #[must_use]
    pub fn layered(lower: Vec<PathBuf>, top: impl Into<PathBuf>) -> Self {
        Self { lower, top: top.into() }
    }

    /// The folder alone if there is no overlay and the folder can be written to, otherwise both.
    #[must_use]
    pub fn detect(folder: impl Into<PathBuf>, overlay: impl Into<PathBuf>) -> Self {
        let (folder, overlay) = (folder.into(), overlay.into());
        if overlay.is_dir() || !is_writable(&folder) {
            return Self::layered(vec![folder], overlay);
        }
        Self::one(folder)
    }

    /// Where the overlay of a folder is unless the configuration names another place: next to it,
    /// with `.d` at the end of its name.
    #[must_use]
    pub fn usual_overlay(folder: &Path) -> PathBuf {
        // `.` and `..` have no name of their own.
        let real =
            if folder.ends_with(".") || folder.file_name().is_none() { folder.canonicalize().ok() } else { None };
        let real = real.unwrap_or_else(|| folder.to_owned());
        let mut name = real.file_name().unwrap_or_default().to_owned();
        name.push(".d");
        real.with_file_name(name)
    }

    /// The folder that is written to.
    #[must_use]
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// All folders, the lowest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Path> {
        self.lower.iter().chain([&self.top]).map(PathBuf::as_path)
    }

    /// Whether the top folder adds to others.
    #[must_use]
    pub fn has_overlay(&self) -> bool {
        !self.lower.is_empty()
    }

    /// Reads the files of all folders.
    ///
    /// # Errors
    ///
    /// [`LoadError::Folder`] if one of them cannot be listed. An overlay need not exist.
    pub fn read(&self) -> Result<Vec<Layer>, LoadError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            |source| LoadError::Folder { path, source }
        };
        let mut layers = Vec::new();
        for folder in &self.lower {
            layers.push(Layer::read(folder).map_err(unreadable(folder))?);
        }
        let top = if self.has_overlay() { Layer::read_if_any(&self.top) } else { Layer::read(&self.top) };
        layers.push(top.map_err(unreadable(&self.top))?);
        Ok(layers)
    }
}

/// Whether files can be made in a folder. Asking the system to make one is the only way to know: a
/// whole file system may be read-only, and who may write may depend on more than permissions.
fn is_writable(folder: &Path) -> bool {
    let opened = OpenOptions::new().create(true).append(true).open(folder.join(LOCK_FILE));
    let refused = [io::ErrorKind::PermissionDenied, io::ErrorKind::ReadOnlyFilesystem];
    // Any other problem is told when something is written.
    opened.map_or_else(|error| !refused.contains(&error.kind()), |_| true)
}

/// The state of a base's files: a hash of their paths and texts, as 64 hexadecimal digits.
pub(crate) fn state(layers: &[Layer]) -> String {
    let mut hash = Sha256::new();
    for layer in layers {
        hash.update((layer.files().count() as u64).to_le_bytes());
        for file in layer.files() {
            let path = file.path.to_string_lossy();
            for part in [path.as_ref(), &file.text] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    hex::encode(hash.finalize())
}

/// The hash of a text, as 64 hexadecimal digits.
pub(crate) fn hash_of(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_is_next_to_its_folder_and_counts_as_soon_as_it_exists() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("knowledge");
        std::fs::create_dir(&folder).unwrap();
        let overlay = Folders::usual_overlay(&folder);
        assert_eq!(overlay, root.path().join("knowledge.d"));
        assert!(!Folders::detect(&folder, &overlay).has_overlay());
        std::fs::create_dir(&overlay).unwrap();
        assert_eq!(Folders::detect(&folder, &overlay), Folders::layered(vec![folder], overlay));
    }
}
