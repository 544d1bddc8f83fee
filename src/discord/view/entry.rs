//! An entry with its sources, and below it what a member can do next.

use serenity::all::{CreateButton, CreateSelectMenuOption};

use super::address::{Address, Deletion, FollowUp, Key};
use super::limits::MAX_LINE;
use super::markdown::line;
use super::message::{AMBER, BLUE, Card, GREY, button, link, menu_option, primary_button, small_button};
use super::{sources, wording};
use crate::discord::texts::Texts;
use footnote_knowledge::{Entry, KnowledgeBase, Standing};

/// Who gets a card, and what they can do with it.
#[derive(Debug, Clone)]
pub(in crate::discord) struct Reader<'a> {
    /// What the bot says, in their language.
    pub(in crate::discord) texts: &'a Texts,
    /// Whether votes are kept. Members can say that an answer helped only then. They can always
    /// say that it did not help, because that offers other entries.
    pub(in crate::discord) keeps_votes: bool,
    /// Who can delete it; `None` if only the member sees it.
    pub(in crate::discord) deletion: Option<Deletion>,
    /// The member whose question people answer if the bot cannot; `None` if there are none.
    pub(in crate::discord) asks_people: Option<u64>,
    /// The address of the site on which each entry has a page, if there is one.
    pub(in crate::discord) site: Option<&'a str>,
}

impl<'a> Reader<'a> {
    /// The member alone.
    pub(in crate::discord) fn alone(texts: &'a Texts, keeps_votes: bool) -> Self {
        Self { texts, keeps_votes, deletion: None, asks_people: None, site: None }
    }

    /// Makes the title of an entry's card a link to its page.
    fn links(&self, card: Card, entry: &Entry) -> Card {
        match self.site {
            Some(site) => card.opening(&format!("{site}/e/{}", entry.id)),
            None => card,
        }
    }

    /// Sets who sees a card, with its last row of buttons.
    pub(super) fn shows(&self, card: Card, buttons: impl IntoIterator<Item = CreateButton>) -> Card {
        let delete = self.deletion.as_ref().map(|deletion| delete_button(self.texts, deletion));
        card.buttons(buttons.into_iter().chain(delete)).private(self.deletion.is_none())
    }
}

/// The button with which a public card can be deleted.
pub(in crate::discord) fn delete_button(texts: &Texts, deletion: &Deletion) -> CreateButton {
    button(&Address::Delete(deletion.clone()), &texts.delete())
}

/// An entry that answers `question`, with its related entries.
pub(in crate::discord) fn card(base: &KnowledgeBase, question: &str, entry: &Entry, reader: &Reader<'_>) -> Card {
    let key = || Key::of(&entry.id);
    let helpful = Address::FollowUp(FollowUp::Helpful(key()));
    let helpful = reader.keeps_votes.then(|| small_button(&helpful, "👍"));
    let not_helpful = Address::FollowUp(FollowUp::NotHelpful(key(), question.to_owned()));
    let votes = helpful.into_iter().chain([small_button(&not_helpful, "👎")]);
    let card = answer(reader.texts, entry).menu(
        &Address::FollowUp(FollowUp::Related),
        &reader.texts.related(),
        related(base, entry),
    );
    let card = reader.links(card, entry);
    reader.shows(card, votes.chain([show_sources(reader.texts, entry)]))
}

/// An entry that may not be what was asked for, shown as the nearest that there is, with a menu of
/// the others.
pub(in crate::discord) fn closest(
    question: &str,
    entry: &Entry,
    others: impl FnOnce(Card) -> Card,
    reader: &Reader<'_>,
) -> Card {
    let (key, question) = (|| Key::of(&entry.id), || question.to_owned());
    let near = primary_button(&Address::FollowUp(FollowUp::Near(key(), question())), &reader.texts.near());
    let not_near = button(&Address::FollowUp(FollowUp::NotNear(key(), question())), &reader.texts.not_near());
    let card = others(shown(reader.texts, entry, GREY).above(&reader.texts.closest()));
    let card = reader.links(card, entry);
    reader.shows(card, [near, not_near, show_sources(reader.texts, entry)])
}

fn show_sources(texts: &Texts, entry: &Entry) -> CreateButton {
    button(&Address::FollowUp(FollowUp::Sources(Key::of(&entry.id))), &texts.show_sources())
}

fn related(base: &KnowledgeBase, entry: &Entry) -> impl Iterator<Item = CreateSelectMenuOption> {
    let entries = entry.related.iter().filter_map(|id| base.entry(&id.value));
    entries.map(|other| menu_option(&other.question, &Key::of(&other.id), ""))
}

