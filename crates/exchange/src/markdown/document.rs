//! A page, parsed: its headings, and the places where Discord's Markdown differs.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::elements::Elements;
use super::fence::Fence;
use super::flow::Flow;
use super::splice::{Instead, Splice, is_absolute};
use crate::item::{Item, Notice};

/// A page, parsed.
pub(super) struct Document {
    text: String,
    flow: Flow,
    splices: Vec<Splice>,
    headings: Vec<Heading>,
}

/// A heading that is not within a list or a quotation.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) level: usize,
    /// Without marks.
    pub(super) text: String,
    /// The name of the place, if it has another than the text gives.
    pub(super) id: Option<String>,
    pub(super) range: Range<usize>,
}

impl Document {
    pub(super) fn new(text: String, flow: Flow) -> Self {
        let (splices, headings) = Finder::find(&text, flow);
        Self { text, flow, splices, headings }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// Makes a part of the page the answer of an item.
    pub(super) fn put_into(&self, part: Range<usize>, item: &mut Item, notices: &mut Vec<Notice>) {
        let mut answer = String::new();
        let mut from = part.start;
        for Splice { at, instead } in &self.splices {
            if at.start < from || at.end > part.end {
                continue;
            }
            answer.push_str(&self.text[from..at.start]);
            from = at.end;
            instead.put(&mut answer, item, notices);
        }
        answer.push_str(&self.text[from..part.end.max(from)]);
        item.answer = match self.flow {
            Flow::Discord => answer.trim_matches('\n').trim_end().to_owned(),
            _ => without_empty_lines(&answer),
        };
    }
}

/// At most one empty line in a row, none at the beginning or the end, no blanks at the end of a
/// line, except within code.
fn without_empty_lines(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut fence = Fence::default();
    for line in text.trim_matches('\n').lines() {
        let was_code = fence.open().is_some();
        fence.take(line);
        let is_code = was_code || fence.open().is_some();
        let line = if is_code { line } else { line.trim_end() };
        let follows_empty = out.last().is_some_and(|last| last.is_empty());
        if line.is_empty() && !is_code && follows_empty {
            continue;
        }
        out.push(line);
    }
    out.join("\n").trim_end().to_owned()
}

/// Goes through a page once.
struct Finder<'t> {
    text: &'t str,
    flow: Flow,
    splices: Vec<Splice>,
    headings: Vec<Heading>,
    /// Links that are open: what ends them, and where their last content ended.
    links: Vec<(Option<Instead>, usize)>,
    elements: Elements<'t>,
    /// The names of the addresses that are referred to.
    used: HashSet<String>,
    /// Lists and quotations around.
    depth: usize,
    /// Nothing is looked at before this place.
    skip_to: usize,
    line_break: Option<(usize, &'static str)>,
    heading: Option<Heading>,
    /// A picture that is open: its place, its address and its description.
    image: Option<(Range<usize>, String, String)>,
    image_title: String,
    code: Option<(Range<usize>, String)>,
}

impl<'t> Finder<'t> {
    fn find(text: &'t str, flow: Flow) -> (Vec<Splice>, Vec<Heading>) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
        let events = Parser::new_ext(text, options).into_offset_iter();
        let mut finder = Finder {
            text,
            flow,
            splices: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            elements: Elements::new(text, flow),
            used: HashSet::new(),
            depth: 0,
            skip_to: 0,
            line_break: None,
            heading: None,
            image: None,
            image_title: String::new(),
            code: None,
        };
        let definitions = events.reference_definitions().iter();
        let definitions: Vec<_> =
            definitions.map(|(name, definition)| (name.to_lowercase(), definition.span.clone())).collect();
        for (event, at) in events {
            finder.event(event, at);
        }
        for (name, at) in definitions {
            finder.definition(&name, at);
        }
        let Finder { mut splices, headings, elements, .. } = finder;
        splices.extend(elements.splices());
        splices.sort_by_key(|splice| (splice.at.start, splice.at.end));
        (splices, headings)
    }

    /// Discord knows no references, so the address stands where it is referred to.
    fn definition(&mut self, name: &str, at: Range<usize>) {
        if self.used.contains(name) && self.flow != Flow::Discord {
            self.put(at, Instead::Text(String::new()));
        } else if self.flow == Flow::Paragraphs {
            let raw = self.text[at.clone()].trim();
            let lost = format!("an address that nothing refers to is left out: {raw}");
            self.put(at, Instead::Changed(String::new(), lost));
        }
    }

