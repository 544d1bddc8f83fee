//! `eval`: how well the base and the search answer a set of questions.

mod curve;
mod interrupt;
mod progress;
mod report;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::arguments::EvalArguments;
use super::outcome::{CommandError, Verdict};
use crate::calibration::Weighing;
use crate::config::Config;
use footnote_evaluation::asking::{Asking, Plan, Step};
use footnote_evaluation::{Judged, SetError, question_set, threshold, training_set};
use footnote_knowledge::KnowledgeBase;
use interrupt::Interrupt;
use progress::Progress;
use report::{Partial, Report, write_judged};

pub(super) use curve::CurveError;

/// How long Ctrl-C may wait to be noticed.
const NOTICED_WITHIN: Duration = Duration::from_millis(50);

pub(super) fn run(arguments: &EvalArguments, config: &Config) -> Result<Verdict, CommandError> {
    let base = Arc::new(base(arguments, config)?);
    let plan = plan(arguments, &base)?;
    if let Some(path) = &arguments.curve {
        curve::check_writable(path)?;
    }
    let planned = plan.len();
    let mut judged = ask(arguments, config, base, plan)?;
    let partial = (judged.len() < planned).then_some(Partial { asked: judged.len(), of: planned });
    let chosen = if arguments.choose_threshold && partial.is_none() {
        Some(match arguments.wrong_at_most {
            Some(share) => threshold::choose_within(&judged, share)?,
            None => threshold::choose(&judged)?,
        })
    } else {
        None
    };
    let thresholds = chosen.as_ref().map_or(config.thresholds, threshold::Choice::thresholds);
    if chosen.is_some() {
        judged = judged.into_iter().map(|one| one.at(thresholds)).collect();
    }
    if let Some(path) = &arguments.curve {
        let title = curve::Title { set: set_name(arguments), base: base_name(arguments, config), partial };
        curve::draw(path, &judged, thresholds, &title)?;
    }
    let report = Report::new(&judged, chosen, partial, arguments.leave_entry_out);
    let mut out = anstream::stdout().lock();
    let printed = if arguments.json {
        report.write_json(&mut out)
    } else {
        report.write_text(&mut out, thresholds, arguments.failures)
    };
    printed.map_err(CommandError::Io)?;
    Ok(if partial.is_none() { Verdict::Positive } else { Verdict::Negative })
}

fn base(arguments: &EvalArguments, config: &Config) -> Result<KnowledgeBase, CommandError> {
    match &arguments.train {
        Some(path) => Ok(training_set::load(path)?),
        None => Ok(config.folders().load()?),
    }
}

fn plan(arguments: &EvalArguments, base: &KnowledgeBase) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    if !arguments.files.is_empty() {
        plan = plan.with_questions(questions(&arguments.files, base)?);
    }
    if arguments.leave_one_out {
        plan = plan.with_phrasings_left_out(base);
    }
    if arguments.leave_entry_out {
        plan = plan.with_entries_left_out(base);
    }
    if plan.is_empty() { Err(CommandError::NothingToLeaveOut) } else { Ok(plan) }
}

/// The questions of all sets. If there are bad lines, those of every set are reported.
fn questions(files: &[impl AsRef<Path>], base: &KnowledgeBase) -> Result<Vec<question_set::Question>, SetError> {
    let mut questions = Vec::new();
    let mut failed: Option<SetError> = None;
    for file in files {
        match question_set::read(file.as_ref(), base) {
            Ok(more) => questions.extend(more),
            Err(error @ SetError::Invalid { .. }) => {
                failed = Some(match failed {
                    Some(first) => first.with(error),
                    None => error,
                });
            }
            Err(error) => return Err(error),
        }
    }
    failed.map_or(Ok(questions), Err)
}

/// Asks everything, or what there is time for before Ctrl-C, in the order of the plan.
fn ask(
    arguments: &EvalArguments,
    config: &Config,
    base: Arc<KnowledgeBase>,
    plan: Plan,
) -> Result<Vec<Judged>, CommandError> {
    let folders = arguments.train.is_none().then(|| config.folders().now());
    let found = folders.map(|folders| Weighing::found(&base, &folders, config.unanswerable)).transpose()?.flatten();
    let unanswerable = config.unanswerable;
    // So many questions are worth learning the weights if there are none yet.
    let weigh = move |base: &KnowledgeBase| found.unwrap_or_else(|| Weighing::learned(base, unanswerable)).weights();
    let interrupt = Interrupt::listen().map_err(CommandError::Io)?;
    let is_long = arguments.leave_one_out || arguments.leave_entry_out;
    let mut progress = Progress::new(plan.len(), is_long);
    let mut asking = Asking::start(base, plan, config.thresholds, weigh);
    let mut judged: Vec<(usize, Judged)> = Vec::new();
    while !interrupt.has_come() {
        match asking.next_within(NOTICED_WITHIN) {
            Step::Judged(number, one) => {
                progress.count(&one);
                if arguments.verbose {
                    progress.aside(|| write_judged(&mut anstream::stdout().lock(), &one)).map_err(CommandError::Io)?;
                }
                judged.push((number, *one));
            }
            Step::Waiting => {}
            Step::Done => break,
        }
    }
    if arguments.verbose {
        writeln!(anstream::stdout()).map_err(CommandError::Io)?;
    }
    judged.sort_unstable_by_key(|(number, _)| *number);
    Ok(judged.into_iter().map(|(_, one)| one).collect())
}

/// What was asked, as a reader of the curve knows it.
fn set_name(arguments: &EvalArguments) -> String {
    let left_out =
        [(arguments.leave_one_out, "every phrasing left out"), (arguments.leave_entry_out, "every entry left out")];
    let left_out = left_out.iter().filter(|(is_asked, _)| *is_asked).map(|(_, name)| (*name).to_owned());
    let files = arguments.files.iter().map(|file| file_name(file));
    files.chain(left_out).collect::<Vec<_>>().join(", ")
}

fn base_name(arguments: &EvalArguments, config: &Config) -> String {
    file_name(arguments.train.as_deref().unwrap_or(&config.knowledge))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
