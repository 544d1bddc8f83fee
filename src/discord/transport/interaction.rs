//! Interactions as Discord sends them, and responses as it reads them ([receiving and
//! responding](https://discord.com/developers/docs/interactions/receiving-and-responding)).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{CreateAutocompleteResponse, CreateInteractionResponse};

use super::content;
use super::reading::{self, Id, Unreadable};
use crate::discord::incoming::{Call, Form, Interaction, Locales, OptionValue, Powers, Press, Sight, Typing};
use crate::discord::response::{Delivery, Response};

/// The [types of interactions][types].
///
/// [types]:
/// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type
mod kind {
    pub(super) const PING: u64 = 1;
    pub(super) const COMMAND: u64 = 2;
    pub(super) const COMPONENT: u64 = 3;
    pub(super) const AUTOCOMPLETE: u64 = 4;
    pub(super) const MODAL: u64 = 5;
}

/// The [types of options][types] that commands of this program have.
///
/// [types]:
/// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type
mod option_kind {
    pub(super) const STRING: u64 = 3;
    pub(super) const BOOLEAN: u64 = 5;
    pub(super) const USER: u64 = 6;
    pub(super) const CHANNEL: u64 = 7;
    pub(super) const ROLE: u64 = 8;
    pub(super) const NUMBER: u64 = 10;
}

/// The permissions with which somebody may manage threads ([permissions][bits]).
///
/// [bits]:
/// https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
const MANAGE_THREADS: u64 = 1 << 34 | ADMINISTRATOR;
const ADMINISTRATOR: u64 = 1 << 3;

/// The permissions with which somebody may manage the server.
const MANAGE_SERVER: u64 = 1 << 5 | ADMINISTRATOR;

/// The flag of messages that only one member sees ([message
/// flags](https://discord.com/developers/docs/resources/message#message-object-message-flags)).
const EPHEMERAL: u64 = 1 << 6;

/// The permissions with which a member may delete other members' messages
/// ([permissions](https://discord.com/developers/docs/topics/permissions)).
const MANAGE_MESSAGES: u64 = 1 << 13 | ADMINISTRATOR;

/// Reads an interaction.
///
/// # Errors
///
/// [`Unreadable`] if something is missing without which it cannot be answered.
pub fn read(json: &[u8]) -> Result<Interaction, Unreadable> {
    let Kind { number } = reading::read(json)?;
    match number {
        kind::PING => Ok(Interaction::Other("ping")),
        kind::COMMAND => reading::read::<Received<Command>>(json)?.call(),
        kind::COMPONENT => reading::read::<Received<Component>>(json)?.press(),
        kind::AUTOCOMPLETE => Ok(reading::read::<Received<Command>>(json)?.typing()),
        kind::MODAL => reading::read::<Received<Submitted>>(json)?.form(),
        _ => Err(Unreadable::new("type", "not one that this version knows")),
    }
}

/// Where the response to an interaction goes.
#[derive(Debug, Deserialize)]
pub(super) struct Callback {
    pub(super) id: Id,
    /// A secret: whoever has it can respond.
    pub(super) token: String,
    /// The application that it is for. Without it, the response cannot be changed afterwards.
    pub(super) application_id: Option<Id>,
}

/// Whether an interaction is only Discord's test of the endpoint, and what the log calls it.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    #[serde(rename = "type")]
    number: u64,
    /// The webhook needs no id to answer.
    #[serde(default)]
    id: Value,
}

impl Head {
    pub(super) fn is_ping(&self) -> bool {
        self.number == kind::PING
    }

    /// Its id; empty if it has none.
    pub(super) fn id(&self) -> &str {
        self.id.as_str().unwrap_or_default()
    }
}

