//! The connections: how many, for how long, and how they end.
//!
//! `axum::serve` limits none of this, so connections are handed to hyper here.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{interval, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::super::FINISHING_TIME;
use super::connection::{Connections, Watched};
use crate::telemetry::metrics::{WEBHOOK_CONNECTIONS, WEBHOOK_FULL, WEBHOOK_PLACES};
use crate::telemetry::throttle::Throttle;

/// How many connections may be open at once. It is below the 1,024 open files that many systems
/// allow. For a further one, a connection that does nothing is closed.
const MAX_CONNECTIONS: u16 = 512;

/// The most bytes in the head of a request. Proxies allow 8 to 32 KiB.
const MAX_HEAD: usize = 64 * 1024;

/// How often it is checked whether a connection has taken too long.
const CHECK: Duration = Duration::from_secs(1);

/// How long a connection that is closed for another may take to send the rest of an answer.
const FLUSHING_TIME: Duration = Duration::from_millis(100);

/// What all connections share.
struct Server {
    router: Router,
    connections: Connections,
    /// Cancelled when answers should ask the sender to close the connection.
    draining: CancellationToken,
    /// Cancelled when connections should end.
    closing: CancellationToken,
}

/// Answers the requests on the listener until `stop` is cancelled, and for `drain` longer, in which
/// each answer closes its connection: until then a load balancer may send requests. Then it closes
/// the listener and finishes the requests in flight, each of which has a token of `in_flight`.
pub(super) async fn serve(
    mut listener: TcpListener,
    router: Router,
    in_flight: &TaskTracker,
    stop: &CancellationToken,
    drain: Duration,
) {
    let tasks = TaskTracker::new();
    WEBHOOK_PLACES.set(f64::from(MAX_CONNECTIONS), &[]);
    WEBHOOK_CONNECTIONS.set(0.0, &[]);
    let free = Arc::new(Semaphore::new(MAX_CONNECTIONS.into()));
    let server = Arc::new(Server {
        router,
        connections: Connections::default(),
        draining: stop.clone(),
        closing: CancellationToken::new(),
    });
    let drained = async {
        stop.cancelled().await;
        if !drain.is_zero() {
            tracing::info!(seconds = drain.as_secs(), "stopping soon; still answering");
            sleep(drain).await;
        }
    };
    let mut drained = pin!(drained);
    let full = Throttle::default();
    loop {
        let (stream, place) = tokio::select! {
            accepted = accept(&mut listener, &free, &server.connections, &full) => accepted,
            () = &mut drained => break,
        };
        let server = Arc::clone(&server);
        tasks.spawn(async move {
            WEBHOOK_CONNECTIONS.step(1.0);
            server.carry(stream).await;
            WEBHOOK_CONNECTIONS.step(-1.0);
            drop(place);
        });
    }
    drop(listener);
    server.closing.cancel();
    if let Some(count) = full.flush() {
        log_full(count);
    }
    finish(in_flight, &tasks).await;
}

/// The next connection, and a place for it. If all places are taken, one that does nothing is
/// closed for it.
async fn accept(
    listener: &mut TcpListener,
    free: &Arc<Semaphore>,
    connections: &Connections,
    full: &Throttle<u64>,
) -> (TcpStream, OwnedSemaphorePermit) {
    let (stream, _) = Listener::accept(listener).await;
    if let Ok(place) = Arc::clone(free).try_acquire_owned() {
        return (stream, place);
    }
    WEBHOOK_FULL.add(1, &[]);
    if let Some(count) = full.count(|count| *count += 1) {
        log_full(count);
    }
    connections.evict();
    let Ok(place) = Arc::clone(free).acquire_owned().await else { unreachable!("the semaphore is never closed") };
    (stream, place)
}

fn log_full(count: u64) {
    tracing::warn!(
        count,
        places = MAX_CONNECTIONS,
        "all places for connections to the webhook were taken; some were closed for others"
    );
}

impl Server {
    /// Answers the requests of a connection until either side closes it, or it takes too long.
    async fn carry(&self, stream: TcpStream) {
        let (number, activity) = self.connections.add();
        let router = TowerToHyperService::new(self.router.clone());
        let service = service_fn(|request| {
            activity.begin();
            let answering = router.call(request);
            async {
                let mut answer = answering.await;
                activity.end();
                if self.draining.is_cancelled()
                    && let Ok(answer) = &mut answer
                {
                    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                answer
            }
        });
        let stream = Watched { stream, activity: Arc::clone(&activity) };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .max_buf_size(MAX_HEAD)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        let mut check = interval(CHECK);
        let ended = loop {
            tokio::select! {
                ended = connection.as_mut() => break ended,
                () = self.closing.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    break connection.await;
                }
                () = activity.evicted.cancelled() => {
                    // What was just answered may still be on its way out.
                    connection.as_mut().graceful_shutdown();
                    let limit = if activity.is_idle() { FLUSHING_TIME } else { Duration::ZERO };
                    break timeout(limit, connection).await.unwrap_or(Ok(()));
                }
                _ = check.tick() => if activity.is_overdue(Instant::now()) { break Ok(()) },
            }
        };
        self.connections.remove(number);
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection broke");
        }
    }
}

async fn finish(in_flight: &TaskTracker, connections: &TaskTracker) {
    tracing::info!(in_flight = in_flight.len(), "stopping");
    connections.close();
    if timeout(FINISHING_TIME, connections.wait()).await.is_err() {
        tracing::warn!(in_flight = in_flight.len(), "gave up on requests that took too long");
    }
}
