//! The REST API: records each request, judges it as Discord would, and answers it.
//!
//! One function sees every request, even to an unknown route, so that everything a bot asks for
//! is recorded. The routes themselves are one `match`.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::body::Body;
use crate::exchange::{Exchange, Sent, unknown_interaction};
use crate::openapi::OpenApi;
use crate::schema::Violation;
use crate::sessions::{Builder, SESSION_STARTS};
use crate::state::{Post, RecordedRequest, Shared};
use crate::{channels, commands, limits, objects};

/// Discord's limit for a request with files, in bytes.
const MAX_BODY: usize = 25 * 1024 * 1024;
const API_PREFIX: &str = "/api/v10";

/// Answers one request.
pub(crate) async fn serve(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else {
        return Answer::bare(413).into_response();
    };
    let body = Body::read(&parts.headers, &bytes);
    let path = parts.uri.path();
    let record = RecordedRequest {
        method: parts.method.to_string(),
        // discord.js escapes the `@` of `@original`.
        path: path.strip_prefix(API_PREFIX).unwrap_or(path).replace("%40", "@"),
        body: body.as_ref().map(|body| body.json.clone()).unwrap_or_default(),
        status: None,
        answer: Value::Null,
    };
    let (method, path) = (record.method.clone(), record.path.clone());
    let may_be_held = record.is_callback() || record.is_post();
    let (number, planned) = shared.change(|state| {
        state.requests.push(record);
        let mut planned = state.planned.iter();
        let index = planned.position(|(wanted, prefix, _)| *wanted == method && path.starts_with(prefix));
        (state.requests.len() - 1, index.map(|index| state.planned.remove(index).2))
    });
    let call = Call { method: &method, path: &path, query: parts.uri.query().unwrap_or_default() };
    // A callback and a webhook are authenticated by the token in their path.
    let is_open = path == "/gateway" || ["interactions", "webhooks"].contains(&call.segments()[0]);
    let expected = format!("Bot {}", Builder::TOKEN);
    let is_authorized = is_open || parts.headers.get(AUTHORIZATION).is_some_and(|value| *value == expected);
    let is_limited = call.segments()[0] != "interactions";
    let limit = shared.settings.requests_a_second.filter(|_| is_limited);
    let wait = limit.and_then(|most| shared.change(|state| state.spend(most)));
    let planned = planned.or(wait.map(Answer::globally_limited));
    let answer = planned.unwrap_or_else(|| if is_authorized { judge(&shared, call, body) } else { Answer::bare(401) });
    if may_be_held {
        shared.find(|state| (state.holds == 0).then_some(())).await;
    }
    shared.change(|state| {
        let request = &mut state.requests[number];
        (request.status, request.answer) = (Some(answer.status), answer.body.clone());
    });
    answer.into_response()
}

/// Judges a webhook's answer to an interaction as if it were a callback. `None` is an answer that
/// could not be read.
pub(crate) fn take_webhook_answer(shared: &Shared, sent: &Sent, body: Option<Body>) {
    let path = format!("/interactions/{}/{}/callback", sent.id, sent.token);
    let answer = judge(shared, Call { method: "POST", path: &path, query: "" }, body);
    if answer.status >= 400 {
        refuse(shared, &sent.token, &answer);
    }
}

/// Notes that the answer to the interaction with this token was refused.
pub(crate) fn refuse(shared: &Shared, token: &str, refusal: &Answer) {
    shared.change(|state| state.exchange(token).map_or((), |exchange| exchange.refuse(refusal)));
}

/// The parts of a request that the routes need.
#[derive(Clone, Copy)]
struct Call<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a str,
}

impl<'a> Call<'a> {
    fn segments(self) -> Vec<&'a str> {
        self.path.split('/').skip(1).collect()
    }
}

