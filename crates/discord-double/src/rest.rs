//! The REST API: records each request, judges it as Discord would, and answers it.
//!
//! One function sees every request, known route or not, so that nothing the bot asks for can go
//! unrecorded; the routes themselves are one `match`.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answer::Answer;
use super::body::{Body, UploadedFile};
use super::form::FormErrors;
use super::recording::RecordedRequest;
use super::reply::Sent;
use super::state::Shared;
use super::{channels, commands, exchange, limits, payloads};

/// Discord's limit for a request with files.
const MAX_BODY: usize = 25 * 1024 * 1024;
const API_PREFIX: &str = "/api/v10";

/// A request as far as the routes need it.
struct Call {
    method: String,
    path: String,
    query: String,
    authorization: Option<String>,
    body: Body,
}

/// Answers one request.
pub(crate) async fn serve(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let Some(call) = Call::read(request).await else {
        return Answer::bare(413).into_response();
    };
    let number = record(&shared, &call);
    let answer = answer(&shared, &call);
    if exchange_of(&call).is_some() || is_post(&call) {
        shared.until_released().await;
    }
    shared.change(|state| {
        let request = &mut state.requests[number];
        request.status = Some(answer.status);
        request.answer = answer.body.clone().unwrap_or_default();
    });
    answer.into_response()
}

impl Call {
    async fn read(request: Request) -> Option<Self> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, MAX_BODY).await.ok()?;
        let path = parts.uri.path();
        let authorization = parts.headers.get(header::AUTHORIZATION);
        Some(Self {
            method: parts.method.to_string(),
            path: path.strip_prefix(API_PREFIX).unwrap_or(path).to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            authorization: authorization.and_then(|value| value.to_str().ok()).map(str::to_owned),
            body: Body::read(&parts.headers, &bytes),
        })
    }

    fn segments(&self) -> Vec<&str> {
        self.path.split('/').skip(1).collect()
    }
}

fn record(shared: &Shared, call: &Call) -> usize {
    shared.change(|state| {
        state.requests.push(RecordedRequest {
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.clone(),
            body: call.body.to_value(),
            status: None,
            answer: Value::Null,
        });
        state.requests.len() - 1
    })
}

fn answer(shared: &Shared, call: &Call) -> Answer {
    take_planned(shared, call).unwrap_or_else(|| judge(shared, call))
}

fn judge(shared: &Shared, call: &Call) -> Answer {
    if !is_authorized(shared, call) {
        return Answer::bare(401);
    }
    if call.body == Body::Broken {
        return Answer::refusal(400, 50109, "The request body contains invalid JSON.");
    }
    let body = call.body.to_value();
    if let Some(refusal) = refuse_body(shared, call, &body) {
        if let Some((id, token)) = exchange_of(call) {
            note_refusal(shared, id, token, &refusal);
        }
        return refusal;
    }
    route(shared, call, &body)
}

fn take_planned(shared: &Shared, call: &Call) -> Option<Answer> {
    shared.change(|state| {
        let meant = |planned: &super::recording::PlannedAnswer| planned.for_request(&call.method, &call.path).cloned();
        let (index, answer) =
            state.planned.iter().enumerate().find_map(|(index, planned)| Some((index, meant(planned)?)))?;
        state.planned.remove(index);
        Some(answer)
    })
}

/// A callback and a webhook prove themselves by the token in their path.
fn is_authorized(shared: &Shared, call: &Call) -> bool {
    let open =
        matches!(call.segments().as_slice(), ["gateway"] | ["interactions", _, _, "callback"] | ["webhooks", _, _, ..]);
    let expected = format!("Bot {}", shared.settings.token);
    open || call.authorization.as_deref() == Some(expected.as_str())
}

/// The interaction's id and token, if the request is its callback.
fn exchange_of(call: &Call) -> Option<(&str, &str)> {
    match (call.method.as_str(), call.segments().as_slice()) {
        ("POST", ["interactions", id, token, "callback"]) => Some((id, token)),
        _ => None,
    }
}

fn is_post(call: &Call) -> bool {
    call.method == "POST" && matches!(call.segments().as_slice(), ["channels", _, "messages"])
}

/// A body that Discord would refuse for its form, whatever else is true. Any such body is a fault
/// of the bot, so it is remembered.
fn refuse_body(shared: &Shared, call: &Call, body: &Value) -> Option<Answer> {
    let (answer, lines) = limits_broken(call, body).or_else(|| not_conformant(shared, call, body))?;
    shared.change(|state| {
        let what = format!("{} {}", call.method, call.path);
        state.violations.extend(lines.into_iter().map(|line| format!("{what}: {line}")));
    });
    Some(answer)
}

fn limits_broken(call: &Call, body: &Value) -> Option<(Answer, Vec<String>)> {
    let mut errors = FormErrors::default();
    let mut new_message = None;
    match (call.method.as_str(), call.segments().as_slice()) {
        ("POST", ["interactions", _, _, "callback"]) => {
            errors = limits::check_callback(body);
            limits::check_files(&mut errors, "data.attachments", &body["data"]["attachments"], call.body.files());
            new_message = (body["type"] == 4).then(|| &body["data"]);
        }
        ("POST", ["webhooks", _, _] | ["channels", _, "messages"]) => {
            limits::check_message(&mut errors, "", body);
            new_message = Some(body);
        }
        ("PATCH", ["webhooks", _, _, "messages", _]) => {
            limits::check_message(&mut errors, "", body);
        }
        ("PUT", ["applications", _, "commands"]) => errors = commands::check_definitions(body),
        _ => return None,
    }
    if !errors.is_empty() {
        return Some((Answer::invalid_form(&errors.nested()), errors.lines()));
    }
    new_message.filter(|message| limits::is_empty_message(message)).map(|_| {
        let message = "Cannot send an empty message";
        (Answer::refusal(400, 50006, message), vec![message.to_owned()])
    })
}

