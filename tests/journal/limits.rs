//! What one member, or one server, can put into the journal.

use std::collections::BTreeMap;

use footnote::config::GapLimits;
use footnote::journal::{Page, PageStart, QUEUE_CAPACITY, Store};
use tempfile::TempDir;

use super::{Fixture, SERVER, asked, connect, gap, gap_by, on_both_databases, open, vote};
use crate::support::bot::Bot;
use crate::support::discord::{SOMEONE_ELSE, STRICT, ask};
use crate::support::footnote::Test;
use discord_double::DiscordDouble;

on_both_databases!(
    repetitions_by_one_member_count_once_and_other_members_count,
    a_member_and_a_server_have_a_limit_and_what_is_beyond_it_is_counted,
    of_a_burst_everything_is_stored_or_counted,
);

const ALL: Page = Page { from: PageStart::First, limit: 100 };

async fn repetitions_by_one_member_count_once_and_other_members_count(fixture: Fixture) {
    let journal = fixture.journal().await;
    for question in ["who feeds gulls", "who feeds gulls", "gulls who feeds", "feeds who gulls"] {
        journal.record_gap(gap_by(1, question));
    }
    journal.record_gap(gap_by(2, "gulls who feeds"));
    journal.record_gap(gap_by(1, "bakery hours"));
    journal.close().await;
    let journal = fixture.journal().await;
    journal.record_gap(gap_by(2, "who feeds gulls"));
    journal.close().await;
    let store = Store::open(&fixture.config).await.unwrap();
    let groups = store.gaps(Some(SERVER), &ALL).await.unwrap().groups;
    let counts: Vec<(&str, u64, usize)> =
        groups.iter().map(|group| (group.wordings[0].as_str(), group.asked, group.wordings.len())).collect();
    assert_eq!(counts, [("gulls who feeds", 2, 3), ("bakery hours", 1, 1)]);
    assert_eq!(store.all_gaps(Some(SERVER)).await.unwrap(), groups);
    assert_eq!(store.all_gaps(None).await.unwrap(), groups);
    // After the group was marked as done, everybody counts again.
    store.mark_done(&groups[0].group, SERVER).await.unwrap();
    let journal = fixture.journal().await;
    journal.record_gap(gap_by(1, "who feeds gulls"));
    journal.close().await;
    assert!(store.gaps(Some(SERVER), &ALL).await.unwrap().groups.iter().all(|group| group.asked == 1));
}

async fn a_member_and_a_server_have_a_limit_and_what_is_beyond_it_is_counted(mut fixture: Fixture) {
    fixture.config.limits = GapLimits { a_member_a_day: 3, a_server: 5 };
    let journal = fixture.journal().await;
    for number in 1..=5 {
        journal.record_gap(gap_by(1, &format!("question {number}")));
    }
    journal.record_gap(gap_by(1, "question 1"));
    journal.close().await;
    assert_eq!(journal.refused(), 2);
    // A restart gives no new questions.
    let journal = fixture.journal().await;
    journal.record_gap(gap_by(1, "question 6"));
    for number in 7..=10 {
        journal.record_gap(gap(&format!("question {number}")));
    }
    journal.close().await;
    assert_eq!(journal.refused(), 3);
    let stored: Vec<String> = asked(&fixture.config).await.into_keys().collect();
    assert_eq!(stored, ["question 1", "question 2", "question 3", "question 7", "question 8"]);
}

async fn of_a_burst_everything_is_stored_or_counted(mut fixture: Fixture) {
    const HANDED_IN: u64 = 20_000;
    fixture.config.limits.a_server = 300;
    let journal = fixture.journal().await;
    for number in 0..HANDED_IN {
        journal.record_gap(gap(&format!("question {number}")));
        if number % QUEUE_CAPACITY as u64 == 0 {
            tokio::task::yield_now().await;
        }
    }
    journal.close().await;
    let stored = asked(&fixture.config).await.len() as u64;
    assert_eq!(stored, 300);
    assert_eq!(stored + journal.dropped() + journal.refused(), HANDED_IN);
    assert!(journal.refused() > 0);
}

#[tokio::test]
async fn beyond_the_limit_members_are_answered_and_the_log_counts() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let config = format!("{STRICT}[log]\nlevel = \"debug\"\n[journal]\ngaps_a_day = 2\n");
    let mut bot = Bot::start(Test::at(folder.path()).with_base(), &discord, &config);
    for question in ["who feeds gulls", "bakery hours", "who painted the town hall"] {
        let reply = discord.interact(ask(question)).await;
        assert!(reply.description().starts_with("I don't know."), "{}", reply.body);
    }
    bot.wait_for_log("unanswered questions are refused").await;
    discord.interact(ask("where is the market").by(SOMEONE_ELSE, "arta")).await;
    assert!(bot.stop().await.log.contains("refused=1"));
    let stored: Vec<String> = asked(&super::config_in(folder.path())).await.into_keys().collect();
    assert_eq!(stored, ["bakery hours", "where is the market", "who feeds gulls"]);
}

#[tokio::test]
async fn a_journal_of_the_first_version_keeps_its_votes_and_they_can_be_forgotten() {
    let fixture = Fixture::new();
    // Makes the key, and a journal that is then replaced by an old one.
    fixture.journal().await.close().await;
    let key = footnote::journal::key::MemberKey::find(&fixture.config.path, super::no_variables).unwrap().unwrap();
    let mut database = connect(&fixture.config.path).await;
    let old = "DELETE FROM _sqlx_migrations WHERE version IN (2, 6); DROP TABLE server_settings;
        DROP TABLE votes; DROP TABLE gap_askers; DROP TABLE gap_quota; DROP INDEX gaps_by_group;
        CREATE INDEX gaps_by_group ON gaps (group_key);
        CREATE TABLE votes (
            entry TEXT NOT NULL, member TEXT NOT NULL, helpful BOOLEAN NOT NULL,
            server BIGINT NOT NULL, voted_at BIGINT NOT NULL, PRIMARY KEY (entry, member));
        CREATE INDEX votes_by_member ON votes (member);
        CREATE INDEX votes_by_age ON votes (voted_at);";
    sqlx::raw_sql(old).execute(&mut database).await.unwrap();
    for member in [1_u64, 2] {
        // The text was 64 digits, of which the first 32 stay.
        let hash = format!("{}{}", key.hash(member), "0".repeat(32));
        let insert = "INSERT INTO votes VALUES ('ferry-price', $1, TRUE, 1, strftime('%s', 'now'))";
        sqlx::query(insert).bind(hash).execute(&mut database).await.unwrap();
    }
    drop(database);
    let journal = open(&fixture.config).await;
    assert_eq!(journal.store().votes().await.unwrap()[0].helpful, 2);
    journal.vote(vote("ferry-price", 1, false)).await.unwrap();
    assert_eq!(journal.forget(1).await.unwrap(), 1);
    assert_eq!(journal.store().votes().await.unwrap()[0].helpful, 1);
    assert_eq!(asked(&fixture.config).await, BTreeMap::new());
}
