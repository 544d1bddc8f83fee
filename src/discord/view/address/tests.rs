//! Whether what is in a custom id comes back as it was.

use super::*;
use crate::journal::Timestamp;
use proptest::prelude::*;

fn catalogue() -> impl Strategy<Value = Catalogue> {
    prop_oneof![Just(Catalogue::Topics), Just(Catalogue::Sources)]
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof!["[a-z0-9-]{1,60}", any::<String>()].prop_map(|id| Key::of(&id))
}

fn gap_page() -> impl Strategy<Value = GapPage> {
    let key = (0..=i64::MAX.unsigned_abs(), any::<i64>(), "[0-9a-f]{16}").prop_map(|(asked, last, group)| GapKey {
        asked,
        last_seen: Timestamp(last),
        group,
    });
    prop_oneof![
        any::<usize>().prop_map(GapPage::Number),
        key.clone().prop_map(GapPage::After),
        key.prop_map(GapPage::Before),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    ("[0-9a-f]{16}", "[0-9a-f]{32}", 0..8).prop_map(|(id, seal, which)| match which {
        0 => Step::Pick(id),
        1 => Step::Confirm(id, seal),
        2 => Step::Approve(id, seal),
        3 => Step::Refuse(id),
        4 => Step::Open,
        5 => Step::Write(id, Key::of(&seal.repeat(3)).to_string()),
        6 => Step::Topic(id, 3),
        7 => Step::Begin(id),
        _ => Step::Reword(id),
    })
}

fn address() -> impl Strategy<Value = Address> {
    let question = || prop_oneof!["\\PC{0,200}", any::<String>()];
    let follow_up = prop_oneof![
        key().prop_map(FollowUp::Show),
        question().prop_map(FollowUp::Pick),
        question().prop_map(FollowUp::Other),
        key().prop_map(FollowUp::Helpful),
        (key(), question()).prop_map(|(entry, question)| FollowUp::NotHelpful(entry, question)),
        (key(), question()).prop_map(|(entry, question)| FollowUp::NotNear(entry, question)),
        Just(FollowUp::Related),
        any::<u64>().prop_map(FollowUp::AskPeople),
        (key(), question()).prop_map(|(entry, question)| FollowUp::Near(entry, question)),
        key().prop_map(FollowUp::Sources),
        (key(), any::<usize>()).prop_map(|(entry, page)| FollowUp::MoreSources(entry, page)),
    ];
    let place = prop_oneof![
        any::<usize>().prop_map(Browse::Contents),
        Just(Browse::Open),
        (key(), any::<usize>()).prop_map(|(key, page)| Browse::Entries(key, page)),
        (key(), any::<usize>()).prop_map(|(key, page)| Browse::Pick(key, page)),
    ];
    prop_oneof![
        follow_up.prop_map(Address::FollowUp),
        (catalogue(), place).prop_map(|(catalogue, place)| Address::Browse(catalogue, place)),
        gap_page().prop_map(|page| Address::Gaps(GapList::Page(page))),
        gap_page().prop_map(|page| Address::Gaps(GapList::MarkDone(page))),
        gap_page().prop_map(|page| Address::Gaps(GapList::Delete(page))),
        gap_page().prop_map(|page| Address::Gaps(GapList::Teach(page))),
        step().prop_map(Address::Draft),
        any::<usize>().prop_map(|page| Address::Suggestions(SuggestionList::Page(page))),
        any::<usize>().prop_map(|page| Address::Suggestions(SuggestionList::Accept(page))),
        any::<usize>().prop_map(|page| Address::Suggestions(SuggestionList::OtherEntry(page))),
        any::<usize>().prop_map(|page| Address::Suggestions(SuggestionList::Reject(page))),
        Just(Address::DeleteVotes),
        any::<u64>().prop_map(|author| Address::Thread(ThreadEnd::Solved(author))),
        any::<u64>().prop_map(|author| Address::Thread(ThreadEnd::Help(author))),
        (any::<u64>(), any::<Option<u64>>(), proptest::option::of("[a-z0-9-]{1,60}")).prop_map(
            |(asker, addressee, entry)| {
                let unasked = entry.map(|id| Key::of(&id));
                Address::Delete(Deletion { asker, addressee, unasked })
            }
        ),
    ]
}

/// The address, with its question cut to the length of that in `to`.
fn shortened(address: Address, to: &Address) -> Address {
    let shorten = |question: String, kept: &String| {
        assert!(question.starts_with(kept), "{kept} of {question}");
        kept.clone()
    };
    let (Address::FollowUp(follow_up), Address::FollowUp(to)) = (address.clone(), to) else { return address };
    Address::FollowUp(match (follow_up, to) {
        (FollowUp::Pick(question), FollowUp::Pick(kept)) => FollowUp::Pick(shorten(question, kept)),
        (FollowUp::Other(question), FollowUp::Other(kept)) => FollowUp::Other(shorten(question, kept)),
        (FollowUp::NotHelpful(entry, question), FollowUp::NotHelpful(_, kept)) => {
            FollowUp::NotHelpful(entry, shorten(question, kept))
        }
        (FollowUp::Near(entry, question), FollowUp::Near(_, kept)) => FollowUp::Near(entry, shorten(question, kept)),
        (FollowUp::NotNear(entry, question), FollowUp::NotNear(_, kept)) => {
            FollowUp::NotNear(entry, shorten(question, kept))
        }
        (follow_up, _) => follow_up,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_address_decodes_to_itself_with_as_much_of_its_question_as_there_is_room_for(address in address()) {
        let id = address.encode();
        prop_assert!(length(&id) <= MAX_CUSTOM_ID);
        let decoded = Address::decode(&id).expect("it is an address");
        prop_assert_eq!(&shortened(address.clone(), &decoded), &decoded);
        // If a surrogate pair does not fit, one unit stays free.
        prop_assert!(decoded == address || length(&id) >= MAX_CUSTOM_ID - 1);
    }

    #[test]
    fn any_text_decodes_to_an_address_that_stays_the_same_or_to_none(
        text in prop_oneof![any::<String>(), "(answer|topics|sources|gaps|about|delete):(show|no|far|near|related|people|7|sources|cited|pick|other|all|list|page|done|delete|forget):\\PC{0,60}"],
    ) {
        if let Some(address) = Address::decode(&text) {
            let id = address.encode();
            prop_assert!(length(&id) <= MAX_CUSTOM_ID);
            prop_assert_eq!(Address::decode(&id).expect("it is an address").encode(), id);
        }
    }
}

#[test]
fn custom_ids_of_messages_that_are_on_discord_lead_where_they_did() {
    let follow_up = |to| Some(Address::FollowUp(to));
    let browse = |to| Some(Address::Browse(Catalogue::Topics, to));
    let ferry = || Key::of("ferry-price");
    let question = || "is it: far?".to_owned();
    let key = || GapKey { asked: 3, last_seen: Timestamp(7), group: "00ff".to_owned() };
    for (custom_id, address) in [
        ("answer:show:ferry-price", follow_up(FollowUp::Show(ferry()))),
        ("answer:pick:is it: far?", follow_up(FollowUp::Pick(question()))),
        ("answer:yes:ferry-price", follow_up(FollowUp::Helpful(ferry()))),
        ("answer:no:ferry-price:is it: far?", follow_up(FollowUp::NotHelpful(ferry(), question()))),
        ("answer:other:is it: far?", follow_up(FollowUp::Other(question()))),
        ("answer:far:ferry-price:is it: far?", follow_up(FollowUp::NotNear(ferry(), question()))),
        ("answer:related", follow_up(FollowUp::Related)),
        ("answer:near:ferry-price:is it: far?", follow_up(FollowUp::Near(ferry(), question()))),
        ("answer:people:7", follow_up(FollowUp::AskPeople(7))),
        ("delete:7::", Some(Address::Delete(Deletion::by(7)))),
        (
            "delete:7:8:ferry-price",
            Some(Address::Delete(Deletion { asker: 7, addressee: Some(8), unasked: Some(ferry()) })),
        ),
        ("answer:sources:ferry-price", follow_up(FollowUp::Sources(ferry()))),
        ("answer:cited:ferry-price:2", follow_up(FollowUp::MoreSources(ferry(), 2))),
        ("answer:no:ferry-price", follow_up(FollowUp::NotHelpful(ferry(), String::new()))),
        ("topics:all", browse(Browse::Contents(0))),
        ("topics:all:2", browse(Browse::Contents(2))),
        ("topics:choose", browse(Browse::Open)),
        ("topics:list:ferry-price:1", browse(Browse::Entries(ferry(), 1))),
        ("topics:pick:ferry-price:1", browse(Browse::Pick(ferry(), 1))),
        ("sources:choose", Some(Address::Browse(Catalogue::Sources, Browse::Open))),
        ("gaps:page:3", Some(Address::Gaps(GapList::Page(GapPage::Number(3))))),
        ("gaps:done:3", Some(Address::Gaps(GapList::MarkDone(GapPage::Number(3))))),
        ("gaps:delete:3", Some(Address::Gaps(GapList::Delete(GapPage::Number(3))))),
        ("gaps:page:after:3:7:00ff", Some(Address::Gaps(GapList::Page(GapPage::After(key()))))),
        ("gaps:done:before:3:7:00ff", Some(Address::Gaps(GapList::MarkDone(GapPage::Before(key()))))),
        ("gaps:page:after:3", Some(Address::Gaps(GapList::Page(GapPage::Number(0))))),
        ("gaps:undo:3", None),
        ("suggestions:page:2", Some(Address::Suggestions(SuggestionList::Page(2)))),
        ("suggestions:reject:2", Some(Address::Suggestions(SuggestionList::Reject(2)))),
        ("about:forget", Some(Address::DeleteVotes)),
        ("thread:solved:7", Some(Address::Thread(ThreadEnd::Solved(7)))),
        ("thread:help:7", Some(Address::Thread(ThreadEnd::Help(7)))),
        ("thread:help:me", None),
        ("from-another-version", None),
    ] {
        assert_eq!(Address::decode(custom_id), address, "{custom_id}");
    }
}

#[test]
fn a_question_is_cut_off_between_characters() {
    let address = Address::FollowUp(FollowUp::NotHelpful(Key::of("ferry-fares-"), "🤔".repeat(100)));
    let cut = address.encode();
    assert_eq!(length(&cut), MAX_CUSTOM_ID - 1);
    assert!(cut.ends_with('🤔'));
}

#[test]
fn a_long_id_gets_a_key_of_its_own_that_stays_short() {
    let (one, other) = (format!("{}-one", "long-".repeat(20)), format!("{}-other", "long-".repeat(20)));
    assert_eq!(Key::of("ferry-price").to_string(), "ferry-price");
    assert_ne!(Key::of(&one), Key::of(&other));
    assert!(Key::of(&one).names(&one) && !Key::of(&one).names(&other));
    assert_eq!(length(&Key::of(&one).0), MAX_KEY);
    assert!(length(&Key::of(&"🤔".repeat(30)).0) <= MAX_KEY);
}

#[test]
fn a_key_has_no_colon() {
    assert_ne!(Key::of("a:b"), Key::of("ab"));
    assert!(!Key::of("a:b").0.contains(':'));
}
