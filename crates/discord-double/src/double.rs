//! The double as a test sees it: what a member does, what Discord does, and what the bot did.

mod places;
mod shard;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::answer::Answer;
use crate::exchange::{CallbackReply, Exchange, Sent};
use crate::incoming::{IncomingMessage, Said};
use crate::interaction::Interaction;
use crate::sessions::{Builder, Identify, Resume};
use crate::state::{Post, RecordedRequest, Shared, State};
use crate::{commands, exchange, gateway, objects, rest, webhook};
pub use shard::Shard;

/// How long a test waits for a callback; Discord itself gives the bot three seconds.
const CALLBACK_GUARD: Duration = Duration::from_secs(5);
/// How long a test waits for anything else: a library may pause for seconds before it identifies
/// again.
const GUARD: Duration = Duration::from_secs(30);

/// A running double. When it is dropped, it stops. It then fails the test if the bot sent a body
/// whose form Discord would refuse.
pub struct DiscordDouble {
    shared: Arc<Shared>,
    server: AbortHandle,
}

impl Builder {
    /// Starts the double.
    pub async fn start(self) -> DiscordDouble {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await;
        let listener = listener.unwrap_or_else(|error| panic!("no port {} on the loopback: {error}", self.port));
        let address = listener.local_addr().expect("a listener has an address");
        let (state, minted) = (watch::Sender::default(), AtomicU64::new(1));
        let shared = Arc::new(Shared { settings: self, address, state, minted });
        let router = Router::new().route("/", get(gateway::connect)).fallback(rest::serve);
        let router = router.with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        DiscordDouble { shared, server: server.abort_handle() }
    }
}

impl DiscordDouble {
    /// Starts a double with a free port, one shard and no privileged intents.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// Offers more choices than [`start`](Self::start).
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The address to give the bot as the API's, or as that of a proxy for it.
    pub fn url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// The bot's token, without `Bot `.
    pub fn token(&self) -> &str {
        Builder::TOKEN
    }

    /// Waits until a shard has identified and READY is on its way.
    pub async fn wait_until_ready(&self) {
        self.wait("a shard to become ready", |state| state.gateway.has_connection().then_some(())).await;
    }

    async fn wait<T>(&self, what: &str, find: impl FnMut(&mut State) -> Option<T>) -> T {
        self.shared.until(GUARD, what, find).await
    }

    /// Waits for an IDENTIFY that no earlier call of this returned, even a refused one.
    pub async fn next_identify(&self) -> Identify {
        self.wait("an IDENTIFY", |state| state.gateway.identifies.pop_front()).await
    }

    /// Waits for a RESUME that no earlier call of this returned, even a refused one.
    pub async fn next_resume(&self) -> Resume {
        self.wait("a RESUME", |state| state.gateway.resumes.pop_front()).await
    }

    /// Waits for the bot to close a connection with this code, or (with `None`) without a close
    /// frame, as some libraries do whenever they reconnect. This end and earlier ones do not
    /// count next time.
    pub async fn wait_for_departure(&self, code: Option<u16>) {
        let leave = |state: &mut State| {
            let departures = &mut state.gateway.departures;
            let place = departures.iter().position(|departed| *departed == code)?;
            departures.drain(..=place).next_back()
        };
        self.wait(&format!("the bot to close a connection with {code:?}"), leave).await;
    }

