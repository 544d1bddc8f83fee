//! One shard: its connection, its session, and a line in the log for each change of either.
//!
//! The library keeps the session, sends heartbeats and reconnects. What it leaves to its user is
//! here: pauses between connections that come to nothing, sessions that must not be resumed,
//! connections on which nothing happens, and the log.

use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use twilight_gateway::error::{ReceiveMessageError, ReceiveMessageErrorType};
use twilight_gateway::{CloseFrame, Config, ConfigBuilder, Message, Shard, ShardId, ShardState};

use super::super::reading;
use super::super::rest::pauses;
use super::error::ServeError;
use super::events::Handler;
use super::outage::{Lines, Outage};
use super::patience::Patience;
use super::starts::Starts;
use crate::health::{Health, Loss};
use crate::telemetry::with_causes;

/// How long it may take to close the connection.
const CLOSING_TIME: Duration = Duration::from_secs(3);
/// How often a shard is looked at while nothing arrives.
const TICK: Duration = Duration::from_secs(1);
/// A session that is lost sooner counts as a failure, so that the next one waits.
const LASTING: Duration = Duration::from_secs(10);

/// The library's code for a connection that broke without a close frame ([RFC
/// 6455](https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1)).
const ABNORMAL: u16 = 1_006;

/// The close codes after which a session cannot be resumed: invalid sequence, session timed out
/// ([close codes][codes]). After most others it can, and after some, Discord refuses for good.
///
/// [codes]:
/// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const NEW_SESSION: [u16; 2] = [4_007, 4_009];

/// The [opcodes](https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway) that
/// matter here.
mod opcode {
    pub(super) const DISPATCH: u8 = 0;
    pub(super) const RECONNECT: u8 = 7;
    pub(super) const INVALID_SESSION: u8 = 9;
    pub(super) const HELLO: u8 = 10;
}

/// A payload of the gateway.
#[derive(Deserialize)]
struct Payload<'a> {
    op: u8,
    t: Option<String>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

/// Keeps one shard connected.
pub(super) struct Driver {
    shard: Shard<Starts>,
    handler: Arc<Handler>,
    outage: Outage,
    lines: Lines,
    pauses: ExponentialBackoff,
    /// When to go on connecting.
    next_attempt: Option<Instant>,
    /// Whether a connection has been greeted and not been lost since.
    is_greeted: bool,
    /// Whether this side is closing the connection, to make another.
    is_leaving: bool,
    /// Whether the last connection came to nothing, or to a session that did not last.
    has_failed: bool,
    /// When the session was started or resumed.
    session_since: Option<Instant>,
    /// When the shard began to wait for a greeting, or for the end of a connection that it leaves.
    stalled_since: Instant,
    patience: Patience,
}

impl Driver {
    pub(super) fn new(id: ShardId, config: Config<Starts>, handler: Arc<Handler>, patience: Patience) -> Self {
        let now = Instant::now();
        Self {
            shard: Shard::with_config(id, config),
            handler,
            outage: Outage::new(now.into_std(), patience.session),
            lines: Lines::default(),
            pauses: pauses().build(),
            next_attempt: None,
            is_greeted: false,
            is_leaving: false,
            has_failed: false,
            session_since: None,
            stalled_since: now,
            patience,
        }
    }

