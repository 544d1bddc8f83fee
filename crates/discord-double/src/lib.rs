#![doc = include_str!("../README.md")]
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "a tool for tests panics where a test has to fail; a forgotten result is harmless"
)]

mod answer;
mod body;
mod channels;
mod commands;
mod double;
mod exchange;
mod gateway;
mod incoming;
mod interaction;
mod limits;
mod objects;
pub mod openapi;
mod rest;
mod schema;
mod sessions;
mod state;
mod webhook;

pub use body::UploadedFile;
pub use double::{DiscordDouble, HeldCallbacks, Shard};
pub use exchange::{CallbackReply, Sent};
pub use incoming::{IncomingMessage, Said};
pub use interaction::Interaction;
pub use objects::{
    APPLICATION_ID, BOT_ROLE_ID, BOT_USER_ID, CHANNEL_ID, FORUM_ID, GUILD_ID, HELPER_ROLE_ID, MEMBER_ID, OWNER_ID,
    SOLVED_TAG_ID,
};
pub use openapi::check_callback;
pub use sessions::{Builder, Identify, Resume};
pub use state::{Post, RecordedRequest};
pub use webhook::{public_key, sign};
