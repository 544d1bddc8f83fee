//! What must be true for the whole tree, checked on its text. Each offence is printed as
//! `file:line: rule`.
//!
//! Rules about crates and modules (docs/ARCHITECTURE.md has the lists, under "Invariants"):
//!
//! 1. A crate of the workspace depends only on the workspace's crates that the list names for it.
//!    Curation, knowledge, search and evaluation depend on nothing that does I/O but with files,
//!    not even through other crates (`crates`).
//! 2. A module uses only the modules that the list names for it, and it uses all of
//!    those (`arrows`).
//! 3. No two files use each other, directly or through others (`arrows`).
//!
//! Rules about lines of Rust (`lines`):
//!
//! 4. Discord's library is used only in its own folders.
//! 5. A file has at most 450 lines.
//! 6. A line with a comment has at most 100 columns, unless the comment is a single word, because
//!    an address cannot be broken.
//! 7. A line with prose in a literal has at most 100 columns. Prose is more than 60 characters with
//!    at least 6 spaces among them. In a literal of several lines, each line counts by itself.
//! 8. Tests and the double of Discord wait for events, never for time: they use neither `sleep`
//!    nor `sleep_until`. The program never blocks a thread for a time (`thread::sleep`).
//! 9. What the bot shows to members on Discord is no literal: it comes from `locales/`. A literal
//!    counts that has two words in a row or begins like a title, unless it is for the log.
//!
//! A column is a Unicode character. The files are all that end in `.rs`, except build output and
//! hidden folders.

mod arrows;
mod crates;
mod lines;
mod list;
mod modules;
mod rust_source;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use rust_source::RustSource;

const LIST_FILE: &str = "docs/ARCHITECTURE.md";

/// Where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offence {
    file: String,
    /// Counted from 1.
    line: usize,
    rule: String,
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

/// The files that the rules apply to, by their path from the root, with `/`.
pub struct Tree {
    rust: BTreeMap<String, RustSource>,
    other: BTreeMap<String, String>,
}

impl Tree {
    fn of<P: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut tree = Self { rust: BTreeMap::new(), other: BTreeMap::new() };
        for (path, text) in files {
            let (path, text) = (path.into(), text.into());
            if is_rust(&path) {
                tree.rust.insert(path, RustSource::parse(text));
            } else {
                tree.other.insert(path, text);
            }
        }
        tree
    }

    fn text(&self, path: &str) -> &str {
        self.other.get(path).unwrap_or_else(|| panic!("there is no file {path}"))
    }
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

fn this_project() -> Tree {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(root, root, &mut files);
    Tree::of(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().expect("names are UTF-8");
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                collect(root, &path, files);
            }
        } else if is_rust(name) || name == "Cargo.lock" || path.ends_with(LIST_FILE) {
            let from_root = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push((from_root, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Shows all offences at once, so that one run is enough to fix them all.
fn assert_kept(mut offences: Vec<Offence>) {
    offences.sort_unstable();
    let lines: Vec<String> = offences.iter().map(Offence::to_string).collect();
    assert!(lines.is_empty(), "{} offences:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn crates_depend_only_on_what_the_list_names() {
    assert_kept(crates::unlisted(&this_project()));
}

#[test]
fn the_crates_of_search_do_no_io() {
    assert_kept(crates::io(&this_project()));
}

#[test]
fn modules_use_only_what_the_list_names() {
    assert_kept(arrows::unlisted(&this_project()));
}

#[test]
fn no_files_use_each_other() {
    assert_kept(arrows::circles(&this_project()));
}

#[test]
fn discords_library_stays_in_its_wings() {
    assert_kept(lines::foreign_imports(&this_project()));
}

#[test]
fn no_file_is_too_long() {
    assert_kept(lines::long_files(&this_project()));
}

#[test]
fn no_comment_and_no_prose_is_too_wide() {
    assert_kept(lines::wide_lines(&this_project()));
}

#[test]
fn what_members_read_comes_from_locales() {
    assert_kept(lines::fixed_texts(&this_project()));
}

#[test]
fn no_test_sleeps() {
    assert_kept(lines::sleeps(&this_project()));
}

#[test]
fn the_project_is_seen_whole() {
    let tree = this_project();
    for path in ["src/lib.rs", "tests/invariants.rs", "crates/search/src/lib.rs", "benches/peers/src/main.rs"] {
        assert!(tree.rust.contains_key(path), "{path}");
    }
}
