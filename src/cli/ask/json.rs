//! What `ask --json` promises to other programs.

use serde::Serialize;

use footnote_knowledge::{Entry, PartialDate, SourceKind};
use footnote_search::reply::{Outcome, Reply};

#[derive(Serialize)]
pub(super) struct ReplyJson<'a> {
    question: &'a str,
    outcome: Outcome,
    confidence: f64,
    answer: Option<AnswerJson<'a>>,
    candidates: Vec<CandidateJson<'a>>,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    id: &'a str,
    question: &'a str,
    text: &'a str,
    standing: &'static str,
    claimed_by: Option<&'a str>,
    as_of: Option<PartialDate>,
    citations: Vec<CitationJson<'a>>,
}

#[derive(Serialize)]
struct CitationJson<'a> {
    number: usize,
    source: &'a str,
    title: &'a str,
    author: Option<&'a str>,
    publisher: Option<&'a str>,
    kind: SourceKind,
    url: Option<&'a str>,
    paragraph: u32,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    id: &'a str,
    question: &'a str,
    confidence: f64,
}

impl<'a> ReplyJson<'a> {
    pub(super) fn new(question: &'a str, reply: &Reply<'a>) -> Self {
        let candidates = reply.candidates.iter().map(|candidate| CandidateJson {
            id: &candidate.entry.id,
            question: &candidate.entry.question,
            confidence: rounded(candidate.confidence),
        });
        Self {
            question,
            outcome: reply.outcome,
            confidence: rounded(reply.confidence()),
            answer: reply.answer().map(AnswerJson::new),
            candidates: candidates.collect(),
        }
    }
}

impl<'a> AnswerJson<'a> {
    fn new(entry: &'a Entry) -> Self {
        let citations = entry.citations.iter().zip(1..).map(|(citation, number)| CitationJson {
            number,
            source: &citation.source.id,
            title: &citation.source.title,
            author: citation.source.author.as_deref(),
            publisher: citation.source.publisher.as_deref(),
            kind: citation.source.kind,
            url: citation.source.url.as_deref(),
            paragraph: citation.paragraph,
        });
        Self {
            id: &entry.id,
            question: &entry.question,
            text: &entry.answer.value,
            standing: entry.standing.name(),
            claimed_by: entry.standing.claimed_by(),
            as_of: entry.as_of,
            citations: citations.collect(),
        }
    }
}

/// A confidence is not precise enough for more than four decimals.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 10_000.0).round() / 10_000.0
}
