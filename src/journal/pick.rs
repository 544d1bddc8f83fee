//! What members' choices say of a question and an entry: labels for a curator, without any member.

use sha2::{Digest, Sha256};
use strum::IntoStaticStr;

use super::gap::{Asker, shortened};
use super::masking::Masked;
use super::timestamp::Timestamp;

/// How a question and an entry came together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum PickKind {
    /// The member chose the entry from those that were offered for the question.
    Suggested,
    /// The entry was shown as the nearest, and the member said that it is what they meant.
    Closest,
    /// The member chose the entry after another one did not help.
    Instead,
    /// The member said that the entry did not help.
    Unhelpful,
    /// The entry was the answer, but only just sure enough. No member said anything.
    Narrow,
}

impl PickKind {
    /// The word that the journal stores.
    pub(super) fn label(self) -> &'static str {
        self.into()
    }
}

/// A question with an entry that a member chose for it, or did not want for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    pub(super) example: String,
    pub(super) normalized: String,
    pub(super) entry: String,
    pub(super) kind: PickKind,
    pub(super) asker: Asker,
    pub(super) is_cut_off: bool,
    pub(super) at: Timestamp,
}

impl Pick {
    /// Takes a masked question and its normalized form, as for [`Gap::new`](super::Gap::new), the
    /// id of the entry, and whether only the beginning of the question is known. Who chose is not
    /// stored. Returns `None` if the normalized form is empty.
    #[must_use]
    pub fn new(
        question: &Masked,
        normalized: &str,
        entry: &str,
        kind: PickKind,
        asker: Asker,
        is_cut_off: bool,
    ) -> Option<Self> {
        let normalized = shortened(normalized.trim());
        let (example, entry, at) = (shortened(question.as_str().trim()), shortened(entry), Timestamp::now());
        (!normalized.is_empty()).then_some(Self { example, normalized, entry, kind, asker, is_cut_off, at })
    }

    /// The same pick at another time.
    #[must_use]
    pub fn at(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }
}

/// The name of a question with an entry, 16 hexadecimal digits, as for a group of gaps.
pub(super) fn pick_name(normalized: &str, entry: &str) -> String {
    const BYTES: usize = 8;
    hex::encode(&Sha256::digest([normalized, entry].join("\n"))[..BYTES])
}
