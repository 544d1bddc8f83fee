//! What the bot says about itself.

use super::address::Address;
use super::message::{BLUE, Card, button, link};
use crate::config::Links;

/// The card, with links to what the operator has to say.
pub(in crate::discord) fn card(text: &str, links: &Links, can_delete_votes: bool) -> Card {
    let links =
        [("Privacy policy", &links.privacy_policy), ("Terms of service", &links.terms), ("Support", &links.support)];
    let links = links.into_iter().filter_map(|(label, address)| Some(link(address.as_deref()?, label)));
    Card::new("About Footnote", text, BLUE)
        .buttons(links)
        .buttons(can_delete_votes.then(|| button(&Address::DeleteVotes, "Delete my votes")))
        .private(true)
}
