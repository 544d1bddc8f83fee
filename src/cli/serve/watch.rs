//! Notices changes of the knowledge folder and of the configuration file, and the signal SIGHUP.
//!
//! Folders are watched, never files: editors replace a file by a new one, and Kubernetes replaces
//! a link that all files of a mounted folder go through. The folder around the knowledge folder
//! is watched too, in case that folder is itself a link. An event only says that something may
//! have changed; the content tells whether it has.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use footnote_knowledge::Layer;
use notify_debouncer_full::notify::{self, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};
use sha2::{Digest, Sha256};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;

use crate::base::BaseFolders;
use crate::cli::file_events;
use crate::config::{Config, InForce, ServerConfig, keys_in_force};
use crate::discord::{Answering, Reloaders};
use crate::telemetry::{confidence, with_causes};

/// How long files have to rest before they are read. Programs write a file in several steps.
const REST: Duration = Duration::from_millis(500);
/// The keys whose changes need no restart.
const LIVE: [&str; 4] = ["answer.answer_at", "answer.closest_at", "answer.suggest_at", "answer.unanswerable"];
/// The link that Kubernetes replaces when a mounted `ConfigMap` changes.
const KUBERNETES_LINK: &str = "..data";
/// How many problems of a configuration that was not taken over are in the log.
const FIRST_PROBLEMS: usize = 3;

type Content = [u8; 32];

/// A base whose files are watched.
struct Watched {
    /// Whose own base it is.
    server: Option<u64>,
    folders: BaseFolders,
    /// What the files were when they were last looked at; `None` if they could not be read.
    seen: Option<Content>,
}

impl Watched {
    /// The files as they are now: a change is noticed even if nobody has asked for the base.
    fn now(server: Option<u64>, folders: BaseFolders) -> io::Result<Self> {
        let folders = absolutely(folders)?;
        Ok(Self { server, seen: content(&folders), folders })
    }
}

/// What is watched, and what it was like when it was last read.
pub(super) struct Watch {
    named: Option<PathBuf>,
    /// That of most servers first.
    bases: Vec<Watched>,
    keys_at_start: Vec<InForce>,
    servers_at_start: Vec<ServerConfig>,
    answering: Answering,
    /// The keys of which the log has said that they need a restart.
    waiting: Vec<&'static str>,
    changed: Arc<Changes>,
    hang_up: Signal,
    /// `None` if nothing is watched.
    folders: Option<Folders>,
}

/// The bases of which files may have changed, by their places in the list.
#[derive(Default)]
struct Changes {
    places: Mutex<BTreeSet<usize>>,
    notify: Notify,
}

impl Changes {
    fn add(&self, places: impl IntoIterator<Item = usize>) {
        self.places.lock().unwrap_or_else(PoisonError::into_inner).extend(places);
        self.notify.notify_one();
    }

