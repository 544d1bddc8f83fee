//! Identifies voters without storing who they are: by a keyed hash of the member's id.
//!
//! All of Discord's ids can be tried, so a hash without a key would hide nobody. The operator
//! provides the key, or one is generated and kept beside the database. The database alone does
//! not show how anyone voted.

use std::env::VarError;
use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use tempfile::NamedTempFile;
use time::OffsetDateTime;

use crate::secret::{self, Secret, SecretError};

const VARIABLE: &str = "FOOTNOTE_JOURNAL_KEY";
const FILE_VARIABLE: &str = "FOOTNOTE_JOURNAL_KEY_FILE";
/// As many random bytes as the hash is long ([RFC
/// 2104](https://www.rfc-editor.org/rfc/rfc2104#section-3)).
const KEY_BYTES: usize = 32;
const SHORTEST: usize = 32;

/// Half of a MAC is as good as unique, and takes half of the space.
const HASH_BYTES: usize = 16;
/// A hash that only has to differ from those of the same group or day.
const SHORT_HASH_BYTES: usize = 8;

/// The key for members' hashes. Its `Debug` form does not show it.
#[derive(Clone)]
pub struct MemberKey(Hmac<Sha256>);

impl fmt::Debug for MemberKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemberKey(…)")
    }
}

/// The form of a member's id in the database. In hexadecimal, it has 32 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MemberHash([u8; HASH_BYTES]);

impl MemberHash {
    /// What is stored.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for MemberHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// There is no usable key. Never shows the key itself.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It was given in an unusable way.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// It is too short to be a key.
    #[error(
        "{origin} does not hold a key for the journal: a key has at least {SHORTEST} characters; \
         make one with `openssl rand -hex 32`"
    )]
    Malformed {
        /// The variable or file.
        origin: String,
    },
    /// The file beside the database cannot be read.
    #[error(
        "cannot read the journal's key `{}`: make it readable for this user, or give the key in \
         {VARIABLE} or {FILE_VARIABLE}",
        path.display()
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// It has to be given, because several replicas need the same.
    #[error(
        "the journal is on a server (journal.url), so its key has to be given: set {VARIABLE} or \
         {FILE_VARIABLE}, to the same key for every replica; make one with `openssl rand -hex 32`, \
         or take the one of the journal that you have copied (`{}`)",
        path.display()
    )]
    NotGiven {
        /// The file that would also hold it.
        path: PathBuf,
    },
    /// No key can be created beside the database.
    #[error(
        "cannot create the journal's key `{}`: make its folder writable, or give the key in \
         {VARIABLE} or {FILE_VARIABLE}",
        path.display()
    )]
    NotCreated {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

impl MemberKey {
    /// The key from the environment, which `variable` reads, or else the one beside the database.
    /// `None` if there is neither; then the database cannot contain any hash.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if there is a key that cannot be used.
    pub fn find(
        database: &Path,
        variable: impl Fn(&str) -> Result<String, VarError>,
    ) -> Result<Option<Self>, KeyError> {
        if let Some(secret) = secret::find(variable, VARIABLE, FILE_VARIABLE)? {
            return Self::parse(&secret).map(Some);
        }
        let path = path_beside(database);
        match secret::in_file(&path) {
            Ok(secret) => Self::parse(&secret).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(KeyError::Unreadable { path, source }),
        }
    }

    /// Like [`Self::find`], but creates a key beside the database if there is none. Only this
    /// user can read that file.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if there is a key that cannot be used, or none can be created.
    pub fn find_or_create(
        database: &Path,
        variable: impl Fn(&str) -> Result<String, VarError>,
    ) -> Result<Self, KeyError> {
        if let Some(key) = Self::find(database, &variable)? {
            return Ok(key);
        }
        let path = path_beside(database);
        match create(&path) {
            Ok(()) => {}
            // Another process was faster. Its key is just as good.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(KeyError::NotCreated { path, source }),
        }
        let gone = || KeyError::Unreadable { path, source: io::ErrorKind::NotFound.into() };
        Self::find(database, variable)?.ok_or_else(gone)
    }

    /// Like [`Self::find`], but there must be a key: other replicas could not know one that is
    /// created here.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if there is none, or one that cannot be used.
    pub fn require(database: &Path, variable: impl Fn(&str) -> Result<String, VarError>) -> Result<Self, KeyError> {
        Self::find(database, variable)?.ok_or_else(|| KeyError::NotGiven { path: path_beside(database) })
    }

    fn parse(secret: &Secret) -> Result<Self, KeyError> {
        let malformed = || KeyError::Malformed { origin: secret.origin.clone() };
        if secret.text.chars().count() < SHORTEST {
            return Err(malformed());
        }
        Hmac::new_from_slice(secret.text.as_bytes()).map(Self).map_err(|_| malformed())
    }

    /// The form of a member's id in votes. It is the same for the same member and key.
    #[must_use]
    pub fn hash(&self, member: u64) -> MemberHash {
        MemberHash(self.beginning(&format!("member {member}")))
    }

    /// The form of a member's id in drafts. Nothing shows which votes are the same member's.
    #[must_use]
    pub fn author(&self, member: u64) -> MemberHash {
        MemberHash(self.beginning(&format!("author {member}")))
    }

    /// The id of a draft that a member begins now: 16 hexadecimal digits that nobody can guess.
    pub(super) fn draft_id(&self, member: u64, change: &str) -> String {
        let now = OffsetDateTime::now_utc().unix_timestamp_nanos();
        hex::encode(self.beginning::<8>(&format!("draft of {member} at {now}: {change}")))
    }

    /// The form of a member's id in a group of questions, different in each, so that nobody can see
    /// which questions come from the same member.
    pub(super) fn asker(&self, member: u64, server: i64, group: &str) -> [u8; SHORT_HASH_BYTES] {
        self.beginning(&format!("asker {member} in {server} of {group}"))
    }

    /// The form of a member's id on a day, different on each.
    pub(super) fn on_day(&self, member: u64, day: i64) -> [u8; SHORT_HASH_BYTES] {
        self.beginning(&format!("asker {member} on {day}"))
    }

    /// Different for every key, and reveals nothing about it.
    pub(super) fn fingerprint(&self) -> String {
        hex::encode(self.mac("fingerprint"))
    }

    /// The first bytes of a MAC, which has 32.
    fn beginning<const BYTES: usize>(&self, message: &str) -> [u8; BYTES] {
        let mac = self.mac(message);
        std::array::from_fn(|index| mac[index])
    }

    fn mac(&self, message: &str) -> [u8; 32] {
        self.0.clone().chain_update(message).finalize().into_bytes().into()
    }
}

/// `footnote.db.key` for `footnote.db`.
pub(super) fn path_beside(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".key");
    PathBuf::from(path)
}

