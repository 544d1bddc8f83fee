//! The bot on Discord: calls, presses and posts come in, responses go out.
//!
//! The modules, from the outside in. Each knows only those below it:
//!
//! - `transport` is the wire: the gateway, the webhook and requests to Discord. It turns what
//!   Discord sends into our own types.
//! - `dispatch` passes a call or a press to its command; `conversation` decides which posts are
//!   for the bot.
//! - `commands` has the commands, one in each file.
//! - `digest` says what moderators should know of the week.
//! - `reload` replaces the base while the bot runs.
//! - `overrides` reads what servers' managers have changed.
//! - `response` is what all of them return: a card, how it is delivered, and what is logged.
//! - `view` is what members see: cards within Discord's limits, and the addresses of their
//!   buttons and menus.
//! - `texts` is everything fixed that members read, in each language.
//! - `servers` says what each server has: its base, and how the bot behaves there; `bases` holds
//!   the bases, `loaded` is one of them; `sureness` limits how sure it may be asked to be.
//! - `app` is the process, and what it gives to one interaction: one base from beginning to end.
//! - `desk` shows and makes changes of the base.
//! - `question` says what a message asks.
//! - `foreign` tells questions in another language than the base's from others.
//! - `incoming` has calls, presses and posts; `cooldown` and `turn` are two things that the
//!   process counts.
//!
//! Only `transport` and `view` know Discord's library. Everything else is plain code without
//! input from or output to Discord, so a test can call it.

mod app;
mod bases;
mod commands;
mod conversation;
mod cooldown;
mod desk;
mod digest;
mod dispatch;
#[cfg(test)]
mod fixture;
mod foreign;
mod incoming;
mod loaded;
mod overrides;
mod question;
mod reload;
mod response;
mod servers;
mod setup;
mod sureness;
mod texts;
mod transport;
mod turn;
mod view;

pub use app::App;
pub use bases::{Answering, BasesHeld};
pub use desk::Desk;
pub use dispatch::respond;
pub use incoming::{Call, Form, Interaction, Locales, OptionValue, Post, Powers, Press, Sight, Typing};
pub use loaded::{LoadedBase, Newest};
pub use overrides::Overrides;
pub use reload::{Reloader, Reloaders};
pub use response::{Outcome, Response, Summary};
pub use setup::Setup;
pub use transport::{LIBRARY, gateway, interaction, start_tls, webhook};
pub use view::file::{File, MAX_FILE};
