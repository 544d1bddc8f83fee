//! The steps of a draft, as the custom ids of buttons, menus and forms have them.

/// What somebody does with a draft, which is named by its id. A seal stands for what was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) enum Step {
    /// Offers entries for a phrasing.
    Choose(String),
    /// Takes the entry that was picked.
    Pick(String),
    /// Asks for words to find an entry by, or finds it.
    Search(String),
    /// Asks for another wording, or takes it.
    Reword(String),
    /// Asks for the topic of a new entry.
    New(String),
    /// Asks for a new entry in the topic that was picked from this menu of several.
    Topic(String, usize),
    /// Asks for the name of a new topic, or takes it.
    Begin(String),
    /// Takes the new entry in a form, in the topic with this key.
    Write(String, String),
    /// Asks for the new entry again.
    Edit(String),
    /// Submits it, or makes the change if it needs no approval.
    Confirm(String, String),
    /// Throws it away before it was submitted, or after it was refused.
    Discard(String),
    /// Lists what waits.
    List,
    /// Shows the draft that was picked.
    Open,
    /// Makes the change.
    Approve(String, String),
    /// Asks why it is refused, or refuses it.
    Refuse(String),
    /// Takes it back after it was submitted.
    Withdraw(String),
}

impl Step {
    /// What follows the name in a custom id.
    pub(super) fn encode(&self) -> String {
        match self {
            Self::Choose(id) => format!("choose:{id}"),
            Self::Pick(id) => format!("pick:{id}"),
            Self::Search(id) => format!("search:{id}"),
            Self::Reword(id) => format!("reword:{id}"),
            Self::New(id) => format!("new:{id}"),
            Self::Topic(id, menu) => format!("topic:{id}:{menu}"),
            Self::Begin(id) => format!("begin:{id}"),
            Self::Write(id, topic) => format!("write:{id}:{topic}"),
            Self::Edit(id) => format!("edit:{id}"),
            Self::Confirm(id, seal) => format!("confirm:{id}:{seal}"),
            Self::Discard(id) => format!("discard:{id}"),
            Self::List => "list".to_owned(),
            Self::Open => "open".to_owned(),
            Self::Approve(id, seal) => format!("approve:{id}:{seal}"),
            Self::Refuse(id) => format!("refuse:{id}"),
            Self::Withdraw(id) => format!("withdraw:{id}"),
        }
    }

    /// The step, from the parts of a custom id.
    pub(super) fn decode(verb: &str, id: &str, rest: &str) -> Option<Self> {
        let (id, rest) = (id.to_owned(), rest.to_owned());
        Some(match verb {
            "choose" => Self::Choose(id),
            "pick" => Self::Pick(id),
            "search" => Self::Search(id),
            "reword" => Self::Reword(id),
            "new" => Self::New(id),
            "topic" => Self::Topic(id, rest.parse().ok()?),
            "begin" => Self::Begin(id),
            "write" => Self::Write(id, rest),
            "edit" => Self::Edit(id),
            "confirm" => Self::Confirm(id, rest),
            "discard" => Self::Discard(id),
            "list" => Self::List,
            "open" => Self::Open,
            "approve" => Self::Approve(id, rest),
            "refuse" => Self::Refuse(id),
            "withdraw" => Self::Withdraw(id),
            _ => return None,
        })
    }
}