/// Writes the response to an interaction. A file is sent separately.
///
/// # Errors
///
/// Never in practice: a response has only texts and numbers.
pub fn write(response: &Response) -> Result<String, serde_json::Error> {
    let other = match &response.delivery {
        Delivery::Rows(rows, note) => with_rows(rows, note.as_deref()),
        Delivery::Form(form) => json!({"type": FORM, "data": form}),
        Delivery::Nothing => json!({"type": NOTHING}),
        Delivery::Message(card) => return written(&CreateInteractionResponse::Message(card.response())),
        Delivery::Update(card) => return written(&CreateInteractionResponse::UpdateMessage(card.response())),
        Delivery::Choices(choices) => {
            let none = CreateAutocompleteResponse::new();
            let add =
                |response: CreateAutocompleteResponse, choice: &String| response.add_string_choice(choice, choice);
            return written(&CreateInteractionResponse::Autocomplete(choices.iter().fold(none, add)));
        }
    };
    Ok(other.to_string())
}

/// A change of nothing but the rows of a message and the text above it.
fn with_rows(rows: &Value, note: Option<&str>) -> Value {
    let mut data = json!({"components": rows, "allowed_mentions": {"parse": []}});
    if let Some(note) = note {
        data["content"] = json!(note);
    }
    json!({"type": UPDATE, "data": data})
}

/// The [types of callbacks][types] that the library does not write in the form that is needed.
///
/// [types]:
/// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const NOTHING: u64 = 6;
const UPDATE: u64 = 7;
const FORM: u64 = 9;

/// The response in the library's form, without the content of its file.
fn written(response: &CreateInteractionResponse) -> Result<String, serde_json::Error> {
    serde_json::to_string(response)
}

#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    number: u64,
}

/// An interaction with the data of its kind. In a server it has a member, elsewhere a user.
#[derive(Deserialize)]
struct Received<D> {
    guild_id: Option<Id>,
    locale: Option<String>,
    guild_locale: Option<String>,
    channel_id: Option<Id>,
    member: Option<Member>,
    user: Option<User>,
    data: D,
    message: Option<Carrier>,
    channel: Option<Channel>,
}

#[derive(Deserialize)]
struct Member {
    user: Option<User>,
    /// Those in the channel where it happens, as a number in a text.
    permissions: Option<Value>,
    roles: Option<Vec<Id>>,
}

/// Where the interaction happens.
#[derive(Deserialize)]
struct Channel {
    id: Option<Id>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: Id,
}

#[derive(Deserialize)]
struct Command {
    name: String,
    options: Option<Vec<GivenOption>>,
    target_id: Option<Id>,
    resolved: Option<Resolved>,
}

#[derive(Deserialize)]
struct GivenOption {
    name: String,
    #[serde(rename = "type")]
    number: u64,
    value: Option<Value>,
    focused: Option<bool>,
}

#[derive(Deserialize)]
struct Resolved {
    messages: Option<HashMap<String, Value>>,
}

#[derive(Deserialize)]
struct Component {
    custom_id: String,
    values: Option<Vec<String>>,
}

/// What was filled into a form: each field alone in a row or below a label.
#[derive(Deserialize)]
struct Submitted {
    custom_id: String,
    components: Option<Vec<Container>>,
}

#[derive(Deserialize)]
struct Container {
    components: Option<Vec<Field>>,
    component: Option<Field>,
}

#[derive(Deserialize)]
struct Field {
    custom_id: Option<String>,
    value: Option<String>,
    /// What was picked, if it is a menu.
    values: Option<Vec<String>>,
}

/// The message with the button or menu.
#[derive(Deserialize)]
struct Carrier {
    id: Option<Id>,
    flags: Option<u64>,
    components: Option<Value>,
    embeds: Option<Vec<Embed>>,
    interaction_metadata: Option<Metadata>,
    referenced_message: Option<Box<Referenced>>,
}

/// The interaction that a message responds to.
#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "type")]
    number: Option<u64>,
    user: Option<User>,
}

#[derive(Deserialize)]
struct Embed {
    footer: Option<Footer>,
}

#[derive(Deserialize)]
struct Footer {
    text: Option<String>,
}

#[derive(Deserialize)]
struct Referenced {
    author: Option<User>,
}

