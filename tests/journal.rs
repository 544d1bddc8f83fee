//! The journal: what `/ask` leaves in it, `footnote journal`, and whether its content survives
//! full disks and what is deleted does not.

mod command_line;
mod consent;
mod crash;
mod damage;
mod discord;
pub mod erasure;
mod failure;
mod limits;
mod links;
mod picks;
mod server;
mod speed;
mod store;

use std::collections::BTreeMap;
use std::env::VarError;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use footnote::config::{DatabaseUrl, GapLimits, JournalConfig};
use footnote::journal::{Asker, Gap, Journal, Masked, Record, Store, Timestamp, Vote};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::support::footnote::Test;
use crate::support::postgres;

pub const SERVER: u64 = 900_000_000_000_000_001;

/// The key of a journal on a server.
const KEY: &str = "the key of the tests has enough letters";

/// Runs tests, which take a fixture, on a journal in a file and on one in PostgreSQL.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod in_a_file {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test($crate::journal::Fixture::new()).await;
            })+
        }
        mod on_a_server {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                if let Some(fixture) = $crate::journal::Fixture::on_a_server().await {
                    super::$test(fixture).await;
                }
            })+
        }
    };
}
pub(crate) use on_both_databases;

/// A folder with a journal's configuration.
pub struct Fixture {
    pub folder: TempDir,
    pub config: JournalConfig,
}

/// A program that keeps others from writing.
pub enum Lock {
    InFile(SqliteConnection),
    OnServer(PgConnection),
}

impl Fixture {
    /// The journal is a file.
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let config = config_in(folder.path());
        Self { folder, config }
    }

    /// The journal is a new database in PostgreSQL, if that is installed.
    pub async fn on_a_server() -> Option<Self> {
        postgres::database().await.map(Self::at)
    }

    /// The journal is this database in PostgreSQL. The key is where a file's would be.
    pub fn at(url: DatabaseUrl) -> Self {
        let mut fixture = Self::new();
        std::fs::create_dir(fixture.folder.path().join("data")).expect("an empty folder");
        std::fs::write(fixture.folder.path().join("data/footnote.db.key"), KEY).expect("the key can be written");
        fixture.config.url = Some(url);
        fixture
    }

    pub async fn journal(&self) -> Journal {
        open(&self.config).await
    }

    /// A run of the program on this journal.
    pub fn test(&self) -> Test {
        let test = Test::at(self.folder.path());
        match &self.config.url {
            Some(url) => test.env("FOOTNOTE_JOURNAL_URL", &revealed(url)),
            None => test,
        }
    }

    /// A second connection to the journal's file, like that of another program.
    pub async fn connection(&self) -> SqliteConnection {
        connect(&self.config.path).await
    }

    /// Runs statements like another program: the first on a file, the second on a server.
    pub async fn run(&self, in_file: &'static str, on_server: &'static str) {
        match &self.config.url {
            Some(url) => {
                let mut other = PgConnection::connect(&revealed(url)).await.expect("the server answers");
                sqlx::raw_sql(on_server).execute(&mut other).await.expect("the statements run");
            }
            None => {
                sqlx::raw_sql(in_file).execute(&mut self.connection().await).await.expect("the statements run");
            }
        }
    }

    /// Keeps everybody else from writing.
    pub async fn lock(&self) -> Lock {
        if let Some(url) = &self.config.url {
            let mut other = PgConnection::connect(&revealed(url)).await.expect("the server answers");
            let lock = "BEGIN; LOCK TABLE gaps, votes, member_key IN ACCESS EXCLUSIVE MODE";
            sqlx::raw_sql(lock).execute(&mut other).await.expect("nobody else has it");
            return Lock::OnServer(other);
        }
        let mut other = self.connection().await;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("nobody else writes");
        Lock::InFile(other)
    }
}

impl Lock {
    pub async fn release(self) {
        match self {
            Self::InFile(mut other) => {
                sqlx::query("ROLLBACK").execute(&mut other).await.expect("it is in a transaction");
            }
            Self::OnServer(mut other) => {
                sqlx::query("ROLLBACK").execute(&mut other).await.expect("it is in a transaction");
            }
        }
    }
}

/// The address with the password, which the program never shows.
pub fn revealed(url: &DatabaseUrl) -> String {
    url.to_string().replace("***", postgres::PASSWORD)
}

/// Where the program keeps the journal in this folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("data/footnote.db")
}

/// The configuration of the journal that the command line uses in this folder, without limits.
pub fn config_in(folder: &Path) -> JournalConfig {
    let limits = GapLimits { a_member_a_day: u32::MAX, a_server: u32::MAX };
    JournalConfig { url: None, path: database(folder), retention_days: 365, links: false, limits }
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
    Vote { entry: entry.to_owned(), base: None, member, helpful, server: Some(SERVER), at: Timestamp::now() }
}

pub async fn records(config: &JournalConfig) -> Vec<Record> {
    let store = Store::open(config).await.expect("the journal opens");
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
pub async fn asked(config: &JournalConfig) -> BTreeMap<String, u64> {
    let gaps = records(config).await.into_iter().filter_map(|record| match record {
        Record::Gap { question, asked, .. } => Some((question, asked)),
        _ => None,
    });
    gaps.collect()
}