    fn put(&mut self, at: Range<usize>, instead: Instead) {
        self.splices.push(Splice { at, instead });
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        if let Some((from, instead)) = self.line_break.take()
            && from <= at.start
        {
            self.put(from..at.start, Instead::Text(instead.to_owned()));
        }
        if at.start < self.skip_to && !matches!(event, Event::End(_)) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, &at),
            Event::Text(text) | Event::Code(text) => self.content(&text, at.end),
            Event::Html(html) | Event::InlineHtml(html) => self.elements.look(&html, &at),
            Event::SoftBreak => {
                self.content(" ", at.end);
                if self.flow == Flow::Paragraphs && self.image.is_none() && self.heading.is_none() {
                    self.line_break = Some((at.start, " "));
                }
            }
            Event::HardBreak if self.flow == Flow::Paragraphs => self.line_break = Some((at.start, "\n")),
            Event::Rule if self.flow != Flow::Discord => {
                let lost = "a rule between paragraphs is left out".to_owned();
                self.put(at, Instead::Lost(String::new(), lost));
            }
            _ => {}
        }
    }

    /// Text within a heading, a picture, code or a link.
    fn content(&mut self, text: &str, end: usize) {
        if let Some((_, _, alt)) = &mut self.image {
            alt.push_str(text);
        }
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        for (_, last) in &mut self.links {
            *last = end;
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::BlockQuote(_) | Tag::List(_) => self.depth += 1,
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| id.to_string());
                self.heading = Some(Heading { level: level as usize, text: String::new(), id, range: at });
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.used.insert(id.to_lowercase());
                self.link(link_type, &dest_url, &title, &at);
            }
            // Discord shows of a picture a link behind a mark, and knows no indented code.
            Tag::Image { .. } | Tag::CodeBlock(_) if self.flow == Flow::Discord => {}
            Tag::Image { dest_url, title, id, .. } => {
                self.used.insert(id.to_lowercase());
                self.image = Some((at, dest_url.to_string(), String::new()));
                self.image_title = title.to_string();
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => self.code = Some((at, String::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if info.contains(' ') => {
                let language = info.split([' ', '{', ',']).next().unwrap_or_default();
                let first = self.text[at.clone()].lines().next().unwrap_or_default();
                if let Some(mark) = first.find(&*info) {
                    let place = at.start + mark..at.start + mark + info.len();
                    let rest = info[language.len()..].trim();
                    let lost = format!("what stands behind the language of code is left out: {rest}");
                    self.put(place, Instead::Lost(language.to_owned(), lost));
                }
            }
            Tag::Table(_) => {
                let raw = self.text[at.clone()].trim_end_matches('\n');
                let code = format!("```\n{raw}\n```\n");
                self.skip_to = at.end;
                let what = "Discord shows no tables: it is kept as a block of code";
                self.put(at, Instead::Changed(code, what.to_owned()));
            }
            _ => {}
        }
    }

    fn link(&mut self, kind: LinkType, url: &str, title: &str, at: &Range<usize>) {
        let is_reference = !matches!(kind, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        let is_literal = is_reference && self.flow == Flow::Discord;
        let is_address = matches!(kind, LinkType::Autolink | LinkType::Email) || url.starts_with("mailto:");
        let anchor = url.strip_prefix('#').filter(|_| self.flow == Flow::Paragraphs);
        let instead = if is_literal || is_address {
            None
        } else if let Some(anchor) = anchor {
            Some(Instead::Anchor(anchor.to_owned()))
        } else if !is_absolute(url) {
            Some(Instead::Relative(url.to_owned()))
        } else {
            let title = if title.is_empty() { String::new() } else { format!(" \"{}\"", title.replace('"', "'")) };
            is_reference.then(|| Instead::Text(format!("]({url}{title})")))
        };
        if matches!(instead, Some(Instead::Anchor(_) | Instead::Relative(_))) {
            self.put(at.start..at.start + 1, Instead::Text(String::new()));
        }
        self.links.push((instead, at.start + 1));
    }

    fn end(&mut self, tag: TagEnd, at: &Range<usize>) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) => self.depth = self.depth.saturating_sub(1),
            TagEnd::Heading(level) => self.end_of_heading(level),
            TagEnd::Link => {
                if let Some((Some(instead), last)) = self.links.pop() {
                    // Marks of emphasis and code stand between the last text and the bracket.
                    let close = self.text[last..at.end].find(']').map_or(last, |offset| last + offset);
                    // Two brackets without a name belong to the link before them.
                    let is_collapsed = matches!(instead, Instead::Text(_)) && self.text[at.end..].starts_with("[]");
                    self.put(close..at.end + if is_collapsed { 2 } else { 0 }, instead);
                }
            }
            TagEnd::Image => {
                if let Some((at, url, alt)) = self.image.take() {
                    for (_, last) in &mut self.links {
                        *last = at.end;
                    }
                    let title = std::mem::take(&mut self.image_title);
                    let alt = if alt.trim().is_empty() { title } else { [alt, title].join(" ").trim().to_owned() };
                    let instead = if self.links.is_empty() {
                        Instead::Image(alt, url)
                    } else {
                        Instead::picture_within_link(&alt, &url)
                    };
                    self.put(at, instead);
                }
            }
            TagEnd::CodeBlock => {
                if let Some((at, code)) = self.code.take() {
                    // The range begins behind the indentation of the first line.
                    let start = self.text[..at.start].rfind('\n').map_or(0, |line| line + 1);
                    let code = format!("```\n{}\n```\n", code.trim_end_matches('\n'));
                    self.put(start..at.end, Instead::Text(code));
                }
            }
            _ => {}
        }
    }

    /// Discord has three levels; deeper headings become bold.
    fn end_of_heading(&mut self, level: HeadingLevel) {
        let Some(mut heading) = self.heading.take() else { return };
        heading.text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.depth > 0 {
            return;
        }
        let raw = self.text[heading.range.clone()].trim();
        let is_plain = raw.starts_with('#') && level <= HeadingLevel::H3 && heading.id.is_none();
        if self.flow == Flow::Paragraphs && !is_plain {
            let marks = if level <= HeadingLevel::H3 { "### " } else { "**" };
            let end = if level <= HeadingLevel::H3 { "" } else { "**" };
            self.put(heading.range.clone(), Instead::Text(format!("{marks}{}{end}\n", heading.text)));
        }
        self.headings.push(heading);
    }
}
