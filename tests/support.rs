//! What the tests share: the built binary on one side, a Discord of their own on the other.

pub mod bot;
pub mod footnote;
