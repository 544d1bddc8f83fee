//! The database, whichever it is, and how a transaction runs on it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::time::timeout;

use super::error::{JournalError, Place};
use super::key::MemberKey;
use super::postgres::{BEGIN_READING, BEGIN_WRITING, PostgresDatabase};
use super::sqlite::SqliteDatabase;
use super::statement::Connection;
use crate::config::{DatabaseUrl, JournalConfig};

/// What a transaction is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Access {
    /// Reads one state of the database, whatever others write meanwhile.
    Read,
    /// Acquires the right to write at once. A transaction that first reads and then tries to
    /// write could be refused without waiting.
    Write,
}

/// How long somebody on Discord waits for a server. Two of these, because a vote may have to wait
/// for the one before it, are within the three seconds that Discord gives.
const PATIENCE: Duration = Duration::from_millis(1_400);
/// How long work takes at most for which nobody waits.
const LONG_PATIENCE: Duration = Duration::from_secs(30);
/// How many changes go into one transaction, if each is a few exchanges with a server: a vote
/// should not have to wait long behind gaps.
const CHANGES_A_TRANSACTION: usize = 64;

/// The journal's database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    database: Database,
    /// Whether its tables are as this version needs them, and its key is the right one.
    is_open: Arc<AtomicBool>,
}

#[derive(Debug, Clone)]
enum Database {
    Sqlite(SqliteDatabase),
    Postgres(PostgresDatabase),
}

impl Store {
    /// The database that the configuration names, not opened yet. A file is created if it is
    /// missing.
    pub(super) fn of(config: &JournalConfig) -> Result<Self, JournalError> {
        let database = match &config.url {
            Some(url) => Database::Postgres(PostgresDatabase::at(url)?),
            None => Database::Sqlite(SqliteDatabase::create(&config.path)?),
        };
        Ok(Self::closed(database))
    }

    fn closed(database: Database) -> Self {
        Self { database, is_open: Arc::default() }
    }

    /// Opens the database that the configuration names, which must exist, for the operator. The
    /// key is not looked at.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if there is none, or if it cannot be used.
    pub async fn open(config: &JournalConfig) -> Result<Self, JournalError> {
        match &config.url {
            Some(url) => {
                let database = PostgresDatabase::at(url)?;
                database.find().await?;
                Self::migrated(Database::Postgres(database)).await
            }
            None => Self::in_file(&config.path).await,
        }
    }

    /// Opens the database in a file, which must exist, for the operator.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if there is none, or if it cannot be used.
    pub async fn in_file(path: &Path) -> Result<Self, JournalError> {
        Self::migrated(Database::Sqlite(SqliteDatabase::find(path)?)).await
    }

    /// Opens the database on a server, and makes its tables if there are none.
    pub(super) async fn on_server(url: &DatabaseUrl) -> Result<Self, JournalError> {
        Self::migrated(Database::Postgres(PostgresDatabase::at(url)?)).await
    }

    async fn migrated(database: Database) -> Result<Self, JournalError> {
        let store = Self::closed(database);
        match store.migrate().await {
            Ok(()) => store.is_open.store(true, Ordering::Relaxed),
            Err(error) => {
                store.close().await;
                return Err(error);
            }
        }
        Ok(store)
    }

    /// Brings the tables up to date.
    pub(super) async fn migrate(&self) -> Result<(), JournalError> {
        match &self.database {
            Database::Sqlite(database) => database.migrate().await,
            Database::Postgres(database) => database.migrate().await,
        }
    }

    /// The same, unless a server takes longer than this.
    pub(super) async fn migrate_within(&self, limit: Duration) -> Result<(), JournalError> {
        self.within(limit, self.migrate().boxed()).await
    }

