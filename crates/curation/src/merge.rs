//! Folds an overlay into the folder below it, for whoever may write to that one.
//!
//! The files below are written one by one, then those of the overlay are removed. In between, an
//! entry is in both, and says the same in both: so the base is the same at every moment, and a
//! merge that was interrupted only has to be started again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use footnote_knowledge::diagnostic::SourceFile;
use footnote_knowledge::{CALIBRATION_FILE, Layer, LoadError, SOURCES_FILE, SYNONYMS_FILE, load_layers};
use footnote_search::calibration::fingerprint;
use footnote_search::tuning::Tuning;
use toml_edit::{DocumentMut, Item};

use crate::apply::{Curation, CurationError, Lock, with_mark_of};
use crate::disk::{Disk, append, ensure_folder_of, remove, replace};
use crate::edit::error::ChangeError;
use crate::edit::tables::{find, id_of, place_at, prefix, tables_of};
use crate::edit::{keeping_line_ends, parsed, push};
use crate::history::{CHANGES_FILE, repaired};

/// What was merged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The names of the files below that were written, in their order.
    pub files: Vec<String>,
    /// How many changes the record below has gained.
    pub changes: usize,
}

/// Why an overlay was not merged, or not completely.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The base cannot be read or has an error.
    #[error("nothing was merged, because the base cannot be used: fix what is wrong in its files")]
    Base(#[source] LoadError),
    /// A change of the overlay was interrupted and cannot be completed.
    #[error("nothing was merged, because a change of the overlay is not complete")]
    Interrupted(#[source] CurationError),
    /// A file cannot be changed.
    #[error("nothing was merged")]
    File(#[from] ChangeError),
    /// The files below would not make the same base.
    #[error(
        "nothing was merged, because the base would not be the same: merge `{}` by hand",
        overlay.display()
    )]
    Different {
        /// The overlay.
        overlay: PathBuf,
    },
    /// The system does not let us write.
    #[error(
        "the merge stopped at `{}`: solve that and merge again; the base is the same as before",
        path.display()
    )]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

