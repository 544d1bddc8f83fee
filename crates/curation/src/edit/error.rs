//! Why a change does not go with a base, for whoever wants to make it.

/// Why a change does not go with the base.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// There is nothing to change.
    #[error("no entry has the id `{id}`: it may have been removed or renamed; choose another")]
    UnknownEntry {
        /// The id.
        id: String,
    },
    /// The id of a new entry is in use.
    #[error("the id `{id}` belongs to another entry: choose another id, or edit that entry")]
    IdTaken {
        /// The id.
        id: String,
    },
    /// The entry says so already.
    #[error("`{id}` has the phrasing `{phrasing}` already: there is nothing to add")]
    HasPhrasing {
        /// The entry's id.
        id: String,
        /// The phrasing.
        phrasing: String,
    },
    /// The entry does not have what is to be withdrawn.
    #[error("`{id}` does not have the phrasing `{phrasing}`: it may have been changed since")]
    NoPhrasing {
        /// The entry's id.
        id: String,
        /// The phrasing.
        phrasing: String,
    },
    /// An edit that leaves everything as it is.
    #[error("the edit of `{id}` changes nothing: change the question, the answer or a citation")]
    NothingToEdit {
        /// The entry's id.
        id: String,
    },
    /// A topic with this name cannot have a file.
    #[error(
        "`{topic}` cannot name a topic: use lower-case letters, digits and single hyphens, \
         with the name of its group and a slash before it if it is in one"
    )]
    TopicName {
        /// The name.
        topic: String,
    },
    /// A topic with this name would be another file of the base.
    #[error(
        "`{topic}` cannot name a topic, because `{topic}.toml` is no topic: choose another \
         name"
    )]
    ReservedTopic {
        /// The name.
        topic: String,
    },
    /// A topic of this name is in another folder.
    #[error(
        "there is a topic `{known}`, and names are unique in the base: add to it, or choose \
         another"
    )]
    TopicElsewhere {
        /// Its name, with that of its group.
        known: String,
    },
    /// A topic that the base does not have, without a title for members.
    #[error("the base has no topic `{topic}`: choose one that it has, or give the new one a title")]
    UnknownTopic {
        /// The name.
        topic: String,
    },
    /// The file is valid, but not written as tables.
    #[error(
        "`{file}` cannot be changed here, because its {what} are not written as [[{what}]] tables: \
         rewrite them as docs/KNOWLEDGE.md shows, or edit the file by hand"
    )]
    Layout {
        /// The file's name.
        file: String,
        /// `entry`, `source` or `group`.
        what: &'static str,
    },
    /// The text of a file would not be what it has to be. Nothing was written.
    #[error("`{file}` could not be changed without touching something else in it: edit it by hand")]
    Collateral {
        /// The file's name.
        file: String,
    },
}
