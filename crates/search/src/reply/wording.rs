//! The words around an answer: how it stands and where it comes from.
//!
//! The terminal and Discord lay them out differently but must not say different things.

use footnote_knowledge::{CitedSource, Entry, PartialDate, Source, Standing};

/// What a member reads if the base has no answer.
pub const UNKNOWN: &str = "I don't know. Nothing in my sources answers this question.";

/// What stands above an entry that may not be what was asked for.
pub const CLOSEST: &str = "I am not sure about this question. The nearest thing I know:";

/// What stands above the candidates.
pub const SUGGEST: &str = "Did you mean one of these?";

/// The line above a claim or a dispute: "Claim by Petrit Latifi — opinion piece"; none above what
/// is reported.
#[must_use]
pub fn standing(entry: &Entry) -> Option<String> {
    match &entry.standing {
        Standing::Reported => None,
        Standing::Claim { by } => Some(format!("Claim by {by} — {}", kinds(entry))),
        Standing::Disputed if has_one_source(entry) => Some("Disputed — the source contradicts itself".to_owned()),
        Standing::Disputed => Some("Disputed — the sources differ".to_owned()),
    }
}

fn has_one_source(entry: &Entry) -> bool {
    let mut ids = entry.citations.iter().map(|citation| &citation.source.id);
    let first = ids.next();
    ids.all(|id| Some(id) == first)
}

/// The kinds of the cited sources, each once, in the order of the citations.
fn kinds(entry: &Entry) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for citation in &entry.citations {
        let label = citation.source.kind.label();
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.join(", ")
}

/// The line that dates a changing fact: "As of March 2025".
#[must_use]
pub fn as_of(entry: &Entry) -> Option<String> {
    entry.as_of.map(|date| format!("As of {}", date.spelled_out()))
}

/// Who published the source, and the paragraphs:
/// "Petrit Latifi, Balkan Academia · opinion piece · paragraphs 5, 7".
#[must_use]
pub fn origin(cited: &CitedSource<'_>) -> String {
    let numbers: Vec<String> = cited.paragraphs.iter().map(u32::to_string).collect();
    if numbers.is_empty() {
        return published_by(cited.source);
    }
    let noun = if numbers.len() == 1 { "paragraph" } else { "paragraphs" };
    format!("{} · {noun} {}", published_by(cited.source), numbers.join(", "))
}

/// Who published the source: "Petrit Latifi, Balkan Academia · opinion piece · 2025".
#[must_use]
pub fn published_by(source: &Source) -> String {
    let mut parts = Vec::with_capacity(3);
    let people: Vec<&str> =
        [&source.author, &source.publisher].into_iter().filter_map(|name| name.as_deref()).collect();
    if !people.is_empty() {
        parts.push(people.join(", "));
    }
    parts.push(source.kind.label().to_owned());
    parts.extend(source.published.map(PartialDate::spelled_out));
    parts.join(" · ")
}
