//! `/topics` and `/sources`: the topics of the base and the documents it rests on, for members
//! who do not know what to ask.

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use crate::discord::app::Context;
use crate::discord::incoming::{Call, Press};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::address::{Browse, Catalogue, Key};
use crate::discord::view::catalogue;
use crate::discord::view::entry::{self, Reader};

/// A command that shows a catalogue.
pub(super) struct ShowCatalogue {
    catalogue: Catalogue,
    definition: Definition,
}

pub(super) static TOPICS: ShowCatalogue =
    ShowCatalogue { catalogue: Catalogue::Topics, definition: Definition::typed("topics", Audience::Everyone) };

pub(super) static SOURCES: ShowCatalogue =
    ShowCatalogue { catalogue: Catalogue::Sources, definition: Definition::typed("sources", Audience::Everyone) };

impl Command for ShowCatalogue {
    fn definition(&self) -> &Definition {
        &self.definition
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, _call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            Response::message(catalogue::contents(context.texts, context.base(), self.catalogue, 0), Outcome::List)
        })
    }
}

/// The response to a button or menu of a catalogue.
pub(in crate::discord) fn press(
    context: &Context<'_>,
    press: &Press,
    catalogue: Catalogue,
    place: &Browse,
) -> Response {
    let (texts, base) = (context.texts, context.base());
    let card = match place {
        Browse::Contents(page) => Some(catalogue::contents(texts, base, catalogue, *page)),
        Browse::Open => catalogue::entries(texts, base, catalogue, &Key::picked(press), 0),
        Browse::Entries(key, page) => catalogue::entries(texts, base, catalogue, key, *page),
        Browse::Pick(key, page) => {
            let Some(entry) = Key::picked(press).entry(base) else { return Response::gone(texts) };
            let reader = Reader { site: context.site(), ..Reader::alone(texts, context.keeps_votes()) };
            let answer = entry::card(base, &entry.question, entry, &reader);
            let card = catalogue::picked(texts, base, catalogue, key, *page, answer);
            return match card {
                Some(card) => Response::update(card, Outcome::Answer).about(entry),
                None => Response::gone(texts),
            };
        }
    };
    match card {
        Some(card) if press.is_private => Response::update(card, Outcome::List),
        // Below a public "I don't know", a button opens the topic for only the member who used
        // it.
        Some(card) => Response::message(card, Outcome::List),
        None => Response::gone(texts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::fixture::app;
    use crate::discord::response::Delivery;

    fn pressed(is_private: bool, picked: Option<&str>, place: &Browse) -> Response {
        let press = Press { is_private, picked: picked.map(str::to_owned), ..Press::default() };
        super::press(&app().anywhere(), &press, Catalogue::Topics, place)
    }

    #[test]
    fn a_catalogue_turns_in_place_but_opens_privately_below_a_public_message() {
        let quay = || Browse::Entries(Key::of("quay"), 0);
        assert!(matches!(pressed(true, None, &quay()).delivery, Delivery::Update(_)));
        assert!(matches!(pressed(false, None, &quay()).delivery, Delivery::Message(_)));
        assert!(matches!(pressed(true, Some("quay"), &Browse::Open).delivery, Delivery::Update(_)));
        assert_eq!(pressed(true, None, &Browse::Contents(9)).summary.outcome, Outcome::List);
    }

    #[test]
    fn an_entry_is_picked_from_its_page() {
        let page = || Browse::Pick(Key::of("quay"), 0);
        let response = pressed(true, Some("crane-height"), &page());
        assert!(matches!(response.delivery, Delivery::Update(_)));
        assert_eq!(
            (response.summary.outcome, response.summary.entry.as_deref()),
            (Outcome::Answer, Some("crane-height"))
        );
        assert_eq!(pressed(true, Some("no-such-entry"), &page()).summary.outcome, Outcome::Gone);
        assert_eq!(pressed(true, None, &page()).summary.outcome, Outcome::Gone);
    }

    #[test]
    fn what_the_base_no_longer_has_is_reported_as_gone() {
        let gone = [
            (None, Browse::Entries(Key::of("moat"), 0)),
            (Some("moat"), Browse::Open),
            (Some("crane-height"), Browse::Pick(Key::of("moat"), 0)),
        ];
        for (picked, place) in gone {
            assert_eq!(pressed(true, picked, &place).summary.outcome, Outcome::Gone, "{place:?}");
        }
    }
}
