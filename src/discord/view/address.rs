//! The state of buttons and menus. It is in their custom ids, so they work after a restart and in
//! every replica.
//!
//! A custom id is a name, a verb and what the verb needs, separated by colons. Only the last part
//! may contain colons itself. An id has at most [100 characters][limit]. Messages stay on Discord
//! for years, so whatever was once encoded has to be decodable for ever.
//!
//! [limit]:
//! https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id

#[cfg(test)]
mod tests;

use std::fmt;

use super::limits::{length, prefix};
use super::step::Step;
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
    /// Through the questions for which members chose entries.
    Suggestions(SuggestionList),
    /// Deletes the votes of the member who uses the button.
    DeleteVotes,
    /// Deletes the answer below which the button is.
    Delete(Deletion),
    /// Through the steps of a draft.
    Draft(Step),
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
    /// Begins a draft with the group that was picked from a page.
    Teach(GapPage),
}

/// A place in the list of suggestions. Pages are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum SuggestionList {
    /// A page.
    Page(usize),
    /// Begins a draft of the suggestion that was picked from a page, for the entry it names.
    Accept(usize),
    /// Begins a draft of the suggestion that was picked from a page, for another entry.
    OtherEntry(usize),
    /// Marks the suggestion that was picked from a page as dealt with.
    Reject(usize),
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
            Self::Gaps(GapList::Teach(page)) => format!("{name}:teach:{page}"),
            Self::Draft(step) => format!("{name}:{}", step.encode()),
            Self::Suggestions(SuggestionList::Page(page)) => format!("{name}:page:{page}"),
            Self::Suggestions(SuggestionList::Accept(page)) => format!("{name}:accept:{page}"),
            Self::Suggestions(SuggestionList::OtherEntry(page)) => format!("{name}:other:{page}"),
            Self::Suggestions(SuggestionList::Reject(page)) => format!("{name}:reject:{page}"),
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
            ("gaps", "teach") => Self::Gaps(GapList::Teach(GapPage::decode(state))),
            ("draft", _) => Self::Draft(Step::decode(verb, first, last)?),
            ("suggestions", "page") => Self::Suggestions(SuggestionList::Page(page(state))),
            ("suggestions", "accept") => Self::Suggestions(SuggestionList::Accept(page(state))),
            ("suggestions", "other") => Self::Suggestions(SuggestionList::OtherEntry(page(state))),
            ("suggestions", "reject") => Self::Suggestions(SuggestionList::Reject(page(state))),
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
            Self::Draft(_) => "draft",
            Self::Suggestions(_) => "suggestions",
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
