//! What Discord sends about itself: the bot, its application, the people, the server, messages.
//!
//! The objects have everything that Discord sends today, not only what one library reads. So a
//! changed library, or a bot that logs or stores a field, still gets real data. They are data
//! (`objects.json`); this module fills in what differs.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::body::{Body, UploadedFile};
use crate::schema::items;

/// The application whose bot is under test.
pub const APPLICATION_ID: &str = "1287650000000000001";
/// The bot's user. It has the application's id, as in every application today.
pub const BOT_USER_ID: &str = APPLICATION_ID;
/// The server where everything happens unless a test says otherwise.
pub const GUILD_ID: u64 = 1_287_650_000_000_000_010;
/// The text channel of that server.
pub const CHANNEL_ID: u64 = 1_287_650_000_000_000_020;
/// The forum of that server.
pub const FORUM_ID: u64 = 1_287_650_000_000_000_021;
/// The role of the people who help in that server.
pub const HELPER_ROLE_ID: u64 = 1_287_650_000_000_000_040;
/// The bot's own role there, which Discord made for it.
pub const BOT_ROLE_ID: u64 = 1_287_650_000_000_000_041;
/// The tag "Solved" of the forum.
pub const SOLVED_TAG_ID: u64 = 1_287_650_000_000_000_051;
/// The owner of the application, unless a team owns it.
pub const OWNER_ID: u64 = 1_287_650_000_000_000_099;
/// The member who acts unless a test says otherwise.
pub const MEMBER_ID: u64 = 1_287_650_000_000_000_030;

/// The channel for direct messages between the bot and a member.
pub(crate) const DIRECT_CHANNEL_ID: u64 = 1_287_650_000_000_000_025;
/// The flag of a message that only one member sees.
const EPHEMERAL: u64 = 1 << 6;
/// The flag of a deferred answer until it is edited.
const LOADING: u64 = 1 << 7;
const REPLY: u64 = 19;
const CHAT_INPUT_COMMAND: u64 = 20;

static OBJECTS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("objects.json")).expect("objects.json is JSON"));

/// The object of this name in `objects.json`, with these fields set.
pub(crate) fn object(name: &str, fields: &Value) -> Value {
    let mut object = OBJECTS[name].clone();
    merge(&mut object, fields);
    object
}

/// Copies the fields of one object into another.
pub(crate) fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}

pub(crate) fn remove(object: &mut Value, keys: &[&str]) {
    for key in keys {
        object.as_object_mut().and_then(|fields| fields.remove(*key));
    }
}

/// A person's user, as Discord describes it to others.
pub(crate) fn user(id: u64, name: &str) -> Value {
    object("user", &json!({"id": id.to_string(), "username": name, "global_name": name}))
}

/// The bot's user, as others see it.
pub(crate) fn bot() -> Value {
    OBJECTS["bot"].clone()
}

/// `GET /applications/@me`. `team` is the one that owns it, or null.
pub(crate) fn application(team: &Value) -> Value {
    let mut owner = user(OWNER_ID, "owner");
    // If a team owns the application, its owner is a user that stands for the team.
    if let Some(id) = team["id"].as_str() {
        merge(&mut owner, &json!({"id": id, "username": format!("team{id}")}));
    }
    object("application", &json!({"bot": bot(), "owner": owner, "team": team}))
}

/// The data of the `GUILD_CREATE` event: the server with its channels, the bot and one member.
pub(crate) fn guild() -> Value {
    let members = json!([member(&bot()), member(&user(MEMBER_ID, "besa"))]);
    object("guild", &json!({"members": members, "channels": [channel(GUILD_ID), OBJECTS["forum"]]}))
}

/// The text channel of a server.
pub(crate) fn channel(guild_id: u64) -> Value {
    object("channel", &json!({"guild_id": guild_id.to_string()}))
}

/// The forum of the server.
pub(crate) fn forum() -> Value {
    OBJECTS["forum"].clone()
}

/// The roles of the server.
pub(crate) fn roles() -> Value {
    OBJECTS["guild"]["roles"].clone()
}

/// A member of a server, with all permissions there.
pub(crate) fn member(user: &Value) -> Value {
    object("member", &json!({"user": user}))
}

/// A member whose user is elsewhere in the same payload, without these fields either.
pub(crate) fn bare_member(without: &[&str]) -> Value {
    let mut member = member(&Value::Null);
    remove(&mut member, &[&["user"], without].concat());
    member
}

/// A user's message that is still empty.
pub(crate) fn message(id: &str, channel_id: &str, author: &Value) -> Value {
    object("message", &json!({"id": id, "channel_id": channel_id, "author": author}))
}

