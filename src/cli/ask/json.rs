//! What `ask --json` promises to other programs.

use std::collections::BTreeMap;

use serde::Serialize;

use footnote_knowledge::{CitedSource, Entry, PartialDate, Source, SourceKind};
use footnote_search::calibration::CalibrationOrigin;
use footnote_search::evidence::Objection;
use footnote_search::explanation::{CandidateExplanation, Change, EvidenceExplanation, UnitExplanation};
use footnote_search::reply::{Outcome, Reply, Thresholds};

use crate::cli::terminal::Explained;

#[derive(Serialize)]
pub(super) struct ReplyJson<'a> {
    question: &'a str,
    outcome: Outcome,
    confidence: f64,
    answer: Option<AnswerJson<'a>>,
    candidates: Vec<CandidateJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<ExplanationJson<'a>>,
}

/// Why the question got its reply. `weights` says where those of the evidence come from.
#[derive(Serialize)]
struct ExplanationJson<'a> {
    read: &'a str,
    changes: &'a [Change],
    dropped: &'a [String],
    units: &'a [UnitExplanation],
    candidates: Vec<ExplainedCandidateJson<'a>>,
    thresholds: BTreeMap<&'static str, f64>,
    weights: CalibrationOrigin,
}

#[derive(Serialize)]
struct ExplainedCandidateJson<'a> {
    id: &'a str,
    /// The claim by which a dispute was found that takes it over.
    #[serde(skip_serializing_if = "Option::is_none")]
    found_by: Option<&'a str>,
    confidence: f64,
    /// For each unit, how far the entry explains it.
    explained: Vec<f64>,
    evidence: &'a [EvidenceExplanation],
    objections: Vec<ObjectionJson>,
}

#[derive(Serialize)]
struct ObjectionJson {
    name: Objection,
    reason: &'static str,
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
    /// Which source it is in the list below the answer; paragraphs of one source share it.
    number: usize,
    source: &'a str,
    title: &'a str,
    author: Option<&'a str>,
    publisher: Option<&'a str>,
    kind: SourceKind,
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    id: &'a str,
    question: &'a str,
    confidence: f64,
}

impl<'a> ReplyJson<'a> {
    pub(super) fn new(question: &'a str, reply: &Reply<'a>, explained: Option<&'a Explained<'a>>) -> Self {
        let candidates = reply.candidates.iter().map(|candidate| CandidateJson {
            id: &candidate.entry.id,
            question: &candidate.entry.question,
            confidence: rounded(candidate.confidence),
        });
        Self {
            question,
            outcome: reply.outcome,
            confidence: rounded(reply.confidence()),
            answer: reply.shown().map(AnswerJson::new),
            candidates: candidates.collect(),
            explanation: explained.map(ExplanationJson::new),
        }
    }
}

impl<'a> ExplanationJson<'a> {
    fn new(explained: &'a Explained<'a>) -> Self {
        let Explained { answerer, explanation, .. } = explained;
        let Thresholds { answer_at, closest_at, suggest_at } = answerer.thresholds();
        let candidate = |candidate: &'a CandidateExplanation| ExplainedCandidateJson {
            id: &answerer.base().entries[candidate.entry].id,
            found_by: candidate.found_by.map(|claim| answerer.base().entries[claim].id.as_str()),
            confidence: rounded(candidate.confidence),
            explained: candidate.explained.iter().copied().map(rounded).collect(),
            evidence: &candidate.evidence,
            objections: candidate
                .objections
                .iter()
                .map(|&name| ObjectionJson { name, reason: name.reason() })
                .collect(),
        };
        Self {
            read: &explanation.read,
            changes: &explanation.changes,
            dropped: &explanation.dropped,
            units: &explanation.units,
            candidates: explanation.candidates.iter().map(candidate).collect(),
            thresholds: [("answer_at", answer_at), ("closest_at", closest_at), ("suggest_at", suggest_at)]
                .map(|(name, threshold)| (name, rounded(threshold)))
                .into(),
            weights: answerer.calibration_origin(),
        }
    }
}

impl<'a> AnswerJson<'a> {
    fn new(entry: &'a Entry) -> Self {
        let cited = entry.cited().into_iter().zip(1..);
        let citations = cited.flat_map(|(CitedSource { source, paragraphs }, number)| {
            let Source { id, title, author, publisher, kind, url, .. } = source;
            // A source that is cited as a whole is one citation, without a paragraph.
            let whole = paragraphs.is_empty().then_some(None);
            whole.into_iter().chain(paragraphs.into_iter().map(Some)).map(move |paragraph| CitationJson {
                number,
                source: id,
                title,
                author: author.as_deref(),
                publisher: publisher.as_deref(),
                kind: *kind,
                url: url.as_deref(),
                paragraph,
            })
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
