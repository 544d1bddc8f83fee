//! Writes a change into the text of a topic file, so that everything else in it stays as it was:
//! comments, layout, the order of keys.
//!
//! Files are written by people, and their comments are worth as much as their entries. So nothing
//! is ever serialised anew: the text is parsed with `toml_edit`, one place is changed, and whatever
//! else the file says is compared before and after.

pub(crate) mod error;
pub(crate) mod list;
pub(crate) mod tables;

use footnote_knowledge::Standing;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use crate::change::{Change, Edit, NewCitation, NewEntry};
use error::ChangeError;
use tables::{entries_of, find, place_at};

/// The text of a file with the change; `name` is the file's name, for errors. `text` is the file
/// that has the entry, or that of the topic to which an entry is added.
///
/// # Errors
///
/// [`ChangeError`] if the change does not go with the file.
pub(crate) fn edited(name: &str, text: &str, change: &Change) -> Result<String, ChangeError> {
    keeping_line_ends(text, |text| {
        let mut document = parsed(name, text)?;
        if let Change::AddEntry { new, .. } = change {
            let is_usual = new.standing == Standing::Reported && !has_standing(&document);
            push(entries_of(&mut document, name)?, entry(new, is_usual));
        } else {
            let unknown = || ChangeError::UnknownEntry { id: change.entry().to_owned() };
            let place = find(entries_of(&mut document, name)?, change.entry()).ok_or_else(unknown)?;
            change_entry(place, change)?;
        }
        let edited = document.to_string();
        if is_the_rest_equal(text, &edited, change.entry()) {
            Ok(edited)
        } else {
            Err(ChangeError::Collateral { file: name.to_owned() })
        }
    })
}

/// The text of a layer's file, below which the same topic has another, with a copy of an entry from
/// there. `text` is empty if the layer has no such file.
pub(crate) fn with_copy(name: &str, text: &str, lower: &str, id: &str) -> Result<String, ChangeError> {
    keeping_line_ends(text, |text| {
        let mut below = parsed(name, lower)?;
        let unknown = || ChangeError::UnknownEntry { id: id.to_owned() };
        let mut table = find(entries_of(&mut below, name)?, id).ok_or_else(unknown)?.clone();
        let mut document = parsed(name, text)?;
        let entries = entries_of(&mut document, name)?;
        if entries.is_empty() && text.trim().is_empty() {
            let prefix = tables::prefix(table.decor()).trim_start_matches(['\n', '\r']).to_owned();
            table.decor_mut().set_prefix(prefix);
        }
        push(entries, table);
        Ok(document.to_string())
    })
}

/// Whether a file has the entry.
pub(crate) fn has(name: &str, text: &str, id: &str) -> Result<bool, ChangeError> {
    Ok(find(entries_of(&mut parsed(name, text)?, name)?, id).is_some())
}

/// The text of a new topic's file without entries.
pub(crate) fn new_topic(title: &str) -> String {
    let mut document = DocumentMut::new();
    document.insert("title", value(title));
    document.to_string()
}

/// Whether a file says what the change wants it to say.
pub(crate) fn is_made(text: &str, change: &Change) -> bool {
    let Ok(mut document) = text.parse::<DocumentMut>() else { return false };
    let Ok(entries) = entries_of(&mut document, "") else { return false };
    let Some(entry) = find(entries, change.entry()) else { return false };
    let has = |phrasing: &str| phrasings(entry).is_some_and(|list| list::position(list, phrasing).is_some());
    match change {
        Change::AddPhrasing { phrasing, .. } => has(phrasing),
        Change::WithdrawPhrasing { phrasing, .. } => !has(phrasing),
        Change::AddEntry { .. } => true,
        Change::EditEntry { edit, .. } => {
            let has = |key: &str, wanted: &Option<String>| {
                wanted.as_ref().is_none_or(|wanted| entry.get(key).and_then(Item::as_str) == Some(wanted))
            };
            has("question", &edit.question) && has("answer", &edit.answer) && has("as_of", &edit.as_of)
        }
    }
}

pub(crate) fn parsed(name: &str, text: &str) -> Result<DocumentMut, ChangeError> {
    // The loader has read the text before, so this is only about what the two crates might read
    // differently.
    text.parse().map_err(|_| ChangeError::Collateral { file: name.to_owned() })
}

pub(crate) fn push(entries: &mut ArrayOfTables, mut table: Table) {
    place_at(&mut table, None);
    entries.push(table);
}

/// `toml_edit` ends all lines with `\n`. A file whose lines end with `\r\n` shall keep them.
pub(crate) fn keeping_line_ends(
    text: &str,
    edit: impl FnOnce(&str) -> Result<String, ChangeError>,
) -> Result<String, ChangeError> {
    let returns = text.matches("\r\n").count();
    if returns == 0 || returns != text.matches('\n').count() {
        return edit(text);
    }
    Ok(edit(&text.replace("\r\n", "\n"))?.replace("\r\n", "\n").replace('\n', "\r\n"))
}

