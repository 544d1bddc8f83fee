//! Writes a change that was shown, so that it happens as a whole or not at all.
//!
//! A change is more than a file: there is its record, and perhaps a commit. What is about to happen
//! is therefore written down first. Whoever comes after a crash finds that note, sees whether the
//! file has the change, and completes the rest or removes the note.
//!
//! The order is: the note, the calibration (which fits the base before and after; without one
//! there is none to keep in force), the file, the record, the commit; then the note goes. Each is
//! complete on the disk before the next begins.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use footnote_knowledge::diagnostic::Diagnostics;
use footnote_knowledge::{CALIBRATION_FILE, KnowledgeBase, LoadError};
use footnote_search::Weights;
use footnote_search::calibration::{Calibration, CalibrationError};
use footnote_search::reply::Thresholds;
use footnote_search::tuning::Tuning;
use serde::{Deserialize, Serialize};

use crate::disk::{Disk, RealDisk, create_folder, ensure_folder_of, remove, remove_unfinished, replace};
use crate::edit::is_made;
use crate::folders::{Folders, LOCK_FILE, hash_of, state};
use crate::git::{CommitError, Commits, Repository};
use crate::history::{self, Approval, CHANGES_FILE, Record};
use crate::preview::{ChangedFile, Preview};
use crate::snapshot::{Asking, Snapshot};

/// The note of what is about to happen.
const PENDING_FILE: &str = ".curation.pending.json";

/// How a base is changed.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the base is.
    pub folders: Folders,
    /// Whether the record of changes has members' ids.
    pub members: bool,
    /// Whether each change is committed, if the top folder is a git repository.
    pub commits: Option<Commits>,
}

impl Settings {
    /// Without members' ids, and with commits on the branch that is checked out if the top folder
    /// itself is a repository.
    #[must_use]
    pub fn new(folders: Folders) -> Self {
        Self { folders, members: false, commits: Some(Commits::default()) }
    }
}

/// A base that can be changed. Cheap to clone; several may be at work on one base at once, also in
/// different processes.
#[derive(Debug, Clone)]
pub struct Curation {
    pub(crate) settings: Settings,
    pub(crate) disk: Arc<dyn Disk>,
}

/// A change that was made.
#[derive(Debug)]
pub struct Applied {
    /// What is in the record.
    pub record: Record,
    /// The base with the change.
    pub snapshot: Snapshot,
    /// The commit's hash; `None` if none was wanted.
    pub commit: Result<Option<String>, CommitError>,
}

/// What was found of a change that was interrupted, and what became of it.
#[derive(Debug)]
pub enum Recovered {
    /// The file had the change. Now the record has it too.
    Completed {
        /// What is in the record.
        record: Record,
        /// As in [`Applied`].
        commit: Result<Option<String>, CommitError>,
    },
    /// The file did not have the change, so it never happened.
    Undone {
        /// What would have been in the record.
        record: Record,
    },
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum CurationError {
    /// The base cannot be read or has an error. Nothing is changed in it until that is fixed.
    #[error("nothing was changed, because the base cannot be used: fix what is wrong in its files")]
    Base(#[source] LoadError),
    /// The changed base would have an error.
    #[error("nothing was changed, because the base would have {}: {}", findings.totals(), findings.first_lines(1))]
    Refused {
        /// What is wrong.
        findings: Diagnostics,
    },
    /// Somebody has changed a file since.
    #[error(
        "nothing was changed, because the base in `{}` is not what it was when the change \
         was shown: look at it again, and approve it then",
        folder.display()
    )]
    Stale {
        /// The top folder.
        folder: PathBuf,
    },
    /// The calibration cannot be used.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// The system does not let us write. Nothing was changed.
    #[error(
        "nothing was changed, because `{}` cannot be written: check its permissions and the free \
         space, or configure an overlay",
        path.display()
    )]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// The file has the change and the record does not.
    #[error(
        "the change is in `{file}`, but `{}` could not be written: free some space; \
         the next change or start adds the missing line",
        path.display()
    )]
    Unrecorded {
        /// The file with the change.
        file: String,
        /// What could not be written.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// The note of an interrupted change cannot be read.
    #[error(
        "`{}` is the note of a change that was interrupted, and cannot be read: \
         see whether the file that it names has the change, and remove the note",
        path.display()
    )]
    Note {
        /// The note.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: io::Error,
    },
}

#[derive(Debug, Serialize, Deserialize)]
struct Note {
    record: Record,
}

/// Held while files are written. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "open as long as the lock is held")] File);

impl Lock {
    /// Waits until nobody else writes to the folder.
    pub(crate) fn take(folder: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(folder.join(LOCK_FILE))?;
        file.lock()?;
        Ok(Self(file))
    }
}