impl<D> Received<D> {
    fn member(&self) -> Result<u64, Unreadable> {
        let member = self.member.as_ref().and_then(|member| member.user.as_ref());
        let user = member.or(self.user.as_ref()).ok_or_else(|| Unreadable::new("member.user", "missing"))?;
        Ok(user.id.0)
    }

    /// Takes the languages out.
    fn locales(&mut self) -> Locales {
        Locales { member: self.locale.take(), server: self.guild_locale.take() }
    }

    /// The member's permissions in the channel.
    fn permissions(&self) -> u64 {
        let permissions = self.member.as_ref().and_then(|member| member.permissions.as_ref()?.as_str()?.parse().ok());
        permissions.unwrap_or_default()
    }

    /// What the member may do in the server; nothing outside servers.
    fn powers(&self) -> Powers {
        let roles = self.member.as_ref().and_then(|member| member.roles.as_ref());
        let roles = roles.into_iter().flatten().map(|id| id.0).collect();
        let manages_server = self.guild_id.is_some() && self.permissions() & MANAGE_SERVER != 0;
        Powers { roles, manages_server }
    }

    /// Whether the member may delete other members' messages in the channel.
    fn is_moderator(&self) -> bool {
        self.permissions() & MANAGE_MESSAGES != 0
    }
}

impl Received<Submitted> {
    fn form(mut self) -> Result<Interaction, Unreadable> {
        let (member, server) = (self.member()?, self.guild_id.map(|id| id.0));
        let (powers, locales) = (self.powers(), self.locales());
        let containers = self.data.components.into_iter().flatten();
        let fields =
            containers.flat_map(|container| container.components.into_iter().flatten().chain(container.component));
        let fields = fields.filter_map(Field::read).collect();
        Ok(Interaction::Form(Form { custom_id: self.data.custom_id, member, server, fields, locales, powers }))
    }
}

impl Field {
    /// Its name, and what was written or picked.
    fn read(self) -> Option<(String, String)> {
        let picked = self.values.into_iter().flatten().next();
        Some((self.custom_id?, self.value.or(picked).unwrap_or_default()))
    }
}

impl Received<Command> {
    fn call(mut self) -> Result<Interaction, Unreadable> {
        let (member, server) = (self.member()?, self.guild_id.map(|id| id.0));
        let (powers, locales) = (self.powers(), self.locales());
        let Command { name, options, target_id, resolved } = self.data;
        let options = options.unwrap_or_default().into_iter().filter_map(GivenOption::read).collect();
        let mut messages = resolved.and_then(|resolved| resolved.messages).unwrap_or_default();
        let target = target_id.and_then(|id| Some((id, messages.remove(&id.0.to_string())?)));
        let origin = target.as_ref().and_then(|(_, message)| content::origin(message)).filter(|_| server.is_some());
        let target = target.map(|(id, message)| {
            // The first message of a forum's post has the id of its thread, whose title is asked
            // too.
            let thread = self.channel.filter(|channel| channel.id == Some(id));
            let title = thread.and_then(|thread| thread.name).unwrap_or_default();
            [title, content::read(&message)].join("\n").trim().to_owned()
        });
        Ok(Interaction::Call(Call { command: name, member, server, options, target, origin, locales, powers }))
    }

    fn typing(self) -> Interaction {
        let server = self.guild_id.map(|id| id.0);
        let focused = self.data.options.unwrap_or_default().into_iter().find(|option| option.focused == Some(true));
        let text = match focused.and_then(|option| option.value) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        Interaction::Typing(Typing { command: self.data.name, server, text })
    }
}

