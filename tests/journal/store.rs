//! What the journal keeps, and how it is read and maintained.

use std::collections::BTreeMap;

use footnote::journal::{Asker, Gap, GapPage, Masked, Page, PageStart, Record, Store, TakenBack, Timestamp};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::{Fixture, SERVER, asked, asker, gap, gap_by, on_both_databases, vote};

on_both_databases!(
    one_vote_a_member_an_answer_and_a_second_one_changes_it,
    many_votes_at_once_are_all_acknowledged_and_all_there,
    closing_writes_what_is_queued,
    groups_come_by_page_the_most_asked_first,
    a_gap_that_is_taken_back_counts_once_less,
    a_group_that_is_done_comes_back_when_it_is_asked_again,
    what_is_past_its_retention_is_deleted_at_the_start,
    an_export_shows_one_state_although_votes_arrive_meanwhile,
);

const ALL: Page = Page { from: PageStart::First, limit: 100 };

fn wordings(page: &GapPage) -> Vec<&str> {
    page.groups.iter().map(|group| group.wordings[0].as_str()).collect()
}

async fn one_vote_a_member_an_answer_and_a_second_one_changes_it(fixture: Fixture) {
    let journal = fixture.journal().await;
    for (member, helpful) in [(1, true), (2, true), (1, false), (1, false), (2, false), (2, true)] {
        journal.vote(vote("ferry-price", member, helpful)).await.unwrap();
    }
    journal.vote(vote("pier-length", 1, true)).await.unwrap();
    let votes = journal.store().votes().await.unwrap();
    let counts: Vec<(&str, u64, u64)> =
        votes.iter().map(|votes| (votes.entry.as_str(), votes.helpful, votes.unhelpful)).collect();
    assert_eq!(counts, [("ferry-price", 1, 1), ("pier-length", 1, 0)]);
    assert_eq!(journal.forget(1).await.unwrap(), 2);
    assert_eq!(journal.store().votes().await.unwrap().len(), 1);
}

async fn many_votes_at_once_are_all_acknowledged_and_all_there(fixture: Fixture) {
    const VOTES: u64 = 5_000;
    let journal = fixture.journal().await;
    let votes: Vec<_> = (1..=VOTES)
        .map(|member| {
            let journal = journal.clone();
            tokio::spawn(async move { journal.vote(vote("ferry-price", member, member % 2 == 0)).await })
        })
        .collect();
    for vote in votes {
        vote.await.unwrap().unwrap();
    }
    let summary = &journal.store().votes().await.unwrap()[0];
    assert_eq!((summary.helpful, summary.unhelpful), (VOTES / 2, VOTES / 2));
}

async fn closing_writes_what_is_queued(fixture: Fixture) {
    let journal = fixture.journal().await;
    for number in 0..1_000 {
        journal.record_gap(gap(&format!("question {}", number % 10)));
    }
    journal.close().await;
    journal.close().await;
    let asked = asked(&fixture.config).await;
    assert_eq!(asked.len(), 10);
    assert!(asked.values().all(|&asked| asked == 100), "{asked:?}");
    assert_eq!(journal.dropped(), 0);
}

async fn groups_come_by_page_the_most_asked_first(fixture: Fixture) {
    let journal = fixture.journal().await;
    for (question, times) in [("alpha", 1), ("beta one", 2), ("one beta", 1), ("gamma", 5), ("delta", 2)] {
        for _ in 0..times {
            journal.record_gap(gap(question));
        }
    }
    journal.close().await;
    let store = Store::open(&fixture.config).await.unwrap();
    let page = async |from| store.gaps(Some(SERVER), &Page { from, limit: 2 }).await.unwrap();
    let first = page(PageStart::First).await;
    let second = page(PageStart::After(first.groups[1].key())).await;
    assert_eq!(page(PageStart::Offset(2)).await, second);
    assert_eq!(page(PageStart::Before(second.groups[0].key())).await, first);
    assert_eq!(
        store.gaps(None, &Page { from: PageStart::After(first.groups[1].key()), limit: 2 }).await.unwrap(),
        second
    );
    assert_eq!([wordings(&first), wordings(&second)], [["gamma", "beta one"], ["delta", "alpha"]]);
    assert_eq!([(first.before, first.total), (second.before, second.total)], [(0, 4), (2, 4)]);
    assert_eq!(first.groups[1].wordings, ["beta one", "one beta"]);
    assert_eq!(first.groups[1].asked, 3);
    assert_eq!(store.gaps(Some(1), &ALL).await.unwrap(), GapPage { groups: Vec::new(), before: 0, total: 0 });
}

