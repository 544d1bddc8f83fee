//! The journal on a server: everything that is specific to PostgreSQL.
//!
//! Any number of replicas write into it at once, but one transaction at a time, as in SQLite: each
//! first takes a lock of the whole journal. So a limit that is read and then used cannot be passed
//! by two at once, and no two transactions wait for each other in a circle. A transaction writes
//! everything that has come in since the last one, so the lock costs no throughput that matters.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool};

use super::error::{JournalError, Place};
use super::migration::migration;
use super::statement::{Connection, statement};
use crate::config::DatabaseUrl;

/// One connection writes while others read, each for a moment. A server has 100 by default.
const MAX_CONNECTIONS: u32 = 4;
/// How long to wait for a connection. Discord waits three seconds for the answer to a vote.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(1);

/// Begins a transaction that reads one state of the database, whatever others write meanwhile.
pub(super) const BEGIN_READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
/// Begins a transaction that may write, when nobody else does. The number is that of the lock, and
/// says "footnote" in ASCII. A replica whose host dies holds the lock for ten seconds at most.
pub(super) const BEGIN_WRITING: &str = "BEGIN; SET LOCAL lock_timeout = '1s'; \
     SET LOCAL idle_in_transaction_session_timeout = '10s'; \
     SELECT pg_advisory_xact_lock(7381240860143219813)";

/// What a deletion leaves of rows is cleared away in these tables.
const VACUUM: &str = "VACUUM (SKIP_LOCKED) gaps, votes, drafts, picks, counts, gap_askers, \
     gap_quota, gap_links";

/// PostgreSQL's [error codes] for what only the operator can change: the name, the password, the
/// rights, the database.
///
/// [error codes]: https://www.postgresql.org/docs/current/errcodes-appendix.html
const REFUSALS: [&str; 6] = ["28000", "28P01", "3D000", "42501", "3F000", "0LP01"];
/// A table is there already, or has other columns.
const OTHER_TABLES: [&str; 3] = ["42P07", "42703", "42P01"];

/// A database on a server.
#[derive(Debug, Clone)]
pub(super) struct PostgresDatabase {
    pool: PgPool,
    url: DatabaseUrl,
}

impl PostgresDatabase {
    /// The database at this address, without a connection yet.
    pub(super) fn at(url: &DatabaseUrl) -> Result<Self, JournalError> {
        let refused = |source| JournalError::Refused { url: url.clone(), source };
        let options: PgConnectOptions = url.reveal().parse().map_err(refused)?;
        let pool = PgPoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT);
        Ok(Self { pool: pool.connect_lazy_with(options.disable_statement_logging()), url: url.clone() })
    }

    pub(super) fn place(&self) -> Place {
        Place::Server(self.url.clone())
    }

    pub(super) async fn acquire(&self) -> sqlx::Result<Connection> {
        Ok(self.pool.acquire().await?.into())
    }

    /// Makes sure that somebody has made the tables.
    pub(super) async fn find(&self) -> Result<(), JournalError> {
        let find = async {
            let mut connection = self.acquire().await?;
            statement("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one::<(bool,)>(&mut connection).await
        };
        match find.await {
            Ok((true,)) => Ok(()),
            Ok((false,)) => Err(JournalError::Missing { journal: self.place() }),
            Err(error) => Err(self.error(error)),
        }
    }

    /// Brings the tables up to date. Of several that begin at once, one does it and the others
    /// wait: sqlx takes an advisory lock.
    pub(super) async fn migrate(&self) -> Result<(), JournalError> {
        // The lock ends with the connection, also after a failure, so it gets one of its own.
        let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE_TIMEOUT);
        let pool = pool.connect_lazy_with((*self.pool.connect_options()).clone());
        let migrated = migrator().run(&pool).await;
        pool.close().await;
        migrated.map_err(|error| self.migration_error(error))
    }

    /// Clears away what deletions leave of rows, as far as others who use the tables allow it.
    /// Nobody waits for it but [`Self::close`].
    pub(super) async fn clear_away(&self) {
        let Ok(mut connection) = self.acquire().await else { return };
        tokio::spawn(async move {
            if let Err(error) = connection.run(VACUUM).await {
                tracing::debug!(%error, "PostgreSQL did not clear away deleted rows");
            }
        });
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }

    /// A failed statement, with the database on which it ran.
    pub(super) fn error(&self, source: sqlx::Error) -> JournalError {
        let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
        if code.is_some_and(|code| REFUSALS.contains(&&*code)) {
            return JournalError::Refused { url: self.url.clone(), source };
        }
        match source {
            source @ (sqlx::Error::Configuration(_) | sqlx::Error::Tls(_)) => {
                JournalError::Refused { url: self.url.clone(), source }
            }
            source @ (sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) => {
                JournalError::Unreachable { url: self.url.clone(), source }
            }
            source => JournalError::Database { journal: self.place(), source },
        }
    }

    fn migration_error(&self, source: MigrateError) -> JournalError {
        let is_other = |source: &sqlx::Error| {
            let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
            code.is_some_and(|code| OTHER_TABLES.contains(&&*code))
        };
        match source {
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) if is_other(&source) => {
                JournalError::NotAJournal { journal: self.place(), source: source.into() }
            }
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => self.error(source),
            source => JournalError::OtherVersion { journal: self.place(), source },
        }
    }
}

/// Every change of the tables, in order. A released change is never edited.
fn migrator() -> Migrator {
    Migrator::with_migrations(vec![
        migration(1, "journal", include_str!("../../migrations/postgres/0001_journal.sql")),
        migration(2, "picks and counts", include_str!("../../migrations/postgres/0002_picks_and_counts.sql")),
        migration(3, "drafts", include_str!("../../migrations/postgres/0003_drafts.sql")),
        migration(4, "servers", include_str!("../../migrations/postgres/0004_servers.sql")),
        migration(5, "links", include_str!("../../migrations/postgres/0005_links.sql")),
        migration(6, "digest", include_str!("../../migrations/postgres/0006_digest.sql")),
    ])
}
