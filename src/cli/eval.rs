//! `eval`: how well the base and the search answer a set of questions.

mod curve;

use std::io::{self, Write};
use std::time::Duration;

use anstyle::Style;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::{CommandError, EvalArguments, Verdict, load_knowledge};
use crate::answer::{Answerer, Thresholds};
use crate::config::Config;
use crate::evaluation::leave_one_out::leave_one_out;
use crate::evaluation::{self, Judged, Tally, judge, question_set, training_set};
use crate::knowledge::KnowledgeBase;

pub(super) use curve::CurveError;

/// Shorter work needs no bar.
const BAR_FROM: usize = 200;
const BAR_INTERVAL: Duration = Duration::from_millis(100);
const HEADING: Style = Style::new().bold();

pub(super) fn run(arguments: &EvalArguments, config: &Config) -> Result<Verdict, CommandError> {
    let judged = measure(arguments, config)?;
    if let Some(path) = &arguments.curve {
        curve::draw(path, &judged, config.thresholds)?;
    }
    let mut out = anstream::stdout().lock();
    let printed =
        if arguments.json { print_json(&mut out, &judged) } else { print(&mut out, &judged, config.thresholds) };
    printed.map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}

fn measure(arguments: &EvalArguments, config: &Config) -> Result<Vec<Judged>, CommandError> {
    let base = base(arguments, config)?;
    if arguments.leave_one_out {
        let bar = progress_bar(base.entries.iter().map(|entry| entry.phrasings.len()).sum());
        return Ok(leave_one_out(&base, config.thresholds, || bar.inc(1)));
    }
    let mut questions = Vec::new();
    for file in &arguments.files {
        questions.extend(question_set::read(file, &base)?);
    }
    let answerer = Answerer::new(base, config.thresholds);
    let bar = progress_bar(questions.len());
    let ask = |question| {
        bar.inc(1);
        judge(&answerer, question)
    };
    Ok(questions.iter().map(ask).collect())
}

fn base(arguments: &EvalArguments, config: &Config) -> Result<KnowledgeBase, CommandError> {
    match &arguments.train {
        Some(path) => Ok(training_set::load(path)?),
        None => load_knowledge(config),
    }
}

/// A bar on standard error where that is a terminal and the work is long.
fn progress_bar(length: usize) -> ProgressBar {
    let steps = u64::try_from(length).unwrap_or(u64::MAX);
    let target = if length < BAR_FROM { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(steps), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(BAR_INTERVAL);
    bar
}

#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    tally: Tally,
    failures: Vec<&'a Judged>,
}

fn failures(judged: &[Judged]) -> impl Iterator<Item = &Judged> {
    use evaluation::Verdict::{Refused, Right};
    judged.iter().filter(|one| !matches!(one.verdict, Right | Refused))
}

fn print_json(out: &mut impl Write, judged: &[Judged]) -> io::Result<()> {
    let report = Report { tally: Tally::new(judged), failures: failures(judged).collect() };
    writeln!(out, "{}", serde_json::to_string(&report)?)
}

fn print(out: &mut impl Write, judged: &[Judged], thresholds: Thresholds) -> io::Result<()> {
    let Tally { answerable, unanswerable } = Tally::new(judged);
    let Thresholds { answer_at, suggest_at } = thresholds;
    writeln!(out, "answers from {answer_at}, suggestions from {suggest_at}\n")?;
    if answerable.asked > 0 {
        writeln!(out, "{HEADING}{} questions that have an answer{HEADING:#}", answerable.asked)?;
        writeln!(out, "  right            {}", answerable.right)?;
        writeln!(out, "  wrong            {}", answerable.wrong)?;
        writeln!(out, "  suggested        {}", answerable.suggested)?;
        writeln!(out, "  unanswered       {}", answerable.unanswered)?;
        writeln!(out, "  right one first  {}", answerable.first)?;
        writeln!(out, "  among five       {}", answerable.among_five)?;
    }
    if unanswerable.asked > 0 {
        writeln!(out, "{HEADING}{} questions that have none{HEADING:#}", unanswerable.asked)?;
        writeln!(out, "  refused          {}", unanswerable.refused)?;
        writeln!(out, "  wrongly answered {}", unanswerable.wrongly_answered)?;
    }
    print_failures(out, judged)
}

fn print_failures(out: &mut impl Write, judged: &[Judged]) -> io::Result<()> {
    if failures(judged).next().is_some() {
        writeln!(out, "\n{HEADING}Failures, with the confidence and id of the best entry{HEADING:#}")?;
    }
    for one in failures(judged) {
        let place = match one.place {
            Some(0) => ", which is right",
            Some(_) => "; a right one is among the five",
            None => "",
        };
        writeln!(out, "  {:<16} {}", name(one.verdict), one.question)?;
        writeln!(out, "  {:<16} {:.2} {}{place}", "", one.confidence, one.best.as_deref().unwrap_or("nothing found"))?;
    }
    Ok(())
}

fn name(verdict: evaluation::Verdict) -> &'static str {
    match verdict {
        evaluation::Verdict::Right => "right",
        evaluation::Verdict::Wrong => "wrong",
        evaluation::Verdict::Suggested => "suggested",
        evaluation::Verdict::Unanswered => "unanswered",
        evaluation::Verdict::Refused => "refused",
        evaluation::Verdict::WronglyAnswered => "wrongly answered",
    }
}
