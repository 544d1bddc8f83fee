//! `site`: the pages as files, for any web server.
//!
//! A folder may hold more than these files, such as a repository. So a list of what was written
//! stays in it: what is on that list may be replaced or removed, and nothing else is touched.

mod error;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::arguments::SiteArguments;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use crate::web::{Changes, Form, Site, files};
use footnote_search::reply::Answerer;

pub(super) use error::SiteError;

/// The list of the files that were written, one a line.
const LIST: &str = ".footnote-site";

pub(super) fn run(arguments: &SiteArguments, config: &Config) -> Result<Verdict, CommandError> {
    let base = config.folders().load()?;
    let answerer = Answerer::new(base, config.thresholds);
    let changes = Changes::read(&config.folders()).map_err(SiteError::Changes)?;
    let written = files(&Site::new(&config.web, Form::Files), &answerer, &changes);
    let folder = &arguments.folder;
    let before = listed(folder)?;
    for file in &written {
        let path = folder.join(&file.path);
        if !before.contains(&file.path) && path.symlink_metadata().is_ok() {
            return Err(SiteError::Foreign { path }.into());
        }
    }
    let now: BTreeSet<String> = written.iter().map(|file| file.path.clone()).collect();
    // If this run is cut short, the next one may replace what either of them has written.
    list(folder, &before.union(&now).cloned().collect())?;
    for file in &written {
        write(&folder.join(&file.path), &file.content)?;
    }
    for path in before.difference(&now) {
        remove(folder, path)?;
    }
    list(folder, &now)?;
    anstream::println!("{} files written to {}", written.len(), folder.display());
    if config.web.public_url.is_none() {
        anstream::println!("For a sitemap and a feed, set web.public_url to where they are found.");
    }
    Ok(Verdict::Positive)
}

/// What an earlier run has written. Only paths that stay within the folder count.
fn listed(folder: &Path) -> Result<BTreeSet<String>, SiteError> {
    let path = folder.join(LIST);
    let stays = |line: &&str| !line.is_empty() && !line.starts_with('/') && !line.split('/').any(|part| part == "..");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.lines().filter(stays).map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(source) => Err(SiteError::Read { path, source }),
    }
}

fn list(folder: &Path, paths: &BTreeSet<String>) -> Result<(), SiteError> {
    let lines: Vec<String> = paths.iter().map(|path| format!("{path}\n")).collect();
    write(&folder.join(LIST), &lines.concat())
}

/// Writes a file whole or not at all.
fn write(path: &Path, content: &str) -> Result<(), SiteError> {
    let failed = |source| SiteError::Write { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::Builder::new().permissions(readable()).tempfile_in(folder).map_err(failed)?;
    file.write_all(content.as_bytes()).map_err(failed)?;
    file.persist(path).map(drop).map_err(|error| failed(error.error))
}

/// What the umask leaves of this: web servers run as other users.
fn readable() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;

    fs::Permissions::from_mode(0o666)
}

/// Removes a page that is no more, and its folder if nothing else is in it.
fn remove(folder: &Path, path: &str) -> Result<(), SiteError> {
    let path = folder.join(path);
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(SiteError::Write { path, source }),
    }
    let mut parent = path.parent();
    while let Some(empty) = parent.filter(|parent| *parent != folder) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        parent = empty.parent();
    }
    Ok(())
}
