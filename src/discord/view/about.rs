//! What the bot says about itself.

use super::address::Address;
use super::message::{BLUE, Card, button, link};
use crate::config::Links;
use crate::discord::texts::Texts;

/// The card, with links to what the operator has to say.
pub(in crate::discord) fn card(texts: &Texts, text: &str, links: &Links, can_delete_votes: bool) -> Card {
    let links = [
        (texts.privacy_policy(), &links.privacy_policy),
        (texts.terms_of_service(), &links.terms),
        (texts.support(), &links.support),
    ];
    let links = links.into_iter().filter_map(|(label, address)| Some(link(address.as_deref()?, &label)));
    Card::new(&texts.about_title(), text, BLUE)
        .buttons(links)
        .buttons(can_delete_votes.then(|| button(&Address::DeleteVotes, &texts.delete_my_votes())))
        .private(true)
}
