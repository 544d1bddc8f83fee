//! A question that is passed on to people.

use super::limits::truncate;
use super::markdown::escape;
use super::message::{BLUE, Card};
use crate::discord::texts::Texts;

/// The longest question, in UTF-16 code units before escaping.
const MAX_QUESTION: usize = 1_000;

/// The question, who asked it, and where.
pub(in crate::discord) fn card(texts: &Texts, question: &str, member: u64, link: &str) -> Card {
    let question = escape(&truncate(question, MAX_QUESTION));
    let asks = texts.member_asks(&format!("<@{member}>"));
    let text = format!("{asks}\n> {question}\n\n[{}]({link})", texts.where_it_was_asked());
    Card::new(&texts.question_for_people(), &text, BLUE)
}