impl GivenOption {
    fn read(self) -> Option<(String, OptionValue)> {
        let value = match (self.number, self.value?) {
            (option_kind::STRING, Value::String(text)) => OptionValue::Text(text),
            (option_kind::BOOLEAN, Value::Bool(flag)) => OptionValue::Flag(flag),
            (option_kind::USER, Value::String(id)) => OptionValue::Member(id.parse().ok()?),
            (option_kind::ROLE, Value::String(id)) => OptionValue::Role(id.parse().ok()?),
            (option_kind::CHANNEL, Value::String(id)) => OptionValue::Channel(id.parse().ok()?, Sight::Unknown),
            (option_kind::NUMBER, Value::Number(number)) => OptionValue::Number(number.as_f64()?),
            _ => return None,
        };
        Some((self.name, value))
    }
}

impl Received<Component> {
    fn press(mut self) -> Result<Interaction, Unreadable> {
        let (member, locales, is_moderator) = (self.member()?, self.locales(), self.is_moderator());
        let powers = self.powers();
        let (message, channel, permissions) = (self.message.as_ref(), self.channel.as_ref(), self.permissions());
        Ok(Interaction::Press(Press {
            custom_id: self.data.custom_id,
            picked: self.data.values.into_iter().flatten().next(),
            member,
            server: self.guild_id.map(|id| id.0),
            is_private: message.and_then(|message| message.flags).is_some_and(|flags| flags & EPHEMERAL != 0),
            is_own: message.and_then(Carrier::asker) == Some(member),
            locales,
            message: message.and_then(|message| message.id).map_or(0, |id| id.0),
            footer: message.and_then(Carrier::footer),
            rows: message.and_then(|message| message.components.clone()).unwrap_or_default(),
            channel: self.channel_id.map_or(0, |id| id.0),
            channel_name: channel.and_then(|channel| channel.name.clone()).unwrap_or_default(),
            may_manage_threads: permissions & MANAGE_THREADS != 0,
            is_moderator,
            powers,
        }))
    }
}

impl Carrier {
    fn footer(&self) -> Option<String> {
        self.embeds.as_ref()?.first()?.footer.as_ref()?.text.clone()
    }

    /// The member whose command or post the bot's message responds to. Once the post is deleted,
    /// nobody can tell.
    fn asker(&self) -> Option<u64> {
        let user = match &self.interaction_metadata {
            Some(Metadata { number: Some(kind::COMMAND | kind::COMPONENT), user }) => user.as_ref(),
            Some(_) => None,
            None => self.referenced_message.as_ref()?.author.as_ref(),
        };
        user.map(|user| user.id.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_call_needs_nothing_but_what_it_asks_and_who_asks_it() {
        let least = json!({"type": 2, "user": {"id": "7"}, "data": {"name": "ask", "options": [
            {"name": "question", "type": 3, "value": "fare"}, {"name": "new", "type": 99, "value": {}},
        ]}});
        let call = Call {
            command: "ask".to_owned(),
            member: 7,
            options: vec![("question".to_owned(), OptionValue::Text("fare".to_owned()))],
            ..Call::default()
        };
        assert_eq!(read(least.to_string().as_bytes()), Ok(Interaction::Call(call)));
    }

    #[test]
    fn a_press_needs_nothing_but_its_address_and_who_pressed() {
        let least = json!({"type": 3, "member": {"user": {"id": "7"}}, "data": {"custom_id": "a"}});
        let press = Press { custom_id: "a".to_owned(), member: 7, ..Press::default() };
        assert_eq!(read(least.to_string().as_bytes()), Ok(Interaction::Press(press)));
    }

    #[test]
    fn what_is_needed_is_named_if_it_is_missing() {
        for (json, path) in [
            (json!({"type": 2, "member": {"nick": "nosy"}, "data": {"name": "ask"}}), "member.user: missing"),
            (json!({"type": 2, "member": {"user": {"id": "7"}}, "data": {}}), "data: missing field `name`"),
            (json!({"type": 3, "user": {"id": "7"}, "data": {}}), "data: missing field `custom_id`"),
            (json!({"type": 99}), "type: not one that this version knows"),
        ] {
            assert_eq!(read(json.to_string().as_bytes()).expect_err("something is missing").to_string(), path);
        }
    }
}
