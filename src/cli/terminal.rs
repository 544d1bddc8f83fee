//! Replies as a terminal shows them: cleaned, wrapped to its width, and in colour if it has any.
//!
//! All text of a base goes through [`Page::lines`] or [`Page::answer_line`], which remove every
//! character that would control the terminal.

mod explanation;
mod json;
mod markdown;

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use textwrap::Options;

use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{CitedSource, Entry};
use footnote_search::reply::{Candidate, Outcome, Reply, wording};

pub(super) use explanation::Explained;
pub(super) use json::write_json;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;
const NARROWEST: usize = 20;

/// What stands above the candidates below the closest entry.
const OTHERS: &str = "Or did you mean one of these?";

/// What stands above related questions.
const RELATED: &str = "Related:";

const QUESTION: Style = Style::new().bold();
const STANDING: Style = AnsiColor::Yellow.on_default().bold();
const QUIET: Style = Style::new().dimmed();

/// Where replies are written. Styles are ANSI sequences; the stream drops them if they are not
/// wanted.
pub(super) struct Page<'a, W> {
    out: &'a mut W,
    /// Nothing where a program reads: it finds whole sentences.
    width: Option<usize>,
}

impl<'a, W: Write> Page<'a, W> {
    /// A page as wide as the terminal, up to a limit. Lines are only broken for a terminal.
    pub(super) fn new(out: &'a mut W) -> Self {
        let width = io::stdout().is_terminal().then(|| {
            let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
            terminal.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST)
        });
        Self { out, width }
    }

    pub(super) fn reply(&mut self, reply: &Reply<'_>) -> io::Result<()> {
        match (reply.outcome, reply.shown()) {
            (Outcome::Answer, Some(entry)) => self.answer(entry),
            (Outcome::Closest, Some(entry)) => {
                self.lines(wording::CLOSEST, STANDING, ["", ""])?;
                writeln!(self.out)?;
                self.answer(entry)?;
                if reply.offered().is_empty() {
                    return Ok(());
                }
                writeln!(self.out)?;
                self.candidates(OTHERS, reply.offered())
            }
            (Outcome::Suggest, _) => self.candidates(wording::SUGGEST, reply.offered()),
            _ => self.lines(wording::UNKNOWN, Style::new(), ["", ""]),
        }
    }

    /// Writes an entry: question, answer, standing, numbered sources.
    pub(super) fn answer(&mut self, entry: &Entry) -> io::Result<()> {
        self.lines(&entry.question, QUESTION, ["", ""])?;
        if let Some(standing) = wording::standing(entry) {
            self.lines(&standing, STANDING, ["  ", "  "])?;
        }
        writeln!(self.out)?;
        self.prose(&entry.answer.value)?;
        if let Some(as_of) = wording::as_of(entry) {
            self.lines(&as_of, QUIET, ["  ", "  "])?;
        }
        let pictures = entry.image.iter().map(|address| ("picture", address));
        for (title, address) in entry.links.iter().map(|link| (link.title.as_str(), &link.url)).chain(pictures) {
            // If an address is broken across lines, it cannot be clicked.
            writeln!(self.out, "  {QUIET}{}: {}{QUIET:#}", without_controls(title), without_controls(address))?;
        }
        writeln!(self.out)?;
        for (number, cited) in (1..).zip(&entry.cited()) {
            self.source(number, cited)?;
        }
        Ok(())
    }

    /// Writes an answer. Its blocks of code stay as they are, but for their fences.
    fn prose(&mut self, text: &str) -> io::Result<()> {
        let mut fence: Option<&str> = None;
        for line in text.lines() {
            match (markdown::fence(line), fence) {
                (Some(mark), None) => fence = Some(mark),
                (Some(mark), Some(open)) if mark.starts_with(open) => fence = None,
                (_, Some(_)) => writeln!(self.out, "    {QUIET}{}{QUIET:#}", without_controls(line))?,
                (None, None) => self.answer_line(line)?,
            }
        }
        Ok(())
    }

    fn answer_line(&mut self, line: &str) -> io::Result<()> {
        let cleaned = without_controls(line);
        if let Some(heading) = markdown::heading(&cleaned) {
            return self.wrapped(&markdown::styled(heading, QUESTION), QUESTION, ["  ", "  "]);
        }
        let (text, indents) = markdown::line(&cleaned);
        self.wrapped(&markdown::styled(text, Style::new()), Style::new(), indents)
    }

    /// Writes the questions of related entries, with numbers that the prompt takes.
    pub(super) fn related(&mut self, entries: &[&Entry]) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\n{RELATED}")?;
        for (number, entry) in (1..).zip(entries) {
            self.lines(&entry.question, Style::new(), [&format!("  {number}. "), "     "])?;
        }
        Ok(())
    }

    fn source(&mut self, number: usize, cited: &CitedSource<'_>) -> io::Result<()> {
        let first = format!("  [{number}] ");
        let rest = " ".repeat(first.len());
        let line = format!("{} · {}", cited.source.title, wording::origin(cited));
        self.lines(&line, QUIET, [&first, &rest])?;
        if let Some(credit) = &cited.source.credit {
            self.lines(credit, QUIET, [&rest, &rest])?;
        }
        match &cited.source.url {
            // If an address is broken across lines, it cannot be clicked.
            Some(url) => writeln!(self.out, "{rest}{QUIET}{}{QUIET:#}", without_controls(url)),
            None => Ok(()),
        }
    }

    /// Writes questions to choose from, with numbers that the prompt takes.
    fn candidates(&mut self, title: &str, candidates: &[Candidate<'_>]) -> io::Result<()> {
        writeln!(self.out, "{title}")?;
        for (number, candidate) in (1..).zip(candidates) {
            self.lines(&candidate.entry.question, Style::new(), [&format!("  {number}. "), "     "])?;
        }
        Ok(())
    }

    /// Writes a text of a base in one style. `indents` are put before its first line and before
    /// the others.
    fn lines(&mut self, text: &str, style: Style, indents: [&str; 2]) -> io::Result<()> {
        self.wrapped(&without_controls(text), style, indents)
    }

    /// Writes a clean text, which may contain our own ANSI sequences.
    fn wrapped(&mut self, text: &str, style: Style, [first, rest]: [&str; 2]) -> io::Result<()> {
        let Some(width) = self.width else {
            return writeln!(self.out, "{first}{style}{text}{style:#}");
        };
        let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
        for line in textwrap::wrap(text, options) {
            writeln!(self.out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }
}
