//! What `ask --json` promises to other programs.

use std::collections::BTreeMap;

use serde::Serialize;

use footnote_search::calibration::CalibrationOrigin;
use footnote_search::evidence::Objection;
use footnote_search::explanation::{CandidateExplanation, Change, EvidenceExplanation, UnitExplanation};
use footnote_search::reply::{Reply, Thresholds};

use crate::cli::terminal::Explained;
use crate::json::{ReplyJson, rounded};
use crate::web::Site;

/// The reply to a question, and why it is this one if that was asked for.
#[derive(Serialize)]
pub(super) struct ExplainedReplyJson<'a> {
    #[serde(flatten)]
    reply: ReplyJson<'a>,
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

impl<'a> ExplainedReplyJson<'a> {
    pub(super) fn new(question: &'a str, reply: &Reply<'a>, explained: Option<&'a Explained<'a>>, site: &Site) -> Self {
        let reply = ReplyJson::new(question, reply).with_pages(|id| site.page_of(id));
        Self { reply, explanation: explained.map(ExplanationJson::new) }
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
