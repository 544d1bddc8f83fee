//! `check`: everything that is wrong with a knowledge base, before a member sees it.

use std::io::Write;

use super::{CheckArguments, CommandError, Verdict};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::knowledge::grounding::{Coverage, ground};
use crate::knowledge::{self, KnowledgeBase, LoadError};
use crate::lint::lint;
use crate::search::Searcher;

pub(super) fn run(arguments: &CheckArguments, config: &Config) -> Result<Verdict, CommandError> {
    let mut out = anstream::stdout().lock();
    let base = match knowledge::load(&config.knowledge) {
        Ok(base) => base,
        Err(LoadError::Invalid { diagnostics, .. }) => return report(&mut out, None, &diagnostics),
        Err(error) => return Err(error.into()),
    };
    let warnings = lint(&base, &Searcher::new(&base));
    let Some(folder) = &arguments.documents else { return report(&mut out, Some(&base), &warnings) };
    let grounding = ground(&base, folder)?;
    for coverage in &grounding.coverage {
        writeln!(out, "{}", describe(coverage)).map_err(CommandError::Io)?;
    }
    report(&mut out, Some(&base), &grounding.diagnostics.and(warnings))
}

fn describe(coverage: &Coverage) -> String {
    let Coverage { source, paragraphs, uncited } = coverage;
    if uncited.is_empty() {
        return format!("{source}: {paragraphs} paragraphs, each cited or listed as unused");
    }
    let list: Vec<String> = uncited.iter().map(u32::to_string).collect();
    format!("{source}: {paragraphs} paragraphs, no entry cites {}", list.join(", "))
}

fn report(
    out: &mut impl Write,
    base: Option<&KnowledgeBase>,
    diagnostics: &Diagnostics,
) -> Result<Verdict, CommandError> {
    if !diagnostics.is_empty() {
        writeln!(out, "{}\n", diagnostics.render(true)).map_err(CommandError::Io)?;
    }
    let size = base.map_or_else(String::new, |base| {
        let phrasings: usize = base.entries.iter().map(|entry| entry.phrasings.len()).sum();
        format!("{} entries with {phrasings} phrasings from {} sources: ", base.entries.len(), base.sources.len())
    });
    writeln!(out, "{size}{}", diagnostics.totals()).map_err(CommandError::Io)?;
    Ok(if diagnostics.is_empty() { Verdict::Positive } else { Verdict::Negative })
}
