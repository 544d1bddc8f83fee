//! What a change would do: the entry as it would be, what `check` would find, and which questions
//! would get another reply. Nothing is written.

use std::collections::HashMap;

use footnote_knowledge::diagnostic::{Diagnostic, Diagnostics, Severity};
use footnote_knowledge::{Entry, LoadError, Topic};

use crate::change::Change;
use crate::edit;
use crate::edit::error::ChangeError;
use crate::effect::{Asked, Effect, inquiries};
use crate::folders::hash_of;
use crate::snapshot::Snapshot;
use crate::topic::topic_named;

/// A change with everything that it would do, as it was shown. Only this can be applied.
#[derive(Debug)]
pub struct Preview {
    change: Change,
    pub(crate) before: String,
    pub(crate) file: ChangedFile,
    findings: Diagnostics,
    effect: Effect,
    /// The base with the change; none if it has an error.
    after: Option<Snapshot>,
}

/// The one file that a change writes, in the top folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangedFile {
    pub(crate) name: String,
    /// Its text so far, if there is such a file.
    pub(crate) before: Option<String>,
    pub(crate) after: String,
    /// Whether it begins a topic that the base does not have, in any folder.
    pub(crate) begins_topic: bool,
}

impl Snapshot {
    /// What a change would do. `asked` are questions of members, such as those of the last 90 days.
    /// Takes as long as loading the base and asking all of its questions.
    ///
    /// # Errors
    ///
    /// [`ChangeError`] if the change does not go with the base. What `check` finds in the changed
    /// base is no error, but in [`Preview::findings`].
    pub fn preview(&self, change: &Change, asked: &[Asked]) -> Result<Preview, ChangeError> {
        Preview::new(self, change, asked)
    }
}

impl Preview {
    fn new(snapshot: &Snapshot, change: &Change, asked: &[Asked]) -> Result<Self, ChangeError> {
        let file = changed_file(snapshot, change)?;
        let mut layers = snapshot.layers.clone();
        if let Some(top) = layers.pop() {
            layers.push(top.with_file(&file.name, file.after.clone()));
        }
        let (after, findings, effect) = match Snapshot::new(layers, snapshot.asking) {
            Ok(after) => {
                let findings = new_findings(snapshot.warnings(), after.warnings());
                let inquiries = inquiries(asked, snapshot.base(), after.base());
                let (found, finds) = (snapshot.find(inquiries.keys()), after.find(inquiries.keys()));
                (Some(after), findings, Effect::new(inquiries, found, finds))
            }
            Err(LoadError::Invalid { diagnostics, .. }) => (None, diagnostics, Effect::default()),
            // Nothing is read from a disk here.
            Err(LoadError::Folder { .. }) => return Err(ChangeError::Collateral { file: file.name }),
        };
        let before = snapshot.state().to_owned();
        Ok(Self { change: change.clone(), before, file, findings, effect, after })
    }

    /// The change.
    #[must_use]
    pub fn change(&self) -> &Change {
        &self.change
    }