fn judge(shared: &Shared, call: Call<'_>, body: Option<Body>) -> Answer {
    let Some(body) = body else {
        return Answer::refusal(400, 50109, "The request body contains invalid JSON.");
    };
    let violations = check(call, &body);
    let refusal = match violations.as_slice() {
        [] => return route(shared, call, &body),
        [Violation { message, .. }] if message == EMPTY => Answer::refusal(400, 50006, EMPTY),
        _ => Answer::invalid_form(&violations),
    };
    // If a body's form is refused, that is the bot's fault, whatever else is true.
    let line = |violation: &Violation| format!("{} {}: {}", call.method, call.path, violation.line());
    shared.change(|state| state.violations.extend(violations.iter().map(line)));
    if let ["interactions", _, token, "callback"] = call.segments()[..] {
        refuse(shared, token, &refusal);
    }
    refusal
}

const EMPTY: &str = "Cannot send an empty message";
const NOT_YOURS: &str = "You are not authorized to perform this action on this application";

/// What is wrong with the form of a body: by the limits or, if those are kept, by Discord's own
/// description.
fn check(Call { method, path, .. }: Call<'_>, Body { json, files }: &Body) -> Vec<Violation> {
    let (what, at, message) = match (method, path.split('/').nth(1)) {
        ("POST", Some("interactions")) => ("callback", "data.attachments", &json["data"]),
        ("PATCH", Some("channels")) if path.split('/').count() == 3 => ("channel", "", &Value::Null),
        ("POST" | "PATCH", Some("webhooks" | "channels")) => ("message", "attachments", json),
        ("PUT", Some("applications")) => ("commands", "", json),
        _ => return Vec::new(),
    };
    let mut violations = if what == "channel" { Vec::new() } else { limits::check(what, json) };
    violations.extend(limits::check_files(at, &message["attachments"], files));
    let is_new = method == "POST" && (what == "message" || json["type"] == 4);
    if is_new && files.is_empty() && limits::is_empty_message(message) {
        violations.push(Violation::new("", EMPTY));
    }
    match OpenApi::shared() {
        Some(api) if violations.is_empty() => api.violations(method, path, "requestBody", json),
        _ => violations,
    }
}

fn route(shared: &Shared, call: Call<'_>, body: &Body) -> Answer {
    let settings = &shared.settings;
    match (call.method, call.segments().as_slice()) {
        ("GET", ["gateway"]) => Answer::ok(json!({"url": shared.gateway_url()})),
        ("GET", ["gateway", "bot"]) => {
            let (left, wait) = shared.change(|state| state.gateway.starts_left(settings.session_starts));
            let limit = json!({
                "total": SESSION_STARTS, "remaining": left, "reset_after": u64::try_from(wait.as_millis()).unwrap_or(0),
                "max_concurrency": settings.max_concurrency,
            });
            Answer::ok(json!({"url": shared.gateway_url(), "shards": settings.shards, "session_start_limit": limit}))
        }
        ("GET", ["users", "@me"]) => Answer::ok(objects::object("current_user", &Value::Null)),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Answer::ok(objects::application(&settings.team))
        }
        (_, ["applications" | "webhooks", id, ..]) if *id != objects::APPLICATION_ID => {
            Answer::refusal(403, 20012, NOT_YOURS)
        }
        ("GET", ["applications", _, "commands"]) => Answer::ok(shared.look(|state| json!(state.commands))),
        ("PUT", ["applications", _, "commands"]) => shared.change(|state| {
            state.command_puts += 1;
            state.commands = commands::overwrite(&state.commands, &body.json, || json!(shared.snowflake()));
            Answer::ok(json!(state.commands))
        }),
        ("PUT", ["applications", _, "guilds", guild, "commands"]) => shared.change(|state| {
            let stored = state.guild_commands.entry((*guild).to_owned()).or_default();
            *stored = commands::overwrite(stored, &body.json, || json!(shared.snowflake()));
            Answer::ok(json!(stored))
        }),
        ("POST", ["interactions", id, token, "callback"]) => callback(shared, id, token, call.query, body),
        ("POST", ["channels", channel, "messages"]) => post(shared, channel, body),
        ("GET" | "PATCH" | "DELETE", ["channels", channel, "messages", id]) => {
            message(shared, call.method, channel, id, body)
        }
        ("GET" | "PATCH" | "DELETE", ["webhooks", _, token, "messages", "@original"])
        | ("POST", ["webhooks", _, token]) => webhook(shared, call.method, token, body),
        (method, segments) => {
            channels::route(shared, method, segments, call.query, body).unwrap_or_else(|| Answer::bare(404))
        }
    }
}

