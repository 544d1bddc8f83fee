//! The gateway's sessions: who identified, what was sent to them, and what they missed.
//!
//! As with Discord, a session outlives its connection. Events are still numbered and kept while
//! nobody is connected, and a RESUME gets exactly those after its sequence number.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use crate::objects;

/// `GUILDS`, with which Discord tells a bot about its servers.
pub(crate) const GUILDS: u64 = 1;
/// `GUILD_MEMBERS`, `GUILD_PRESENCES` and `MESSAGE_CONTENT`, which an application must be granted.
const PRIVILEGED_INTENTS: u64 = 1 << 1 | 1 << 8 | 1 << 15;
/// The intents that exist in version 10.
const KNOWN_INTENTS: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;

/// How many sessions Discord allows a small bot in a day.
pub(crate) const SESSION_STARTS: u32 = 1_000;
const DAY: Duration = Duration::from_hours(24);

/// The settings of the double. Call `start` to start it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    pub(crate) port: u16,
    pub(crate) gateway_url: Option<String>,
    pub(crate) resume_url: Option<String>,
    pub(crate) shards: u64,
    pub(crate) max_concurrency: u64,
    pub(crate) session_starts: (u32, Duration),
    pub(crate) heartbeat_interval: Duration,
    pub(crate) privileged_intents: bool,
    pub(crate) requests_a_second: Option<u32>,
    pub(crate) team: Value,
}

impl Default for Builder {
    fn default() -> Self {
        let heartbeat_interval = Duration::from_millis(41_250);
        Self {
            port: 0,
            gateway_url: None,
            resume_url: None,
            shards: 1,
            max_concurrency: 1,
            session_starts: (SESSION_STARTS, DAY),
            heartbeat_interval,
            privileged_intents: false,
            requests_a_second: None,
            team: Value::Null,
        }
    }
}

impl Builder {
    /// The bot's token, without `Bot `.
    pub(crate) const TOKEN: &str = "MTI4NzY1MDAwMDAwMDAwMDAwMQ.Gdouble.not-a-real-token";

    /// Sets the port. The default, 0, means any free port.
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// Names these addresses as the gateway's: the first for new sessions, the second for those
    /// that are resumed. By default both are the double's own.
    pub fn gateway_urls(self, start: &str, resume: &str) -> Self {
        Self { gateway_url: Some(start.to_owned()), resume_url: Some(resume.to_owned()), ..self }
    }

    /// Sets how many shards `GET /gateway/bot` recommends.
    pub fn shards(self, shards: u64) -> Self {
        Self { shards, ..self }
    }

    /// Sets how many shards may identify at once.
    pub fn max_concurrency(self, max_concurrency: u64) -> Self {
        Self { max_concurrency, ..self }
    }

    /// Sets how many sessions may be started until a reset after this time. From then on it is
    /// Discord's usual number.
    pub fn session_starts(self, remaining: u32, reset_after: Duration) -> Self {
        Self { session_starts: (remaining, reset_after), ..self }
    }

    /// Sets how often the bot must send a heartbeat.
    pub fn heartbeat_interval(self, heartbeat_interval: Duration) -> Self {
        Self { heartbeat_interval, ..self }
    }

    /// Grants the application the privileged intents. Without them, asking for one closes the
    /// connection with 4014.
    pub fn privileged_intents(self) -> Self {
        Self { privileged_intents: true, ..self }
    }

    /// Refuses more requests in a second than this, but for callbacks, as Discord does with 50. The
    /// default is no limit.
    pub fn requests_a_second(self, most: u32) -> Self {
        Self { requests_a_second: Some(most), ..self }
    }

    /// Gives the application to a team.
    pub fn team(self, team: Value) -> Self {
        Self { team, ..self }
    }
}

