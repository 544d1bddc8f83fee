//! What a member does: invoke a command, type in one, press a component, submit a modal.
//!
//! The builder says only what a test cares about and fills the rest in as Discord would, so that
//! the bot always meets a whole `INTERACTION_CREATE`.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use super::form::items;
use super::payloads;

const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const USER: u64 = 6;
const MESSAGE_COMMAND: u64 = 3;

/// An interaction to be sent by [`DiscordDouble::interact`](super::DiscordDouble::interact).
#[derive(Clone, Debug)]
#[must_use]
pub struct Interaction {
    action: Action,
    options: Vec<Value>,
    picked_members: Vec<(u64, String)>,
    subcommands: Vec<String>,
    user: (u64, String),
    guild: Option<u64>,
    locale: String,
    guild_locale: String,
    permissions: u64,
}

#[derive(Clone, Debug)]
enum Action {
    Command(String),
    /// A command of a message's menu, with the message.
    MessageCommand(String, Box<Value>),
    Autocomplete(String),
    Component {
        custom_id: String,
        values: Vec<String>,
        message: Option<Value>,
    },
    Modal {
        custom_id: String,
        message: Option<Value>,
    },
}

impl Interaction {
    /// Someone sends `/name`.
    pub fn command(name: &str) -> Self {
        Self::new(Action::Command(name.to_owned()))
    }

    /// Someone chooses `name` in the menu of a message with this text.
    pub fn message_command(name: &str, content: &str) -> Self {
        let mut message = payloads::bare_message("1287650000000000777", &json!(payloads::CHANNEL_ID.to_string()));
        payloads::edit(&mut message, &json!({"content": content}));
        message["author"] = payloads::user("1287650000000000031", "arta", false);
        Self::new(Action::MessageCommand(name.to_owned(), Box::new(message)))
    }

    /// Someone is typing in `/name`; say where with [`focused`](Self::focused).
    pub fn autocomplete(name: &str) -> Self {
        Self::new(Action::Autocomplete(name.to_owned()))
    }

    /// Someone presses the button, or picks from the select, with this custom id.
    pub fn component(custom_id: &str) -> Self {
        let (custom_id, values) = (custom_id.to_owned(), Vec::new());
        Self::new(Action::Component { custom_id, values, message: None })
    }

    /// Someone picks these values from the menu with this custom id, on whatever message.
    pub fn menu(custom_id: &str, values: &[&str]) -> Self {
        let menu = json!({"type": STRING_SELECT, "custom_id": custom_id, "options": []});
        Self::component(custom_id).values(values).on_message(&message_of(&menu, "1287650000000000778"))
    }

    /// Someone submits the modal with this custom id; its inputs are given with
    /// [`option`](Self::option).
    pub fn modal(custom_id: &str) -> Self {
        Self::new(Action::Modal { custom_id: custom_id.to_owned(), message: None })
    }

    fn new(action: Action) -> Self {
        Self {
            action,
            options: Vec::new(),
            picked_members: Vec::new(),
            subcommands: Vec::new(),
            user: (payloads::MEMBER_ID, "besa".to_owned()),
            guild: Some(payloads::GUILD_ID),
            locale: "en-GB".to_owned(),
            guild_locale: "en-US".to_owned(),
            permissions: 2_251_799_813_685_247,
        }
    }

    /// Gives an option a value: a text, a whole number, a fraction, or true or false.
    pub fn option(self, name: &str, value: impl Into<Value>) -> Self {
        self.with_option(name, &value.into(), false)
    }

    /// Gives the option that is being typed in what is typed so far.
    pub fn focused(self, name: &str, typed: &str) -> Self {
        self.with_option(name, &typed.into(), true)
    }

    /// Picks a member for an option.
    pub fn member_option(mut self, name: &str, user_id: u64, user_name: &str) -> Self {
        self.options.push(json!({"name": name, "type": USER, "value": user_id.to_string()}));
        self.picked_members.push((user_id, user_name.to_owned()));
        self
    }

    fn with_option(mut self, name: &str, value: &Value, focused: bool) -> Self {
        let mut option = json!({"name": name, "type": option_type(value), "value": value});
        if focused {
            option["focused"] = json!(true);
        }
        self.options.push(option);
        self
    }

    /// Names the subcommand; named twice, the first one is the group.
    pub fn subcommand(mut self, name: &str) -> Self {
        self.subcommands.push(name.to_owned());
        self
    }

