//! One interaction and everything that the bot may do with its token: the callback, the original
//! answer, the follow-ups.
//!
//! Discord's rules of time and order live here: one callback, within three seconds, of a type that
//! suits the interaction; and an original answer only after a callback made one.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::answer::Answer;
use super::body::UploadedFile;
use super::form::FormErrors;
use super::payloads;

/// How long Discord waits for a callback.
pub(crate) const CALLBACK_DEADLINE: Duration = Duration::from_secs(3);
/// How long an interaction's token is good for edits and follow-ups.
pub(crate) const TOKEN_LIFETIME: Duration = Duration::from_mins(15);
const COMMAND: u64 = 2;
const COMPONENT: u64 = 3;
const AUTOCOMPLETE: u64 = 4;
const MODAL_SUBMIT: u64 = 5;

/// An interaction that was issued, and what came of it.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// The interaction's snowflake.
    pub(crate) id: String,
    /// The token that entitles to answer.
    pub(crate) token: String,
    /// Discord's number of the interaction's type.
    pub(crate) kind: u64,
    /// The whole data of the `INTERACTION_CREATE` event.
    pub(crate) payload: Value,
    /// The callback that was accepted.
    pub(crate) callback: Option<Value>,
    /// The files that came with it.
    pub(crate) files: Vec<UploadedFile>,
    /// The answer to the first callback that was refused.
    pub(crate) refusal: Option<Answer>,
    /// The original answer as it stands.
    pub(crate) original: Option<Value>,
    /// The follow-up messages, oldest first.
    pub(crate) followups: Vec<Value>,
    issued: Instant,
    /// How much older it is than the clock says.
    aged: Duration,
}

impl Exchange {
    /// An interaction that is being sent now.
    pub(crate) fn new(payload: Value) -> Self {
        let text = |field: &str| payload[field].as_str().unwrap_or_default().to_owned();
        Self {
            id: text("id"),
            token: text("token"),
            kind: payload["type"].as_u64().unwrap_or_default(),
            payload,
            callback: None,
            files: Vec::new(),
            refusal: None,
            original: None,
            followups: Vec::new(),
            issued: Instant::now(),
            aged: Duration::ZERO,
        }
    }

    /// Makes the interaction older than it is.
    pub(crate) fn age(&mut self, by: Duration) {
        self.aged += by;
    }

    fn elapsed(&self) -> Duration {
        self.issued.elapsed() + self.aged
    }

    /// Whether the token is still good for edits and follow-ups.
    pub(crate) fn has_valid_token(&self) -> bool {
        self.elapsed() <= TOKEN_LIFETIME
    }

    /// Notes that the answer was refused, unless one was taken or refused before.
    pub(crate) fn refuse(&mut self, refusal: &Answer) {
        if self.callback.is_none() {
            self.refusal.get_or_insert_with(|| refusal.clone());
        }
    }

    /// Takes a callback, whose form is in order, or refuses it as Discord would.
    pub(crate) fn accept(&mut self, body: &Value, files: &[UploadedFile], message_id: &str) -> Result<(), Answer> {
        let accepted = self.check_turn(body);
        if let Err(refusal) = &accepted {
            self.refusal.get_or_insert_with(|| refusal.clone());
            return accepted;
        }
        self.original = self.original_after(body, message_id);
        if let Some(message) = &mut self.original {
            payloads::attach(message, &body["data"]["attachments"], files);
        }
        self.files = files.to_vec();
        self.callback = Some(body.clone());
        Ok(())
    }

    fn check_turn(&self, body: &Value) -> Result<(), Answer> {
        if self.elapsed() > CALLBACK_DEADLINE {
            return Err(unknown_interaction());
        }
        if self.callback.is_some() {
            let message = "Interaction has already been acknowledged.";
            return Err(Answer::refusal(400, 40060, message));
        }
        self.check_type(body["type"].as_u64().unwrap_or_default())
    }

    fn check_type(&self, callback_type: u64) -> Result<(), Answer> {
        let allowed: &[u64] = match self.kind {
            COMMAND => &[4, 5, 9, 12],
            COMPONENT => &[4, 5, 6, 7, 9, 12],
            AUTOCOMPLETE => &[8],
            MODAL_SUBMIT if self.payload["message"].is_object() => &[4, 5, 6, 7, 12],
            MODAL_SUBMIT => &[4, 5, 12],
            _ => &[1],
        };
        if allowed.contains(&callback_type) {
            return Ok(());
        }
        // Discord's wording for this case is not documented; the code and the path are what counts.
        let mut errors = FormErrors::default();
        let message = format!("Value must be one of {allowed:?} for this interaction.");
        errors.add("type", "INTERACTION_CALLBACK_TYPE_INVALID", message);
        Err(Answer::invalid_form(&errors.nested()))
    }

    fn original_after(&self, body: &Value, message_id: &str) -> Option<Value> {
        let data = &body["data"];
        let clicked = || self.payload.get("message").cloned();
        match body["type"].as_u64()? {
            4 => Some(payloads::message(message_id, self, data)),
            5 => Some(payloads::loading_message(message_id, self, data)),
            6 => clicked(),
            7 => clicked().map(|mut message| {
                payloads::edit(&mut message, data);
                payloads::mark_edited(&mut message);
                message
            }),
            _ => None,
        }
    }

    /// `GET …/messages/@original`.
    pub(crate) fn read_original(&self) -> Answer {
        if self.callback.is_none() {
            return unknown_webhook();
        }
        self.original.clone().map_or_else(unknown_message, Answer::ok)
    }

    /// `PATCH …/messages/@original`.
    pub(crate) fn edit_original(&mut self, body: &Value) -> Answer {
        if self.callback.is_none() {
            return unknown_webhook();
        }
        let Some(message) = &mut self.original else {
            return unknown_message();
        };
        payloads::edit(message, body);
        payloads::mark_edited(message);
        Answer::ok(message.clone())
    }

    /// `DELETE …/messages/@original`.
    pub(crate) fn delete_original(&mut self) -> Answer {
        if self.callback.is_none() {
            return unknown_webhook();
        }
        self.original.take().map_or_else(unknown_message, |_| Answer::no_content())
    }

    /// `POST /webhooks/{application}/{token}`.
    pub(crate) fn follow_up(&mut self, body: &Value, message_id: &str) -> Answer {
        if self.callback.is_none() {
            return unknown_webhook();
        }
        let mut message = payloads::message(message_id, self, body);
        message["interaction_metadata"]["original_response_message_id"] =
            self.original.as_ref().map_or(json!("0"), |original| original["id"].clone());
        self.followups.push(message.clone());
        Answer::ok(message)
    }
}

/// The refusal of a callback that nobody waits for.
pub(crate) fn unknown_interaction() -> Answer {
    Answer::refusal(404, 10062, "Unknown interaction")
}

/// The refusal of a token that Discord never issued.
pub(crate) fn invalid_token() -> Answer {
    Answer::refusal(401, 50027, "Invalid Webhook Token")
}

/// Until the callback was made, the webhook of an interaction does not exist.
fn unknown_webhook() -> Answer {
    Answer::refusal(404, 10015, "Unknown Webhook")
}

fn unknown_message() -> Answer {
    Answer::refusal(404, 10008, "Unknown Message")
}
