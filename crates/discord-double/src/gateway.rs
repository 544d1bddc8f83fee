//! The gateway's WebSocket: HELLO, then the client's payloads and the test's orders as they come.
//!
//! One task per connection, and it alone writes to its socket; whoever wants something sent leaves
//! an order. So a test may cut a connection in the midst of anything.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::session::{Closing, Ending, Line, Order};
use super::state::Shared;

/// How long a closed connection's peer may take to answer the close frame.
const CLOSING_GUARD: Duration = Duration::from_secs(2);

static CONNECTIONS: AtomicU64 = AtomicU64::new(1);

/// Takes a WebSocket connection.
pub(crate) async fn connect(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    upgrade: WebSocketUpgrade,
) -> Response {
    let query = query.unwrap_or_default();
    let speaks_v10 = query.split('&').any(|pair| pair == "v=10");
    upgrade.on_upgrade(move |socket| converse(shared, socket, speaks_v10))
}

async fn converse(shared: Arc<Shared>, mut socket: WebSocket, speaks_v10: bool) {
    if !speaks_v10 {
        return close(&mut socket, 4012, "Invalid API version").await;
    }
    let (orders, mut inbox) = mpsc::unbounded_channel();
    let line = Line { number: CONNECTIONS.fetch_add(1, Ordering::Relaxed), orders };
    let mut client = Client { shared, line, session: None, close_code: None };
    client.send(&client.hello());
    let ending = loop {
        let step = tokio::select! {
            order = inbox.recv() => client.obey(&mut socket, order.unwrap_or(Order::Drop)).await,
            message = socket.recv() => client.hear(message),
        };
        if let Err(ending) = step {
            break ending;
        }
    };
    client.hang_up(ending);
}

/// Sends a close frame and reads on until the peer has taken it: to hang up at once, with unread
/// bytes, would reset the connection and could swallow the frame.
async fn close(socket: &mut WebSocket, code: u16, reason: &str) {
    let frame = CloseFrame { code, reason: reason.into() };
    if socket.send(Message::Close(Some(frame))).await.is_err() {
        return;
    }
    let drain = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = timeout(CLOSING_GUARD, drain).await;
}

/// One connection's client, as far as the gateway knows it.
struct Client {
    shared: Arc<Shared>,
    line: Line,
    session: Option<String>,
    /// The code of the client's close frame.
    close_code: Option<u16>,
}

impl Client {
    fn hello(&self) -> Value {
        let interval = u64::try_from(self.shared.settings.heartbeat_interval.as_millis());
        let interval = interval.unwrap_or(u64::MAX);
        let data = json!({"heartbeat_interval": interval, "_trace": ["[\"gateway-prd-double\",{}]"]});
        json!({"op": 10, "t": null, "s": null, "d": data})
    }

    fn send(&self, payload: &Value) {
        // The inbox lives as long as this client's task, which is the one that calls this.
        let _ = self.line.orders.send(Order::Send(payload.to_string()));
    }

    async fn obey(&mut self, socket: &mut WebSocket, order: Order) -> Result<(), Ending> {
        match order {
            Order::Send(text) => {
                let sent = socket.send(Message::text(text)).await;
                sent.map_err(|_| Ending::ByBot(self.close_code))
            }
            Order::Close(code, reason) => {
                close(socket, code, &reason).await;
                Err(Ending::ByDouble)
            }
            Order::Drop => Err(Ending::ByDouble),
        }
    }

    fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), Ending> {
        match message {
            Some(Ok(Message::Text(text))) => self.receive(text.as_str()),
            // To read on until the stream ends is what answers the close frame.
            Some(Ok(Message::Close(frame))) => self.close_code = frame.map(|frame| frame.code),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(Ending::ByBot(self.close_code)),
        }
        Ok(())
    }

    fn receive(&mut self, text: &str) {
        if let Err((code, reason)) = self.take(text) {
            let _ = self.line.orders.send(Order::Close(code, reason.to_owned()));
        }
    }

    fn take(&mut self, text: &str) -> Result<(), Closing> {
        let payload: Value = serde_json::from_str(text).map_err(|_| (4002, "Error while decoding payload."))?;
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) => self.heartbeat(),
            Some(2 | 6) if self.session.is_some() => Err((4005, "Already authenticated.")),
            Some(2) => self.identify(data),
            Some(6) => self.resume(data),
            Some(3 | 4 | 8 | 31) if self.session.is_some() => Ok(()),
            Some(3 | 4 | 8 | 31) => Err((4003, "Not authenticated.")),
            _ => Err((4001, "Unknown opcode.")),
        }
    }

    // A result like that of its siblings lets `take` stay one table of opcodes.
    #[allow(clippy::unnecessary_wraps, reason = "one arm of a match whose other arms can fail")]
    fn heartbeat(&self) -> Result<(), Closing> {
        self.shared.change(|state| state.gateway.heartbeats += 1);
        self.send(&json!({"op": 11, "t": null, "s": null, "d": null}));
        Ok(())
    }

    fn identify(&mut self, data: &Value) -> Result<(), Closing> {
        let url = self.shared.gateway_url();
        let settings = &self.shared.settings;
        let line = &self.line;
        let session = self.shared.change(|state| state.gateway.identify(settings, &url, line, data))?;
        self.session = Some(session);
        Ok(())
    }

    fn resume(&mut self, data: &Value) -> Result<(), Closing> {
        let settings = &self.shared.settings;
        let line = &self.line;
        self.session = self.shared.change(|state| state.gateway.resume(settings, line, data))?;
        if self.session.is_none() {
            self.send(&json!({"op": 9, "t": null, "s": null, "d": false}));
        }
        Ok(())
    }

    fn hang_up(&self, ending: Ending) {
        self.shared.change(|state| state.gateway.hang_up(&self.line, ending));
    }
}
