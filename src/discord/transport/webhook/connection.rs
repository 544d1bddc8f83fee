//! What a connection is doing, so that those that do nothing can make room for others.
//!
//! hyper has one time for the wait for a request and for its head together. A proxy keeps
//! connections open for a minute between requests, but nobody needs long to send a head. So each
//! connection notes here when it began what it is doing.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

/// How long a connection may wait for the next request. Proxies keep a connection for 60 seconds by
/// default. This is longer, so that the proxy closes it and no request arrives on a closed one.
const IDLE_TIME: Duration = Duration::from_secs(75);

/// How long it may take from the first byte of a request to the end of its head.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// What a connection is doing, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It waits for a request.
    Idle(Instant),
    /// Some of a request's head has arrived.
    Head(Instant),
    /// A request is being answered.
    Busy,
}

/// The state of one connection.
#[derive(Debug)]
pub(super) struct Activity {
    phase: Mutex<Phase>,
    /// Cancelled when the connection has to make room.
    pub(super) evicted: CancellationToken,
}

impl Activity {
    fn new() -> Self {
        Self { phase: Mutex::new(Phase::Idle(Instant::now())), evicted: CancellationToken::new() }
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes have arrived.
    fn receive(&self) {
        let mut phase = self.phase();
        if matches!(*phase, Phase::Idle(_)) {
            *phase = Phase::Head(Instant::now());
        }
    }

    /// A head is complete.
    pub(super) fn begin(&self) {
        *self.phase() = Phase::Busy;
    }

    /// A request has been answered.
    pub(super) fn end(&self) {
        *self.phase() = Phase::Idle(Instant::now());
    }

    /// Whether it has waited, or sent a head, for too long.
    pub(super) fn is_overdue(&self, now: Instant) -> bool {
        match *self.phase() {
            Phase::Idle(since) => now.saturating_duration_since(since) >= IDLE_TIME,
            Phase::Head(since) => now.saturating_duration_since(since) >= HEAD_TIME,
            Phase::Busy => false,
        }
    }

    /// Whether it waits for a request.
    pub(super) fn is_idle(&self) -> bool {
        matches!(*self.phase(), Phase::Idle(_))
    }

    /// How much it deserves to be closed: those that wait come before those that send a head, and
    /// among them the one that began first. `None` if a request is being answered.
    fn rank(&self) -> Option<(u8, Instant)> {
        match *self.phase() {
            Phase::Idle(since) => Some((0, since)),
            Phase::Head(since) => Some((1, since)),
            Phase::Busy => None,
        }
    }
}

/// All open connections.
#[derive(Debug, Default)]
pub(super) struct Connections(Mutex<(u64, HashMap<u64, Arc<Activity>>)>);

impl Connections {
    fn open(&self) -> MutexGuard<'_, (u64, HashMap<u64, Arc<Activity>>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection, and returns its number.
    pub(super) fn add(&self) -> (u64, Arc<Activity>) {
        let (next, open) = &mut *self.open();
        *next += 1;
        let activity = Arc::new(Activity::new());
        open.insert(*next, Arc::clone(&activity));
        (*next, activity)
    }

    pub(super) fn remove(&self, number: u64) {
        self.open().1.remove(&number);
    }

    /// Closes the connection that deserves it most; `false` if all are busy.
    pub(super) fn evict(&self) -> bool {
        let (_, open) = &mut *self.open();
        let ranked = open.iter().filter_map(|(number, activity)| Some((activity.rank()?, *number)));
        let Some((_, number)) = ranked.min() else { return false };
        if let Some(activity) = open.remove(&number) {
            activity.evicted.cancel();
        }
        true
    }
}

/// A stream that notes when bytes arrive.
pub(super) struct Watched {
    pub(super) stream: TcpStream,
    pub(super) activity: Arc<Activity>,
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        if buffer.filled().len() > before {
            self.activity.receive();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_has_less_time_than_a_pause_and_an_answer_has_all_the_time() {
        let activity = Activity::new();
        let later = |seconds| Instant::now() + Duration::from_secs(seconds);
        assert!(!activity.is_overdue(later(74)) && activity.is_overdue(later(76)));
        activity.receive();
        assert!(!activity.is_overdue(later(9)) && activity.is_overdue(later(11)));
        activity.begin();
        activity.receive();
        assert!(!activity.is_overdue(later(1_000)));
        activity.end();
        assert!(!activity.is_overdue(later(74)) && activity.is_overdue(later(76)));
    }

    #[test]
    fn the_one_that_waits_longest_makes_room_first_and_a_busy_one_never() {
        let connections = Connections::default();
        let [(_, head), (_, busy), (_, idle)] = [connections.add(), connections.add(), connections.add()];
        head.receive();
        busy.begin();
        assert!(connections.evict() && idle.evicted.is_cancelled() && !head.evicted.is_cancelled());
        assert!(connections.evict() && head.evicted.is_cancelled());
        assert!(!connections.evict() && !busy.evicted.is_cancelled());
    }
}
