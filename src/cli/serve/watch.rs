//! Notices changes of the knowledge folder and of the configuration file, and the signal SIGHUP.
//!
//! Folders are watched, never files: editors replace a file by a new one, and Kubernetes replaces
//! a link that all files of a mounted folder go through. The folder around the knowledge folder
//! is watched too, in case that folder is itself a link. An event only says that something may
//! have changed; the content tells whether it has.

use std::io;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;
use std::time::Duration;

use footnote_knowledge::Layer;
use notify_debouncer_full::notify::{self, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};
use sha2::{Digest, Sha256};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;

use crate::base::BaseFolders;
use crate::cli::file_events::is_change;
use crate::config::{Config, InForce, keys_in_force};
use crate::discord::{Answering, Reloader};
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

/// What is watched, and what it was like when it was last read.
pub(super) struct Watch {
    named: Option<PathBuf>,
    base: BaseFolders,
    content: Option<Content>,
    keys_at_start: Vec<InForce>,
    answering: Answering,
    /// The keys of which the log has said that they need a restart.
    waiting: Vec<&'static str>,
    changed: Arc<Notify>,
    hang_up: Signal,
    /// `None` if nothing is watched.
    folders: Option<Folders>,
}

impl Watch {
    /// Starts watching, if the configuration says so, and catches SIGHUP in any case.
    pub(super) fn start(config: &Config, named: Option<&Path>) -> io::Result<Self> {
        let changed = Arc::new(Notify::new());
        let BaseFolders { knowledge, overlay } = config.folders();
        let base = BaseFolders { knowledge: absolute(knowledge)?, overlay: absolute(overlay)? };
        let file = Config::file(named).map(absolute).transpose()?;
        let folders = config.watches_files.then(|| Folders::watch(&base, file.as_deref(), &changed));
        let folders = folders.transpose().unwrap_or_else(|error| {
            tracing::warn!(error = with_causes(&error), "cannot watch for changes: send SIGHUP after a change");
            None
        });
        Ok(Self {
            named: named.map(Path::to_owned),
            content: content(&base),
            base,
            // The configuration was valid a moment ago.
            keys_at_start: keys_in_force(named).unwrap_or_default(),
            answering: answering(config),
            waiting: Vec::new(),
            changed,
            hang_up: signal(SignalKind::hangup())?,
            folders,
        })
    }

    /// Reloads after each change and each signal. Never ends.
    pub(super) async fn run(mut self, reloader: Reloader) {
        loop {
            let is_asked_for = tokio::select! {
                () = self.changed.notified() => false,
                _ = self.hang_up.recv() => true,
            };
            // Before anything is read: what changes from now on is noticed.
            if let Some(folders) = &mut self.folders {
                folders.follow();
            }
            let is_asked_otherwise = self.read_configuration(&reloader);
            let base = self.base.clone();
            let content = tokio::task::spawn_blocking(move || content(&base)).await.unwrap_or_default();
            let has_changed = content != self.content;
            self.content = content;
            if is_asked_for || is_asked_otherwise || has_changed {
                reloader.reload().await;
            }
        }
    }

    /// Takes over what can change without a restart. Whether that changed anything.
    fn read_configuration(&mut self, reloader: &Reloader) -> bool {
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
        let waiting: Vec<&str> = changed.filter(|path| !LIVE.contains(path)).collect();
        if waiting != self.waiting && !waiting.is_empty() {
            tracing::warn!(keys = waiting.join(", "), "these keys take effect at the next start");
        }
        self.waiting = waiting;
        let answering = answering(&config);
        if answering == self.answering {
            return false;
        }
        self.answering = answering;
        reloader.answer_as(answering);
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
    base: BaseFolders,
}

impl Folders {
    fn watch(base: &BaseFolders, file: Option<&Path>, changed: &Arc<Notify>) -> notify::Result<Self> {
        let (folders, config, changed) = (base.clone(), file.map(Path::to_owned), Arc::clone(changed));
        let matters = move |path: &Path| {
            folders.both().any(|folder| path.starts_with(folder))
                || Some(path) == config.as_deref()
                || path.ends_with(KUBERNETES_LINK)
        };
        let handle = move |result: DebounceEventResult| {
            if is_change(&result, &matters) {
                changed.notify_one();
            }
        };
        let mut debouncer = new_debouncer_opt(REST, None, handle, NoCache, notify::Config::default())?;
        let parents = base.both().map(Path::parent).chain([file.and_then(Path::parent)]);
        // An overlay may be anywhere, and its parent come later.
        for around in parents.flatten().filter(|around| around.is_dir()) {
            debouncer.watch(around, RecursiveMode::NonRecursive)?;
        }
        let mut folders = Self { debouncer, base: base.clone() };
        folders.follow();
        Ok(folders)
    }

    /// Watches what the folders are now: one that was a link may lead elsewhere, and an overlay may
    /// be new.
    fn follow(&mut self) {
        for folder in self.base.both() {
            // Fails at the first time, and if the folder was removed.
            let _ = self.debouncer.unwatch(folder);
            if let Err(error) = self.debouncer.watch(folder, RecursiveMode::Recursive) {
                // The folder around it says when it is back, or there.
                tracing::debug!(%error, "cannot watch a folder of the base");
            }
        }
    }
}

/// What the files of a base contain; `None` if its folder cannot be listed. The calibration does
/// not count, because loading a base writes it.
fn content(base: &BaseFolders) -> Option<Content> {
    let mut layers = vec![Layer::read(&base.knowledge).ok()?];
    layers.extend(Layer::read(&base.overlay));
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
