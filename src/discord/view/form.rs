//! Forms that members fill in: Discord's modals.
//!
//! They are written by hand, because the library has no
//! [labels](https://discord.com/developers/docs/components/reference#label).

use serde_json::{Value, json};

use super::address::{Address, Key};
use super::limits::truncate;
use super::step::Step;
use crate::discord::texts::Texts;
use footnote_knowledge::{KnowledgeBase, MAX_QUESTION_CHARS, Source};

/// The state of the form of `/preview`, and the name of its field.
pub(in crate::discord) const PREVIEW: &str = "preview";
pub(in crate::discord) const ENTRY: &str = "entry";

/// The types of components, and the style of a field of several lines.
const LABEL: u64 = 18;
const TEXT_INPUT: u64 = 4;
const STRING_SELECT: u64 = 3;
const PARAGRAPH: u64 = 2;

/// The longest text that a field takes.
const MAX_TEXT: usize = 4_000;

const EXAMPLE: &str = "[[entry]] id = … question = … answer = … standing = … citations = […]";
const MAX_EXAMPLE: usize = 100;
/// The most options of a menu.
const MAX_OPTIONS: usize = 25;
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

/// The fields of the form of an entry.
pub(in crate::discord) const QUESTION: &str = "question";
pub(in crate::discord) const ANSWER: &str = "answer";
pub(in crate::discord) const SOURCE: &str = "source";
pub(in crate::discord) const PLACE: &str = "place";
pub(in crate::discord) const CLAIMANT: &str = "claimant";

/// The longest place in a source, and the longest name of who makes a claim.
pub(in crate::discord) const MAX_PLACE: usize = 1_000;
const MAX_CLAIMANT: usize = 100;

/// The fields of the form of a new topic, and the longest text of each.
pub(in crate::discord) const TOPIC: &str = "topic";
pub(in crate::discord) const TITLE: &str = "title";
const MAX_TOPIC: usize = 100;

/// What the form of an entry is filled with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::discord) struct EntryFields {
    pub(in crate::discord) question: String,
    pub(in crate::discord) answer: String,
    /// The id of the source, or what was written instead.
    pub(in crate::discord) source: String,
    /// The paragraph with phrases from it.
    pub(in crate::discord) place: String,
    /// Who makes the claim, if it is one.
    pub(in crate::discord) claimant: String,
}

/// The form that asks for a new entry in the topic with this key. A form has five rows at most.
pub(in crate::discord) fn entry(
    texts: &Texts,
    base: &KnowledgeBase,
    (id, topic): (&str, &Key),
    filled: &EntryFields,
) -> Value {
    let (source, how) = match sources(base, &filled.source) {
        Some(menu) => (menu, String::new()),
        None => (text(SOURCE, SHORT, MAX_SHORT, true, &filled.source), texts.entry_source_how()),
    };
    let components = [
        label(&texts.entry_question(), "", &text(QUESTION, SHORT, MAX_QUESTION_CHARS, true, &filled.question)),
        label(&texts.entry_answer(), "", &text(ANSWER, PARAGRAPH, MAX_TEXT, true, &filled.answer)),
        label(&texts.entry_source(), &how, &source),
        label(&texts.entry_place(), &texts.entry_place_how(), &text(PLACE, SHORT, MAX_PLACE, false, &filled.place)),
        label(
            &texts.entry_claimant(),
            &texts.entry_claimant_how(),
            &text(CLAIMANT, SHORT, MAX_CLAIMANT, false, &filled.claimant),
        ),
    ];
    let step = Address::Draft(Step::Write(id.to_owned(), topic.to_string())).encode();
    json!({"custom_id": step, "title": truncate(&texts.new_entry(), MAX_LABEL), "components": components})
}

/// The form that asks for the name of a new topic, with what the draft has so far.
pub(in crate::discord) fn topic(texts: &Texts, id: &str, name: &str, title: &str) -> Value {
    let components = [
        label(&texts.topic_name(), &texts.topic_name_how(), &text(TOPIC, SHORT, MAX_TOPIC, true, name)),
        label(&texts.topic_title(), &texts.topic_title_how(), &text(TITLE, SHORT, MAX_TOPIC, false, title)),
    ];
    let step = Address::Draft(Step::Begin(id.to_owned())).encode();
    json!({"custom_id": step, "title": truncate(&texts.new_topic(), MAX_LABEL), "components": components})
}

fn text(name: &str, style: u64, max: usize, is_required: bool, value: &str) -> Value {
    let mut field = json!({
        "type": TEXT_INPUT, "custom_id": name, "style": style, "required": is_required, "max_length": max,
    });
    if !value.is_empty() {
        // Discord took it from this form, so it takes it again.
        let is_whole = value.chars().count() <= max;
        field["value"] = if is_whole { json!(value) } else { json!(truncate(value, max)) };
    }
    field
}

fn label(text: &str, how: &str, component: &Value) -> Value {
    let mut label = json!({"type": LABEL, "label": truncate(text, MAX_LABEL), "component": component});
    if !how.is_empty() {
        label["description"] = json!(truncate(how, MAX_EXAMPLE));
    }
    label
}

/// The menu of all sources; `None` if a menu has no room for them, or if there are none.
fn sources(base: &KnowledgeBase, picked: &str) -> Option<Value> {
    let option = |source: &Source| {
        json!({
            "label": truncate(&source.title, MAX_EXAMPLE), "value": Key::of(&source.id).to_string(),
            "default": source.id == picked,
        })
    };
    let options: Vec<Value> = base.sources.iter().map(|source| option(source)).collect();
    let menu = json!({"type": STRING_SELECT, "custom_id": SOURCE, "required": true, "options": options});
    (1..=MAX_OPTIONS).contains(&base.sources.len()).then_some(menu)
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
