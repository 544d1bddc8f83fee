use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use discord_double::{CallbackReply, DiscordDouble, Interaction, sign};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::client::hello;

const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data; boundary=b";

/// Starts an endpoint that gives every interaction the same answer.
async fn endpoint(checks: bool, status: u16, content_type: &'static str, body: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serve = async move |headers: HeaderMap, bytes: Bytes| {
        let expected = sign(headers["x-signature-timestamp"].to_str().unwrap(), &bytes);
        let interaction: Value = serde_json::from_slice(&bytes).unwrap();
        let (status, body) = match interaction["type"].as_u64() {
            _ if checks && headers["x-signature-ed25519"] != expected => (401, String::new()),
            Some(1) => (200, "{\"type\":1}".to_owned()),
            _ => (status, body),
        };
        (StatusCode::from_u16(status).unwrap(), [("content-type", content_type)], body)
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/interactions", post(serve))).await });
    address
}

async fn answered(
    discord: &DiscordDouble,
    status: u16,
    content_type: &'static str,
    body: String,
) -> Result<CallbackReply, String> {
    discord.set_interactions_endpoint(endpoint(true, status, content_type, body).await).await;
    let sent = discord.send(Interaction::command("ask")).await;
    discord.wait_for_answer(&sent).await
}

#[tokio::test]
async fn an_answer_counts_as_the_callback() {
    let discord = DiscordDouble::start().await;
    assert_eq!(answered(&discord, 200, JSON, hello().to_string()).await.unwrap().content(), "hello");
    let head = "--b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.txt\"\r\n\r\n";
    let payload = "\r\n--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n";
    let json = json!({"type": 4, "data": {"attachments": [{"id": 0, "filename": "a.txt"}]}});
    let form = |content: &str| format!("{head}{content}{payload}{json}\r\n--b--\r\n");
    let reply = answered(&discord, 200, FORM, form("here --b is none\r\n")).await.unwrap();
    assert_eq!(reply.files()[0].text(), "here --b is none\r\n");
    assert!(answered(&discord, 200, FORM, form(&"x".repeat(150_000))).await.is_err());
}

#[tokio::test]
async fn what_is_not_an_answer_is_refused() {
    let discord = DiscordDouble::start().await;
    let long = json!({"type": 4, "data": {"content": "x".repeat(2001)}}).to_string();
    for (status, content_type, body, wanted) in [
        (500, JSON, hello().to_string(), "The endpoint answered with status 500."),
        (200, "text/plain", hello().to_string(), "The request body contains invalid JSON."),
        (200, JSON, long, "Must be 2000 or fewer in length."),
    ] {
        let refusal = answered(&discord, status, content_type, body).await.expect_err(wanted);
        assert!(refusal.contains(wanted), "{refusal}");
    }
    assert_eq!(discord.take_violations().len(), 1);
}

#[tokio::test]
#[should_panic(expected = "the double refused the callback of interaction")]
async fn a_wrong_body_fails_the_test_at_once() {
    let discord = DiscordDouble::start().await;
    discord.set_interactions_endpoint(endpoint(true, 200, JSON, "{\"type\":8}".to_owned()).await).await;
    discord.interact(Interaction::command("ask")).await;
}

#[tokio::test]
#[should_panic(expected = "the endpoint takes a wrong signature")]
async fn an_endpoint_that_takes_any_signature_is_not_accepted() {
    let address = endpoint(false, 200, JSON, String::new()).await;
    DiscordDouble::start().await.set_interactions_endpoint(address).await;
}
