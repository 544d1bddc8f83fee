//! What a probe or a monitor asks over HTTP: whether the process moves, whether it is ready, and
//! its metrics.
//!
//! It has an address of its own, apart from the webhook's, because it is for the operator alone.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;

use crate::health::{Health, Lack, PARTS};

/// Prometheus' [text format](https://prometheus.io/docs/instrumenting/exposition_formats/).
const PAGE_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The path that is answered with 200 as long as the process moves.
pub const ALIVE: &str = "/healthz";
/// The path that is answered with 200 if the bot is ready, and otherwise with 503 and what is
/// missing, one thing a line. `?exclude=PART` leaves a part out: a load balancer that heeds the
/// journal would take all replicas away at once when their database fails, though they can answer.
pub const READY: &str = "/readyz";
const METRICS: &str = "/metrics";

/// The bot cannot listen for probes.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: choose another http.listen in the configuration")]
pub struct ListenError {
    /// The address.
    address: SocketAddr,
    /// The system's reason.
    source: io::Error,
}

#[derive(Clone)]
struct Signals {
    health: Arc<Health>,
    page: PrometheusHandle,
}

/// Answers probes on this address for as long as the runtime lives.
///
/// # Errors
///
/// [`ListenError`] if it cannot listen there.
pub async fn start(listen: SocketAddr, health: Arc<Health>, page: PrometheusHandle) -> Result<(), ListenError> {
    let failed = |source| ListenError { address: listen, source };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    tracing::info!(%address, "listening for probes");
    let routes = Router::new()
        .route(ALIVE, get(|| async { "alive\n" }))
        .route(READY, get(ready))
        .route(METRICS, get(metrics))
        .with_state(Signals { health, page });
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes).await {
            tracing::error!(%error, "cannot answer probes any more");
        }
    });
    Ok(())
}

async fn ready(State(signals): State<Signals>, RawQuery(query): RawQuery) -> impl IntoResponse {
    let pairs = query.iter().flat_map(|query| query.split('&'));
    let excluded: Vec<&str> = pairs.filter_map(|pair| pair.strip_prefix("exclude=")).collect();
    if let Some(unknown) = excluded.iter().find(|part| !PARTS.contains(part)) {
        let text = format!("cannot exclude {unknown}: the parts are {}\n", PARTS.join(", "));
        return (StatusCode::BAD_REQUEST, text);
    }
    let counts = |lack: &&Lack| lack.part().is_none_or(|part| !excluded.contains(&part));
    let lacks: Vec<String> = signals.health.lacks().iter().filter(counts).map(Lack::to_string).collect();
    if lacks.is_empty() {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    (StatusCode::SERVICE_UNAVAILABLE, lacks.join("\n") + "\n")
}

async fn metrics(State(signals): State<Signals>) -> impl IntoResponse {
    signals.health.measure();
    ([(header::CONTENT_TYPE, PAGE_TYPE)], signals.page.render())
}
