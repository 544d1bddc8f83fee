//! A Discord of our own on a loopback port: REST and gateway over real sockets.
//!
//! A bot that is tested against mocks of its library is tested against our beliefs about that
//! library. Here the library itself speaks to something that answers, limits, times out and hangs
//! up as Discord does, and that refuses what Discord refuses, so that a test fails where the bot
//! would fail in the open.
//!
//! ```ignore
//! let discord = DiscordDouble::start().await;
//! // … start the bot with HttpBuilder::proxy(discord.url()) and discord.token() …
//! discord.wait_until_ready().await;
//! let reply = discord.interact(Interaction::command("ask").option("question", "…")).await;
//! assert_eq!(reply.content(), "…");
//! ```
//!
//! Where the reading starts: `rest` answers requests and `gateway` holds connections; both keep
//! what happens in `state`, which is also where tests wait. `exchange` is the life of one
//! interaction, `session` that of one gateway session; `webhook` posts interactions instead.
//! `limits` and `commands` say what Discord refuses, `payloads`, `interaction` and `incoming` what
//! it sends; `channels` keeps what is said in them.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "moved"
)]

mod answer;
mod body;
mod builder;
mod channels;
mod commands;
mod exchange;
mod form;
mod gateway;
mod hold;
pub mod http;
mod incoming;
mod interaction;
mod limits;
pub mod openapi;
mod payloads;
mod recording;
mod reply;
mod rest;
mod session;
mod shard;
mod state;
mod webhook;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::task::AbortHandle;

use answer::Answer;
use body::Body;
pub use builder::Builder;
pub use channels::Post;
use exchange::Exchange;
pub use hold::HeldCallbacks;
pub use incoming::{IncomingMessage, Said};
pub use interaction::Interaction;
use openapi::OpenApi;
pub use payloads::{APPLICATION_ID, BOT_USER_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID, OWNER_ID};
use recording::PlannedAnswer;
pub use recording::RecordedRequest;
pub use reply::{CallbackReply, Sent};
pub use session::{Departure, Identify, Resume};
pub use shard::Shard;
use state::Shared;
pub use webhook::{public_key, signed, signed_at};

/// How long a test waits for a callback; Discord itself gives the bot three seconds.
const CALLBACK_GUARD: Duration = Duration::from_secs(5);
/// How long it waits for anything else: serenity pauses 5 to 10 seconds before it identifies anew.
const GUARD: Duration = Duration::from_secs(30);

/// What Discord would find wrong with the body of an interaction's callback: its limits, and its
/// schema where Discord's own description of it is at hand.
pub fn check_callback(body: &Value) -> Vec<String> {
    let mut errors = limits::check_callback(body).lines();
    if let Some(api) = OpenApi::shared() {
        errors.extend(api.check("POST", "/interactions/1/token/callback", body).err().unwrap_or_default());
    }
    errors
}

/// The running double. Dropped, it stops, and fails the test if a body violated Discord's rules.
pub struct DiscordDouble {
    shared: Arc<Shared>,
    server: AbortHandle,
}

impl DiscordDouble {
    /// Starts a double with a token, one shard and Discord's heartbeat interval.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// Chooses more than [`start`](Self::start) does.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// The address to give the bot as the API's proxy.
    pub fn url(&self) -> String {
        format!("http://{}", self.shared.settings.address)
    }

    /// The bot's token, without `Bot `.
    pub fn token(&self) -> &str {
        &self.shared.settings.token
    }

    /// Waits until a shard has identified and READY is on its way.
    pub async fn wait_until_ready(&self) {
        let ready = |state: &mut state::State| state.gateway.connected().first().map(|_| ());
        self.shared.until(GUARD, "a shard to become ready", ready).await;
    }

    /// Waits for an IDENTIFY that no call of this returned before, even a refused one.
    pub async fn next_identify(&self) -> Identify {
        self.shared.until(GUARD, "an IDENTIFY", |state| state.gateway.identifies.pop_front()).await
    }

    /// Waits for a RESUME that no call of this returned before, even a refused one.
    pub async fn next_resume(&self) -> Resume {
        self.shared.until(GUARD, "a RESUME", |state| state.gateway.resumes.pop_front()).await
    }

    /// Waits for the bot to close a connection with this code, and takes note of all ends so far.
    ///
    /// serenity drops its old connection without a close frame whenever it reconnects; those ends
    /// have no code.
    pub async fn wait_for_departure(&self, code: Option<u16>) -> Departure {
        let what = format!("the bot to close a connection with {code:?}");
        let leave = |state: &mut state::State| {
            let departures = &mut state.gateway.departures;
            let place = departures.iter().position(|departure| departure.code == code)?;
            departures.drain(..=place).next_back()
        };
        self.shared.until(GUARD, &what, leave).await
    }

    /// Waits until the bot has sent so many heartbeats in all.
    pub async fn wait_for_heartbeats(&self, count: u64) {
        let beaten = |state: &mut state::State| (state.gateway.heartbeats >= count).then_some(());
        self.shared.until(GUARD, "heartbeats", beaten).await;
    }

