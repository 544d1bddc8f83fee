//! Requests to Discord's REST API, and what their failures mean.
//!
//! An interaction's callback address contains its token, and the library's error texts quote
//! addresses. So they never reach the log: only the status and Discord's own message do.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use serenity::all::{
    BotGateway, ChannelId, CreateAttachment, DiscordJsonError, Http, HttpBuilder, HttpError, Interaction,
};
use serenity::http::{LightMethod, Request, Route};
use tokio::time::timeout;

use super::application::Application;
use super::interaction::callback;
use crate::config::{DiscordConfig, Token};
use crate::discord::incoming::Post;
use crate::discord::response::{Delivery, Response};
use crate::telemetry::metrics::REST_REQUESTS;

/// How long Discord waits for the response to an interaction ([interaction callback][callback]).
///
/// [callback]:
/// https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
const RESPONSE_DEADLINE: Duration = Duration::from_secs(3);

/// For how long it is worth sending a reply to a message. After that, the conversation has moved
/// on.
const REPLY_DEADLINE: Duration = Duration::from_secs(30);

/// The pauses between the attempts of a request that fails temporarily. The first is 200 ms, and
/// each is twice as long as the one before, up to a minute. Each is also lengthened by a random
/// amount of at most its own length, so that replicas do not retry in step.
pub(super) fn pauses() -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(Duration::from_millis(200))
        .with_factor(2.0)
        .with_max_delay(Duration::from_mins(1))
        .without_max_times()
        .with_jitter()
}

/// Discord's code for an interaction that was already answered ([JSON error
/// codes](https://discord.com/developers/docs/topics/opcodes-and-status-codes#json)).
const ALREADY_ACKNOWLEDGED: isize = 40_060;

/// The library's code for an error response without a code.
const NO_CODE: isize = -1;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The token is wrong or was reset.
    #[error(
        "Discord does not accept the bot token: reset it on the Bot page of the Discord developer \
         portal and set the new one"
    )]
    InvalidToken,
    /// Discord refused, or the proxy in front of it.
    #[error("Discord answered with status {status}: {message} (code {code})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's error code.
        code: isize,
        /// Discord's message.
        message: String,
    },
    /// No answer arrived.
    #[error("Discord cannot be reached: {0}")]
    Unreachable(String),
    /// The answer did not come from Discord's API.
    #[error("the answer does not look like Discord's API: check discord.api_proxy in config.toml")]
    Unreadable,
    /// No answer arrived within this time.
    #[error("no answer within {} s", .0.as_secs())]
    TooLate(Duration),
}

impl RequestError {
    /// If the library cannot read Discord's message, it fills in an address that it made up.
    fn refused(status: u16, error: DiscordJsonError) -> Self {
        let message = if error.code == NO_CODE { "no readable message".to_owned() } else { error.message };
        Self::Refused { status, code: error.code, message }
    }

    /// Whether the same request may succeed later.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::InvalidToken | Self::Unreadable | Self::TooLate(_) => false,
            Self::Refused { status, .. } => *status == 429 || *status >= 500,
            Self::Unreachable(_) => true,
        }
    }
}

impl From<serenity::Error> for RequestError {
    fn from(error: serenity::Error) -> Self {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => match response.status_code.as_u16() {
                401 => Self::InvalidToken,
                status => Self::refused(status, response.error),
            },
            serenity::Error::Http(HttpError::Request(error)) => Self::Unreachable(with_causes(&error.without_url())),
            serenity::Error::Json(_) => Self::Unreadable,
            other => Self::Unreachable(with_causes(&other)),
        }
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// The client for all requests. Behind a proxy, the proxy has to observe the rate limits: the
/// library uses a proxy only while its own limiter is off.
pub(super) fn client(token: &Token, config: &DiscordConfig) -> Http {
    let builder = HttpBuilder::new(token.reveal());
    match &config.api_proxy {
        Some(proxy) => builder.proxy(proxy).ratelimiter_disabled(true).build(),
        None => builder.build(),
    }
}

/// Asks for the gateway's address and the number of shards.
pub(super) async fn find_gateway(http: &Http) -> Result<BotGateway, RequestError> {
    until_answered("its gateway", "gateway", || http.get_bot_gateway()).await
}

/// Asks which application the token belongs to.
pub(super) async fn find_application(http: &Http) -> Result<Application, RequestError> {
    let request = || http.fire(Request::new(Route::Oauth2ApplicationCurrent, LightMethod::Get));
    until_answered("the application", "application", request).await
}

/// Asks until Discord can be reached: a container may start before its network.
async fn until_answered<T, F>(what: &str, route: &str, ask: impl Fn() -> F) -> Result<T, RequestError>
where
    F: Future<Output = serenity::Result<T>>,
{
    (|| counted(route, ask()))
        .retry(pauses())
        .when(RequestError::is_passing)
        .notify(|error, pause| {
            tracing::warn!(%error, retry_in_ms = pause.as_millis(), "cannot ask Discord for {what}");
        })
        .await
}

/// Sends the response to an interaction. Retries while there is time and the failure may be
/// temporary.
pub(super) async fn send_response(
    http: &Http,
    interaction: &Interaction,
    response: &Response,
) -> Result<(), RequestError> {
    let callback = callback(response);
    let request = || {
        let file = response.file().map(|file| CreateAttachment::bytes(file.content().as_bytes(), file.name()));
        http.create_interaction_response(interaction.id(), interaction.token(), &callback, file.into_iter().collect())
    };
    match within(RESPONSE_DEADLINE, "callback", request).await {
        Err(RequestError::Refused { code: ALREADY_ACKNOWLEDGED, .. }) => Ok(()),
        outcome => outcome,
    }
}

/// Sends the reply to a post. Retries while it is worth sending and the failure may be temporary.
pub(super) async fn send_reply(http: &Http, post: &Post, response: &Response) -> Result<(), RequestError> {
    let (Delivery::Message(card) | Delivery::Update(card)) = &response.delivery else { return Ok(()) };
    let (channel, message) = (ChannelId::new(post.channel), card.reply_to(post));
    within(REPLY_DEADLINE, "message", || http.send_message(channel, Vec::new(), &message)).await.map(drop)
}

/// Makes a request and counts its result. `route` is what the metrics call it.
pub(super) async fn counted<T>(
    route: &str,
    request: impl Future<Output = serenity::Result<T>>,
) -> Result<T, RequestError> {
    let answered = request.await.map_err(RequestError::from);
    let status = match &answered {
        Ok(_) => "2xx",
        Err(RequestError::InvalidToken) => "401",
        Err(RequestError::Refused { status, .. }) => &status.to_string(),
        Err(RequestError::Unreachable(_) | RequestError::TooLate(_)) => "unreachable",
        Err(RequestError::Unreadable) => "unreadable",
    };
    REST_REQUESTS.add(1, &[route, status]);
    answered
}

/// Makes a request, for at most `limit` including all attempts and pauses.
async fn within<T, F>(limit: Duration, route: &str, request: impl Fn() -> F) -> Result<T, RequestError>
where
    F: Future<Output = serenity::Result<T>>,
{
    let attempts =
        (|| counted(route, request())).retry(pauses().with_total_delay(Some(limit))).when(RequestError::is_passing);
    timeout(limit, attempts).await.unwrap_or(Err(RequestError::TooLate(limit)))
}
