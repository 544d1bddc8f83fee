//! The bot on Discord: calls, presses and posts in, responses out.
//!
//! Rooms, from the door inwards; each knows only those below it:
//!
//! - `transport` is the wire: the gateway and the webhook, requests to Discord, and what Discord
//!   sends as types of our own.
//! - `dispatch` takes a call or a press to its command; `conversation` decides which posts are for
//!   the bot.
//! - `commands` is the commands, one a file.
//! - `response` is what all of them come to: a card and how it is delivered, and what is logged.
//! - `view` is what members see: cards within Discord's limits, and the addresses of their buttons
//!   and menus.
//! - `app` is the process, and what one interaction gets of it: one base from beginning to end.
//! - `incoming` is calls, presses and posts; `cooldown` and `turn` are two things that the process
//!   counts.
//!
//! Only `transport` and `view` know Discord's library. What lies between them is plain code without
//! input or output to Discord, which a test can call.

mod app;
mod commands;
mod conversation;
mod cooldown;
mod dispatch;
#[cfg(test)]
mod fixture;
mod incoming;
mod response;
mod transport;
mod turn;
mod view;

pub use app::{App, Setup};
pub use dispatch::respond;
pub use incoming::{Call, Interaction, OptionValue, Post, Press, Typing};
pub use response::{Outcome, Response, Summary};
pub use transport::{gateway, interaction, webhook};
pub use view::file::{File, MAX_FILE};
