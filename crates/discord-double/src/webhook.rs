//! Discord's side of a webhook: it signs interactions, posts them, and treats the answers as
//! callbacks.
//!
//! An answer is judged like a callback over REST, so a test reads and refuses both in the same
//! way.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer, SigningKey};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::body::Body;
use crate::exchange::Sent;
use crate::state::Shared;
use crate::{objects, rest};

/// The private half of the application's key; the public half is in `objects.json`.
const SECRET: [u8; 32] = [7; 32];
/// Discord treats a longer answer, in bytes, as a failure. It does not document this.
const MAX_ANSWER: usize = 150_000;

/// The application's public key, as the developer portal shows it.
pub fn public_key() -> String {
    hex::encode(SigningKey::from_bytes(&SECRET).verifying_key().as_bytes())
}

/// The value of `X-Signature-Ed25519` for a body and a value of `X-Signature-Timestamp`.
pub fn sign(timestamp: &str, body: &[u8]) -> String {
    let message = [timestamp.as_bytes(), body].concat();
    hex::encode(SigningKey::from_bytes(&SECRET).sign(&message).to_bytes())
}

async fn post(address: SocketAddr, body: &Value, signature: Option<String>) -> reqwest::Result<Response> {
    let (url, body) = (format!("http://{address}/interactions"), body.to_string());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_string();
    let request = Client::new().post(url).header("Content-Type", "application/json");
    let request = request.header("X-Signature-Ed25519", signature.unwrap_or_else(|| sign(&now, body.as_bytes())));
    request.header("X-Signature-Timestamp", now).body(body).send().await
}

/// Makes the requests with which Discord tests an endpoint before accepting it.
pub(crate) async fn check_endpoint(address: SocketAddr, id: &str) {
    let user = objects::user(643_945_264_868_098_049, "discord");
    let ping = objects::object("interaction", &json!({"id": id, "token": "aW50", "user": user}));
    let answer = post(address, &ping, None).await.expect("the endpoint can be reached");
    let status = answer.status().as_u16();
    let answer: Value = serde_json::from_slice(&answer.bytes().await.expect("a body")).unwrap_or_default();
    assert_eq!((status, &answer["type"]), (200, &json!(1)), "the endpoint does not answer a ping");
    let forged = post(address, &ping, Some("0".repeat(128))).await.expect("the endpoint can be reached");
    assert_eq!(forged.status(), 401, "the endpoint takes a wrong signature");
}

/// Posts an interaction and takes the answer.
pub(crate) async fn deliver(shared: Arc<Shared>, address: SocketAddr, sent: Sent) {
    let answer = match post(address, &sent.payload, None).await {
        Ok(answer) if answer.status() == 200 => {
            let headers = answer.headers().clone();
            answer.bytes().await.map(|bytes| (headers, bytes)).map_err(|error| error.to_string())
        }
        Ok(answer) => Err(format!("The endpoint answered with status {}.", answer.status().as_u16())),
        Err(error) => Err(format!("The endpoint cannot be reached: {error}.")),
    };
    match answer {
        Ok((headers, bytes)) => {
            // Discord reads only JSON and forms, and goes by the content type.
            let content_type = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
            let is_known = content_type == "application/json" || content_type.starts_with("multipart/form-data");
            let is_readable = is_known && bytes.len() <= MAX_ANSWER;
            let body = is_readable.then(|| Body::read(&headers, &bytes)).flatten();
            rest::take_webhook_answer(&shared, &sent, body);
        }
        Err(why) => rest::refuse(&shared, &sent.token, &Answer::refusal(502, 0, &why)),
    }
}