fn not_conformant(shared: &Shared, call: &Call, body: &Value) -> Option<(Answer, Vec<String>)> {
    if call.body == Body::Empty {
        return None;
    }
    let violations = shared.openapi?.check(&call.method, &call.path, body).err()?;
    let mut errors = FormErrors::default();
    for violation in &violations {
        errors.add("", "OPENAPI_VIOLATION", violation);
    }
    Some((Answer::invalid_form(&errors.nested()), violations))
}

fn note_refusal(shared: &Shared, id: &str, token: &str, refusal: &Answer) {
    shared.with_exchange(token, |exchange| {
        if exchange.id == id {
            exchange.refuse(refusal);
        }
    });
}

/// Judges the answer that a webhook gave to an interaction, which is what a callback's body would
/// be.
pub(crate) fn answer_by_webhook(shared: &Shared, sent: &Sent, body: Body) -> Answer {
    let call = Call {
        method: "POST".to_owned(),
        path: format!("/interactions/{}/{}/callback", sent.id, sent.token),
        query: String::new(),
        authorization: None,
        body,
    };
    let answer = judge(shared, &call);
    if !answer.is_success() {
        note_refusal(shared, &sent.id, &sent.token, &answer);
    }
    answer
}

fn route(shared: &Shared, call: &Call, body: &Value) -> Answer {
    match (call.method.as_str(), call.segments().as_slice()) {
        ("GET", ["gateway"]) => Answer::ok(json!({"url": shared.gateway_url()})),
        ("GET", ["gateway", "bot"]) => Answer::ok(gateway_bot(shared)),
        ("GET", ["users", "@me"]) => Answer::ok(payloads::current_user()),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Answer::ok(payloads::application(&shared.settings.team))
        }
        ("GET" | "PUT", ["applications", id, "commands"]) if *id != payloads::APPLICATION_ID => {
            let message = "You are not authorized to perform this action on this application";
            Answer::refusal(403, 20012, message)
        }
        ("GET", ["applications", _, "commands"]) => list_commands(shared, call),
        ("PUT", ["applications", _, "commands"]) => put_commands(shared, body),
        ("POST", ["interactions", id, token, "callback"]) => callback(shared, id, token, call),
        ("POST", ["channels", channel, "messages"]) => channels::post(shared, channel, body),
        (_, ["webhooks", application, ..]) if *application != payloads::APPLICATION_ID => {
            Answer::refusal(404, 10015, "Unknown Webhook")
        }
        (method, ["webhooks", _, token, "messages", "@original"]) => original(shared, method, token, body),
        ("POST", ["webhooks", _, token]) => {
            let id = shared.snowflake();
            with_token(shared, token, |exchange| exchange.follow_up(body, &id))
        }
        _ => Answer::bare(404),
    }
}

fn gateway_bot(shared: &Shared) -> Value {
    json!({
        "url": shared.gateway_url(),
        "shards": shared.settings.shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": 1000,
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    })
}

fn list_commands(shared: &Shared, call: &Call) -> Answer {
    let full = call.query.split('&').any(|pair| pair == "with_localizations=true");
    Answer::ok(shared.look(|state| commands::listing(&state.commands, full)))
}

fn put_commands(shared: &Shared, body: &Value) -> Answer {
    let mint = || shared.snowflake();
    shared.change(|state| {
        state.command_puts += 1;
        state.commands = commands::overwrite(&state.commands, body, payloads::APPLICATION_ID, mint);
        Answer::ok(commands::listing(&state.commands, true))
    })
}

/// Hands a callback to its interaction.
fn callback(shared: &Shared, id: &str, token: &str, call: &Call) -> Answer {
    let message_id = shared.snowflake();
    let (body, files): (Value, &[UploadedFile]) = (call.body.to_value(), call.body.files());
    let accept = |exchange: &mut exchange::Exchange| {
        if exchange.id != id {
            return Err(exchange::unknown_interaction());
        }
        exchange.accept(&body, files, &message_id)
    };
    match shared.with_exchange(token, accept) {
        Some(Ok(())) => Answer::no_content(),
        Some(Err(refusal)) => refusal,
        None => exchange::unknown_interaction(),
    }
}

fn original(shared: &Shared, method: &str, token: &str, body: &Value) -> Answer {
    let act = |exchange: &mut exchange::Exchange| match method {
        "GET" => exchange.read_original(),
        "PATCH" => exchange.edit_original(body),
        "DELETE" => exchange.delete_original(),
        _ => Answer::bare(405),
    };
    with_token(shared, token, act)
}

/// Acts on the exchange of a token that Discord issued and that has not expired.
fn with_token(shared: &Shared, token: &str, act: impl FnOnce(&mut exchange::Exchange) -> Answer) -> Answer {
    let act = |exchange: &mut exchange::Exchange| exchange.has_valid_token().then(|| act(exchange));
    shared.with_exchange(token, act).flatten().unwrap_or_else(exchange::invalid_token)
}
