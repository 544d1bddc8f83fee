//! Discord's side of a webhook: it signs interactions, posts them, and takes the answers for
//! callbacks.
//!
//! An answer goes through the same judgement as a callback over REST, so that a test reads and
//! refuses both alike.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderValue, header};
use ed25519_dalek::{Signer, SigningKey};

use super::answer::Answer;
use super::body::Body;
use super::reply::Sent;
use super::state::Shared;
use super::{payloads, rest};
use crate::http::{HttpAnswer, HttpRequest};

/// The private half of the application's key.
const SECRET: [u8; 32] = [7; 32];
const SIGNATURE: &str = "X-Signature-Ed25519";
const TIMESTAMP: &str = "X-Signature-Timestamp";

/// The application's public key, as the developer portal shows it.
pub fn public_key() -> String {
    hexadecimal(SigningKey::from_bytes(&SECRET).verifying_key().as_bytes())
}

/// A request to the endpoint that Discord signed just now.
pub fn signed(body: impl Into<Vec<u8>>) -> HttpRequest {
    signed_at(&now().to_string(), body)
}

/// A request to the endpoint that Discord signed with this timestamp.
pub fn signed_at(timestamp: &str, body: impl Into<Vec<u8>>) -> HttpRequest {
    let body = body.into();
    let message = [timestamp.as_bytes(), &body].concat();
    let signature = SigningKey::from_bytes(&SECRET).sign(&message);
    HttpRequest::new("POST", "/interactions")
        .header("Content-Type", "application/json")
        .header(SIGNATURE, &hexadecimal(&signature.to_bytes()))
        .header(TIMESTAMP, timestamp)
        .body(body)
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Asks what Discord asks of an endpoint before it takes it.
pub(crate) async fn check_endpoint(address: SocketAddr, id: &str) {
    let ping = payloads::ping(id).to_string();
    let answer = signed(ping.clone()).send(address).await.expect("the endpoint can be reached");
    assert_eq!((answer.status, answer.json()["type"].as_u64()), (200, Some(1)), "the endpoint does not answer a ping");
    let forged = signed(ping).header(SIGNATURE, &"0".repeat(128)).send(address).await;
    assert_eq!(forged.expect("the endpoint can be reached").status, 401, "the endpoint takes a wrong signature");
}

/// Posts an interaction and hands the answer in.
pub(crate) async fn deliver(shared: Arc<Shared>, address: SocketAddr, sent: Sent) {
    match signed(sent.payload.to_string()).send(address).await {
        Ok(answer) if answer.status == 200 => {
            rest::answer_by_webhook(&shared, &sent, read(&answer));
        }
        other => {
            let message = match other {
                Ok(answer) => format!("The endpoint answered with status {}.", answer.status),
                Err(error) => format!("The endpoint cannot be reached: {error}."),
            };
            shared.with_exchange(&sent.token, |exchange| exchange.refuse(&Answer::refusal(502, 0, &message)));
        }
    }
}

/// Beyond about this many bytes Discord takes an answer for a failure, which it does not document.
const MAX_ANSWER: usize = 150_000;

/// Discord reads nothing but JSON and forms, and goes by the content type.
fn read(answer: &HttpAnswer) -> Body {
    let mut headers = HeaderMap::new();
    let content_type = answer.header("content-type").unwrap_or_default();
    let value = HeaderValue::from_str(content_type).expect("a header's value");
    headers.insert(header::CONTENT_TYPE, value);
    let is_known = content_type == "application/json" || content_type.starts_with("multipart/form-data");
    let is_readable = is_known && answer.body.len() <= MAX_ANSWER;
    if is_readable { Body::read(&headers, &answer.body) } else { Body::Broken }
}
