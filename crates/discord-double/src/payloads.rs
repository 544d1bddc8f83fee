//! What Discord sends about itself: the bot, its application, the people, and messages.
//!
//! The objects carry all that Discord sends today and not only what serenity reads, so that a
//! change in serenity, or a field that the bot logs or stores, meets something real.

use serde_json::{Value, json};

use super::body::UploadedFile;
use super::exchange::Exchange;
use super::form::items;
use super::webhook;

/// The application whose bot is under test.
pub const APPLICATION_ID: &str = "1287650000000000001";
/// The bot's user, which has the application's id, as with every application of today.
pub const BOT_USER_ID: &str = APPLICATION_ID;
/// The guild where interactions come from unless a test says otherwise.
pub const GUILD_ID: u64 = 1_287_650_000_000_000_010;
/// The channel of that guild.
pub const CHANNEL_ID: u64 = 1_287_650_000_000_000_020;
/// The owner of the application, unless a team owns it.
pub const OWNER_ID: u64 = 1_287_650_000_000_000_099;
/// The member who invokes unless a test says otherwise.
pub const MEMBER_ID: u64 = 1_287_650_000_000_000_030;

/// The first id of what is made without a double.
pub const FIRST_ID: u64 = 1_287_650_000_000_001_000;

/// The interaction with which Discord asks a webhook whether it is there.
pub(crate) fn ping(id: &str) -> Value {
    json!({
        "app_permissions": "562949953601536",
        "application_id": APPLICATION_ID,
        "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {},
        "entitlements": [],
        "id": id,
        "token": format!("aW50ZXJhY3Rpb246{id}"),
        "type": 1,
        "user": user("643945264868098049", "discord", false),
        "version": 1,
    })
}

/// Every message of the double bears this time; no test should depend on the clock.
const SENT_AT: &str = "2026-01-15T12:00:00.000000+00:00";
const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;
/// The type of a message that replies to another.
pub(crate) const REPLY: u64 = 19;

/// A user as Discord describes them to others.
pub(crate) fn user(id: &str, name: &str, bot: bool) -> Value {
    let mut user = json!({
        "id": id,
        "username": name,
        "discriminator": if bot { "4242" } else { "0" },
        "global_name": if bot { Value::Null } else { json!(name) },
        "avatar": "9f5d2a1c8e7b46305a1d2c3b4e5f6a7b",
        "avatar_decoration_data": null,
        "collectibles": null,
        "display_name_styles": null,
        "primary_guild": null,
        "clan": null,
        "public_flags": 0,
        "flags": 0,
    });
    if bot {
        user["bot"] = json!(true);
    }
    user
}

/// `GET /users/@me`: the bot as it sees itself.
pub(crate) fn current_user() -> Value {
    let mut current = user(BOT_USER_ID, "footnote", true);
    let own = json!({
        "banner": null, "accent_color": null, "banner_color": null,
        "mfa_enabled": true, "locale": "en-US", "premium_type": 0, "email": null,
        "verified": true, "bio": "",
    });
    merge(&mut current, &own);
    current
}

/// `GET /applications/@me`. `team` is the one that owns it, or null.
pub(crate) fn application(team: &Value) -> Value {
    // The owner of a team's application is a user that stands for the team.
    let owner = match team["id"].as_str() {
        Some(id) => user(id, &format!("team{id}"), false),
        None => user(&OWNER_ID.to_string(), "owner", false),
    };
    json!({
        "id": APPLICATION_ID,
        "name": "Footnote",
        "icon": null,
        "description": "",
        "type": null,
        "bot": user(BOT_USER_ID, "footnote", true),
        "summary": "",
        "is_monetized": false,
        "is_verified": false,
        "bot_public": true,
        "bot_require_code_grant": false,
        "integration_types_config": {"0": {}, "1": {}},
        "verify_key": webhook::public_key(),
        "flags": 0,
        "flags_new": "0",
        "hook": true,
        "storefront_available": false,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "owner": owner,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "event_webhooks_url": null,
        "event_webhooks_status": 1,
        "team": team,
        "eligible_oauth2_scopes": [],
    })
}

