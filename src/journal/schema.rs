//! Opening a database: the file, its settings, its tables.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlSafeStr, SqlitePool};

use super::key::KeyError;

/// Every change of the tables, in order; one that was released is never edited. Listed here and not
/// found by sqlx's macro, because that would build SQLite a second time, for the compiler.
const MIGRATIONS: [(i64, &str, &str); 1] =
    [(1, "gaps and votes", include_str!("../../migrations/0001_gaps_and_votes.sql"))];

/// How long a statement waits while another process writes, such as `journal purge` beside a
/// running bot. Discord waits three seconds for the answer to a vote.
const BUSY_TIMEOUT: Duration = Duration::from_secs(1);
/// One connection writes while others read, each for a moment.
const MAX_CONNECTIONS: u32 = 4;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// Only the owner: the file holds what members typed.
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// SQLite's result codes ([list](https://www.sqlite.org/rescode.html)), of which the lowest byte is
/// the kind.
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_NOTADB: u32 = 26;

/// The journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be opened or created.
    #[error(
        "cannot open or create the journal `{}`: name a file in a writable folder as journal.path in the configuration, or do without (journal.enabled = false)",
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
    #[error("there is no journal `{}` yet: `footnote serve` creates it, where journal.path says", path.display())]
    Missing {
        /// Where it would be.
        path: PathBuf,
    },
    /// The file is something else, or damaged.
    #[error(
        "`{}` is not a journal, or is damaged: move it away, or name another file as journal.path in the configuration",
        path.display()
    )]
    NotAJournal {
        /// The file.
        path: PathBuf,
        /// The database's reason.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Another version made it.
    #[error("the journal `{}` was made by another version of Footnote: start that version, or a newer one", path.display())]
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
        "the journal `{}` has votes under another key: restore that key, or delete them with `footnote journal purge --older-than 0`",
        path.display()
    )]
    OtherKey {
        /// The file.
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
        !matches!(self, Self::Database { .. })
    }

    /// A failed statement, with the file that it was for.
    pub(super) fn database(path: &Path, source: sqlx::Error) -> Self {
        let path = path.to_owned();
        match result_code(&source) {
            Some(SQLITE_CORRUPT | SQLITE_NOTADB) => Self::NotAJournal { path, source: source.into() },
            _ => Self::Database { path, source },
        }
    }

    fn migration(path: &Path, source: MigrateError) -> Self {
        match source {
            // Another program's tables are in the way.
            MigrateError::ExecuteMigration(source, _) if result_code(&source) == Some(1) => {
                Self::NotAJournal { path: path.to_owned(), source: source.into() }
            }
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => Self::database(path, source),
            source => Self::OtherVersion { path: path.to_owned(), source },
        }
    }
}

fn result_code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xFF)
}

/// Creates the file, and the folder that it is to be in, where they are missing. More than one
/// missing folder is more likely a slip in the path than a wish.
pub(super) fn create_file(path: &Path) -> Result<(), JournalError> {
    let failed = |source| JournalError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        DirBuilder::new().mode(FOLDER_MODE).create(folder).map_err(failed)?;
    }
    OpenOptions::new().read(true).append(true).create(true).mode(FILE_MODE).open(path).map(drop).map_err(failed)
}

/// Makes sure that there is a file that may be written.
pub(super) fn find_file(path: &Path) -> Result<(), JournalError> {
    match OpenOptions::new().read(true).append(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(JournalError::Missing { path: path.to_owned() }),
        Err(source) => Err(JournalError::File { path: path.to_owned(), source }),
    }
}

/// Opens the database in an existing file, an empty one too, and brings its tables up to date.
pub(super) async fn connect(path: &Path) -> Result<SqlitePool, JournalError> {
    // Each commit is written through to the disk (FULL), so that it survives a loss of power;
    // deleted rows are overwritten.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("secure_delete", "ON")
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT);
    let pool = pool.connect_with(options).await.map_err(|error| JournalError::database(path, error))?;
    match migrator().run(&pool).await {
        Ok(()) => Ok(pool),
        Err(error) => {
            pool.close().await;
            Err(JournalError::migration(path, error))
        }
    }
}

fn migrator() -> Migrator {
    let migration = |(version, description, sql): (i64, &'static str, &'static str)| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(MIGRATIONS.map(migration).into())
}