    /// How many sessions were begun, that is, how many IDENTIFYs were accepted.
    pub fn sessions_begun(&self) -> u64 {
        self.shared.look(|state| state.gateway.begun)
    }

    /// The gateway as one shard sees it, to disturb it.
    pub fn shard(&self, number: u64) -> Shard<'_> {
        Shard::new(&self.shared, number)
    }

    /// The application's commands as Discord stores them.
    pub fn commands(&self) -> Vec<Value> {
        self.shared.look(|state| state.commands.clone())
    }

    /// Stores commands as if the bot had registered them before; Discord's fields are added.
    pub fn set_commands(&self, definitions: &Value) {
        let mint = || self.shared.snowflake();
        self.shared.change(|state| {
            state.commands = commands::overwrite(&[], definitions, APPLICATION_ID, mint);
        });
    }

    /// How often the bot overwrote its commands.
    pub fn command_puts(&self) -> usize {
        self.shared.look(|state| state.command_puts)
    }

    /// Sends an interaction and waits for its callback.
    ///
    /// # Panics
    ///
    /// Panics if none came within five seconds, or if it was refused.
    pub async fn interact(&self, interaction: Interaction) -> CallbackReply {
        let sent = self.send(interaction).await;
        self.reply_to(&sent).await
    }

    /// Posts interactions to this address from now on, as Discord does once an application has an
    /// interactions endpoint.
    ///
    /// # Panics
    ///
    /// Panics where Discord would not accept the endpoint: it has to answer a ping, and to refuse a
    /// wrong signature.
    pub async fn set_interactions_endpoint(&self, address: SocketAddr) {
        webhook::check_endpoint(address, &self.shared.snowflake()).await;
        self.shared.change(|state| state.endpoint = Some(address));
    }

    /// Posts an interaction to the endpoint that was set, or sends it over the gateway, once its
    /// shard has a session.
    ///
    /// If the shard is not connected just then, the event waits for its RESUME, as Discord's would.
    pub async fn send(&self, interaction: Interaction) -> Sent {
        if let Some(address) = self.shared.look(|state| state.endpoint) {
            let sent = self.issue(&interaction);
            tokio::spawn(webhook::deliver(Arc::clone(&self.shared), address, sent.clone()));
            return sent;
        }
        let shard = session::shard_of(interaction.guild_id(), self.shared.settings.shards);
        let what = format!("shard {shard} to have a session");
        let ready = |state: &mut state::State| state.gateway.has_session(shard).then_some(());
        self.shared.until(GUARD, &what, ready).await;
        let sent = self.issue(&interaction);
        self.shared.change(|state| {
            state.gateway.dispatch(shard, "INTERACTION_CREATE", &sent.payload);
        });
        sent
    }

    /// Says something in a channel or to the bot, which is told of it as far as its intents go,
    /// once its shard has a session.
    pub async fn say(&self, message: IncomingMessage) -> Said {
        let shard = session::shard_of(message.guild_id(), self.shared.settings.shards);
        let what = format!("shard {shard} to have a session");
        let ready = |state: &mut state::State| state.gateway.has_session(shard).then_some(());
        self.shared.until(GUARD, &what, ready).await;
        let said = Said::of(message.payload(&self.shared.snowflake()));
        self.shared.change(|state| {
            state.channels.messages.push(said.payload.clone());
            state.gateway.dispatch_message(shard, &said.payload);
        });
        said
    }

    /// Says something and waits for the bot's reply to it.
    pub async fn talk(&self, message: IncomingMessage) -> Post {
        let said = self.say(message).await;
        self.post_about(&said).await
    }

    /// Waits for the bot's reply to a message that was said.
    pub async fn post_about(&self, said: &Said) -> Post {
        let what = format!("the reply to message {}", said.id);
        let find = |state: &mut state::State| state.channels.posts.iter().find(|post| post.answers(said)).cloned();
        self.shared.until(GUARD, &what, find).await
    }

    /// Everything that the bot posted to channels so far.
    pub fn posts(&self) -> Vec<Post> {
        self.shared.look(|state| state.channels.posts.clone())
    }

    /// Issues an interaction without sending it, for a bot that is called by webhook instead.
    ///
    /// # Panics
    ///
    /// Panics if the bot registered commands and a member could not invoke this one.
    pub fn issue(&self, interaction: &Interaction) -> Sent {
        let registered = self.commands();
        let command =
            interaction.command_name().and_then(|(name, _)| registered.iter().find(|command| command["name"] == name));
        let payload = interaction.payload(command.map(|command| &command["id"]), || self.shared.snowflake());
        if let Some((_, typing)) = interaction.command_name()
            && let Some(why) = commands::not_invocable(&registered, &payload, typing)
        {
            panic!("no member could do this: {why}");
        }
        let sent = Sent::of(&payload);
        self.shared.change(|state| state.exchanges.push(Exchange::new(payload)));
        sent
    }

    /// Hands in the answer that the bot gave to an issued interaction by other means than a
    /// callback; the token is then good for edits and follow-ups.
    ///
    /// # Panics
    ///
    /// Panics if Discord would refuse that answer.
    pub fn acknowledge(&self, sent: &Sent, body: &Value) {
        let answer = rest::answer_by_webhook(&self.shared, sent, Body::Json(body.clone()));
        assert!(answer.is_success(), "Discord refuses this answer: {:?}", answer.body);
    }

    /// Waits for the callback of an interaction that was sent.
    ///
    /// # Panics
    ///
    /// As [`interact`](Self::interact).
    pub async fn reply_to(&self, sent: &Sent) -> CallbackReply {
        match self.wait_for_answer(sent).await {
            Ok(reply) => reply,
            Err(refusal) => panic!("the double refused the callback of interaction {}: {refusal}", sent.id),
        }
    }

    /// Waits for the callback of an interaction that was sent, for a test that wants to see it
    /// refused.
    ///
    /// # Errors
    ///
    /// Returns why Discord would refuse it.
    ///
    /// # Panics
    ///
    /// Panics if none came within five seconds.
    pub async fn wait_for_answer(&self, sent: &Sent) -> Result<CallbackReply, String> {
        let what = format!("the callback of interaction {}", sent.id);
        let outcome = self.shared.until(CALLBACK_GUARD, &what, |state| {
            let exchange = state.exchanges.iter().find(|exchange| exchange.id == sent.id)?;
            reply::outcome(exchange)
        });
        outcome.await
    }

    /// The original answer to an interaction as it stands now.
    pub fn original(&self, sent: &Sent) -> Option<Value> {
        self.shared.with_exchange(&sent.token, |exchange| exchange.original.clone()).flatten()
    }

    /// The follow-up messages to an interaction.
    pub fn followups(&self, sent: &Sent) -> Vec<Value> {
        let followups = |exchange: &mut Exchange| exchange.followups.clone();
        self.shared.with_exchange(&sent.token, followups).unwrap_or_default()
    }

    /// Makes an interaction older than the three seconds within which Discord takes a callback.
    pub fn expire(&self, sent: &Sent) {
        let by = exchange::CALLBACK_DEADLINE + Duration::from_millis(1);
        self.shared.with_exchange(&sent.token, |exchange| exchange.age(by));
    }

    /// Makes an interaction older than the fifteen minutes for which its token is good.
    pub fn expire_token(&self, sent: &Sent) {
        let by = exchange::TOKEN_LIFETIME + Duration::from_millis(1);
        self.shared.with_exchange(&sent.token, |exchange| exchange.age(by));
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.look(|state| state.requests.clone())
    }

    /// Waits for a request, past or to come, that is as described.
    pub async fn wait_for(&self, mut wanted: impl FnMut(&RecordedRequest) -> bool) -> RecordedRequest {
        let mut found = |state: &mut state::State| state.requests.iter().find(|request| wanted(request)).cloned();
        self.shared.until(GUARD, "a request as described", &mut found).await
    }

    /// Takes callbacks and posts in but does not answer them until the returned hand lets go.
    pub fn hold_callbacks(&self) -> HeldCallbacks {
        HeldCallbacks::hold(&self.shared)
    }

    /// Answers the next request with this method, whose path (without `/api/v10`) begins so, with
    /// an error; a 429 asks to wait a tenth of a second.
    pub fn fail_next(&self, method: &str, path_prefix: &str, status: u16) {
        let planned = PlannedAnswer::of_status(method, path_prefix, status);
        self.shared.change(|state| state.planned.push(planned));
    }

    /// Refuses the next such request with Discord's code and message.
    pub fn refuse_next(&self, method: &str, path_prefix: &str, status: u16, code: u64, message: &str) {
        let planned = PlannedAnswer::new(method, path_prefix, Answer::refusal(status, code, message));
        self.shared.change(|state| state.planned.push(planned));
    }

    /// Answers the next such request with a 429 that asks to wait `retry_after`.
    pub fn rate_limit_next(&self, method: &str, path_prefix: &str, retry_after: Duration) {
        let answer = Answer::rate_limited(retry_after);
        let planned = PlannedAnswer::new(method, path_prefix, answer);
        self.shared.change(|state| state.planned.push(planned));
    }

    /// Fails if the bot sent a body that Discord would refuse for its form.
    ///
    /// # Panics
    ///
    /// Panics with each such request and what is wrong with it.
    pub fn assert_conformant(&self) {
        let violations = self.shared.look(|state| state.violations.join("\n  "));
        assert!(violations.is_empty(), "Discord would refuse what the bot sent:\n  {violations}");
    }

    /// Takes the violations note of, for a test that provoked them.
    pub fn take_violations(&self) -> Vec<String> {
        self.shared.change(|state| std::mem::take(&mut state.violations))
    }
}

impl Drop for DiscordDouble {
    fn drop(&mut self) {
        self.server.abort();
        // A second panic would abort the test process and hide the first one's message.
        if !std::thread::panicking() {
            self.assert_conformant();
        }
    }
}
