//! The response to an interaction or a post: what the member gets, and what the log gets.

use serde_json::Value;
use strum::IntoStaticStr;

use super::texts::Texts;
use super::view::file::File;
use super::view::message::Card;
use super::view::reply::choices;
use crate::language::Language;
use footnote_knowledge::Entry;
use footnote_search::reply::{self, Outcome as SearchOutcome, Reply};

/// The response to an interaction or a post.
#[derive(Debug)]
pub struct Response {
    pub(super) delivery: Delivery,
    /// What to do on Discord once it is delivered.
    pub(super) errand: Option<Errand>,
    /// What is done once the member has the response.
    pub(super) afterwards: Option<Afterwards>,
    /// What the log gets.
    pub summary: Summary,
}

/// What is sent.
#[derive(Debug)]
pub(super) enum Delivery {
    /// A new message.
    Message(Card),
    /// A card that replaces the one whose button or menu was used. A file of the old card goes,
    /// unless this one has a file too.
    Update(Card),
    /// Other rows for the message whose button was used, and perhaps a text above it. The rest of
    /// the message stays.
    Rows(Value, Option<String>),
    /// A form to fill in.
    Form(Value),
    /// Nothing that anybody sees.
    Nothing,
    /// Texts to choose from while a member types.
    Choices(Vec<String>),
}

/// Something to do on Discord besides the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Errand {
    /// Marks a thread as solved, as the configuration says.
    Solve {
        /// The thread's id.
        thread: u64,
        /// What the member is told if it fails.
        regret: String,
    },
    /// Notifies the people who help, in a thread.
    CallHelpers {
        /// The thread's id.
        thread: u64,
        /// Their role.
        role: u64,
        /// What the message says that notifies them.
        text: String,
        /// The id of the message whose button was used. It calls them only once.
        message: u64,
        /// What the member is told if it fails.
        regret: String,
    },
}

/// What is done once the member has the response.
#[derive(Debug)]
pub(super) enum Afterwards {
    /// Deletes the message whose button was used.
    Delete,
    /// Takes the menu of candidates from the response, if after a while nobody has used it.
    Expire,
    /// Posts a question for people to answer, and then changes the buttons of the message whose
    /// button was used.
    AskPeople(Box<Inquiry>),
}

/// A question for people.
#[derive(Debug)]
pub(super) struct Inquiry {
    /// The channel that it is posted in.
    pub(super) channel: u64,
    /// The message, in Discord's form.
    pub(super) message: Value,
    /// The buttons if it was posted.
    pub(super) posted: Value,
    /// The buttons if it could not be posted.
    pub(super) failed: Value,
}

/// What may be logged of an interaction or a post: nothing about who it was.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// The command's name, or the kind of interaction. The code that picks the command fills it
    /// in.
    pub command: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The confidence of the best entry, 0 to 1; 0 if there is none.
    pub confidence: f32,
    /// The best entry's id.
    pub entry: Option<String>,
    /// The question, for the debug level only.
    pub question: Option<String>,
}

/// How an interaction or a post ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// An entry was shown.
    Answer,
    /// The nearest entry was shown.
    Closest,
    /// Entries were offered for a question.
    Suggest,
    /// The base has no answer.
    Unknown,
    /// Questions were offered while a member typed.
    Choices,
    /// The question is in another language than the base, which has no sure answer to it.
    OtherLanguage,
    /// A post or message had no question.
    NoQuestion,
    /// A member only said hello or thank you.
    Courtesy,
    /// A thread was marked as solved.
    Solved,
    /// The people who help were notified.
    Called,
    /// A page of a list was shown.
    List,
    /// The figures of a server were shown.
    Stats,
    /// The bot described itself.
    About,
    /// The bot showed what can be done with it.
    Help,
    /// A member deleted their votes.
    Forgotten,
    /// The sources of an entry were shown.
    Sources,
    /// A member said that an answer helped.
    Helpful,
    /// A member said that an answer did not help.
    NotHelpful,
    /// A vote could not be stored.
    VoteFailed,
    /// The base no longer has what a button or menu leads to.
    Gone,
    /// The message from whose menu the command was chosen has no text.
    NoText,
    /// Somebody deleted an answer.
    Removed,
    /// A question was passed on to people.
    AskedPeople,
    /// There is nobody to pass a question on to.
    NoPeople,
    /// A form was shown.
    Form,
    /// A draft of an entry was shown.
    Preview,
    /// A group of unanswered questions was marked as done.
    Done,
    /// A group of unanswered questions was deleted.
    Deleted,
    /// A draft of a change of the base was shown.
    Draft,
    /// A draft was submitted.
    Submitted,
    /// A draft was taken back or refused.
    Withdrawn,
    /// The base was changed.
    Changed,
    /// The base could not be changed, or a change not be shown.
    NotChanged,
    /// A command for servers was used elsewhere.
    NoServer,
    /// The journal is off.
    NoJournal,
    /// The journal could not be used.
    JournalFailed,
    /// An owner's command came from somebody else.
    Refused,
    /// Discord has not yet said who the owners are.
    OwnersUnknown,
    /// An owner's work continues after the response.
    GoesOn,
    /// Another owner's work is still running.
    Busy,
    /// An owner's work panicked.
    Broken,
    /// Another base was loaded.
    Reloaded,
    /// The base on the disk has an error and was not loaded.
    NotReloaded,
    /// The settings of a server were shown.
    Settings,
    /// A server's base is still being loaded.
    BaseLate,
    /// A server's base cannot be loaded.
    BaseBroken,
    /// A check found nothing.
    Sound,
    /// A check found problems.
    Problems,
    /// The knowledge folder could not be read.
    Unreadable,
    /// The member's cooldown is not over.
    TooSoon,
    /// This version does not know such a command, button or menu.
    #[default]
    Unsupported,
}