fn change_entry(place: &mut Table, change: &Change) -> Result<(), ChangeError> {
    match change {
        Change::AddPhrasing { entry: id, phrasing } => {
            if !place.contains_key("phrasings") {
                put_after(place, "question", "phrasings", Array::new().into());
            }
            let list = phrasings_mut(place)?;
            if list::position(list, phrasing).is_some() {
                return Err(ChangeError::HasPhrasing { id: id.clone(), phrasing: phrasing.clone() });
            }
            list::push(list, phrasing);
        }
        Change::WithdrawPhrasing { entry: id, phrasing } => {
            let missing = || ChangeError::NoPhrasing { id: id.clone(), phrasing: phrasing.clone() };
            let at = phrasings(place).and_then(|list| list::position(list, phrasing)).ok_or_else(missing)?;
            list::remove(phrasings_mut(place)?, at);
        }
        Change::EditEntry { entry: id, edit } if edit.is_empty() => {
            return Err(ChangeError::NothingToEdit { id: id.clone() });
        }
        Change::EditEntry { edit, .. } => edit_entry(place, edit),
        Change::AddEntry { .. } => {}
    }
    Ok(())
}

fn edit_entry(place: &mut Table, edit: &Edit) {
    let texts = [("question", &edit.question), ("answer", &edit.answer)];
    for (key, text) in texts {
        if let Some(text) = text {
            put_after(place, "id", key, text.into());
        }
    }
    if let Some(standing) = &edit.standing {
        put_after(place, "answer", "standing", standing.name().into());
        match standing {
            Standing::Claim { by } => put_after(place, "standing", "claimed_by", by.into()),
            Standing::Reported | Standing::Disputed => {
                place.remove("claimed_by");
                place.remove("side_of");
            }
        }
    }
    if let Some(as_of) = &edit.as_of {
        put_after(place, "standing", "as_of", as_of.into());
    }
    if let Some(citations) = &edit.citations {
        put_after(place, "", "citations", cited(citations).into());
    }
}

/// Gives a key a value. Where the key is there already, only the value is other than before;
/// otherwise it comes after the key `after`, or last.
fn put_after(table: &mut Table, after: &str, key: &str, mut new: Value) {
    if let Some(Item::Value(old)) = table.get_mut(key) {
        *new.decor_mut() = old.decor().clone();
        *old = new;
        return;
    }
    let order: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let is_last = !order.iter().any(|other| other == after);
    table.insert(key, Item::Value(new));
    if is_last {
        return;
    }
    let place = |other: &str| order.iter().position(|key| key == other).map(|place| 2 * place);
    let own = place(after).map(|place| place + 1);
    let rank = |other: &str| if other == key { own } else { place(other) };
    table.sort_values_by(|one, _, other, _| rank(one.get()).cmp(&rank(other.get())));
}

fn phrasings(table: &Table) -> Option<&Array> {
    table.get("phrasings").and_then(Item::as_array)
}

fn phrasings_mut(table: &mut Table) -> Result<&mut Array, ChangeError> {
    // The base is valid, so phrasings are an array of strings.
    let wrong = || ChangeError::Collateral { file: "phrasings".to_owned() };
    table.get_mut("phrasings").and_then(Item::as_array_mut).ok_or_else(wrong)
}

fn value(text: &str) -> Item {
    Item::Value(text.into())
}

/// Whether entries of a file have another standing than the usual one unless they say theirs.
fn has_standing(document: &DocumentMut) -> bool {
    let defaults = document.get("defaults").and_then(Item::as_table_like);
    defaults.is_some_and(|defaults| defaults.contains_key("standing") || defaults.contains_key("claimed_by"))
}

/// A new `[[entry]]`, with its keys in the order of `docs/KNOWLEDGE.md`. `is_usual` says that its
/// standing goes without saying.
fn entry(new: &NewEntry, is_usual: bool) -> Table {
    let mut table = Table::new();
    table.insert("id", value(&new.id));
    table.insert("question", value(&new.question));
    if !new.phrasings.is_empty() {
        table.insert("phrasings", Item::Value(list::lines(new.phrasings.iter().map(Value::from)).into()));
    }
    table.insert("answer", value(&new.answer));
    if !is_usual {
        table.insert("standing", value(new.standing.name()));
    }
    if let Standing::Claim { by } = &new.standing {
        table.insert("claimed_by", value(by));
    }
    for (key, text) in [("side_of", &new.side_of), ("as_of", &new.as_of)] {
        if let Some(text) = text {
            table.insert(key, value(text));
        }
    }
    if !new.citations.is_empty() {
        table.insert("citations", Item::Value(cited(&new.citations).into()));
    }
    table
}

fn cited(citations: &[NewCitation]) -> Array {
    let table = |citation: &NewCitation| {
        let mut table = InlineTable::new();
        table.insert("source", citation.source.as_str().into());
        if let Some(paragraph) = citation.paragraph {
            table.insert("paragraph", i64::from(paragraph).into());
        }
        for (key, text) in [("anchor", &citation.anchor), ("url", &citation.url)] {
            if let Some(text) = text {
                table.insert(key, text.as_str().into());
            }
        }
        if !citation.evidence.is_empty() {
            table.insert("evidence", citation.evidence.iter().collect::<Array>().into());
        }
        Value::from(table)
    };
    list::lines(citations.iter().map(table))
}

/// Whether two texts of a file say the same about everything but one entry.
fn is_the_rest_equal(before: &str, after: &str, id: &str) -> bool {
    match (rest(before, id), rest(after, id)) {
        (Some(before), Some(after)) => before == after,
        _ => false,
    }
}

fn rest(text: &str, id: &str) -> Option<toml::Table> {
    let mut table: toml::Table = text.parse().ok()?;
    let mut entries = match table.remove("entry") {
        Some(entries) => entries.as_array()?.clone(),
        None => Vec::new(),
    };
    entries.retain(|entry| entry.get("id").and_then(toml::Value::as_str) != Some(id));
    table.insert("entry".to_owned(), entries.into());
    Some(table)
}
