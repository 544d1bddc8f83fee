//! What the tests share: the built binary on one side, a Discord of their own on the other, and
//! snapshots of what they show.

pub mod bot;
pub mod card;
pub mod discord;
pub mod footnote;
pub mod http;
pub mod snapshot;
