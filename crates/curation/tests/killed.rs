//! A process that is killed while it makes a change, at every step and in the middle of each.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use footnote_curation::{CHANGES_FILE, Change, Curation, Disk, Folders, RealDisk, Recovered, Settings, history};

use crate::applying::hidden_files;
use crate::library::{HOURS, Library, make, snapshot};

const FOLDER: &str = "FOOTNOTE_KILLED_FOLDER";
const STEP: &str = "FOOTNOTE_KILLED_STEP";

/// Kills its own process: before a step, in the middle of it, or after it.
#[derive(Debug)]
struct Deadly {
    steps: AtomicUsize,
    at: usize,
}

impl Deadly {
    fn step(&self, half: impl FnOnce() -> io::Result<()>, whole: impl Fn() -> io::Result<()>) -> io::Result<()> {
        let step = self.steps.fetch_add(3, Ordering::Relaxed);
        match self.at.checked_sub(step) {
            Some(0) => die(),
            Some(1) => {
                half()?;
                die();
            }
            Some(2) => {
                whole()?;
                die();
            }
            _ => {}
        }
        whole()
    }
}

fn die() {
    Command::new("kill").args(["-9", &std::process::id().to_string()]).status().unwrap();
    unreachable!("the process was killed");
}

impl Disk for Deadly {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(|| RealDisk.write(path, &bytes[..bytes.len() / 2]), || RealDisk.write(path, bytes))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(|| RealDisk.append(path, &bytes[..bytes.len() / 2]), || RealDisk.append(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| Ok(()), || RealDisk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|| Ok(()), || RealDisk.remove(path))
    }
}

fn change() -> Change {
    Change::add_phrasing("loan-period", "for how many days")
}

/// Not a test of its own: the process that is killed.
#[test]
fn the_process_that_is_killed() {
    let Ok(folder) = env::var(FOLDER) else { return };
    let at = env::var(STEP).unwrap().parse().unwrap();
    let disk = Arc::new(Deadly { steps: AtomicUsize::new(0), at });
    let curation = Curation::on_disk(Settings::new(Folders::one(folder)), disk);
    make(&curation, &change());
}

/// Whether the process came to the end.
fn run(folder: &Path, step: usize) -> bool {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "killed::the_process_that_is_killed"]).env(FOLDER, folder).env(STEP, step.to_string());
    child.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

#[test]
fn whatever_is_killed_leaves_a_base_that_loads_and_a_record_that_agrees() {
    let (mut undone, mut completed) = (0, 0);
    for step in 0.. {
        let library = Library::calibrated();
        make(&library.curation(), &Change::add_phrasing("late-fee", "ada quill on dues"));
        let folder: PathBuf = library.folder();
        let is_done = run(&folder, step);
        // Whoever only reads the folder sees the base before or after.
        let base = footnote_knowledge::load(&folder).unwrap();
        let has_it = base.entry("loan-period").unwrap().phrasings.len() == 6;
        assert!(has_it || library.read("hours.toml") == HOURS, "step {step}");
        match library.curation().recover().unwrap() {
            Some(Recovered::Completed { record, .. }) => {
                assert!(has_it && record.change == change(), "step {step}");
                completed += 1;
            }
            Some(Recovered::Undone { record }) => {
                assert!(!has_it && record.change == change(), "step {step}");
                undone += 1;
            }
            None => {}
        }
        let lines = history(&folder).unwrap();
        assert_eq!(lines.len(), 1 + usize::from(has_it), "step {step}: {}", library.read(CHANGES_FILE));
        assert!(lines.iter().skip(1).all(|record| record.change == change()), "step {step}");
        // And the next change works, after which nothing is left over.
        if !has_it {
            make(&library.curation(), &change());
        }
        make(&library.curation(), &Change::withdraw_phrasing("loan-period", "for how many days"));
        assert_eq!(library.read("hours.toml"), HOURS, "step {step}");
        assert_eq!(history(&folder).unwrap().len(), 3, "step {step}");
        assert_eq!(hidden_files(&folder), [".curation.lock"], "step {step}");
        let now = snapshot(&library.curation());
        assert_eq!(now.base().entries.len(), 4);
        if is_done {
            break;
        }
    }
    assert!(undone >= 6 && completed >= 6, "{undone} undone, {completed} completed");
}

#[test]
fn a_file_that_is_edited_after_the_crash_decides_by_what_it_says() {
    // The steps of the file: its note and the calibration have two each before it.
    for (edited, has_it) in [(HOURS.replace("Four", "Three"), false), (with_phrasing().replace("Four", "Three"), true)]
    {
        let library = Library::calibrated();
        assert!(!run(&library.folder(), 3 * 5 + 2), "killed after the file was renamed");
        assert_eq!(library.read("hours.toml"), with_phrasing());
        std::fs::write(library.folder().join("hours.toml"), edited).unwrap();
        let recovered = library.curation().recover().unwrap().unwrap();
        assert_eq!(matches!(recovered, Recovered::Completed { .. }), has_it, "{recovered:?}");
        assert_eq!(history(&library.folder()).unwrap().len(), usize::from(has_it));
    }
}

fn with_phrasing() -> String {
    HOURS.replace("longest loan\"]", "longest loan\", \"for how many days\"]")
}
