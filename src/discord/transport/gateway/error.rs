//! Why the bot stops although nobody stopped it, and what the operator can do.

use super::super::rest::RequestError;

/// Why the bot stopped although nobody stopped it.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Discord does not accept the token, on REST (401) or on the gateway (close code 4004).
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The gateway's address is not usable.
    #[error(
        "`{0}` is not the address of a gateway (ws:// or wss://): check what discord.api_proxy \
         answers to GET /gateway/bot"
    )]
    GatewayAddress(String),
    /// The application may not read the content of messages (close code 4014).
    #[error(
        "discord.watch_channels needs the Message Content Intent: turn it on in the Discord \
         developer portal, on the Bot page under Privileged Gateway Intents, or leave \
         watch_channels out of config.toml"
    )]
    NoMessageContent,
    /// Discord does not accept the number of a shard, or how many there are (close codes 4010 and
    /// 4011).
    #[error(
        "Discord does not accept this many shards (close code {code}): write discord.shards = \
         \"auto\", or a range of a larger number of shards"
    )]
    Sharding {
        /// The close code.
        code: u16,
    },
    /// This version speaks to Discord in a way that it no longer knows (close codes 4012 and 4013).
    #[error("Discord no longer knows this version's protocol (close code {code}): update Footnote")]
    Outdated {
        /// The close code.
        code: u16,
    },
    /// The gateway closed permanently.
    #[error("Discord closed the gateway with code {code}: {reason}")]
    Closed {
        /// The close code; 0 if there was none.
        code: u16,
        /// Discord's reason.
        reason: String,
    },
    /// The task of a shard panicked.
    #[error("a shard crashed; report it with the lines before")]
    Crashed,
}

impl ServeError {
    /// What a close code means after which no other connection makes sense.
    pub(super) fn closed(code: u16, reason: &str) -> Self {
        match code {
            4_004 => Self::Request(RequestError::InvalidToken),
            4_010 | 4_011 => Self::Sharding { code },
            4_012 | 4_013 => Self::Outdated { code },
            // Only the privileged intent can be refused, and only watched channels need it.
            4_014 => Self::NoMessageContent,
            _ => Self::Closed { code, reason: reason.to_owned() },
        }
    }

    /// Whether the operator has to change something before another start makes sense.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::Request(error) => error.is_configuration(),
            Self::GatewayAddress(_) | Self::NoMessageContent | Self::Sharding { .. } | Self::Outdated { .. } => true,
            Self::Closed { .. } | Self::Crashed => false,
        }
    }
}
