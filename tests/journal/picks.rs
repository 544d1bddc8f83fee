//! Picks and counts in the journal: on both databases, within limits, for as long as configured.

use footnote::journal::{DigestClaim, Event, Journal, Masked, Pick, PickKind, Purged, Record, Store, Timestamp};

use super::{Fixture, SERVER, asker, gap_by, on_both_databases, records, revealed, vote};
use crate::support::footnote::Test;

on_both_databases!(
    picks_of_a_question_and_an_entry_add_up_until_a_curator_deals_with_them,
    a_server_has_a_limit_of_picks,
    what_is_old_is_purged_and_what_is_deleted_is_gone,
    a_year_of_counts_is_thinned_out_by_a_tenth_a_day,
    counts_add_up_by_week_and_entry,
    a_digest_belongs_to_one_process_until_it_is_settled,
    the_entries_that_did_not_help_are_found_the_worst_first,
);

fn pick_by(member: u64, question: &str, entry: &str, kind: PickKind) -> Pick {
    Pick::new(&Masked::of(question), question, entry, kind, asker(member), false).expect("it is not empty")
}

async fn store(fixture: &Fixture) -> Store {
    Store::open(&fixture.config).await.unwrap()
}

async fn picks_of_a_question_and_an_entry_add_up_until_a_curator_deals_with_them(fixture: Fixture) {
    let journal = fixture.journal().await;
    for (member, kind) in
        [(1, PickKind::Suggested), (2, PickKind::Closest), (2, PickKind::Closest), (3, PickKind::Unhelpful)]
    {
        journal.record_pick(pick_by(member, "ferry fare", "ferry-price", kind));
    }
    journal.record_pick(pick_by(1, "ferry fare", "pier-length", PickKind::Unhelpful));
    journal.record_pick(pick_by(1, "ferry now", "ferry-price", PickKind::Narrow));
    journal.close().await;
    let store = store(&fixture).await;
    let all = store.suggestions(Some(SERVER), 0, 9).await.unwrap();
    let numbers: Vec<_> = all.suggestions.iter().map(|one| (one.chosen, one.unhelpful, one.narrow)).collect();
    assert_eq!((all.total, numbers), (3, vec![(2, 1, 0), (0, 1, 0), (0, 0, 1)]));
    let second = store.suggestions(Some(SERVER), 1, 1).await.unwrap();
    assert_eq!((second.total, &second.suggestions[0]), (3, &all.suggestions[1]));
    let name = all.suggestions[0].name.clone();
    assert!(!store.settle_suggestion(&name, SERVER + 1).await.unwrap());
    assert!(store.settle_suggestion(&name, SERVER).await.unwrap());
    let journal = fixture.journal().await;
    journal.record_pick(pick_by(4, "ferry fare", "ferry-price", PickKind::Instead));
    journal.close().await;
    assert_eq!(store.suggestions(None, 0, 9).await.unwrap().total, 2);
}

async fn a_server_has_a_limit_of_picks(mut fixture: Fixture) {
    fixture.config.limits.a_server = 3;
    let journal = fixture.journal().await;
    for number in 0..5 {
        journal.record_pick(pick_by(number, &format!("question {number}"), "ferry-price", PickKind::Closest));
    }
    journal.record_pick(pick_by(9, "question 0", "ferry-price", PickKind::Closest));
    journal.close().await;
    assert_eq!((journal.refused(), journal.dropped()), (2, 0));
    let all = store(&fixture).await.suggestions(Some(SERVER), 0, 9).await.unwrap();
    assert_eq!(all.suggestions.iter().map(|one| one.chosen).collect::<Vec<_>>(), [2, 1, 1]);
}

async fn what_is_old_is_purged_and_what_is_deleted_is_gone(fixture: Fixture) {
    let now = Timestamp::now();
    let journal = fixture.journal().await;
    journal.record_pick(pick_by(1, "old", "ferry-price", PickKind::Closest).at(now.minus_days(9)));
    journal.record_pick(pick_by(1, "ferry fare", "ferry-price", PickKind::Closest));
    journal.record_pick(pick_by(1, "gulls feed who", "pier-length", PickKind::Unhelpful));
    journal.record_gap(gap_by(1, "gulls feed who"));
    journal.close().await;
    let store = store(&fixture).await;
    let purged = store.purge(now.minus_days(8)).await.unwrap();
    assert_eq!(purged, Purged { picks: 1, ..Purged::default() });
    assert_eq!(store.delete("Ferry FARE").await.unwrap(), 1);
    let group = store.all_gaps(Some(SERVER)).await.unwrap()[0].group.clone();
    store.delete_group(&group, SERVER).await.unwrap();
    assert_eq!(records(&fixture.config).await, Vec::<Record>::new());
}

async fn a_year_of_counts_is_thinned_out_by_a_tenth_a_day(mut fixture: Fixture) {
    fixture.journal().await.close().await;
    let today = Timestamp::now().0 / 86_400;
    for day in today - 19..=today {
        let sql = format!("INSERT INTO counts VALUES (1, {day}, 'answered', 'ferry-price', 1)");
        let sql: &'static str = sql.leak();
        fixture.run(sql, sql).await;
    }
    fixture.config.retention_days = 5;
    // The start deletes a tenth, however often it is.
    for _ in 0..2 {
        fixture.journal().await.close().await;
    }
    assert_eq!(records(&fixture.config).await.len(), 18);
}

