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
pub struct Input {
    /// Its path, as it was given.
    pub path: PathBuf,
    /// Its text, without a byte order mark and with plain line ends.
    pub text: String,
}

impl Input {
    /// Reads a file, or all files of a folder whose endings belong to a known form, in the order of
    /// their names.
    ///
    /// # Errors
    ///
    /// The system's reason if something cannot be read, or `InvalidData` if it is no text.
    pub fn read(path: &Path) -> io::Result<Vec<Self>> {
        if !path.is_dir() {
            return Ok(vec![Self::file(path)?]);
        }
        let mut paths = Vec::new();
        for item in fs::read_dir(path)? {
            let path = item?.path();
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if !is_hidden && (path.is_dir() || has_known_ending(&path)) {
                paths.push(path);
            }
        }
        paths.sort();
        let mut read = Vec::new();
        for path in paths {
            read.extend(Self::read(&path)?);
        }
        Ok(read)
    }

    fn file(path: &Path) -> io::Result<Self> {
        let about = fs::metadata(path)?;
        if !about.is_file() || about.len() > MAX_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no file of at most 64 MiB"));
        }
        let text = decoded(fs::read(path)?)?.replace("\r\n", "\n").replace('\r', "\n");
        Ok(Self { path: path.to_owned(), text })
    }

    /// The name of the file without its ending.
    #[must_use]
    pub fn stem(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The ending of the file in small letters.
    #[must_use]
    pub fn ending(&self) -> String {
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
