//! One commit for each change, if the folder is a git repository.
//!
//! The program `git` makes it, because it is there wherever somebody keeps a base in git, and knows
//! every kind of repository. It is asked for the steps of a commit and not for `git commit`: so
//! what somebody has staged stays staged, no hook or signature waits for an answer, and the commit
//! may go on a branch that is not checked out. Pushing is the operator's.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::folders::hash_of;

/// How often a commit is tried again on top of another one that came in between.
const ATTEMPTS: usize = 5;

/// Who commits if git knows no name.
const NAME: &str = "Footnote";
const ADDRESS: &str = "footnote@localhost";

/// Which commits are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commits {
    /// The branch on which they are made, which need not be checked out or exist; the one that is
    /// checked out, if `None`.
    pub branch: Option<String>,
    /// Whether a repository counts in which the folder is only a part.
    pub enclosing: bool,
}

/// Why there is no commit. The change is in force all the same.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// There is no program `git`.
    #[error(
        "the change is written but not committed, because `git` cannot be run: install it, or turn \
         commits off; to commit the change: git add -A . && git commit, in `{}`",
        folder.display()
    )]
    NoGit {
        /// The folder.
        folder: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// Git does not do what it is told to.
    #[error(
        "the change is written but not committed: `git {command}` says: {message}; once that is \
         solved, to commit the change: git add -A . && git commit, in `{}`",
        folder.display()
    )]
    Refused {
        /// The folder.
        folder: PathBuf,
        /// The command.
        command: String,
        /// What git says.
        message: String,
    },
}

/// A repository that a folder is in.
#[derive(Debug)]
pub(crate) struct Repository<'a> {
    folder: &'a Path,
    commits: &'a Commits,
}

impl<'a> Repository<'a> {
    /// `None` if the folder is in no repository that counts.
    pub(crate) fn of(folder: &'a Path, commits: &'a Commits) -> Option<Self> {
        let real = folder.canonicalize().ok()?;
        let depth = if commits.enclosing { usize::MAX } else { 1 };
        let is_found = real.ancestors().take(depth).any(|folder| folder.join(".git").exists());
        is_found.then_some(Self { folder, commits })
    }

    /// Commits these files as they are, and nothing else. The commit's hash; `None` if it has them
    /// already.
    pub(crate) fn commit(&self, files: &[&str], message: &str) -> Result<Option<String>, CommitError> {
        let checked_out = self.ask(&["symbolic-ref", "--quiet", "HEAD"])?.unwrap_or_else(|| "HEAD".to_owned());
        let branch = self.commits.branch.as_ref().map(|branch| format!("refs/heads/{branch}"));
        let branch = branch.unwrap_or_else(|| checked_out.clone());
        let git_folder = PathBuf::from(self.run(&["rev-parse", "--absolute-git-dir"], &[], "")?);
        let own = hash_of(&self.folder.to_string_lossy());
        let index = git_folder.join(format!("footnote-{}.index", &own[..8]));
        if branch == checked_out {
            self.run(&[&["update-index", "--add", "--"], files].concat(), &[], "")?;
        }
        let mut attempt = 1;
        let committed = loop {
            match self.commit_on_top(&branch, &index, files, message) {
                Err(CommitError::Refused { command, .. }) if command == "update-ref" && attempt < ATTEMPTS => {
                    attempt += 1;
                }
                committed => break committed,
            }
        };
        // A file that is left over is written anew by the next commit.
        let _ = std::fs::remove_file(&index);
        committed
    }

    fn commit_on_top(
        &self,
        branch: &str,
        index: &Path,
        files: &[&str],
        message: &str,
    ) -> Result<Option<String>, CommitError> {
        let tip = |name: &str| self.ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]);
        let old = tip(branch)?;
        let parent = if old.is_some() { old.clone() } else { tip("HEAD")? };
        let index_file = [("GIT_INDEX_FILE", index.as_os_str())];
        // What a process that was killed has left over.
        for left_over in [index.to_owned(), index.with_extension("index.lock")] {
            let _ = std::fs::remove_file(left_over);
        }
        let read = parent.as_deref().unwrap_or("--empty");
        self.run(&["read-tree", read], &index_file, "")?;
        self.run(&[&["update-index", "--add", "--"], files].concat(), &index_file, "")?;
        let tree = self.run(&["write-tree"], &index_file, "")?;
        if let Some(parent) = &parent
            && self.run(&["rev-parse", &format!("{parent}^{{tree}}")], &[], "")? == tree
        {
            return Ok(None);
        }
        let parents: Vec<&str> = parent.iter().flat_map(|parent| ["-p", parent]).collect();
        let commit = self.run(&[&["commit-tree", &tree], parents.as_slice()].concat(), &self.identity()?, message)?;
        let nothing = "0".repeat(commit.len());
        let title = message.lines().next().unwrap_or_default();
        let old = old.unwrap_or(nothing);
        self.run(&["update-ref", "-m", title, branch, &commit, &old], &[], "")?;
        Ok(Some(commit))
    }

    fn identity(&self) -> Result<Vec<(&'static str, &'static OsStr)>, CommitError> {
        if self.ask(&["config", "user.email"])?.is_some() {
            return Ok(Vec::new());
        }
        let names = ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"].map(|key| (key, OsStr::new(NAME)));
        let addresses = ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"].map(|key| (key, OsStr::new(ADDRESS)));
        Ok(names.into_iter().chain(addresses).collect())
    }

    /// What git answers; `None` if it says that there is no such thing.
    fn ask(&self, arguments: &[&str]) -> Result<Option<String>, CommitError> {
        let output = self.output(arguments, &[], "")?;
        match output.status.code() {
            Some(0) => Ok(Some(trimmed(&output.stdout))),
            Some(1) => Ok(None),
            _ => Err(self.refused(arguments, &output)),
        }
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &OsStr)], input: &str) -> Result<String, CommitError> {
        let output = self.output(arguments, variables, input)?;
        if output.status.success() { Ok(trimmed(&output.stdout)) } else { Err(self.refused(arguments, &output)) }
    }

    fn refused(&self, arguments: &[&str], output: &Output) -> CommitError {
        let mut message = trimmed(&output.stderr).lines().collect::<Vec<_>>().join(" ");
        if message.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(message, "{}", output.status);
        }
        let command = arguments.first().copied().unwrap_or_default().to_owned();
        CommitError::Refused { folder: self.folder.to_owned(), command, message }
    }

    fn output(&self, arguments: &[&str], variables: &[(&str, &OsStr)], input: &str) -> Result<Output, CommitError> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(arguments);
        // A repository that the environment names is not that of the folder.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(variable);
        }
        command.env("GIT_TERMINAL_PROMPT", "0").envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let run = || {
            let mut child = command.spawn()?;
            if let Some(mut stdin) = child.stdin.take() {
                // Git closes it if it wants nothing to read.
                let _ = stdin.write_all(input.as_bytes());
            }
            child.wait_with_output()
        };
        let mut run = run;
        run().map_err(|source| CommitError::NoGit { folder: self.folder.to_owned(), source })
    }
}

fn trimmed(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
