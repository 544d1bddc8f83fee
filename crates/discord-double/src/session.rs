//! The gateway's sessions: who identified, what was sent to them, and what they missed.
//!
//! A session outlives its connection, as Discord's does: events go on being numbered and kept while
//! nobody is connected, and a RESUME gets exactly those that came after its sequence number.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::state::Settings;
use super::{incoming, payloads};

/// `GUILD_MEMBERS`, `GUILD_PRESENCES` and `MESSAGE_CONTENT`, which an application must be granted.
const PRIVILEGED_INTENTS: u64 = 1 << 1 | 1 << 8 | 1 << 15;
/// The intents that exist in v10.
const KNOWN_INTENTS: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;

/// The code and reason with which Discord closes a connection.
pub(crate) type Closing = (u16, &'static str);

/// What a connection is told to do.
#[derive(Debug)]
pub(crate) enum Order {
    /// Send this text.
    Send(String),
    /// Send a close frame with this code and reason, then hang up.
    Close(u16, String),
    /// Hang up without a close frame.
    Drop,
}

/// A connection's end of the line: who it is and where its orders go.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Tells connections apart, so that an old one's end does not cut off its successor.
    pub(crate) number: u64,
    /// Where the connection hears what to do.
    pub(crate) orders: mpsc::UnboundedSender<Order>,
}

/// An IDENTIFY that the gateway accepted or refused.
#[derive(Clone, Debug)]
pub struct Identify {
    /// The intents, as the bits of Discord's documentation.
    pub intents: u64,
    /// The shard's number and the count of shards.
    pub shard: [u64; 2],
    /// The whole `d` of the payload, the token included.
    pub body: Value,
}

/// A RESUME that the gateway accepted or refused.
#[derive(Clone, Debug)]
pub struct Resume {
    /// The session to go on with.
    pub session_id: String,
    /// The last sequence number that the bot saw.
    pub seq: u64,
    /// Whether the session was there to go on with.
    pub accepted: bool,
}

/// The end of a connection that the bot itself ended.
#[derive(Clone, Debug)]
pub struct Departure {
    /// The shard; `None` if the connection had no session, or none any more.
    pub shard: Option<u64>,
    /// The code of the bot's close frame; `None` if it hung up without one.
    pub code: Option<u16>,
}

/// Who ended a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    /// The double, because a test or a rule of Discord's said so.
    ByDouble,
    /// The bot, with the code of its close frame if it sent one.
    ByBot(Option<u16>),
}

/// All that happened on the gateway.
#[derive(Debug, Default)]
pub(crate) struct Gateway {
    /// What identified and no test has taken note of yet.
    pub(crate) identifies: VecDeque<Identify>,
    /// What resumed and no test has taken note of yet.
    pub(crate) resumes: VecDeque<Resume>,
    /// The ends that no test has taken note of yet.
    pub(crate) departures: VecDeque<Departure>,
    /// How many heartbeats came.
    pub(crate) heartbeats: u64,
    /// How many sessions were ever begun.
    pub(crate) begun: u64,
    sessions: Vec<Session>,
}

#[derive(Debug)]
struct Session {
    id: String,
    shard: u64,
    intents: u64,
    log: Vec<String>,
    line: Option<Line>,
}

impl Session {
    fn dispatch(&mut self, event: &str, data: &Value) {
        let seq = self.log.len() + 1;
        let text = json!({"op": 0, "t": event, "s": seq, "d": data}).to_string();
        self.log.push(text.clone());
        self.send(text);
    }

    fn send(&self, text: String) {
        if let Some(line) = &self.line {
            // A line that is gone already is no fault: the log keeps what was missed.
            let _ = line.orders.send(Order::Send(text));
        }
    }
}

impl Gateway {
    /// Begins a session for `line`, or says with which code the connection must be closed.
    pub(crate) fn identify(
        &mut self,
        settings: &Settings,
        gateway_url: &str,
        line: &Line,
        body: &Value,
    ) -> Result<String, Closing> {
        let shard = [0, 1].map(|part| body["shard"][part].as_u64().unwrap_or(part as u64));
        let intents = body["intents"].as_u64();
        let body = body.clone();
        self.identifies.push_back(Identify { intents: intents.unwrap_or(0), shard, body: body.clone() });
        check_token(settings, &body)?;
        if shard[0] >= shard[1] {
            return Err((4010, "Invalid shard."));
        }
        let intents = check_intents(settings, intents)?;
        self.begun += 1;
        let id = format!("session{:024x}", self.begun);
        let mut session =
            Session { id: id.clone(), shard: shard[0], intents, log: Vec::new(), line: Some(line.clone()) };
        session.dispatch("READY", &payloads::ready(&id, gateway_url, shard));
        self.sessions.retain(|old| old.shard != shard[0]);
        self.sessions.push(session);
        Ok(id)
    }

