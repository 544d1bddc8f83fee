//! What `check` found, in the forms that people and programs read.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Value, json};

use crate::check::Findings;
use footnote_knowledge::diagnostic::{Diagnostic, Diagnostics, Severity};
use footnote_knowledge::text::plain::without_controls;

/// How problems are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// With the line and what to write instead
    #[default]
    Full,
    /// A line each, as compilers do: path:line:column: what is wrong
    Short,
    /// An object per line for each, then one with the totals
    Json,
    /// Annotations on the lines of a pull request, for a workflow on GitHub
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Format {
    /// Prints problems. `hidden` is how many more there are.
    pub(super) fn print(
        self,
        out: &mut impl Write,
        findings: &Findings,
        shown: &Diagnostics,
        hidden: usize,
    ) -> io::Result<()> {
        match self {
            Self::Full if shown.is_empty() => Ok(()),
            Self::Full => writeln!(out, "{}\n", shown.render(true)),
            Self::Short => shown.iter().try_for_each(|problem| writeln!(out, "{}", short(problem))),
            Self::Github => shown.iter().try_for_each(|problem| writeln!(out, "{}", annotation(problem))),
            Self::Json => {
                for problem in shown {
                    writeln!(out, "{}", json_line(&ProblemJson::of(problem))?)?;
                }
                writeln!(out, "{}", json_line(&totals(findings, hidden))?)
            }
            Self::Sarif => writeln!(out, "{}", serde_json::to_string_pretty(&sarif(shown))?),
        }
    }

    /// Whether a program reads it, so that nothing else may be printed.
    pub(super) fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

fn json_line(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn path(problem: &Diagnostic) -> String {
    without_controls(&problem.path().display().to_string())
}

/// What is wrong, and what to do, on one line.
fn sentence(problem: &Diagnostic) -> String {
    let message = without_controls(problem.message());
    match problem.advice() {
        Some(advice) => format!("{message}; {}", without_controls(advice)),
        None => message,
    }
}

fn short(problem: &Diagnostic) -> String {
    let place = problem.position().map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
    format!("{}{place}: {}: {}", path(problem), level(problem.severity()), sentence(problem))
}

/// A command to a workflow ([syntax]), which GitHub shows beside the line.
///
/// [syntax]: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
fn annotation(problem: &Diagnostic) -> String {
    let text = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |value: &str| text(value).replace(':', "%3A").replace(',', "%2C");
    let place = problem.position().map_or_else(String::new, |at| {
        let same_line = at.line == at.end_line && at.end_column > at.column;
        let end = if same_line { format!(",endColumn={}", at.end_column) } else { String::new() };
        format!(",line={},endLine={},col={}{end}", at.line, at.end_line, at.column)
    });
    let advice = problem.advice().map_or_else(String::new, |advice| format!("\n{}", without_controls(advice)));
    let message = text(&format!("{}{advice}", without_controls(problem.message())));
    format!("::{} file={}{place}::{message}", level(problem.severity()), property(&path(problem)))
}

/// A problem as JSON. Lines and columns are counted from 1, columns in characters; a problem of a
/// whole file has none.
#[derive(Serialize)]
struct ProblemJson<'a> {
    severity: &'static str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl<'a> ProblemJson<'a> {
    fn of(problem: &'a Diagnostic) -> Self {
        let at = problem.position();
        Self {
            severity: level(problem.severity()),
            path: problem.path().display().to_string(),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            end_line: at.map(|at| at.end_line),
            end_column: at.map(|at| at.end_column),
            message: problem.message(),
            help: problem.advice(),
        }
    }
}

fn totals(findings: &Findings, hidden: usize) -> Value {
    let diagnostics = &findings.diagnostics;
    let mut totals = json!({
        "errors": diagnostics.count(Severity::Error),
        "warnings": diagnostics.count(Severity::Warning),
    });
    if hidden > 0 {
        totals["hidden"] = json!(hidden);
    }
    if let Some(base) = &findings.base {
        totals["entries"] = json!(base.entries.len());
        totals["sources"] = json!(base.sources.len());
    }
    totals
}

/// The Static Analysis Results Interchange Format
/// ([2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)).
fn sarif(diagnostics: &Diagnostics) -> Value {
    let result = |problem: &Diagnostic| {
        let mut place = json!({ "artifactLocation": { "uri": problem.path().display().to_string() } });
        if let Some(at) = problem.position() {
            place["region"] = json!({
                "startLine": at.line,
                "startColumn": at.column,
                "endLine": at.end_line,
                "endColumn": at.end_column,
            });
        }
        json!({
            "ruleId": format!("knowledge-{}", level(problem.severity())),
            "level": level(problem.severity()),
            "message": { "text": sentence(problem) },
            "locations": [{ "physicalLocation": place }],
        })
    };
    let rule = |severity, text| json!({ "id": format!("knowledge-{}", level(severity)), "shortDescription": { "text": text } });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "footnote",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": [
                    rule(Severity::Error, "The base cannot be used"),
                    rule(Severity::Warning, "The base works, but badly"),
                ],
            } },
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}
