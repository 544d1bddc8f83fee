//! What only a journal on a server has: several writers, a server that is not there, a password,
//! and a key that replicas share.

use std::env::VarError;
use std::time::Duration;

use footnote::config::DatabaseUrl;
use footnote::journal::{Journal, JournalError, Record, Store, Timestamp, VoteError};
use tempfile::TempDir;
use tokio::time::timeout;

use super::{Fixture, asked, gap, gap_by, no_variables, records, revealed, vote};
use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, STRICT, ask};
use crate::support::footnote::Test;
use crate::support::postgres::{PASSWORD, Server, skipped};
use discord_double::DiscordDouble;

const COPIED: &str = "copied 2500 questions, 5 votes, 2500 askers and 2500 daily counts\n";
const GUARD: Duration = Duration::from_secs(30);

/// A server of the test's own, which it may stop.
fn own_server(options: &[&str]) -> Option<Server> {
    let server = Server::start(options);
    if server.is_none() {
        skipped("a PostgreSQL server that stops, because PostgreSQL is not installed");
    }
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_start_at_once_make_the_tables_once() {
    let Some(fixture) = Fixture::on_a_server().await else { return };
    let opened = (0..6).map(|_| {
        let config = fixture.config.clone();
        tokio::spawn(async move { Journal::open(&config, no_variables).await })
    });
    for journal in opened.collect::<Vec<_>>() {
        let journal = journal.await.unwrap().expect("the journal opens");
        // The others may keep one waiting for too long; then it goes on in the background.
        let vote = async { while journal.vote(vote("ferry-price", 1, true)).await.is_err() {} };
        timeout(GUARD, vote).await.expect("it opens in the end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_replicas_write_at_once_adds_up() {
    const MEMBERS: u64 = 300;
    let Some(mut fixture) = Fixture::on_a_server().await else { return };
    fixture.config.limits.a_member_a_day = 5;
    let replicas = [fixture.journal().await, fixture.journal().await];
    // Each member asks the same at both, and one member asks more than their limit.
    let tasks: Vec<_> = replicas
        .iter()
        .cloned()
        .zip(0_u64..)
        .map(|(journal, replica)| {
            tokio::spawn(async move {
                for member in 1..=MEMBERS {
                    journal.record_gap(gap_by(1_000 + member, "who feeds gulls"));
                    if member % 20 == 0 {
                        journal.record_gap(gap_by(7, &format!("question {member} of {replica}")));
                    }
                    let given = vote("ferry-price", member, (member + replica) % 2 == 0);
                    journal.vote(given).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    for journal in &replicas {
        journal.close().await;
    }
    let asked = asked(&fixture.config).await;
    assert_eq!(asked["who feeds gulls"], MEMBERS);
    // One of the members who asked about gulls first took one of nobody else's five.
    assert_eq!(asked.keys().filter(|question| question.starts_with("question")).count(), 5);
    let refused: u64 = replicas.iter().map(Journal::refused).sum();
    assert_eq!(refused, 2 * MEMBERS / 20 - 5);
    let store = Store::open(&fixture.config).await.unwrap();
    let votes = store.votes().await.unwrap();
    assert_eq!(votes[0].helpful + votes[0].unhelpful, MEMBERS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_away_costs_no_answer_and_is_used_again() {
    let Some(mut server) = own_server(&[]) else { return };
    let fixture = Fixture::at(server.database().await);
    let journal = fixture.journal().await;
    journal.vote(vote("ferry-price", 1, true)).await.unwrap();
    server.crash();
    journal.record_gap(gap("who feeds gulls"));
    let refused = timeout(Duration::from_secs(3), journal.vote(vote("ferry-price", 2, true))).await;
    assert!(matches!(refused, Ok(Err(VoteError::Write(_)))), "{refused:?}");
    assert!(!journal.is_writable());
    server.restart();
    let again = async { while journal.vote(vote("ferry-price", 3, true)).await.is_err() {} };
    timeout(GUARD, again).await.expect("the server is used again");
    journal.close().await;
    assert_eq!(asked(&fixture.config).await.len(), 1);
    let store = Store::open(&fixture.config).await.unwrap();
    assert_eq!(store.votes().await.unwrap()[0].helpful, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_at_the_start_delays_the_journal_and_not_the_bot() {
    let Some(mut server) = own_server(&[]) else { return };
    let fixture = Fixture::at(server.database().await);
    server.crash();
    let discord = DiscordDouble::start().await;
    let config = format!("{STRICT}[http]\nlisten = \"127.0.0.1:0\"\n");
    let mut bot = Bot::start(fixture.test().with_base(), &discord, &config);
    let probes = bot.probes().await;
    bot.wait_for_log("cannot open the journal yet").await;
    let answer = discord.interact(ask("ferry fare")).await;
    let failed = discord.interact(answer.press("👍")).await;
    assert!(failed.text().contains("I could not store your vote"), "{}", failed.body);
    discord.interact(ask("who feeds gulls")).await;
    let ready = crate::signals::wait_for_status(probes, "/readyz", 503).await;
    assert!(ready.contains("journal: cannot be written"), "{ready}");
    server.restart();
    bot.wait_for_log("journal opened").await;
    crate::signals::wait_for_status(probes, "/readyz", 200).await;
    let stored = discord.interact(answer.press("👍")).await;
    assert!(stored.text().starts_with("Thank you."), "{}", stored.body);
    let ended = bot.stop().await;
    assert_eq!((ended.status, ended.log.matches("cannot open the journal yet").count()), (Some(0), 1), "{}", ended.log);
    assert!(!ended.log.contains(PASSWORD), "{}", ended.log);
    assert_eq!(asked(&fixture.config).await.into_keys().collect::<Vec<_>>(), ["who feeds gulls"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_shows_when_the_server_is_back_stops_the_bot_with_advice() {
    let Some(mut server) = own_server(&[]) else { return };
    let fixture = Fixture::at(server.database().await);
    let journal = fixture.journal().await;
    journal.vote(vote("ferry-price", 1, true)).await.unwrap();
    journal.close().await;
    server.crash();
    let discord = DiscordDouble::start().await;
    let test = fixture.test().with_base().env("FOOTNOTE_JOURNAL_KEY", &"k".repeat(32));
    let mut bot = Bot::start(test, &discord, STRICT);
    bot.wait_for_log("cannot open the journal yet").await;
    server.restart();
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert!(ended.log.contains("were hashed with another key: restore that key"), "{}", ended.log);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_with_another_key_writes_nothing() {
    let Some(fixture) = Fixture::on_a_server().await else { return };
    let first = fixture.journal().await;
    let other_key = |name: &str| match name {
        "FOOTNOTE_JOURNAL_KEY" => Ok("another key of thirty-two letters".to_owned()),
        _ => Err(VarError::NotPresent),
    };
    // There are no votes yet, so the journal belongs to whoever comes last.
    let second = Journal::open(&fixture.config, other_key).await.unwrap();
    let refused = first.vote(vote("ferry-price", 1, true)).await.unwrap_err();
    let VoteError::Write(error) = refused else { panic!("{refused:?}") };
    assert!(matches!(*error, JournalError::OtherKey { .. }), "{error:?}");
    second.vote(vote("ferry-price", 1, true)).await.unwrap();
    let error = Journal::open(&fixture.config, no_variables).await.unwrap_err();
    assert!(matches!(error, JournalError::OtherKey { .. }), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_never_made_for_a_server() {
    let Some(fixture) = Fixture::on_a_server().await else { return };
    std::fs::remove_file(fixture.folder.path().join("data/footnote.db.key")).unwrap();
    let error = Journal::open(&fixture.config, no_variables).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("the same key for every replica"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_stops_the_start_and_shows_no_password() {
    let Some(fixture) = Fixture::on_a_server().await else { return };
    let url = revealed(fixture.config.url.as_ref().unwrap());
    let wrong = [url.replace(PASSWORD, "an0ther-s3cret"), url.replace("/journal_", "/none_")];
    for url in wrong {
        let test = Test::at(fixture.folder.path()).env("FOOTNOTE_JOURNAL_URL", &url);
        let run = test.env("DISCORD_TOKEN", "some.token.here").with_base().args(["serve"]).run().status(2);
        assert!(run.stderr.contains("PostgreSQL refuses the journal `postgres://footnote:***@"), "{}", run.stderr);
        assert!(!run.stderr.contains("s3cret"), "{}", run.stderr);
    }
    // Another program's tables.
    fixture.run("", "CREATE TABLE votes (colour TEXT)").await;
    let error = Journal::open(&fixture.config, no_variables).await.unwrap_err();
    assert!(matches!(error, JournalError::NotAJournal { .. }) && error.is_configuration(), "{error:?}");
    assert!(!format!("{error:?} {error}").contains(PASSWORD));
}

#[test]
fn no_mistake_in_the_configuration_shows_the_password() {
    let secret = "hunter2hunter2";
    for line in [
        format!("url = \"postgres://a:{secret}@db/footnote\""),
        format!("url = \"postgre://a:{secret}@db/footnote\""),
        format!("url = \"postgres://a:{secret}@db/footnote"),
        format!("url = \"postgres://a:{secret}@db:none/footnote\", pat = 1"),
        format!("url = \"postgres://a:{secret}@db/footnote\"\nretention_days = 0"),
    ] {
        let folder = TempDir::new().unwrap();
        let test = || Test::at(folder.path()).file("config.toml", format!("[journal]\n{line}\n")).with_base();
        for run in [
            test().args(["config"]).run(),
            test().args(["journal", "gaps"]).run(),
            test().env("DISCORD_TOKEN", "some.token.here").args(["serve"]).run(),
        ] {
            assert!(
                !format!("{}{}", run.stdout, run.stderr).contains(secret),
                "{line}:\n{}\n{}",
                run.stdout,
                run.stderr
            );
        }
        let variable = || {
            Test::at(folder.path())
                .file("config.toml", "")
                .env("FOOTNOTE_JOURNAL_URL", line.trim_start_matches("url = "))
        };
        let run = variable().args(["config"]).run();
        assert!(!format!("{}{}", run.stdout, run.stderr).contains(secret), "{}\n{}", run.stdout, run.stderr);
    }
    let to = format!("postgre://a:{secret}@db/footnote");
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/footnote.db"), "").unwrap();
    let run = Test::at(folder.path()).args(["journal", "copy", "--to", &to]).run().status(2);
    assert!(run.stderr.contains("not the address of a PostgreSQL database"), "{}", run.stderr);
    assert!(!run.stderr.contains(secret), "{}", run.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_is_copied_whole_to_an_empty_server_and_to_no_other() {
    let Some(target) = Fixture::on_a_server().await else { return };
    let source = Fixture::new();
    // Closing the journal writes what is in the queue, which never has more than there is room for.
    for batch in 0_i64..5 {
        let journal = source.journal().await;
        for number in 0..500 {
            let at = Timestamp(Timestamp::now().0 - number % 7);
            journal.record_gap(gap(&format!("question {number} of {batch}")).at(at));
        }
        journal.vote(vote("ferry-price", 1 + 500 * batch.unsigned_abs(), batch % 2 == 0)).await.unwrap();
        journal.close().await;
    }
    let url = revealed(target.config.url.as_ref().unwrap());
    let copy = || Test::at(source.folder.path()).args(["journal", "copy", "--to", &url]).run();
    assert_eq!(copy().status(0).stdout, COPIED);
    assert_eq!(records(&target.config).await, records(&source.config).await);
    let again = copy().status(2);
    assert!(again.stderr.contains("is not empty") && !again.stderr.contains(PASSWORD), "{}", again.stderr);
    // The hashes are the same, so only the same key opens it, and finds the member's vote.
    let error = Journal::open(&target.config, no_variables).await.unwrap_err();
    assert!(matches!(error, JournalError::OtherKey { .. }), "{error:?}");
    std::fs::copy(source.folder.path().join("data/footnote.db.key"), target.folder.path().join("data/footnote.db.key"))
        .unwrap();
    let forget = |member: &str| target.test().args(["journal", "forget", member]).run().status(0).stdout;
    assert_eq!([forget("1"), forget("2")], ["deleted 1 vote\n", "deleted 0 votes\n"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_fails_leaves_nothing_behind() {
    let Some(target) = Fixture::on_a_server().await else { return };
    let source = Fixture::new();
    let journal = source.journal().await;
    journal.record_gap(gap("who feeds gulls"));
    journal.vote(vote("ferry-price", 1, true)).await.unwrap();
    journal.close().await;
    target.journal().await.close().await;
    target.run("", "ALTER TABLE votes ADD CHECK (entry <> 'ferry-price')").await;
    let url = revealed(target.config.url.as_ref().unwrap());
    Test::at(source.folder.path()).args(["journal", "copy", "--to", &url]).run().status(1);
    assert_eq!(records(&target.config).await, Vec::<Record>::new());
}

/// Nobody else's server has this address.
#[tokio::test]
async fn without_a_server_the_commands_say_what_to_check() {
    let fixture = Fixture::at(DatabaseUrl::parse(&format!("postgres://a:{PASSWORD}@127.0.0.1:1/b")).unwrap());
    let run = fixture.test().args(["journal", "gaps"]).run().status(1);
    assert!(run.stderr.contains("cannot be reached: check that PostgreSQL runs"), "{}", run.stderr);
    assert!(!run.stderr.contains(PASSWORD), "{}", run.stderr);
}
