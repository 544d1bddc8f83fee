//! The files of a folder as they were read, so that they can be changed before they are loaded.
//!
//! Files in a sub-folder are topics of one group. Deeper folders are not read.
//!
//! A base may have several layers: a folder, and others that add to it. Whoever wants to know what
//! a change would do gives a layer other text, and loads that, without touching the disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::toml_file::read_source_file;

/// The file in a knowledge folder in which the search keeps what it has learned from the base. It
/// is no part of the base.
pub const CALIBRATION_FILE: &str = "calibration.toml";

/// The file that lists the documents.
pub const SOURCES_FILE: &str = "sources.toml";

/// The file that lists words that mean the same.
pub const SYNONYMS_FILE: &str = "synonyms.toml";

/// The TOML files of one folder and its sub-folders, in the order of their paths.
#[derive(Debug, Clone)]
pub struct Layer {
    folder: PathBuf,
    files: Vec<LayerFile>,
}

#[derive(Debug, Clone)]
pub(crate) struct LayerFile {
    pub(crate) path: PathBuf,
    /// Its text, or why it cannot be read.
    pub(crate) read: Result<Arc<SourceFile>, Diagnostic>,
}

impl Layer {
    /// Reads all `*.toml` files inside a folder and its sub-folders, except for
    /// [`CALIBRATION_FILE`] and those whose names begin with a dot. Sub-folders have only topics.
    /// A file that cannot be read is an error when the layer is loaded.
    ///
    /// # Errors
    ///
    /// The system's reason if the folder cannot be listed.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut paths = Vec::new();
        for item in fs::read_dir(folder)? {
            let path = item?.path();
            if !path.is_dir() {
                paths.push(path);
            } else if !is_hidden(&path) {
                for item in fs::read_dir(path)? {
                    let path = item?.path();
                    if is_topic(&path) && !path.is_dir() {
                        paths.push(path);
                    }
                }
            }
        }
        paths.retain(|path| is_of_the_base(path));
        paths.sort();
        let files = paths.into_iter().map(|path| LayerFile { read: read_source_file(&path), path }).collect();
        Ok(Self { folder: folder.to_owned(), files })
    }

    /// As [`Self::read`], but a folder that does not exist is one without files.
    ///
    /// # Errors
    ///
    /// The system's reason if the folder exists and cannot be listed.
    pub fn read_if_any(folder: &Path) -> io::Result<Self> {
        match Self::read(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Self { folder: folder.to_owned(), files: Vec::new() })
            }
            read => read,
        }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files that could be read, in the order of their names.
    pub fn files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.files.iter().filter_map(|file| file.read.as_ref().ok())
    }

    /// The file with this path in the folder, such as `kfor.toml` or `missions/kfor.toml`. `None`
    /// if there is none that can be read.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Arc<SourceFile>> {
        self.files().find(|file| self.place_of(&file.path) == Path::new(name))
    }

    /// The name of one of its files: its path in the folder, with `/` between the parts.
    #[must_use]
    pub fn name_of(&self, file: &SourceFile) -> String {
        let parts = self.place_of(&file.path).iter().map(|part| part.to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    /// The path of one of its files in the folder.
    pub(crate) fn place_of<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.folder).unwrap_or(path)
    }

    /// The same layer in which the file with this name has this text, whether or not it was there.
    #[must_use]
    pub fn with_file(mut self, name: &str, text: String) -> Self {
        let path = self.folder.join(name);
        let read = Ok(Arc::new(SourceFile { path: path.clone(), text }));
        match self.files.binary_search_by(|file| file.path.cmp(&path)) {
            Ok(place) => self.files[place].read = read,
            Err(place) => self.files.insert(place, LayerFile { path, read }),
        }
        self
    }

    /// The same layer without any file.
    #[must_use]
    pub fn emptied(self) -> Self {
        Self { files: Vec::new(), ..self }
    }

    /// Its files, also those that cannot be read.
    pub(crate) fn all_files(&self) -> &[LayerFile] {
        &self.files
    }
}

/// Whether a file may be a topic by its name, which other files of a base have.
fn is_topic(path: &Path) -> bool {
    ![SOURCES_FILE, SYNONYMS_FILE].iter().any(|name| path.ends_with(name))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn is_of_the_base(path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    is_toml && !is_hidden(path) && !path.ends_with(CALIBRATION_FILE)
}
