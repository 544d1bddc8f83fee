//! The journal in a file: everything that is specific to SQLite.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlitePool};

use super::error::{JournalError, Place};
use super::migration::migration;
use super::statement::{Connection, statement};

/// How long a statement waits while another process writes, such as `journal purge` beside a
/// running bot. Discord waits three seconds for the answer to a vote.
const BUSY_TIMEOUT: Duration = Duration::from_secs(1);
/// One connection writes while others read, each for a moment.
const MAX_CONNECTIONS: u32 = 4;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// Only the owner may read and write it: the file contains what members typed.
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// SQLite's result codes ([list](https://www.sqlite.org/rescode.html)). The lowest byte is the
/// kind.
const SQLITE_ERROR: u32 = 1;
const SQLITE_READONLY: u32 = 8;
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_NOTADB: u32 = 26;

/// A database in a file.
#[derive(Debug, Clone)]
pub(super) struct SqliteDatabase {
    pool: SqlitePool,
    path: Arc<Path>,
}

impl SqliteDatabase {
    /// The database in this file, which is created if it is missing, but not opened yet.
    pub(super) fn create(path: &Path) -> Result<Self, JournalError> {
        create_file(path)?;
        Ok(Self::at(path))
    }

    /// The database in this file, which must exist, but is not opened yet.
    pub(super) fn find(path: &Path) -> Result<Self, JournalError> {
        find_file(path)?;
        Ok(Self::at(path))
    }

    fn at(path: &Path) -> Self {
        // Each commit is written through to the disk (FULL), so that it survives a loss of power.
        // Deleted rows are overwritten, and large sorts leave nothing in temporary files.
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT);
        Self { pool: pool.connect_lazy_with(options), path: path.into() }
    }

    pub(super) fn place(&self) -> Place {
        Place::File(self.path.to_path_buf())
    }

    pub(super) async fn acquire(&self) -> sqlx::Result<Connection> {
        Ok(self.pool.acquire().await?.into())
    }

    /// Brings the tables up to date.
    pub(super) async fn migrate(&self) -> Result<(), JournalError> {
        migrator().run(&self.pool).await.map_err(|error| self.migration_error(error))
    }

    /// Looks for damage in the whole file. Without it, a damaged page is only noticed when it is
    /// needed, perhaps after months of backups of a broken file.
    pub(super) async fn check(&self) -> Result<(), JournalError> {
        let damaged = |damage: String| JournalError::Damaged { path: self.path.to_path_buf(), damage };
        let check = async {
            let mut connection = self.acquire().await?;
            statement("PRAGMA quick_check(1)").fetch_one::<(String,)>(&mut connection).await
        };
        match check.await.map_err(|error| self.error(error)) {
            Ok((found,)) if found == "ok" => Ok(()),
            Ok((damage,)) => Err(damaged(damage)),
            Err(JournalError::NotAJournal { source, .. }) => Err(damaged(source.to_string())),
            Err(error) => Err(error),
        }
    }

    /// Makes sure that no file has what was deleted before: copies everything from the write-ahead
    /// log into the database, and empties the log. Until then, the log has old versions of the
    /// pages, and it can grow old while the bot runs.
    pub(super) async fn empty_log(&self) -> Result<(), JournalError> {
        let checkpoint = async {
            let mut connection = self.acquire().await?;
            statement("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one::<(bool, i64, i64)>(&mut connection).await
        };
        let (is_blocked, _, _) = checkpoint.await.map_err(|error| self.error(error))?;
        if is_blocked { Err(JournalError::NotErased { path: self.path.to_path_buf() }) } else { Ok(()) }
    }

    /// The files of the journal that others than their owner can use, with their modes. `key` may
    /// be somewhere else, or nowhere.
    pub(super) fn exposed_files(&self, key: &Path) -> Vec<(PathBuf, u32)> {
        let beside = |end: &str| {
            let mut path = self.path.as_os_str().to_owned();
            path.push(end);
            PathBuf::from(path)
        };
        let files = [self.path.to_path_buf(), beside("-wal"), beside("-shm"), key.to_owned()];
        let mode = |path: PathBuf| {
            let mode = path.metadata().ok()?.permissions().mode() & 0o777;
            (mode & !FILE_MODE != 0).then_some((path, mode))
        };
        files.into_iter().filter_map(mode).collect()
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }

    /// A failed statement, with the file on which it ran.
    pub(super) fn error(&self, source: sqlx::Error) -> JournalError {
        match result_code(&source) {
            Some(SQLITE_CORRUPT | SQLITE_NOTADB) => {
                JournalError::NotAJournal { journal: self.place(), source: source.into() }
            }
            Some(SQLITE_READONLY) => {
                JournalError::File { path: self.path.to_path_buf(), source: io::Error::other(source) }
            }
            _ => JournalError::Database { journal: self.place(), source },
        }
    }

    fn migration_error(&self, source: MigrateError) -> JournalError {
        match source {
            // Another program's tables are in the way.
            MigrateError::ExecuteMigration(source, _) if result_code(&source) == Some(SQLITE_ERROR) => {
                JournalError::NotAJournal { journal: self.place(), source: source.into() }
            }
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => self.error(source),
            source => JournalError::OtherVersion { journal: self.place(), source },
        }
    }
}

fn result_code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xFF)
}

/// Creates the file and its folder if they are missing. If more than one folder is missing, that
/// is more likely a mistake in the path.
fn create_file(path: &Path) -> Result<(), JournalError> {
    let failed = |source| JournalError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        DirBuilder::new().mode(FOLDER_MODE).create(folder).map_err(failed)?;
    }
    OpenOptions::new().read(true).append(true).create(true).mode(FILE_MODE).open(path).map(drop).map_err(failed)
}

/// Makes sure that the file exists and is writable.
fn find_file(path: &Path) -> Result<(), JournalError> {
    match OpenOptions::new().read(true).append(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(JournalError::Missing { journal: Place::File(path.to_owned()) })
        }
        Err(source) => Err(JournalError::File { path: path.to_owned(), source }),
    }
}

/// Every change of the tables, in order. A released change is never edited.
fn migrator() -> Migrator {
    Migrator::with_migrations(vec![
        migration(1, "gaps and votes", include_str!("../../migrations/sqlite/0001_gaps_and_votes.sql")),
        migration(
            2,
            "askers and votes as bytes",
            include_str!("../../migrations/sqlite/0002_askers_and_votes_as_bytes.sql"),
        ),
        migration(3, "retention by day", include_str!("../../migrations/sqlite/0003_retention_by_day.sql")),
        migration(4, "picks and counts", include_str!("../../migrations/sqlite/0004_picks_and_counts.sql")),
        migration(5, "drafts", include_str!("../../migrations/sqlite/0005_drafts.sql")),
        migration(6, "servers", include_str!("../../migrations/sqlite/0006_servers.sql")),
        migration(7, "links", include_str!("../../migrations/sqlite/0007_links.sql")),
        migration(8, "digest", include_str!("../../migrations/sqlite/0008_digest.sql")),
    ])
}
