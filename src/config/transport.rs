//! How interactions arrive: over the gateway, or by webhook.
//!
//! The webhook's public key is what distinguishes Discord's requests from everybody else's. A key
//! that cannot do that is refused here, before anything listens.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use ed25519_dalek::{PUBLIC_KEY_LENGTH, VerifyingKey};
use footnote_knowledge::toml_file::Located;

use super::key::{Choice, Field, Value, quoted};

pub(super) const KEY_HELP: &str =
    "copy the public key from the General Information page of the Discord developer portal";

/// How interactions arrive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Transport {
    /// Over a WebSocket to Discord.
    #[default]
    Gateway,
    /// By requests from Discord.
    Webhook(WebhookConfig),
}

/// Where the webhook listens, and whose requests it trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookConfig {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The application's public key, which verifies Discord's signatures.
    pub public_key: PublicKey,
    /// How long it goes on answering when the bot is told to stop.
    pub drain: Duration,
}

/// Which shards of the gateway this process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// As many as Discord recommends.
    Auto,
    /// Some or all of a fixed number of shards.
    Range {
        /// The first, counted from 0.
        first: u32,
        /// The last; below `total`, not below `first`.
        last: u32,
        /// How many there are in all processes.
        total: u32,
    },
}

impl Shards {
    fn parse(text: &str) -> Option<Self> {
        if text == "auto" {
            return Some(Self::Auto);
        }
        let (range, total) = text.split_once('/')?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let [first, last, total] = [first, last, total].map(|number| number.parse::<u32>().ok());
        let (first, last, total) = (first?, last?, total?);
        (first <= last && last < total).then_some(Self::Range { first, last, total })
    }
}

impl Value for Shards {
    const VALUES: &str = "`\"auto\"`, or `\"FIRST-LAST/TOTAL\"`";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        field.parsed(
            Self::parse,
            |text| format!("`{text}` is not a range of shards"),
            || {
                format!(
                    "write \"auto\", or a range such as {} = {} for the first four of eight",
                    field.name, field.example
                )
            },
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(match self {
            Self::Auto => quoted(&"auto"),
            Self::Range { first, last, total } => quoted(&format!("{first}-{last}/{total}")),
        })
    }
}

/// An Ed25519 public key. Its text form is 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey([u8; PUBLIC_KEY_LENGTH]);

impl PublicKey {
    /// Reads hexadecimal digits.
    ///
    /// # Errors
    ///
    /// [`PublicKeyError`] if there are not 64 of them, or if they do not make a key that can
    /// verify signatures.
    pub fn parse(text: &str) -> Result<Self, PublicKeyError> {
        let mut bytes = [0; PUBLIC_KEY_LENGTH];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| PublicKeyError::Form)?;
        match VerifyingKey::from_bytes(&bytes) {
            // Under a weak key, such as all zeros, anyone can make signatures that pass.
            Ok(key) if !key.is_weak() => Ok(Self(bytes)),
            _ => Err(PublicKeyError::Value),
        }
    }

    /// The key's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; PUBLIC_KEY_LENGTH] {
        self.0
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// The text is not a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeyError {
    /// It is not 64 hexadecimal digits.
    #[error("is not 64 hexadecimal digits")]
    Form,
    /// It would verify no signature, or anyone's.
    #[error("is not an Ed25519 public key")]
    Value,
}

/// The value of `discord.transport`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TransportName {
    Gateway,
    Webhook,
}

impl Choice for TransportName {
    const NAMES: &'static [(&'static str, Self)] = &[("gateway", Self::Gateway), ("webhook", Self::Webhook)];
    const VALUES: &'static str = "`\"gateway\"` or `\"webhook\"`";
}

impl Value for PublicKey {
    const VALUES: &str = "64 hexadecimal digits";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let text = field.text()?;
        match Self::parse(&text.value) {
            Ok(value) => Some(Located { value, at: text.at }),
            Err(error) => {
                field.reject(text.at, format!("`{}` {error}", text.value), KEY_HELP);
                None
            }
        }
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_in_either_case_and_shown_in_lower_case() {
        let text = "67c6bd767ca099e79efac9fcce4d2022a63bf7dea780e7f3d813f694c1597089";
        assert_eq!(PublicKey::parse(&text.to_uppercase()).unwrap().to_string(), text);
    }

    #[test]
    fn shards_are_a_range_within_a_number() {
        assert_eq!(Shards::parse("auto"), Some(Shards::Auto));
        assert_eq!(Shards::parse("0-3/8"), Some(Shards::Range { first: 0, last: 3, total: 8 }));
        assert_eq!(Shards::parse("7/8"), Some(Shards::Range { first: 7, last: 7, total: 8 }));
        for text in ["", "8", "0-8/8", "3-2/8", "0-3", "-1/8", "0-0/0", "a-b/c", "0-3/8/9"] {
            assert_eq!(Shards::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_key_has_exactly_64_digits() {
        for text in ["", "67", &"6".repeat(63), &"6".repeat(65), &"é".repeat(32), &format!("+{}", "6".repeat(63))] {
            assert_eq!(PublicKey::parse(text), Err(PublicKeyError::Form), "{text}");
        }
    }

    #[test]
    fn a_key_that_verifies_nothing_or_everything_is_refused() {
        let not_on_the_curve = format!("02{}", "0".repeat(62));
        let neutral_element = format!("01{}", "0".repeat(62));
        for text in [not_on_the_curve, neutral_element, "0".repeat(64)] {
            assert_eq!(PublicKey::parse(&text), Err(PublicKeyError::Value), "{text}");
        }
    }
}