    /// The entry as it would be. `None` if the changed base has an error.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.after.as_ref().and_then(|after| after.base().entry(self.change.entry()))
    }

    /// Whether the entry would be the first one of a new topic.
    #[must_use]
    pub fn begins_topic(&self) -> bool {
        self.file.begins_topic
    }

    /// The errors and warnings of `check` that come with the change. Entries that would be taken
    /// for each other are not among them: see [`Self::confusions`].
    #[must_use]
    pub fn findings(&self) -> &Diagnostics {
        &self.findings
    }

    /// The pairs of entries that would be taken for each other and are not so far. `snapshot` is
    /// the one from which this was made. Takes several times as long as the preview itself.
    #[must_use]
    pub fn confusions(&self, snapshot: &Snapshot) -> Diagnostics {
        let after = self.after.as_ref().map(Snapshot::confusions);
        after.map(|after| new_findings(snapshot.confusions(), after)).unwrap_or_default()
    }

    /// What the change would do to the replies.
    #[must_use]
    pub fn effect(&self) -> &Effect {
        &self.effect
    }

    /// Whether the change can be applied: a base with an error is never written.
    #[must_use]
    pub fn is_applicable(&self) -> bool {
        self.after.is_some() && self.findings.count(Severity::Error) == 0
    }

    /// The base with the change, so that further changes can be shown on top of it. `None` if it
    /// has an error.
    #[must_use]
    pub fn after(&self) -> Option<&Snapshot> {
        self.after.as_ref()
    }

    pub(crate) fn into_after(self) -> Option<Snapshot> {
        self.after
    }

    /// Stands for the change and the state of the base for which it was shown, in 32 hexadecimal
    /// digits. Whoever cannot keep the preview until it is approved keeps this, and makes another
    /// preview then: if the seal is the same, so is everything else.
    #[must_use]
    pub fn seal(&self) -> String {
        let mut hash = hash_of(&format!("{}\n{}\n{}", self.before, self.file.name, self.file.after));
        hash.truncate(32);
        hash
    }

    /// What is written, as lines with `-` and `+` before those that differ, without the others.
    #[must_use]
    pub fn difference(&self) -> String {
        let old: Vec<&str> = self.file.before.as_deref().unwrap_or_default().lines().collect();
        let new: Vec<&str> = self.file.after.lines().collect();
        let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let (old, new) = (&old[same..], &new[same..]);
        let same = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
        let removed = old[..old.len() - same].iter().map(|line| format!("-{line}\n"));
        removed.chain(new[..new.len() - same].iter().map(|line| format!("+{line}\n"))).collect()
    }
}

/// The file with the change, or why the change does not go with the base.
fn changed_file(snapshot: &Snapshot, change: &Change) -> Result<ChangedFile, ChangeError> {
    let base = snapshot.base();
    let topic = match (change, base.entry(change.entry())) {
        (Change::AddEntry { new, .. }, Some(_)) => return Err(ChangeError::IdTaken { id: new.id.clone() }),
        (Change::AddEntry { topic, .. }, None) => topic.clone(),
        (_, Some(entry)) => base.topics[entry.topic].id.clone(),
        (_, None) => return Err(ChangeError::UnknownEntry { id: change.entry().to_owned() }),
    };
    let known = topic_named(base, &topic)?;
    let name = known.map_or_else(|| format!("{topic}.toml"), Topic::file_name);
    let Some((top, lower)) = snapshot.layers.split_last() else {
        return Err(ChangeError::UnknownTopic { topic });
    };
    let before = top.file(&name).map(|file| file.text.clone());
    let text = before.clone().unwrap_or_default();
    let text = match change {
        Change::AddEntry { title, .. } => {
            if known.is_some() {
                text
            } else {
                title.as_deref().map(edit::new_topic).ok_or(ChangeError::UnknownTopic { topic })?
            }
        }
        _ if edit::has(&name, &text, change.entry())? => text,
        _ => {
            let id = change.entry();
            let unknown = || ChangeError::UnknownEntry { id: id.to_owned() };
            let below = lower.iter().rev().filter_map(|layer| layer.file(&name));
            let has_it = |text: &str| edit::has(&name, text, id).unwrap_or(false);
            let below = below.map(|file| &file.text).find(|text| has_it(text)).ok_or_else(unknown)?;
            edit::with_copy(&name, &text, below, id)?
        }
    };
    let after = edit::edited(&name, &text, change)?;
    Ok(ChangedFile { begins_topic: known.is_none(), name, before, after })
}

/// What is found now and was not before. Lines move when something is added above them, so what
/// counts is what a finding says, and about which text.
fn new_findings(before: &Diagnostics, after: &Diagnostics) -> Diagnostics {
    fn key(found: &Diagnostic) -> (Severity, &str, Option<&str>, &str) {
        (found.severity(), found.message(), found.advice(), found.text())
    }
    let mut known: HashMap<_, usize> = HashMap::new();
    for found in before {
        *known.entry(key(found)).or_default() += 1;
    }
    let mut new = Vec::new();
    for found in after {
        match known.get_mut(&key(found)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(found.clone()),
        }
    }
    Diagnostics::from(new)
}