/// The data of the READY event.
pub(crate) fn ready(session_id: &str, gateway_url: &str, shard: [u64; 2]) -> Value {
    json!({
        "v": 10,
        "user_settings": {},
        "user": current_user(),
        "session_type": "normal",
        "session_id": session_id,
        "resume_gateway_url": gateway_url,
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "guilds": [{"id": GUILD_ID.to_string(), "unavailable": true}],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": ["rotterdam", "frankfurt", "stockholm"],
        "game_relationships": [],
        "auth": {},
        "application": {"id": APPLICATION_ID, "flags": 0},
        "_trace": ["[\"gateway-prd-double\",{\"micros\":90000}]"],
        "shard": shard,
    })
}

/// The channel of an interaction in a guild, as Discord abridges it there.
pub(crate) fn guild_channel(guild_id: u64) -> Value {
    json!({
        "id": CHANNEL_ID.to_string(),
        "type": 0,
        "guild_id": guild_id.to_string(),
        "name": "questions",
        "topic": null,
        "position": 1,
        "parent_id": "1287650000000000021",
        "last_message_id": "1287650000000000022",
        "last_pin_timestamp": null,
        "rate_limit_per_user": 0,
        "nsfw": false,
        "flags": 0,
        "icon_emoji": null,
        "theme_color": null,
        "permissions": "2251799813685247",
    })
}

/// The direct-message channel between the bot and a user.
pub(crate) fn direct_channel(recipient: &Value) -> Value {
    json!({
        "id": CHANNEL_ID.to_string(),
        "type": 1,
        "flags": 0,
        "last_message_id": "1287650000000000022",
        "recipients": [recipient],
    })
}

/// The invoking member of a guild.
pub(crate) fn member(user: &Value, permissions: u64) -> Value {
    json!({
        "user": user,
        "nick": null,
        "avatar": null,
        "banner": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "display_name_styles": null,
        "roles": [],
        "joined_at": "2024-03-27T18:15:00.000000+00:00",
        "premium_since": null,
        "communication_disabled_until": null,
        "unusual_dm_activity_until": null,
        "deaf": false,
        "mute": false,
        "pending": false,
        "flags": 0,
        "permissions": permissions.to_string(),
    })
}

/// The author of a guild's message as a member, without the user, who stands beside.
pub(crate) fn member_of_message(author: &Value) -> Value {
    let mut member = member(author, 0);
    if let Some(fields) = member.as_object_mut() {
        fields.remove("user");
        fields.remove("permissions");
    }
    member
}

/// The message that a bot's `data` makes in answer to an interaction.
pub(crate) fn message(id: &str, exchange: &Exchange, data: &Value) -> Value {
    let interaction = &exchange.payload;
    let user = [&interaction["member"]["user"], &interaction["user"]];
    let user = user.into_iter().find(|user| user.is_object()).cloned().unwrap_or_default();
    let mut message = bare_message(id, &interaction["channel_id"]);
    message["interaction_metadata"] = json!({
        "id": exchange.id,
        "type": exchange.kind,
        "user": user,
        "authorizing_integration_owners": interaction["authorizing_integration_owners"],
        "name": interaction["data"]["name"],
        "command_type": 1,
        "interacted_message_id": interaction["message"]["id"],
        "triggering_interaction_metadata": interaction["message"]["interaction_metadata"],
    });
    if let Some(metadata) = message["interaction_metadata"].as_object_mut() {
        metadata.retain(|_, value| !value.is_null());
    }
    edit(&mut message, data);
    message["flags"] = json!(data["flags"].as_u64().unwrap_or(0));
    message
}

/// A message of the bot with nothing in it yet.
pub(crate) fn bare_message(id: &str, channel_id: &Value) -> Value {
    json!({
        "id": id,
        "type": 20,
        "channel_id": channel_id,
        "author": user(BOT_USER_ID, "footnote", true),
        "application_id": APPLICATION_ID,
        "webhook_id": APPLICATION_ID,
        "content": "",
        "embeds": [],
        "components": [],
        "attachments": [],
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": false,
        "timestamp": SENT_AT,
        "edited_timestamp": null,
        "pinned": false,
        "tts": false,
        "flags": 0,
    })
}

/// Makes a bare message one that `author` wrote without an application's help.
pub(crate) fn written_by(message: &mut Value, author: &Value, kind: u64) {
    message["author"] = author.clone();
    message["type"] = json!(kind);
    if let Some(fields) = message.as_object_mut() {
        fields.remove("webhook_id");
        fields.remove("application_id");
    }
}

