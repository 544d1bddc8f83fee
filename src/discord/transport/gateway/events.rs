//! What the gateway's events lead to: answers, replies, and the registration of the commands.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Instant, SystemTime};

use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::sync::{Mutex, SetOnce};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use super::super::reading::{self, Id, Unreadable};
use super::super::rest::{Place, Rest};
use super::super::threads::{Threads, Watched};
use super::super::unreadable::UnreadableLog;
use super::super::{
    Answered, afterwards, digest, errand, interaction, log, post, registration, span, telling, watched,
};
use super::replied::{self, Replied, Reply};
use crate::discord::app::App;
use crate::discord::incoming::{Interaction, Post};
use crate::discord::response::{Afterwards, Delivery, Response};
use crate::discord::{conversation, dispatch};
use crate::health::Health;
use crate::journal::Journal;

/// What all shards share.
pub(super) struct Handler {
    app: App,
    rest: Arc<Rest>,
    in_flight: TaskTracker,
    stop: CancellationToken,
    threads: Threads,
    replied: Replied,
    /// The bot's user, which every shard's READY names.
    me: SetOnce<u64>,
    /// Whether the READY of some shard has started the registration. One registration is enough.
    is_registering: AtomicBool,
    unreadable: UnreadableLog,
}

/// The first event of a session
/// ([ready](https://discord.com/developers/docs/events/gateway-events#ready)).
#[derive(Deserialize)]
struct Ready {
    user: User,
    application: Option<User>,
    guilds: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct User {
    id: Id,
}

impl Handler {
    pub(super) fn new(app: App, rest: Arc<Rest>, in_flight: TaskTracker, stop: CancellationToken) -> Self {
        Self {
            app,
            rest,
            in_flight,
            stop,
            threads: Threads::default(),
            replied: Replied::default(),
            me: SetOnce::new(),
            is_registering: AtomicBool::new(false),
            unreadable: UnreadableLog::default(),
        }
    }

    /// Begins to tell those who asked before there was an answer, if it is kept who they are.
    pub(super) fn tell_askers(self: &Arc<Self>) {
        if self.app.journal.as_ref().is_some_and(Journal::keeps_links) {
            let this = Arc::clone(self);
            self.in_flight.spawn(async move { telling::run(&this.app, &this.rest, &this.stop).await });
        }
    }

    /// What could not be read.
    pub(super) fn unreadable(&self) -> &UnreadableLog {
        &self.unreadable
    }

    /// What is told of the shards' state.
    pub(super) fn health(&self) -> &Health {
        &self.app.health
    }

    /// Takes an event of a shard. What it leads to goes on in a task of its own.
    pub(super) fn handle(this: &Arc<Self>, shard: u32, event: &str, data: &str) {
        let read = match event {
            "READY" => this.ready(shard, data),
            "RESUMED" => {
                this.app.health.session_began(shard, true);
                tracing::info!(shard, "session resumed");
                Ok(())
            }
            "INTERACTION_CREATE" => this.interaction(shard, data),
            "MESSAGE_CREATE" => this.message(shard, data),
            "MESSAGE_UPDATE" => this.edit(shard, data),
            "THREAD_CREATE" | "THREAD_UPDATE" => this.threads.told(data),
            _ => {
                tracing::debug!(shard, kind = event, "an event of another kind");
                Ok(())
            }
        };
        if let Err(error) = read {
            this.unreadable.count(event, error);
        }
    }

    fn ready(self: &Arc<Self>, shard: u32, data: &str) -> Result<(), Unreadable> {
        let ready: Ready = reading::read(data.as_bytes())?;
        self.app.health.session_began(shard, false);
        tracing::info!(shard, servers = ready.guilds.map_or(0, |guilds| guilds.len()), "session started");
        // Later sessions belong to the same bot.
        let _ = self.me.set(ready.user.id.0);
        if !self.is_registering.swap(true, Ordering::Relaxed) {
            let (this, application) = (Arc::clone(self), ready.application.map(|application| application.id.0));
            tokio::spawn(async move { this.register(application).await });
            let this = Arc::clone(self);
            tokio::spawn(async move { this.examine().await });
            let this = Arc::clone(self);
            tokio::spawn(async move { digest::run(&this.app, &this.rest, &this.stop).await });
        }
        Ok(())
    }

    async fn register(&self, told: Option<u64>) {
        let found = tokio::select! {
            found = self.rest.find_application() => found,
            () = self.stop.cancelled() => return,
        };
        let application = match found {
            Ok(application) => {
                self.app.know_owners(application.owners());
                Some(application.id.0)
            }
            Err(error) => {
                tracing::warn!(%error, "cannot find out who owns the application");
                told
            }
        };
        if let Some(application) = application {
            registration::run(&self.app, &self.rest, application, &self.stop).await;
        }
    }

    /// Looks at the watched channels, and at others as soon as they are watched too.
    async fn examine(&self) {
        let mut known = Watched::default();
        loop {
            let examine = async {
                watched::examine(&self.rest, &self.app, &mut known).await;
                self.threads.know(known.clone());
                self.app.servers.watched_changed.notified().await;
            };
            tokio::select! {
                () = examine => {}
                () = self.stop.cancelled() => return,
            }
        }
    }

