//! A bot written by hand: one connection to the gateway, and requests.

use std::time::Duration;

use discord_double::{DiscordDouble, Sent};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// The longest wait for the double.
const GUARD: Duration = Duration::from_secs(10);

pub(super) struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    pub(super) async fn connect(url: &str, query: &str) -> Result<Self, Error> {
        Ok(Self(connect_async(format!("{}/?{query}", url.replace("http", "ws"))).await?.0))
    }

    /// Connects, identifies and waits for READY.
    pub(super) async fn start(discord: &DiscordDouble, intents: u64) -> Self {
        Self::start_at(&discord.url(), discord.token(), intents).await
    }

    pub(super) async fn start_at(url: &str, token: &str, intents: u64) -> Self {
        let mut client = Self::connect(url, "v=10").await.unwrap();
        assert_eq!(client.next().await["op"], 10);
        client.send(2, &json!({"token": token, "intents": intents})).await;
        assert_eq!(client.next().await["t"], "READY");
        client
    }

    pub(super) async fn say(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    pub(super) async fn send(&mut self, op: u64, data: &Value) {
        self.say(&json!({"op": op, "d": data}).to_string()).await;
    }

    /// The next payload, or the code of the close frame.
    pub(super) async fn next(&mut self) -> Value {
        match timeout(GUARD, self.0.next()).await.expect("the double says something") {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            Some(Ok(Message::Close(frame))) => json!({"closed": frame.map(|frame| u16::from(frame.code))}),
            _ => json!({"closed": null}),
        }
    }
}

pub(super) async fn ask(discord: &DiscordDouble, method: &str, path: &str, body: &Value) -> (u16, u64, Value) {
    ask_at(&discord.url(), discord.token(), method, path, body).await
}

/// The status, Discord's code, and the whole answer.
pub(super) async fn ask_at(url: &str, token: &str, method: &str, path: &str, body: &Value) -> (u16, u64, Value) {
    let request = reqwest::Client::new().request(method.parse().unwrap(), format!("{url}/api/v10{path}"));
    let request = request.header("Authorization", format!("Bot {token}"));
    let request = if body.is_null() { request } else { request.body(body.to_string()) };
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default();
    (status, answer["code"].as_u64().unwrap_or_default(), answer)
}

pub(super) async fn call_back(discord: &DiscordDouble, sent: &Sent, body: &Value) -> (u16, u64, Value) {
    ask(discord, "POST", &format!("/interactions/{}/{}/callback", sent.id, sent.token), body).await
}

pub(super) fn hello() -> Value {
    json!({"type": 4, "data": {"content": "hello"}})
}