/// Makes a message a reply. Discord gives the other message along, but not what that one replied
/// to.
pub(crate) fn refer(message: &mut Value, replied_to: &Value) {
    message["message_reference"] =
        json!({"type": 0, "channel_id": replied_to["channel_id"], "message_id": replied_to["id"]});
    let mut referenced = replied_to.clone();
    if let Some(fields) = referenced.as_object_mut() {
        for key in ["referenced_message", "guild_id", "member", "channel_type", "nonce"] {
            fields.remove(key);
        }
    }
    message["referenced_message"] = referenced;
}

/// The message that the bot's `body` makes in a channel.
pub(crate) fn posted_message(id: &str, channel_id: &str, body: &Value, replied_to: Option<&Value>) -> Value {
    let mut message = bare_message(id, &json!(channel_id));
    let kind = if replied_to.is_some() { REPLY } else { 0 };
    written_by(&mut message, &user(BOT_USER_ID, "footnote", true), kind);
    edit(&mut message, body);
    if !body["nonce"].is_null() {
        message["nonce"] = body["nonce"].clone();
    }
    if let Some(replied_to) = replied_to {
        refer(&mut message, replied_to);
    }
    message
}

/// The placeholder that a deferred answer shows until it is edited.
pub(crate) fn loading_message(id: &str, exchange: &Exchange, data: &Value) -> Value {
    let mut message = message(id, exchange, &Value::Null);
    // Of the deferral's data, only whether the answer will be private has an effect.
    let flags = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL;
    message["flags"] = json!(flags | LOADING);
    message
}

/// Changes a message by an edit's body; what the body leaves out stays, and it is loading no more.
pub(crate) fn edit(message: &mut Value, data: &Value) {
    if let Some(content) = data["content"].as_str() {
        message["content"] = json!(content);
    }
    if let Some(embeds) = data["embeds"].as_array() {
        message["embeds"] = embeds.iter().map(sent_embed).collect();
    }
    if let Some(components) = data["components"].as_array() {
        message["components"] = json!(components);
        let mut next_id = 1;
        number_components(&mut message["components"], &mut next_id);
    }
    message["flags"] = json!(message["flags"].as_u64().unwrap_or(0) & !LOADING);
}

/// Gives a message the files of a callback: those that `attachments` names, beside those that it
/// keeps; without such a list all of them beside what was there.
pub(crate) fn attach(message: &mut Value, attachments: &Value, files: &[UploadedFile]) {
    let had = items(&message["attachments"]).to_vec();
    let find = |id: &Value| attachment(message, &had, files, id);
    let now: Vec<Value> = if let Some(list) = attachments.as_array() {
        list.iter().filter_map(|entry| find(&entry["id"])).collect()
    } else {
        had.iter().cloned().chain(files.iter().filter_map(|file| find(&json!(file.number)))).collect()
    };
    message["attachments"] = json!(now);
}

/// A new file by its number, or an old one by its id.
fn attachment(message: &Value, had: &[Value], files: &[UploadedFile], id: &Value) -> Option<Value> {
    let Some(number) = id.as_u64() else { return had.iter().find(|old| old["id"] == *id).cloned() };
    let UploadedFile { name, content, .. } = files.iter().find(|file| file.number == number)?;
    let address = format!("https://cdn.discordapp.com/ephemeral-attachments/{}/{name}", message["id"].as_str()?);
    Some(json!({
        "id": (message["id"].as_str()?.parse::<u64>().ok()? + 1 + number).to_string(),
        "filename": name,
        "size": content.len(),
        "url": address,
        "proxy_url": address,
        "content_type": "text/plain; charset=utf-8",
        "ephemeral": true,
    }))
}

/// Marks a message as edited after it was sent.
pub(crate) fn mark_edited(message: &mut Value) {
    message["edited_timestamp"] = json!(SENT_AT);
}

fn sent_embed(embed: &Value) -> Value {
    let mut sent = embed.clone();
    sent["type"] = json!("rich");
    for field in sent["fields"].as_array_mut().into_iter().flatten() {
        field["inline"] = json!(field["inline"] == true);
    }
    if let Some(fields) = sent.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    sent
}

/// Discord numbers the components of a message through, in the order of their appearance.
fn number_components(components: &mut Value, next_id: &mut u64) {
    for component in components.as_array_mut().into_iter().flatten() {
        component["id"] = json!(*next_id);
        *next_id += 1;
        if let Some(children) = component.get_mut("components") {
            number_components(children, next_id);
        }
    }
}

/// Copies the fields of one object into another.
pub(crate) fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}
