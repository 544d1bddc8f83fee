//! Replies to questions: an answer, "did you mean" or "I don't know". Also the questions offered
//! while a member types.

use std::collections::HashSet;

use serenity::all::CreateButton;

use super::address::{Address, Browse, Catalogue, FollowUp, Key};
use super::entry::{self, Reader};
use super::limits::{MAX_LINE, truncate};
use super::markdown::line;
use super::message::{Card, GREY, button, menu_option};
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::Relation;
use footnote_search::reply::{Candidate, Outcome, Reply};

/// How many [autocomplete choices][choices] there may be.
///
/// [choices]:
/// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
pub(in crate::discord) const MAX_CHOICES: usize = 25;

const MAX_CHOICE: usize = 100;

/// How many topics are offered if there is no answer.
const MAX_TOPICS: usize = 3;

/// The lowest confidence at which an entry's topic may be what a member was looking for, if most of
/// the question is in the entry. One word in common can be surer and yet mean nothing.
const MIN_NEAR: f32 = 0.05;

pub(in crate::discord) fn card(base: &KnowledgeBase, question: &str, reply: &Reply<'_>, reader: &Reader<'_>) -> Card {
    let to = || FollowUp::Pick(question.to_owned());
    match (reply.outcome, reply.shown()) {
        (Outcome::Answer, Some(entry)) => entry::card(base, question, entry, reader),
        (Outcome::Closest, Some(entry)) => {
            entry::closest(question, entry, |card| pick(reader, card, to(), reply.offered()), reader)
        }
        (Outcome::Suggest, _) => suggestions(&reader.texts.suggest(), to(), reply.offered(), reader),
        _ => unknown("", base, question, near(reply), reader),
    }
}

/// The candidates of a reply that have most of the question in them.
fn near<'r, 'b>(reply: &'r Reply<'b>) -> &'r [Candidate<'b>] {
    let is_near = reply.best.is_some_and(|best| best.relation == Relation::Much);
    let near = reply.candidates.iter().take_while(|candidate| is_near && candidate.confidence >= MIN_NEAR);
    &reply.candidates[..near.count()]
}

