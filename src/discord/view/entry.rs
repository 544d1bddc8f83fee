//! An entry with its sources, and below it what a member can do next.

use serenity::all::CreateButton;

use super::address::{Address, FollowUp, Key};
use super::limits::MAX_LINE;
use super::markdown::line;
use super::message::{AMBER, BLUE, Card, GREY, button};
use super::{sources, wording};
use crate::discord::texts::Texts;
use footnote_knowledge::{Entry, KnowledgeBase, Standing};

/// How many related entries have a button.
const MAX_RELATED: usize = 3;

/// An entry that answers `question`, with its related entries. Members can say that it helped
/// only if votes are kept. They can always say that it did not help, because that offers other
/// entries.
pub(in crate::discord) fn card(
    texts: &Texts,
    base: &KnowledgeBase,
    question: &str,
    entry: &Entry,
    keeps_votes: bool,
) -> Card {
    let not_helpful = FollowUp::NotHelpful(Key::of(&entry.id), question.to_owned());
    answer(texts, entry).buttons(related(base, entry)).buttons(votes(texts, entry, not_helpful, keeps_votes))
}

/// An entry that may not be what was asked for, shown as the nearest that there is.
pub(in crate::discord) fn closest(texts: &Texts, question: &str, entry: &Entry, keeps_votes: bool) -> Card {
    let lead = format!("*{}*\n", texts.closest());
    let not_helpful = FollowUp::NotNear(Key::of(&entry.id), question.to_owned());
    shown(texts, entry, Some(lead), GREY).buttons(votes(texts, entry, not_helpful, keeps_votes))
}

fn votes(
    texts: &Texts,
    entry: &Entry,
    not_helpful: FollowUp,
    keeps_votes: bool,
) -> impl Iterator<Item = CreateButton> + use<> {
    let helpful = Address::FollowUp(FollowUp::Helpful(Key::of(&entry.id)));
    let helpful = keeps_votes.then(|| button(&helpful, &texts.helpful()));
    let sources = button(&Address::FollowUp(FollowUp::Sources(Key::of(&entry.id))), &texts.show_sources());
    helpful.into_iter().chain([button(&Address::FollowUp(not_helpful), &texts.not_helpful()), sources])
}

fn related(base: &KnowledgeBase, entry: &Entry) -> impl Iterator<Item = CreateButton> {
    let entries = entry.related.iter().filter_map(|id| base.entry(&id.value)).take(MAX_RELATED);
    entries.map(|other| button(&Address::FollowUp(FollowUp::Show(Key::of(&other.id))), &other.question))
}

fn answer(texts: &Texts, entry: &Entry) -> Card {
    let colour = if entry.standing == Standing::Reported { BLUE } else { AMBER };
    shown(texts, entry, None, colour)
}

fn shown(texts: &Texts, entry: &Entry, lead: Option<String>, colour: u32) -> Card {
    let mut parts = Vec::with_capacity(4);
    parts.extend(lead);
    parts.extend(wording::standing(texts, entry).map(|standing| format!("**{}**\n", line(&standing, MAX_LINE))));
    parts.push(entry.answer.value.clone());
    parts.extend(wording::as_of(texts, entry).map(|line| format!("\n*{line}*")));
    let card = Card::new(&entry.question, &parts.join("\n"), colour);
    sources::fields(texts, entry).into_iter().fold(card, |card, (name, value)| card.field(&name, value))
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::{json, labels};
    use super::*;
    use crate::discord::fixture::{base, entry};
    use crate::discord::texts::english;

    #[test]
    fn an_answer_has_its_sources_and_what_can_be_done_next() {
        let card = card(english(), base(), "crane?", entry("crane-height"), true);
        let embed = &json(&card)["embeds"][0];
        assert_eq!((&embed["title"], &embed["color"]), (&"How tall is the crane?".into(), &BLUE.into()));
        assert_eq!(embed["description"], "The crane is 30 metres tall.");
        assert_eq!(embed["fields"][0]["value"], "1\\. **The Quay Almanac** · overview · paragraph 2");
        assert_eq!(labels(&card), [vec!["What colour are the ropes?"], vec!["Helpful", "Not helpful", "Show sources"]]);
    }

    #[test]
    fn a_claim_a_dispute_and_a_date_are_shown() {
        let description =
            |id| json(&card(english(), base(), "", entry(id), true))["embeds"][0]["description"].to_string();
        assert!(description("rope-colour").starts_with("\"**Claim by Ada Quill — opinion piece**"));
        assert!(description("bell-weight").starts_with("\"**Disputed — the sources differ**"));
        assert!(description("bell-rings").ends_with("*As of May 2024*\""));
    }

    #[test]
    fn a_source_that_can_be_read_is_a_link_and_its_credit_is_given() {
        let card = card(english(), base(), "", entry("rope-colour"), true);
        assert_eq!(
            json(&card)["embeds"][0]["fields"][0]["value"],
            "1\\. [Letters \\*from\\* the Quay](https://quay.example#:~:text=green%20ropes) \
             · Ada Quill · opinion piece · paragraph 1 · By kind permission"
        );
    }

    #[test]
    fn members_can_say_that_an_answer_helped_only_if_votes_are_kept() {
        assert_eq!(labels(&card(english(), base(), "", entry("bell-rings"), false)), [["Not helpful", "Show sources"]]);
    }
}
