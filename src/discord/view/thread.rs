//! What stands below the reply to a thread: *Solved*, and the way to the people who help.

use serde_json::{Value, json};
use serenity::all::{CreateAllowedMentions, CreateMessage, Nonce, RoleId};

use super::address::{Address, Deletion, ThreadEnd};
use super::entry::delete_button;
use super::message::{Card, GREY, button};
use crate::discord::texts::Texts;

/// What a thread gets for which the bot has no answer, but knows people who help.
pub(in crate::discord) fn without_answer(texts: &Texts, author: u64) -> Card {
    let card = buttons(texts, Card::new("", &texts.no_answer_here(), GREY), author, true);
    card.buttons([delete_button(texts, &Deletion::by(author))])
}

/// Adds the buttons for the thread's author. If `has_helpers`, one of them leads to the people who
/// help.
pub(in crate::discord) fn buttons(texts: &Texts, card: Card, author: u64, has_helpers: bool) -> Card {
    let solved = button(&Address::Thread(ThreadEnd::Solved(author)), &texts.solved());
    let help = button(&Address::Thread(ThreadEnd::Help(author)), &texts.still_need_help());
    card.buttons([solved].into_iter().chain(has_helpers.then_some(help)))
}

/// The rows of a message without those of these buttons that `is_over` names. `rows` are as
/// Discord sent them.
pub(in crate::discord) fn without(rows: &Value, is_over: impl Fn(ThreadEnd) -> bool) -> Value {
    let stays = |component: &&Value| {
        let address = component["custom_id"].as_str().and_then(Address::decode);
        !matches!(address, Some(Address::Thread(end)) if is_over(end))
    };
    let kept = |row: &Value| {
        let components: Vec<&Value> = items(&row["components"]).iter().filter(stays).collect();
        let mut kept = row.clone();
        if row["components"].is_array() {
            kept["components"] = json!(components);
        }
        (!row["components"].is_array() || !components.is_empty()).then_some(kept)
    };
    items(rows).iter().filter_map(kept).collect()
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

/// The message that notifies the people who help, and nobody else. For some minutes Discord accepts
/// it only once for the message with this id.
pub(in crate::discord) fn call(text: &str, role: u64, message: u64) -> CreateMessage {
    CreateMessage::new()
        .content(text)
        .allowed_mentions(CreateAllowedMentions::new().roles([RoleId::new(role)]))
        .nonce(Nonce::String(message.to_string()))
        .enforce_nonce(true)
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::json as sent;
    use super::*;
    use crate::discord::texts::english;

    #[test]
    fn a_button_goes_alone_and_a_row_goes_with_its_last_button() {
        let card = buttons(english(), Card::new("", "text", GREY), 7, true);
        let rows = sent(&card)["components"].clone();
        let left = without(&rows, |end| matches!(end, ThreadEnd::Help(_)));
        assert_eq!(left[0]["components"].as_array().map(Vec::len), Some(1));
        assert_eq!(left[0]["components"][0]["custom_id"], "thread:solved:7");
        assert_eq!(without(&rows, |_| true), json!([]));
        assert_eq!(without(&Value::Null, |_| true), json!([]));
    }
}
