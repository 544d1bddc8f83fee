//! The double as the caller of a webhook: what it takes for an answer, and that a test built on it
//! can fail.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::bot::http;
use discord_double::openapi::OpenApi;
use discord_double::{APPLICATION_ID, CallbackReply, DiscordDouble, Interaction};

/// How an endpoint treats signatures.
#[derive(Clone, Copy)]
enum Signatures {
    /// As somebody would who has not read the documentation.
    Ignored,
    /// Refuses the one with which Discord tests an endpoint.
    Looked,
}

/// Starts an endpoint that gives every interaction the same answer.
async fn endpoint(signatures: Signatures, answer: (StatusCode, &'static str, String)) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
    let address = listener.local_addr().expect("an address");
    let serve = move |headers: HeaderMap, body: Bytes| async move {
        let is_forged = headers["x-signature-ed25519"].as_bytes().iter().all(|&digit| digit == b'0');
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        let (status, content_type, text) = match (signatures, is_forged) {
            (Signatures::Looked, true) => (StatusCode::UNAUTHORIZED, "text/plain", String::new()),
            _ if body["type"] == 1 => (StatusCode::OK, "application/json", json!({"type": 1}).to_string()),
            _ => answer,
        };
        (status, [(header::CONTENT_TYPE, content_type)], text).into_response()
    };
    let router = Router::new().route("/interactions", post(serve));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn answered(discord: &DiscordDouble, answer: &Value) -> CallbackReply {
    let answer = (StatusCode::OK, "application/json", answer.to_string());
    discord.set_interactions_endpoint(endpoint(Signatures::Looked, answer).await).await;
    discord.interact(Interaction::command("ask")).await
}

#[tokio::test]
async fn the_answer_counts_as_the_callback() {
    let discord = DiscordDouble::start().await;
    let reply = answered(&discord, &json!({"type": 4, "data": {"content": "hello"}})).await;
    assert_eq!(reply.content(), "hello");
    let http = http(&discord, discord.token());
    http.set_application_id(APPLICATION_ID.parse().expect("an id"));
    let original = http.get_original_interaction_response(&reply.sent.token).await;
    assert_eq!(original.expect("the original").content, "hello");
    let second = json!({"type": 4, "data": {"content": "again"}});
    let id = reply.sent.id.parse().expect("an id");
    assert!(http.create_interaction_response(id, &reply.sent.token, &second, Vec::new()).await.is_err());
}

#[tokio::test]
#[should_panic(expected = "data.content: Must be 2000 or fewer in length.")]
async fn a_wrong_body_fails_the_test_in_the_end() {
    let discord = DiscordDouble::start().await;
    let answer = json!({"type": 4, "data": {"content": "x".repeat(2001)}}).to_string();
    let address = endpoint(Signatures::Looked, (StatusCode::OK, "application/json", answer)).await;
    discord.set_interactions_endpoint(address).await;
    let sent = discord.send(Interaction::command("ask")).await;
    assert!(discord.wait_for_answer(&sent).await.is_err());
}

#[tokio::test]
#[should_panic(expected = "the double refused the callback of interaction")]
async fn a_wrong_body_fails_the_test_at_once() {
    let discord = DiscordDouble::start().await;
    answered(&discord, &json!({"type": 4, "data": {"content": "x".repeat(2001)}})).await;
}

#[tokio::test]
async fn a_body_against_discords_own_description_is_a_violation() {
    let discord = DiscordDouble::start().await;
    let answer = json!({"type": 4, "data": {"content": "hello", "tts": "no"}}).to_string();
    let address = endpoint(Signatures::Looked, (StatusCode::OK, "application/json", answer)).await;
    discord.set_interactions_endpoint(address).await;
    let sent = discord.send(Interaction::command("ask")).await;
    assert_eq!(discord.wait_for_answer(&sent).await.is_err(), OpenApi::shared().is_some());
    let violations = discord.take_violations();
    assert_eq!(violations.is_empty(), OpenApi::shared().is_none(), "{violations:?}");
    assert!(violations.iter().all(|line| line.contains("/data/tts")), "{violations:?}");
}

#[tokio::test]
#[should_panic(expected = "The request body contains invalid JSON.")]
async fn an_answer_that_is_not_json_is_none() {
    let discord = DiscordDouble::start().await;
    let answer = json!({"type": 4, "data": {"content": "hello"}}).to_string();
    let address = endpoint(Signatures::Looked, (StatusCode::OK, "text/plain", answer)).await;
    discord.set_interactions_endpoint(address).await;
    discord.interact(Interaction::command("ask")).await;
}

const FORM: &str = "multipart/form-data; boundary=b";

/// A form with a file of this content.
fn form(content: &str) -> String {
    let json = json!({"type": 4, "data": {"attachments": [{"id": 0, "filename": "a.txt"}]}});
    let file = "Content-Disposition: form-data; name=\"files[0]\"; filename=\"a.txt\"";
    let payload = "Content-Disposition: form-data; name=\"payload_json\"";
    format!("--b\r\n{file}\r\n\r\n{content}\r\n--b\r\n{payload}\r\n\r\n{json}\r\n--b--\r\n")
}

#[tokio::test]
async fn an_answer_may_be_a_form_with_a_file() {
    let discord = DiscordDouble::start().await;
    let address = endpoint(Signatures::Looked, (StatusCode::OK, FORM, form("here --b is none\r\n"))).await;
    discord.set_interactions_endpoint(address).await;
    let reply = discord.interact(Interaction::command("ask")).await;
    assert_eq!(reply.files()[0].text(), "here --b is none\r\n");
}

#[tokio::test]
async fn a_form_that_is_too_long_or_has_no_end_is_no_answer() {
    let discord = DiscordDouble::start().await;
    for answer in [form(&"x".repeat(150_000)), form("x").replace("--b--", "")] {
        let address = endpoint(Signatures::Looked, (StatusCode::OK, FORM, answer)).await;
        discord.set_interactions_endpoint(address).await;
        let sent = discord.send(Interaction::command("ask")).await;
        assert!(discord.wait_for_answer(&sent).await.is_err());
    }
}

#[tokio::test]
#[should_panic(expected = "The endpoint answered with status 500.")]
async fn an_error_is_no_answer() {
    let discord = DiscordDouble::start().await;
    let answer = (StatusCode::INTERNAL_SERVER_ERROR, "text/plain", String::new());
    discord.set_interactions_endpoint(endpoint(Signatures::Looked, answer).await).await;
    discord.interact(Interaction::command("ask")).await;
}

#[tokio::test]
#[should_panic(expected = "the endpoint takes a wrong signature")]
async fn an_endpoint_that_takes_any_signature_is_not_accepted() {
    let discord = DiscordDouble::start().await;
    let answer = (StatusCode::OK, "application/json", String::new());
    discord.set_interactions_endpoint(endpoint(Signatures::Ignored, answer).await).await;
}

#[tokio::test]
async fn a_token_is_good_for_fifteen_minutes() {
    let discord = DiscordDouble::start().await;
    let reply = answered(&discord, &json!({"type": 4, "data": {"content": "hello"}})).await;
    let http = http(&discord, discord.token());
    http.set_application_id(APPLICATION_ID.parse().expect("an id"));
    let edit = json!({"content": "later"});
    let token = &reply.sent.token;
    discord.expire(&reply.sent);
    http.edit_original_interaction_response(token, &edit, Vec::new())
        .await
        .expect("three seconds are for the callback");
    discord.expire_token(&reply.sent);
    let codes = [
        http.edit_original_interaction_response(token, &edit, Vec::new()).await.expect_err("expired").to_string(),
        http.create_followup_message(token, &edit, Vec::new()).await.expect_err("expired").to_string(),
    ];
    assert_eq!(codes, ["Invalid Webhook Token"; 2]);
}
