//! Forms that members fill in: Discord's modals.
//!
//! They are written by hand, because the library has no
//! [labels](https://discord.com/developers/docs/components/reference#label).

use serde_json::{Value, json};

use super::address::Address;
use super::limits::truncate;
use super::step::Step;
use crate::discord::texts::Texts;

/// The state of the form of `/preview`, and the name of its field.
pub(in crate::discord) const PREVIEW: &str = "preview";
pub(in crate::discord) const ENTRY: &str = "entry";

/// The types of components, and the style of a field of several lines.
const LABEL: u64 = 18;
const TEXT_INPUT: u64 = 4;
const PARAGRAPH: u64 = 2;

/// The longest text that a field takes.
const MAX_TEXT: usize = 4_000;

const EXAMPLE: &str = "[[entry]] id = … question = … answer = … standing = … citations = […]";
const MAX_EXAMPLE: usize = 100;
/// The longest title and label.
const MAX_LABEL: usize = 45;

/// The name of the only field of the forms of drafts.
pub(in crate::discord) const TEXT: &str = "text";

/// The style of a field of one line.
const SHORT: u64 = 1;

/// The longest phrasing, and the longest other text in a draft's form.
const MAX_PHRASING: usize = 300;
const MAX_SHORT: usize = 200;

/// The form that asks for words to find an entry by.
pub(in crate::discord) fn search(texts: &Texts, id: &str) -> Value {
    one_field(Step::Search(id.to_owned()), &texts.teach_search(), &texts.search_words(), MAX_SHORT, "")
}

/// The form that asks for another wording of a phrasing.
pub(in crate::discord) fn wording(texts: &Texts, id: &str, phrasing: &str) -> Value {
    one_field(Step::Reword(id.to_owned()), &texts.teach_reword(), &texts.wording(), MAX_PHRASING, phrasing)
}

/// The form that asks why a draft is refused.
pub(in crate::discord) fn refusal(texts: &Texts, id: &str) -> Value {
    one_field(Step::Refuse(id.to_owned()), &texts.refuse(), &texts.why_refused(), MAX_SHORT, "")
}

fn one_field(step: Step, title: &str, label: &str, max: usize, text: &str) -> Value {
    let mut field = json!({
        "type": TEXT_INPUT, "custom_id": TEXT, "style": SHORT, "required": true, "min_length": 1, "max_length": max,
    });
    if !text.is_empty() {
        field["value"] = json!(truncate(text, max));
    }
    let label = json!({"type": LABEL, "label": truncate(label, MAX_LABEL), "component": field});
    let id = Address::Draft(step).encode();
    json!({"custom_id": id, "title": truncate(title, MAX_LABEL), "components": [label]})
}

/// The form that takes an entry in TOML.
pub(in crate::discord) fn preview(texts: &Texts) -> Value {
    let field = json!({
        "type": TEXT_INPUT, "custom_id": ENTRY, "style": PARAGRAPH, "required": true, "max_length": MAX_TEXT,
        "placeholder": truncate(EXAMPLE, MAX_EXAMPLE),
    });
    let label = json!({
        "type": LABEL, "label": truncate(&texts.entry_in_toml(), MAX_LABEL),
        "description": truncate(&texts.nothing_is_saved(), MAX_EXAMPLE), "component": field,
    });
    json!({"custom_id": PREVIEW, "title": truncate(&texts.preview_title(), MAX_LABEL), "components": [label]})
}