impl Curation {
    /// Folds the top folder into the one below it. The base is the same before and after. Waits
    /// while somebody changes either. Does nothing where there is no folder below.
    ///
    /// # Errors
    ///
    /// [`MergeError`]. Nothing is lost: what is not merged is still in the overlay.
    pub fn merge_overlay(&self) -> Result<Merged, MergeError> {
        let folders = &self.settings.folders;
        let overlay = folders.top();
        let Some(folder) = folders.all().rev().nth(1).filter(|_| overlay.is_dir()) else {
            return Ok(Merged::default());
        };
        // The overlay first, as everybody does who takes both.
        let _upper = Lock::take(overlay).map_err(at(overlay))?;
        let _lower = Lock::take(folder).map_err(at(folder))?;
        self.recover_locked().map_err(MergeError::Interrupted)?;
        let layers = folders.read().map_err(MergeError::Base)?;
        let [below @ .., lower, upper] = layers.as_slice() else { return Ok(Merged::default()) };
        let layered = load_layers(&layers).map_err(MergeError::Base)?;
        let merged = merged_layer(lower, upper)?;
        let alone = load_layers(&[below, std::slice::from_ref(&merged)].concat()).map_err(MergeError::Base)?;
        let tuning = Tuning::default();
        if fingerprint(&layered, &tuning) != fingerprint(&alone, &tuning) {
            return Err(MergeError::Different { overlay: overlay.to_owned() });
        }
        write_merged(self.disk.as_ref(), (lower, &merged), upper)
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> MergeError {
    let path = path.to_owned();
    move |source| MergeError::Write { path, source }
}

fn write_merged(disk: &dyn Disk, (lower, merged): (&Layer, &Layer), upper: &Layer) -> Result<Merged, MergeError> {
    let (folder, overlay) = (lower.folder(), upper.folder());
    let mut files = Vec::new();
    for file in merged.files() {
        let name = merged.name_of(file);
        if lower.file(&name).is_none_or(|old| old.text != file.text) {
            ensure_folder_of(disk, &file.path).map_err(at(&file.path))?;
            replace(disk, &file.path, &with_mark_of(&file.path, &file.text)).map_err(at(&file.path))?;
            files.push(name);
        }
    }
    let changes = move_record(disk, folder, overlay).map_err(at(&folder.join(CHANGES_FILE)))?;
    let (from, to) = (overlay.join(CALIBRATION_FILE), folder.join(CALIBRATION_FILE));
    if let Ok(bytes) = fs::read(&from) {
        replace(disk, &to, &bytes).map_err(at(&to))?;
        remove(disk, &from).map_err(at(&from))?;
    }
    for file in upper.files() {
        remove(disk, &file.path).map_err(at(&file.path))?;
    }
    Ok(Merged { files, changes })
}

/// Adds the lines of the upper record to the lower one, but for those that it has.
fn move_record(disk: &dyn Disk, folder: &Path, overlay: &Path) -> io::Result<usize> {
    let (upper, lower) = (overlay.join(CHANGES_FILE), folder.join(CHANGES_FILE));
    let (new, known) = (repaired(disk, &upper)?, repaired(disk, &lower)?);
    let known: std::collections::HashSet<&str> = known.lines().collect();
    let lines: Vec<&str> = new.lines().filter(|line| !known.contains(line)).collect();
    let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    if !text.is_empty() {
        append(disk, &lower, text.as_bytes())?;
    }
    remove(disk, &upper)?;
    Ok(lines.len())
}

fn merged_layer(lower: &Layer, upper: &Layer) -> Result<Layer, ChangeError> {
    let mut merged = lower.clone();
    for file in upper.files() {
        let name = upper.name_of(file);
        let text = lower.file(&name).map(|below: &Arc<SourceFile>| below.text.as_str());
        let text = text.map_or_else(|| Ok(file.text.clone()), |text| merged_text(&name, text, &file.text))?;
        merged = merged.with_file(&name, text);
    }
    Ok(merged)
}

fn merged_text(name: &str, lower: &str, upper: &str) -> Result<String, ChangeError> {
    keeping_line_ends(lower, |lower| {
        let (mut lower, mut upper) = (parsed(name, lower)?, parsed(name, &upper.replace("\r\n", "\n"))?);
        match name {
            SOURCES_FILE => merge_tables(&mut lower, &mut upper, "source", name)?,
            SYNONYMS_FILE => merge_synonyms(&mut lower, &mut upper, name)?,
            _ => {
                for key in ["title", "summary"] {
                    if let Some(Item::Value(value)) = upper.remove(key) {
                        lower.insert(key, Item::Value(value));
                    }
                }
                merge_tables(&mut lower, &mut upper, "entry", name)?;
            }
        }
        Ok(lower.to_string())
    })
}

/// Each table replaces the one with its id, or comes last.
fn merge_tables(
    lower: &mut DocumentMut,
    upper: &mut DocumentMut,
    what: &'static str,
    name: &str,
) -> Result<(), ChangeError> {
    let lower = tables_of(lower, what, name)?;
    for table in tables_of(upper, what, name)?.iter() {
        let mut table = table.clone();
        let id = id_of(&table).unwrap_or_default().to_owned();
        let Some(place) = find(lower, &id) else {
            push(lower, table);
            continue;
        };
        place_at(&mut table, place.position());
        let (own, below) = (prefix(table.decor()).trim(), prefix(place.decor()).trim());
        if own.is_empty() || own == below {
            *table.decor_mut() = place.decor().clone();
        }
        *place = table;
    }
    Ok(())
}

fn merge_synonyms(lower: &mut DocumentMut, upper: &mut DocumentMut, name: &str) -> Result<(), ChangeError> {
    for what in ["group", "shorthand"] {
        let known: Vec<String> = tables_of(lower, what, name)?.iter().map(content).collect();
        let below = tables_of(lower, what, name)?;
        for table in tables_of(upper, what, name)?.iter() {
            if !known.contains(&content(table)) {
                push(below, table.clone());
            }
        }
    }
    let Some(Item::Value(keep)) = upper.remove("keep") else { return Ok(()) };
    let Some(below) = lower.get_mut("keep").and_then(Item::as_array_mut) else {
        lower.insert("keep", Item::Value(keep));
        return Ok(());
    };
    for word in keep.as_array().into_iter().flatten().filter_map(|word| word.as_str()) {
        if crate::edit::list::position(below, word).is_none() {
            crate::edit::list::push(below, word);
        }
    }
    Ok(())
}

/// What a table says, however it is written.
fn content(table: &toml_edit::Table) -> String {
    let mut document = DocumentMut::new();
    for (key, item) in table {
        let mut item = item.clone();
        if let Item::Value(value) = &mut item {
            value.decor_mut().clear();
            if let Some(array) = value.as_array_mut() {
                array.fmt();
            }
        }
        document.insert(key, item);
    }
    document.to_string()
}