/// The message that the bot's `body` makes in answer to an interaction.
pub(crate) fn answer_message(id: &str, interaction: &Value, body: &Body) -> Value {
    let (data, pressed) = (&interaction["data"], &interaction["message"]);
    let user = [&interaction["member"]["user"], &interaction["user"]].into_iter().find(|user| user.is_object());
    let mut metadata = json!({
        "id": interaction["id"], "type": interaction["type"], "user": user, "name": data["name"],
        "authorizing_integration_owners": interaction["authorizing_integration_owners"], "command_type": data["type"],
        "interacted_message_id": pressed["id"], "triggering_interaction_metadata": pressed["interaction_metadata"],
    });
    drop_nulls(&mut metadata);
    let mut message = message(id, interaction["channel_id"].as_str().unwrap_or_default(), &bot());
    let fields = json!({
        "type": CHAT_INPUT_COMMAND, "application_id": APPLICATION_ID, "webhook_id": APPLICATION_ID,
        "interaction_metadata": metadata, "flags": body.json["flags"].as_u64().unwrap_or(0),
    });
    merge(&mut message, &fields);
    edited(message, body)
}

/// The placeholder that a deferred answer shows until it is edited.
pub(crate) fn loading_message(id: &str, interaction: &Value, body: &Body) -> Value {
    // In the data of a deferral, the only thing with an effect is whether the answer will be
    // private.
    let flags = body.json["flags"].as_u64().unwrap_or(0) & EPHEMERAL;
    let mut message = answer_message(id, interaction, &Body::default());
    message["flags"] = json!(flags | LOADING);
    message
}

/// Makes a message a reply. Discord includes the other message, but not the one that it replied
/// to.
pub(crate) fn refer(message: &mut Value, replied_to: &Value) {
    let reference = json!({"type": 0, "channel_id": replied_to["channel_id"], "message_id": replied_to["id"]});
    merge(message, &json!({"type": REPLY, "message_reference": reference, "referenced_message": replied_to}));
    let beside = ["referenced_message", "guild_id", "member", "channel_type", "nonce"];
    remove(&mut message["referenced_message"], &beside);
}

/// The message changed by a body. What the body leaves out stays, but the message is no longer
/// loading.
pub(crate) fn edited(mut message: Value, Body { json: data, files }: &Body) -> Value {
    if data["content"].is_string() {
        message["content"] = data["content"].clone();
    }
    if let Some(embeds) = data["embeds"].as_array() {
        message["embeds"] = embeds.iter().map(sent_embed).collect();
    }
    if data["components"].is_array() {
        message["components"] = data["components"].clone();
        number(&mut message["components"], &mut 1);
    }
    message["flags"] = json!(message["flags"].as_u64().unwrap_or(0) & !LOADING);
    message["attachments"] = attachments(&message, &data["attachments"], files);
    message
}

fn sent_embed(embed: &Value) -> Value {
    let mut sent = embed.clone();
    sent["type"] = json!("rich");
    for field in sent["fields"].as_array_mut().into_iter().flatten() {
        field["inline"] = json!(field["inline"] == true);
    }
    drop_nulls(&mut sent);
    sent
}

pub(crate) fn drop_nulls(object: &mut Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
}

/// Discord numbers the components of a message in order.
fn number(components: &mut Value, next_id: &mut u64) {
    for component in components.as_array_mut().into_iter().flatten() {
        component["id"] = json!(*next_id);
        *next_id += 1;
        if let Some(children) = component.get_mut("components") {
            number(children, next_id);
        }
    }
}

/// The files of a message after an edit: of the old and new ones, those that `wanted` names;
/// without such a list, all of them.
fn attachments(message: &Value, wanted: &Value, files: &[UploadedFile]) -> Value {
    let message_id = message["id"].as_str().unwrap_or_default();
    let new = files.iter().map(|UploadedFile { number, name, content }| {
        let id = (message_id.parse::<u64>().unwrap_or_default() + 1 + number).to_string();
        let url = format!("https://cdn.discordapp.com/ephemeral-attachments/{message_id}/{name}");
        let fields = json!({"id": id, "filename": name, "size": content.len(), "url": url, "proxy_url": url});
        (json!(number), object("attachment", &fields))
    });
    let old = items(&message["attachments"]).iter().map(|old| (old["id"].clone(), old.clone()));
    let is_named = |id: &Value| items(wanted).iter().any(|entry| entry["id"] == *id);
    let kept = old.chain(new).filter(|(id, _)| !wanted.is_array() || is_named(id));
    kept.map(|(_, attachment)| attachment).collect()
}
