//! A page of questions: which of its headings ask, and what answers them.

use std::ops::Range;

use footnote_knowledge::text::counted;

use super::document::{Document, Heading};
use super::flow::Flow;
use super::prepared::prepared;
use crate::format::Format;
use crate::front_matter::front_matter;
use crate::input::Input;
use crate::item::{Item, Notice, Place};
use crate::part::{Part, ReadError};

/// Whether a page has headings that can be questions.
pub(crate) fn has_questions(text: &str) -> bool {
    let document = Document::new(prepared(text), Flow::Paragraphs);
    level_of_questions(document.headings()).is_some()
}

/// The level of headings at which the questions are: where most of them end in a question mark, or
/// else where most headings are. A single heading of the first level is the title.
fn level_of_questions(headings: &[Heading]) -> Option<usize> {
    let count = |level: usize, asks: bool| {
        headings.iter().filter(|heading| heading.level == level && (!asks || heading.text.ends_with('?'))).count()
    };
    let levels = || (1..=6).filter(|level| *level > 1 || count(1, false) > 1 || count(1, true) == 1);
    let most = |asks: bool| {
        levels().filter(|level| count(*level, asks) > 0).max_by_key(|level| (count(*level, asks), 9 - level))
    };
    most(true).or_else(|| most(false))
}

pub(crate) fn read(input: &Input) -> Result<Part, ReadError> {
    let document = Document::new(prepared(&input.text), Flow::Paragraphs);
    let headings = document.headings();
    let level = level_of_questions(headings).ok_or_else(|| ReadError::NoQuestions {
        path: input.path.clone(),
        help: "it needs a heading for each question".to_owned(),
    })?;
    let title = headings.first().filter(|first| first.level < level).map(|first| first.text.clone());
    let mut part = Part::of(input, Format::Markdown, String::new());
    let mut groups = 0;
    if let Some((front, _)) = front_matter(&input.text) {
        let place = Place { file: input.path.clone(), line: Some(1), what: String::new() };
        part.notices.push(rest_of(&place, &front.lines().collect::<Vec<_>>(), "of front matter"));
    }
    let first = headings.first().map_or(document.text().len(), |heading| heading.range.start);
    note_rest(&document, 0..first, input, "", &mut part.notices);
    for (place, heading) in headings.iter().enumerate() {
        if heading.level > level {
            let has_question = headings[..place].iter().any(|earlier| earlier.level == level);
            if !has_question {
                let end = headings.get(place + 1).map_or(document.text().len(), |next| next.range.start);
                note_rest(&document, heading.range.end..end, input, &heading.text, &mut part.notices);
            }
            continue;
        }
        let rest = &headings[place + 1..];
        // A group ends where its first question begins; an answer where the next question does.
        let next = rest.iter().find(|next| next.level <= level);
        let body = heading.range.end..next.map_or(document.text().len(), |next| next.range.start);
        let is_group = heading.level < level;
        groups += usize::from(is_group && place > 0);
        let place_of = Place {
            file: input.path.clone(),
            line: Some(line_of(&document, heading.range.start)),
            what: heading.text.clone(),
        };
        let mut item = Item::new(place_of, heading.text.clone(), String::new());
        let mut notices = Vec::new();
        document.put_into(body.clone(), &mut item, &mut notices);
        if is_group {
            note_rest(&document, body, input, &heading.text, &mut part.notices);
            continue;
        }
        item.names = heading.id.iter().cloned().chain([anchor(&heading.text)]).collect();
        part.notices.append(&mut notices);
        part.items.push(item);
    }
    let groups = if groups == 0 { String::new() } else { format!(", in {}", counted(groups, "group")) };
    part.understood = format!("each heading of level {level} is a question{groups}");
    part.title = title;
    Ok(part)
}

fn line_of(document: &Document, at: usize) -> usize {
    document.text()[..at].matches('\n').count() + 1
}

/// Says that a text belongs to no question, unless it is a list of links within the page.
fn note_rest(document: &Document, range: Range<usize>, input: &Input, what: &str, notices: &mut Vec<Notice>) {
    let place = Place { file: input.path.clone(), line: Some(line_of(document, range.start)), what: what.to_owned() };
    let mut rest = Item::new(place.clone(), String::new(), String::new());
    document.put_into(range.clone(), &mut rest, &mut Vec::new());
    let lines: Vec<&str> = rest.answer.lines().filter(|line| !line.trim().is_empty()).collect();
    let is_contents = !lines.is_empty() && rest.refers_to.len() >= lines.len();
    if lines.is_empty() || is_contents {
        return;
    }
    notices.push(rest_of(&place, &lines, "below no question"));
}

fn rest_of(place: &Place, lines: &[&str], what: &str) -> Notice {
    let first: String = lines.first().map_or("", |first| first.trim()).chars().take(60).collect();
    let lines = counted(lines.len(), "line");
    Notice::left_out(place, format!("{lines} {what}, left out: “{first}…”"))
}

/// The name that a heading has in the address of a page.
fn anchor(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}