async fn counts_add_up_by_week_and_entry(fixture: Fixture) {
    let journal = fixture.journal().await;
    let count = |journal: &Journal, member, event, entry| journal.count(event, entry, "ferry", asker(member));
    count(&journal, 1, Event::Answered, Some("ferry-price"));
    count(&journal, 1, Event::Closest, Some("ferry-price"));
    count(&journal, 2, Event::Unknown, None);
    let before = journal.statistics(SERVER, 2).await.unwrap();
    journal.close().await;
    let journal = fixture.journal().await;
    count(&journal, 3, Event::Suggested, None);
    let figures = journal.statistics(SERVER, 2).await.unwrap();
    let week = &figures.weeks[1];
    assert_eq!((figures.weeks.len(), before.weeks[1].asked, week.asked), (2, 3, 4));
    assert_eq!(
        [week.answered, week.closest, week.suggested, week.unknown, week.asked_again],
        [1, 1, 1, 1, 1],
        "{figures:?}"
    );
    assert_eq!((figures.entries[0].shown, figures.entries[0].asked_again), (2, 1));
    assert_eq!(journal.statistics(SERVER + 1, 2).await.unwrap().weeks[1].asked, 0);
    journal.close().await;
}

async fn a_digest_belongs_to_one_process_until_it_is_settled(fixture: Fixture) {
    fixture.journal().await.close().await;
    let (one, other) = (store(&fixture).await, store(&fixture).await);
    let (channel, due) = (u64::from(u32::MAX) << 20, Timestamp(1_000));
    let claim = async |store: &Store, due: Timestamp, now: i64| {
        store.claim_digest(channel, due, Timestamp(now), Timestamp(now + 60)).await.unwrap()
    };
    let both = tokio::join!(claim(&one, due, 2_000), claim(&other, due, 2_000));
    let granted = [both.0, both.1].iter().filter(|claim| **claim == DigestClaim::Granted(None)).count();
    assert_eq!((granted, claim(&one, due, 2_059).await), (1, DigestClaim::Taken), "{both:?}");
    // It was not settled, so it is claimed again.
    assert_eq!(claim(&other, due, 2_060).await, DigestClaim::Granted(None));
    other.postpone_digest(channel, Timestamp(5_000)).await.unwrap();
    assert_eq!(claim(&one, due, 4_999).await, DigestClaim::Taken);
    assert_eq!(claim(&one, due, 5_000).await, DigestClaim::Granted(None));
    one.settle_digest(channel, Timestamp(5_001)).await.unwrap();
    assert_eq!(claim(&other, due, 9_000).await, DigestClaim::Settled);
    assert_eq!(claim(&other, Timestamp(6_000), 9_000).await, DigestClaim::Granted(Some(Timestamp(5_001))));
}

async fn the_entries_that_did_not_help_are_found_the_worst_first(fixture: Fixture) {
    let journal = fixture.journal().await;
    let votes = [("liked", [true, true, false]), ("bad", [false, false, false]), ("mixed", [true, false, false])];
    for (entry, votes) in votes {
        for (member, helpful) in (1..).zip(votes) {
            journal.vote(vote(entry, member, helpful)).await.unwrap();
        }
    }
    journal.vote(vote("loved", 1, true)).await.unwrap();
    journal.close().await;
    let store = store(&fixture).await;
    let found = async |server, since| store.badly_voted(server, since).await.unwrap();
    let bad = found(SERVER, Timestamp::now().minus_days(1)).await;
    let bad: Vec<_> = bad.iter().map(|one| (one.entry.as_str(), one.helpful, one.votes)).collect();
    assert_eq!(bad, [("bad", 0, 3), ("mixed", 1, 3)]);
    assert_eq!(found(SERVER, Timestamp(Timestamp::now().0 + 9)).await, []);
    assert_eq!(found(SERVER + 1, Timestamp(0)).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn picks_and_counts_are_copied_to_a_server() {
    let Some(target) = Fixture::on_a_server().await else { return };
    let source = Fixture::new();
    let journal = source.journal().await;
    journal.record_pick(pick_by(1, "ferry fare", "ferry-price", PickKind::Closest));
    journal.count(Event::Answered, Some("ferry-price"), "ferry", asker(1));
    journal.close().await;
    source.run("INSERT INTO digests VALUES (7, 1000, 0)", "").await;
    target.journal().await.close().await;
    target.run("", "INSERT INTO digests VALUES (7, 2000, 0)").await;
    let url = revealed(target.config.url.as_ref().unwrap());
    let copied = Test::at(source.folder.path()).args(["journal", "copy", "--to", &url]).run().status(0).stdout;
    assert!(copied.ends_with("\ncopied 1 choice and 1 figure\n"), "{copied}");
    let exported = records(&target.config).await;
    assert_eq!(exported, records(&source.config).await);
    // So the digest of this week is not sent again.
    let target = store(&target).await;
    let claim = target.claim_digest(7, Timestamp(1_000), Timestamp(3_000), Timestamp(3_060));
    assert_eq!(claim.await.unwrap(), DigestClaim::Settled);
    assert!(matches!(&exported[..], [Record::Pick { .. }, Record::Count { .. }]), "{exported:?}");
}
