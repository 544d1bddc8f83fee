//! The state of buttons and menus. It is in their custom ids, so they work after a restart and in
//! every replica.
//!
//! A custom id is a name, a verb and what the verb needs, separated by colons. Only the last part
//! may contain colons itself. An id has at most [100 characters][limit]. Messages stay on Discord
//! for years, so whatever was once encoded has to be decodable for ever.
//!
//! [limit]:
//! https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id

use std::fmt;

use super::limits::{length, prefix};
use crate::discord::incoming::Press;
use crate::journal::GapKey;
use footnote_knowledge::{Entry, KnowledgeBase};

/// The most characters in a custom id, counted in UTF-16 code units.
const MAX_CUSTOM_ID: usize = 100;

/// The longest id of an entry, topic or source that a custom id contains unchanged, in UTF-16
/// code units.
const MAX_KEY: usize = 40;

/// Where a button or menu leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) enum Address {
    /// From an answer or a "did you mean" to what comes next.
    FollowUp(FollowUp),
    /// Through the topics or the sources.
    Browse(Catalogue, Browse),
    /// Through the unanswered questions.
    Gaps(GapList),
    /// Deletes the votes of the member who uses the button.
    DeleteVotes,
    /// Deletes the answer below which the button is.
    Delete(Deletion),
    /// From the reply to a thread to its end or to the people who help.
    Thread(ThreadEnd),
}

/// What the author of a thread can do below the reply to it. Each has the author's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum ThreadEnd {
    /// Says that it is solved.
    Solved(u64),
    /// Asks the people who help.
    Help(u64),
}

/// Whose an answer is, and what its deletion says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) struct Deletion {
    /// The member who asked.
    pub(in crate::discord) asker: u64,
    /// The member whom the answer notifies, if that is another one.
    pub(in crate::discord) addressee: Option<u64>,
    /// The entry that was shown although nobody had asked the bot. Its deletion is a vote.
    pub(in crate::discord) unasked: Option<Key>,
}

impl Deletion {
    /// That of an answer to this member.
    pub(in crate::discord) fn by(asker: u64) -> Self {
        Self { asker, addressee: None, unasked: None }
    }

    /// Whether the answer is this member's.
    pub(in crate::discord) fn is_for(&self, member: u64) -> bool {
        self.asker == member || self.addressee == Some(member)
    }
}

/// What can be done with an answer, or with candidates for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) enum FollowUp {
    /// Shows an entry.
    Show(Key),
    /// Shows the related entry that was picked.
    Related,
    /// Shows the entry that was picked for this question, which counted as unanswered.
    Pick(String),
    /// Shows the entry that was picked for this question, which had an answer.
    Other(String),
    /// Says that an entry helped.
    Helpful(Key),
    /// Says that an entry did not help with this question.
    NotHelpful(Key, String),
    /// Says that the nearest entry answers this question, which counted as unanswered.
    Near(Key, String),
    /// Says that the nearest entry did not help with this question, which then counts as
    /// unanswered.
    NotNear(Key, String),
    /// Passes the question of this member on to people.
    AskPeople(u64),
    /// Shows what an entry cites.
    Sources(Key),
    /// Another page of what an entry cites. Pages are counted from 0.
    MoreSources(Key, usize),
}

/// A way to group the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum Catalogue {
    /// The topics.
    Topics,
    /// The documents that are cited.
    Sources,
}

/// A place in a catalogue. Pages are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) enum Browse {
    /// A page of the catalogue.
    Contents(usize),
    /// The entries of the picked topic or source.
    Open,
    /// A page of the entries of one topic or source.
    Entries(Key, usize),
    /// The entry that was picked from such a page.
    Pick(Key, usize),
}

/// A place in the list of unanswered questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) enum GapList {
    /// A page.
    Page(GapPage),
    /// Marks the group that was picked from a page as done.
    MarkDone(GapPage),
    /// Deletes the group that was picked from a page.
    Delete(GapPage),
}

/// A page of the list of unanswered questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) enum GapPage {
    /// Its number, counted from 0.
    Number(usize),
    /// It begins after this group.
    After(GapKey),
    /// It ends before this group.
    Before(GapKey),
}

impl fmt::Display for GapPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::After(key) => write!(f, "after:{key}"),
            Self::Before(key) => write!(f, "before:{key}"),
        }
    }
}

