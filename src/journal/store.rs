//! The database: its file, its settings, its tables, and how a transaction runs on it.
//!
//! Everything specific to SQLite is in this file, so that the statements do not depend
//! on it.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection as _, SqlSafeStr, Sqlite, SqliteConnection, SqlitePool};

use super::error::JournalError;

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
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_NOTADB: u32 = 26;

/// The kind of database, for statements that are put together.
pub(super) type Database = Sqlite;

/// The connection on which a transaction's statements run.
pub(super) type Connection = SqliteConnection;

/// What a transaction is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Access {
    /// Reads one state of the database, whatever others write meanwhile.
    Read,
    /// Acquires the right to write at once. A transaction that first reads and then tries to
    /// write could be refused without waiting.
    Write,
}

/// The journal's database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    path: Arc<Path>,
}

impl Store {
    /// Opens a database. Creates it if it is missing.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the file or its content cannot be used.
    pub async fn create(path: &Path) -> Result<Self, JournalError> {
        create_file(path)?;
        Self::connect(path).await
    }

    /// Opens a database that must exist.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if there is none, or if the file or its content cannot be used.
    pub async fn open(path: &Path) -> Result<Self, JournalError> {
        find_file(path)?;
        Self::connect(path).await
    }

    /// Opens the database in an existing file, which may be empty, and brings its tables up to
    /// date.
    async fn connect(path: &Path) -> Result<Self, JournalError> {
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
        let pool = pool.connect_with(options).await.map_err(|error| statement_error(path, error))?;
        match migrator().run(&pool).await {
            Ok(()) => Ok(Self { pool, path: path.into() }),
            Err(error) => {
                pool.close().await;
                Err(migration_error(path, error))
            }
        }
    }

    /// Looks for damage in the whole file. Without it, a damaged page is only noticed when it is
    /// needed, perhaps after months of backups of a broken file.
    ///
    /// # Errors
    ///
    /// [`JournalError::Damaged`] with the first damage, [`JournalError::Database`] if the file
    /// cannot be read.
    pub async fn check(&self) -> Result<(), JournalError> {
        let check = self.transaction(Access::Read, async |connection| {
            sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(connection).await
        });
        let damaged = |damage: String| JournalError::Damaged { path: self.path.to_path_buf(), damage };
        match check.await {
            Ok(found) if found == "ok" => Ok(()),
            Ok(damage) => Err(damaged(damage)),
            Err(JournalError::NotAJournal { source, .. }) => Err(damaged(source.to_string())),
            Err(error) => Err(error),
        }
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

    /// Runs a transaction: all of `work` is committed, or none of it. A connection on which a
    /// transaction failed is closed, because SQLite ends the transaction if the disk is full, but
    /// sqlx (0.9) would still count it as open.
    pub(super) async fn transaction<T>(
        &self,
        access: Access,
        work: impl AsyncFnOnce(&mut Connection) -> sqlx::Result<T>,
    ) -> Result<T, JournalError> {
        let failed = |error| statement_error(&self.path, error);
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        let outcome = commit(&mut connection, access, work).await;
        if outcome.is_err() {
            connection.close_on_drop();
        }
        outcome.map_err(failed)
    }

    /// Makes sure that no file has what was deleted before: copies everything from the write-ahead
    /// log into the database, and empties the log. Until then, the log has old versions of the
    /// pages, and it can grow old while the bot runs.
    pub(super) async fn empty_log(&self) -> Result<(), JournalError> {
        let failed = |error| statement_error(&self.path, error);
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        let checkpoint = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        let (is_blocked, _, _): (bool, i64, i64) = checkpoint.map_err(failed)?;
        if is_blocked { Err(JournalError::NotErased { path: self.path.to_path_buf() }) } else { Ok(()) }
    }

    pub(super) fn other_key(&self) -> JournalError {
        JournalError::OtherKey { path: self.path.to_path_buf() }
    }

    /// Closes the connections. Later use of the database fails.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

async fn commit<T>(
    connection: &mut Connection,
    access: Access,
    work: impl AsyncFnOnce(&mut Connection) -> sqlx::Result<T>,
) -> sqlx::Result<T> {
    let begin = match access {
        Access::Read => "BEGIN DEFERRED",
        Access::Write => "BEGIN IMMEDIATE",
    };
    let mut transaction = connection.begin_with(begin).await?;
    let value = work(&mut transaction).await?;
    transaction.commit().await?;
    Ok(value)
}

/// A failed statement, with the file on which it ran.
fn statement_error(path: &Path, source: sqlx::Error) -> JournalError {
    let path = path.to_owned();
    match result_code(&source) {
        Some(SQLITE_CORRUPT | SQLITE_NOTADB) => JournalError::NotAJournal { path, source: source.into() },
        _ => JournalError::Database { path, source },
    }
}

fn migration_error(path: &Path, source: MigrateError) -> JournalError {
    match source {
        // Another program's tables are in the way.
        MigrateError::ExecuteMigration(source, _) if result_code(&source) == Some(SQLITE_ERROR) => {
            JournalError::NotAJournal { path: path.to_owned(), source: source.into() }
        }
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => statement_error(path, source),
        source => JournalError::OtherVersion { path: path.to_owned(), source },
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
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(JournalError::Missing { path: path.to_owned() }),
        Err(source) => Err(JournalError::File { path: path.to_owned(), source }),
    }
}

/// Every change of the tables, in order. A released change is never edited. They are listed here
/// because sqlx's macro, which would find them, would build SQLite a second time, for the
/// compiler.
fn migrator() -> Migrator {
    let migration = |version, description: &'static str, sql: &'static str| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        migration(1, "gaps and votes", include_str!("../../migrations/0001_gaps_and_votes.sql")),
        migration(2, "askers and votes as bytes", include_str!("../../migrations/0002_askers_and_votes_as_bytes.sql")),
    ])
}
