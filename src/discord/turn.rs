//! Work on the running bot that only one owner does at a time, and that never delays a response
//! for long.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::{JoinError, JoinHandle, spawn_blocking};
use tokio::time::timeout;

/// How long a response waits for the work. Discord waits [three seconds][callback] for the
/// response.
///
/// [callback]:
/// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
const PATIENCE: Duration = Duration::from_secs(2);

/// The result of some work.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Work<T> {
    /// It is done.
    Done(T),
    /// It continues after the response.
    GoesOn,
    /// It was not started, because other work is still running.
    Busy,
    /// It panicked.
    Broken,
}

/// The right to work, which only one owner has at a time.
#[derive(Debug, Clone, Default)]
pub(super) struct Turn(Arc<Mutex<()>>);

impl Turn {
    /// Does the work, which may block, on its own thread, and waits a while for its result. The
    /// turn ends with the work, however it ends.
    pub(super) async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Work<T> {
        let Ok(turn) = Arc::clone(&self.0).try_lock_owned() else { return Work::Busy };
        match timeout(PATIENCE, start(turn, work)).await {
            Ok(ended) => finished(ended),
            Err(_) => Work::GoesOn,
        }
    }

    /// Does the work, which may block, as soon as it may, and waits a while for its turn and its
    /// result. For work that many do, which nobody should have to repeat because a file was saved.
    pub(super) async fn queue<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Work<T> {
        let begun = Instant::now();
        let Ok(turn) = timeout(PATIENCE, Arc::clone(&self.0).lock_owned()).await else { return Work::Busy };
        match timeout(PATIENCE.saturating_sub(begun.elapsed()), start(turn, work)).await {
            Ok(ended) => finished(ended),
            Err(_) => Work::GoesOn,
        }
    }

    /// Does the work, which may block, as soon as it may, and waits for its end.
    pub(super) async fn wait_and_work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Work<T> {
        finished(start(Arc::clone(&self.0).lock_owned().await, work).await)
    }
}

fn start<T: Send + 'static>(turn: OwnedMutexGuard<()>, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    spawn_blocking(move || {
        let _turn = turn;
        work()
    })
}

fn finished<T>(ended: Result<T, JoinError>) -> Work<T> {
    match ended {
        Ok(result) => Work::Done(result),
        Err(error) => {
            tracing::error!(%error, "a reload or check crashed");
            Work::Broken
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_panics_gives_its_turn_back() {
        let turn = Turn::default();
        assert_eq!(turn.work(|| -> u8 { panic!("a test's panic") }).await, Work::Broken);
        assert_eq!(turn.work(|| 1).await, Work::Done(1));
    }
}
