//! The journal: what `/ask` leaves in it, `footnote journal`, and whether its content survives
//! full disks and what is deleted does not.

mod command_line;
mod damage;
mod discord;
pub mod erasure;
mod failure;
mod limits;
mod store;

use std::collections::BTreeMap;
use std::env::VarError;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use footnote::config::{GapLimits, JournalConfig};
use footnote::journal::{Asker, Gap, Journal, Masked, Record, Store, Timestamp, Vote};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;

pub const SERVER: u64 = 900_000_000_000_000_001;

/// A folder with a journal's configuration.
pub struct Fixture {
    pub folder: TempDir,
    pub config: JournalConfig,
}

impl Fixture {
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let config = config_in(folder.path());
        Self { folder, config }
    }

    pub async fn journal(&self) -> Journal {
        open(&self.config).await
    }

    /// A second connection to the journal's database, like that of another program.
    pub async fn connection(&self) -> SqliteConnection {
        connect(&self.config.path).await
    }
}

/// Where the program keeps the journal in this folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("data/footnote.db")
}

/// The configuration of the journal that the command line uses in this folder, without limits.
pub fn config_in(folder: &Path) -> JournalConfig {
    let limits = GapLimits { a_member_a_day: u32::MAX, a_server: u32::MAX };
    JournalConfig { path: database(folder), retention_days: 365, limits }
}

pub async fn open(config: &JournalConfig) -> Journal {
    Journal::open(config, no_variables).await.expect("the journal opens")
}

pub fn no_variables(_: &str) -> Result<String, VarError> {
    Err(VarError::NotPresent)
}

pub async fn connect(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.expect("the database opens")
}

/// A question about some words, in their order, each time by another member.
pub fn gap(question: &str) -> Gap {
    static NEXT: AtomicU64 = AtomicU64::new(1_000);
    gap_by(NEXT.fetch_add(1, Ordering::Relaxed), question)
}

/// A question about some words, in their order.
pub fn gap_by(member: u64, question: &str) -> Gap {
    let terms: Vec<String> = question.split(' ').map(str::to_owned).collect();
    Gap::new(&Masked::of(question), question, &terms, asker(member)).expect("the question is not empty")
}

pub fn asker(member: u64) -> Asker {
    Asker { member, server: Some(SERVER) }
}

pub fn vote(entry: &str, member: u64, helpful: bool) -> Vote {
    Vote { entry: entry.to_owned(), member, helpful, server: Some(SERVER), at: Timestamp::now() }
}

pub async fn records(path: &Path) -> Vec<Record> {
    let store = Store::open(path).await.expect("the journal opens");
    let mut records = Vec::new();
    let receive = |record: &Record| {
        records.push(record.clone());
        Ok(())
    };
    store.export(receive).await.expect("the journal can be read");
    store.close().await;
    records
}

/// How often each question was asked.
pub async fn asked(path: &Path) -> BTreeMap<String, u64> {
    let gaps = records(path).await.into_iter().filter_map(|record| match record {
        Record::Gap { question, asked, .. } => Some((question, asked)),
        _ => None,
    });
    gaps.collect()
}
