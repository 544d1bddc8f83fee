//! Why a question got what it got: the page behind `ask --explain`.
//!
//! A curator who asks why an entry came first needs the words: which of them counted how much, what
//! was corrected or joined, what nothing explains, and what then spoke for an entry and against it.

use serde::{Serialize, Serializer};

use crate::analyzer::{Compound, Reading, Word};
use crate::evidence::{FEATURE_NAMES, Objection};
use crate::model::Model;
use crate::query::{Meaning, Query, UnitKind, look_up_all, terms};
use crate::ranking::{self, Ranked};
use crate::weights::{EvidenceWeights, Weights};
use crate::{confidence, evidence};

/// How a question was read, and what spoke for its best candidates.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The part of the message that was read as the question.
    pub read: String,
    /// Words that were read otherwise than typed.
    pub changes: Vec<Change>,
    /// What the question is about, unit by unit.
    pub units: Vec<UnitExplanation>,
    /// Words that carry no meaning here.
    pub dropped: Vec<String>,
    /// The best candidates, best first.
    pub candidates: Vec<CandidateExplanation>,
}

/// Words that were read otherwise than typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// The word, or the words with spaces between them.
    pub typed: String,
    /// What they were read as.
    pub read_as: String,
}

/// What can be done with words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A misspelling was corrected.
    Corrected,
    /// A word was split into words of the base.
    Split,
    /// Several words were read as one term: a word that the base writes together, or a synonym of
    /// several words.
    Joined,
}

/// How a part of a question was read.
#[derive(Debug, Clone, Serialize)]
pub struct UnitExplanation {
    /// The lemma, or the name of a synonym group.
    pub term: String,
    /// What it is: word, name, number, symbol or cue.
    pub kind: &'static str,
    /// How much it tells: its share of the question's weight, 0 to 1.
    #[serde(serialize_with = "to_four_decimals")]
    pub weight: f32,
    /// How likely it was meant: 1 as typed, less where spelling was corrected.
    #[serde(serialize_with = "to_four_decimals")]
    pub likelihood: f32,
    /// Whether the base has it.
    pub is_known: bool,
    /// Whether it counts only where it is explained.
    pub is_optional: bool,
}

/// What spoke for a candidate and against it.
#[derive(Debug, Clone, Serialize)]
pub struct CandidateExplanation {
    /// Its index in the base.
    #[serde(skip)]
    pub entry: usize,
    /// The index of the claim by which it was found, if it is a dispute that takes one over.
    #[serde(skip)]
    pub found_by: Option<usize>,
    /// How sure the search is of it, 0 to 1.
    pub confidence: f32,
    /// For each unit, how far the entry explains it, 0 to 1.
    pub explained: Vec<f32>,
    /// Each piece of evidence with its value and what it adds to the log odds.
    pub evidence: Vec<EvidenceExplanation>,
    /// What keeps it from being given as the answer.
    pub objections: Vec<Objection>,
}

/// The pieces of evidence that are the same for every question to a base.
const CONSTANT: [&str; 2] = ["always", "few phrasings"];

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceExplanation {
    /// What it is.
    pub name: &'static str,
    /// Its value.
    #[serde(serialize_with = "to_four_decimals")]
    pub value: f32,
    /// What it adds to the log odds.
    #[serde(serialize_with = "to_four_decimals")]
    pub adds: f32,
}

impl EvidenceExplanation {
    /// Whether it is the same for every question to the base.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        CONSTANT.contains(&self.name)
    }
}

/// How many candidates are explained.
const CANDIDATES: usize = 3;