    fn take(&self) -> BTreeSet<usize> {
        std::mem::take(&mut self.places.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn absolutely(folders: BaseFolders) -> io::Result<BaseFolders> {
    Ok(BaseFolders {
        lower: folders.lower.into_iter().map(absolute).collect::<io::Result<_>>()?,
        knowledge: absolute(folders.knowledge)?,
        overlay: folders.overlay.map(absolute).transpose()?,
    })
}

impl Watch {
    /// Starts watching, if the configuration says so, and catches SIGHUP in any case.
    pub(super) fn start(config: &Config, named: Option<&Path>) -> io::Result<Self> {
        let changed = Arc::new(Changes::default());
        let mut bases = vec![Watched::now(None, config.folders())?];
        for server in &config.servers {
            let Some(folders) = server.folders.clone() else { continue };
            bases.push(Watched::now(Some(server.id), folders)?);
        }
        let file = Config::file(named).map(absolute).transpose()?;
        let all = || bases.iter().map(|base| base.folders.clone()).collect();
        let folders = config.watches_files.then(|| Folders::watch(all(), file.as_deref(), &changed));
        let folders = folders.transpose().unwrap_or_else(|error| {
            tracing::warn!(error = with_causes(&error), "cannot watch for changes: send SIGHUP after a change");
            None
        });
        Ok(Self {
            named: named.map(Path::to_owned),
            bases,
            // The configuration was valid a moment ago.
            keys_at_start: keys_in_force(named).unwrap_or_default(),
            servers_at_start: config.servers.clone(),
            answering: answering(config),
            waiting: Vec::new(),
            changed,
            hang_up: signal(SignalKind::hangup())?,
            folders,
        })
    }

    /// Reloads after each change and each signal. Never ends.
    pub(super) async fn run(mut self, reloaders: Reloaders) {
        loop {
            let is_asked_for = tokio::select! {
                () = self.changed.notify.notified() => false,
                _ = self.hang_up.recv() => true,
            };
            // Before anything is read: what changes from now on is noticed.
            let places = self.changed.take();
            if let Some(folders) = &mut self.folders {
                folders.follow(&places);
            }
            let is_for_all = self.read_configuration(&reloaders) || is_asked_for;
            for reloader in reloaders.all() {
                let Some(place) = self.bases.iter().position(|base| base.server == reloader.server()) else { continue };
                let may_have_changed = place == 0 || places.contains(&place);
                let has_changed = (is_for_all || may_have_changed) && self.has_changed(place).await;
                if is_for_all || has_changed {
                    reloader.reload().await;
                }
            }
        }
    }

    /// Whether the files of a base are not what they were.
    async fn has_changed(&mut self, place: usize) -> bool {
        let folders = self.bases[place].folders.clone();
        let now = tokio::task::spawn_blocking(move || content(&folders)).await.unwrap_or_default();
        let is_changed = self.bases[place].seen != now;
        self.bases[place].seen = now;
        is_changed
    }

    /// Takes over what can change without a restart. Whether that changed anything.
    fn read_configuration(&mut self, reloaders: &Reloaders) -> bool {
        let named = self.named.as_deref();
        let read = Config::load(named).and_then(|config| Ok((config, keys_in_force(named)?)));
        let (config, keys) = match read {
            Ok(read) => read,
            Err(error) => {
                let first = error.diagnostics.first_lines(FIRST_PROBLEMS);
                tracing::warn!(%error, first, "configuration not reloaded");
                return false;
            }
        };
        let differ = |(key, at_start): &(&InForce, &InForce)| key.value != at_start.value;
        let changed = keys.iter().zip(&self.keys_at_start).filter(differ).map(|(key, _)| key.path);
        let servers = (config.servers != self.servers_at_start).then_some("server");
        let waiting: Vec<&str> = changed.filter(|path| !LIVE.contains(path)).chain(servers).collect();
        if waiting != self.waiting && !waiting.is_empty() {
            tracing::warn!(keys = waiting.join(", "), "these keys take effect at the next start");
        }
        self.waiting = waiting;
        let answering = answering(&config);
        if answering == self.answering {
            return false;
        }
        self.answering = answering;
        reloaders.answer_as(answering);
        let Answering { thresholds, unanswerable } = answering;
        tracing::info!(
            answer_at = confidence(thresholds.answer_at),
            closest_at = confidence(thresholds.closest_at),
            suggest_at = confidence(thresholds.suggest_at),
            unanswerable = confidence(unanswerable),
            "configuration reloaded"
        );
        true
    }
}

fn answering(config: &Config) -> Answering {
    Answering { thresholds: config.thresholds, unanswerable: config.unanswerable }
}

/// The folders that are watched.
struct Folders {
    debouncer: Debouncer<RecommendedWatcher, NoCache>,
    bases: Vec<BaseFolders>,
}

impl Folders {
    fn watch(bases: Vec<BaseFolders>, file: Option<&Path>, changed: &Arc<Changes>) -> notify::Result<Self> {
        let (folders, config, changed) = (bases.clone(), file.map(Path::to_owned), Arc::clone(changed));
        let handle = move |result: DebounceEventResult| {
            let Some(paths) = file_events::changed(&result) else { return changed.add(0..folders.len()) };
            let (mut places, mut matters) = (BTreeSet::new(), false);
            for path in paths {
                let is_inside = |base: &BaseFolders| base.all().any(|folder| path.starts_with(folder));
                places.extend((0..folders.len()).filter(|place| is_inside(&folders[*place])));
                if path.ends_with(KUBERNETES_LINK) {
                    places.extend(0..folders.len());
                }
                matters |= Some(path) == config.as_deref();
            }
            if matters || !places.is_empty() {
                changed.add(places);
            }
        };
        let mut debouncer = new_debouncer_opt(REST, None, handle, NoCache, notify::Config::default())?;
        let parents = bases.iter().flat_map(BaseFolders::all).map(Path::parent).chain([file.and_then(Path::parent)]);
        // An overlay may be anywhere, and its parent come later.
        let parents: BTreeSet<&Path> = parents.flatten().filter(|around| around.is_dir()).collect();
        for around in parents {
            debouncer.watch(around, RecursiveMode::NonRecursive)?;
        }
        let all = (0..bases.len()).collect();
        let mut folders = Self { debouncer, bases };
        folders.follow(&all);
        Ok(folders)
    }

    /// Watches what the folders of these bases are now: one that was a link may lead elsewhere, and
    /// an overlay may be new.
    fn follow(&mut self, places: &BTreeSet<usize>) {
        let followed = self.bases.iter().enumerate().filter(|(place, _)| *place == 0 || places.contains(place));
        let folders: BTreeSet<&Path> = followed.flat_map(|(_, base)| base.all()).collect();
        for folder in folders {
            // Fails at the first time, and if the folder was removed.
            let _ = self.debouncer.unwatch(folder);
            if let Err(error) = self.debouncer.watch(folder, RecursiveMode::Recursive) {
                // The folder around it says when it is back, or there.
                tracing::debug!(%error, "cannot watch a folder of the base");
            }
        }
    }
}

/// What the files of a base contain; `None` if no folder can be listed. The calibration does not
/// count, because loading a base writes it, if need be into a folder that was not there before.
fn content(base: &BaseFolders) -> Option<Content> {
    let layers: Vec<Layer> = base.all().filter_map(|folder| Layer::read(folder).ok()).collect();
    if layers.is_empty() {
        return None;
    }
    let mut hash = Sha256::new();
    for file in layers.iter().flat_map(Layer::files) {
        for part in [file.path.as_os_str().as_encoded_bytes(), file.text.as_bytes()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    Some(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use footnote_knowledge::CALIBRATION_FILE;
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn only_a_change_of_the_base_counts() {
        let folder = TempDir::new().unwrap();
        let base = BaseFolders::new(folder.path(), Some(folder.path().join("none")));
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let mut seen = Vec::new();
        for (name, text) in [("a.toml", "1"), ("b.toml", ""), (CALIBRATION_FILE, "3"), ("a.txt", "4"), ("a.toml", "1")]
        {
            write(name, text);
            seen.push(content(&base));
        }
        assert_ne!(seen[0], seen[1]);
        assert!(seen[1..].windows(2).all(|pair| pair[0] == pair[1]));
        write("a.toml", "2");
        assert_ne!(content(&base), seen[4]);
        assert_eq!(content(&BaseFolders::new(folder.path().join("none"), None)), None);
    }
}
