//! What the tests share: the built binary, the double of Discord, and snapshots of what they
//! show.

pub mod bot;
pub mod card;
pub mod discord;
pub mod footnote;
pub mod generated;
pub mod html;
pub mod http;
pub mod postgres;
pub mod snapshot;
pub mod terminal;
