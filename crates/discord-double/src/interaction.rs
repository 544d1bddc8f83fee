//! What a member does: invoke a command, type in one, press a button, pick from a menu.
//!
//! A test says only what it cares about, and the rest is filled in as Discord would, so that the
//! bot always gets a complete `INTERACTION_CREATE`.

use serde_json::{Value, json};

use crate::body::Body;
use crate::objects;
use crate::schema::items;

/// Discord's numbers for what a member does.
pub(crate) const COMMAND: u64 = 2;
pub(crate) const COMPONENT: u64 = 3;
pub(crate) const AUTOCOMPLETE: u64 = 4;
pub(crate) const MODAL: u64 = 5;

const MESSAGE_COMMAND: u64 = 3;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const FIRST_ID: &str = "1287650000000001000";

/// Something that a member does, for [`DiscordDouble::interact`](crate::DiscordDouble::interact).
#[derive(Clone, Debug)]
#[must_use]
pub struct Interaction {
    kind: u64,
    data: Value,
    options: Vec<Value>,
    subcommands: Vec<String>,
    message: Option<Value>,
    user: Value,
    guild: Option<u64>,
    locale: String,
    guild_locale: String,
    permissions: Option<u64>,
    channel: Option<Value>,
}

impl Interaction {
    /// Someone sends `/name`.
    pub fn command(name: &str) -> Self {
        Self::new(COMMAND, json!({"name": name, "type": 1}))
    }

    /// Someone chooses `name` in the menu of a message with this text.
    pub fn message_command(name: &str, content: &str) -> Self {
        const ID: &str = "1287650000000000777";
        let author = objects::user(1_287_650_000_000_000_031, "arta");
        let mut message = objects::message(ID, &objects::CHANNEL_ID.to_string(), &author);
        message["content"] = json!(content);
        let resolved = json!({"messages": {ID: message}});
        Self::new(COMMAND, json!({"name": name, "type": MESSAGE_COMMAND, "target_id": ID, "resolved": resolved}))
    }

    /// Someone chooses `name` in the menu of this message.
    pub fn on_message_menu(name: &str, message: &Value) -> Self {
        let (id, mut message) = (message["id"].as_str().unwrap_or_default(), message.clone());
        objects::remove(&mut message, &["guild_id", "member", "channel_type"]);
        let channel = message["channel_id"].clone();
        let resolved = json!({"messages": {id: message}});
        let data = json!({"name": name, "type": MESSAGE_COMMAND, "target_id": id, "resolved": resolved});
        let mut interaction = Self::new(COMMAND, data);
        interaction.channel = Some(channel);
        interaction
    }

    /// Someone is typing in `/name`; say where with [`focused`](Self::focused).
    pub fn autocomplete(name: &str) -> Self {
        Self::new(AUTOCOMPLETE, json!({"name": name, "type": 1}))
    }

    /// Someone presses the button with this custom id, on any message unless
    /// [`on_message`](Self::on_message) names one.
    pub fn component(custom_id: &str) -> Self {
        Self::on_any_message(&json!({"type": BUTTON, "style": 2, "label": "Press", "custom_id": custom_id}))
    }

    /// Someone picks these values from the menu with this custom id, on any message.
    pub fn menu(custom_id: &str, values: &[&str]) -> Self {
        Self::on_any_message(&json!({"type": STRING_SELECT, "custom_id": custom_id, "options": []})).values(values)
    }

    /// Someone fills in a form that the bot showed: these texts in the fields of these names, which
    /// have to be there. In a menu, it is the label of what they pick. What the bot has filled in
    /// stays.
    pub(crate) fn form(shown: &Value, filled: &[(&str, &str)]) -> Self {
        for (field, _) in filled {
            let is_field = |component: &Value| component["component"]["custom_id"] == *field;
            assert!(items(&shown["components"]).iter().any(is_field), "no field {field:?} in {shown}");
        }
        let components: Vec<Value> = (1..)
            .zip(items(&shown["components"]))
            .map(|(number, label)| {
                let input = &label["component"];
                let own = filled.iter().find(|(field, _)| input["custom_id"] == *field).map(|(_, text)| *text);
                let mut given = json!({"type": input["type"], "id": 2 * number, "custom_id": input["custom_id"]});
                if input["type"] == STRING_SELECT {
                    given["values"] = json!(picked(input, own));
                } else {
                    given["value"] = json!(own.or(input["value"].as_str()).unwrap_or_default());
                }
                json!({"type": label["type"], "id": 2 * number - 1, "component": given})
            })
            .collect();
        let data = json!({"custom_id": shown["custom_id"], "components": components, "resolved": {}});
        Self::new(MODAL, data)
    }