/// What a connection is told to do: send a text, send a close frame and hang up, hang up without
/// one, or send nothing more, not even an answer to a heartbeat.
#[derive(Debug)]
pub(crate) enum Order {
    Send(String),
    Close(u16, &'static str),
    Drop,
    Silence,
}

impl Order {
    pub(crate) fn payload(op: u64, data: &Value) -> Self {
        Self::Send(json!({"op": op, "t": null, "s": null, "d": data}).to_string())
    }
}

/// The code and the reason of a close frame.
pub(crate) type Closing = (u16, &'static str);
/// The channel through which a connection receives its orders.
pub(crate) type Line = UnboundedSender<Order>;

/// An IDENTIFY that the gateway accepted or refused.
#[derive(Clone, Debug)]
pub struct Identify {
    /// The intents, with the bits from Discord's documentation.
    pub intents: u64,
    /// The shard's number and the count of shards.
    pub shard: [u64; 2],
    /// When it arrived.
    pub at: Instant,
}

/// A RESUME that the gateway accepted or refused.
#[derive(Clone, Debug)]
pub struct Resume {
    /// The last sequence number that the bot saw.
    pub seq: u64,
    /// Whether the session was still there.
    pub accepted: bool,
    /// The host and port that the bot connected to.
    pub host: String,
}

/// The sessions, and those events on the gateway that no test has seen yet.
#[derive(Default)]
pub(crate) struct Gateway {
    pub(crate) identifies: VecDeque<Identify>,
    pub(crate) resumes: VecDeque<Resume>,
    /// The connections that the bot ended, each with the code of its close frame if it sent one.
    pub(crate) departures: VecDeque<Option<u16>>,
    begun: u64,
    resumed: u64,
    /// When a bot first asked for the gateway or identified.
    first_seen: Option<Instant>,
    /// How many sessions were started before the reset.
    used: u32,
    sessions: Vec<Session>,
}

struct Session {
    id: String,
    shard: [u64; 2],
    intents: u64,
    log: Vec<String>,
    line: Option<Line>,
}

impl Session {
    fn dispatch(&mut self, event: &str, data: &Value) {
        let text = json!({"op": 0, "t": event, "s": self.log.len() + 1, "d": data}).to_string();
        self.log.push(text.clone());
        self.order(Order::Send(text));
    }

    /// Gives an order; `false` if nobody is connected to receive it.
    fn order(&self, order: Order) -> bool {
        self.line.as_ref().is_some_and(|line| line.send(order).is_ok())
    }
}

impl Gateway {
    /// How many sessions may still be started, and when that is reset.
    pub(crate) fn starts_left(&mut self, (allowed, reset_after): (u32, Duration)) -> (u32, Duration) {
        let passed = self.first_seen.get_or_insert_with(Instant::now).elapsed();
        match reset_after.checked_sub(passed) {
            Some(wait) => (allowed.saturating_sub(self.used), wait),
            None => (SESSION_STARTS, DAY),
        }
    }

    /// Counts a session start; `false` if it is one too many.
    pub(crate) fn count_start(&mut self, limit: (u32, Duration)) -> bool {
        let (left, _) = self.starts_left(limit);
        self.used += 1;
        left > 0
    }

    /// Starts a session, or returns why the connection must be closed.
    pub(crate) fn identify(&mut self, is_granted: bool, url: &str, line: &Line, body: &Value) -> Result<(), Closing> {
        let shard = [0, 1].map(|part| body["shard"][part].as_u64().unwrap_or(part as u64));
        let intents = body["intents"].as_u64().unwrap_or(u64::MAX);
        self.identifies.push_back(Identify { intents, shard, at: Instant::now() });
        check_token(body)?;
        if shard[0] >= shard[1] {
            return Err((4010, "Invalid shard."));
        }
        if intents & !KNOWN_INTENTS != 0 {
            return Err((4013, "Invalid intent(s)."));
        }
        if intents & PRIVILEGED_INTENTS != 0 && !is_granted {
            return Err((4014, "Disallowed intent(s)."));
        }
        self.begun += 1;
        let id = format!("session{:024x}", self.begun);
        let user = objects::object("current_user", &Value::Null);
        let ready = json!({"user": user, "session_id": id, "shard": shard, "resume_gateway_url": url});
        let mut session = Session { id, shard, intents, log: Vec::new(), line: Some(line.clone()) };
        session.dispatch("READY", &objects::object("ready", &ready));
        if intents & GUILDS != 0 {
            session.dispatch("GUILD_CREATE", &objects::guild());
        }
        self.forget(shard[0]);
        self.sessions.push(session);
        Ok(())
    }

    /// Resumes a session and sends what was missed. `Ok(false)` is "invalid session".
    pub(crate) fn resume(&mut self, host: &str, line: &Line, body: &Value) -> Result<bool, Closing> {
        let seq = body["seq"].as_u64().unwrap_or_default();
        let session = self.sessions.iter_mut().find(|session| body["session_id"] == session.id);
        self.resumes.push_back(Resume { seq, accepted: session.is_some(), host: host.to_owned() });
        check_token(body)?;
        let Some(session) = session else { return Ok(false) };
        let seen = usize::try_from(seq).unwrap_or(usize::MAX);
        let missed = session.log.get(seen..).ok_or((4007, "Invalid seq."))?;
        // If the connection is already gone, the bot resumes once more.
        let _ = missed.iter().try_for_each(|event| line.send(Order::Send(event.clone())));
        session.line = Some(line.clone());
        session.dispatch("RESUMED", &json!({"_trace": []}));
        self.resumed += 1;
        Ok(true)
    }

    fn session(&mut self, shard: u64) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.shard[0] == shard)
    }

