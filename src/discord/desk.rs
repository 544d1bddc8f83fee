//! Where changes of the base are shown and made. All of it blocks, so it runs on a thread of its
//! own.

use std::sync::{Arc, Mutex, PoisonError};

use footnote_curation::{
    Applied, Approval, Asked, Change, ChangeError, Curation, CurationError, Person, Preview, Settings, Snapshot,
};
use footnote_search::reply::Thresholds;

use crate::base::BaseFolders;
use crate::config::CurationConfig;
use crate::telemetry::with_causes;

/// Shows and makes changes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Desk {
    config: Arc<CurationConfig>,
    /// The server whose moderators may change the base.
    server: Option<u64>,
    folders: BaseFolders,
    /// The base as it was when a change was last shown. All desks share it: it takes much memory,
    /// and building one at a time leaves some for members.
    latest: Arc<Mutex<Option<Known>>>,
}

/// The server whose base it is, how the base is asked, and the base.
type Known = (Option<u64>, Asking, Arc<Snapshot>);

/// How a base is asked: its thresholds, and the expected share of questions without an answer.
pub(super) type Asking = (Thresholds, f32);

/// A change was not shown or not made.
#[derive(Debug, thiserror::Error)]
pub(super) enum DeskError {
    /// It does not go with the base.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The base has an error, cannot be written, or would have an error.
    #[error(transparent)]
    Curation(Box<CurationError>),
    /// It would do something else than what was shown, because the base has changed meanwhile.
    #[error("the base has changed since the draft was shown")]
    Changed(Box<Preview>),
}

impl From<CurationError> for DeskError {
    fn from(error: CurationError) -> Self {
        Self::Curation(Box::new(error))
    }
}

/// What became of a change that is in the base.
#[derive(Debug)]
pub(super) enum Made {
    /// It was written.
    Now(Box<Applied>),
    /// The base had it already.
    Before,
}

impl Desk {
    /// Changes the base in these folders.
    #[must_use]
    pub fn new(config: CurationConfig, folders: BaseFolders) -> Self {
        Self { server: config.server, config: Arc::new(config), folders, latest: Arc::default() }
    }

    /// The desk of a server with a base of its own.
    pub(super) fn of_server(&self, server: u64, folders: BaseFolders) -> Self {
        Self { server: Some(server), folders, ..self.clone() }
    }

    /// The server whose moderators may change the base, if it is named.
    pub(super) fn server(&self) -> Option<u64> {
        self.server
    }

    /// The role of those who review drafts, as it is configured for the base of most servers.
    pub(super) fn reviewers_role(&self) -> Option<u64> {
        self.config.reviewers_role
    }

    /// Whether it is the server whose moderators may change the base.
    pub(super) fn is_in(&self, server: u64) -> bool {
        self.server == Some(server)
    }

    /// A member as the record of changes has them, who is this.
    pub(super) fn person(&self, member: u64, role: &str) -> Person {
        let member = self.config.records_ids.then(|| member.to_string());
        Person { role: role.to_owned(), member }
    }

    /// Whether somebody else has to approve one's own draft.
    pub(super) fn needs_another(&self) -> bool {
        self.config.needs_another
    }

    /// Whether drafts keep their author's id.
    pub(super) fn records_ids(&self) -> bool {
        self.config.records_ids
    }

    /// Completes or undoes a change that was interrupted.
    pub fn recover(&self) {
        match self.curation().recover() {
            Ok(None) => {}
            Ok(Some(recovered)) => tracing::warn!(?recovered, "found a change of the base that was interrupted"),
            Err(error) => tracing::error!(error = with_causes(&error), "cannot complete an interrupted change"),
        }
    }

    /// What a change would do to the base on the disk, and to the replies to these questions.
    pub(super) fn preview(&self, change: &Change, asked: &[Asked], asking: Asking) -> Result<Preview, DeskError> {
        Ok(self.snapshot(asking)?.preview(change, asked)?)
    }

    /// Makes a change if it would do what was shown, which `seal` stands for.
    pub(super) fn apply(
        &self,
        change: &Change,
        seal: &str,
        asked: &[Asked],
        asking: Asking,
        approval: &Approval,
    ) -> Result<Made, DeskError> {
        let preview = match self.preview(change, asked, asking) {
            Ok(preview) => preview,
            // After a crash, the base may have a change of which the draft does not know.
            Err(DeskError::Change(ChangeError::HasPhrasing { .. } | ChangeError::IdTaken { .. }))
                if self.has(change, asking)? =>
            {
                return Ok(Made::Before);
            }
            Err(error) => return Err(error),
        };
        if preview.seal() != seal {
            return Err(DeskError::Changed(Box::new(preview)));
        }
        let applied = match self.curation().apply(preview, approval) {
            Ok(applied) => applied,
            Err(CurationError::Stale { .. }) => {
                let preview = self.preview(change, asked, asking)?;
                return Err(DeskError::Changed(Box::new(preview)));
            }
            Err(error) => return Err(error.into()),
        };
        tracing::info!(
            entry = applied.record.change.entry(),
            file = applied.record.file,
            record = applied.record.id,
            commit = applied.commit.as_ref().ok().and_then(Option::as_deref),
            "the base was changed"
        );
        if let Err(error) = &applied.commit {
            tracing::warn!(error = with_causes(error), "a change was not committed");
        }
        Ok(Made::Now(Box::new(applied)))
    }

    /// Whether the base has what a change adds, word for word.
    pub(super) fn has(&self, change: &Change, asking: Asking) -> Result<bool, DeskError> {
        let snapshot = self.snapshot(asking)?;
        let Some(known) = snapshot.base().entry(change.entry()) else { return Ok(false) };
        Ok(match change {
            Change::AddPhrasing { phrasing, .. } => known.phrasings.iter().any(|own| own.value == *phrasing),
            Change::AddEntry { new, .. } => known.question == new.question && known.answer.value == new.answer,
            Change::WithdrawPhrasing { .. } | Change::EditEntry { .. } => false,
        })
    }

    fn curation(&self) -> Curation {
        let mut settings = Settings::new(self.folders.to_change());
        settings.members = self.config.records_ids;
        settings.commits.clone_from(&self.config.commits);
        Curation::new(settings)
    }

    /// The base as it is on the disk. What was read for the last change is used again if no file
    /// has changed since.
    fn snapshot(&self, asking: Asking) -> Result<Arc<Snapshot>, CurationError> {
        let curation = self.curation();
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((server, known, snapshot)) = &*latest
            && (*server, *known) == (self.server, asking)
            && curation.is_current(snapshot)?
        {
            return Ok(Arc::clone(snapshot));
        }
        *latest = None;
        let snapshot = Arc::new(curation.snapshot(asking.0, asking.1)?);
        *latest = Some((self.server, asking, Arc::clone(&snapshot)));
        Ok(snapshot)
    }
}