    fn interaction(self: &Arc<Self>, shard: u32, data: &str) -> Result<(), Unreadable> {
        let mut read = interaction::read(data.as_bytes())?;
        let callback: interaction::Callback = reading::read(data.as_bytes())?;
        let this = Arc::clone(self);
        let span = span(Answered::Interaction, &callback.id.0.to_string());
        let respond = async move {
            if let Interaction::Call(call) = &mut read {
                watched::look(&this.rest, call).await;
            }
            this.interact(shard, &read, callback).await;
        };
        self.in_flight.spawn(respond.instrument(span));
        Ok(())
    }

    async fn interact(self: &Arc<Self>, shard: u32, interaction: &Interaction, callback: interaction::Callback) {
        if self.stop.is_cancelled() {
            return;
        }
        let started = Instant::now();
        let response = dispatch::respond(&self.app, interaction).await;
        let sent = self.rest.respond(&callback, &response).await;
        let is_sent = sent.is_ok();
        let errand = response.errand.as_ref().filter(|_| is_sent);
        log(&self.app.sample, Answered::Interaction, &response.summary, Some(shard), started, sent);
        if let (Some(errand), Interaction::Press(press)) = (errand, interaction) {
            self.replied.settle(press.message).await;
            errand::run(&self.rest, &self.app.threads, errand, &callback).await;
        }
        self.finish(is_sent.then_some(Place::Original(callback)), response).await;
    }

    /// Does what is left to do about a response. What waits for long does not keep the bot from
    /// stopping.
    async fn finish(self: &Arc<Self>, place: Option<Place>, response: Response) {
        let (Some(place), Some(what)) = (place, response.afterwards) else { return };
        let (this, takes_long) = (Arc::clone(self), matches!(what, Afterwards::Expire));
        let work = async move { afterwards::run(&this.app, &this.rest, &place, &what, &this.stop).await };
        if takes_long {
            tokio::spawn(work.in_current_span());
        } else {
            work.await;
        }
    }

    fn message(self: &Arc<Self>, shard: u32, data: &str) -> Result<(), Unreadable> {
        let post = post::read(data.as_bytes())?;
        self.threads.note(&self.app, &post);
        self.take(shard, post, false);
        Ok(())
    }

    /// An edit of a post that is still new counts as what its author meant to write.
    fn edit(self: &Arc<Self>, shard: u32, data: &str) -> Result<(), Unreadable> {
        let Some(post) = post::read_edit(data.as_bytes())? else { return Ok(()) };
        if replied::is_new(post.id, SystemTime::now()) {
            self.take(shard, post, true);
        }
        Ok(())
    }

    fn take(self: &Arc<Self>, shard: u32, mut post: Post, is_edit: bool) {
        // Nobody could see the reply.
        if self.rest.is_closed(post.channel) {
            return;
        }
        let this = Arc::clone(self);
        let span = span(Answered::Post, &post.id.to_string());
        let converse = async move {
            if this.stop.is_cancelled() {
                return;
            }
            let started = Instant::now();
            // A session that is resumed may bring a message before any READY.
            let me = *this.me.wait().await;
            this.threads.complete(&this.rest, &this.app, me, &mut post).await;
            match this.replied.of(post.id).filter(|_| is_edit) {
                Some(place) => this.answer_anew(shard, me, post, &place, started).await,
                None => this.answer(shard, me, &post, started).await,
            }
        };
        self.in_flight.spawn(converse.instrument(span));
    }

    async fn answer(self: &Arc<Self>, shard: u32, me: u64, post: &Post, started: Instant) {
        let Some(response) = conversation::respond(&self.app, me, post).await else { return };
        let replied = self.replied.begin(post.id);
        let mut reply = replied.lock().await;
        let sent = self.rest.reply(post, &response).await;
        reply.id = sent.as_ref().ok().copied().flatten();
        if let Some(id) = reply.id {
            self.replied.note(id, &replied);
        }
        let place = reply.id.map(|message| Place::Channel { channel: post.channel, message });
        post.text.clone_into(&mut reply.text);
        reply.is_opening = post.thread.as_ref().is_some_and(|thread| thread.is_opening);
        log(&self.app.sample, Answered::Post, &response.summary, Some(shard), started, sent.map(drop));
        drop(reply);
        self.finish(place, response).await;
    }

    /// Changes the reply to a post that was edited.
    async fn answer_anew(&self, shard: u32, me: u64, mut post: Post, place: &Mutex<Reply>, started: Instant) {
        let mut reply = place.lock().await;
        let Some(id) = reply.id.filter(|_| reply.text != post.text) else { return };
        if let Some(thread) = &mut post.thread {
            thread.is_opening = reply.is_opening;
        }
        let Some(response) = conversation::respond(&self.app, me, &post).await else { return };
        let (Delivery::Message(card) | Delivery::Update(card)) = &response.delivery else { return };
        let sent = self.rest.replace(post.channel, id, card).await;
        reply.text = post.text;
        log(&self.app.sample, Answered::Post, &response.summary, Some(shard), started, sent);
    }
}
