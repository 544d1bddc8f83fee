//! What can be done with the bot.

use super::address::{Address, FollowUp, Key};
use super::limits::truncate;
use super::markdown::line;
use super::message::{BLUE, Card, button};
use footnote_knowledge::Entry;

/// The longest example, in characters.
const MAX_EXAMPLE: usize = 100;

const ASK: &str = "Ask me a question with `/ask`. I answer from my sources and show them; what \
    they don't say, I don't know.";
const OTHERS: &str = "`/topics` shows everything that I can answer, and `/sources` the documents \
    that my answers rest on. **Find an answer**, in the *Apps* menu of a message, answers what \
    somebody wrote. `/about` says what I am and what I store.";

/// The card, with these entries as examples.
pub(in crate::discord) fn card(examples: &[&Entry]) -> Card {
    let lines = examples.iter().map(|entry| {
        let question = truncate(&entry.question, MAX_EXAMPLE);
        format!("• `/ask` {}", line(&question, MAX_EXAMPLE))
    });
    let lines: Vec<String> = lines.collect();
    let text = if lines.is_empty() {
        format!("{ASK}\n\n{OTHERS}")
    } else {
        format!("{ASK} For example:\n{}\n\n{OTHERS}", lines.join("\n"))
    };
    let show = |entry: &&Entry| button(&Address::FollowUp(FollowUp::Show(Key::of(&entry.id))), &entry.question);
    Card::new("What you can do", &text, BLUE).buttons(examples.iter().map(show)).private(true)
}