/// An entry without anything that can be done with it.
pub(in crate::discord) fn answer(texts: &Texts, entry: &Entry) -> Card {
    shown(texts, entry, if entry.standing == Standing::Reported { BLUE } else { AMBER })
}

fn shown(texts: &Texts, entry: &Entry, colour: u32) -> Card {
    let mut parts = Vec::with_capacity(3);
    parts.extend(wording::standing(texts, entry).map(|standing| format!("**{}**\n", line(&standing, MAX_LINE))));
    parts.push(entry.answer.value.clone());
    parts.extend(wording::as_of(texts, entry).map(|line| format!("\n*{line}*")));
    let description = parts.join("\n");
    let card = Card::tall(&entry.question, &description, colour);
    let fields = sources::fields(texts, entry, &description).into_iter();
    let card = fields.fold(card, |card, (name, value)| card.field(&name, value));
    let card = entry.image.iter().fold(card, |card, address| card.image(address));
    card.buttons(entry.links.iter().map(|own| link(&own.url, &own.title)))
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::{json, labels};
    use super::super::message::texts;
    use super::*;
    use crate::discord::fixture::{base, entry};
    use crate::discord::texts::english;
    use footnote_knowledge::{Citation, Link};

    /// Everyone, and votes are kept.
    fn voting() -> Reader<'static> {
        Reader { texts: english(), keeps_votes: true, deletion: Some(Deletion::by(7)), asks_people: None, site: None }
    }

    #[test]
    fn an_answer_has_its_sources_and_what_can_be_done_next() {
        let card = card(base(), "crane?", entry("crane-height"), &voting());
        let embed = &json(&card)["embeds"][0];
        assert_eq!((&embed["title"], &embed["color"]), (&"How tall is the crane?".into(), &BLUE.into()));
        assert_eq!(embed["description"], "The crane is 30 metres tall.");
        assert_eq!(embed["fields"][0]["value"], "1\\. **The Quay Almanac** · overview · paragraph 2");
        assert_eq!(labels(&card), [vec!["What colour are the ropes?"], vec!["👍", "👎", "Show sources", "Delete"]]);
        assert_eq!(json(&card)["components"][1]["components"][3]["custom_id"], "delete:7::");
    }

    #[test]
    fn a_long_answer_with_a_picture_links_and_many_sources_is_not_cut() {
        let mut long = entry("crane-height").clone();
        long.answer.value = "a".repeat(4_000);
        long.image = Some("https://quay.example/crane.png".to_owned());
        long.links = vec![Link { title: "Map".to_owned(), url: "https://quay.example/map".to_owned() }];
        let citation = long.citations[0].clone();
        long.citations.extend((1..60).map(|number| Citation { paragraph: Some(number), ..citation.clone() }));
        let card = json(&card(base(), "", &long, &voting()));
        let embed = &card["embeds"][0];
        assert_eq!(embed["description"].as_str().map(str::len), Some(4_000));
        assert_eq!(embed["image"]["url"], "https://quay.example/crane.png");
        assert_eq!(card["components"][0]["components"][0]["url"], "https://quay.example/map");
        assert!(texts(embed) <= 6_000, "{}", texts(embed));
    }

    #[test]
    fn a_claim_a_dispute_and_a_date_are_shown() {
        let description = |id| json(&card(base(), "", entry(id), &voting()))["embeds"][0]["description"].to_string();
        assert!(description("rope-colour").starts_with("\"**Claim by Ada Quill — opinion piece**"));
        assert!(description("bell-weight").starts_with("\"**Disputed — the sources differ**"));
        assert!(description("bell-rings").ends_with("*As of May 2024*\""));
    }

    #[test]
    fn a_source_that_can_be_read_is_a_link_and_its_credit_is_given() {
        let card = card(base(), "", entry("rope-colour"), &voting());
        assert_eq!(
            json(&card)["embeds"][0]["fields"][0]["value"],
            "1\\. [Letters \\*from\\* the Quay](https://quay.example#:~:text=green%20ropes) \
             · Ada Quill · opinion piece · paragraph 1 · By kind permission"
        );
    }

    #[test]
    fn members_can_say_that_an_answer_helped_only_if_votes_are_kept() {
        let private = card(base(), "", entry("bell-rings"), &Reader::alone(english(), false));
        assert_eq!(labels(&private), [["👎", "Show sources"]]);
        assert!(private.is_private());
    }
}