impl Outcome {
    /// The word that the log shows.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.into()
    }
}

impl From<reply::Outcome> for Outcome {
    fn from(outcome: reply::Outcome) -> Self {
        match outcome {
            reply::Outcome::Answer => Self::Answer,
            reply::Outcome::Closest => Self::Closest,
            reply::Outcome::Suggest => Self::Suggest,
            reply::Outcome::Unknown => Self::Unknown,
        }
    }
}

impl Response {
    /// A card as a new message.
    pub(super) fn message(card: Card, outcome: Outcome) -> Self {
        Self::new(Delivery::Message(card), outcome)
    }

    /// A card that replaces the one whose button or menu was used.
    pub(super) fn update(card: Card, outcome: Outcome) -> Self {
        Self::new(Delivery::Update(card), outcome)
    }

    /// A text that only the member sees.
    pub(super) fn notice(text: &str, outcome: Outcome) -> Self {
        Self::message(Card::notice(text), outcome)
    }

    /// Questions to choose from while a member types.
    pub(super) fn choices(entries: &[&Entry]) -> Self {
        let best = entries.first().map(|entry| entry.id.clone());
        let response = Self::new(Delivery::Choices(choices(entries)), Outcome::Choices);
        Self { summary: Summary { entry: best, ..response.summary }, ..response }
    }

    /// The card that shows the reply to a question, as a new message.
    pub(super) fn reply(card: Card, question: &str, reply: &Reply<'_>) -> Self {
        let summary = Summary {
            outcome: reply.outcome.into(),
            confidence: reply.confidence(),
            entry: reply.candidates.first().map(|candidate| candidate.entry.id.clone()),
            question: Some(question.to_owned()),
            ..Summary::default()
        };
        // What only the member sees is in nobody's way.
        let is_public_offer = reply.outcome == SearchOutcome::Suggest && !card.is_private();
        let afterwards = is_public_offer.then_some(Afterwards::Expire);
        Self { delivery: Delivery::Message(card), afterwards, errand: None, summary }
    }

    /// Other buttons and menus for the message whose button or menu was used.
    pub(super) fn marked(rows: Value, outcome: Outcome) -> Self {
        Self::new(Delivery::Rows(rows, None), outcome)
    }

    /// A form to fill in.
    pub(super) fn form(form: Value) -> Self {
        Self::new(Delivery::Form(form), Outcome::Form)
    }

    /// Deletes the message whose button was used.
    pub(super) fn deletion() -> Self {
        Self { afterwards: Some(Afterwards::Delete), ..Self::new(Delivery::Nothing, Outcome::Removed) }
    }

    /// Other buttons for the message whose button was used, while a question is passed on.
    pub(super) fn inquiry(rows: Value, inquiry: Inquiry) -> Self {
        let afterwards = Some(Afterwards::AskPeople(Box::new(inquiry)));
        Self { afterwards, ..Self::new(Delivery::Rows(rows, None), Outcome::AskedPeople) }
    }

    /// The response to a question in another language than that of the base.
    pub(super) fn in_other_language(texts: &Texts, base: Language, question: &str) -> Self {
        let response = Self::notice(&texts.ask_in_other_language(base.tag()), Outcome::OtherLanguage);
        Self { summary: Summary { question: Some(question.to_owned()), ..response.summary }, ..response }
    }

    /// The response if the base no longer has what a button or menu leads to.
    pub(super) fn gone(texts: &Texts) -> Self {
        Self::notice(&texts.entry_is_gone(), Outcome::Gone)
    }

    /// The response to a command, button or menu of another version.
    pub(super) fn unsupported(texts: &Texts) -> Self {
        Self::notice(&texts.unsupported(), Outcome::Unsupported)
    }

    /// The response if the member has to wait for this many seconds.
    pub(super) fn too_soon(texts: &Texts, seconds: u64) -> Self {
        Self::notice(&texts.too_soon(seconds), Outcome::TooSoon)
    }

    fn new(delivery: Delivery, outcome: Outcome) -> Self {
        Self { delivery, afterwards: None, errand: None, summary: Summary { outcome, ..Summary::default() } }
    }

    /// Other rows for the message whose button was used, and something to do on Discord.
    pub(super) fn rows(rows: Value, note: Option<String>, errand: Errand, outcome: Outcome) -> Self {
        Self { errand: Some(errand), ..Self::new(Delivery::Rows(rows, note), outcome) }
    }

    /// Adds the entry for the log.
    pub(super) fn about(mut self, entry: &Entry) -> Self {
        self.summary.entry = Some(entry.id.clone());
        self
    }

    /// Adds the name of the command, or of the kind of interaction, for the log.
    pub(super) fn named(mut self, command: &str) -> Self {
        command.clone_into(&mut self.summary.command);
        self
    }

    /// The file attached to it.
    #[must_use]
    pub fn file(&self) -> Option<&File> {
        match &self.delivery {
            Delivery::Message(card) | Delivery::Update(card) => card.file(),
            Delivery::Rows(..) | Delivery::Form(_) | Delivery::Nothing | Delivery::Choices(_) => None,
        }
    }
}
