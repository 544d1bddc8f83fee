//! Reads the files that are imported, as UTF-8 or as what spreadsheets save instead.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Larger files are no lists of questions. As large as what the loader of a base takes, and more.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The endings of the files that are taken from a folder.
const ENDINGS: [&str; 10] = ["csv", "tsv", "tab", "json", "yaml", "yml", "md", "markdown", "toml", "tag"];

/// A file that is imported.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// Its path, as it was given.
    pub(crate) path: PathBuf,
    /// Its text, without a byte order mark and with plain line ends.
    pub(crate) text: String,
}

/// The files that a path leads to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Those that may have a known form, in the order of their names.
    pub(crate) inputs: Vec<Input>,
    /// Those of a folder that have none.
    pub(crate) ignored: Vec<PathBuf>,
}

impl Found {
    /// Reads a file, or the files of a folder whose endings belong to a known form, or that have no
    /// ending.
    ///
    /// # Errors
    ///
    /// The system's reason if something cannot be read, or `InvalidData` if it is no text.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let mut found = Self::default();
        if path.is_dir() {
            found.look_into(path)?;
        } else {
            found.inputs.push(Input::file(path)?);
        }
        Ok(found)
    }

    fn look_into(&mut self, folder: &Path) -> io::Result<()> {
        let mut paths = Vec::new();
        for item in fs::read_dir(folder)? {
            let path = item?.path();
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if !is_hidden {
                paths.push(path);
            }
        }
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.look_into(&path)?;
            } else if has_known_ending(&path) {
                self.inputs.push(Input::file(&path)?);
            } else {
                // Programs have no ending either, and they are no text.
                match Input::file(&path).ok().filter(Input::has_no_ending) {
                    Some(input) => self.inputs.push(input),
                    None => self.ignored.push(path),
                }
            }
        }
        Ok(())
    }
}

impl Input {
    fn file(path: &Path) -> io::Result<Self> {
        let about = fs::metadata(path)?;
        if !about.is_file() || about.len() > MAX_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no file of at most 64 MiB"));
        }
        let text = decoded(fs::read(path)?)?.replace("\r\n", "\n").replace('\r', "\n");
        Ok(Self { path: path.to_owned(), text })
    }

    /// The name of the file without its ending.
    pub(crate) fn stem(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The whole name of the file.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Whether its name has no ending, but perhaps the number of a version.
    pub(crate) fn has_no_ending(&self) -> bool {
        !self.ending().contains(char::is_alphabetic)
    }

    /// The ending of the file in small letters.
    pub(crate) fn ending(&self) -> String {
        self.path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
    }
}

fn has_known_ending(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.contains(&ending.to_string_lossy().to_lowercase().as_str()))
}

/// UTF-8, or UTF-16 as spreadsheets save "Unicode text".
fn decoded(bytes: Vec<u8>) -> io::Result<String> {
    let unreadable = |message| io::Error::new(io::ErrorKind::InvalidData, message);
    let wide = |bytes: &[u8], order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| unreadable("this is no valid UTF-16: save it as UTF-8"))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => {
            let text = String::from_utf8(bytes).map_err(|error| {
                let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|byte| *byte == b'\n').count();
                unreadable_at(line)
            })?;
            Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
        }
    }
}

fn unreadable_at(line: usize) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("line {line} is not UTF-8: save the file as UTF-8"))
}