    /// One shard's view of the gateway, to disturb it.
    pub fn shard(&self, number: u64) -> Shard<'_> {
        Shard(&self.shared, number)
    }

    /// Refuses the next connection to the gateway with an HTTP status.
    pub fn refuse_next_handshake(&self, status: u16) {
        self.shared.change(|state| state.refused_handshakes.push(status));
    }

    /// Accepts the next connection to the gateway, but never says HELLO on it.
    pub fn ignore_next_connection(&self) {
        self.shared.change(|state| state.ignored_connections += 1);
    }

    /// How often a session was started or resumed.
    pub fn sessions(&self) -> u64 {
        self.shared.look(|state| state.gateway.sessions_begun())
    }

    /// Waits until sessions were started or resumed so often in all.
    pub async fn wait_for_sessions(&self, count: u64) {
        let enough = |state: &mut State| (state.gateway.sessions_begun() >= count).then_some(());
        self.wait(&format!("session number {count}"), enough).await;
    }

    /// The application's commands as Discord stores them.
    pub fn commands(&self) -> Vec<Value> {
        self.shared.look(|state| state.commands.clone())
    }

    /// The commands that only this server has.
    pub fn guild_commands(&self, guild_id: u64) -> Vec<Value> {
        let id = guild_id.to_string();
        self.shared.look(|state| state.guild_commands.get(&id).cloned().unwrap_or_default())
    }

    /// A message of the bot as Discord holds it now; `None` if it is gone.
    pub fn message(&self, id: &Value) -> Option<Value> {
        self.shared.look(|state| state.messages.iter().find(|message| message["id"] == *id).cloned())
    }

    /// Waits until a message of the bot is as described, or (`None`) gone.
    pub async fn wait_for_message(&self, id: &Value, mut wanted: impl FnMut(Option<&Value>) -> bool) {
        let find = |state: &mut State| {
            let message = state.messages.iter().find(|message| message["id"] == *id);
            wanted(message).then_some(())
        };
        self.wait(&format!("message {id} to be as described"), find).await;
    }

    /// Lets the bot write in a channel in which nobody has written yet.
    pub fn know_channel(&self, id: u64, guild: Option<u64>) {
        self.shared.change(|state| state.channels.insert(id.to_string(), guild));
    }

    /// Stores commands as if the bot had registered them before.
    pub fn set_commands(&self, definitions: &Value) {
        let mint = || json!(self.shared.snowflake());
        self.shared.change(|state| state.commands = commands::overwrite(&[], definitions, mint));
    }

    /// How often the bot overwrote its commands.
    pub fn command_puts(&self) -> usize {
        self.shared.look(|state| state.command_puts)
    }

    /// Posts interactions to this address from now on, as Discord does once an application has an
    /// interactions endpoint. As with Discord, the endpoint first has to answer a ping and to
    /// refuse a wrong signature.
    pub async fn set_interactions_endpoint(&self, address: SocketAddr) {
        webhook::check_endpoint(address, &self.shared.snowflake()).await;
        self.shared.change(|state| state.endpoint = Some(address));
    }

    /// Why a member could not do this, given the commands that the bot registered.
    pub fn why_not(&self, interaction: &Interaction) -> Option<String> {
        let server = interaction.guild_id().map(|id| id.to_string()).unwrap_or_default();
        self.shared.look(|state| {
            let own = state.guild_commands.get(&server).map_or(&[][..], Vec::as_slice);
            commands::not_invocable(&state.commands, own, &interaction.issued())
        })
    }

    /// Issues an interaction without sending it, for a bot that is called in another way.
    pub fn issue(&self, interaction: &Interaction) -> Sent {
        let why = self.why_not(interaction);
        assert_eq!(why, None, "no member could do this");
        self.shared.change(|state| {
            let command = state.commands.iter().find(|command| command["name"] == *interaction.command_name());
            let mut payload = interaction.payload(&self.shared.snowflake(), command.map(|command| &command["id"]));
            if let Some(place) = interaction.channel_id().and_then(|id| state.place(id)) {
                payload["channel_id"] = place["id"].clone();
                payload["channel"] = place;
            }
            let exchange = Exchange::new(payload);
            let sent = exchange.sent.clone();
            state.exchanges.push(exchange);
            sent
        })
    }

    /// Posts an interaction to the endpoint, if one was set, or sends it over the gateway once
    /// its shard has a session. If the shard is not connected then, the event waits for its
    /// RESUME.
    pub async fn send(&self, interaction: Interaction) -> Sent {
        if let Some(address) = self.shared.look(|state| state.endpoint) {
            let sent = self.issue(&interaction);
            tokio::spawn(webhook::deliver(Arc::clone(&self.shared), address, sent.clone()));
            return sent;
        }
        let shard = self.shard_for(interaction.guild_id()).await;
        let sent = self.issue(&interaction);
        shard.dispatch("INTERACTION_CREATE", &sent.payload);
        sent
    }

    async fn shard_for(&self, guild_id: Option<u64>) -> Shard<'_> {
        let what = format!("the shard of server {guild_id:?} to have a session");
        self.shard(self.wait(&what, |state| state.gateway.shard_of(guild_id)).await)
    }

    /// Waits until the shard of a server has a session, unless the bot has an endpoint instead.
    async fn ready_for(&self, guild_id: Option<u64>) {
        if self.shared.look(|state| state.endpoint.is_none()) {
            let _ready = self.shard_for(guild_id).await;
        }
    }

    /// Waits for the callback of an interaction that was sent. Panics if it was refused.
    pub async fn reply_to(&self, sent: &Sent) -> CallbackReply {
        let reply = self.wait_for_answer(sent).await;
        reply.unwrap_or_else(|refusal| panic!("the double refused the callback of interaction {}: {refusal}", sent.id))
    }

    /// Waits for the callback of an interaction that was sent.
    ///
    /// # Errors
    ///
    /// Returns why Discord would refuse it.
    pub async fn wait_for_answer(&self, sent: &Sent) -> Result<CallbackReply, String> {
        let outcome = |state: &mut State| state.exchange(&sent.token)?.outcome.clone();
        self.shared.until(CALLBACK_GUARD, &format!("the callback of interaction {}", sent.id), outcome).await
    }

    /// Sends an interaction and waits for its callback.
    pub async fn interact(&self, interaction: Interaction) -> CallbackReply {
        let sent = self.send(interaction).await;
        self.reply_to(&sent).await
    }

    /// Says something in a channel or to the bot, once its shard has a session. The bot is told
    /// as much as its intents allow.
    pub async fn say(&self, message: IncomingMessage) -> Said {
        self.ready_for(message.guild_id()).await;
        self.say_as(&message, self.shared.snowflake())
    }

    /// Says something and waits for the bot's reply to it.
    pub async fn talk(&self, message: IncomingMessage) -> Post {
        let said = self.say(message).await;
        self.post_about(&said).await
    }

    fn say_as(&self, message: &IncomingMessage, id: String) -> Said {
        let mut said = message.said(id);
        self.shared.change(|state| {
            let channel = said.payload["channel_id"].as_str().unwrap_or_default();
            if let Some(place) = state.place(channel).filter(|_| message.guild_id().is_some()) {
                said.payload["channel_type"] = place["type"].clone();
            }
            state.tell(message.guild_id(), &said.payload);
        });
        said
    }

    /// The author of a message changes its text.
    pub fn edit(&self, said: &Said, content: &str) -> Said {
        let mut edited = said.clone();
        let fields = json!({"content": content, "edited_timestamp": "2026-01-15T12:01:00.000000+00:00"});
        objects::merge(&mut edited.payload, &fields);
        self.shared.change(|state| state.tell_of_edit(&edited.payload));
        edited
    }

    /// Waits until the message with this id is as `wanted`, and returns it as Discord holds it.
    pub async fn message_like(&self, id: &Value, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        let find = |state: &mut State| state.message(id).filter(|message| wanted(message)).cloned();
        self.wait(&format!("message {id} to be as described"), find).await
    }

    /// Waits for the bot's reply to a message that was said.
    pub async fn post_about(&self, said: &Said) -> Post {
        let find = |state: &mut State| state.posts.iter().find(|post| post.answers(said)).cloned();
        self.wait(&format!("the reply to message {}", said.id), find).await
    }

    /// Everything that the bot posted to channels so far.
    pub fn posts(&self) -> Vec<Post> {
        self.shared.look(|state| state.posts.clone())
    }

    /// A member's use of the button with this label, or of the menu with this prompt, on the newest
    /// message that has one.
    pub fn press(&self, label: &str) -> Option<Interaction> {
        self.shared.look(|state| state.messages.iter().rev().find_map(|message| exchange::press(message, label)))
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.look(|state| state.requests.clone())
    }

    /// Waits for a request, past or future, that `wanted` accepts.
    pub async fn wait_for(&self, mut wanted: impl FnMut(&RecordedRequest) -> bool) -> RecordedRequest {
        let find = |state: &mut State| state.requests.iter().find(|request| wanted(request)).cloned();
        self.wait("a request as described", find).await
    }

    /// Waits, however long it takes, for the request with this number in the order of arrival,
    /// and for its answer.
    pub async fn answered(&self, number: usize) -> RecordedRequest {
        let find = |state: &mut State| state.requests.get(number).filter(|request| request.status.is_some()).cloned();
        self.shared.find(find).await
    }

    /// Receives callbacks and posts but does not answer them until the returned value is
    /// released.
    pub fn hold_callbacks(&self) -> HeldCallbacks {
        self.shared.change(|state| state.holds += 1);
        HeldCallbacks(Arc::clone(&self.shared))
    }

    /// Answers with an error the next request with this method whose path (without `/api/v10`)
    /// begins like this. A 429 asks to wait a tenth of a second.
    pub fn fail_next(&self, method: &str, path_prefix: &str, status: u16) {
        self.plan(method, path_prefix, Answer::bare(status));
    }

    /// Refuses the next such request with Discord's code and message.
    pub fn refuse_next(&self, method: &str, path_prefix: &str, status: u16, code: u64, message: &str) {
        self.plan(method, path_prefix, Answer::refusal(status, code, message));
    }

    /// Answers the next such request with a 429 that asks to wait `retry_after`.
    pub fn rate_limit_next(&self, method: &str, path_prefix: &str, retry_after: Duration) {
        self.plan(method, path_prefix, Answer::rate_limited(retry_after));
    }

    /// Like [`rate_limit_next`](Self::rate_limit_next), but other bots have used up the limit, so
    /// Discord does not hold it against this one.
    pub fn share_limit_next(&self, method: &str, path_prefix: &str, retry_after: Duration) {
        self.plan(method, path_prefix, Answer::shared_limit(retry_after));
    }

    /// Answers the next such request with any status and body, even one that Discord would not
    /// send.
    pub fn answer_next(&self, method: &str, path_prefix: &str, status: u16, body: &Value) {
        self.plan(method, path_prefix, Answer::new(status, body.clone()));
    }

    fn plan(&self, method: &str, path_prefix: &str, answer: Answer) {
        self.shared.change(|state| state.planned.push((method.to_owned(), path_prefix.to_owned(), answer)));
    }

    /// Takes the faults in the bot's bodies so far, for a test that provoked them.
    pub fn take_violations(&self) -> Vec<String> {
        self.shared.change(|state| std::mem::take(&mut state.violations))
    }
}

impl Drop for DiscordDouble {
    fn drop(&mut self) {
        self.server.abort();
        let violations = self.take_violations().join("\n  ");
        // A second panic would abort the test process and hide the message of the first.
        let is_fine = violations.is_empty() || std::thread::panicking();
        assert!(is_fine, "Discord would refuse what the bot sent:\n  {violations}");
    }
}

/// Holds back the answers to callbacks and posts until it is dropped.
#[must_use = "the callbacks are answered as soon as this is dropped"]
pub struct HeldCallbacks(Arc<Shared>);

impl HeldCallbacks {
    /// Releases the answers.
    pub fn release(self) {}
}

impl Drop for HeldCallbacks {
    fn drop(&mut self) {
        self.0.change(|state| state.holds -= 1);
    }
}
