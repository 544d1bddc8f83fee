//! The base for everyone: pages for people, and an API for programs.
//!
//! The pages work without scripts and load nothing from elsewhere. They are the same whether the
//! bot serves them or `footnote site` writes them into files; only the search differs. A search
//! decides as on Discord, because it asks the same [`Answerer`](footnote_search::reply::Answerer).
//!
//! In reading order: `site` knows the addresses of pages; `markdown` renders answers; `layout` is
//! around every page, `article` is an entry, `linked_data` says it to machines; `changes` knows
//! when it was changed; `pages` are the pages. `export` puts them into files. `response` and
//! `limit` are for requests, which `handlers` and `api` answer; `server` is the connections.

mod api;
mod article;
mod assets;
mod changes;
mod export;
mod handlers;
mod layout;
mod limit;
mod linked_data;
mod markdown;
mod pages;
mod response;
mod server;
mod shared;
mod site;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::base::BaseFolders;
use crate::config::WebConfig;
use crate::discord::Newest;
use shared::Shared;

pub use changes::Changes;
pub use export::{ExportedFile, files};
pub use site::{Form, Site};

/// The pages cannot be shown.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: choose another web.listen in the configuration")]
pub struct ListenError {
    /// The address.
    address: SocketAddr,
    /// The system's reason.
    source: io::Error,
}

/// Shows the newest base of these folders on this address until `stop` is cancelled.
///
/// # Errors
///
/// [`ListenError`] if it cannot listen there.
pub async fn start(
    listen: SocketAddr,
    config: &WebConfig,
    newest: Newest,
    folders: BaseFolders,
    stop: CancellationToken,
) -> Result<JoinHandle<()>, ListenError> {
    let failed = |source| ListenError { address: listen, source };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    tracing::info!(%address, "listening for readers");
    Ok(tokio::spawn(server::serve(listener, router(config, newest, folders), stop)))
}

fn router(config: &WebConfig, newest: Newest, folders: BaseFolders) -> Router {
    let shared = Arc::new(Shared::new(config, newest, folders));
    handlers::routes(Arc::clone(&shared)).nest("/api/v1", api::routes(shared, &config.allow_origins))
}
