//! A wrong clock, a slip in the configuration, a damaged file, and a backup that is needed.

use std::os::unix::fs::PermissionsExt;

use footnote::journal::{Journal, JournalError, Timestamp};
use tempfile::TempDir;

use super::{Fixture, asked, database, gap, no_variables, on_both_databases};
use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, STRICT, ask};
use crate::support::footnote::Test;
use discord_double::DiscordDouble;

on_both_databases!(
    retention_deletes_at_most_a_tenth_at_a_time_the_oldest_first,
    retention_deletes_nothing_if_the_clock_is_far_ahead_of_the_newest_row,
    a_crash_loop_deletes_no_more_than_a_tenth_a_day,
    a_journal_that_is_locked_at_the_start_delays_itself_and_not_the_bot,
);

/// A journal with so many questions that are this old, closed again.
async fn filled(fixture: &Fixture, questions: &[(u32, u32)]) {
    let journal = fixture.journal().await;
    for &(count, days) in questions {
        for number in 0..count {
            journal.record_gap(gap(&format!("question {number} of {days}")).at(Timestamp::now().minus_days(days)));
        }
    }
    journal.close().await;
}

async fn retention_deletes_at_most_a_tenth_at_a_time_the_oldest_first(fixture: Fixture) {
    filled(&fixture, &[(5, 500), (25, 400), (20, 1)]).await;
    fixture.journal().await.close().await;
    let left = asked(&fixture.config).await;
    assert_eq!(left.len(), 45);
    assert!(left.keys().all(|question| !question.ends_with("of 500")), "{left:?}");
}

async fn a_crash_loop_deletes_no_more_than_a_tenth_a_day(fixture: Fixture) {
    filled(&fixture, &[(30, 400), (20, 1)]).await;
    for _ in 0..4 {
        fixture.journal().await.close().await;
    }
    assert_eq!(asked(&fixture.config).await.len(), 45);
    let yesterday = "UPDATE retention SET day = day - 1";
    fixture.run(yesterday, yesterday).await;
    fixture.journal().await.close().await;
    assert_eq!(asked(&fixture.config).await.len(), 40);
}

async fn a_journal_that_is_locked_at_the_start_delays_itself_and_not_the_bot(fixture: Fixture) {
    fixture.journal().await.close().await;
    let (discord, lock) = (DiscordDouble::start().await, fixture.lock().await);
    let mut bot = Bot::start(fixture.test().with_base(), &discord, STRICT);
    bot.wait_for_log("cannot open the journal yet").await;
    discord.interact(ask("who feeds gulls")).await;
    let answer = discord.interact(ask("ferry fare")).await;
    let failed = discord.interact(answer.press("👍")).await;
    assert!(failed.text().contains("I could not store your vote"), "{}", failed.body);
    lock.release().await;
    bot.wait_for_log("journal opened").await;
    let stored = discord.interact(answer.press("👍")).await;
    assert!(stored.text().starts_with("Thank you."), "{}", stored.body);
    let ended = bot.stop().await;
    assert_eq!((ended.status, ended.log.matches("cannot open the journal yet").count()), (Some(0), 1), "{}", ended.log);
    assert_eq!(asked(&fixture.config).await.into_keys().collect::<Vec<_>>(), ["who feeds gulls"]);
}

async fn retention_deletes_nothing_if_the_clock_is_far_ahead_of_the_newest_row(fixture: Fixture) {
    // To the rows, the clock looks as if it were 400 days ahead.
    filled(&fixture, &[(10, 500), (10, 400)]).await;
    fixture.journal().await.close().await;
    assert_eq!(asked(&fixture.config).await.len(), 20);
    let purge = fixture.test().args(["journal", "purge", "--older-than", "450"]).run().status(0);
    assert_eq!(purge.stdout, "deleted 10 questions and 0 votes\n");
}

#[tokio::test]
async fn the_log_says_how_many_rows_wait_for_the_operators_word() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let fixture = Fixture { config: super::config_in(folder.path()), folder };
    filled(&fixture, &[(30, 400), (20, 1)]).await;
    let mut bot = Bot::start(Test::at(fixture.folder.path()).with_base(), &discord, STRICT);
    bot.wait_for_log("more than a tenth is past its retention").await;
    bot.wait_for_log("left=25").await;
    bot.wait_for_log("footnote journal purge --older-than 90").await;
    assert_eq!(bot.stop().await.status, Some(0));
}

#[tokio::test]
async fn a_damaged_page_is_noticed_at_the_start() {
    let fixture = Fixture::new();
    filled(&fixture, &[(500, 1)]).await;
    let mut bytes = std::fs::read(&fixture.config.path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 2048].fill(0xAA);
    std::fs::write(&fixture.config.path, bytes).unwrap();
    let error = Journal::open(&fixture.config, no_variables).await.expect_err("it is damaged");
    assert!(matches!(error, JournalError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("restore a backup") && error.is_configuration(), "{error}");
}

#[tokio::test]
async fn files_that_others_can_read_are_named() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let fixture = Fixture { config: super::config_in(folder.path()), folder };
    filled(&fixture, &[(1, 1)]).await;
    for end in ["", ".key"] {
        let path = format!("{}{end}", fixture.config.path.display());
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    let mut bot = Bot::start(Test::at(fixture.folder.path()).with_base(), &discord, STRICT);
    bot.wait_for_log("chmod 600 data/footnote.db`").await;
    bot.wait_for_log("chmod 600 data/footnote.db.key`").await;
    assert_eq!(bot.stop().await.status, Some(0));
}

#[tokio::test]
async fn a_backup_is_restored_with_the_key_that_was_kept_apart() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, STRICT);
    discord.interact(ask("who feeds gulls")).await;
    let answer = discord.interact(ask("ferry fare")).await;
    discord.interact(answer.press("👍").by(7, "voter")).await;
    // A backup while the bot runs, as docs/OPERATIONS.md says, and the key somewhere else.
    let backup = TempDir::new().unwrap();
    let copy = backup.path().join("copy.db");
    let mut connection = super::connect(&database(folder.path())).await;
    sqlx::query("VACUUM INTO $1").bind(copy.to_str()).execute(&mut connection).await.unwrap();
    let key = std::fs::read_to_string(format!("{}.key", database(folder.path()).display())).unwrap();
    assert_eq!(bot.stop().await.status, Some(0));

    let restored = TempDir::new().unwrap();
    std::fs::create_dir(restored.path().join("data")).unwrap();
    std::fs::copy(&copy, database(restored.path())).unwrap();
    let test = || Test::at(restored.path()).with_base().env("FOOTNOTE_JOURNAL_KEY", &key);
    let bot = Bot::start(test(), &discord, STRICT);
    discord.interact(answer.press("👍").by(7, "voter")).await;
    assert_eq!(bot.stop().await.status, Some(0));
    let list = test().args(["journal", "gaps"]).run().status(0).stdout;
    assert!(list.contains("who feeds gulls"), "{list}");
    // It is the same member, who still has one vote.
    assert_eq!(test().args(["journal", "forget", "7"]).run().status(0).stdout, "deleted 1 vote\n");
}
