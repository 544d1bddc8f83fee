//! The connections: how many, for how long, and how they end.
//!
//! `axum::serve` limits none of this, so connections are handed to hyper here.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::super::FINISHING_TIME;
use crate::telemetry::metrics::{WEBHOOK_CONNECTIONS, WEBHOOK_PLACES};

/// How many connections may be open at once. It is below the 1,024 open files that many systems
/// allow; further connections wait.
const MAX_CONNECTIONS: u16 = 512;

/// How long a connection may take to send the head of the next request. Proxies keep a connection
/// for 60 seconds by default. This is longer, so that the proxy closes it and no request arrives
/// on a closed one.
const HEAD_TIME: Duration = Duration::from_secs(75);

/// The most bytes in the head of a request. Proxies allow 8 to 32 KiB.
const MAX_HEAD: usize = 64 * 1024;

/// Answers the requests on the listener until `stop` is cancelled. Then it closes the listener
/// and finishes the requests in flight, each of which has a token of `in_flight`.
pub(super) async fn serve(
    mut listener: TcpListener,
    router: Router,
    in_flight: &TaskTracker,
    stop: &CancellationToken,
) {
    let connections = TaskTracker::new();
    WEBHOOK_PLACES.set(f64::from(MAX_CONNECTIONS), &[]);
    WEBHOOK_CONNECTIONS.set(0.0, &[]);
    let free = Arc::new(Semaphore::new(MAX_CONNECTIONS.into()));
    loop {
        let (stream, place) = tokio::select! {
            accepted = accept(&mut listener, &free) => accepted,
            () = stop.cancelled() => break,
        };
        let carried = carry(stream, router.clone(), stop.clone(), place);
        connections.spawn(async move {
            WEBHOOK_CONNECTIONS.step(1.0);
            carried.await;
            WEBHOOK_CONNECTIONS.step(-1.0);
        });
    }
    drop(listener);
    finish(in_flight, &connections).await;
}

/// The next connection, once there is room for it.
async fn accept(listener: &mut TcpListener, free: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    let Ok(place) = Arc::clone(free).acquire_owned().await else { unreachable!("the semaphore is never closed") };
    let (stream, _) = Listener::accept(listener).await;
    (stream, place)
}

/// Answers the requests of a connection until either side closes it. Then there is room for
/// another.
async fn carry(stream: TcpStream, router: Router, stop: CancellationToken, _place: OwnedSemaphorePermit) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}

async fn finish(in_flight: &TaskTracker, connections: &TaskTracker) {
    tracing::info!(in_flight = in_flight.len(), "stopping");
    connections.close();
    if timeout(FINISHING_TIME, connections.wait()).await.is_err() {
        tracing::warn!(in_flight = in_flight.len(), "gave up on requests that took too long");
    }
}
