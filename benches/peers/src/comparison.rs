//! All engines on one input: how fast, how large, how accurate.
//!
//! Each engine answers all questions in its own sweep, as it would in service, so that as much of
//! its data as possible is in the caches. The first sweep is a warm-up, in which the answers are
//! judged. The other sweeps are timed. Each round begins with a different engine, so that no
//! engine always runs after the same other one.

use std::io::{self, Write};
use std::time::Duration;

use footnote_evaluation::question_set::Question;
use footnote_evaluation::roc;
use footnote_knowledge::KnowledgeBase;

use crate::engine::{CONTENDERS, Contender, Engine, EngineError, Found};
use crate::input::Input;
use crate::memory;
use crate::percentile::Sorted;
use crate::table::{Table, kibibytes, micros, millis, share};
use crate::timing::{Fastest, timed};

/// How often each engine is built; the fastest counts.
pub(crate) const BUILDS: usize = 3;
/// How often each question is timed; the fastest counts.
pub(crate) const PASSES: usize = 5;

#[derive(Debug, thiserror::Error)]
#[error("{engine} cannot be measured")]
pub(crate) struct ComparisonError {
    engine: &'static str,
    source: EngineError,
}

/// What was measured for one engine.
#[derive(Debug)]
pub(crate) struct Measured {
    contender: Contender,
    build: Duration,
    bytes: usize,
    times: Sorted,
    accuracy: Accuracy,
}

/// How accurate the answers are.
#[derive(Debug)]
struct Accuracy {
    /// Of the questions with an answer, the share whose best entry is right.
    first: Option<f64>,
    /// How well the score distinguishes questions that have an answer from those that have none.
    area: Option<f64>,
}

/// An engine while it is measured.
struct Trial {
    contender: Contender,
    build: Duration,
    bytes: usize,
    engine: Box<dyn Engine>,
    answers: Vec<Option<Found>>,
    fastest: Fastest,
}

pub(crate) fn measure(input: &Input) -> Result<Vec<Measured>, ComparisonError> {
    let start = |contender| Trial::start(contender, input).map_err(failure_of(contender));
    let mut trials = CONTENDERS.into_iter().map(start).collect::<Result<Vec<_>, _>>()?;
    for round in 0..PASSES {
        for place in 0..CONTENDERS.len() {
            let trial = &mut trials[(round + place) % CONTENDERS.len()];
            trial.sweep(&input.questions).map_err(failure_of(trial.contender))?;
        }
    }
    Ok(trials.into_iter().map(|trial| trial.finish(input)).collect())
}

fn failure_of(contender: Contender) -> impl FnOnce(EngineError) -> ComparisonError {
    move |source| ComparisonError { engine: contender.engine, source }
}

impl Trial {
    fn start(contender: Contender, input: &Input) -> Result<Self, EngineError> {
        let mut build = Duration::MAX;
        for _ in 1..BUILDS {
            let (engine, time) = timed(|| (contender.build)(&input.base));
            drop(engine?);
            build = build.min(time);
        }
        let before = memory::held();
        let (engine, time) = timed(|| (contender.build)(&input.base));
        let mut engine = engine?;
        let bytes = memory::held().saturating_sub(before) + engine.foreign_bytes()?;
        let answers = input.questions.iter().map(|question| engine.search(&question.text)).collect::<Result<_, _>>()?;
        let fastest = Fastest::new(input.questions.len());
        Ok(Self { contender, build: build.min(time), bytes, engine, answers, fastest })
    }

    fn sweep(&mut self, questions: &[Question]) -> Result<(), EngineError> {
        self.fastest.pass(questions, |question| self.engine.search(&question.text))
    }

    fn finish(self, input: &Input) -> Measured {
        Measured {
            contender: self.contender,
            build: self.build,
            bytes: self.bytes,
            times: Sorted::new(self.fastest.into_times()),
            accuracy: Accuracy::new(&input.base, &input.questions, &self.answers),
        }
    }
}

impl Accuracy {
    fn new(base: &KnowledgeBase, questions: &[Question], answers: &[Option<Found>]) -> Self {
        let mut right = 0_usize;
        let (mut answerable, mut unanswerable) = (Vec::new(), Vec::new());
        for (question, answer) in questions.iter().zip(answers) {
            // If nothing is found, that is lower than any score.
            let score = answer.map_or(f64::NEG_INFINITY, |found| found.score);
            if question.has_answer() {
                answerable.push(score);
                right += usize::from(answer.is_some_and(|found| question.is_answered_by(&base.entries[found.entry])));
            } else {
                unanswerable.push(score);
            }
        }
        Self { first: share_of(right, answerable.len()), area: roc::area_between(&answerable, &unanswerable) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of questions are far below 2^52")]
fn share_of(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Prints the engines side by side.
pub(crate) fn print(out: &mut impl Write, input: &Input, engines: &[Measured]) -> io::Result<()> {
    let phrasings: usize = input.base.entries.iter().map(|entry| 1 + entry.phrasings.len()).sum();
    let answerable = input.questions.iter().filter(|question| question.has_answer()).count();
    writeln!(out, "\n{}: {phrasings} phrasings of {} entries", input.base_path.display(), input.base.entries.len())?;
    writeln!(
        out,
        "{}: {} questions, {answerable} of them with an answer\n",
        input.questions_path.display(),
        input.questions.len()
    )?;
    let mut table =
        Table::new(2, ["engine", "document", "build, ms", "p50, µs", "p99, µs", "held, KiB", "first", "AUC"]);
    for engine in engines {
        table.push([
            engine.contender.engine.to_owned(),
            engine.contender.document.to_owned(),
            millis(engine.build),
            micros(engine.times.percentile(50)),
            micros(engine.times.percentile(99)),
            kibibytes(engine.bytes),
            engine.accuracy.first.map_or_else(String::new, share),
            engine.accuracy.area.map_or_else(String::new, |area| format!("{area:.3}")),
        ]);
    }
    write!(out, "{table}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_engine_finds_what_only_one_entry_says() {
        let folder = tempfile::tempdir().unwrap();
        let (train, questions) = (folder.path().join("train.jsonl"), folder.path().join("questions.jsonl"));
        let labelled = [
            ("hours", "when does the library open"),
            ("hours", "library opening times"),
            ("coffee", "where can i buy coffee"),
            ("parking", "is there parking for bicycles"),
        ];
        let lines = labelled.map(|(entry, q)| serde_json::json!({ "q": q, "entry": entry }).to_string());
        fs::write(&train, lines.join("\n")).unwrap();
        let asked = concat!(
            r#"{"q": "where is \"coffee\" sold?", "entry": "coffee"}"#,
            "\n",
            r#"{"q": "bicycle AND parking*", "entry": "parking"}"#,
            "\n",
            r#"{"q": "zzzz", "entry": null}"#
        );
        fs::write(&questions, asked).unwrap();
        let input = Input::of_training_set(&train, &questions).unwrap();
        let measured = measure(&input).unwrap();
        assert_eq!(measured.len(), CONTENDERS.len());
        for (engine, contender) in measured.iter().zip(CONTENDERS) {
            assert_eq!(engine.contender.engine, contender.engine);
            let accuracy = (engine.accuracy.first, engine.accuracy.area);
            assert_eq!(accuracy, (Some(1.0), Some(1.0)), "{}, a document {}", contender.engine, contender.document);
            assert_eq!(engine.times.len(), 3);
            assert!(engine.bytes > 0);
        }
    }
}