    fn on_any_message(component: &Value) -> Self {
        let message = objects::message("1287650000000000778", &objects::CHANNEL_ID.to_string(), &objects::bot());
        let json = json!({"content": "…", "components": [{"type": 1, "components": [component]}]});
        let message = objects::edited(message, &Body { json, ..Body::default() });
        Self::new(COMPONENT, json!({"custom_id": component["custom_id"]})).on_message(&message)
    }

    fn new(kind: u64, data: Value) -> Self {
        let user = objects::user(objects::MEMBER_ID, "besa");
        let guild = Some(objects::GUILD_ID);
        let (options, subcommands, english) = (Vec::new(), Vec::new(), "en-US".to_owned());
        let (locale, guild_locale) = ("en-GB".to_owned(), english);
        let (message, permissions, channel) = (None, None, None);
        Self { kind, data, options, subcommands, message, user, guild, locale, guild_locale, permissions, channel }
    }

    /// Gives an option a value: a text, a whole number, a fraction, or true or false.
    pub fn option(self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let kind = match &value {
            Value::Bool(_) => 5,
            Value::Number(number) if number.is_f64() => 10,
            Value::Number(_) => 4,
            _ => 3,
        };
        self.with(json!({"name": name, "type": kind, "value": value}))
    }

    /// Sets the text that the member has typed so far in the option that is being typed.
    pub fn focused(self, name: &str, typed: &str) -> Self {
        self.with(json!({"name": name, "type": 3, "value": typed, "focused": true}))
    }

    /// Picks a member for an option.
    pub fn member_option(mut self, name: &str, user_id: u64, user_name: &str) -> Self {
        let (id, user) = (user_id.to_string(), objects::user(user_id, user_name));
        self.data["resolved"]["members"][&id] = objects::bare_member(&["deaf", "mute"]);
        self.data["resolved"]["users"][&id] = user;
        self.with(json!({"name": name, "type": 6, "value": id}))
    }

    /// Picks a role for an option.
    pub fn role_option(mut self, name: &str, role_id: u64) -> Self {
        let (id, mut role) = (role_id.to_string(), objects::roles()[0].clone());
        role["id"] = json!(id);
        self.data["resolved"]["roles"][&id] = role;
        self.with(json!({"name": name, "type": 8, "value": id}))
    }

    /// Picks a channel for an option.
    pub fn channel_option(mut self, name: &str, channel_id: u64) -> Self {
        let (id, channel) = (channel_id.to_string(), objects::channel(objects::GUILD_ID));
        let partial = json!({"id": id, "name": channel["name"], "type": 0, "permissions": "0", "parent_id": null});
        self.data["resolved"]["channels"][&id] = partial;
        self.with(json!({"name": name, "type": 7, "value": id}))
    }

    fn with(mut self, option: Value) -> Self {
        self.options.push(option);
        self
    }

    /// Names the subcommand. If this is called twice, the first name is the group.
    pub fn subcommand(mut self, name: &str) -> Self {
        self.subcommands.push(name.to_owned());
        self
    }

    /// Picks values of a menu.
    pub fn values(mut self, picked: &[&str]) -> Self {
        self.data["values"] = json!(picked);
        self
    }

    /// Names the message with the component. Panics if the component is missing or disabled,
    /// because nobody could press it.
    pub fn on_message(mut self, message: &Value) -> Self {
        let custom_id = self.data["custom_id"].clone();
        let found = find_component(&message["components"], &|component| component["custom_id"] == custom_id);
        let component = found.unwrap_or_else(|| panic!("the message has no component {custom_id}: {message}"));
        assert!(component["disabled"] != true, "component {custom_id} is disabled");
        objects::merge(&mut self.data, &json!({"component_type": component["type"], "id": component["id"]}));
        Self { message: Some(message.clone()), channel: Some(message["channel_id"].clone()), ..self }
    }

    /// Makes someone else do it.
    pub fn by(self, user_id: u64, name: &str) -> Self {
        Self { user: objects::user(user_id, name), ..self }
    }

