//! Requests as Discord makes them: an interaction with everything that Discord puts into one,
//! signed over timestamp and body.

use std::time::{SystemTime, UNIX_EPOCH};

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use footnote::config::{PublicKey, PublicKeyError};
use serde_json::{Value, json};

/// A request before it is encoded.
#[derive(Clone, Debug)]
pub(crate) struct SignedRequest {
    /// The header X-Signature-Ed25519: hexadecimal digits.
    pub(crate) signature: String,
    /// The header X-Signature-Timestamp: seconds since 1970.
    pub(crate) timestamp: String,
    /// The interaction as JSON.
    pub(crate) body: Vec<u8>,
}

/// Signs requests with its own key.
pub(crate) struct Signer {
    key: SigningKey,
}

impl Signer {
    /// A signer whose key consists of this byte.
    pub(crate) fn new(byte: u8) -> Self {
        Self { key: SigningKey::from_bytes(&[byte; 32]) }
    }

    /// The public half of the key, as the webhook is configured with it.
    pub(crate) fn public_key(&self) -> Result<PublicKey, PublicKeyError> {
        PublicKey::parse(&hexadecimal(self.verifying_key().as_bytes()))
    }

    /// The public half of the key.
    pub(crate) fn verifying_key(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    /// Signs a body with the current time.
    pub(crate) fn sign(&self, body: Vec<u8>) -> SignedRequest {
        let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_string();
        let signature = self.key.sign(&[timestamp.as_bytes(), &body].concat());
        SignedRequest { signature: hexadecimal(&signature.to_bytes()), timestamp, body }
    }
}

/// The digits of these bytes.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// The body of the interaction in which a member uses `/ask`. The number makes it differ from
/// others.
pub(crate) fn ask(question: &str, number: u64) -> Vec<u8> {
    let id = (1_287_650_000_000_000_000 + number).to_string();
    let guild = "1287650000000000010";
    let interaction = json!({
        "app_permissions": "2251799813685247",
        "application_id": "1287650000000000001",
        "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {"0": guild},
        "channel": channel(guild),
        "channel_id": "1287650000000000020",
        "context": 0,
        "data": {
            "id": "1287650000000000040",
            "name": "ask",
            "type": 1,
            "options": [{"name": "question", "type": 3, "value": question}],
        },
        "entitlement_sku_ids": [],
        "entitlements": [],
        "guild": {"id": guild, "locale": "en-US", "features": ["COMMUNITY", "NEWS"]},
        "guild_id": guild,
        "guild_locale": "en-US",
        "id": id,
        "locale": "en-GB",
        "member": member(),
        "token": format!("aW50ZXJhY3Rpb246{id}"),
        "type": 2,
        "version": 1,
    });
    interaction.to_string().into_bytes()
}

fn channel(guild: &str) -> Value {
    json!({
        "flags": 0,
        "guild_id": guild,
        "icon_emoji": null,
        "id": "1287650000000000020",
        "last_message_id": "1287650000000000022",
        "last_pin_timestamp": null,
        "name": "questions",
        "nsfw": false,
        "parent_id": "1287650000000000021",
        "permissions": "2251799813685247",
        "position": 1,
        "rate_limit_per_user": 0,
        "theme_color": null,
        "topic": null,
        "type": 0,
    })
}

fn member() -> Value {
    json!({
        "avatar": null,
        "avatar_decoration_data": null,
        "banner": null,
        "collectibles": null,
        "communication_disabled_until": null,
        "deaf": false,
        "display_name_styles": null,
        "flags": 0,
        "joined_at": "2024-03-27T18:15:00.000000+00:00",
        "mute": false,
        "nick": null,
        "pending": false,
        "permissions": "2251799813685247",
        "premium_since": null,
        "roles": ["1287650000000000050", "1287650000000000051"],
        "unusual_dm_activity_until": null,
        "user": {
            "avatar": "9f5d2a1c8e7b46305a1d2c3b4e5f6a7b",
            "avatar_decoration_data": null,
            "clan": null,
            "collectibles": null,
            "discriminator": "0",
            "display_name_styles": null,
            "global_name": "Besa",
            "id": "1287650000000000030",
            "primary_guild": null,
            "public_flags": 0,
            "username": "besa",
        },
    })
}
