//! A database that cannot be written, and files that are not a journal.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use footnote::journal::{Journal, JournalError, QUEUE_CAPACITY, VoteError};

use tokio::time::timeout;

use super::{Fixture, asked, gap, no_variables, on_both_databases, vote};

const GUARD: Duration = Duration::from_mins(1);

on_both_databases!(
    gaps_that_a_locked_database_does_not_take_are_counted_and_the_rest_is_written,
    gaps_that_cannot_be_written_by_the_end_are_counted_as_dropped,
    a_vote_that_a_full_disk_refused_can_be_given_again,
    a_journal_of_a_newer_version_is_refused,
    another_key_is_refused_until_the_votes_of_the_first_are_gone,
);

async fn gaps_that_a_locked_database_does_not_take_are_counted_and_the_rest_is_written(fixture: Fixture) {
    const HANDED_IN: u64 = 5_000;
    let journal = fixture.journal().await;
    let lock = fixture.lock().await;
    for number in 0..HANDED_IN {
        journal.record_gap(gap(&format!("question {number}")));
    }
    let dropped = journal.dropped();
    assert!(dropped >= HANDED_IN - 2 * QUEUE_CAPACITY as u64, "{dropped} dropped");
    let refused = journal.vote(vote("ferry-price", 1, true)).await;
    assert!(matches!(refused, Err(VoteError::Write(_))), "{refused:?}");
    lock.release().await;
    journal.vote(vote("ferry-price", 1, true)).await.unwrap();
    let is_written = async { while asked(&fixture.config).await.values().sum::<u64>() < QUEUE_CAPACITY as u64 {} };
    timeout(GUARD, is_written).await.expect("what was in the queue is written");
    journal.close().await;
    let written: u64 = asked(&fixture.config).await.values().sum();
    assert_eq!(written + journal.dropped(), HANDED_IN);
}

async fn gaps_that_cannot_be_written_by_the_end_are_counted_as_dropped(fixture: Fixture) {
    let journal = fixture.journal().await;
    let _lock = fixture.lock().await;
    journal.record_gap(gap("who feeds gulls"));
    journal.close().await;
    assert_eq!(journal.dropped(), 1);
    journal.record_gap(gap("who feeds gulls"));
    assert_eq!(journal.dropped(), 2, "a closed journal takes nothing");
    assert!(matches!(journal.vote(vote("ferry-price", 1, true)).await, Err(VoteError::Closed)));
}

async fn a_vote_that_a_full_disk_refused_can_be_given_again(fixture: Fixture) {
    let journal = fixture.journal().await;
    // A trigger that fails ends the transaction as a full disk does.
    let refuse_in_file = "CREATE TRIGGER full BEFORE INSERT ON votes
        BEGIN SELECT RAISE(ROLLBACK, 'full'); END";
    let refuse_on_server = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN RAISE disk_full; END';
        CREATE TRIGGER full_disk BEFORE INSERT ON votes EXECUTE FUNCTION refuse()";
    fixture.run(refuse_in_file, refuse_on_server).await;
    for member in 1..=10 {
        assert!(matches!(journal.vote(vote("ferry-price", member, true)).await, Err(VoteError::Write(_))));
    }
    fixture.run("DROP TRIGGER full", "DROP TRIGGER full_disk ON votes").await;
    for member in 1..=10 {
        journal.vote(vote("ferry-price", member, true)).await.unwrap();
    }
    assert_eq!(journal.store().votes().await.unwrap()[0].helpful, 10);
}

#[tokio::test]
async fn an_empty_file_becomes_a_journal() {
    let fixture = Fixture::new();
    std::fs::create_dir(fixture.folder.path().join("data")).unwrap();
    std::fs::write(&fixture.config.path, "").unwrap();
    fixture.journal().await.vote(vote("ferry-price", 1, true)).await.unwrap();
}

#[tokio::test]
async fn only_the_owner_reads_the_files() {
    let fixture = Fixture::new();
    fixture.journal().await.vote(vote("ferry-price", 1, true)).await.unwrap();
    let mut names = Vec::new();
    for file in std::fs::read_dir(fixture.folder.path().join("data")).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
        names.push(file.file_name().into_string().unwrap());
    }
    names.sort_unstable();
    assert_eq!(names, ["footnote.db", "footnote.db-shm", "footnote.db-wal", "footnote.db.key"]);
}

async fn refused(fixture: &Fixture) -> JournalError {
    Journal::open(&fixture.config, no_variables).await.expect_err("the journal is refused")
}

#[tokio::test]
async fn a_file_that_is_not_a_journal_is_refused() {
    let fixture = Fixture::new();
    std::fs::create_dir(fixture.folder.path().join("data")).unwrap();
    std::fs::write(&fixture.config.path, "no database\n".repeat(100)).unwrap();
    let error = refused(&fixture).await;
    assert!(matches!(error, JournalError::NotAJournal { .. }), "{error:?}");
    std::fs::write(&fixture.config.path, "").unwrap();
    let mut other = fixture.connection().await;
    sqlx::query("CREATE TABLE votes (colour TEXT)").execute(&mut other).await.unwrap();
    let error = refused(&fixture).await;
    assert!(matches!(error, JournalError::NotAJournal { .. }), "{error:?}");
}

async fn a_journal_of_a_newer_version_is_refused(fixture: Fixture) {
    fixture.journal().await.close().await;
    let newer = "INSERT INTO _sqlx_migrations
        (version, description, success, checksum, execution_time)
        VALUES (9999, 'from the future', TRUE, '', 0)";
    fixture.run(newer, newer).await;
    let error = refused(&fixture).await;
    assert!(matches!(error, JournalError::OtherVersion { .. }), "{error:?}");
}

async fn another_key_is_refused_until_the_votes_of_the_first_are_gone(fixture: Fixture) {
    let journal = fixture.journal().await;
    journal.vote(vote("ferry-price", 1, true)).await.unwrap();
    journal.close().await;
    fixture.journal().await.close().await;
    let other_key = |name: &str| match name {
        "FOOTNOTE_JOURNAL_KEY" => Ok("another key of thirty-two letters".to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    };
    let error = Journal::open(&fixture.config, other_key).await.unwrap_err();
    assert!(matches!(error, JournalError::OtherKey { .. }), "{error:?}");
    let journal = fixture.journal().await;
    assert_eq!(journal.forget(1).await.unwrap(), 1);
    journal.close().await;
    Journal::open(&fixture.config, other_key).await.expect("no votes are left under the first key");
}
