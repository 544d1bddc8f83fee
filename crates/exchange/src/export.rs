//! A base as a file that other programs read.

use std::fmt::Write as _;

use footnote_knowledge::{Entry, KnowledgeBase};
use serde::Serialize;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// An array with an object for each entry.
    Json,
    /// A row for each entry.
    Csv,
    /// A page with a heading for each question.
    Markdown,
}

/// The columns of a table. `import` knows their names.
const COLUMNS: [&str; 13] = [
    "id",
    "topic",
    "question",
    "phrasings",
    "keywords",
    "answer",
    "image",
    "standing",
    "claimed_by",
    "as_of",
    "related",
    "sources",
    "url",
];

#[derive(Serialize)]
struct EntryJson<'a> {
    id: &'a str,
    topic: &'a str,
    question: &'a str,
    phrasings: Vec<&'a str>,
    keywords: Vec<&'a str>,
    answer: &'a str,
    image: Option<&'a str>,
    links: Vec<LinkJson<'a>>,
    standing: &'static str,
    claimed_by: Option<&'a str>,
    side_of: Option<&'a str>,
    as_of: Option<String>,
    pinned: bool,
    related: Vec<&'a str>,
    citations: Vec<CitationJson<'a>>,
}

#[derive(Serialize)]
struct LinkJson<'a> {
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct CitationJson<'a> {
    source: &'a str,
    title: &'a str,
    paragraph: Option<u32>,
    anchor: Option<&'a str>,
    url: Option<&'a str>,
    evidence: Vec<&'a str>,
}

/// All entries of a base.
#[must_use]
pub fn export(base: &KnowledgeBase, format: ExportFormat) -> String {
    match format {
        ExportFormat::Json => json(base),
        ExportFormat::Csv => csv(base),
        ExportFormat::Markdown => markdown(base),
    }
}

fn json(base: &KnowledgeBase) -> String {
    let entries: Vec<EntryJson<'_>> = base.entries.iter().map(|entry| entry_json(entry, base)).collect();
    // Nothing in these types can fail to be written.
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}

fn entry_json<'a>(entry: &'a Entry, base: &'a KnowledgeBase) -> EntryJson<'a> {
    let citations = entry.citations.iter().map(|citation| CitationJson {
        source: &citation.source.id,
        title: &citation.source.title,
        paragraph: citation.paragraph,
        anchor: citation.anchor.as_deref(),
        url: citation.url.as_deref().or(citation.source.url.as_deref()),
        evidence: citation.evidence.iter().map(|phrase| phrase.value.as_str()).collect(),
    });
    EntryJson {
        id: &entry.id,
        topic: &base.topics[entry.topic].title,
        question: &entry.question,
        phrasings: entry.phrasings.iter().map(|phrasing| phrasing.value.as_str()).collect(),
        keywords: entry.keywords.iter().map(String::as_str).collect(),
        answer: &entry.answer.value,
        image: entry.image.as_deref(),
        links: entry.links.iter().map(|link| LinkJson { title: &link.title, url: &link.url }).collect(),
        standing: entry.standing.name(),
        claimed_by: entry.standing.claimed_by(),
        side_of: entry.side_of.as_ref().map(|id| id.value.as_str()),
        as_of: entry.as_of.map(|date| date.to_string()),
        pinned: entry.pinned,
        related: entry.related.iter().map(|id| id.value.as_str()).collect(),
        citations: citations.collect(),
    }
}

fn csv(base: &KnowledgeBase) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = base.entries.iter().map(|entry| {
        let json = entry_json(entry, base);
        let sources: Vec<&str> = entry.cited().iter().map(|cited| cited.source.title.as_str()).collect();
        let own_url = entry.citations.iter().find_map(|citation| citation.url.clone());
        [
            json.id.to_owned(),
            json.topic.to_owned(),
            json.question.to_owned(),
            json.phrasings.join(" | "),
            json.keywords.join(" | "),
            json.answer.to_owned(),
            json.image.unwrap_or_default().to_owned(),
            json.standing.to_owned(),
            json.claimed_by.unwrap_or_default().to_owned(),
            json.as_of.unwrap_or_default(),
            json.related.join(" | "),
            sources.join(" | "),
            own_url.unwrap_or_default(),
        ]
    });
    // A vector takes everything, and all rows have the same number of cells.
    let _ = writer.write_record(COLUMNS);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn markdown(base: &KnowledgeBase) -> String {
    let mut out = String::new();
    for (number, topic) in base.topics.iter().enumerate() {
        let blank = if number == 0 { "" } else { "\n" };
        let _ = writeln!(out, "{blank}# {}", topic.title);
        if let Some(summary) = &topic.summary {
            let _ = write!(out, "\n{summary}\n");
        }
        for entry in base.entries.iter().filter(|entry| entry.topic == number) {
            let _ = write!(out, "\n## {}\n\n{}\n", entry.question, entry.answer.value);
            if let Some(image) = &entry.image {
                let _ = write!(out, "\n![]({image})\n");
            }
            let sources: Vec<String> = entry.cited().iter().map(|cited| source(cited.source)).collect();
            let _ = write!(out, "\n*Source: {}*\n", sources.join("; "));
        }
    }
    out
}

fn source(source: &footnote_knowledge::Source) -> String {
    match &source.url {
        Some(url) => format!("[{}]({url})", source.title),
        None => source.title.clone(),
    }
}
