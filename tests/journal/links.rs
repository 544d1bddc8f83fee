//! Where unanswered questions were asked: only if the operator says so, and never longer than the
//! question.

use footnote::journal::{Draft, DraftState, NewDraft, Origin, Page, Record, Store, Timestamp, Untold};

use super::{Fixture, SERVER, gap_by, no_variables, on_both_databases, open, records, revealed};
use crate::support::footnote::Test;
use footnote::journal::key::MemberKey;

on_both_databases!(
    a_link_is_kept_only_if_wanted_and_goes_with_its_question,
    who_asked_is_told_once_and_forgotten_on_request,
);

const GULLS: &str = "who feeds the gulls";
const MEMBER: u64 = 7;

fn origin(author: u64, message: u64) -> Origin {
    Origin { channel: 40, message, author }
}

/// A journal in which one member has asked about gulls, in message 50 or later.
async fn asked(fixture: &Fixture) -> Store {
    let journal = open(&fixture.config).await;
    journal.record_gap(gap_by(MEMBER, GULLS).asked_in(Some(origin(MEMBER, 49))));
    journal.record_gap(gap_by(MEMBER, GULLS).asked_in(Some(origin(MEMBER, 50))));
    journal.close().await;
    Store::open(&fixture.config).await.unwrap()
}

async fn links(store: &Store) -> Vec<String> {
    let groups = store.gaps(Some(SERVER), &Page::first(9)).await.unwrap().groups;
    groups.iter().flat_map(|group| &group.links).map(footnote::journal::Link::url).collect()
}

async fn group(store: &Store) -> String {
    store.gaps(Some(SERVER), &Page::first(1)).await.unwrap().groups[0].group.clone()
}

async fn kept(fixture: &Fixture) -> usize {
    records(&fixture.config).await.iter().filter(|record| matches!(record, Record::Link { .. })).count()
}

async fn a_link_is_kept_only_if_wanted_and_goes_with_its_question(mut fixture: Fixture) {
    let store = asked(&fixture).await;
    assert_eq!((links(&store).await.len(), kept(&fixture).await), (0, 0));
    store.close().await;

    fixture.config.links = true;
    let store = asked(&fixture).await;
    let newest = format!("https://discord.com/channels/{SERVER}/40/50");
    assert_eq!(links(&store).await, [newest.as_str()]);
    assert_eq!(store.untold().await.unwrap(), [], "nothing answers it yet");
    let exported = records(&fixture.config).await.into_iter().find_map(|record| match record {
        Record::Link { link, question, .. } => Some((link.url(), question)),
        _ => None,
    });
    assert_eq!(exported, Some((newest, GULLS.to_owned())));

    // A moderator deals with it, deletes it, or it grows old.
    store.mark_done(&group(&store).await, SERVER).await.unwrap();
    assert_eq!(kept(&fixture).await, 0);
    let store = asked(&fixture).await;
    store.delete_group(&group(&store).await, SERVER).await.unwrap();
    assert_eq!(kept(&fixture).await, 0);
    let store = asked(&fixture).await;
    store.delete(GULLS).await.unwrap();
    assert_eq!(kept(&fixture).await, 0);
    let store = asked(&fixture).await;
    assert_eq!(kept(&fixture).await, 1);
    store.purge(Timestamp::now()).await.unwrap();
    assert_eq!(kept(&fixture).await, 0);

    // The operator does not want it any more.
    asked(&fixture).await.close().await;
    assert_eq!(kept(&fixture).await, 1);
    fixture.config.links = false;
    open(&fixture.config).await.close().await;
    assert_eq!(kept(&fixture).await, 0);
}

/// A draft for the group, in the base.
async fn settled(fixture: &Fixture, store: &Store) -> Draft {
    let journal = open(&fixture.config).await;
    let new = NewDraft {
        server: SERVER,
        member: 8,
        keeps_id: false,
        role: "moderator".to_owned(),
        change: "{}".to_owned(),
        group: Some(group(store).await),
        suggestion: None,
    };
    let id = journal.add_draft(&new).await.unwrap();
    journal.close().await;
    let draft = store.draft(&id, SERVER).await.unwrap().unwrap();
    store.settle(&draft, SERVER, "gulls-fed", &draft.group.clone().into_iter().collect::<Vec<_>>()).await.unwrap();
    store.draft(&id, SERVER).await.unwrap().unwrap()
}

async fn who_asked_is_told_once_and_forgotten_on_request(mut fixture: Fixture) {
    fixture.config.links = true;
    let store = asked(&fixture).await;
    assert_eq!(settled(&fixture, &store).await.state, DraftState::Approved);
    assert_eq!(links(&store).await.len(), 0, "it is done");
    let untold: Vec<Untold> = store.untold().await.unwrap();
    assert_eq!(
        untold.iter().map(|one| (one.link.message, one.entry.as_str())).collect::<Vec<_>>(),
        [(50, "gulls-fed")]
    );
    assert_eq!(untold[0].told_at, None);
    // Another replica, or the same one after a crash, finds it again until it is told.
    assert!(store.begin_to_tell(&untold[0], Timestamp(5)).await.unwrap());
    assert_eq!(store.untold().await.unwrap()[0].told_at, Some(Timestamp(5)));
    store.was_not_told(&untold[0]).await.unwrap();
    assert_eq!(store.untold().await.unwrap(), untold);
    store.forget_link(&untold[0]).await.unwrap();
    assert!(!store.begin_to_tell(&untold[0], Timestamp(6)).await.unwrap(), "somebody was faster");
    assert_eq!(store.untold().await.unwrap(), []);

    // Whoever asks to be forgotten is not told.
    let store = asked(&fixture).await;
    settled(&fixture, &store).await;
    assert_eq!(store.untold().await.unwrap().len(), 1);
    let key = MemberKey::find(&fixture.config.path, no_variables).unwrap().unwrap();
    store.forget(MEMBER, &key).await.unwrap();
    assert_eq!((store.untold().await.unwrap().len(), kept(&fixture).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_copied_to_a_server() {
    let Some(mut target) = Fixture::on_a_server().await else { return };
    let mut source = Fixture::new();
    (source.config.links, target.config.links) = (true, true);
    let store = asked(&source).await;
    settled(&source, &store).await;
    store.begin_to_tell(&store.untold().await.unwrap()[0], Timestamp(5)).await.unwrap();
    store.close().await;
    let untold = Store::open(&source.config).await.unwrap().untold().await.unwrap();
    let url = revealed(target.config.url.as_ref().unwrap());
    let copied = Test::at(source.folder.path()).args(["journal", "copy", "--to", &url]).run().status(0).stdout;
    assert!(copied.contains("1 link"), "{copied}");
    assert_eq!(records(&target.config).await, records(&source.config).await);
    assert_eq!(kept(&target).await, 1);
    // So whoever asked is told from there, and it is known that somebody has begun to.
    assert_eq!(Store::open(&target.config).await.unwrap().untold().await.unwrap(), untold);
    assert_eq!(untold[0].told_at, Some(Timestamp(5)));
}
