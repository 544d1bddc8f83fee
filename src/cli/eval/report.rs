//! What `eval` prints: everything as JSON, or the figures as text with as many failures as people
//! will read.

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;

use crate::cli::terminal::write_json;
use footnote_evaluation::calibration::{Bin, Calibration, SURE_FROM};
use footnote_evaluation::threshold::Choice;
use footnote_evaluation::{Grade, Judged, Tally, roc};
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::on_one_line;
use footnote_search::reply::Thresholds;

const HEADING: Style = Style::new().bold();

/// Up to this many failures are all shown. If there are more, the first few are enough to show
/// what goes wrong.
const FAILURES_SHOWN_WHOLE: usize = 50;
const FAILURES_SHOWN_OF_MORE: usize = 20;

/// Everything that was measured, in the form of the JSON.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    #[serde(flatten)]
    tally: Tally,
    /// The threshold that was chosen on the question set, if it was.
    threshold: Option<Choice>,
    roc_area: Option<f64>,
    calibration: Calibration,
    failures: Vec<&'a Judged>,
}

impl<'a> Report<'a> {
    pub(super) fn new(judged: &'a [Judged], threshold: Option<Choice>) -> Self {
        let is_failure = |one: &&Judged| !matches!(one.grade, Grade::Right | Grade::Refused);
        Self {
            tally: Tally::new(judged),
            threshold,
            roc_area: roc::area(judged),
            calibration: Calibration::new(judged),
            failures: judged.iter().filter(is_failure).collect(),
        }
    }

    pub(super) fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        write_json(out, self)
    }

    /// Writes at most `failures` failures, or by default as many as people will read.
    pub(super) fn write_text(
        &self,
        out: &mut impl Write,
        thresholds: Thresholds,
        failures: Option<usize>,
    ) -> io::Result<()> {
        self.write_thresholds(out, thresholds)?;
        self.write_tally(out)?;
        self.write_confidence(out)?;
        self.write_failures(out, failures)
    }

    fn write_thresholds(&self, out: &mut impl Write, thresholds: Thresholds) -> io::Result<()> {
        let Thresholds { answer_at, suggest_at } = thresholds;
        let Some(chosen) = &self.threshold else {
            return writeln!(out, "answers from {answer_at}, suggestions from {suggest_at}\n");
        };
        writeln!(out, "answers from {answer_at}, chosen on this set; no suggestions")?;
        writeln!(out, "  in-scope accuracy   {}", chosen.in_scope_accuracy)?;
        writeln!(out, "  out-of-scope recall {}\n", chosen.out_of_scope_recall)
    }

    fn write_tally(&self, out: &mut impl Write) -> io::Result<()> {
        let Tally { answerable, unanswerable } = &self.tally;
        if answerable.asked > 0 {
            writeln!(out, "{HEADING}{} an answer{HEADING:#}", asked_with(answerable.asked))?;
            writeln!(out, "  right            {}", answerable.right)?;
            writeln!(out, "  wrong            {}", answerable.wrong)?;
            writeln!(out, "  suggested        {}", answerable.suggested)?;
            writeln!(out, "  unanswered       {}", answerable.unanswered)?;
            writeln!(out, "  right one first  {}", answerable.first)?;
            writeln!(out, "  among five       {}", answerable.among_five)?;
        }
        if unanswerable.asked > 0 {
            writeln!(out, "{HEADING}{} no answer{HEADING:#}", asked_with(unanswerable.asked))?;
            writeln!(out, "  refused          {}", unanswerable.refused)?;
            writeln!(out, "  wrongly answered {}", unanswerable.wrongly_answered)?;
        }
        Ok(())
    }

    fn write_confidence(&self, out: &mut impl Write) -> io::Result<()> {
        let Calibration { bins, expected_error, sure } = &self.calibration;
        let heading = "Confidence of the best entry, and how often it is right";
        writeln!(out, "\n{HEADING}{heading}{HEADING:#}")?;
        writeln!(out, "  confidence  questions   mean   right")?;
        for bin in bins {
            write_bin(out, bin)?;
        }
        writeln!(out, "  expected calibration error  {expected_error:.3}")?;
        if let Some(area) = self.roc_area {
            writeln!(out, "  area under the ROC curve    {area:.3}")?;
        }
        writeln!(out, "  right of {} at {SURE_FROM} or more  {}", counted(sure.answers, "answer"), sure.right)
    }

    fn write_failures(&self, out: &mut impl Write, limit: Option<usize>) -> io::Result<()> {
        let all = self.failures.len();
        if all == 0 {
            return Ok(());
        }
        let readable = if all <= FAILURES_SHOWN_WHOLE { all } else { FAILURES_SHOWN_OF_MORE };
        let shown = limit.unwrap_or(readable).min(all);
        let heading = "Failures, with the confidence and id of the best entry";
        writeln!(out, "\n{HEADING}{heading}{HEADING:#}")?;
        for failure in &self.failures[..shown] {
            write_failure(out, failure)?;
        }
        if shown < all {
            writeln!(out, "  {} more; --failures {all} shows all", all - shown)?;
        }
        Ok(())
    }
}

/// "1 question that has", "2 questions that have".
fn asked_with(questions: usize) -> String {
    let verb = if questions == 1 { "has" } else { "have" };
    format!("{} that {verb}", counted(questions, "question"))
}

fn write_bin(out: &mut impl Write, bin: &Bin) -> io::Result<()> {
    write!(out, "  {:.1} to {:.1}  {:>9}", bin.from, bin.to, bin.questions)?;
    match bin.mean_confidence {
        Some(mean) => writeln!(out, "  {mean:.3}  {}", bin.right),
        None => writeln!(out),
    }
}

fn write_failure(out: &mut impl Write, failure: &Judged) -> io::Result<()> {
    let place = match failure.place {
        Some(0) => ", which is right",
        Some(_) => "; a right one is among the first five",
        None => "",
    };
    let best = failure.best.as_deref().map_or("nothing found".to_owned(), on_one_line);
    writeln!(out, "  {:<16} {}", name(failure.grade), on_one_line(&failure.question))?;
    writeln!(out, "  {:<16} {:.2} {best}{place}", "", failure.confidence)
}

fn name(grade: Grade) -> &'static str {
    match grade {
        Grade::Right => "right",
        Grade::Wrong => "wrong",
        Grade::Suggested => "suggested",
        Grade::Unanswered => "unanswered",
        Grade::Refused => "refused",
        Grade::WronglyAnswered => "wrongly answered",
    }
}
