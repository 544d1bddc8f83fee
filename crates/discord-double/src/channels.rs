//! Channels, threads and their messages over REST, and the people and roles of the server.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::body::Body;
use crate::objects;
use crate::schema::items;
use crate::sessions::GUILDS;
use crate::state::{Shared, State};

/// Discord's type of a thread in a public channel.
const THREAD: u64 = 11;

impl State {
    /// The channel, forum or thread with this id, if there is one. A channel is known once somebody
    /// has written there.
    pub(crate) fn place(&self, id: &str) -> Option<Value> {
        if let Some(place) = self.places.iter().find(|place| place["id"] == id) {
            return Some(place.clone());
        }
        let fixed = [objects::channel(objects::GUILD_ID), objects::forum()];
        if let Some(place) = fixed.into_iter().find(|place| place["id"] == id) {
            return Some(place);
        }
        let guild = self.channels.get(id).copied().flatten()?;
        let mut channel = objects::channel(guild);
        channel["id"] = json!(id);
        Some(channel)
    }

    /// Adds a channel or thread; the bot is told of a thread as far as its intents allow.
    pub(crate) fn open(&mut self, place: &Value) {
        self.places.push(place.clone());
        let id = place["id"].as_str().unwrap_or_default().to_owned();
        self.channels.insert(id, Some(objects::GUILD_ID));
        if place["type"] == THREAD {
            self.tell_of_thread("THREAD_CREATE", place);
        }
    }

    fn tell_of_thread(&mut self, event: &str, thread: &Value) {
        if let Some(shard) = self.gateway.shard_of(Some(objects::GUILD_ID)) {
            self.gateway.dispatch(shard, event, |intents| (intents & GUILDS != 0).then(|| thread.clone()));
        }
    }
}

/// Answers a request about a channel, a server's roles or a member; `None` if it is none.
pub(crate) fn route(shared: &Shared, method: &str, segments: &[&str], query: &str, body: &Body) -> Option<Answer> {
    let answer = match (method, segments) {
        ("GET", ["channels", id]) => shared.look(|state| state.place(id)).map_or_else(unknown_channel, Answer::ok),
        ("PATCH", ["channels", id]) => shared.change(|state| change(state, id, &body.json)),
        ("GET", ["channels", id, "messages"]) => shared.look(|state| Answer::ok(history(state, id, query))),
        ("PATCH", ["channels", _, "messages", id]) => shared.change(|state| edit(state, id, body)),
        ("GET", ["guilds", id, "roles"]) if *id == objects::GUILD_ID.to_string() => Answer::ok(objects::roles()),
        ("GET", ["guilds", _, "members", id]) => shared.look(|state| member(state, id)),
        _ => return None,
    };
    Some(answer)
}

fn unknown_channel() -> Answer {
    Answer::refusal(404, 10003, "Unknown Channel")
}

fn change(state: &mut State, id: &str, body: &Value) -> Answer {
    let Some(place) = state.places.iter_mut().find(|place| place["id"] == id) else { return unknown_channel() };
    for (key, value) in body.as_object().into_iter().flatten() {
        match key.as_str() {
            "archived" | "locked" => place["thread_metadata"][key] = value.clone(),
            _ => place[key] = value.clone(),
        }
    }
    let place = place.clone();
    state.tell_of_thread("THREAD_UPDATE", &place);
    Answer::ok(place)
}

/// The messages of a channel, newest first.
fn history(state: &State, channel: &str, query: &str) -> Value {
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok());
    let (limit, before): (u64, u64) = (value("limit").unwrap_or(50), value("before").unwrap_or(u64::MAX));
    let after: u64 = value("after").unwrap_or(0);
    let is_meant = |message: &&Value| {
        let id = message["id"].as_str().and_then(|id| id.parse::<u64>().ok());
        id.is_some_and(|id| after < id && id < before)
    };
    let found = state.messages.iter().rev().filter(|message| message["channel_id"] == channel).filter(is_meant);
    let whole = found.take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned().map(|mut message| {
        // These come only with events.
        objects::remove(&mut message, &["guild_id", "member", "channel_type"]);
        message
    });
    whole.collect()
}

fn edit(state: &mut State, id: &str, body: &Body) -> Answer {
    let Some(message) = state.message(&json!(id)) else {
        return Answer::refusal(404, 10008, "Unknown Message");
    };
    if message["author"]["id"] != objects::BOT_USER_ID {
        return Answer::refusal(403, 50005, "Cannot edit a message authored by another user");
    }
    *message = objects::edited(message.clone(), body);
    Answer::ok(message.clone())
}

/// A member, who is known once they have written something.
fn member(state: &State, id: &str) -> Answer {
    let written = state.messages.iter().rev().find(|message| message["author"]["id"] == id);
    let Some(written) = written else { return Answer::refusal(404, 10007, "Unknown Member") };
    let mut member = objects::member(&written["author"]);
    member["roles"] = items(&written["member"]["roles"]).iter().cloned().collect();
    objects::remove(&mut member, &["permissions"]);
    Answer::ok(member)
}
