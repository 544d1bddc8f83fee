//! Why the journal cannot be used, and what the operator can do about it.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use sqlx::migrate::MigrateError;

use super::key::KeyError;

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
    #[error(
        "there is no journal `{}` yet: `footnote serve` creates it",
        path.display()
    )]
    Missing {
        /// Where it would be.
        path: PathBuf,
    },
    /// The file is something else, or damaged.
    #[error(
        "`{}` is not a journal, or is damaged: move it away, or set journal.path in the \
         configuration to another file",
        path.display()
    )]
    NotAJournal {
        /// The file.
        path: PathBuf,
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
        "the journal `{}` was made by another version of Footnote: run that version, or a newer \
         one",
        path.display()
    )]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// What is different.
        #[source]
        source: MigrateError,
    },
    /// There is no usable key for members' ids.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The votes in the journal were hashed with another key.
    #[error(
        "the votes in the journal `{}` were hashed with another key: restore that key, or delete \
         them with `footnote journal purge --older-than 0`",
        path.display()
    )]
    OtherKey {
        /// The file.
        path: PathBuf,
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
    /// A statement failed, for example because the disk is full.
    #[error("the journal `{}` cannot be read or written", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// The database's reason.
        #[source]
        source: sqlx::Error,
    },
}

impl JournalError {
    /// Whether the operator has to change something before it makes sense to try again.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        !matches!(self, Self::Database { .. } | Self::NotErased { .. })
    }
}
