//! Requests to Discord's REST API, of whose answers only what is used is read.
//!
//! `limits` says when a request may be made, `error` why one failed. `threads` has the requests
//! about channels, threads and the people in them.

mod error;
mod limits;
#[cfg(test)]
mod tests;
mod threads;

use std::time::{Duration, Instant};

use backon::{ExponentialBuilder, Retryable};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder, redirect};
use serde::Deserialize;
use tokio::time::{interval, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

pub(super) use self::error::{Refusal, RequestError};
use self::limits::{Bucket, Limits};
pub(super) use self::threads::Channel;
use super::application::Application;
use super::interaction::{self, Callback};
use super::reading::{self, Id};
use crate::config::{DiscordConfig, Token};
use crate::discord::incoming::Post;
use crate::discord::response::{Delivery, Response};
use crate::discord::view::file::{File, FileKind};
use crate::telemetry::metrics::REST_REQUESTS;
use crate::telemetry::milliseconds;
use crate::telemetry::throttle::FLUSH;
use crate::telemetry::with_causes;

/// Discord's own address.
const DISCORD: &str = "https://discord.com";
/// The [version of the API](https://discord.com/developers/docs/reference#api-versioning).
const API: &str = "/api/v10";

/// How long a connection may take to be made.
const CONNECTING_TIME: Duration = Duration::from_secs(10);
/// How long any request may take.
const REQUEST_TIME: Duration = Duration::from_secs(30);

/// How long Discord waits for the response to an interaction ([interaction callback][callback]).
///
/// [callback]:
/// https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
const RESPONSE_DEADLINE: Duration = Duration::from_secs(3);

/// For how long it is worth sending a reply to a message. After that, the conversation has moved
/// on.
const REPLY_DEADLINE: Duration = Duration::from_secs(30);

/// For how long it is worth changing a message. Over the webhook, Discord knows it only once it has
/// read the response.
const EDIT_DEADLINE: Duration = Duration::from_secs(10);

/// The type of the files that the bot sends.
const TEXT: &str = "text/plain; charset=utf-8";
const PICTURE: &str = "image/png";

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

/// Makes requests for one bot.
pub(super) struct Rest {
    client: reqwest::Client,
    /// The beginning of every address.
    base: String,
    limits: Limits,
    token_refused: CancellationToken,
    authorization: HeaderValue,
}

/// A message of the bot.
#[derive(Debug)]
pub(super) enum Place {
    /// The one in response to an interaction, or the one whose button was used for it ([editing
    /// responses][1]). The bot needs no permission for it.
    ///
    /// [1]:
    /// https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
    Original(Callback),
    /// Any other.
    Channel {
        /// The channel's id.
        channel: u64,
        /// The message's id.
        message: u64,
    },
}

impl Place {
    fn bucket(&self) -> Bucket {
        match self {
            Self::Original(callback) => Bucket::Original(callback.id.0),
            Self::Channel { channel, .. } => Bucket::Message(*channel),
        }
    }
}

/// The id of what was made.
#[derive(Debug, Deserialize)]
struct Made {
    id: Id,
}

/// What [Get Gateway Bot](https://discord.com/developers/docs/events/gateway#get-gateway-bot)
/// answers.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Gateway {
    pub(super) url: String,
    pub(super) shards: u32,
    pub(super) session_start_limit: SessionStarts,
}

/// How many sessions may be started.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct SessionStarts {
    pub(super) remaining: u32,
    /// In milliseconds.
    pub(super) reset_after: u64,
    pub(super) max_concurrency: u16,
}

