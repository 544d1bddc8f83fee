//! Replies as Discord shows them: embeds within every limit, whatever a base contains.
//!
//! The limits are those of
//! [embeds](https://discord.com/developers/docs/resources/message#embed-object-embed-limits) and of
//! [autocomplete choices](https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure).

use serenity::all::{
    CreateAllowedMentions, CreateAutocompleteResponse, CreateEmbed, CreateInteractionResponse,
    CreateInteractionResponseMessage,
};

use super::text::{escape, length, truncate};
use crate::answer::{Candidate, Outcome, Reply, wording};
use crate::knowledge::{Citation, Entry, Standing};

/// How many choices an autocomplete response may have.
pub const MAX_CHOICES: usize = 25;

const MAX_CHOICE: usize = 100;
const MAX_TITLE: usize = 256;
const MAX_FIELD_VALUE: usize = 1_024;
/// An embed may have 25 fields; six full ones already exhaust its total.
const MAX_SOURCE_FIELDS: usize = 3;
/// The description may have 4,096; with the title and three full fields the embed then still stays below its 6,000.
const MAX_DESCRIPTION: usize = 2_500;
const MAX_SOURCE_TITLE: usize = 150;
const MAX_ORIGIN: usize = 200;
const MAX_LINE: usize = 200;

const BLUE: u32 = 0x0034_98DB;
const AMBER: u32 = 0x00E6_7E22;
const GREY: u32 = 0x0095_A5A6;

/// A reply to a question.
#[must_use]
pub fn reply(reply: &Reply<'_>, is_private: bool) -> CreateInteractionResponse {
    let embed = match (reply.outcome, reply.answer()) {
        (Outcome::Answer, Some(entry)) => answer(entry),
        (Outcome::Suggest, _) => suggestions(&reply.candidates),
        _ => CreateEmbed::new().description(wording::UNKNOWN).colour(GREY),
    };
    message(embed, is_private)
}

/// A notice for the member alone.
#[must_use]
pub fn notice(text: &str) -> CreateInteractionResponse {
    message(CreateEmbed::new().description(truncate(text, MAX_DESCRIPTION)).colour(GREY), true)
}

/// Questions to choose from while one is being typed.
#[must_use]
pub fn choices(entries: &[&Entry]) -> CreateInteractionResponse {
    let mut response = CreateAutocompleteResponse::new();
    for entry in entries.iter().take(MAX_CHOICES) {
        let question = truncate(&entry.question, MAX_CHOICE);
        response = response.add_string_choice(question.clone(), question);
    }
    CreateInteractionResponse::Autocomplete(response)
}

fn message(embed: CreateEmbed, is_private: bool) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new()
        .embed(embed)
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(is_private);
    CreateInteractionResponse::Message(message)
}

fn answer(entry: &Entry) -> CreateEmbed {
    let mut parts = Vec::with_capacity(3);
    parts.extend(wording::standing(entry).map(|line| format!("**{}**\n", escape(&truncate(&line, MAX_LINE)))));
    parts.push(entry.answer.value.clone());
    parts.extend(wording::as_of(entry).map(|line| format!("\n*{line}*")));
    let colour = if entry.standing == Standing::Reported { BLUE } else { AMBER };
    let embed = CreateEmbed::new()
        .title(truncate(&entry.question, MAX_TITLE))
        .description(truncate(&parts.join("\n"), MAX_DESCRIPTION))
        .colour(colour);
    source_fields(&entry.citations).into_iter().fold(embed, |embed, (name, value)| embed.field(name, value, false))
}

/// The numbered sources, in as many fields as they need. Those that no field has room for are counted.
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
    let title = escape(&truncate(&source.title, MAX_SOURCE_TITLE));
    let title = match source.url.as_deref() {
        Some(url) if length(url) <= MAX_LINE && !url.contains([')', '(']) => format!("[{title}]({url})"),
        _ => format!("**{title}**"),
    };
    let origin = escape(&truncate(&wording::origin(citation), MAX_ORIGIN));
    let credit = source.credit.as_deref().map(|credit| format!(" · {}", escape(&truncate(credit, MAX_LINE))));
    let line = format!("{number}\\. {title} · {origin}{}", credit.unwrap_or_default());
    truncate(&line, MAX_FIELD_VALUE - MAX_LINE).into_owned()
}

fn suggestions(candidates: &[Candidate<'_>]) -> CreateEmbed {
    let mut lines = Vec::with_capacity(candidates.len() + 1);
    for candidate in candidates {
        lines.push(format!("• {}", escape(&truncate(&candidate.entry.question, MAX_LINE))));
    }
    lines.push("\nAsk again with one of these questions: it is offered while you type.".to_owned());
    CreateEmbed::new().title(wording::SUGGEST).description(truncate(&lines.join("\n"), MAX_DESCRIPTION)).colour(GREY)
}
