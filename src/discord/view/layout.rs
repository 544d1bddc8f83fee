//! Changes to the buttons and menus of a message that is on Discord. The message comes with every
//! press, so what else is below it stays as it is.

use serde_json::{Value, json};

use super::address::{Address, Deletion, FollowUp};
use super::message::Card;

/// The [styles of buttons][styles].
///
/// [styles]: https://discord.com/developers/docs/components/reference#button-button-styles
const SECONDARY: u64 = 2;
const SUCCESS: u64 = 3;

/// How many rows a message holds.
const MAX_ROWS: usize = 5;

/// The rows in which the vote with this custom id is marked as the member's. `None` if they do not
/// have it.
pub(in crate::discord) fn voted(rows: &Value, custom_id: &str) -> Option<Value> {
    let mut rows = rows.clone();
    let mut is_there = false;
    for button in components(&mut rows) {
        let address = address(button);
        if matches!(address, Some(Address::FollowUp(FollowUp::Helpful(_) | FollowUp::NotHelpful(..)))) {
            let is_pressed = button["custom_id"] == custom_id;
            is_there |= is_pressed;
            button["style"] = json!(if is_pressed { SUCCESS } else { SECONDARY });
        }
    }
    is_there.then_some(rows)
}

/// The rows with the menus of a card below them, as far as there is room. One that is there already
/// is not added.
pub(in crate::discord) fn with_menus(mut rows: Value, card: &Card) -> Value {
    let Some(all) = rows.as_array_mut() else { return rows };
    for row in card.rows_in_json().as_array().into_iter().flatten() {
        let id = |row: &Value| row["components"][0]["custom_id"].clone();
        let is_menu = row["components"][0]["options"].is_array();
        if is_menu && all.len() < MAX_ROWS && all.iter().all(|other| id(other) != id(row)) {
            all.push(row.clone());
        }
    }
    rows
}

/// The rows without the menu of candidates; `None` if they do not have it.
pub(in crate::discord) fn without_offer(rows: &Value) -> Option<Value> {
    let all = rows.as_array()?;
    let is_offer = |row: &&Value| matches!(address(&row["components"][0]), Some(Address::FollowUp(FollowUp::Pick(_))));
    let rest: Vec<&Value> = all.iter().filter(|row| !is_offer(row)).collect();
    (rest.len() < all.len()).then(|| json!(rest))
}

/// The rows in which the button with this custom id has another label, and can be pressed or not.
/// `None` if they do not have it.
pub(in crate::discord) fn relabelled(rows: &Value, custom_id: &str, label: &str, is_off: bool) -> Option<Value> {
    let mut rows = rows.clone();
    let mut is_there = false;
    for button in components(&mut rows) {
        if button["custom_id"] == custom_id {
            (button["label"], button["disabled"]) = (json!(label), json!(is_off));
            is_there = true;
        }
    }
    is_there.then_some(rows)
}

/// Whose the answer with these buttons is.
pub(in crate::discord) fn deletion(rows: &Value) -> Option<Deletion> {
    let components = rows.as_array()?.iter().filter_map(|row| row["components"].as_array()).flatten();
    components.into_iter().find_map(|button| match address(button) {
        Some(Address::Delete(deletion)) => Some(deletion),
        _ => None,
    })
}

fn components(rows: &mut Value) -> impl Iterator<Item = &mut Value> {
    let rows = rows.as_array_mut().into_iter().flatten();
    rows.filter_map(|row| row["components"].as_array_mut()).flatten()
}

fn address(component: &Value) -> Option<Address> {
    Address::decode(component["custom_id"].as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn button(custom_id: &str) -> Value {
        json!({"type": 2, "style": 2, "custom_id": custom_id, "label": "L"})
    }

    fn rows(custom_ids: &[&str]) -> Value {
        json!([{"type": 1, "components": custom_ids.iter().map(|id| button(id)).collect::<Vec<_>>()}])
    }

    #[test]
    fn a_vote_is_marked_and_the_other_one_is_not() {
        let rows = rows(&["answer:yes:e", "answer:no:e:q", "answer:sources:e"]);
        let styles = |rows: &Value| [0, 1, 2].map(|place: usize| rows[0]["components"][place]["style"].clone());
        let helpful = voted(&rows, "answer:yes:e").expect("there is such a button");
        assert_eq!(styles(&helpful), [3, 2, 2].map(Value::from));
        let changed = voted(&helpful, "answer:no:e:q").expect("there is such a button");
        assert_eq!(styles(&changed), [2, 3, 2].map(Value::from));
        assert_eq!(voted(&rows, "answer:yes:other"), None);
        assert_eq!(voted(&Value::Null, "answer:yes:e"), None);
    }

    #[test]
    fn only_the_menu_of_candidates_is_taken_away() {
        let menu = |id: &str| json!({"type": 1, "components": [{"type": 3, "custom_id": id, "options": []}]});
        let all = json!([menu("answer:pick:q"), menu("answer:related"), rows(&["delete:7::"])[0]]);
        assert_eq!(without_offer(&all), Some(json!([menu("answer:related"), rows(&["delete:7::"])[0]])));
        assert_eq!(without_offer(&json!([menu("answer:related")])), None);
        assert_eq!(deletion(&all), Some(Deletion::by(7)));
    }
}
