//! One statement for both databases, and the connection on which it runs.
//!
//! The SQL is what SQLite and PostgreSQL share. sqlx types its queries by the database; its own
//! way around that, `Any`, knows neither SQLite's BOOLEAN nor its settings. So a statement holds
//! its text and its values, and makes a query of whichever connection it gets.

use futures_util::{Stream, TryStreamExt};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Postgres, SqlSafeStr, SqlStr, Sqlite};

/// A server's id as text: many readers treat JSON's numbers as floats, which are not exact for
/// numbers as long as Discord's ids. `None` for 0, which stands for none.
pub(super) fn server(id: i64) -> Option<String> {
    (id != 0).then(|| id.cast_unsigned().to_string())
}

/// A value of a parameter.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Integer(i64),
    OptionalInteger(Option<i64>),
    Text(String),
    Bytes(Vec<u8>),
    Flag(bool),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::OptionalInteger(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

/// What can be read from a row of either database.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static {}

/// A connection with a transaction. If it is dropped before the transaction has ended, it is
/// closed, which undoes the transaction. So it is after a failure: SQLite ends a transaction if
/// the disk is full, and only the connection's end makes sure of what state it is in.
pub(super) struct Connection {
    kind: Kind,
    is_in_transaction: bool,
}

enum Kind {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl From<PoolConnection<Sqlite>> for Connection {
    fn from(connection: PoolConnection<Sqlite>) -> Self {
        Self { kind: Kind::Sqlite(connection), is_in_transaction: false }
    }
}

impl From<PoolConnection<Postgres>> for Connection {
    fn from(connection: PoolConnection<Postgres>) -> Self {
        Self { kind: Kind::Postgres(connection), is_in_transaction: false }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.is_in_transaction {
            match &mut self.kind {
                Kind::Sqlite(connection) => connection.close_on_drop(),
                Kind::Postgres(connection) => connection.close_on_drop(),
            }
        }
    }
}

impl Connection {
    /// Begins a transaction with these statements.
    pub(super) async fn begin(&mut self, begin: &'static str) -> sqlx::Result<()> {
        self.is_in_transaction = true;
        self.run(begin).await
    }

    pub(super) async fn commit(&mut self) -> sqlx::Result<()> {
        self.run("COMMIT").await?;
        self.is_in_transaction = false;
        Ok(())
    }

    /// Runs statements without parameters and rows, all in one exchange with the database.
    pub(super) async fn run(&mut self, statements: &'static str) -> sqlx::Result<()> {
        let statements = sqlx::raw_sql(statements);
        match &mut self.kind {
            Kind::Sqlite(connection) => statements.execute(&mut **connection).await.map(drop),
            Kind::Postgres(connection) => statements.execute(&mut **connection).await.map(drop),
        }
    }
}

/// A statement with the values of its parameters.
#[derive(Debug)]
pub(super) struct Statement {
    sql: SqlStr,
    values: Vec<Value>,
}

/// A statement in the SQL of both databases, with parameters `$1`, `$2`, ….
pub(super) fn statement(sql: impl SqlSafeStr) -> Statement {
    Statement { sql: sql.into_sql_str(), values: Vec::new() }
}

/// A query, which the two databases have different types for, with its values.
macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.into_iter().fold($query, |query, value| match value {
            Value::Integer(value) => query.bind(value),
            Value::OptionalInteger(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
            Value::Flag(value) => query.bind(value),
        })
    };
}

impl Statement {
    /// Gives the next parameter its value.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Runs it and returns how many rows it changed.
    pub(super) async fn execute(self, connection: &mut Connection) -> sqlx::Result<u64> {
        let Self { sql, values } = self;
        match &mut connection.kind {
            Kind::Sqlite(connection) => {
                let query = bound!(sqlx::query::<Sqlite>(sql), values);
                Ok(query.execute(&mut **connection).await?.rows_affected())
            }
            Kind::Postgres(connection) => {
                let query = bound!(sqlx::query::<Postgres>(sql), values);
                Ok(query.execute(&mut **connection).await?.rows_affected())
            }
        }
    }

    /// Its rows, one by one.
    pub(super) fn fetch<R: Row>(
        self,
        connection: &mut Connection,
    ) -> impl Stream<Item = sqlx::Result<R>> + Send + Unpin + '_ {
        let Self { sql, values } = self;
        match &mut connection.kind {
            Kind::Sqlite(connection) => bound!(sqlx::query_as::<Sqlite, R>(sql), values).fetch(&mut **connection),
            Kind::Postgres(connection) => bound!(sqlx::query_as::<Postgres, R>(sql), values).fetch(&mut **connection),
        }
    }

    /// All its rows.
    pub(super) async fn fetch_all<R: Row>(self, connection: &mut Connection) -> sqlx::Result<Vec<R>> {
        self.fetch(connection).try_collect().await
    }

    /// Its first row, if it has any.
    pub(super) async fn fetch_optional<R: Row>(self, connection: &mut Connection) -> sqlx::Result<Option<R>> {
        let Self { sql, values } = self;
        match &mut connection.kind {
            Kind::Sqlite(connection) => {
                bound!(sqlx::query_as::<Sqlite, R>(sql), values).fetch_optional(&mut **connection).await
            }
            Kind::Postgres(connection) => {
                bound!(sqlx::query_as::<Postgres, R>(sql), values).fetch_optional(&mut **connection).await
            }
        }
    }

    /// Its only row, which it always has.
    pub(super) async fn fetch_one<R: Row>(self, connection: &mut Connection) -> sqlx::Result<R> {
        self.fetch_optional(connection).await?.ok_or(sqlx::Error::RowNotFound)
    }
}