    /// Picks values of a select.
    pub fn values(mut self, picked: &[&str]) -> Self {
        if let Action::Component { values, .. } = &mut self.action {
            *values = picked.iter().map(|&value| value.to_owned()).collect();
        }
        self
    }

    /// Names the message that the component is on, or that the modal was opened from.
    ///
    /// # Panics
    ///
    /// Panics if a component is not there, or is disabled: nobody could press it.
    pub fn on_message(mut self, on: &Value) -> Self {
        match &mut self.action {
            Action::Component { message, custom_id, .. } => {
                let component = find_component(&on["components"], custom_id);
                let Some(component) = component else {
                    panic!("the message has no component {custom_id:?}: {}", on["components"]);
                };
                assert!(component["disabled"] != true, "component {custom_id:?} is disabled");
                *message = Some(on.clone());
            }
            Action::Modal { message, .. } => *message = Some(on.clone()),
            Action::Command(_) | Action::MessageCommand(..) | Action::Autocomplete(_) => {
                panic!("only components and modals are on a message")
            }
        }
        self
    }

    /// Lets someone else do it.
    pub fn by(mut self, user_id: u64, name: &str) -> Self {
        self.user = (user_id, name.to_owned());
        self
    }

    /// Sets the language of the user's Discord.
    pub fn locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    /// Sets the guild's preferred language.
    pub fn guild_locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.guild_locale);
        self
    }

    /// Lets it happen in another guild.
    pub fn in_guild(mut self, guild_id: u64) -> Self {
        self.guild = Some(guild_id);
        self
    }

    /// Lets it happen in a direct message with the bot.
    pub fn in_direct_message(mut self) -> Self {
        self.guild = None;
        self
    }

    /// Sets the member's permissions in the channel, as Discord's bits.
    pub fn permissions(mut self, bits: u64) -> Self {
        self.permissions = bits;
        self
    }

    /// The data of an `INTERACTION_CREATE` event of no double, for what needs none.
    pub fn issued(&self) -> Value {
        let next = AtomicU64::new(payloads::FIRST_ID);
        self.payload(None, || next.fetch_add(1, Ordering::Relaxed).to_string())
    }

    /// The guild it happens in.
    pub(crate) fn guild_id(&self) -> Option<u64> {
        self.guild
    }

    /// The name of the command, if it is about one, and whether it is still being typed.
    pub(crate) fn command_name(&self) -> Option<(&str, bool)> {
        match &self.action {
            Action::Command(name) | Action::MessageCommand(name, _) => Some((name, false)),
            Action::Autocomplete(name) => Some((name, true)),
            Action::Component { .. } | Action::Modal { .. } => None,
        }
    }

    /// The data of the `INTERACTION_CREATE` event. `mint` makes snowflakes.
    pub(crate) fn payload(&self, command_id: Option<&Value>, mint: impl Fn() -> String) -> Value {
        let id = mint();
        let mut payload = json!({
            "id": id,
            "application_id": payloads::APPLICATION_ID,
            "token": format!("aW50ZXJhY3Rpb246{id}"),
            "version": 1,
            "locale": self.locale,
            "app_permissions": "2251799813685247",
            "attachment_size_limit": 10_485_760,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "channel_id": payloads::CHANNEL_ID.to_string(),
        });
        payloads::merge(&mut payload, &self.place());
        payloads::merge(&mut payload, &self.deed(command_id, mint));
        payload
    }

    fn place(&self) -> Value {
        let user = payloads::user(&self.user.0.to_string(), &self.user.1, false);
        let Some(guild_id) = self.guild else {
            return json!({
                "context": 1,
                "channel": payloads::direct_channel(&user),
                "user": user,
                "authorizing_integration_owners": {"0": "0"},
            });
        };
        let id = guild_id.to_string();
        json!({
            "context": 0,
            "guild_id": id,
            "guild": {"id": id, "locale": self.guild_locale, "features": ["COMMUNITY", "NEWS"]},
            "guild_locale": self.guild_locale,
            "channel": payloads::guild_channel(guild_id),
            "member": payloads::member(&user, self.permissions),
            "authorizing_integration_owners": {"0": id},
        })
    }

    fn deed(&self, command_id: Option<&Value>, mint: impl Fn() -> String) -> Value {
        match &self.action {
            Action::Command(name) => {
                json!({"type": 2, "data": self.command_data(name, command_id, mint)})
            }
            Action::MessageCommand(name, message) => {
                let id = command_id.cloned().unwrap_or_else(|| json!(mint()));
                let target = message["id"].as_str().unwrap_or_default();
                let data = json!({
                    "id": id, "name": name, "type": MESSAGE_COMMAND, "target_id": target,
                    "resolved": {"messages": {target: message}},
                });
                json!({"type": 2, "data": data})
            }
            Action::Autocomplete(name) => {
                json!({"type": 4, "data": self.command_data(name, command_id, mint)})
            }
            Action::Component { custom_id, values, message } => {
                let message = message.clone().unwrap_or_else(|| message_with(custom_id, &mint()));
                let data = component_data(&message, custom_id, values);
                json!({"type": 3, "data": data, "message": message})
            }
            Action::Modal { custom_id, message } => {
                let data = json!({"custom_id": custom_id, "components": self.modal_rows()});
                let mut deed = json!({"type": 5, "data": data});
                if let Some(message) = message {
                    deed["message"] = message.clone();
                }
                deed
            }
        }
    }

    fn command_data(&self, name: &str, id: Option<&Value>, mint: impl Fn() -> String) -> Value {
        let id = id.cloned().unwrap_or_else(|| json!(mint()));
        let mut data = json!({"id": id, "name": name, "type": 1});
        // Discord leaves an empty list out.
        let options = self.nested_options();
        if !options.is_empty() {
            data["options"] = json!(options);
        }
        if !self.picked_members.is_empty() {
            data["resolved"] = self.resolved_members();
        }
        data
    }

    fn resolved_members(&self) -> Value {
        let mut resolved = json!({"users": {}, "members": {}});
        for (id, name) in &self.picked_members {
            let user = payloads::user(&id.to_string(), name, false);
            let mut member = payloads::member(&user, self.permissions);
            // Discord leaves these out of resolved members.
            for key in ["user", "deaf", "mute"] {
                member.as_object_mut().expect("a member is an object").remove(key);
            }
            resolved["members"][id.to_string()] = member;
            resolved["users"][id.to_string()] = user;
        }
        resolved
    }

    fn nested_options(&self) -> Vec<Value> {
        let mut options = self.options.clone();
        for (above, name) in self.subcommands.iter().rev().enumerate() {
            let kind = if above == 0 { SUB_COMMAND } else { SUB_COMMAND_GROUP };
            options = vec![json!({"name": name, "type": kind, "options": options})];
        }
        options
    }

    fn modal_rows(&self) -> Vec<Value> {
        let row = |(index, option): (usize, &Value)| {
            let id = 2 * index + 1;
            let input = json!({
                "type": 4, "id": id + 1, "custom_id": option["name"], "value": option["value"],
            });
            json!({"type": 1, "id": id, "components": [input]})
        };
        self.options.iter().enumerate().map(row).collect()
    }
}