/// Other entries that a question may have been about: these of the candidates. `to` is where the
/// menu of them leads.
pub(in crate::discord) fn others(
    title: Option<&str>,
    base: &KnowledgeBase,
    question: &str,
    to: FollowUp,
    candidates: &[Candidate<'_>],
    reader: &Reader<'_>,
) -> Card {
    if candidates.is_empty() {
        return unknown(title.unwrap_or_default(), base, question, candidates, reader);
    }
    suggestions(title.unwrap_or(&reader.texts.suggest_others()), to, candidates, reader)
}

/// Candidates to choose from.
fn suggestions(title: &str, to: FollowUp, candidates: &[Candidate<'_>], reader: &Reader<'_>) -> Card {
    let lines = candidates.iter().map(|candidate| format!("• {}", line(&candidate.entry.question, MAX_LINE)));
    let lines: Vec<String> = lines.collect();
    reader.shows(pick(reader, Card::new(title, &lines.join("\n"), GREY), to, candidates), [])
}

/// Adds a menu of candidates, which keeps the question for the answer that is chosen.
fn pick(reader: &Reader<'_>, card: Card, to: FollowUp, candidates: &[Candidate<'_>]) -> Card {
    let option = |candidate: &Candidate<'_>| menu_option(&candidate.entry.question, &Key::of(&candidate.entry.id), "");
    card.menu(&Address::FollowUp(to), &reader.texts.choose_question(), candidates.iter().map(option))
}

/// "I don't know", with the topics of near entries, which may be what the member was looking for.
/// If people can be asked, the question is below it, for them and for the button.
fn unknown(title: &str, base: &KnowledgeBase, question: &str, near: &[Candidate<'_>], reader: &Reader<'_>) -> Card {
    let mut topics: Vec<usize> = near.iter().map(|candidate| candidate.entry.topic).collect();
    let mut seen = HashSet::new();
    topics.retain(|topic| seen.insert(*topic));
    let topics = topics.into_iter().take(MAX_TOPICS).filter_map(|topic| base.topics.get(topic));
    let topics = topics.map(|topic| {
        let entries = Browse::Entries(Key::of(&topic.id), 0);
        button(&Address::Browse(Catalogue::Topics, entries), &topic.title)
    });
    let topics: Vec<CreateButton> = topics.collect();
    let all = button(&Address::Browse(Catalogue::Topics, Browse::Contents(0)), &reader.texts.all_topics());
    let people = reader
        .asks_people
        .map(|member| button(&Address::FollowUp(FollowUp::AskPeople(member)), &reader.texts.ask_people()));
    let card = Card::new(title, &reader.texts.unknown(), GREY);
    let card = if people.is_some() { card.footer(question) } else { card };
    // Long titles would push the other buttons onto further lines.
    reader.shows(card.buttons(topics), [all].into_iter().chain(people))
}

/// Questions to choose from. Each is both the text shown and the question that is then asked.
pub(in crate::discord) fn choices(entries: &[&Entry]) -> Vec<String> {
    entries.iter().take(MAX_CHOICES).map(|entry| truncate(&entry.question, MAX_CHOICE).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::{json, labels};
    use super::*;
    use crate::discord::fixture::answerer;
    use crate::discord::texts::english;

    /// The title and the labels of the card for a question.
    fn shown(answer_at: f32, suggest_at: f32, question: &str) -> (String, Vec<Vec<String>>) {
        let answerer = answerer(answer_at, suggest_at);
        let card = card(answerer.base(), question, &answerer.reply(question), &Reader::alone(english(), false));
        (json(&card)["embeds"][0]["title"].as_str().unwrap_or_default().to_owned(), labels(&card))
    }

    #[test]
    fn an_answer_is_the_entrys_card() {
        assert_eq!(
            shown(0.5, 0.2, "bell times"),
            ("When does the bell ring?".into(), vec![vec!["👎".into(), "Show sources".into()]])
        );
    }

    #[test]
    fn candidates_can_be_chosen() {
        let (title, labels) = shown(2.0, 0.0, "bell");
        assert_eq!(title, english().suggest());
        assert!(labels[0].contains(&"How heavy is the bell?".to_owned()), "{labels:?}");
    }

    #[test]
    fn without_an_answer_each_of_the_near_topics_is_offered_once() {
        let town = (String::new(), vec![vec!["The town".into()], vec!["All topics".into()]]);
        assert_eq!(shown(2.0, 2.0, "when is the bell heavy"), town);
        assert_eq!(shown(2.0, 2.0, "who won the world cup"), (String::new(), vec![vec!["All topics".into()]]));
    }

    #[test]
    fn people_can_be_asked_if_there_are_any() {
        let answerer = answerer(2.0, 2.0);
        let reader = Reader { asks_people: Some(7), ..Reader::alone(english(), false) };
        let card = card(answerer.base(), "who *won*?", &answerer.reply("who won?"), &reader);
        assert_eq!(labels(&card), [["All topics", "Ask a person"]]);
        assert_eq!(json(&card)["embeds"][0]["footer"]["text"], "who *won*?");
    }

    #[test]
    fn without_another_candidate_there_are_the_topics() {
        let (answerer, reader) = (answerer(0.5, 0.2), Reader::alone(english(), false));
        let others = |title, candidates: &[Candidate<'_>]| {
            super::others(title, answerer.base(), "bell", FollowUp::Other("bell".to_owned()), candidates, &reader)
        };
        assert_eq!(labels(&others(None, &[])), [["All topics"]]);
        let card = others(Some("Sorry"), &answerer.reply("bell").candidates);
        assert_eq!(json(&card)["embeds"][0]["title"], "Sorry");
    }
}
