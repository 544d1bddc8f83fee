//! One shard's gateway connection in a test's hands: what goes wrong there in the open, on order.

use serde_json::{Value, json};

use super::session::Order;
use super::state::Shared;

/// A shard to be disturbed. It must have identified, and all but
/// [`dispatch`](Shard::dispatch) need it connected.
#[must_use]
pub struct Shard<'a> {
    shared: &'a Shared,
    number: u64,
}

impl<'a> Shard<'a> {
    /// The shard with this number.
    pub(crate) fn new(shared: &'a Shared, number: u64) -> Self {
        Self { shared, number }
    }

    /// Cuts the connection without a close frame; the session can be resumed.
    pub fn drop_connection(&self) {
        self.order(Order::Drop);
    }

    /// Closes the connection with a code, such as 4014; the session stays, as far as it matters.
    pub fn close(&self, code: u16) {
        self.order(Order::Close(code, String::new()));
    }

    /// Asks the bot to reconnect and resume (op 7).
    pub fn request_reconnect(&self) {
        self.payload(&json!({"op": 7, "t": null, "s": null, "d": null}));
    }

    /// Declares the session invalid (op 9); unless `resumable`, it is gone for good.
    pub fn invalidate_session(&self, resumable: bool) {
        self.payload(&json!({"op": 9, "t": null, "s": null, "d": resumable}));
        if !resumable {
            self.shared.change(|state| state.gateway.forget(self.number));
        }
    }

    /// Sends any event, with its sequence number: one that no library knows, or a malformed one.
    pub fn dispatch(&self, event: &str, data: &Value) {
        self.shared.change(|state| state.gateway.dispatch(self.number, event, data));
    }

    /// Sends a text that need not even be JSON.
    pub fn send_raw(&self, text: &str) {
        self.order(Order::Send(text.to_owned()));
    }

    /// Whether the shard is connected and identified.
    pub fn is_connected(&self) -> bool {
        self.shared.look(|state| state.gateway.connected().contains(&self.number))
    }

    fn payload(&self, payload: &Value) {
        self.order(Order::Send(payload.to_string()));
    }

    fn order(&self, order: Order) {
        let number = self.number;
        let obeyed = self.shared.change(|state| state.gateway.order(number, order));
        assert!(obeyed, "shard {number} is not connected; wait until it is ready first");
    }
}
