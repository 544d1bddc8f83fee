//! Replies as a terminal shows them: cleaned, wrapped to its width, with colour where there is any.
//!
//! Everything that a base says passes [`write_lines`] or [`write_answer_line`], which let no
//! character through that would drive the terminal.

mod json;
mod markdown;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use textwrap::Options;

use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{Citation, Entry};
use footnote_search::reply::{Outcome, Reply, wording};

pub(super) use json::write_json;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;
const NARROWEST: usize = 20;

const QUESTION: Style = Style::new().bold();
const STANDING: Style = AnsiColor::Yellow.on_default().bold();
const QUIET: Style = Style::new().dimmed();

/// How wide to write: as wide as the terminal, within reason.
pub(super) fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    terminal.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST)
}

/// Writes a reply. The styles are ANSI sequences; the stream drops them where they are not wanted.
pub(super) fn write_reply(out: &mut impl Write, reply: &Reply<'_>, width: usize) -> io::Result<()> {
    match (reply.outcome, reply.answer()) {
        (Outcome::Answer, Some(entry)) => write_answer(out, entry, width),
        (Outcome::Suggest, _) => write_suggestions(out, reply, width),
        _ => write_lines(out, wording::UNKNOWN, Style::new(), "", "", width),
    }
}

/// Writes an entry: question, answer, standing, numbered sources.
pub(super) fn write_answer(out: &mut impl Write, entry: &Entry, width: usize) -> io::Result<()> {
    write_lines(out, &entry.question, QUESTION, "", "", width)?;
    if let Some(standing) = wording::standing(entry) {
        write_lines(out, &standing, STANDING, "  ", "  ", width)?;
    }
    writeln!(out)?;
    for line in entry.answer.value.lines() {
        write_answer_line(out, line, width)?;
    }
    if let Some(as_of) = wording::as_of(entry) {
        write_lines(out, &as_of, QUIET, "  ", "  ", width)?;
    }
    writeln!(out)?;
    for (number, citation) in (1..).zip(&entry.citations) {
        write_source(out, number, citation, width)?;
    }
    Ok(())
}

fn write_answer_line(out: &mut impl Write, line: &str, width: usize) -> io::Result<()> {
    let cleaned = without_controls(line);
    let line = markdown::line(&cleaned);
    write_wrapped(out, &markdown::styled(line.text, Style::new()), Style::new(), line.first, line.rest, width)
}

fn write_source(out: &mut impl Write, number: usize, citation: &Citation, width: usize) -> io::Result<()> {
    let first = format!("  [{number}] ");
    let rest = " ".repeat(first.len());
    let line = format!("{} · {}", citation.source.title, wording::origin(citation));
    write_lines(out, &line, QUIET, &first, &rest, width)?;
    if let Some(credit) = &citation.source.credit {
        write_lines(out, credit, QUIET, &rest, &rest, width)?;
    }
    match &citation.source.url {
        // An address that is broken over lines cannot be clicked.
        Some(url) => writeln!(out, "{rest}{QUIET}{}{QUIET:#}", without_controls(url)),
        None => Ok(()),
    }
}

fn write_suggestions(out: &mut impl Write, reply: &Reply<'_>, width: usize) -> io::Result<()> {
    writeln!(out, "{}", wording::SUGGEST)?;
    for (number, candidate) in (1..).zip(&reply.candidates) {
        write_lines(out, &candidate.entry.question, Style::new(), &format!("  {number}. "), "     ", width)?;
    }
    Ok(())
}

/// Writes a text of a base in one style.
fn write_lines(
    out: &mut impl Write,
    text: &str,
    style: Style,
    first: &str,
    rest: &str,
    width: usize,
) -> io::Result<()> {
    write_wrapped(out, &without_controls(text), style, first, rest, width)
}

/// Writes a text that is clean and may have ANSI sequences of our own.
fn write_wrapped(
    out: &mut impl Write,
    text: &str,
    style: Style,
    first: &str,
    rest: &str,
    width: usize,
) -> io::Result<()> {
    let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
    for line in textwrap::wrap(text, options) {
        writeln!(out, "{style}{line}{style:#}")?;
    }
    Ok(())
}
