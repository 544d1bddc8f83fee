//! Small files in each form, made as the programs make them, become bases that load; what does not
//! fit is named.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod forms;
mod losses;
mod tags;

use std::fs;
use std::path::{Path, PathBuf};

use footnote_exchange::{Format, Plan, PlanError, read};
use footnote_knowledge::{KnowledgeBase, load};
use tempfile::TempDir;

/// What became of some files.
struct Imported {
    folder: TempDir,
    base: KnowledgeBase,
    understood: String,
    format: Format,
    /// How many questions were read.
    read: usize,
    /// What was said, without the names of folders.
    said: Vec<String>,
}

impl Imported {
    fn answer(&self, id: &str) -> &str {
        let ids: Vec<&str> = self.base.entries.iter().map(|entry| entry.id.as_str()).collect();
        &self.base.entry(id).unwrap_or_else(|| panic!("no {id} among {ids:?}")).answer.value
    }

    fn phrasings(&self, id: &str) -> Vec<&str> {
        let entry = self.base.entry(id).unwrap_or_else(|| panic!("there is no {id}"));
        entry.phrasings.iter().map(|phrasing| phrasing.value.as_str()).collect()
    }

    fn related(&self, id: &str) -> Vec<&str> {
        let entry = self.base.entry(id).unwrap_or_else(|| panic!("there is no {id}"));
        entry.related.iter().map(|related| related.value.as_str()).collect()
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join("kb").join(name)).unwrap()
    }

    #[track_caller]
    fn says(&self, expected: &str) {
        assert!(self.said.iter().any(|said| said.contains(expected)), "not {expected:?} in {:#?}", self.said);
    }
}

fn written(files: &[(&str, &str)]) -> (TempDir, Vec<PathBuf>) {
    let folder = TempDir::new().unwrap();
    let paths = files.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

fn planned(paths: &[PathBuf], into: &Path) -> Result<(Plan, String, Format), PlanError> {
    let reading = read(paths, None).unwrap();
    let (understood, format) = (reading.parts[0].understood.clone(), reading.parts[0].format);
    Plan::new(reading, into, None).map(|plan| (plan, understood, format))
}

/// Imports files into an empty folder, and loads what was written.
#[track_caller]
fn imported(files: &[(&str, &str)]) -> Imported {
    let (folder, paths) = written(files);
    loaded(folder, &paths, None)
}

/// Imports a folder that has some files.
#[track_caller]
fn imported_from(files: &[(&str, &str)], from: &str, form: Option<Format>) -> Imported {
    let (folder, _) = written(files);
    let path = folder.path().join(from);
    loaded(folder, &[path], form)
}

#[track_caller]
fn loaded(folder: TempDir, paths: &[PathBuf], form: Option<Format>) -> Imported {
    let into = folder.path().join("kb");
    let reading = read(paths, form).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    let (understood, format) = (reading.parts[0].understood.clone(), reading.parts[0].format);
    let plan = Plan::new(reading, &into, None).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    plan.write().unwrap();
    let base = load(&into).unwrap_or_else(|error| panic!("{error:?}"));
    assert_eq!(base.entries.len(), plan.entries);
    let above = format!("{}/", folder.path().display());
    let said = plan.notices.iter().map(|notice| format!("{}: {}", notice.place, notice.text).replace(&above, ""));
    let said = said.collect();
    Imported { folder, base, understood, format, read: plan.read, said }
}