impl GapPage {
    fn decode(state: &str) -> Self {
        let (first, key) = split(state);
        match (first, key.parse()) {
            ("after", Ok(key)) => Self::After(key),
            ("before", Ok(key)) => Self::Before(key),
            _ => Self::Number(state.parse().unwrap_or_default()),
        }
    }
}

impl Address {
    /// The custom id. If there is not enough room, the question is cut off.
    pub(in crate::discord) fn encode(&self) -> String {
        let name = self.name();
        let mut id = match self {
            Self::FollowUp(FollowUp::Show(entry)) => format!("{name}:show:{entry}"),
            Self::FollowUp(FollowUp::Related) => format!("{name}:related"),
            Self::FollowUp(FollowUp::Near(entry, question)) => format!("{name}:near:{entry}:{question}"),
            Self::FollowUp(FollowUp::AskPeople(member)) => format!("{name}:people:{member}"),
            Self::FollowUp(FollowUp::Pick(question)) => format!("{name}:pick:{question}"),
            Self::FollowUp(FollowUp::Other(question)) => format!("{name}:other:{question}"),
            Self::FollowUp(FollowUp::Helpful(entry)) => format!("{name}:yes:{entry}"),
            Self::FollowUp(FollowUp::NotHelpful(entry, question)) => format!("{name}:no:{entry}:{question}"),
            Self::FollowUp(FollowUp::NotNear(entry, question)) => format!("{name}:far:{entry}:{question}"),
            Self::FollowUp(FollowUp::Sources(entry)) => format!("{name}:sources:{entry}"),
            Self::FollowUp(FollowUp::MoreSources(entry, page)) => format!("{name}:cited:{entry}:{page}"),
            Self::Browse(_, Browse::Contents(0)) => format!("{name}:all"),
            Self::Browse(_, Browse::Contents(page)) => format!("{name}:all:{page}"),
            Self::Browse(_, Browse::Open) => format!("{name}:choose"),
            Self::Browse(_, Browse::Entries(key, page)) => format!("{name}:list:{key}:{page}"),
            Self::Browse(_, Browse::Pick(key, page)) => format!("{name}:pick:{key}:{page}"),
            Self::Gaps(GapList::Page(page)) => format!("{name}:page:{page}"),
            Self::Gaps(GapList::MarkDone(page)) => format!("{name}:done:{page}"),
            Self::Gaps(GapList::Delete(page)) => format!("{name}:delete:{page}"),
            Self::DeleteVotes => format!("{name}:forget"),
            Self::Thread(ThreadEnd::Solved(author)) => format!("{name}:solved:{author}"),
            Self::Thread(ThreadEnd::Help(author)) => format!("{name}:help:{author}"),
            Self::Delete(Deletion { asker, addressee, unasked }) => {
                let addressee = addressee.map(|member| member.to_string()).unwrap_or_default();
                let entry = unasked.as_ref().map(Key::to_string).unwrap_or_default();
                format!("{name}:{asker}:{addressee}:{entry}")
            }
        };
        id.truncate(prefix(&id, MAX_CUSTOM_ID).len());
        id
    }

