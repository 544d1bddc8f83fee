//! Replies to questions: an answer, "did you mean" or "I don't know". Also the questions offered
//! while a member types.

use super::address::{Address, Browse, Catalogue, FollowUp, Key};
use super::entry;
use super::limits::{MAX_LINE, truncate};
use super::markdown::line;
use super::message::{Card, GREY, button, menu_option};
use crate::discord::texts::Texts;
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::reply::{Candidate, Outcome, Reply};

/// How many [autocomplete choices][choices] there may be.
///
/// [choices]:
/// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
pub(in crate::discord) const MAX_CHOICES: usize = 25;

const MAX_CHOICE: usize = 100;

/// How many topics are offered if there is no answer.
const MAX_TOPICS: usize = 3;

pub(in crate::discord) fn card(
    texts: &Texts,
    base: &KnowledgeBase,
    question: &str,
    reply: &Reply<'_>,
    keeps_votes: bool,
) -> Card {
    match (reply.outcome, reply.shown()) {
        (Outcome::Answer, Some(entry)) => entry::card(texts, base, question, entry, keeps_votes),
        (Outcome::Closest, Some(entry)) => {
            let card = entry::closest(texts, question, entry, keeps_votes);
            pick(texts, card, FollowUp::Other(question.to_owned()), reply.offered())
        }
        (Outcome::Suggest, _) => {
            suggestions(texts, &texts.suggest(), FollowUp::Pick(question.to_owned()), reply.offered())
        }
        _ => unknown(texts, "", base, &reply.candidates),
    }
}

/// Other entries that a question may have been about. `to` is where the menu of them leads.
pub(in crate::discord) fn others(
    texts: &Texts,
    title: Option<&str>,
    base: &KnowledgeBase,
    to: FollowUp,
    candidates: &[Candidate<'_>],
) -> Card {
    if candidates.is_empty() {
        return unknown(texts, title.unwrap_or_default(), base, candidates);
    }
    suggestions(texts, title.unwrap_or(&texts.suggest_others()), to, candidates)
}

/// Candidates to choose from.
fn suggestions(texts: &Texts, title: &str, to: FollowUp, candidates: &[Candidate<'_>]) -> Card {
    let lines = candidates.iter().map(|candidate| format!("• {}", line(&candidate.entry.question, MAX_LINE)));
    let lines: Vec<String> = lines.collect();
    pick(texts, Card::new(title, &lines.join("\n"), GREY), to, candidates)
}

/// Adds a menu of candidates, which keeps the question for the answer that is chosen.
fn pick(texts: &Texts, card: Card, to: FollowUp, candidates: &[Candidate<'_>]) -> Card {
    let option = |candidate: &Candidate<'_>| menu_option(&candidate.entry.question, &Key::of(&candidate.entry.id), "");
    card.menu(&Address::FollowUp(to), &texts.choose_question(), candidates.iter().map(option))
}

/// "I don't know", with the topics of the nearest entries, which may be what the member was
/// looking for.
fn unknown(texts: &Texts, title: &str, base: &KnowledgeBase, candidates: &[Candidate<'_>]) -> Card {
    let mut nearest: Vec<usize> = Vec::new();
    for candidate in candidates {
        if !nearest.contains(&candidate.entry.topic) {
            nearest.push(candidate.entry.topic);
        }
    }
    let topics = nearest.into_iter().take(MAX_TOPICS).filter_map(|topic| base.topics.get(topic));
    let topics = topics.map(|topic| {
        let entries = Browse::Entries(Key::of(&topic.id), 0);
        button(&Address::Browse(Catalogue::Topics, entries), &topic.title)
    });
    let all = button(&Address::Browse(Catalogue::Topics, Browse::Contents(0)), &texts.all_topics());
    Card::new(title, &texts.unknown(), GREY).buttons(topics.chain([all]))
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
        let card = card(english(), answerer.base(), question, &answerer.reply(question), false);
        (json(&card)["embeds"][0]["title"].as_str().unwrap_or_default().to_owned(), labels(&card))
    }

    #[test]
    fn an_answer_is_the_entrys_card() {
        assert_eq!(
            shown(0.5, 0.2, "bell times"),
            ("When does the bell ring?".into(), vec![vec!["Not helpful".into(), "Show sources".into()]])
        );
    }

    #[test]
    fn candidates_can_be_chosen() {
        let (title, labels) = shown(2.0, 0.0, "bell");
        assert_eq!(title, english().suggest());
        assert!(labels[0].contains(&"How heavy is the bell?".to_owned()), "{labels:?}");
    }

    #[test]
    fn without_an_answer_each_of_the_nearest_topics_is_offered_once() {
        assert_eq!(
            shown(2.0, 2.0, "who cast the bell"),
            (String::new(), vec![vec!["The town".into(), "All topics".into()]])
        );
    }

    #[test]
    fn without_another_candidate_there_are_the_topics() {
        let answerer = answerer(0.5, 0.2);
        let pick = || FollowUp::Other("bell".to_owned());
        assert_eq!(labels(&others(english(), None, answerer.base(), pick(), &[])), [["All topics"]]);
        let reply = answerer.reply("bell");
        let card = others(english(), Some("Sorry"), answerer.base(), pick(), &reply.candidates);
        assert_eq!(json(&card)["embeds"][0]["title"], "Sorry");
    }
}
