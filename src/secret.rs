//! Secrets: an environment variable contains one, or names a file that does.
//!
//! Container engines pass secrets as files, shells as variables. Both are read here in the same
//! way, for every secret of Footnote. No secret is kept in a configuration file that might be
//! committed.

use std::env::VarError;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A secret, and where it came from.
pub struct Secret {
    /// The text, without surrounding white space.
    pub text: String,
    /// The variable or file, for error messages.
    pub origin: String,
}

/// A secret was given in an unusable way. Never shows the secret itself.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Both variables are set.
    #[error("{variable} and {file_variable} are both set: unset one of them")]
    Ambiguous {
        /// The variable for the secret.
        variable: &'static str,
        /// The variable for a file's path.
        file_variable: &'static str,
    },
    /// A variable is not UTF-8.
    #[error("{variable} is not UTF-8")]
    NotUnicode {
        /// The variable.
        variable: &'static str,
    },
    /// The file cannot be read.
    #[error("cannot read the file `{}` that {file_variable} names", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The variable for its path.
        file_variable: &'static str,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

/// Finds a secret in the environment, which `read` reads: in `variable`, or in the file that
/// `file_variable` names. `None` if both are unset or blank.
///
/// # Errors
///
/// [`SecretError`] if it is given twice or cannot be read.
pub fn find(
    read: impl Fn(&str) -> Result<String, VarError>,
    variable: &'static str,
    file_variable: &'static str,
) -> Result<Option<Secret>, SecretError> {
    let given = |variable: &'static str| match read(variable) {
        Ok(value) if !value.trim().is_empty() => Ok(Some(value)),
        Ok(_) | Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(SecretError::NotUnicode { variable }),
    };
    match (given(variable)?, given(file_variable)?) {
        (Some(_), Some(_)) => Err(SecretError::Ambiguous { variable, file_variable }),
        (Some(text), None) => Ok(Some(Secret { text: text.trim().to_owned(), origin: variable.to_owned() })),
        (None, Some(path)) => match in_file(Path::new(&path)) {
            Ok(secret) => Ok(Some(secret)),
            Err(source) => Err(SecretError::Unreadable { path: path.into(), file_variable, source }),
        },
        (None, None) => Ok(None),
    }
}

/// Reads a secret from a file.
///
/// # Errors
///
/// The system's error if the file cannot be read or is not UTF-8.
pub fn in_file(path: &Path) -> io::Result<Secret> {
    let text = fs::read_to_string(path)?.trim().to_owned();
    Ok(Secret { text, origin: format!("the file `{}`", path.display()) })
}
