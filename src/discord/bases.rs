//! The bases of the process: that of most servers, which is always there, and those of single
//! servers, which are loaded when somebody asks there and let go when nobody does.
//!
//! A base is loaded once, however many ask at the same time, and never on a thread that answers.
//! If there is no room for one more, those go first that nobody has asked for the longest time. An
//! interaction keeps the base that it began with, so a base takes memory until the last of them
//! has ended.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use footnote_knowledge::LoadError;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use lru::LruCache;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::desk::Desk;
use super::loaded::LoadedBase;
use super::turn::{Turn, Work};
use crate::base::BaseFolders;
use crate::calibration::{Renewal, Weighing};
use crate::telemetry::metrics::{BASE_LOAD_SECONDS, BASE_LOADS, BASES_BYTES, BASES_HELD, BASES_LET_GO};
use crate::telemetry::{milliseconds, with_causes};
use footnote_search::reply::Thresholds;

/// How long a response waits for a base. Discord waits three seconds for the response.
const PATIENCE: Duration = Duration::from_secs(2);

/// After how long a base that could not be loaded is tried again, if its files do not change.
const PAUSE: Duration = Duration::from_secs(30);

/// How many bases are loaded at once: each takes a core.
const AT_ONCE: usize = 2;

/// How many problems of a base that was not loaded are in the log.
const FIRST_PROBLEMS: usize = 3;

/// How a base is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answering {
    /// The confidence from which the bot answers, and those from which it offers.
    pub thresholds: Thresholds,
    /// The share of questions without an answer that a calibration expects, 0 to below 1.
    pub unanswerable: f32,
}

/// Why there is no base to answer from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoBase {
    /// It is still being loaded.
    Late,
    /// It cannot be loaded. The log says why.
    Broken,
}

/// Which bases are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasesHeld {
    /// How many, with the one that is always there.
    pub count: usize,
    /// How many bytes they take.
    pub bytes: u64,
    /// How often one was loaded because somebody asked for it.
    pub loads: u64,
}

/// Those that can be let go, the one that was asked last first.
#[derive(Debug)]
pub(super) struct Bases {
    /// The most bytes that all of them together may take.
    limit: u64,
    shelf: Mutex<Shelf>,
    loads: AtomicU64,
    loading: Semaphore,
}

#[derive(Debug)]
struct Shelf {
    held: LruCache<u64, Arc<LoadedBase>>,
    /// What they take.
    bytes: u64,
    /// What the one takes that is always there.
    always: u64,
}

/// A base that the process can load, and everything that goes with it rather than with a server.
#[derive(Debug)]
pub(super) struct BaseSlot {
    /// Whose own base it is; `None` if it is that of all other servers.
    pub(super) server: Option<u64>,
    pub(super) folders: BaseFolders,
    /// How the next base that is loaded will be asked.
    pub(super) answering: ArcSwap<Answering>,
    /// Where it is changed, if it is changed from Discord.
    pub(super) desk: Option<Desk>,
    pub(super) turn: Turn,
    /// The base, if it is always there.
    always: Option<Arc<ArcSwap<LoadedBase>>>,
    state: Mutex<State>,
    recovered: Once,
    /// The weights that were learned last, and the version of the base from which: a folder that
    /// may not be written to cannot keep them.
    learned: Mutex<Option<(String, Weighing)>>,
}

type Coming = Shared<BoxFuture<'static, Result<Arc<LoadedBase>, NoBase>>>;

