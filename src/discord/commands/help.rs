//! `/help`: what can be done with the bot, with examples that this base answers.

use futures_util::future::BoxFuture;

use super::command::{Audience, Command, Definition};
use super::find_answer;
use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::response::{Outcome, Response};
use crate::discord::view::help;
use footnote_knowledge::{Entry, KnowledgeBase};

static DEFINITION: Definition = Definition::typed("help", Audience::Everyone);

const EXAMPLES: usize = 3;

pub(super) struct Help;

impl Command for Help {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    fn run<'a>(&'a self, context: &'a Context<'a>, _call: &'a Call) -> BoxFuture<'a, Response> {
        Box::pin(async move {
            let find_answer = context.texts.command(find_answer::NAME, None).unwrap_or_default();
            Response::message(help::card(context.texts, &find_answer, &examples(context.base())), Outcome::Help)
        })
    }
}

/// Three entries, of different topics if there are as many: those that the curators pinned first.
fn examples(base: &KnowledgeBase) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = base.entries.iter().collect();
    entries.sort_by_key(|entry| !entry.pinned);
    let mut chosen: Vec<&Entry> = Vec::with_capacity(EXAMPLES);
    for may_share_topic in [false, true] {
        for entry in &entries {
            let is_new = chosen.iter().all(|other| other.id != entry.id);
            let is_other_topic = chosen.iter().all(|other| other.topic != entry.topic);
            if chosen.len() < EXAMPLES && is_new && (may_share_topic || is_other_topic) {
                chosen.push(entry);
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::fixture::base;

    #[test]
    fn the_examples_are_of_different_topics_as_far_as_there_are_any() {
        let ids: Vec<&str> = examples(base()).iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["crane-height", "bell-rings", "rope-colour"]);
    }
}
