//! The record of changes: one line of JSON for each, in `CHANGES.jsonl` beside the entries.
//!
//! The file says who changed what, when and why, without anybody's name: a role is enough to tell
//! how a change came about, and a public repository is no place for ids of members.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::change::Change;
use crate::disk::{Disk, append};
use crate::folders::hash_of;

/// The record's file in a knowledge folder.
pub const CHANGES_FILE: &str = "CHANGES.jsonl";

/// Somebody who takes part in a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What they are: `curator`, the name of a role on Discord, `operator`.
    pub role: String,
    /// Their id. Only kept if [`Settings::members`](crate::Settings::members) says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
}

impl Person {
    /// Somebody with a role and no id.
    #[must_use]
    pub fn with_role(role: impl Into<String>) -> Self {
        Self { role: role.into(), member: None }
    }
}

/// Who wants a change, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who wrote it.
    pub author: Person,
    /// Who approved it; nobody if it needed no approval.
    pub approver: Option<Person>,
    /// Why; may be empty.
    pub reason: String,
    /// When it was approved.
    pub time: SystemTime,
}

/// A line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// 16 hexadecimal digits that no other record has.
    pub id: String,
    /// When it was approved, in UTC: `2025-03-27T18:00:00Z`.
    pub time: String,
    /// Who wrote it.
    pub author: Person,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<Person>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The name of the file that was written.
    pub file: String,
    /// The SHA-256 of its text before, if there was such a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The SHA-256 of its text since.
    pub after: String,
    /// What was changed.
    pub change: Change,
}

/// The record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The system does not let us read it.
    #[error("cannot read `{}`: make it readable for the user who runs Footnote", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A line is not what the program wrote.
    #[error("`{}`, line {line}, is no record of a change: restore or remove it", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The number of the line, from 1 on.
        line: usize,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
}

impl Record {
    pub(crate) fn new(approval: &Approval, members: bool, change: &Change, file: (&str, Option<&str>, &str)) -> Self {
        let kept =
            |person: &Person| Person { role: person.role.clone(), member: person.member.clone().filter(|_| members) };
        let (name, before, after) = file;
        let (before, after) = (before.map(hash_of), hash_of(after));
        // Times after the year 9999 cannot be written; nor can clocks be that wrong.
        let time = OffsetDateTime::from(approval.time).replace_nanosecond(0);
        let time = time.ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default();
        let nanoseconds = OffsetDateTime::from(approval.time).unix_timestamp_nanos();
        let mut id = hash_of(&format!("{nanoseconds} {name} {before:?} {after}"));
        id.truncate(16);
        Self {
            id,
            time,
            author: kept(&approval.author),
            approver: approval.approver.as_ref().map(kept),
            reason: approval.reason.clone(),
            file: name.to_owned(),
            before,
            after,
            change: change.clone(),
        }
    }

    fn line(&self) -> io::Result<String> {
        Ok(serde_json::to_string(self)? + "\n")
    }

    /// The message of the commit with this change.
    #[must_use]
    pub fn commit_message(&self) -> String {
        let reason = self.reason.trim();
        let reason = if reason.is_empty() { String::new() } else { format!("{reason}\n\n") };
        let approver = self.approver.as_ref().map(|approver| format!("Approver's role: {}\n", approver.role));
        let (title, author, approver) = (self.change.title(), &self.author.role, approver.unwrap_or_default());
        format!("{title}\n\n{reason}Author's role: {author}\n{approver}Change: {}\n", self.id)
    }
}

/// All changes of a folder, the first one first; none if there is no record.
///
/// # Errors
///
/// [`HistoryError`] if the file cannot be read or has a line that is no record.
pub fn history(folder: &Path) -> Result<Vec<Record>, HistoryError> {
    let path = folder.join(CHANGES_FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(HistoryError::Read { path, source }),
    };
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let record = |(line, text)| {
        serde_json::from_str(text).map_err(|source| HistoryError::Broken { path: path.clone(), line, source })
    };
    lines.map(record).collect()
}

/// Adds a record, unless the file has it. What a crash has left of another line is removed first:
/// its change is recorded by the recovery.
pub(crate) fn add(disk: &dyn Disk, folder: &Path, record: &Record) -> io::Result<()> {
    let path = folder.join(CHANGES_FILE);
    let text = repaired(disk, &path)?;
    let own = |line: &str| serde_json::from_str::<Record>(line).is_ok_and(|other| other.id == record.id);
    // The newest are last, and only they can be this one.
    if text.lines().rev().any(own) { Ok(()) } else { append(disk, &path, record.line()?.as_bytes()) }
}

/// The file's text, every line of which ends.
pub(crate) fn repaired(disk: &dyn Disk, path: &Path) -> io::Result<String> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(error),
    };
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |line_end| line_end + 1);
    let (lines, rest) = bytes.split_at(whole);
    let mut text = String::from_utf8_lossy(lines).into_owned();
    if serde_json::from_slice::<Record>(rest).is_ok() {
        disk.append(path, b"\n")?;
        text += &String::from_utf8_lossy(rest);
        text.push('\n');
    } else if !rest.is_empty() {
        disk.cut_off(path, u64::try_from(whole).unwrap_or(u64::MAX))?;
    }
    Ok(text)
}
