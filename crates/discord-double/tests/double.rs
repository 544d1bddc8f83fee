//! Proves the double with a real serenity bot: that it answers and refuses as Discord does, and
//! that a test built on it can fail.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that meets a surprise stops there and says so"
)]

#[path = "double/bot.rs"]
mod bot;
#[path = "double/conformance.rs"]
mod conformance;
#[path = "double/files.rs"]
mod files;
#[path = "double/gateway.rs"]
mod gateway;
#[path = "double/limits.rs"]
mod limits;
#[path = "double/messages.rs"]
mod messages;
#[path = "double/rest.rs"]
mod rest;
#[path = "double/webhook.rs"]
mod webhook;
