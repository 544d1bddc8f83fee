//! The connections of readers: how many, for how long, and how they end. `axum::serve` limits none
//! of this.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How many connections may be open at once; further ones wait. Together with the webhook's, they
/// are below the 1,024 open files that many systems allow.
const MAX_CONNECTIONS: usize = 384;

/// How long a connection may wait for a request and send its head.
const HEAD_TIME: Duration = Duration::from_secs(20);

/// How long a connection may last. A reader that takes longer opens another.
const CONNECTION_TIME: Duration = Duration::from_mins(5);

/// The most bytes in the head of a request.
const MAX_HEAD: usize = 16 * 1024;

/// How long requests may take to end after the bot was told to stop.
const FINISHING_TIME: Duration = Duration::from_secs(2);

/// Answers requests until `stop` is cancelled, and finishes those in flight.
pub(super) async fn serve(mut listener: TcpListener, router: Router, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let open = TaskTracker::new();
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        // Accepting retries by itself if it fails.
        let (stream, peer) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = stop.cancelled() => break,
        };
        let (router, stop) = (router.clone(), stop.clone());
        open.spawn(async move {
            answer(stream, peer, router, stop).await;
            drop(place);
        });
    }
    drop(listener);
    open.close();
    // Those that take longer end with the process.
    let _ = timeout(FINISHING_TIME, open.wait()).await;
}

async fn answer(stream: TcpStream, peer: SocketAddr, router: Router, stop: CancellationToken) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request;
        request.extensions_mut().insert(peer);
        let answer = router.call(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let ending = async {
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(CONNECTION_TIME) => {}
        }
    };
    tokio::select! {
        // A reader that breaks off is no concern of ours.
        _ = connection.as_mut() => return,
        () = ending => connection.as_mut().graceful_shutdown(),
    }
    let _ = timeout(FINISHING_TIME, connection).await;
}
