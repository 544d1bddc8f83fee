//! Why the journal cannot be used, and what the operator can do about it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use sqlx::migrate::MigrateError;

use super::key::KeyError;
use crate::config::DatabaseUrl;

/// Where a journal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File(PathBuf),
    /// On a server. As text, the address has no password.
    Server(DatabaseUrl),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(url) => url.fmt(f),
        }
    }
}

impl Place {
    /// The key of the configuration that names it, and what it names.
    fn setting(&self) -> &'static str {
        match self {
            Self::File(_) => "journal.path in the configuration to another file",
            Self::Server(_) => "journal.url in the configuration to another database",
        }
    }
}

/// The journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be opened or created.
    #[error(
        "cannot open or create the journal `{}`: set journal.path in the configuration to a file \
         in a writable folder, or turn the journal off (journal.enabled = false)",
        path.display()
    )]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// There is none yet.
    #[error("there is no journal `{journal}` yet: `footnote serve` creates it")]
    Missing {
        /// Where it would be.
        journal: Place,
    },
    /// The file or the database is something else, or damaged.
    #[error(
        "`{journal}` is not a journal, or is damaged: move it away, or set {}",
        journal.setting()
    )]
    NotAJournal {
        /// Where it is.
        journal: Place,
        /// The database's reason.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// It is a journal, but a part of it is broken.
    #[error(
        "the journal `{}` is damaged ({damage}): restore a backup, or save what can be read with \
         `sqlite3 {} .recover | sqlite3 new.db`; then put the result in its place",
        path.display(),
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first damage that was found.
        damage: String,
    },
    /// Another version made it.
    #[error(
        "the journal `{journal}` was made by another version of Footnote: run that version, or a \
         newer one"
    )]
    OtherVersion {
        /// Where it is.
        journal: Place,
        /// What is different.
        #[source]
        source: MigrateError,
    },
    /// The server does not let us in, or not into this database.
    #[error(
        "PostgreSQL refuses the journal `{url}`: check journal.url (name, password, database, \
         sslmode), and that this user may create tables in the database"
    )]
    Refused {
        /// The address.
        url: DatabaseUrl,
        /// The server's reason.
        #[source]
        source: sqlx::Error,
    },
    /// The server cannot be reached, or does not answer in time.
    #[error("the journal `{url}` cannot be reached: check that PostgreSQL runs, and journal.url")]
    Unreachable {
        /// The address.
        url: DatabaseUrl,
        /// The system's reason.
        #[source]
        source: sqlx::Error,
    },
    /// There is no usable key for members' ids.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The votes in the journal were hashed with another key.
    #[error(
        "the votes in the journal `{journal}` were hashed with another key: restore that key, or \
         delete them with `footnote journal purge --older-than 0`"
    )]
    OtherKey {
        /// Where it is.
        journal: Place,
    },
    /// What was deleted is still in the write-ahead log, because another program reads the journal.
    #[error(
        "it is deleted, but the file `{}-wal` still has a copy, because another program is reading \
         the journal: end that program and run the command again",
        path.display()
    )]
    NotErased {
        /// The database.
        path: PathBuf,
    },
    /// It could not be opened yet; the bot tries again.
    #[error("the journal `{journal}` could not be opened yet")]
    NotOpen {
        /// Where it is.
        journal: Place,
    },
    /// The journal to copy to has something in it.
    #[error(
        "the journal `{journal}` is not empty: copy to a new database, or empty this one with \
         `footnote journal purge --older-than 0`"
    )]
    NotEmpty {
        /// Where it is.
        journal: Place,
    },
    /// A statement failed, for example because the disk is full.
    #[error("the journal `{journal}` cannot be read or written")]
    Database {
        /// Where it is.
        journal: Place,
        /// The database's reason.
        #[source]
        source: sqlx::Error,
    },
}

impl JournalError {
    /// Whether the operator has to change something before it makes sense to try again.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        !matches!(
            self,
            Self::Database { .. } | Self::NotErased { .. } | Self::NotOpen { .. } | Self::Unreachable { .. }
        )
    }
}
