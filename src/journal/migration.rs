//! A change of the tables.
//!
//! The changes are listed in the code, because sqlx's macro, which would find their files, would
//! build SQLite a second time, for the compiler.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType};

/// A change of the tables, all of it or nothing.
pub(super) fn migration(version: i64, description: &'static str, sql: &'static str) -> Migration {
    Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
}
