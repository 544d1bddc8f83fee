#![doc = include_str!("../README.md")]

mod apply;
mod change;
mod disk;
mod edit;
mod effect;
mod folders;
mod git;
mod history;
mod layout;
mod merge;
mod preview;
mod snapshot;
mod topic;

pub use apply::{Applied, Curation, CurationError, Recovered, Settings};
pub use change::{Change, Edit, NewCitation, NewEntry};
pub use disk::{Disk, RealDisk};
pub use edit::error::ChangeError;
pub use effect::{Asked, Effect, Found, Phrasing, PhrasingState, Shift, ShiftKind};
pub use folders::Folders;
pub use footnote_knowledge::Standing;
pub use git::{CommitError, Commits};
pub use history::{Approval, CHANGES_FILE, HistoryError, Person, Record, history};
pub use layout::in_order;
pub use merge::{MergeError, Merged};
pub use preview::Preview;
pub use snapshot::{Asking, Snapshot};
pub use topic::topic_named;
