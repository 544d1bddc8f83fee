//! Reads a file as text, or says why it cannot be text.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Location, SourceFile};

/// The largest file that is read, in bytes: some 50 times the size of the shipped base. A larger
/// one is a mistake, and would stop the bot for minutes.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a file that must be UTF-8.
///
/// # Errors
///
/// A diagnostic that names the path and the system's reason, or the place of the first byte that
/// is not UTF-8.
pub fn read_source_file(path: &Path) -> Result<Arc<SourceFile>, Diagnostic> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    // To read a pipe or a device could take for ever.
    if !metadata.is_file() {
        let help = "put a file in its place, or remove it";
        return Err(Diagnostic::error_in(path, "this is not a regular file").help(help));
    }
    if metadata.len() > MAX_FILE_BYTES {
        let message = format!("this file has {} MB; at most 64 are read", metadata.len() / 1_000_000);
        return Err(Diagnostic::error_in(path, message).help("divide it into several topics"));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map_or(bytes.as_slice(), |rest| rest).to_vec();
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(SourceFile { path: path.to_owned(), text })),
        Err(error) => Err(not_utf8(path, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error_in(path, format!("cannot read this file: {error}"))
        .help("check that it exists and that this user can read it")
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Diagnostic {
    let valid = error.utf8_error().valid_up_to();
    let byte = error.as_bytes().get(valid).copied().unwrap_or_default();
    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let file = Arc::new(SourceFile { path: path.to_owned(), text });
    let replacement = char::REPLACEMENT_CHARACTER.len_utf8();
    Diagnostic::error(Location { file, span: valid..valid + replacement }, format!("byte 0x{byte:02X} is not UTF-8"))
        .help("save the file as UTF-8")
}