    /// Leaves them only these permissions; the default is all.
    pub fn with_permissions(self, permissions: u64) -> Self {
        Self { permissions: Some(permissions), ..self }
    }

    /// Makes it happen in another server.
    pub fn in_guild(self, guild_id: u64) -> Self {
        Self { guild: Some(guild_id), ..self }
    }

    /// Makes it happen in a direct message with the bot.
    pub fn in_direct_message(self) -> Self {
        Self { guild: None, ..self }
    }

    /// Sets the language of the member's client, by Discord's name for it.
    pub fn in_language(self, locale: &str) -> Self {
        Self { locale: locale.to_owned(), ..self }
    }

    /// Sets the language of the server.
    pub fn in_server_of_language(self, locale: &str) -> Self {
        Self { guild_locale: locale.to_owned(), ..self }
    }

    /// The data of an `INTERACTION_CREATE` event, for code that is called without a double.
    pub fn issued(&self) -> Value {
        self.payload(FIRST_ID, None)
    }

    /// The server where it happens.
    pub(crate) fn guild_id(&self) -> Option<u64> {
        self.guild
    }

    /// The channel of its message, if it is about one.
    pub(crate) fn channel_id(&self) -> Option<&str> {
        self.channel.as_ref().filter(|_| self.guild.is_some())?.as_str()
    }

    /// The name of the command, or null if there is none.
    pub(crate) fn command_name(&self) -> &Value {
        &self.data["name"]
    }

    /// The data of the `INTERACTION_CREATE` event.
    pub(crate) fn payload(&self, id: &str, command_id: Option<&Value>) -> Value {
        let mut data = self.data.clone();
        if self.kind != COMPONENT && self.kind != MODAL {
            data["id"] = command_id.cloned().unwrap_or_else(|| json!(id));
        }
        // A subcommand is an option (of type 1, a group of type 2) that holds the others.
        let nest = |options, (name, kind)| vec![json!({"name": name, "type": kind, "options": options})];
        let options = self.subcommands.iter().rev().zip([1, 2]).fold(self.options.clone(), nest);
        // Discord leaves out an empty list.
        if !options.is_empty() {
            data["options"] = json!(options);
        }
        let token = format!("aW50ZXJhY3Rpb246{id}");
        let mut payload = objects::object(
            "interaction",
            &json!({"id": id, "token": token, "type": self.kind, "data": data, "locale": self.locale}),
        );
        objects::merge(&mut payload, &self.place());
        if let Some(message) = &self.message {
            payload["message"] = message.clone();
        }
        payload
    }

    fn place(&self) -> Value {
        let Some(guild_id) = self.guild else {
            let id = objects::DIRECT_CHANNEL_ID.to_string();
            return json!({
                "context": 1, "user": self.user, "authorizing_integration_owners": {"0": "0"},
                "channel_id": id, "channel": {"id": id, "type": 1, "flags": 0, "recipients": [self.user]},
            });
        };
        let id = guild_id.to_string();
        let mut member = objects::member(&self.user);
        if let Some(permissions) = self.permissions {
            member["permissions"] = json!(permissions.to_string());
        }
        json!({
            "context": 0, "member": member, "authorizing_integration_owners": {"0": id},
            "guild_id": id, "guild_locale": self.guild_locale,
            "guild": {"id": id, "locale": self.guild_locale, "features": ["COMMUNITY"]},
            "channel_id": objects::CHANNEL_ID.to_string(), "channel": objects::channel(guild_id),
        })
    }
}

/// The values that a menu in a form has: that of the option with this label, or those that were
/// picked before.
fn picked(menu: &Value, label: Option<&str>) -> Vec<Value> {
    let options = items(&menu["options"]);
    let wanted = |option: &&Value| match label {
        Some(label) => option["label"] == label,
        None => option["default"] == true,
    };
    let values: Vec<Value> = options.iter().filter(wanted).map(|option| option["value"].clone()).collect();
    assert!(label.is_none() || !values.is_empty(), "no option {label:?} in {menu}");
    values
}

/// The first button or menu, in rows or not, that `wanted` accepts.
pub(crate) fn find_component<'a>(components: &'a Value, wanted: &dyn Fn(&Value) -> bool) -> Option<&'a Value> {
    items(components).iter().find_map(|component| {
        let itself = wanted(component).then_some(component);
        itself.or_else(|| find_component(&component["components"], wanted))
    })
}
