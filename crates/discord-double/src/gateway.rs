//! The gateway's WebSocket: HELLO, then the client's payloads and the double's orders as they
//! arrive.
//!
//! Each connection has one task, and only that task writes to its socket. Other code that wants
//! something sent leaves an order. So a test can cut a connection in the middle of anything.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::timeout;

use crate::answer::Answer;
use crate::sessions::{Closing, Line, Order};
use crate::state::Shared;

/// How long the peer of a closed connection may take to answer the close frame.
const CLOSING_GUARD: Duration = Duration::from_secs(2);

/// Accepts a WebSocket connection, or refuses it with the status that a test ordered.
pub(crate) async fn connect(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if let Some(status) = shared.change(|state| state.refused_handshakes.pop()) {
        return Answer::bare(status).into_response();
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let speaks_v10 = query.unwrap_or_default().split('&').any(|pair| pair == "v=10");
    upgrade.on_upgrade(move |socket| converse(shared, socket, host, speaks_v10))
}

async fn converse(shared: Arc<Shared>, mut socket: WebSocket, host: String, speaks_v10: bool) {
    let is_ignored = shared.change(|state| {
        let ignored = &mut state.ignored_connections;
        std::mem::replace(ignored, ignored.saturating_sub(1)) > 0
    });
    if is_ignored {
        while let Some(Ok(_)) = socket.recv().await {}
        return;
    }
    if !speaks_v10 {
        return close(&mut socket, 4012, "Invalid API version.").await;
    }
    let (line, mut orders) = unbounded_channel();
    let interval = shared.settings.heartbeat_interval;
    let mut client = Client { shared, line, host, has_session: false };
    let (mut is_silent, mut close_code) = (false, None);
    client.send(10, &json!({"heartbeat_interval": u64::try_from(interval.as_millis()).unwrap_or(u64::MAX)}));
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(Order::Silence) => is_silent = true,
                Some(Order::Send(text)) => if !is_silent && socket.send(Message::text(text)).await.is_err() { break },
                Some(Order::Close(code, reason)) => return close(&mut socket, code, reason).await,
                Some(Order::Drop) | None => return,
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => client.receive(&text),
                // The close frame is answered by reading on until the stream ends.
                Some(Ok(Message::Close(frame))) => close_code = frame.map(|frame| frame.code),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
        }
    }
    client.shared.change(|state| state.gateway.depart(&client.line, close_code));
}

/// Sends a close frame and reads on until the peer has received it. Closing at once, with unread
/// bytes, would reset the connection and could lose the frame.
async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: reason.into() };
    if socket.send(Message::Close(Some(frame))).await.is_ok() {
        let drain = async { while let Some(Ok(_)) = socket.recv().await {} };
        let _ = timeout(CLOSING_GUARD, drain).await;
    }
}

/// What the gateway knows about one connection's client.
struct Client {
    shared: Arc<Shared>,
    line: Line,
    /// The host that it connected to.
    host: String,
    has_session: bool,
}

impl Client {
    fn order(&self, order: Order) {
        // The task that calls this also reads the orders.
        let _ = self.line.send(order);
    }

    fn send(&self, op: u64, data: &Value) {
        self.order(Order::payload(op, data));
    }

    fn receive(&mut self, text: &str) {
        if let Err((code, reason)) = self.take(text) {
            self.order(Order::Close(code, reason));
        }
    }

    fn take(&mut self, text: &str) -> Result<(), Closing> {
        let payload: Value = serde_json::from_str(text).map_err(|_| (4002, "Error while decoding payload."))?;
        let (shared, line, data) = (&self.shared, &self.line, &payload["d"]);
        match payload["op"].as_u64() {
            Some(1) => self.send(11, &Value::Null),
            Some(2 | 6) if self.has_session => return Err((4005, "Already authenticated.")),
            Some(2) => {
                let (is_granted, url) = (shared.settings.privileged_intents, shared.resume_url());
                shared.change(|state| {
                    if !state.gateway.count_start(shared.settings.session_starts) {
                        state.violations.push("a session was started beyond session_start_limit".to_owned());
                    }
                    state.gateway.identify(is_granted, &url, line, data)
                })?;
                self.has_session = true;
            }
            Some(6) => {
                self.has_session = shared.change(|state| state.gateway.resume(&self.host, line, data))?;
                if !self.has_session {
                    self.send(9, &json!(false));
                }
            }
            Some(3 | 4 | 8 | 31) if self.has_session => {}
            Some(3 | 4 | 8 | 31) => return Err((4003, "Not authenticated.")),
            _ => return Err((4001, "Unknown opcode.")),
        }
        Ok(())
    }
}