    /// Opens a database whose tables are up to date for use with this key.
    pub(super) async fn admit(&self, key: &MemberKey) -> Result<(), JournalError> {
        if let Database::Sqlite(database) = &self.database {
            database.check().await?;
        }
        self.claim_for(key).await?;
        self.is_open.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Whether it can be used.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Relaxed)
    }

    /// Where it is.
    pub(super) fn place(&self) -> Place {
        match &self.database {
            Database::Sqlite(database) => database.place(),
            Database::Postgres(database) => database.place(),
        }
    }

    /// The files of the journal that others than their owner can use, with their modes. `key` may
    /// be somewhere else, or nowhere.
    pub(super) fn exposed_files(&self, key: &Path) -> Vec<(PathBuf, u32)> {
        match &self.database {
            Database::Sqlite(database) => database.exposed_files(key),
            Database::Postgres(_) => Vec::new(),
        }
    }

    /// How many changes fit into one transaction without keeping others waiting.
    pub(super) fn changes_a_transaction(&self) -> usize {
        match self.database {
            Database::Sqlite(_) => usize::MAX,
            Database::Postgres(_) => CHANGES_A_TRANSACTION,
        }
    }

    /// Runs a transaction: all of `work` is committed, or none of it.
    pub(super) async fn transaction<T>(
        &self,
        access: Access,
        work: impl AsyncFnOnce(&mut Connection) -> sqlx::Result<T>,
    ) -> Result<T, JournalError> {
        if !self.is_open() {
            return Err(JournalError::NotOpen { journal: self.place() });
        }
        self.early_transaction(access, work).await
    }

    /// The same before the database is open.
    pub(super) async fn early_transaction<T>(
        &self,
        access: Access,
        work: impl AsyncFnOnce(&mut Connection) -> sqlx::Result<T>,
    ) -> Result<T, JournalError> {
        let begin = match (&self.database, access) {
            (Database::Sqlite(_), Access::Read) => "BEGIN DEFERRED",
            (Database::Sqlite(_), Access::Write) => "BEGIN IMMEDIATE",
            (Database::Postgres(_), Access::Read) => BEGIN_READING,
            (Database::Postgres(_), Access::Write) => BEGIN_WRITING,
        };
        let run = async {
            let mut connection = match &self.database {
                Database::Sqlite(database) => database.acquire().await?,
                Database::Postgres(database) => database.acquire().await?,
            };
            connection.begin(begin).await?;
            let value = work(&mut connection).await?;
            connection.commit().await?;
            Ok(value)
        };
        run.await.map_err(|error| self.error(error))
    }

    /// Gives up if a server takes longer than a member can wait. A file has its own limits.
    pub(super) async fn promptly<T>(&self, work: BoxFuture<'_, Result<T, JournalError>>) -> Result<T, JournalError> {
        self.within(PATIENCE, work).await
    }

    /// Gives up if a server takes so long that it probably does not answer at all.
    pub(super) async fn patiently<T>(&self, work: BoxFuture<'_, Result<T, JournalError>>) -> Result<T, JournalError> {
        self.within(LONG_PATIENCE, work).await
    }

    async fn within<T>(
        &self,
        limit: Duration,
        work: BoxFuture<'_, Result<T, JournalError>>,
    ) -> Result<T, JournalError> {
        match &self.database {
            Database::Sqlite(_) => work.await,
            Database::Postgres(_) => {
                let late = || self.error(sqlx::Error::Io(io::ErrorKind::TimedOut.into()));
                timeout(limit, work).await.unwrap_or_else(|_| Err(late()))
            }
        }
    }

    /// Clears away what is left of deleted rows: from the write-ahead log of a file, or from the
    /// tables of a server.
    pub(super) async fn clear_away(&self) -> Result<(), JournalError> {
        match &self.database {
            Database::Sqlite(database) => database.empty_log().await,
            Database::Postgres(database) => {
                database.clear_away().await;
                Ok(())
            }
        }
    }

    fn error(&self, source: sqlx::Error) -> JournalError {
        match &self.database {
            Database::Sqlite(database) => database.error(source),
            Database::Postgres(database) => database.error(source),
        }
    }

    pub(super) fn other_key(&self) -> JournalError {
        JournalError::OtherKey { journal: self.place() }
    }

    /// Closes the connections. Later use of the database fails.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite(database) => database.close().await,
            Database::Postgres(database) => database.close().await,
        }
    }
}
