//! One shard's connection, and everything that can happen to it.

use serde_json::{Value, json};

use crate::sessions::Order;
use crate::state::Shared;

/// A shard's connection to the gateway, for a test to disturb. It must have identified, and all
/// methods except [`dispatch`](Self::dispatch) need it to be connected.
#[must_use]
pub struct Shard<'a>(pub(super) &'a Shared, pub(super) u64);

impl Shard<'_> {
    /// Cuts the connection without a close frame. The session can be resumed.
    pub fn drop_connection(&self) {
        self.order(Order::Drop);
    }

    /// Closes the connection with a code, such as 4014.
    pub fn close(&self, code: u16) {
        self.order(Order::Close(code, ""));
    }

    /// Closes the connection with a code and a reason.
    pub fn close_with(&self, code: u16, reason: &'static str) {
        self.order(Order::Close(code, reason));
    }

    /// Sends nothing more on this connection, not even an answer to a heartbeat.
    pub fn fall_silent(&self) {
        self.order(Order::Silence);
    }

    /// Asks the bot to reconnect and resume.
    pub fn request_reconnect(&self) {
        self.order(Order::payload(7, &Value::Null));
    }

    /// Asks the bot for a heartbeat.
    pub fn request_heartbeat(&self) {
        self.order(Order::payload(1, &Value::Null));
    }

    /// Declares the session invalid. Unless `resumable`, it is gone for good.
    pub fn invalidate_session(&self, resumable: bool) {
        self.order(Order::payload(9, &json!(resumable)));
        if !resumable {
            self.0.change(|state| state.gateway.forget(self.1));
        }
    }

    /// Forgets the session, so that it cannot be resumed.
    pub fn forget(&self) {
        self.0.change(|state| state.gateway.forget(self.1));
    }

    /// Sends any event with its sequence number, even a malformed one.
    pub fn dispatch(&self, event: &str, data: &Value) {
        self.0.change(|state| state.gateway.dispatch(self.1, event, |_| Some(data.clone())));
    }

    fn order(&self, order: Order) {
        let is_taken = self.0.change(|state| state.gateway.order(self.1, order));
        assert!(is_taken, "shard {} is not connected; wait until it is ready first", self.1);
    }
}