    /// Keeps the shard connected until `closing` is cancelled, and then closes the connection.
    pub(super) async fn run(mut self, closing: CancellationToken) -> Result<(), ServeError> {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let next_attempt = self.next_attempt;
            let next = async {
                if let Some(at) = next_attempt {
                    sleep_until(at).await;
                }
                self.shard.next().await
            };
            let item = tokio::select! {
                item = next => item,
                _ = tick.tick() => {
                    self.look();
                    continue;
                }
                () = closing.cancelled() => break,
            };
            self.next_attempt = None;
            match item {
                Some(Ok(Message::Text(text))) => self.receive(&text),
                Some(Ok(Message::Close(frame))) => self.closed(frame.as_ref())?,
                Some(Err(error)) => self.failed(&error),
                None => return Err(ServeError::closed(0, "")),
            }
        }
        self.close().await;
        Ok(())
    }

    fn number(&self) -> u32 {
        self.shard.id().number()
    }

    fn receive(&mut self, text: &str) {
        let payload: Payload<'_> = match reading::read(text.as_bytes()) {
            Ok(payload) => payload,
            Err(error) => {
                if let Some(count) = self.lines.count("payload", 0) {
                    tracing::warn!(shard = self.number(), %error, count, "cannot read what the gateway sends");
                }
                return;
            }
        };
        match payload.op {
            opcode::HELLO => {
                // The library makes a new connection by itself if one ends without a close frame.
                self.note_cut();
                self.is_greeted = true;
                self.is_leaving = false;
            }
            opcode::RECONNECT => self.leave("Discord asked for a new connection", Loss::Reconnect),
            opcode::INVALID_SESSION => {
                let is_resumable = payload.d.is_some_and(|data| data.get() == "true");
                let why = if is_resumable {
                    "Discord asked to resume the session"
                } else {
                    "Discord ended the session; a new one follows"
                };
                self.leave(why, Loss::Invalid);
            }
            opcode::DISPATCH => {
                let (event, data) = (payload.t.unwrap_or_default(), payload.d.map_or("null", RawValue::get));
                if matches!(event.as_str(), "READY" | "RESUMED") {
                    self.has_session();
                }
                Handler::handle(&self.handler, self.number(), &event, data);
            }
            _ => {}
        }
    }

    fn has_session(&mut self) {
        if let Some(lasted) = self.outage.end(std::time::Instant::now()) {
            tracing::info!(shard = self.number(), after_s = lasted.as_secs(), "there is a session again");
        }
        self.session_since = Some(Instant::now());
    }

    /// Discord asked this side to close the connection; the library does so.
    fn leave(&mut self, why: &'static str, loss: Loss) {
        if let Some(count) = self.lines.count(why, 0) {
            tracing::info!(shard = self.number(), count, "{why}");
        }
        self.lose(loss);
        self.is_leaving = true;
    }

    fn lose(&mut self, loss: Loss) {
        self.is_greeted = false;
        self.stalled_since = Instant::now();
        self.outage.begin(std::time::Instant::now());
        self.handler.health().session_lost(self.number(), loss);
    }

    /// Logs the end of a connection that had no close frame.
    fn note_cut(&mut self) {
        if self.is_greeted {
            let loss = self.log_loss(ABNORMAL, "");
            self.lose(loss);
        }
    }

    fn log_loss(&mut self, code: u16, reason: &str) -> Loss {
        // The library says nothing about why a connection broke.
        let waited = self.shard.latency().sent().filter(|_| self.shard.latency().received().is_none());
        let (reason, loss) = match (code, waited) {
            (ABNORMAL, Some(sent)) if sent.elapsed() >= TICK => ("a heartbeat was not answered", Loss::Silent),
            (ABNORMAL, _) => ("it broke", Loss::Broken),
            _ => (reason, Loss::Closed),
        };
        if let Some(count) = self.lines.count("closed", code) {
            tracing::warn!(shard = self.number(), code, reason, count, "the connection to Discord was lost");
        }
        loss
    }

    fn closed(&mut self, frame: Option<&CloseFrame<'_>>) -> Result<(), ServeError> {
        let (code, reason) = frame.map_or((0, ""), |frame| (frame.code, &*frame.reason));
        if std::mem::take(&mut self.is_leaving) {
            self.pause_if_failed();
            return Ok(());
        }
        let loss = self.log_loss(code, reason);
        self.lose(loss);
        if self.shard.state() == ShardState::FatallyClosed {
            return Err(ServeError::closed(code, reason));
        }
        if NEW_SESSION.contains(&code) {
            self.shard = Shard::with_config(self.shard.id(), self.shard.config().clone());
        }
        self.pause_if_failed();
        Ok(())
    }

    /// Waits before the next connection, if the one before failed too. The library only does so if
    /// a connection cannot be made at all.
    fn pause_if_failed(&mut self) {
        if self.session_since.take().is_some_and(|since| since.elapsed() >= LASTING) {
            self.has_failed = false;
            self.pauses = pauses().build();
        }
        if std::mem::replace(&mut self.has_failed, true) {
            self.next_attempt = self.pauses.next().map(|pause| Instant::now() + pause);
            self.stalled_since = self.next_attempt.unwrap_or(self.stalled_since);
        }
    }

    fn failed(&mut self, error: &ReceiveMessageError) {
        if !matches!(error.kind(), ReceiveMessageErrorType::Reconnect) {
            // Its text has the whole payload.
            if let Some(count) = self.lines.count("payload", 1) {
                tracing::warn!(shard = self.number(), count, "cannot read what the gateway sends");
            }
            return;
        }
        self.note_cut();
        let cause = std::error::Error::source(error).map_or_else(String::new, with_causes);
        if let Some(count) = self.lines.count("connecting", 0) {
            tracing::warn!(shard = self.number(), error = cause, count, "cannot connect to the gateway");
        }
        self.start_over();
    }

    /// Makes the next connection to the gateway's general address, after a pause, and with the
    /// session that there is.
    fn start_over(&mut self) {
        let config = ConfigBuilder::from(self.shard.config().clone());
        let config = match self.shard.session() {
            Some(session) => config.session(session.clone()),
            None => config,
        };
        self.shard = Shard::with_config(self.shard.id(), config.build());
        self.is_leaving = false;
        self.lose(Loss::Broken);
        self.has_failed = true;
        self.pause_if_failed();
    }

    /// Looks whether the shard is stuck or has been without a session for too long.
    fn look(&mut self) {
        let state = self.shard.state();
        if let Some(latency) = self.shard.latency().recent().first() {
            Health::set_latency(self.number(), *latency);
        }
        if matches!(state, ShardState::Disconnected { .. }) {
            self.note_cut();
        }
        if !self.is_greeted && self.stalled_since.elapsed() >= self.patience.greeting {
            if let Some(count) = self.lines.count("stalled", 0) {
                tracing::warn!(shard = self.number(), count, "nothing comes from the gateway");
            }
            self.start_over();
        }
        self.log_left_out(false);
        let is_queued = self.shard.config().queue().is_waiting(self.number());
        if !is_queued && let Some(lasted) = self.outage.overdue(std::time::Instant::now()) {
            tracing::warn!(
                shard = self.number(),
                lasted_s = lasted.as_secs(),
                "no session with Discord: nothing that comes over this shard is answered"
            );
        }
    }

    /// Logs events that had no line because there were others of their kind just before.
    fn log_left_out(&self, is_end: bool) {
        for (event, code, count) in self.lines.left_out(is_end) {
            tracing::info!(shard = self.number(), event, code, count, "more of the same on the way to the gateway");
        }
    }

    async fn close(mut self) {
        self.log_left_out(true);
        if !self.is_greeted {
            return;
        }
        self.shard.close(CloseFrame::NORMAL);
        let closed = async { while !matches!(self.shard.next().await, Some(Ok(Message::Close(_)) | Err(_)) | None) {} };
        if timeout(CLOSING_TIME, closed).await.is_err() {
            tracing::warn!(shard = self.shard.id().number(), "the gateway took too long to close");
        }
    }
}