/// What happens to a base that is not on the shelf.
#[derive(Debug)]
enum State {
    Idle,
    Coming(Coming),
    Broken(Instant),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Bases {
    /// None yet, within so many bytes.
    pub(super) fn new(limit: u64) -> Self {
        let kept = Shelf { held: LruCache::unbounded(), bytes: 0, always: 0 };
        Self { limit, shelf: Mutex::new(kept), loads: AtomicU64::new(0), loading: Semaphore::new(AT_ONCE) }
    }

    fn find(&self, server: u64) -> Option<Arc<LoadedBase>> {
        lock(&self.shelf).held.get(&server).cloned()
    }

    /// The one that is there, if it is; that somebody has asked for it is not noted.
    pub(super) fn peek(&self, server: u64) -> Option<Arc<LoadedBase>> {
        lock(&self.shelf).held.peek(&server).cloned()
    }

    /// Takes a base in, and lets others go if there is no room. One that is too large for itself
    /// stays: its server would otherwise get no answer at all.
    fn put(&self, server: u64, base: Arc<LoadedBase>) -> Option<Arc<LoadedBase>> {
        let mut kept = lock(&self.shelf);
        kept.bytes += base.bytes;
        let before = kept.held.put(server, base);
        kept.bytes -= before.as_ref().map_or(0, |before| before.bytes);
        let mut gone = Vec::new();
        while kept.bytes + kept.always > self.limit && kept.held.len() > 1 {
            let Some((server, oldest)) = kept.held.pop_lru() else { break };
            kept.bytes -= oldest.bytes;
            tracing::info!(server, bytes = oldest.bytes, "knowledge base let go");
            gone.push(oldest);
        }
        if kept.bytes + kept.always > self.limit {
            let (bytes, limit) = (kept.bytes + kept.always, self.limit);
            tracing::warn!(server, bytes, limit, "a base does not fit into memory.bases_mb");
        }
        kept.measure();
        drop(kept);
        BASES_LET_GO.add(gone.len() as u64, &[]);
        // What they took is given back outside of the lock.
        drop(gone);
        before
    }

    /// What is there now.
    pub(super) fn held(&self) -> BasesHeld {
        let kept = lock(&self.shelf);
        let (count, bytes) = (kept.held.len() + 1, kept.bytes + kept.always);
        BasesHeld { count, bytes, loads: self.loads.load(Ordering::Relaxed) }
    }

    /// Notes how much the base takes that is always there.
    pub(super) fn note_always(&self, bytes: u64) {
        let mut kept = lock(&self.shelf);
        kept.always = bytes;
        kept.measure();
    }
}

impl Shelf {
    #[expect(clippy::cast_precision_loss, reason = "a metric needs no more digits")]
    fn measure(&self) {
        BASES_HELD.set((self.held.len() + 1) as f64, &[]);
        BASES_BYTES.set((self.bytes + self.always) as f64, &[]);
    }
}

impl BaseSlot {
    /// The base of all servers that have none of their own.
    pub(super) fn always(
        newest: Arc<ArcSwap<LoadedBase>>,
        folders: BaseFolders,
        answering: Answering,
        desk: Option<Desk>,
    ) -> Self {
        Self { always: Some(newest), desk, ..Self::of(None, folders, answering) }
    }

    /// A server's own base, which is not loaded yet.
    pub(super) fn own(server: u64, folders: BaseFolders, answering: Answering, desk: Option<Desk>) -> Self {
        Self { desk, ..Self::of(Some(server), folders, answering) }
    }

    fn of(server: Option<u64>, folders: BaseFolders, answering: Answering) -> Self {
        Self {
            server,
            folders,
            answering: ArcSwap::from_pointee(answering),
            desk: None,
            turn: Turn::default(),
            always: None,
            state: Mutex::new(State::Idle),
            recovered: Once::new(),
            learned: Mutex::new(None),
        }
    }

    /// The base, as soon as it is there.
    ///
    /// # Errors
    ///
    /// [`NoBase`] if it takes too long, which it goes on doing, or cannot be loaded.
    pub(super) async fn base(self: &Arc<Self>, bases: &Arc<Bases>) -> Result<Arc<LoadedBase>, NoBase> {
        if let Some(newest) = &self.always {
            return Ok(newest.load_full());
        }
        let Some(server) = self.server else { return Err(NoBase::Broken) };
        if let Some(base) = bases.find(server) {
            return Ok(base);
        }
        let coming = {
            let mut state = lock(&self.state);
            // It may have come between the two locks.
            if let Some(base) = bases.find(server) {
                return Ok(base);
            }
            match &*state {
                State::Broken(at) if at.elapsed() < PAUSE => return Err(NoBase::Broken),
                State::Coming(coming) => coming.clone(),
                State::Broken(_) | State::Idle => {
                    let coming = self.begin(server, bases);
                    *state = State::Coming(coming.clone());
                    coming
                }
            }
        };
        timeout(PATIENCE, coming).await.unwrap_or(Err(NoBase::Late))
    }

    /// Begins to load it. It goes on even if nobody waits any more.
    fn begin(self: &Arc<Self>, server: u64, bases: &Arc<Bases>) -> Coming {
        let (slot, bases) = (Arc::clone(self), Arc::clone(bases));
        let loading = tokio::spawn(async move {
            let _place = bases.loading.acquire().await;
            let (loader, kept) = (Arc::clone(&slot), Arc::clone(&bases));
            // A reload waits for its turn, so what changes from now on is not missed.
            let work = move || -> Result<(Arc<LoadedBase>, bool), LoadError> {
                let (base, is_calibrated) = loader.load_quickly()?;
                let base = Arc::new(base);
                kept.put(server, Arc::clone(&base));
                Ok((base, is_calibrated))
            };
            let ended = slot.turn.wait_and_work(work).await;
            let Work::Done(Ok((base, is_calibrated))) = ended else {
                if let Work::Done(Err(error)) = ended {
                    log_refusal(&error, Some(server), false);
                }
                BASE_LOADS.add(1, &["refused"]);
                *lock(&slot.state) = State::Broken(Instant::now());
                return Err(NoBase::Broken);
            };
            BASE_LOADS.add(1, &["loaded"]);
            bases.loads.fetch_add(1, Ordering::Relaxed);
            *lock(&slot.state) = State::Idle;
            if !is_calibrated {
                tokio::spawn(slot.calibrate(Arc::clone(&bases)));
            }
            Ok(base)
        });
        async move { loading.await.unwrap_or(Err(NoBase::Broken)) }.boxed().shared()
    }