impl Rest {
    /// A client that asks Discord, or the proxy in front of it.
    pub(super) fn new(token: &Token, config: &DiscordConfig) -> Result<Self, RequestError> {
        let agent = config.links.source_code.as_deref().unwrap_or("Footnote");
        let client = reqwest::Client::builder()
            .user_agent(format!("DiscordBot ({agent}, {})", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECTING_TIME)
            .timeout(REQUEST_TIME)
            .redirect(redirect::Policy::none())
            .build()?;
        let mut authorization =
            HeaderValue::from_str(&format!("Bot {}", token.reveal())).map_err(|_| RequestError::InvalidToken)?;
        authorization.set_sensitive(true);
        Ok(Self {
            client,
            base: format!("{}{API}", config.api_proxy.as_deref().unwrap_or(DISCORD)),
            limits: Limits::default(),
            token_refused: CancellationToken::new(),
            authorization,
        })
    }

    /// Completes once Discord has refused the token.
    pub(super) async fn token_refused(&self) {
        self.token_refused.cancelled().await;
    }

    /// Logs refused requests that are in no line yet, from time to time. Never ends.
    pub(super) async fn report_refusals(&self) {
        let mut ticks = interval(FLUSH);
        loop {
            ticks.tick().await;
            self.limits.flush(false);
        }
    }

    /// Logs refused requests that are in no line yet.
    pub(super) fn report_last_refusals(&self) {
        self.limits.flush(true);
    }

    /// Whether a channel refused the bot a short while ago.
    pub(super) fn is_closed(&self, channel: u64) -> bool {
        self.limits.is_left(channel, Instant::now())
    }

    /// Asks for the gateway's address and the number of shards, until Discord can be reached.
    pub(super) async fn find_gateway(&self) -> Result<Gateway, RequestError> {
        let ask = || async { self.ask_gateway().await.map_err(barred) };
        until_answered("its gateway", ask).await
    }

    /// Asks for the gateway once.
    pub(super) async fn ask_gateway(&self) -> Result<Gateway, RequestError> {
        self.get(Bucket::Gateway, "/gateway/bot").await
    }

    /// Asks which application the token belongs to, until Discord can be reached.
    pub(super) async fn find_application(&self) -> Result<Application, RequestError> {
        let ask = || async { self.get(Bucket::Application, "/oauth2/applications/@me").await.map_err(barred) };
        until_answered("the application", ask).await
    }

    /// Overwrites the application's commands: those of one server, or those of all.
    pub(super) async fn overwrite_commands(
        &self,
        application: u64,
        server: Option<u64>,
        commands: &str,
    ) -> Result<(), RequestError> {
        let path = match server {
            Some(server) => format!("/applications/{application}/guilds/{server}/commands"),
            None => format!("/applications/{application}/commands"),
        };
        self.send(Bucket::Commands, || json(self.bot(Method::PUT, &path), commands)).await.map(drop)
    }

    /// Sends the response to an interaction. Retries while there is time and the failure may be
    /// temporary.
    pub(super) async fn respond(&self, to: &Callback, response: &Response) -> Result<(), RequestError> {
        let body = interaction::write(response).map_err(|error| RequestError::Unreachable(with_causes(&error)))?;
        // The address has the interaction's own secret, so the bot's is not needed.
        let address = format!("{}/interactions/{}/{}/callback", self.base, to.id.0, to.token);
        let request = || {
            let request = self.client.post(&address);
            match response.file() {
                Some(file) => request.multipart(form(&body, file)),
                None => json(request, &body),
            }
        };
        match within(RESPONSE_DEADLINE, || self.send(Bucket::Callback(to.id.0), &request)).await {
            Err(error) if error.is_acknowledged() => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    /// Sends the reply to a post. Retries while it is worth sending and the failure may be
    /// temporary. Returns the id of the reply, if Discord says it.
    pub(super) async fn reply(&self, post: &Post, response: &Response) -> Result<Option<u64>, RequestError> {
        let (Delivery::Message(card) | Delivery::Update(card)) = &response.delivery else { return Ok(None) };
        let body = serde_json::to_string(&card.reply_to(post));
        self.post(post.channel, &body.map_err(|error| RequestError::Unreachable(with_causes(&error)))?).await
    }

    /// Posts a message in a channel, and tells its id, if Discord says it. Retries like
    /// [`Self::reply`].
    pub(super) async fn post(&self, channel: u64, body: &str) -> Result<Option<u64>, RequestError> {
        if self.is_closed(channel) {
            return Err(RequestError::ClosedChannel);
        }
        let path = format!("/channels/{channel}/messages");
        let request = || json(self.bot(Method::POST, &path), body);
        let sent = within(REPLY_DEADLINE, || self.send(Bucket::Messages(channel), &request)).await;
        let sent = sent.map(|body| reading::read::<Made>(&body).ok().map(|made| made.id.0));
        sent.inspect_err(|error| {
            if error.is_closed_channel() {
                self.limits.leave(channel, Instant::now());
            }
        })
    }

    /// Reads a message of the bot.
    pub(super) async fn read(&self, place: &Place) -> Result<Vec<u8>, RequestError> {
        self.at(place, Method::GET, None).await
    }

    /// Changes a message of the bot.
    pub(super) async fn edit(&self, place: &Place, body: &str) -> Result<(), RequestError> {
        self.at(place, Method::PATCH, Some(body)).await.map(drop)
    }

    /// Deletes a message of the bot. It is no failure if it is gone.
    pub(super) async fn delete(&self, place: &Place) -> Result<(), RequestError> {
        match self.at(place, Method::DELETE, None).await {
            Err(error) if error.is_unknown() => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    async fn at(&self, place: &Place, method: Method, body: Option<&str>) -> Result<Vec<u8>, RequestError> {
        let request = || {
            let request = match place {
                Place::Original(Callback { token, application_id, .. }) => {
                    // The address has the interaction's own secret, so the bot's is not needed.
                    let application = application_id.map_or(0, |id| id.0);
                    let address = format!("{}/webhooks/{application}/{token}/messages/@original", self.base);
                    self.client.request(method.clone(), address)
                }
                Place::Channel { channel, message } => {
                    self.bot(method.clone(), &format!("/channels/{channel}/messages/{message}"))
                }
            };
            match body {
                Some(body) => json(request, body),
                None => request,
            }
        };
        // The response may not be there yet. Any other message was, so it is gone.
        let may_come = matches!(place, Place::Original(_));
        let is_passing = |error: &RequestError| error.is_passing() || (may_come && error.is_unknown());
        within_if(EDIT_DEADLINE, is_passing, || self.send(place.bucket(), &request)).await
    }

    fn bot(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).header(AUTHORIZATION, self.authorization.clone())
    }

    async fn get<T: for<'de> Deserialize<'de>>(&self, bucket: Bucket, path: &str) -> Result<T, RequestError> {
        let body = self.send(bucket, || self.bot(Method::GET, path)).await?;
        Ok(reading::read(&body).inspect_err(|_| REST_REQUESTS.add(1, &[bucket.label(), "unreadable"]))?)
    }

    /// Makes one request, once the limits allow it, and counts its result. Any 2xx is a success,
    /// whatever its body.
    async fn send(&self, bucket: Bucket, request: impl Fn() -> RequestBuilder) -> Result<Vec<u8>, RequestError> {
        let answered = self.try_send(bucket, request).await;
        let status = match &answered {
            Ok(_) => "2xx",
            Err(RequestError::InvalidToken) => "401",
            Err(RequestError::Refused(refusal)) => &refusal.status.to_string(),
            Err(_) => "unreachable",
        };
        if !matches!(answered, Err(RequestError::Paused)) {
            REST_REQUESTS.add(1, &[bucket.label(), status]);
        }
        answered
    }

    async fn try_send(&self, bucket: Bucket, request: impl Fn() -> RequestBuilder) -> Result<Vec<u8>, RequestError> {
        while let Some(opens) = self.limits.opens(bucket, Instant::now()) {
            sleep_until(opens.into()).await;
        }
        if bucket.is_within_global_limit() {
            self.limits.pace().await;
        }
        if self.limits.is_paused(Instant::now()) {
            return Err(RequestError::Paused);
        }
        let answer = request().send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let now = Instant::now();
        if seconds(&headers, "x-ratelimit-remaining") == Some(0.0)
            && let Some(wait) = seconds(&headers, "x-ratelimit-reset-after").and_then(duration)
        {
            self.limits.close(bucket, wait, false, now);
        }
        let body = answer.bytes().await?;
        if status.is_success() {
            return Ok(body.into());
        }
        let scope = headers.get("x-ratelimit-scope").map(HeaderValue::as_bytes);
        let is_global = scope == Some(b"global") || headers.contains_key("x-ratelimit-global");
        let header = seconds(&headers, RETRY_AFTER.as_str());
        let refusal = Refusal::read(status.as_u16(), header, is_global, &body);
        if let (429, Some(wait)) = (refusal.status, refusal.retry_after) {
            self.limits.close(bucket, wait, refusal.is_global, now);
        }
        if matches!(refusal.status, 401 | 403) || refusal.status == 429 && scope != Some(b"shared") {
            self.limits.count(refusal.status, now);
        }
        if refusal.status == 401 && bucket.has_bot_token() {
            self.token_refused.cancel();
            return Err(RequestError::InvalidToken);
        }
        Err(RequestError::Refused(Box::new(refusal)))
    }
}

/// A 403 to one of the requests at the start is about the bot as a whole.
fn barred(error: RequestError) -> RequestError {
    match error {
        RequestError::Refused(refusal) if refusal.status == 403 => RequestError::Barred(refusal),
        other => other,
    }
}

fn json(request: RequestBuilder, body: &str) -> RequestBuilder {
    request.header("content-type", "application/json").body(body.to_owned())
}

/// A form with a response and its file.
pub(super) fn form(body: &str, file: &File) -> Form {
    let mut headers = HeaderMap::new();
    let kind = match file.kind() {
        FileKind::Text => TEXT,
        FileKind::Picture => PICTURE,
    };
    headers.insert("content-type", HeaderValue::from_static(kind));
    let part = Part::bytes(file.content().to_owned()).file_name(file.name()).headers(headers);
    Form::new().part("files[0]", part).text("payload_json", body.to_owned())
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<f64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

/// Asks until Discord can be reached: a container may start before its network.
async fn until_answered<T, F>(what: &str, ask: impl Fn() -> F) -> Result<T, RequestError>
where
    F: Future<Output = Result<T, RequestError>>,
{
    ask.retry(pauses())
        .when(RequestError::is_passing)
        .adjust(|error, pause| pause.map(|pause| error.at_least(pause)))
        .notify(|error, pause| {
            tracing::warn!(%error, retry_in_ms = milliseconds(pause), "cannot ask Discord for {what}");
        })
        .await
}

/// Makes a request, for at most `limit` including all attempts and pauses. It is given up at once
/// if Discord asks to wait longer than that.
async fn within<T, F>(limit: Duration, request: impl Fn() -> F) -> Result<T, RequestError>
where
    F: Future<Output = Result<T, RequestError>>,
{
    within_if(limit, RequestError::is_passing, request).await
}

/// Like [`within`], and tries again after these failures.
async fn within_if<T, F>(
    limit: Duration,
    is_passing: impl Fn(&RequestError) -> bool,
    request: impl Fn() -> F,
) -> Result<T, RequestError>
where
    F: Future<Output = Result<T, RequestError>>,
{
    let deadline = Instant::now() + limit;
    let attempts = request.retry(pauses().with_total_delay(Some(limit))).when(is_passing).adjust(|error, pause| {
        let pause = error.at_least(pause?);
        (Instant::now() + pause < deadline).then_some(pause)
    });
    timeout(limit, attempts).await.unwrap_or(Err(RequestError::TooLate(limit)))
}