    /// The shard whose session, connected or not, gets a server's events. Direct messages go to
    /// the first shard.
    pub(crate) fn shard_of(&self, guild_id: Option<u64>) -> Option<u64> {
        let is_meant = |session: &&Session| guild_id.map_or(0, |id| (id >> 22) % session.shard[1]) == session.shard[0];
        self.sessions.iter().find(is_meant).map(|session| session.shard[0])
    }

    /// How often a session was started or resumed.
    pub(crate) fn sessions_begun(&self) -> u64 {
        self.begun + self.resumed
    }

    pub(crate) fn has_connection(&self) -> bool {
        self.sessions.iter().any(|session| session.line.is_some())
    }

    /// Sends the event in the form for the session's intents, or keeps it for the session's
    /// RESUME.
    pub(crate) fn dispatch(&mut self, shard: u64, event: &str, data: impl FnOnce(u64) -> Option<Value>) {
        if let Some(session) = self.session(shard)
            && let Some(data) = data(session.intents)
        {
            session.dispatch(event, &data);
        }
    }

    /// Gives an order to the shard's connection; `false` if it has none. A connection that is
    /// told to end counts as ended, so that a test can wait for the next one.
    pub(crate) fn order(&mut self, shard: u64, order: Order) -> bool {
        let ends = matches!(order, Order::Close(..) | Order::Drop);
        let Some(session) = self.session(shard) else { return false };
        let is_taken = session.order(order);
        session.line.take_if(|_| ends);
        is_taken
    }

    /// Forgets the shard's session, so that it cannot be resumed.
    pub(crate) fn forget(&mut self, shard: u64) {
        self.sessions.retain(|session| session.shard[0] != shard);
    }

    /// Notes that the bot ended a connection, with the code of its close frame if it sent one.
    pub(crate) fn depart(&mut self, line: &Line, code: Option<u16>) {
        self.departures.push_back(code);
        let is_ours = |held: &Line| held.same_channel(line);
        // With these two codes a client gives up its session. After any other end, the session
        // can be resumed.
        if matches!(code, Some(1000 | 1001)) {
            self.sessions.retain(|session| !session.line.as_ref().is_some_and(is_ours));
        }
        for session in &mut self.sessions {
            session.line.take_if(|held| is_ours(held));
        }
    }
}

fn check_token(body: &Value) -> Result<(), Closing> {
    let token = body["token"].as_str().unwrap_or_default();
    let is_ours = token.strip_prefix("Bot ").unwrap_or(token) == Builder::TOKEN;
    if is_ours { Ok(()) } else { Err((4004, "Authentication failed.")) }
}
