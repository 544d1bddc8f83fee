//! The webhook: Discord posts each interaction to us and takes the answer to its request as our
//! response.
//!
//! Anyone who knows the address can post to it. So only a request with Discord's signature is
//! trusted, and every other cost is bounded: how long a request may take, how much of it is held
//! in memory, and how many there may be. All that is kept from one request to the next are the ids
//! of interactions, so replicas can share the work.
//!
//! `server` holds the connections (`connection` is one of them), `body` reads what arrives on
//! them, `authenticity` tells whether Discord sent it, `seen` whether it was answered before, and
//! `refusal` is the answer to everyone else. `encoding` writes the answers.

mod authenticity;
mod body;
mod connection;
mod encoding;
mod refusal;
mod seen;
mod server;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::time::interval;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use self::authenticity::Authenticator;
use self::refusal::{Refusal, RefusalLog};
use self::seen::Seen;
use super::interaction::Callback;
use super::reading::{self, Unreadable};
use super::rest::{Place, RequestError, Rest};
use super::unreadable::UnreadableLog;
use super::{Answered, afterwards, digest, errand, interaction, log, registration, span, telling};
use crate::config::{DiscordConfig, PublicKey, Token, WebhookConfig};
use crate::discord::app::App;
use crate::discord::dispatch;
use crate::discord::incoming::Interaction;
use crate::discord::response::{Afterwards, Errand};
use crate::telemetry::throttle::FLUSH;

/// The path of Discord's requests.
const PATH: &str = "/interactions";

/// Why the webhook stopped although nobody stopped it.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// Discord permanently refuses our own requests.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The bot cannot listen on the address.
    #[error("cannot listen on {address}: choose another discord.webhook.listen in config.toml")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

impl WebhookError {
    /// Whether the operator has to change something before another start makes sense.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::Request(error) => error.is_configuration(),
            Self::Listen { .. } => true,
        }
    }
}

