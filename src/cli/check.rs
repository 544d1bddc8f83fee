//! `check`: everything that is wrong with a knowledge base, before a member sees it.

mod fail_on;
mod format;
mod watch;

use std::io::Write;

use tokio::runtime::Runtime;

use super::arguments::CheckArguments;
use super::outcome::{CommandError, Verdict};
use crate::calibration::Renewal;
use crate::check::{self, Findings};
use crate::config::Config;
use crate::links;
pub(super) use fail_on::FailOn;
use footnote_knowledge::PartialDate;
use footnote_knowledge::grounding::{Coverage, ground};
use footnote_knowledge::staleness;
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::without_controls;
pub(super) use format::Format;
use watch::Watch;

/// How many problems are shown unless all are asked for: more than anyone fixes at once.
const SHOWN: usize = 50;

pub(super) fn run(arguments: &CheckArguments, config: &Config) -> Result<Verdict, CommandError> {
    if !arguments.watch {
        return once(arguments, config);
    }
    // Before the first look, so that no change is missed.
    let watch = Watch::start(&config.folders())
        .map_err(|source| CommandError::Watch { folder: config.knowledge.clone(), source })?;
    loop {
        once(arguments, config)?;
        if arguments.format == Format::Full {
            writeln!(anstream::stdout(), "\nwaiting for a change; Ctrl-C stops\n").map_err(CommandError::Io)?;
        }
        watch.wait();
    }
}

fn once(arguments: &CheckArguments, config: &Config) -> Result<Verdict, CommandError> {
    let mut out = anstream::stdout().lock();
    let mut findings = check::check(&config.folders())?;
    if let (Some(folder), Some(base)) = (&arguments.documents, &findings.base) {
        let grounding = ground(base, folder)?;
        if !arguments.format.is_for_programs() {
            for coverage in &grounding.coverage {
                writeln!(out, "{}", describe(coverage)).map_err(CommandError::Io)?;
            }
        }
        findings.diagnostics = grounding.diagnostics.merged(findings.diagnostics);
    }
    if let (true, Some(base)) = (arguments.stale, &findings.base) {
        let stale = staleness::warnings(base, config.stale_after, PartialDate::today());
        findings.diagnostics = stale.merged(findings.diagnostics);
    }
    if let (true, Some(base)) = (arguments.links, &findings.base) {
        let found = Runtime::new().map_err(CommandError::Io)?.block_on(links::check(base));
        if !arguments.format.is_for_programs() {
            writeln!(out, "{}", found.summary()).map_err(CommandError::Io)?;
        }
        findings.diagnostics = findings.diagnostics.merged(found.warnings.into());
    }
    let calibration =
        findings.base.as_ref().map(|base| Renewal::anew(base, &config.folders().now(), config.unanswerable));
    let ignored = check::ignored(&config.knowledge)?;
    report(&mut out, arguments, &findings, calibration.as_ref(), &ignored)
}

fn describe(coverage: &Coverage) -> String {
    let Coverage { source, paragraphs, uncited } = coverage;
    let paragraphs = counted(*paragraphs, "paragraph");
    if uncited.is_empty() {
        return format!("{source}: {paragraphs}, all cited or listed as unused");
    }
    let list: Vec<String> = uncited.iter().map(u32::to_string).collect();
    format!("{source}: {paragraphs}; no entry cites {}", list.join(", "))
}

fn report(
    out: &mut impl Write,
    arguments: &CheckArguments,
    findings: &Findings,
    calibration: Option<&Renewal>,
    ignored: &[String],
) -> Result<Verdict, CommandError> {
    let (diagnostics, format) = (&findings.diagnostics, arguments.format);
    let limit = if arguments.all || format == Format::Sarif { usize::MAX } else { SHOWN };
    let hidden = diagnostics.iter().len().saturating_sub(limit);
    format.print(out, findings, &diagnostics.most_severe(limit), hidden).map_err(CommandError::Io)?;
    if !format.is_for_programs() {
        if hidden > 0 {
            writeln!(out, "{hidden} more; --all shows them").map_err(CommandError::Io)?;
        }
        if let Some(calibration) = calibration {
            writeln!(out, "{}", without_controls(&calibration.summary())).map_err(CommandError::Io)?;
        }
        if !ignored.is_empty() {
            let names = without_controls(&ignored.join(", "));
            let why = "only .toml files in the folder and its sub-folders are";
            writeln!(out, "not read, because {why}: {names}").map_err(CommandError::Io)?;
        }
        writeln!(out, "{}", findings.summary()).map_err(CommandError::Io)?;
    }
    Ok(if arguments.fail_on.allows(diagnostics) { Verdict::Positive } else { Verdict::Negative })
}