fn option_type(value: &Value) -> u64 {
    match value {
        Value::String(_) => 3,
        Value::Bool(_) => 5,
        Value::Number(number) if number.is_f64() => 10,
        Value::Number(_) => 4,
        _ => panic!("an option's value is a text, a number or a boolean, not {value}"),
    }
}

fn component_data(message: &Value, custom_id: &str, values: &[String]) -> Value {
    let component = find_component(&message["components"], custom_id);
    let component = component.cloned().unwrap_or_default();
    let mut data = json!({
        "custom_id": custom_id,
        "component_type": component["type"],
        "id": component["id"],
    });
    if component["type"] != BUTTON {
        data["values"] = json!(values);
    }
    data
}

fn message_with(custom_id: &str, id: &str) -> Value {
    message_of(&json!({"type": BUTTON, "style": 2, "label": "Press", "custom_id": custom_id}), id)
}

fn message_of(component: &Value, id: &str) -> Value {
    let mut message = payloads::bare_message(id, &json!(payloads::CHANNEL_ID.to_string()));
    let body = json!({"content": "…", "components": [{"type": 1, "components": [component]}]});
    payloads::edit(&mut message, &body);
    message
}

fn find_component<'a>(components: &'a Value, custom_id: &str) -> Option<&'a Value> {
    items(components).iter().find_map(|component| {
        let itself = (component["custom_id"] == custom_id).then_some(component);
        itself.or_else(|| find_component(&component["components"], custom_id))
    })
}