    /// Goes on with a session, sending what was missed. `Ok(None)` is the gateway's "invalid
    /// session".
    pub(crate) fn resume(&mut self, settings: &Settings, line: &Line, body: &Value) -> Result<Option<String>, Closing> {
        let id = body["session_id"].as_str().unwrap_or_default().to_owned();
        let seq = body["seq"].as_u64().unwrap_or_default();
        let session = self.sessions.iter_mut().find(|session| session.id == id);
        let accepted = session.is_some();
        self.resumes.push_back(Resume { session_id: id.clone(), seq, accepted });
        check_token(settings, body)?;
        let Some(session) = session else {
            return Ok(None);
        };
        let seen = usize::try_from(seq).unwrap_or(usize::MAX);
        let Some(missed) = session.log.get(seen..).map(<[String]>::to_vec) else {
            return Err((4007, "Invalid seq."));
        };
        session.line = Some(line.clone());
        for event in missed {
            session.send(event);
        }
        session.dispatch("RESUMED", &json!({"_trace": ["[\"gateway-prd-double\",{}]"]}));
        Ok(Some(id))
    }

    /// Whether the shard has a session, be it connected or not.
    pub(crate) fn has_session(&self, shard: u64) -> bool {
        self.sessions.iter().any(|session| session.shard == shard)
    }

    /// The shards that are connected and identified.
    pub(crate) fn connected(&self) -> Vec<u64> {
        let connected = self.sessions.iter().filter(|session| session.line.is_some());
        connected.map(|session| session.shard).collect()
    }

    /// Sends an event on the shard's session, or keeps it for the session's RESUME.
    pub(crate) fn dispatch(&mut self, shard: u64, event: &str, data: &Value) {
        if let Some(session) = self.sessions.iter_mut().find(|session| session.shard == shard) {
            session.dispatch(event, data);
        }
    }

    /// Tells the shard's session of a message, as far as its intents go.
    pub(crate) fn dispatch_message(&mut self, shard: u64, message: &Value) {
        let session = self.sessions.iter_mut().find(|session| session.shard == shard);
        let told = session.and_then(|session| Some((incoming::as_told(message, session.intents)?, session)));
        if let Some((data, session)) = told {
            session.dispatch("MESSAGE_CREATE", &data);
        }
    }

    /// Gives an order to the shard's connection; `false` if it has none.
    pub(crate) fn order(&mut self, shard: u64, order: Order) -> bool {
        let ours = |session: &&mut Session| session.shard == shard;
        let Some(session) = self.sessions.iter_mut().find(ours) else {
            return false;
        };
        // A connection that is told to end counts as ended, so that a test can wait for the next.
        let line = match order {
            Order::Send(_) => session.line.clone(),
            Order::Close(..) | Order::Drop => session.line.take(),
        };
        line.is_some_and(|line| line.orders.send(order).is_ok())
    }

    /// Forgets the shard's session, so that it cannot be resumed.
    pub(crate) fn forget(&mut self, shard: u64) {
        self.sessions.retain(|session| session.shard != shard);
    }

    /// Notes that a connection ended.
    pub(crate) fn hang_up(&mut self, line: &Line, ending: Ending) {
        let ours = |session: &&mut Session| session.line.as_ref().is_some_and(|held| held.number == line.number);
        let session = self.sessions.iter_mut().find(ours);
        let shard = session.map(|session| {
            session.line = None;
            session.shard
        });
        let Ending::ByBot(code) = ending else {
            return;
        };
        self.departures.push_back(Departure { shard, code });
        // By these two codes a client gives its session up; any other end leaves it resumable.
        if let (Some(1000 | 1001), Some(shard)) = (code, shard) {
            self.forget(shard);
        }
    }
}

fn check_token(settings: &Settings, body: &Value) -> Result<(), Closing> {
    let token = body["token"].as_str().unwrap_or_default();
    if token.strip_prefix("Bot ").unwrap_or(token) == settings.token {
        return Ok(());
    }
    Err((4004, "Authentication failed."))
}

fn check_intents(settings: &Settings, intents: Option<u64>) -> Result<u64, Closing> {
    let Some(intents) = intents.filter(|intents| intents & !KNOWN_INTENTS == 0) else {
        return Err((4013, "Invalid intent(s)."));
    };
    if intents & PRIVILEGED_INTENTS != 0 && !settings.privileged_intents {
        return Err((4014, "Disallowed intent(s)."));
    }
    Ok(intents)
}

/// The shard that Discord routes a guild's events to; direct messages go to the first.
pub(crate) fn shard_of(guild_id: Option<u64>, shards: u64) -> u64 {
    guild_id.map_or(0, |guild_id| (guild_id >> 22) % shards.max(1))
}
