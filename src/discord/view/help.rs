//! What can be done with the bot.

use super::address::{Address, FollowUp, Key};
use super::limits::truncate;
use super::markdown::line;
use super::message::{BLUE, Card, button};
use crate::discord::texts::Texts;
use footnote_knowledge::Entry;

/// The longest example, in characters.
const MAX_EXAMPLE: usize = 100;

/// The card, with these entries as examples. `find_answer` is the name of the command in the menu
/// of messages.
pub(in crate::discord) fn card(texts: &Texts, find_answer: &str, examples: &[&Entry]) -> Card {
    let lines = examples.iter().map(|entry| {
        let question = truncate(&entry.question, MAX_EXAMPLE);
        format!("• `/ask` {}", line(&question, MAX_EXAMPLE))
    });
    let lines: Vec<String> = lines.collect();
    let text = if lines.is_empty() {
        format!("{}\n\n{}", texts.help_ask(), texts.help_others(find_answer))
    } else {
        let (ask, for_example, others) = (texts.help_ask(), texts.for_example(), texts.help_others(find_answer));
        format!("{ask} {for_example}\n{}\n\n{others}", lines.join("\n"))
    };
    let show = |entry: &&Entry| button(&Address::FollowUp(FollowUp::Show(Key::of(&entry.id))), &entry.question);
    Card::new(&texts.help_title(), &text, BLUE).buttons(examples.iter().map(show)).private(true)
}
