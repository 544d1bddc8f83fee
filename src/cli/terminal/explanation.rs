//! Why a question got its reply, as a curator reads it: below the reply to `ask --explain`.

use std::io::{self, Write};

use anstyle::Style;

use super::{Page, QUESTION};
use footnote_search::explanation::{
    CandidateExplanation, ChangeKind, EvidenceExplanation, Explanation, UnitExplanation,
};
use footnote_search::reply::{Answerer, Outcome};

/// Evidence that adds less to the log odds, either way, changes no outcome and is left out.
const LEAST_ADDED: f32 = 0.1;

/// The explanation of a reply, with all that it refers to.
pub(in crate::cli) struct Explained<'a> {
    pub(in crate::cli) answerer: &'a Answerer,
    pub(in crate::cli) outcome: Outcome,
    pub(in crate::cli) explanation: Explanation,
}

impl<W: Write> Page<'_, W> {
    /// Writes how the question was read, what spoke for the best entries and against them, and what
    /// decided.
    pub(in crate::cli) fn explanation(&mut self, explained: &Explained<'_>) -> io::Result<()> {
        let Explained { answerer, outcome, explanation } = explained;
        self.heading("Why this reply")?;
        self.reading(explanation)?;
        writeln!(self.out)?;
        self.units(&explanation.units)?;
        for (number, candidate) in (1..).zip(&explanation.candidates) {
            writeln!(self.out)?;
            let entry = &answerer.base().entries[candidate.entry];
            self.heading(&format!("{number}. {}", entry.question))?;
            self.fact(&format!("entry: {}", entry.id))?;
            if let Some(claim) = candidate.found_by {
                let claim = &answerer.base().entries[claim].id;
                self.fact(&format!("found by: {claim}, one side of it; the question names nobody"))?;
            }
            self.candidate(candidate, &explanation.units)?;
        }
        writeln!(self.out)?;
        self.decision(answerer, *outcome, &explanation.candidates)
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        self.lines(text, QUESTION, ["", "   "])
    }

    fn fact(&mut self, text: &str) -> io::Result<()> {
        self.lines(text, Style::new(), ["  ", "    "])
    }

    fn reading(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.fact(&format!("read as: {}", explanation.read))?;
        for change in &explanation.changes {
            let done = match change.kind {
                ChangeKind::Corrected => "corrected",
                ChangeKind::Split => "taken apart",
                ChangeKind::Joined => "taken together",
            };
            self.fact(&format!("{done}: {} → {}", change.typed, change.read_as))?;
        }
        if !explanation.dropped.is_empty() {
            self.fact(&format!("dropped, because they tell nothing here: {}", explanation.dropped.join(", ")))?;
        }
        let unknown = explanation.units.iter().filter(|unit| !unit.is_known);
        let unknown: Vec<&str> = unknown.map(|unit| unit.term.as_str()).collect();
        if !unknown.is_empty() {
            self.fact(&format!("not in the base: {}", unknown.join(", ")))?;
        }
        Ok(())
    }

    fn units(&mut self, units: &[UnitExplanation]) -> io::Result<()> {
        if units.is_empty() {
            return self.fact("no word of the question means anything to the base");
        }
        self.fact("what each word counts:")?;
        for unit in units {
            let remark = match (unit.is_optional, unit.kind) {
                (true, _) => " (only where an entry has it)".to_owned(),
                (false, "cue") => " (what kind of answer is wanted)".to_owned(),
                (false, "word") => String::new(),
                (false, kind) => format!(" (a {kind})"),
            };
            let share = percent(unit.weight);
            self.lines(&format!("{share}  {}{remark}", unit.term), Style::new(), ["    ", "          "])?;
        }
        Ok(())
    }

    fn candidate(&mut self, candidate: &CandidateExplanation, units: &[UnitExplanation]) -> io::Result<()> {
        self.fact(&format!("confidence: {:.2}", candidate.confidence))?;
        if !units.is_empty() {
            let words = units.iter().zip(&candidate.explained);
            let words: Vec<String> =
                words.map(|(unit, share)| format!("{} {}", unit.term, percent(*share).trim())).collect();
            self.fact(&format!("how far the entry explains each word: {}", words.join(", ")))?;
        }
        let mut pieces: Vec<&EvidenceExplanation> = candidate.evidence.iter().collect();
        let constant: f32 = pieces.iter().filter(|piece| piece.is_constant()).map(|piece| piece.adds).sum();
        self.fact(&format!("before any evidence: {constant:+.1}"))?;
        pieces.retain(|piece| !piece.is_constant() && piece.adds.abs() >= LEAST_ADDED);
        pieces.sort_by(|one, other| other.adds.abs().total_cmp(&one.adds.abs()));
        let (pros, cons): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| piece.adds > 0.0);
        self.evidence("for it:", &pros)?;
        self.evidence("against it:", &cons)?;
        for objection in &candidate.objections {
            self.fact(&format!("no answer, because {}", objection.reason()))?;
        }
        Ok(())
    }

    fn evidence(&mut self, title: &str, pieces: &[&EvidenceExplanation]) -> io::Result<()> {
        if pieces.is_empty() {
            return Ok(());
        }
        self.fact(title)?;
        for EvidenceExplanation { name, value, adds } in pieces {
            self.lines(&format!("{adds:+.1}  {name} ({value:.2})"), Style::new(), ["    ", "          "])?;
        }
        Ok(())
    }

    fn decision(
        &mut self,
        answerer: &Answerer,
        outcome: Outcome,
        candidates: &[CandidateExplanation],
    ) -> io::Result<()> {
        let thresholds = answerer.thresholds();
        let best = candidates.first().map_or(0.0, |best| best.confidence);
        self.heading(&format!("Outcome: {}", outcome.name()))?;
        self.fact(&format!(
            "confidence {best:.2}; an answer needs {}, the nearest entry {}, a choice {}",
            thresholds.answer_at, thresholds.closest_at, thresholds.suggest_at
        ))?;
        self.fact(&format!("weights of the evidence: {}", answerer.calibration_origin().description()))
    }
}

fn percent(share: f32) -> String {
    format!("{:>3.0}%", 100.0 * share)
}
