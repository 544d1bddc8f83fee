//! What a test gets to see of an interaction: that it was sent, and how the bot answered.

use serde_json::Value;

use super::body::UploadedFile;
use super::exchange::Exchange;
use super::form::items;
use super::interaction::Interaction;

const EPHEMERAL: u64 = 1 << 6;

/// An interaction that was issued.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its snowflake.
    pub id: String,
    /// The token that entitles to answer it.
    pub token: String,
    /// The whole data of the `INTERACTION_CREATE` event, which is also the body of a webhook's
    /// call.
    pub payload: Value,
}

impl Sent {
    /// The interaction with this payload.
    pub(crate) fn of(payload: &Value) -> Self {
        let text = |field: &str| payload[field].as_str().unwrap_or_default().to_owned();
        Self { id: text("id"), token: text("token"), payload: payload.clone() }
    }
}

/// The callback with which the bot answered an interaction.
#[derive(Clone, Debug)]
pub struct CallbackReply {
    /// The callback's body, as sent.
    pub body: Value,
    /// The message that the callback made or changed, as Discord holds it.
    pub message: Option<Value>,
    files: Vec<UploadedFile>,
    /// The interaction it answers.
    pub sent: Sent,
}

impl CallbackReply {
    /// The callback's type: 4 a message, 5 deferred, 6 and 7 an update, 8 choices, 9 a modal.
    pub fn kind(&self) -> u64 {
        self.body["type"].as_u64().unwrap_or_default()
    }

    /// The text of the message, empty if it has none.
    pub fn content(&self) -> &str {
        self.body["data"]["content"].as_str().unwrap_or_default()
    }

    /// The embeds of the message.
    pub fn embeds(&self) -> &[Value] {
        items(&self.body["data"]["embeds"])
    }

    /// The choices of an autocomplete's answer.
    pub fn choices(&self) -> &[Value] {
        items(&self.body["data"]["choices"])
    }

    /// The buttons and selects of the message, without their rows.
    pub fn components(&self) -> Vec<&Value> {
        let rows = items(&self.body["data"]["components"]).iter();
        rows.flat_map(|row| items(&row["components"])).collect()
    }

    /// The text of the first embed, empty if it has none.
    pub fn description(&self) -> &str {
        self.body["data"]["embeds"][0]["description"].as_str().unwrap_or_default()
    }

    /// Someone uses the button with this label, or the menu with this prompt.
    ///
    /// # Panics
    ///
    /// Panics if the message has none.
    pub fn press(&self, label: &str) -> Interaction {
        let labelled = |component: &&Value| component["label"] == label || component["placeholder"] == label;
        let component = self.components().into_iter().find(labelled);
        let component = component.unwrap_or_else(|| panic!("no component {label:?} in {}", self.body));
        let custom_id = component["custom_id"].as_str().expect("a custom id is a text");
        Interaction::component(custom_id).on_message(self.message.as_ref().expect("the callback made a message"))
    }

    /// The files that came with the callback.
    pub fn files(&self) -> &[UploadedFile] {
        &self.files
    }

    /// Whether only the invoking member sees the message.
    pub fn is_ephemeral(&self) -> bool {
        self.body["data"]["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0
    }
}

/// What became of an interaction: nothing yet, a reply, or why the double refused the callback.
pub(crate) fn outcome(exchange: &Exchange) -> Option<Result<CallbackReply, String>> {
    if let Some(body) = &exchange.callback {
        return Some(Ok(CallbackReply {
            body: body.clone(),
            message: exchange.original.clone(),
            files: exchange.files.clone(),
            sent: Sent::of(&exchange.payload),
        }));
    }
    let refusal = exchange.refusal.as_ref()?;
    let body = refusal.body.clone().unwrap_or_default();
    Some(Err(format!("{} {body}", refusal.status)))
}
