//! One commit for each change.

use std::fs;
use std::path::Path;
use std::process::Command;

use footnote_curation::{Change, CommitError, Commits, Curation, Folders, Settings};

use crate::library::{Library, approval, make, snapshot};

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@library.example"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

fn repository(library: &Library) {
    git(&library.folder(), &["init", "--quiet", "--initial-branch", "main"]);
    git(&library.folder(), &["add", "."]);
    git(&library.folder(), &["commit", "--quiet", "-m", "First"]);
}

fn committing(folder: &Path, commits: Commits) -> Curation {
    let settings = Settings { commits: Some(commits), ..Settings::new(Folders::one(folder)) };
    Curation::new(settings)
}

#[test]
fn each_change_is_a_commit_of_its_files_alone() {
    let library = Library::calibrated();
    repository(&library);
    let folder = library.folder();
    fs::write(folder.join("sources.toml"), library.read("sources.toml") + "# staged\n").unwrap();
    git(&folder, &["add", "sources.toml"]);
    fs::write(folder.join("fees.toml"), library.read("fees.toml") + "# not staged\n").unwrap();
    let applied = make(&library.curation(), &Change::add_phrasing("loan-period", "weeks"));
    let commit = applied.commit.unwrap().unwrap();
    assert_eq!(git(&folder, &["rev-parse", "main"]), commit);
    let files = git(&folder, &["show", "--name-only", "--format=", "HEAD"]);
    assert_eq!(files, "CHANGES.jsonl\ncalibration.toml\nhours.toml");
    let expected = format!(
        "Add a phrasing to `loan-period`\n\nasked three times\n\n\
         Author's role: curator\nApprover's role: moderator\n\
         Change: {}",
        applied.record.id
    );
    assert_eq!(git(&folder, &["log", "-1", "--format=%B"]).trim_end(), expected);
    let status = git(&folder, &["status", "--porcelain"]);
    assert_eq!(status, " M fees.toml\nM  sources.toml\n?? .curation.lock");
    make(&library.curation(), &Change::withdraw_phrasing("loan-period", "weeks"));
    assert_eq!(git(&folder, &["rev-list", "--count", "HEAD"]), "3");
}

#[test]
fn a_branch_that_is_not_checked_out_gets_the_commits() {
    let library = Library::calibrated();
    repository(&library);
    let folder = library.folder();
    let curation = committing(&folder, Commits { branch: Some("curation".to_owned()), enclosing: false });
    make(&curation, &Change::add_phrasing("loan-period", "weeks")).commit.unwrap().unwrap();
    make(&curation, &Change::add_phrasing("loan-period", "months")).commit.unwrap().unwrap();
    assert_eq!(git(&folder, &["log", "--format=%s", "main"]), "First");
    let titles = git(&folder, &["log", "--format=%s", "curation"]);
    assert_eq!(titles, "Add a phrasing to `loan-period`\nAdd a phrasing to `loan-period`\nFirst");
    assert_eq!(git(&folder, &["symbolic-ref", "--short", "HEAD"]), "main");
    assert_eq!(git(&folder, &["show", "curation:hours.toml"]), library.read("hours.toml").trim_end());
}

#[test]
fn a_part_of_a_repository_counts_only_if_it_is_said() {
    let library = Library::calibrated();
    let root = library.folder().parent().unwrap().to_owned();
    git(&root, &["init", "--quiet"]);
    let applied = make(&library.curation(), &Change::add_phrasing("loan-period", "weeks"));
    assert_eq!(applied.commit.unwrap(), None);
    let curation = committing(&library.folder(), Commits { branch: None, enclosing: true });
    let applied = make(&curation, &Change::add_phrasing("loan-period", "months"));
    let commit = applied.commit.unwrap().unwrap();
    let files = git(&root, &["ls-tree", "-r", "--name-only", &commit]);
    assert_eq!(files, "knowledge/CHANGES.jsonl\nknowledge/calibration.toml\nknowledge/hours.toml");
}

#[test]
fn a_change_that_cannot_be_committed_is_in_force_and_says_what_to_do() {
    let library = Library::calibrated();
    repository(&library);
    let lock = library.folder().join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    let applied = make(&library.curation(), &Change::add_phrasing("loan-period", "weeks"));
    let error = applied.commit.unwrap_err();
    assert!(matches!(&error, CommitError::Refused { command, .. } if command == "update-index"), "{error:?}");
    assert!(error.to_string().contains("index.lock"), "{error}");
    assert!(library.read("hours.toml").contains("\"weeks\""));
    assert!(library.read("CHANGES.jsonl").contains("weeks"));
    fs::remove_file(lock).unwrap();
    let curation = library.curation();
    let preview = snapshot(&curation).preview(&Change::add_phrasing("loan-period", "months"), &[]).unwrap();
    curation.apply(preview, &approval()).unwrap().commit.unwrap().unwrap();
    let committed = git(&library.folder(), &["show", "HEAD:hours.toml"]);
    assert!(committed.contains("\"weeks\", \"months\""));
}