    /// Completes or undoes a change that was interrupted, before its files are first read.
    fn recover(&self) {
        if let Some(desk) = &self.desk {
            self.recovered.call_once(|| desk.recover());
        }
    }

    /// Loads it with the weights that there are, and says whether they are meant for it. Blocks.
    fn load_quickly(&self) -> Result<(LoadedBase, bool), LoadError> {
        self.recover();
        let started = Instant::now();
        let answering = self.answering.load();
        let base = self.folders.load()?;
        let version = LoadedBase::version_of(&base);
        let remembered = lock(&self.learned).as_ref().filter(|(known, _)| *known == version).map(|(_, known)| *known);
        // A file that is broken is replaced when the weights are learned.
        let found = Weighing::found(&base, &self.folders.now(), answering.unanswerable).ok().flatten();
        let (weighing, is_in_force) = match (found, remembered) {
            (Some(found), _) if found.is_in_force() => (found, true),
            (_, Some(remembered)) => (remembered, true),
            (found, None) => (found.unwrap_or_else(Weighing::prior), false),
        };
        let loaded = LoadedBase::new(weighing.answerer(base, answering.thresholds));
        let (entries, _) = loaded.size();
        BASE_LOAD_SECONDS.observe(started.elapsed().as_secs_f64(), &[]);
        tracing::info!(
            server = self.server,
            entries,
            bytes = loaded.bytes,
            ms = milliseconds(started.elapsed()),
            "knowledge base loaded"
        );
        Ok((loaded, is_in_force))
    }

    /// Learns the weights of a base that was loaded without its own.
    async fn calibrate(self: Arc<Self>, bases: Arc<Bases>) {
        let (slot, kept) = (Arc::clone(&self), Arc::clone(&bases));
        // One after another: it uses all cores.
        let _places = bases.loading.acquire_many(u32::try_from(AT_ONCE).unwrap_or(1)).await;
        let learned = self.turn.wait_and_work(move || slot.load_anew(&kept)).await;
        if let Work::Done(Err(error)) = learned {
            tracing::warn!(server = self.server, error = with_causes(&error), "cannot calibrate on a knowledge base");
        }
    }

    /// Loads it, calibrates the search on it and makes it the newest. Returns it with the one that
    /// it took the place of. Blocks, and uses all cores.
    pub(super) fn load_anew(&self, bases: &Bases) -> Result<(Option<Arc<LoadedBase>>, Arc<LoadedBase>), LoadError> {
        let answering = self.answering.load();
        let base = self.folders.load()?;
        let calibration = Renewal::of(&base, &self.folders.now(), answering.unanswerable);
        calibration.log();
        let now = Arc::new(LoadedBase::new(calibration.weighing.answerer(base, answering.thresholds)));
        *lock(&self.learned) = Some((now.version.clone(), calibration.weighing));
        let before = match (&self.always, self.server) {
            (Some(newest), _) => {
                now.publish();
                bases.note_always(now.bytes);
                let before = newest.swap(Arc::clone(&now));
                before.retire(&now);
                Some(before)
            }
            (None, Some(server)) => bases.put(server, Arc::clone(&now)),
            (None, None) => None,
        };
        Ok((before, now))
    }

    /// Whether it is loaded, or always there.
    pub(super) fn is_held(&self, bases: &Bases) -> bool {
        self.always.is_some() || self.server.is_some_and(|server| bases.peek(server).is_some())
    }

    /// Tries again at the next question if it could not be loaded.
    pub(super) fn forgive(&self) {
        let mut state = lock(&self.state);
        if matches!(*state, State::Broken(_)) {
            *state = State::Idle;
            tracing::info!(server = self.server, "a knowledge base is read anew at the next question");
        }
    }
}

/// Logs why a base was not loaded, or not loaded anew.
pub(super) fn log_refusal(error: &LoadError, server: Option<u64>, is_reload: bool) {
    let (problems, first) = match error {
        LoadError::Invalid { diagnostics, .. } => {
            (Some(diagnostics.totals()), Some(diagnostics.first_lines(FIRST_PROBLEMS)))
        }
        LoadError::Folder { .. } => (None, None),
    };
    if is_reload {
        tracing::warn!(server, %error, problems, first, "knowledge base not reloaded");
    } else {
        tracing::warn!(server, %error, problems, first, "a server's knowledge base cannot be loaded");
    }
}
