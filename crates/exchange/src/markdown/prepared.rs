//! Headings that are not written as Markdown has them: in HTML, as the summary of something that
//! unfolds, or as a bold question.
//!
//! They become headings of Markdown, and each line stays the line that it was, so that places can
//! be told.

use super::fence::fence_mark;
use super::html::attribute;
use crate::front_matter::front_matter;

/// The page with headings of Markdown, and without the marks of page generators.
pub(super) fn prepared(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Its lines stay, empty, so that places can be told.
    let text =
        &front_matter(text).map_or(text.to_owned(), |(front, body)| "\n".repeat(front.lines().count() + 2) + body);
    let mut lines = text.split('\n').peekable();
    let mut fence: Option<String> = None;
    let with_bold = !has_heading_that_asks(text);
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        if let Some(mark) = fence_mark(trimmed) {
            match &fence {
                Some(open) if trimmed.starts_with(open.as_str()) && trimmed.trim_matches(['`', '~']).is_empty() => {
                    fence = None;
                }
                Some(_) => {}
                None => fence = Some(mark),
            }
        }
        if fence.is_some() || fence_mark(trimmed).is_some() {
            push(&mut out, line);
            continue;
        }
        // A heading in HTML may go over several lines.
        if let Some((level, name)) = html_heading(trimmed) {
            let close = format!("</{name}");
            let mut whole = trimmed.to_owned();
            let mut taken = 0;
            while !whole.to_ascii_lowercase().contains(&close) && taken < 4 {
                let Some(next) = lines.next() else { break };
                whole = format!("{whole} {}", next.trim());
                taken += 1;
            }
            push(&mut out, &as_heading(&whole, &close, level));
            out.push_str(&"\n".repeat(taken));
            continue;
        }
        match asked_in_bold(trimmed).filter(|_| with_bold) {
            Some(question) => push(&mut out, &format!("###### {question}")),
            None if with_bold && answer_mark(trimmed).is_some() => {
                push(&mut out, answer_mark(trimmed).unwrap_or_default());
            }
            // With the line below, they would be a block of HTML, in which there is no Markdown.
            None if matches!(trimmed, "<details>" | "<details open>" | "</details>") => push(&mut out, ""),
            None if trimmed.starts_with(":::") => push(&mut out, &admonition(trimmed)),
            None => push(&mut out, line),
        }
    }
    out.pop();
    out
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn has_heading_that_asks(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        line.ends_with('?') && line.starts_with('#') || line.starts_with("<summary") || html_heading(line).is_some()
    })
}

/// The level and the name of an element that is a heading, or works as one.
fn html_heading(line: &str) -> Option<(usize, &'static str)> {
    const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    let lower = line.strip_prefix("<details>").unwrap_or(line).trim_start().to_ascii_lowercase();
    let begins = |name: &str| {
        lower
            .strip_prefix('<')
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with(['>', ' ']))
    };
    if begins("summary") {
        return Some((6, "summary"));
    }
    (1..).zip(NAMES).find(|(_, name)| begins(name))
}

fn as_heading(html: &str, close: &str, level: usize) -> String {
    let html = html.strip_prefix("<details>").unwrap_or(html).trim_start();
    let Some((tag, rest)) = html.split_once('>') else { return html.to_owned() };
    let at = rest.to_ascii_lowercase().find(close).unwrap_or(rest.len());
    let text = rest[..at].trim().trim_start_matches("<b>").trim_end_matches("</b>");
    let text = text.trim_start_matches("<strong>").trim_end_matches("</strong>").trim();
    let id = attribute(tag, "id").or_else(|| attribute(tag, "name"));
    let id = id.filter(|id| !id.contains([' ', '}'])).map(|id| format!(" {{#{id}}}")).unwrap_or_default();
    format!("{} {text}{id}", "#".repeat(level))
}

/// A question that stands alone on a line, in bold or behind “Q:”.
fn asked_in_bold(line: &str) -> Option<&str> {
    let bold = line.strip_prefix("**").and_then(|line| line.strip_suffix("**"));
    let text = bold.filter(|bold| !bold.contains("**")).unwrap_or(line);
    let asked = behind_mark(text, &["Q:", "Q.", "Question:"]);
    asked.or_else(|| bold.and(Some(text)).filter(|text| text.ends_with('?')))
}

fn answer_mark(line: &str) -> Option<&str> {
    behind_mark(line, &["**A:**", "**A**:", "A:", "Answer:", "**Answer:**"])
}

fn behind_mark<'t>(line: &'t str, marks: &[&str]) -> Option<&'t str> {
    marks.iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim).filter(|rest| !rest.is_empty())
}

/// `:::tip Title` as a bold title; the end of the box as nothing.
fn admonition(line: &str) -> String {
    let rest = line.trim_start_matches(':');
    let (kind, title) = rest.split_once([' ', '[']).unwrap_or((rest, ""));
    let title = title.trim().trim_end_matches(']');
    let mut kind = kind.trim().to_owned();
    if let Some(first) = kind.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    match (kind.as_str(), title) {
        ("", _) => String::new(),
        (kind, "") => format!("**{kind}:**"),
        (kind, title) => format!("**{kind}: {title}**"),
    }
}
