//! Replies as Discord shows them: embeds within every limit, whatever a base contains.
//!
//! The limits are those of
//! [embeds](https://discord.com/developers/docs/resources/message#embed-object-embed-limits) and of
//! [autocomplete
//! choices](https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure).

use serenity::all::{CreateAutocompleteResponse, CreateEmbed, CreateInteractionResponse};

use super::message::{AMBER, BLUE, embed};
use super::payload::Payload;
use super::text::{escape, length, truncate};
use footnote_knowledge::{Citation, Entry, Source, Standing};
use footnote_search::reply::wording;

/// How many choices an autocomplete response may have.
pub(super) const MAX_CHOICES: usize = 25;

const MAX_CHOICE: usize = 100;
const MAX_FIELD_VALUE: usize = 1_024;
/// An embed may have 25 fields; six full ones already exhaust its total.
const MAX_SOURCE_FIELDS: usize = 3;
const MAX_SOURCE_TITLE: usize = 150;
const MAX_ORIGIN: usize = 200;
const MAX_LINE: usize = 200;

/// Questions to choose from while one is being typed.
pub(super) fn choices(entries: &[&Entry]) -> Payload {
    let mut response = CreateAutocompleteResponse::new();
    for entry in entries.iter().take(MAX_CHOICES) {
        let question = truncate(&entry.question, MAX_CHOICE);
        response = response.add_string_choice(question.clone(), question);
    }
    CreateInteractionResponse::Autocomplete(response).into()
}

/// An entry with its sources.
pub(super) fn answer(entry: &Entry) -> CreateEmbed {
    let mut parts = Vec::with_capacity(3);
    parts.extend(wording::standing(entry).map(|line| format!("**{}**\n", escape(&truncate(&line, MAX_LINE)))));
    parts.push(entry.answer.value.clone());
    parts.extend(wording::as_of(entry).map(|line| format!("\n*{line}*")));
    let colour = if entry.standing == Standing::Reported { BLUE } else { AMBER };
    let fields = source_fields(&entry.citations).into_iter();
    let answer = embed(&entry.question, &parts.join("\n"), colour);
    fields.fold(answer, |embed, (name, value)| embed.field(name, value, false))
}

/// The numbered sources, in as many fields as they need. Those that no field has room for are
/// counted.
fn source_fields(citations: &[Citation]) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    for (index, citation) in citations.iter().enumerate() {
        let line = source_line(index + 1, citation);
        let rest = format!("\n… and {} more", citations.len() - index);
        let room = match fields.last() {
            Some((_, value)) => MAX_FIELD_VALUE.saturating_sub(length(value) + length(&rest)),
            None => 0,
        };
        let is_last_field = fields.len() == MAX_SOURCE_FIELDS;
        match fields.last_mut() {
            Some((_, value)) if length(&line) < room => {
                value.push('\n');
                value.push_str(&line);
            }
            Some((_, value)) if is_last_field => {
                value.push_str(&rest);
                break;
            }
            previous => {
                // Discord wants a name for every field; a blank one lets the list go on.
                let name = if previous.is_some() { "\u{200b}" } else { "Sources" };
                fields.push((name, line));
            }
        }
    }
    fields
}

fn source_line(number: usize, citation: &Citation) -> String {
    let source = &citation.source;
    let title = source_title(source, MAX_SOURCE_TITLE);
    let origin = escape(&truncate(&wording::origin(citation), MAX_ORIGIN));
    let credit = source.credit.as_deref().map(|credit| format!(" · {}", escape(&truncate(credit, MAX_LINE))));
    let line = format!("{number}\\. {title} · {origin}{}", credit.unwrap_or_default());
    truncate(&line, MAX_FIELD_VALUE - MAX_LINE).into_owned()
}

/// The title as a link where the document can be read.
pub(super) fn source_title(source: &Source, limit: usize) -> String {
    let title = escape(&truncate(&source.title, limit));
    match source.url.as_deref() {
        Some(url) if length(url) <= MAX_LINE && !url.contains([')', '(']) => format!("[{title}]({url})"),
        _ => format!("**{title}**"),
    }
}
