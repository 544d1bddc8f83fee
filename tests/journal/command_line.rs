//! `footnote journal`, on journals that the tests fill themselves.

use footnote::journal::Timestamp;
use serde_json::json;

use super::{Fixture, SERVER, gap, on_both_databases, vote};
use crate::support::discord::NO_JOURNAL;
use crate::support::footnote::{Run, Test};
use crate::support::snapshot::assert_snapshot;

on_both_databases!(
    export_prints_everything_and_no_members_id,
    purge_deletes_what_is_old,
    forget_deletes_the_votes_of_one_member,
    members_text_cannot_steer_the_terminal,
);

fn footnote(fixture: &Fixture, arguments: &[&str]) -> Run {
    fixture.test().args(["journal"]).args(arguments.iter().copied()).run()
}

/// A journal with an old and a new question, and votes of two members.
pub(super) async fn fill(fixture: &Fixture) {
    let journal = fixture.journal().await;
    journal.record_gap(gap("old question").at(Timestamp::now().minus_days(40)));
    journal.record_gap(gap("new question"));
    for (member, helpful) in [(1, true), (2, false)] {
        journal.vote(vote("ferry-price", member, helpful)).await.unwrap();
    }
    journal.vote(vote("pier-length", 1, true)).await.unwrap();
    journal.close().await;
}

async fn export_prints_everything_and_no_members_id(fixture: Fixture) {
    let journal = fixture.journal().await;
    let at = Timestamp(1_700_000_000);
    journal.record_gap(gap("who feeds gulls").at(Timestamp::now()));
    let mut given = vote("ferry-price", 424_242_424_242, true);
    given.at = at;
    journal.vote(given).await.unwrap();
    journal.close().await;
    let run = footnote(&fixture, &["export"]).status(0);
    assert!(!run.stdout.contains("424242424242"), "{}", run.stdout);
    let lines = run.json_lines();
    assert_eq!(lines.len(), 3, "{}", run.stdout);
    assert_eq!(lines[0]["record"], "gap");
    assert_eq!(lines[0]["server"], SERVER.to_string());
    assert_eq!([&lines[0]["question"], &lines[0]["asked"]], [&json!("who feeds gulls"), &json!(1)]);
    assert_eq!(lines[0]["done"], json!(null));
    assert_eq!(lines[1]["record"], "vote");
    assert_eq!(lines[1]["member"].as_str().unwrap().len(), 32);
    assert_eq!(lines[1]["at"], "2023-11-14T22:13:20Z");
    let summary = json!({
        "record": "votes", "entry": "ferry-price", "helpful": 1, "unhelpful": 0, "last_voted": "2023-11-14T22:13:20Z"
    });
    assert_eq!(lines[2], summary);
    assert_snapshot!(run.spread());
}

async fn purge_deletes_what_is_old(fixture: Fixture) {
    fill(&fixture).await;
    assert_snapshot!(
        footnote(&fixture, &["gaps"]).status(0),
        footnote(&fixture, &["purge", "--older-than", "30", "--dry-run"]).status(0),
        footnote(&fixture, &["purge", "--older-than", "30"]).status(0),
        footnote(&fixture, &["gaps"]).status(0),
        footnote(&fixture, &["gaps", "--json"]).status(0).spread(),
        footnote(&fixture, &["purge", "--older-than", "0", "--dry-run"]).status(0),
        footnote(&fixture, &["purge", "--older-than", "0", "--yes"]).status(0),
        footnote(&fixture, &["gaps"]).status(0),
        footnote(&fixture, &["export"]).status(0),
    );
}

async fn forget_deletes_the_votes_of_one_member(fixture: Fixture) {
    fill(&fixture).await;
    let shown = footnote(&fixture, &["forget", "1", "--dry-run"]).status(0);
    let (first, again) = (footnote(&fixture, &["forget", "1"]), footnote(&fixture, &["forget", "1"]));
    let run = footnote(&fixture, &["export"]).status(0);
    assert!(run.stdout.contains("ferry-price") && !run.stdout.contains("pier-length"), "{}", run.stdout);
    assert_snapshot!(
        shown,
        first.status(0),
        again.status(0),
        footnote(&fixture, &["forget", "0"]).status(2),
        footnote(&fixture, &["forget", "besa"]).status(2),
        footnote(&fixture, &["forget", "9223372036854775808"]).status(2),
    );
}

#[tokio::test]
async fn forget_under_another_key_or_none_says_so_instead_of_finding_nothing() {
    let fixture = Fixture::new();
    fill(&fixture).await;
    let key = fixture.folder.path().join("data/footnote.db.key");
    let forget = || fixture.test().args(["journal", "forget", "1"]);
    let other = forget().env("FOOTNOTE_JOURNAL_KEY", &"k".repeat(32)).run().status(2);
    let kept = std::fs::read_to_string(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let none = forget().run().status(2);
    let found_again = forget().env("FOOTNOTE_JOURNAL_KEY", &kept).run().status(0);
    assert_snapshot!("Under another key:", other, "Under none:", none, "Under its own:", found_again);
}

#[test]
fn without_a_journal_it_says_where_one_would_be() {
    let off = Test::new().file("config.toml", NO_JOURNAL);
    assert_snapshot!(
        Test::new().args(["journal", "gaps"]).run().status(2),
        off.args(["journal", "gaps"]).run().status(2),
    );
}

async fn members_text_cannot_steer_the_terminal(fixture: Fixture) {
    let journal = fixture.journal().await;
    journal.record_gap(gap("who\u{1b}[2J\nfeeds\u{9b}31m gulls"));
    journal.close().await;
    let run = footnote(&fixture, &["gaps"]).status(0);
    assert!(!run.stdout.contains(|character: char| character.is_control() && character != '\n'));
    assert_snapshot!(run);
}