impl Curation {
    /// Changes the base in these folders.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::on_disk(settings, Arc::new(RealDisk))
    }

    /// As [`Self::new`], on a disk that may fail.
    #[must_use]
    pub fn on_disk(settings: Settings, disk: Arc<dyn Disk>) -> Self {
        Self { settings, disk }
    }

    /// How the base is changed.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn top(&self) -> &Path {
        self.settings.folders.top()
    }

    /// The base as it is now, to show changes on. It weighs evidence as `calibration.toml` says,
    /// or as bases in general do. `unanswerable` is the configured share of questions without an
    /// answer. Takes as long as loading the base; keep it as long as [`Self::is_current`].
    ///
    /// # Errors
    ///
    /// [`CurationError`] if the base has an error, the calibration is broken, or an interrupted
    /// change cannot be completed.
    pub fn snapshot(&self, thresholds: Thresholds, unanswerable: f32) -> Result<Snapshot, CurationError> {
        let weights = self.calibration()?.map_or_else(|| Weights::prior(&Tuning::default()), |found| found.weights());
        self.snapshot_asked(Asking { thresholds, unanswerable, weights })
    }

    /// As [`Self::snapshot`], with weights from elsewhere: those of a bot that is running.
    ///
    /// # Errors
    ///
    /// [`CurationError`] if the base has an error, or an interrupted change cannot be completed.
    pub fn snapshot_asked(&self, asking: Asking) -> Result<Snapshot, CurationError> {
        self.recover()?;
        let layers = self.settings.folders.read().map_err(CurationError::Base)?;
        Snapshot::new(layers, asking).map_err(CurationError::Base)
    }

    /// Whether the files are still those of a snapshot. Reads all of them and parses none.
    ///
    /// # Errors
    ///
    /// [`CurationError::Base`] if a folder cannot be read.
    pub fn is_current(&self, snapshot: &Snapshot) -> Result<bool, CurationError> {
        let layers = self.settings.folders.read().map_err(CurationError::Base)?;
        Ok(state(&layers) == snapshot.state())
    }

    /// The calibration of the top folder that has one.
    pub(crate) fn calibration(&self) -> Result<Option<Calibration>, CalibrationError> {
        for folder in self.settings.folders.all().rev() {
            if let Some(found) = Calibration::read(folder)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Makes a change exactly as it was shown. Waits while somebody else makes one.
    ///
    /// # Errors
    ///
    /// [`CurationError`]. But for [`CurationError::Unrecorded`], nothing was changed.
    pub fn apply(&self, preview: Preview, approval: &Approval) -> Result<Applied, CurationError> {
        if !preview.is_applicable() {
            return Err(CurationError::Refused { findings: preview.findings().clone() });
        }
        if !self.top().is_dir() {
            create_folder(self.disk.as_ref(), self.top()).map_err(|source| self.write_error("", source))?;
        }
        let _lock = self.lock()?;
        self.recover_locked()?;
        let layers = self.settings.folders.read().map_err(CurationError::Base)?;
        if state(&layers) != preview.before {
            return Err(CurationError::Stale { folder: self.top().to_owned() });
        }
        let ChangedFile { name, before, after, .. } = preview.file.clone();
        let of_file = (name.as_str(), before.as_deref(), after.as_str());
        let record = Record::new(approval, self.settings.members, preview.change(), of_file);
        let stale = || CurationError::Stale { folder: self.top().to_owned() };
        let old = footnote_knowledge::load_layers(&layers).map_err(CurationError::Base)?;
        let snapshot = preview.into_after().ok_or_else(stale)?;
        self.write_change(&record, &after, (&old, snapshot.base()), snapshot.asking)?;
        let commit = self.complete(&record)?;
        Ok(Applied { record, snapshot, commit })
    }

    /// The note, the calibration and the file.
    fn write_change(
        &self,
        record: &Record,
        text: &str,
        bases: (&KnowledgeBase, &KnowledgeBase),
        asking: Asking,
    ) -> Result<(), CurationError> {
        let earlier = self.calibration().unwrap_or_default();
        // What was learned may happen to be what holds for bases in general.
        let is_kept = earlier.is_some() || !asking.is_usual();
        let calibration = is_kept.then(|| {
            let Asking { weights, unanswerable, .. } = asking;
            Calibration::carried(&weights, earlier.as_ref(), bases, &Tuning::default(), unanswerable).to_toml()
        });
        let note = serde_json::to_vec(&Note { record: record.clone() })
            .map_err(|error| self.write_error(PENDING_FILE, error.into()))?;
        let path = self.top().join(&record.file);
        let written: Result<(), (&str, io::Error)> = (|| {
            let write = |name: &'static str, bytes: &[u8]| {
                replace(self.disk.as_ref(), &self.top().join(name), bytes).map_err(|error| (name, error))
            };
            write(PENDING_FILE, &note)?;
            if let Some(calibration) = &calibration {
                write(CALIBRATION_FILE, calibration.as_bytes())?;
            }
            ensure_folder_of(self.disk.as_ref(), &path)
                .and_then(|()| replace(self.disk.as_ref(), &path, &with_mark_of(&path, text)))
                .map_err(|error| (record.file.as_str(), error))
        })();
        let Err((name, source)) = written else { return Ok(()) };
        if self.text_of(record).is_some_and(|text| hash_of(&text) == record.after) {
            // Only that the change is in the file for good could not be made sure.
            return Err(self.unrecorded(record, name, source));
        }
        // If even this fails, the next change finds the note, and that nothing happened.
        let _ = remove(self.disk.as_ref(), &self.top().join(PENDING_FILE));
        Err(self.write_error(name, source))
    }

    /// The record and the commit of a change that is in its file. Then the note goes.
    fn complete(&self, record: &Record) -> Result<Result<Option<String>, CommitError>, CurationError> {
        let added = history::add(self.disk.as_ref(), self.top(), record);
        added.map_err(|source| self.unrecorded(record, CHANGES_FILE, source))?;
        let commits = self.settings.commits.as_ref();
        let repository = commits.and_then(|commits| Repository::of(self.top(), commits));
        let mut files = vec![record.file.as_str(), CHANGES_FILE];
        if self.top().join(CALIBRATION_FILE).exists() {
            files.push(CALIBRATION_FILE);
        }
        let commit = repository.map(|repository| repository.commit(&files, &record.commit_message()));
        // All is done. A note that stays is completed again by the next change, which adds nothing.
        let _ = remove(self.disk.as_ref(), &self.top().join(PENDING_FILE));
        Ok(commit.unwrap_or(Ok(None)))
    }

    /// Completes a change that was interrupted, by a crash for example, or makes sure that it did
    /// not happen. `None` if there is none. Every other method does this by itself.
    ///
    /// # Errors
    ///
    /// [`CurationError`] if something cannot be read or written.
    pub fn recover(&self) -> Result<Option<Recovered>, CurationError> {
        // Without a note there is nothing to do, and a folder may be read-only.
        if !self.top().join(PENDING_FILE).exists() {
            return Ok(None);
        }
        let _lock = self.lock()?;
        self.recover_locked()
    }

    pub(crate) fn recover_locked(&self) -> Result<Option<Recovered>, CurationError> {
        let disk = self.disk.as_ref();
        remove_unfinished(disk, self.top()).map_err(|source| self.write_error("", source))?;
        let path = self.top().join(PENDING_FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(CurationError::Note { path, source }),
        };
        let Note { record } = serde_json::from_slice(&bytes)
            .map_err(|error| CurationError::Note { path: path.clone(), source: error.into() })?;
        let file = self.top().join(&record.file);
        if let Some(group) = file.parent().filter(|group| *group != self.top() && group.is_dir()) {
            remove_unfinished(disk, group).map_err(|source| self.write_error(&record.file, source))?;
        }
        if self.has_happened(&record) {
            let commit = self.complete(&record)?;
            return Ok(Some(Recovered::Completed { record, commit }));
        }
        remove(disk, &path).map_err(|source| self.write_error(PENDING_FILE, source))?;
        Ok(Some(Recovered::Undone { record }))
    }

    /// Whether the file has the change. If somebody has edited it since, what it says decides.
    fn has_happened(&self, record: &Record) -> bool {
        let text = self.text_of(record);
        let hash = text.as_deref().map(hash_of);
        if hash == record.before {
            return false;
        }
        hash.as_ref() == Some(&record.after) || text.is_some_and(|text| is_made(&text, &record.change))
    }

    fn text_of(&self, record: &Record) -> Option<String> {
        let text = fs::read_to_string(self.top().join(&record.file)).ok()?;
        Some(text.strip_prefix(BYTE_ORDER_MARK).map_or_else(|| text.clone(), str::to_owned))
    }

    pub(crate) fn lock(&self) -> Result<Lock, CurationError> {
        Lock::take(self.top()).map_err(|source| self.write_error(LOCK_FILE, source))
    }

    pub(crate) fn write_error(&self, name: &str, source: io::Error) -> CurationError {
        CurationError::Write { path: self.top().join(name), source }
    }

    fn unrecorded(&self, record: &Record, name: &str, source: io::Error) -> CurationError {
        CurationError::Unrecorded { file: record.file.clone(), path: self.top().join(name), source }
    }
}

/// Some editors begin a file with it. It is no part of the text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A text with the byte order mark that its file has.
pub(crate) fn with_mark_of(path: &Path, text: &str) -> Vec<u8> {
    let has_mark = fs::read(path).is_ok_and(|bytes| bytes.starts_with(BYTE_ORDER_MARK.as_bytes()));
    let mark = if has_mark { BYTE_ORDER_MARK } else { "" };
    format!("{mark}{text}").into_bytes()
}
