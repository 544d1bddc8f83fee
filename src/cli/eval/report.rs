//! What `eval` prints: everything as JSON, or the figures as text with as many failures as people
//! will read.

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;

use crate::cli::terminal::write_json;
use footnote_evaluation::calibration::{Bin, Calibration, SURE_FROM};
use footnote_evaluation::proportion::Proportion;
use footnote_evaluation::threshold::{Choice, Limit};
use footnote_evaluation::{Grade, Judged, Tally, roc};
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::on_one_line;
use footnote_search::reply::Thresholds;

const HEADING: Style = Style::new().bold();

/// Up to this many failures are all shown. If there are more, the first few are enough to show
/// what goes wrong.
const FAILURES_SHOWN_WHOLE: usize = 50;
const FAILURES_SHOWN_OF_MORE: usize = 20;
/// So many right entries are named beside a wrong one; patterns may fit more.
const NAMED_AT_MOST: usize = 3;

/// How many questions were asked before the user stopped, and of how many.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Partial {
    pub(super) asked: usize,
    pub(super) of: usize,
}

/// How many questions without an answer are answered all the same from a confidence on.
#[derive(Serialize)]
struct Leak {
    answer_at: f32,
    wrongly_answered: Proportion,
}

/// Everything that was measured, in the form of the JSON.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    #[serde(flatten)]
    tally: Tally,
    /// Set if not all questions were asked.
    partial: Option<Partial>,
    /// The threshold that was chosen on the question set, if it was.
    threshold: Option<Choice>,
    roc_area: Option<f64>,
    calibration: Calibration,
    /// What would be answered at which threshold, if entries were left out.
    left_out_entries: Option<Vec<Leak>>,
    failures: Vec<&'a Judged>,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        judged: &'a [Judged],
        threshold: Option<Choice>,
        partial: Option<Partial>,
        are_entries_left_out: bool,
    ) -> Self {
        let is_failure = |one: &&Judged| !matches!(one.grade, Grade::Right | Grade::Refused);
        Self {
            tally: Tally::new(judged),
            partial,
            threshold,
            roc_area: roc::area(judged),
            calibration: Calibration::new(judged),
            left_out_entries: are_entries_left_out.then(|| leaks(judged)),
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
        if let Some(Partial { asked, of }) = self.partial {
            let questions = counted(of, "question");
            let heading = format!("Stopped after {asked} of {questions}; the figures are of these");
            writeln!(out, "{HEADING}{heading}{HEADING:#}")?;
        }
        self.write_thresholds(out, thresholds)?;
        self.write_tally(out)?;
        // Where no question has an answer, nothing is ever right.
        if self.tally.answerable.asked > 0 || self.left_out_entries.is_none() {
            self.write_confidence(out)?;
        }
        self.write_left_out_entries(out)?;
        self.write_failures(out, failures)
    }

    fn write_thresholds(&self, out: &mut impl Write, thresholds: Thresholds) -> io::Result<()> {
        let Thresholds { answer_at, closest_at, suggest_at } = thresholds;
        let Some(chosen) = &self.threshold else {
            return writeln!(
                out,
                "answers from {answer_at}, the closest from {closest_at}, \
                 suggestions from {suggest_at}\n"
            );
        };
        writeln!(out, "answers from {answer_at}, chosen on this set; no suggestions")?;
        if let Some(Limit { wrong, wrong_at_most, upper_bound }) = &chosen.limit {
            let (limit, bound) = (wrong_at_most * 100.0, upper_bound * 100.0);
            writeln!(
                out,
                "  answered wrongly    {:>6}; up to {bound:.2}% at 95%, where {limit:.2}% may be",
                wrong.count
            )?;
        }
        writeln!(out, "  in-scope accuracy   {}", chosen.in_scope_accuracy)?;
        writeln!(out, "  out-of-scope recall {}\n", chosen.out_of_scope_recall)
    }

    fn write_tally(&self, out: &mut impl Write) -> io::Result<()> {
        let Tally { answerable, unanswerable } = &self.tally;
        if answerable.asked > 0 {
            writeln!(out, "{HEADING}{} an answer{HEADING:#}", asked_with(answerable.asked))?;
            writeln!(out, "  right            {}", answerable.right)?;
            writeln!(out, "  wrong            {}", answerable.wrong)?;
            writeln!(out, "  closest          {}", answerable.closest)?;
            writeln!(out, "  suggested        {}", answerable.suggested)?;
            writeln!(out, "  unanswered       {}", answerable.unanswered)?;
            writeln!(out, "  right one first  {}", answerable.first)?;
            writeln!(out, "  among five       {}", answerable.among_five)?;
        }
        if unanswerable.asked > 0 {
            writeln!(out, "{HEADING}{} no answer{HEADING:#}", asked_with(unanswerable.asked))?;
            writeln!(out, "  refused          {}", unanswerable.refused)?;
            writeln!(out, "    as closest     {}", unanswerable.closest)?;
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

    fn write_left_out_entries(&self, out: &mut impl Write) -> io::Result<()> {
        let Some(leaks) = &self.left_out_entries else { return Ok(()) };
        let heading = "What would be answered although its entry is left out, by answer_at";
        writeln!(out, "\n{HEADING}{heading}{HEADING:#}")?;
        for Leak { answer_at, wrongly_answered } in leaks {
            writeln!(out, "  {answer_at:.1}              {wrongly_answered}")?;
        }
        Ok(())
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
            write_judged(out, failure)?;
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

/// Writes a question with its verdict, the best entry, and the right one if that is another.
pub(super) fn write_judged(out: &mut impl Write, judged: &Judged) -> io::Result<()> {
    let best = judged.best.as_deref().map_or("nothing found".to_owned(), on_one_line);
    writeln!(out, "  {:<16} {}", name(judged.grade), on_one_line(&judged.question))?;
    writeln!(out, "  {:<16} {:.2} {best}{}", "", judged.confidence, right_one(judged))
}

fn right_one(judged: &Judged) -> String {
    if !judged.has_answer || judged.grade == Grade::Right {
        return String::new();
    }
    if judged.is_first_right() {
        return ", which is right".to_owned();
    }
    let named: Vec<String> = judged.expected.iter().take(NAMED_AT_MOST).map(|id| on_one_line(id)).collect();
    if named.is_empty() {
        return "; no entry is right".to_owned();
    }
    let more = if judged.expected.len() > named.len() { ", …" } else { "" };
    let place = match judged.place {
        Some(place) => format!("found as number {}", place + 1),
        None => "not among the first five".to_owned(),
    };
    format!("; right: {}{more}, {place}", named.join(", "))
}

/// At each tenth of confidence, how many questions without an answer would be answered.
fn leaks(judged: &[Judged]) -> Vec<Leak> {
    let without: Vec<&Judged> = judged.iter().filter(|one| !one.has_answer).collect();
    let leak = |tenth: u8| {
        let answer_at = f32::from(tenth) / 10.0;
        let thresholds = Thresholds::answering_from(answer_at);
        let answered = without.iter().filter(|one| one.grade_at(thresholds) == Grade::WronglyAnswered).count();
        Leak { answer_at, wrongly_answered: Proportion::new(answered, without.len()) }
    };
    (1..10).map(leak).collect()
}

fn name(grade: Grade) -> &'static str {
    match grade {
        Grade::Right => "right",
        Grade::Wrong => "wrong",
        Grade::Closest => "closest",
        Grade::Suggested => "suggested",
        Grade::Unanswered => "unanswered",
        Grade::Refused => "refused",
        Grade::WronglyAnswered => "wrongly answered",
    }
}
