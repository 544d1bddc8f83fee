//! Forms that members fill in: Discord's modals.
//!
//! They are written by hand, because the library has no
//! [labels](https://discord.com/developers/docs/components/reference#label).

use serde_json::{Value, json};

use super::limits::truncate;
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