pub(crate) fn explain(model: &Model, weights: &Weights, query: &Query, read: &str) -> Explanation {
    // As many as for a reply, because they share out the certainty.
    let candidates = ranking::rank(model, &weights.ranking, query, ranking::CONTESTANTS);
    let all = query.weight();
    let units = query.units.iter().map(|unit| UnitExplanation {
        term: unit.text.to_string(),
        kind: kind_name(unit.kind),
        weight: unit.weight / all,
        likelihood: unit.likelihood,
        is_known: matches!(unit.meaning, Meaning::Known(_)),
        is_optional: unit.is_optional,
    });
    let reading = model.analyzer.read(read);
    let dropped = reading.words.iter().filter(|word| model.analyzer.is_dropped(word));
    let mut ceiling = 1.0;
    let explained = (0..candidates.len().min(CANDIDATES)).map(|place| {
        let mut candidate = explain_candidate(model, &weights.evidence, query, &candidates, place);
        // No candidate is surer than the one before it.
        ceiling = candidate.confidence.min(ceiling);
        candidate.confidence = ceiling;
        candidate
    });
    Explanation {
        read: read.trim().to_owned(),
        units: units.collect(),
        dropped: dropped.map(|word| word.text.clone()).collect(),
        candidates: explained.collect(),
        changes: changes(model, reading),
    }
}

fn changes(model: &Model, reading: Reading) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, word) in reading.words.iter().enumerate() {
        let is_part = reading.compounds.iter().any(|compound| compound.words.contains(&place));
        let meant = meant(model, word, is_part);
        if !matches!(&meant[..], [same] if *same == word.text) {
            let kind = if meant.len() > 1 { ChangeKind::Split } else { ChangeKind::Corrected };
            changes.push(Change { kind, typed: word.text.clone(), read_as: meant.join(" ") });
        }
    }
    let (meant, words, _) = look_up_all(model, reading);
    for term in terms(model, &meant, &words).into_iter().filter(|term| term.words.len() > 1) {
        let typed: Vec<&str> = meant.words[term.words].iter().map(|word| word.text.as_str()).collect();
        changes.push(Change { kind: ChangeKind::Joined, typed: typed.join(" "), read_as: term.text.to_string() });
    }
    changes
}

/// The words that a typed word stands for. A part of a compound is not taken apart any further.
fn meant(model: &Model, word: &Word, is_part: bool) -> Vec<String> {
    let compounds =
        if is_part { vec![Compound { words: 0..1, joined: word.text.as_str().into() }] } else { Vec::new() };
    let reading = Reading { words: vec![word.clone()], compounds };
    look_up_all(model, reading).0.words.into_iter().map(|word| word.text).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "what is shown needs no more than six digits")]
fn explain_candidate(
    model: &Model,
    weights: &EvidenceWeights,
    query: &Query,
    candidates: &[Ranked],
    place: usize,
) -> CandidateExplanation {
    let evidence = confidence::evidence_at(model, query, candidates, place);
    let confidence = confidence::confidence(weights, &evidence.features);
    let evidence::Evidence { features, objections, explained, .. } = evidence.at(confidence, &model.tuning.confidence);
    let pieces = FEATURE_NAMES.iter().zip(features).zip(weights);
    let evidence = pieces
        .map(|((name, value), weight)| EvidenceExplanation { name, value, adds: (f64::from(value) * weight) as f32 })
        .collect();
    let Ranked { entry, teller, .. } = candidates[place];
    let found_by = (entry != teller).then_some(entry.place());
    CandidateExplanation { entry: teller.place(), found_by, confidence, explained, evidence, objections }
}

/// More decimals would differ between machines.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn to_four_decimals<S: Serializer>(number: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    // Adding zero turns −0 into 0.
    serializer.serialize_f64((f64::from(*number) * 10_000.0).round() / 10_000.0 + 0.0)
}

fn kind_name(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Word => "word",
        UnitKind::Name => "name",
        UnitKind::Number => "number",
        UnitKind::Symbol => "symbol",
        UnitKind::Cue => "cue",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_for_every_question_is_evidence() {
        assert!(CONSTANT.iter().all(|name| FEATURE_NAMES.contains(name)));
    }
}