fn callback(shared: &Shared, id: &str, token: &str, query: &str, body: &Body) -> Answer {
    let full = query.split('&').any(|pair| pair == "with_response=true" || pair == "with_response=1");
    shared.change(|state| {
        let is_meant = |exchange: &&mut Exchange| exchange.sent.token == token && exchange.sent.id == id;
        let exchange = state.exchanges.iter_mut().find(is_meant);
        let accept = |exchange: &mut Exchange| exchange.accept(body, &mut state.messages, &shared.snowflake(), full);
        exchange.map_or_else(unknown_interaction, accept)
    })
}

/// Reads or edits the original answer to an interaction, or sends a follow-up.
fn webhook(shared: &Shared, method: &str, token: &str, body: &Body) -> Answer {
    shared.change(|state| {
        let Some(exchange) = state.exchange(token) else {
            return Answer::refusal(401, 50027, "Invalid Webhook Token");
        };
        let (id, interaction) = (exchange.original.clone(), exchange.sent.payload.clone());
        // The webhook does not exist before the callback.
        let Some(original) = state.message(&id) else {
            return Answer::refusal(404, 10015, "Unknown Webhook");
        };
        if method == "POST" {
            let mut message = objects::answer_message(&shared.snowflake(), &interaction, body);
            message["interaction_metadata"]["original_response_message_id"] = id;
            state.messages.push(message.clone());
            return Answer::ok(message);
        }
        if method == "PATCH" {
            *original = objects::edited(original.clone(), body);
        }
        let original = original.clone();
        if method == "DELETE" {
            state.messages.retain(|message| message["id"] != original["id"]);
            return Answer::no_content();
        }
        Answer::ok(original)
    })
}

/// Reads, edits or deletes a message of the bot in a channel.
fn message(shared: &Shared, method: &str, channel: &str, id: &str, body: &Body) -> Answer {
    shared.change(|state| {
        let found = state.message(&json!(id)).filter(|message| message["channel_id"] == channel);
        let Some(message) = found.filter(|message| message["author"]["id"] == objects::BOT_USER_ID) else {
            return Answer::refusal(404, 10008, "Unknown Message");
        };
        if method == "PATCH" {
            *message = objects::edited(message.clone(), body);
        }
        let message = message.clone();
        if method == "DELETE" {
            state.messages.retain(|message| message["id"] != id);
            return Answer::no_content();
        }
        Answer::ok(message)
    })
}

/// `POST /channels/{channel}/messages`. A channel is known once somebody has written there.
fn post(shared: &Shared, channel: &str, body: &Body) -> Answer {
    shared.change(|state| {
        let Some(guild) = state.channels.get(channel).copied() else {
            return Answer::refusal(404, 10003, "Unknown Channel");
        };
        let (nonce, reference) = (&body.json["nonce"], &body.json["message_reference"]);
        let is_same = |post: &&Post| body.json["enforce_nonce"] == true && post.body["nonce"] == *nonce;
        if let Some(same) = state.posts.iter().find(is_same) {
            return Answer::ok(same.message.clone());
        }
        let message = objects::message(&shared.snowflake(), channel, &objects::bot());
        let mut message = objects::edited(message, body);
        if !nonce.is_null() {
            message["nonce"] = nonce.clone();
        }
        match state.message(&reference["message_id"]).filter(|found| found["channel_id"] == channel) {
            Some(replied_to) => objects::refer(&mut message, replied_to),
            None if reference.is_null() || reference["fail_if_not_exists"] == false => {}
            None => return Answer::invalid_form(&[Violation::new("message_reference", "Unknown message")]),
        }
        state.posts.push(Post { body: body.json.clone(), message: message.clone() });
        let mut told = message.clone();
        if let Some(guild) = guild {
            told["guild_id"] = json!(guild.to_string());
        }
        state.tell(guild, &told);
        Answer::ok(message)
    })
}
