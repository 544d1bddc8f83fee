//! `eval`: how well the base and the search answer a set of questions.

mod curve;
mod report;

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::EvalArguments;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use footnote_evaluation::leave_one_out::leave_one_out;
use footnote_evaluation::{Judged, judge, question_set, threshold, training_set};
use footnote_knowledge::KnowledgeBase;
use footnote_search::reply::Answerer;
use report::Report;

pub(super) use curve::CurveError;

/// Less work than this needs no bar.
const BAR_FROM: usize = 200;
const BAR_INTERVAL: Duration = Duration::from_millis(100);

pub(super) fn run(arguments: &EvalArguments, config: &Config) -> Result<Verdict, CommandError> {
    let mut judged = measure(arguments, config)?;
    let chosen = if arguments.choose_threshold { Some(threshold::choose(&judged)?) } else { None };
    let thresholds = chosen.as_ref().map_or(config.thresholds, threshold::Choice::thresholds);
    if chosen.is_some() {
        judged = judged.into_iter().map(|one| one.at(thresholds)).collect();
    }
    if let Some(path) = &arguments.curve {
        curve::draw(path, &judged, thresholds)?;
    }
    let report = Report::new(&judged, chosen);
    let mut out = anstream::stdout().lock();
    let printed = if arguments.json {
        report.write_json(&mut out)
    } else {
        report.write_text(&mut out, thresholds, arguments.failures)
    };
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
        None => Ok(footnote_knowledge::load(&config.knowledge)?),
    }
}

/// A bar on standard error, if that is a terminal and the work takes long.
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