/// Listens for Discord's requests and answers interactions until `stop` is cancelled. Then it
/// accepts no more and finishes those in flight. The commands are registered meanwhile: answers
/// do not wait for that.
///
/// # Errors
///
/// [`WebhookError`] if it cannot listen, or if Discord refuses the bot permanently. Temporary
/// failures are waited out.
pub async fn run(
    app: App,
    token: &Token,
    config: &DiscordConfig,
    webhook: &WebhookConfig,
    stop: CancellationToken,
) -> Result<(), WebhookError> {
    let refused = |source| WebhookError::Listen { address: webhook.listen, source };
    let listener = TcpListener::bind(webhook.listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    tracing::info!(%address, "listening for interactions");
    app.health.webhook_listens();
    let (app, rest) = (Arc::new(app), Arc::new(Rest::new(token, config)?));
    let requests = Requests { rest: Arc::clone(&rest), stop: stop.clone() };
    let endpoint = Endpoint::with(Arc::clone(&app), &webhook.public_key, Some(requests));
    let (registered, watched, (), (), ()) = tokio::join!(
        register(&app, &rest, &webhook.public_key, &stop),
        watch(&rest, &stop),
        endpoint.serve(listener, &stop, webhook.drain),
        digest::run(&app, &rest, &stop),
        telling::run(&app, &rest, &stop),
    );
    rest.report_last_refusals();
    registered.and(watched)
}

/// Stops the bot once Discord refuses its token, and logs refused requests meanwhile.
async fn watch(rest: &Rest, stop: &CancellationToken) -> Result<(), WebhookError> {
    tokio::select! {
        () = rest.token_refused() => {
            stop.cancel();
            Err(RequestError::InvalidToken.into())
        }
        () = rest.report_refusals() => Ok(()),
        () = stop.cancelled() => Ok(()),
    }
}

/// Finds out who owns the application and registers the commands. If Discord refuses permanently,
/// the bot stops.
async fn register(
    app: &App,
    rest: &Rest,
    public_key: &PublicKey,
    stop: &CancellationToken,
) -> Result<(), WebhookError> {
    let found = tokio::select! {
        found = rest.find_application() => found,
        () = stop.cancelled() => return Ok(()),
    };
    let application = found.inspect_err(|_| stop.cancel())?;
    app.know_owners(application.owners());
    if application.verify_key != public_key.to_string() {
        tracing::error!(
            "discord.webhook.public_key is not the application's public key, so all of Discord's \
             requests are refused: copy it from the General Information page of the Discord \
             developer portal"
        );
    }
    registration::run(app, rest, application.id.0, stop).await;
    Ok(())
}

/// Answers Discord's requests. Clones share their counters.
#[derive(Clone)]
pub struct Endpoint {
    shared: Arc<Shared>,
}

struct Shared {
    app: Arc<App>,
    authenticator: Authenticator,
    /// Holds a token for each request that is being answered.
    in_flight: TaskTracker,
    refusals: RefusalLog,
    seen: Seen,
    unreadable: UnreadableLog,
    requests: Option<Requests>,
}

/// What requests to Discord need.
#[derive(Clone)]
struct Requests {
    rest: Arc<Rest>,
    stop: CancellationToken,
}

impl Endpoint {
    /// An endpoint that trusts requests signed with the private half of this key. It only answers,
    /// and makes no requests of its own.
    #[must_use]
    pub fn new(app: impl Into<Arc<App>>, public_key: &PublicKey) -> Self {
        Self::with(app.into(), public_key, None)
    }

    fn with(app: Arc<App>, public_key: &PublicKey, requests: Option<Requests>) -> Self {
        let shared = Shared {
            app,
            authenticator: Authenticator::new(public_key),
            in_flight: TaskTracker::new(),
            refusals: RefusalLog::default(),
            seen: Seen::default(),
            unreadable: UnreadableLog::default(),
            requests,
        };
        Self { shared: Arc::new(shared) }
    }

    /// The routes: only that for interactions.
    pub fn router(&self) -> Router {
        Router::new().route(PATH, post(receive)).with_state(self.clone())
    }

    /// Answers the requests on this listener until `stop` is cancelled, and for `drain` longer.
    /// Then it accepts no more and finishes those in flight.
    pub async fn serve(self, listener: TcpListener, stop: &CancellationToken, drain: Duration) {
        tokio::select! {
            () = server::serve(listener, self.router(), &self.shared.in_flight, stop, drain) => {}
            () = flush_refusals(&self.shared.refusals) => {}
            () = self.shared.unreadable.report() => {}
        }
        self.shared.refusals.flush();
        self.shared.unreadable.flush();
        tracing::info!("stopped");
    }
}

/// Logs refusals that were counted but not logged, even if nobody else is refused. Never ends.
async fn flush_refusals(refusals: &RefusalLog) {
    let mut ticks = interval(FLUSH);
    loop {
        ticks.tick().await;
        refusals.flush_due();
    }
}

async fn receive(State(endpoint): State<Endpoint>, request: Request) -> Response {
    let endpoint = endpoint.shared;
    let _in_flight = endpoint.in_flight.token();
    match endpoint.respond(request).await {
        Ok(response) => response,
        Err(refusal) => {
            endpoint.refusals.count(refusal);
            refusal.into_response()
        }
    }
}

impl Shared {
    async fn respond(&self, request: Request) -> Result<Response, Refusal> {
        let started = Instant::now();
        let (parts, body) = request.into_parts();
        // The body is read in any case: a refusal that is sent earlier gets lost if the sender is
        // still writing.
        let body = body::read(body).await?;
        let Some((id, interaction)) = self.admit(&parts.headers, &body)? else {
            tracing::info!("answered Discord's ping");
            return Ok(encoding::pong());
        };
        let answer = self.answer(&interaction, &body, started);
        Ok(answer.instrument(span(Answered::Interaction, &id)).await)
    }

    async fn answer(&self, interaction: &Interaction, body: &[u8], started: Instant) -> Response {
        let response = dispatch::respond(&self.app, interaction).await;
        log(&self.app.sample, Answered::Interaction, &response.summary, None, started, Ok(()));
        if let Some(errand) = &response.errand {
            self.start(errand.clone(), body);
        }
        let answer = encoding::encode(&response).await;
        self.finish(reading::read(body).ok(), response.afterwards);
        answer
    }

    /// Does what is left to do about a response. What waits for long does not keep the bot from
    /// stopping.
    fn finish(&self, callback: Option<Callback>, what: Option<Afterwards>) {
        let (Some(requests), Some(callback), Some(what)) = (self.requests.clone(), callback, what) else { return };
        let (app, takes_long) = (Arc::clone(&self.app), matches!(what, Afterwards::Expire));
        let work = async move {
            let Requests { rest, stop } = requests;
            afterwards::run(&app, &rest, &Place::Original(callback), &what, &stop).await;
        };
        if takes_long {
            tokio::spawn(work.in_current_span());
        } else {
            self.in_flight.spawn(work.in_current_span());
        }
    }

    /// Does what a press leads to besides its answer, while that is on its way.
    fn start(&self, errand: Errand, body: &[u8]) {
        let (Some(Requests { rest, .. }), Ok(callback)) = (self.requests.clone(), reading::read::<Callback>(body))
        else {
            return;
        };
        let app = Arc::clone(&self.app);
        let run = async move { errand::run(&rest, &app.threads, &errand, &callback).await };
        self.in_flight.spawn(run.in_current_span());
    }

    /// The interaction that Discord sent, with its id; `None` for its ping.
    fn admit(&self, headers: &HeaderMap, body: &[u8]) -> Result<Option<(String, Interaction)>, Refusal> {
        self.authenticator.check(headers, body, SystemTime::now())?;
        let read = read(body).map_err(|error| {
            self.unreadable.count("INTERACTION_CREATE", error);
            Refusal::Unreadable
        })?;
        let id = read.as_ref().and_then(|(id, _)| id.parse().ok());
        let is_again = id.is_some_and(|id| !self.seen.is_new(id, Instant::now()));
        if is_again { Err(Refusal::Repeated) } else { Ok(read) }
    }
}

/// Reads an interaction and its id. A ping is read only as far as its type: the rest of it makes
/// no difference to the answer.
fn read(body: &[u8]) -> Result<Option<(String, Interaction)>, Unreadable> {
    let head: interaction::Head = reading::read(body)?;
    if head.is_ping() {
        return Ok(None);
    }
    Ok(Some((head.id().to_owned(), interaction::read(body)?)))
}
