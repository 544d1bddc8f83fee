//! One interaction and what the bot may do with its token.
//!
//! Discord's rules of time and order are enforced here: one callback, within three seconds, of a
//! type that suits the interaction.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::body::{Body, UploadedFile};
use crate::interaction::{COMMAND, COMPONENT, Interaction, MODAL, find_component};
use crate::objects;
use crate::schema::{Violation, items};

/// How long Discord waits for a callback.
const CALLBACK_DEADLINE: Duration = Duration::from_secs(3);

/// An interaction that was issued.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its snowflake.
    pub id: String,
    /// The token that allows the bot to answer it.
    pub token: String,
    /// All the data of the `INTERACTION_CREATE` event. A webhook receives the same.
    pub payload: Value,
}

/// The callback with which the bot answered an interaction.
#[derive(Clone, Debug)]
pub struct CallbackReply {
    /// The callback's body, as sent.
    pub body: Value,
    /// The message that the callback made or changed, as Discord holds it.
    pub message: Option<Value>,
    /// The interaction that it answers.
    pub sent: Sent,
    files: Vec<UploadedFile>,
}

impl CallbackReply {
    /// The text of the message, empty if it has none.
    pub fn content(&self) -> &str {
        self.body["data"]["content"].as_str().unwrap_or_default()
    }

    /// The text of the first embed, empty if it has none.
    pub fn description(&self) -> &str {
        self.body["data"]["embeds"][0]["description"].as_str().unwrap_or_default()
    }

    /// Someone fills in the form with which the bot answered: this text in the field of this name.
    pub fn submit(&self, field: &str, text: &str) -> Interaction {
        self.submit_all(&[(field, text)])
    }

    /// Someone fills in the form with which the bot answered: these texts in the fields of these
    /// names. What the bot has filled in stays.
    pub fn submit_all(&self, filled: &[(&str, &str)]) -> Interaction {
        Interaction::form(&self.body["data"], filled)
    }

    /// The choices in an autocomplete answer.
    pub fn choices(&self) -> &[Value] {
        items(&self.body["data"]["choices"])
    }

    /// The files that came with the callback.
    pub fn files(&self) -> &[UploadedFile] {
        &self.files
    }

    /// Someone uses the button with this label, or the menu with this prompt.
    pub fn press(&self, label: &str) -> Interaction {
        let press = self.message.as_ref().and_then(|message| press(message, label));
        press.unwrap_or_else(|| panic!("no component {label:?} in {}", self.body))
    }
}

/// Someone uses the button with this label or emoji, or the menu with this prompt, on a message
/// that has it.
pub(crate) fn press(message: &Value, label: &str) -> Option<Interaction> {
    let is_meant = |component: &Value| {
        [&component["label"], &component["placeholder"], &component["emoji"]["name"]].iter().any(|name| **name == label)
    };
    let component = find_component(&message["components"], &is_meant)?;
    Some(Interaction::component(component["custom_id"].as_str()?).on_message(message))
}

/// An interaction that was issued, its result, and the id of the original answer.
pub(crate) struct Exchange {
    pub(crate) sent: Sent,
    pub(crate) outcome: Option<Result<CallbackReply, String>>,
    pub(crate) original: Value,
    issued: Instant,
}

impl Exchange {
    pub(crate) fn new(payload: Value) -> Self {
        let text = |field: &str| payload[field].as_str().unwrap_or_default().to_owned();
        let sent = Sent { id: text("id"), token: text("token"), payload };
        Self { sent, outcome: None, original: Value::Null, issued: Instant::now() }
    }

    /// Notes that the answer was refused, unless one was already accepted or refused.
    pub(crate) fn refuse(&mut self, refusal: &Answer) {
        self.outcome.get_or_insert_with(|| Err(format!("{} {}", refusal.status, refusal.body)));
    }

    /// Accepts a callback whose form is correct, or refuses it as Discord would. A message that
    /// it makes or changes goes into `messages`. If `full`, the answer contains that message.
    pub(crate) fn accept(&mut self, body: &Body, messages: &mut Vec<Value>, new_id: &str, full: bool) -> Answer {
        if let Some(refusal) = self.check_turn(&body.json["type"]) {
            self.refuse(&refusal);
            return refusal;
        }
        let message = self.message_after(body, new_id);
        if let Some(message) = &message {
            self.original = message["id"].clone();
            messages.retain(|old| old["id"] != message["id"]);
            messages.push(message.clone());
        }
        let Body { json: body, files } = body.clone();
        // Discord's answer to a callback that asks for it with `with_response`.
        let mut response = json!({"interaction": {"id": self.sent.id, "type": self.sent.payload["type"]}});
        if let Some(message) = message.as_ref().filter(|_| body["type"] == 4 || body["type"] == 7) {
            response["interaction"]["response_message_id"] = message["id"].clone();
            response["resource"] = json!({"type": body["type"], "message": message});
        }
        self.outcome = Some(Ok(CallbackReply { body, message, sent: self.sent.clone(), files }));
        if full { Answer::ok(response) } else { Answer::no_content() }
    }

    fn check_turn(&self, callback: &Value) -> Option<Answer> {
        let allowed: &[u64] = match self.sent.payload["type"].as_u64() {
            Some(COMMAND) => &[4, 5, 9, 12],
            Some(COMPONENT) => &[4, 5, 6, 7, 9, 12],
            Some(MODAL) => &[4, 5],
            _ => &[8],
        };
        if self.issued.elapsed() > CALLBACK_DEADLINE {
            return Some(unknown_interaction());
        }
        if matches!(self.outcome, Some(Ok(_))) {
            return Some(Answer::refusal(400, 40060, "Interaction has already been acknowledged."));
        }
        // Discord does not document its wording here; only the code and the path matter.
        let wrong = Violation::new("type", format!("Value must be one of {allowed:?} for this interaction."));
        allowed.iter().all(|kind| callback != kind).then(|| Answer::invalid_form(&[wrong]))
    }

    fn message_after(&self, body: &Body, new_id: &str) -> Option<Value> {
        let (interaction, data) = (&self.sent.payload, body.data());
        match body.json["type"].as_u64()? {
            4 => Some(objects::answer_message(new_id, interaction, &data)),
            5 => Some(objects::loading_message(new_id, interaction, &data)),
            6 => interaction.get("message").cloned(),
            7 => interaction.get("message").map(|pressed| objects::edited(pressed.clone(), &data)),
            _ => None,
        }
    }
}

/// The refusal of a callback that nobody is waiting for.
pub(crate) fn unknown_interaction() -> Answer {
    Answer::refusal(404, 10062, "Unknown interaction")
}