/// Writes a new key under another name first: nobody must ever find half a key, and the key must
/// be on disk before the first hash is.
fn create(path: &Path) -> io::Result<()> {
    let mut bytes = [0; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = NamedTempFile::new_in(folder)?;
    writeln!(file, "{}", hex::encode(bytes))?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &'static str) -> impl Fn(&str) -> Result<String, VarError> {
        move |name| if name == VARIABLE { Ok(text.to_owned()) } else { Err(VarError::NotPresent) }
    }

    #[test]
    fn the_hash_depends_on_member_and_key_and_debug_hides_the_key() {
        let nowhere = Path::new("/nowhere/footnote.db");
        let key = |text| MemberKey::find(nowhere, given(text)).unwrap().unwrap();
        let first = key("0123456789abcdef0123456789abcdef");
        let second = key("0123456789abcdef0123456789abcdeF");
        assert_eq!(first.hash(1), first.clone().hash(1));
        assert_ne!(first.hash(1), first.hash(2));
        assert_ne!(first.hash(1), second.hash(1));
        assert_eq!(first.hash(1).to_string().len(), 32);
        assert_ne!(first.asker(1, 2, "a"), first.asker(1, 2, "b"));
        assert_ne!(first.on_day(1, 2), first.on_day(1, 3));
        assert_eq!(format!("{first:?}"), "MemberKey(…)");
    }

    #[test]
    fn a_short_key_is_refused_without_showing_it() {
        let error = MemberKey::find(Path::new("footnote.db"), given("s3cret")).unwrap_err().to_string();
        assert!(error.contains(VARIABLE) && !error.contains("s3cret"), "{error}");
    }
}