async fn a_gap_that_is_taken_back_counts_once_less(fixture: Fixture) {
    let journal = fixture.journal().await;
    for question in ["who feeds gulls", "who feeds cats", "bakery hours", "bakery hours today"] {
        journal.record_gap(gap_by(1, question));
    }
    journal.record_gap(gap_by(2, "who feeds gulls"));
    let take_back = |question: &str, server, is_cut_off| {
        let asker = Asker { member: 1, server };
        journal.take_back_gap(TakenBack::new(question, asker, is_cut_off).expect("the question is not empty"));
    };
    take_back("who feeds gulls", Some(SERVER), false);
    take_back("who feeds cats", Some(SERVER), false);
    take_back("bakery hours", Some(SERVER), true);
    take_back("bakery hours to", Some(SERVER), false);
    for other in [None, Some(1)] {
        take_back("who feeds gulls", other, false);
    }
    take_back("never asked", Some(SERVER), true);
    journal.close().await;
    let expected = BTreeMap::from([("bakery hours today".to_owned(), 1), ("who feeds gulls".to_owned(), 1)]);
    assert_eq!(asked(&fixture.config).await, expected);
    let journal = fixture.journal().await;
    journal.take_back_gap(TakenBack::new("bakery hours to", asker(1), true).expect("the question is not empty"));
    journal.close().await;
    let store = Store::open(&fixture.config).await.unwrap();
    let group = store.gaps(Some(SERVER), &ALL).await.unwrap().groups.remove(0).group;
    store.mark_done(&group, SERVER).await.unwrap();
    let journal = fixture.journal().await;
    journal.take_back_gap(TakenBack::new("who feeds gulls", asker(2), false).expect("the question is not empty"));
    journal.close().await;
    assert_eq!(asked(&fixture.config).await.into_keys().collect::<Vec<_>>(), ["who feeds gulls"]);
    assert_eq!(TakenBack::new(" ", asker(1), false), None);
}

async fn a_group_that_is_done_comes_back_when_it_is_asked_again(fixture: Fixture) {
    let journal = fixture.journal().await;
    for question in ["who feeds gulls", "gulls who feeds", "bakery hours"] {
        journal.record_gap(gap(question));
    }
    journal.close().await;
    let store = Store::open(&fixture.config).await.unwrap();
    let group = store.gaps(Some(SERVER), &ALL).await.unwrap().groups[0].group.clone();
    assert!(!store.mark_done(&group, 1).await.unwrap(), "another server");
    assert!(store.mark_done(&group, SERVER).await.unwrap());
    assert!(!store.mark_done(&group, SERVER).await.unwrap(), "it is done already");
    assert_eq!(wordings(&store.gaps(Some(SERVER), &ALL).await.unwrap()), ["bakery hours"]);
    let journal = fixture.journal().await;
    journal.record_gap(gap("gulls who feeds"));
    journal.close().await;
    let again = store.gaps(Some(SERVER), &ALL).await.unwrap();
    let found = again.groups.iter().find(|found| found.group == group).unwrap();
    assert_eq!((found.asked, found.wordings.as_slice()), (1, ["gulls who feeds".to_owned()].as_slice()));
}

async fn what_is_past_its_retention_is_deleted_at_the_start(mut fixture: Fixture) {
    fixture.config.retention_days = 30;
    let journal = fixture.journal().await;
    let days_ago = |days| Timestamp::now().minus_days(days);
    journal.record_gap(gap("asked long ago").at(days_ago(31)));
    journal.record_gap(gap("asked again").at(days_ago(31)));
    journal.record_gap(gap("asked again").at(days_ago(29)));
    for (entry, days) in [("old", 31), ("young", 29)] {
        let mut vote = vote(entry, 1, true);
        vote.at = days_ago(days);
        journal.vote(vote).await.unwrap();
    }
    journal.close().await;
    assert_eq!(asked(&fixture.config).await.len(), 2);
    let journal = fixture.journal().await;
    assert_eq!(journal.store().votes().await.unwrap()[0].entry, "young");
    journal.close().await;
    assert_eq!(asked(&fixture.config).await.into_keys().collect::<Vec<_>>(), ["asked again"]);
}

#[test]
fn a_question_without_a_word_is_not_a_gap_and_a_long_one_is_cut() {
    assert_eq!(Gap::new(&Masked::of("???"), "", &[], asker(1)), None);
    assert!(Gap::new(&Masked::of("why"), "why", &[], asker(1)).is_some());
    let long = "ä".repeat(600);
    let cut: String = long.chars().take(500).collect();
    let stored = |text: &str| Gap::new(&Masked::of(text), text, &[], asker(1)).unwrap().at(Timestamp(0));
    assert_eq!(stored(&long), stored(&cut));
}

async fn an_export_shows_one_state_although_votes_arrive_meanwhile(fixture: Fixture) {
    let journal = fixture.journal().await;
    for member in 1..=3 {
        journal.vote(vote("ferry-price", member, true)).await.unwrap();
    }
    let mut members = 4..;
    let (mut votes, mut helpful) = (0, 0);
    let receive = |record: &Record| {
        match record {
            Record::Vote { .. } => votes += 1,
            Record::Votes(summary) => helpful = summary.helpful,
            Record::Gap { .. }
            | Record::Setting { .. }
            | Record::Draft { .. }
            | Record::Pick { .. }
            | Record::Count { .. }
            | Record::Link { .. } => {}
        }
        let new = vote("ferry-price", members.next().unwrap(), true);
        block_in_place(|| Handle::current().block_on(journal.vote(new))).map_err(std::io::Error::other)
    };
    journal.store().export(receive).await.unwrap();
    assert_eq!((votes, helpful), (3, 3));
    assert_eq!(journal.store().votes().await.unwrap()[0].helpful, 7);
}
