//! `check`: everything that is wrong with a knowledge base, before a member sees it.

use std::io::Write;

use super::arguments::CheckArguments;
use super::outcome::{CommandError, Verdict};
use crate::calibration::Renewal;
use crate::check::{self, Findings};
use crate::config::Config;
use footnote_knowledge::grounding::{Coverage, ground};
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::without_controls;

pub(super) fn run(arguments: &CheckArguments, config: &Config) -> Result<Verdict, CommandError> {
    let mut out = anstream::stdout().lock();
    let mut findings = check::check(&config.knowledge)?;
    if let (Some(folder), Some(base)) = (&arguments.documents, &findings.base) {
        let grounding = ground(base, folder)?;
        for coverage in &grounding.coverage {
            writeln!(out, "{}", describe(coverage)).map_err(CommandError::Io)?;
        }
        findings.diagnostics = grounding.diagnostics.merged(findings.diagnostics);
    }
    let calibration = findings.base.as_ref().map(|base| Renewal::of(base, &config.knowledge, config.unanswerable));
    report(&mut out, &findings, calibration.as_ref())
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

fn report(out: &mut impl Write, findings: &Findings, calibration: Option<&Renewal>) -> Result<Verdict, CommandError> {
    let diagnostics = &findings.diagnostics;
    if !diagnostics.is_empty() {
        writeln!(out, "{}\n", diagnostics.render(true)).map_err(CommandError::Io)?;
    }
    if let Some(calibration) = calibration {
        writeln!(out, "{}", without_controls(&calibration.summary())).map_err(CommandError::Io)?;
    }
    writeln!(out, "{}", findings.summary()).map_err(CommandError::Io)?;
    Ok(if diagnostics.is_empty() { Verdict::Positive } else { Verdict::Negative })
}