    /// Where a custom id leads, if anywhere. A missing or unreadable page means the first one.
    pub(in crate::discord) fn decode(custom_id: &str) -> Option<Self> {
        let (name, rest) = split(custom_id);
        let (verb, state) = split(rest);
        let (first, last) = split(state);
        let (whole, key) = (|| Key(state.to_owned()), || Key(first.to_owned()));
        let page = |text: &str| text.parse().unwrap_or_default();
        if name == "delete" {
            let asker = verb.parse().ok()?;
            let unasked = Some(Key(last.to_owned())).filter(|key| !key.0.is_empty());
            return Some(Self::Delete(Deletion { asker, addressee: first.parse().ok(), unasked }));
        }
        let catalogue = if name == "topics" { Catalogue::Topics } else { Catalogue::Sources };
        let address = match (name, verb) {
            ("answer", "show") => Self::FollowUp(FollowUp::Show(whole())),
            ("answer", "related") => Self::FollowUp(FollowUp::Related),
            ("answer", "near") => Self::FollowUp(FollowUp::Near(key(), last.to_owned())),
            ("answer", "people") => Self::FollowUp(FollowUp::AskPeople(state.parse().ok()?)),
            ("answer", "pick") => Self::FollowUp(FollowUp::Pick(state.to_owned())),
            ("answer", "other") => Self::FollowUp(FollowUp::Other(state.to_owned())),
            ("answer", "yes") => Self::FollowUp(FollowUp::Helpful(whole())),
            ("answer", "no") => Self::FollowUp(FollowUp::NotHelpful(key(), last.to_owned())),
            ("answer", "far") => Self::FollowUp(FollowUp::NotNear(key(), last.to_owned())),
            ("answer", "sources") => Self::FollowUp(FollowUp::Sources(whole())),
            ("answer", "cited") => Self::FollowUp(FollowUp::MoreSources(key(), page(last))),
            ("topics" | "sources", "all") => Self::Browse(catalogue, Browse::Contents(page(state))),
            ("topics" | "sources", "choose") => Self::Browse(catalogue, Browse::Open),
            ("topics" | "sources", "list") => Self::Browse(catalogue, Browse::Entries(key(), page(last))),
            ("topics" | "sources", "pick") => Self::Browse(catalogue, Browse::Pick(key(), page(last))),
            ("gaps", "page") => Self::Gaps(GapList::Page(GapPage::decode(state))),
            ("gaps", "done") => Self::Gaps(GapList::MarkDone(GapPage::decode(state))),
            ("gaps", "delete") => Self::Gaps(GapList::Delete(GapPage::decode(state))),
            ("about", "forget") => Self::DeleteVotes,
            ("thread", "solved") => Self::Thread(ThreadEnd::Solved(state.parse().ok()?)),
            ("thread", "help") => Self::Thread(ThreadEnd::Help(state.parse().ok()?)),
            _ => return None,
        };
        Some(address)
    }

    /// The name that all its custom ids begin with.
    pub(in crate::discord) fn name(&self) -> &'static str {
        match self {
            Self::FollowUp(_) => "answer",
            Self::Browse(Catalogue::Topics, _) => "topics",
            Self::Browse(Catalogue::Sources, _) => "sources",
            Self::Gaps(_) => "gaps",
            Self::DeleteVotes => "about",
            Self::Thread(_) => "thread",
            Self::Delete(_) => "delete",
        }
    }
}

/// Whether the question in a custom id is perhaps only its beginning, because it filled the id. A
/// character of two code units may have left one free.
pub(in crate::discord) fn is_cut_off(custom_id: &str) -> bool {
    length(custom_id) >= MAX_CUSTOM_ID - 1
}

fn split(text: &str) -> (&str, &str) {
    text.split_once(':').unwrap_or((text, ""))
}

/// The form of a base's id inside a custom id: the id itself, or its beginning and a checksum if
/// it is too long or contains a colon. The id of a topic is a file name, so it may be anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) struct Key(String);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const CHECKSUM_DIGITS: usize = 16;
const CHECKSUM_MARK: char = '~';

impl Key {
    /// The key of an id.
    pub(in crate::discord) fn of(id: &str) -> Self {
        if length(id) <= MAX_KEY && !id.contains(':') {
            return Self(id.to_owned());
        }
        let beginning = prefix(id, MAX_KEY - CHECKSUM_DIGITS - 1).replace(':', "");
        Self(format!("{beginning}{CHECKSUM_MARK}{:016x}", checksum(id)))
    }

    /// The key that was picked from a menu.
    pub(in crate::discord) fn picked(press: &Press) -> Self {
        Self(press.picked.clone().unwrap_or_default())
    }

    /// Whether it is the key of this id.
    pub(in crate::discord) fn names(&self, id: &str) -> bool {
        self.0 == id || (self.0.contains(CHECKSUM_MARK) && *self == Self::of(id))
    }

    /// The entry with this key.
    pub(in crate::discord) fn entry<'b>(&self, base: &'b KnowledgeBase) -> Option<&'b Entry> {
        base.entry(&self.0).or_else(|| base.entries.iter().find(|entry| self.names(&entry.id)))
    }
}

/// FNV-1a in 64 bits ([RFC 9923](https://www.rfc-editor.org/rfc/rfc9923)). It is the same in
/// every version, as a custom id has to be.
fn checksum(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
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
            (FollowUp::Near(entry, question), FollowUp::Near(_, kept)) => {
                FollowUp::Near(entry, shorten(question, kept))
            }
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
}
