//! What is done to files, as single steps, so that a test can stop after any of them.
//!
//! A step either happened or it did not, even if the process is killed or the power fails: a file
//! is replaced by writing another one, flushing it, renaming it and flushing the folder.

use std::ffi::OsStr;
use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How the name of a file ends that is not complete.
const UNFINISHED: &str = ".unfinished";

/// The steps. [`RealDisk`] takes them; another implementation may fail or stop at any of them.
pub trait Disk: Debug + Send + Sync {
    /// Writes a file, new or from its beginning, and flushes it to the disk.
    ///
    /// # Errors
    ///
    /// The system's reason. What is in the file is then unknown.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Adds to the end of a file, which may not exist yet, and flushes it to the disk.
    ///
    /// # Errors
    ///
    /// The system's reason. A part of the bytes may be in the file.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Cuts a file off and flushes it to the disk.
    ///
    /// # Errors
    ///
    /// The system's reason.
    fn cut_off(&self, path: &Path, length: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(length)?;
        file.sync_all()
    }

    /// Gives a file another name in its folder, in place of what has that name.
    ///
    /// # Errors
    ///
    /// The system's reason.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    ///
    /// The system's reason.
    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Creates a folder, if it is not there.
    ///
    /// # Errors
    ///
    /// The system's reason.
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    /// Flushes the names in a folder to the disk.
    ///
    /// # Errors
    ///
    /// The system's reason.
    fn flush_names(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }
}

/// The file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {}

/// Replaces a file: a reader finds the old content or the new one, never a part. A link stays a
/// link, and the file keeps its permissions.
pub(crate) fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A file that does not exist yet is no link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let unfinished = unfinished(&path);
    let written = disk.write(&unfinished, bytes).and_then(|()| {
        if let Ok(old) = fs::metadata(&path) {
            fs::set_permissions(&unfinished, old.permissions())?;
        }
        disk.rename(&unfinished, &path)
    });
    if let Err(error) = written {
        // If even this fails, a hidden file is left over, which the next change removes.
        let _ = disk.remove(&unfinished);
        return Err(error);
    }
    flush_folder_of(disk, &path)
}

/// Removes a file for good.
pub(crate) fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    disk.remove(path)?;
    flush_folder_of(disk, path)
}

/// Creates a folder for good.
pub(crate) fn create_folder(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    disk.create_folder(path)?;
    flush_folder_of(disk, path)
}

/// Creates the folder of a file for good, if it is missing.
pub(crate) fn ensure_folder_of(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if folder != Path::new("") && !folder.is_dir() => create_folder(disk, folder),
        _ => Ok(()),
    }
}

/// Adds to a file for good.
pub(crate) fn append(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let is_new = !path.exists();
    disk.append(path, bytes)?;
    if is_new { flush_folder_of(disk, path) } else { Ok(()) }
}

/// Removes what a process that was killed has left over.
pub(crate) fn remove_unfinished(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') && name.ends_with(UNFINISHED) {
            disk.remove(&path)?;
        }
    }
    Ok(())
}

fn flush_folder_of(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    // A relative path of one name is in the current folder.
    let folder = path.parent().map(|folder| if folder == Path::new("") { Path::new(".") } else { folder });
    folder.map_or(Ok(()), |folder| disk.flush_names(folder))
}

/// Hidden, so that no loader reads it.
fn unfinished(path: &Path) -> PathBuf {
    let mut name = OsStr::new(".").to_owned();
    name.push(path.file_name().unwrap_or_default());
    name.push(UNFINISHED);
    path.with_file_name(name)
}
