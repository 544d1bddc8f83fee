//! A page with the places where Discord's Markdown differs, and what stands there instead.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::html::{self, Tag as HtmlTag};
use crate::item::{Item, Notice};

/// What the end of a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// A line ends where it was ended, as in messages and cells.
    Lines,
    /// Lines of a paragraph flow into one, as in Markdown.
    Paragraphs,
}

/// A page, parsed.
pub(super) struct Document {
    text: String,
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

#[derive(Debug)]
struct Splice {
    at: Range<usize>,
    instead: Instead,
}

#[derive(Debug)]
enum Instead {
    Text(String),
    /// A picture, with its description.
    Image(String, String),
    /// A reference to another place of the page; its text stays.
    Anchor(String),
    /// An address that only means something on the page; its text stays.
    Relative(String),
    /// Something else that is not as it was.
    Changed(String, &'static str),
}

impl Document {
    pub(super) fn new(text: String, flow: Flow) -> Self {
        let (splices, headings) = Finder::find(&text, flow);
        Self { text, splices, headings }
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
        let mut notice = |text: String| notices.push(Notice { place: item.place.clone(), text, is_left_out: false });
        for Splice { at, instead } in &self.splices {
            if at.start < from || at.end > part.end {
                continue;
            }
            answer.push_str(&self.text[from..at.start]);
            from = at.end;
            match instead {
                Instead::Text(text) => answer.push_str(text),
                Instead::Image(alt, url) if !is_absolute(url) => {
                    answer.push_str(alt);
                    let kept = if alt.trim().is_empty() { "nothing of it" } else { "its description" };
                    notice(format!("the picture `{url}` has no full address: {kept} is kept"));
                }
                Instead::Image(_, url) if item.image.is_none() => item.image = Some(url.clone()),
                Instead::Image(alt, url) => {
                    let alt = if alt.is_empty() { "picture" } else { alt };
                    answer.extend(["[", alt, "](", url, ")"]);
                }
                Instead::Anchor(name) => item.refers_to.push(name.clone()),
                Instead::Relative(url) => {
                    notice(format!("the link `{url}` has no full address: its text is kept"));
                }
                Instead::Changed(text, what) => {
                    answer.push_str(text);
                    notice((*what).to_owned());
                }
            }
        }
        answer.push_str(&self.text[from..part.end.max(from)]);
        item.answer = without_empty_lines(&answer);
    }
}

/// Whether an address means the same everywhere.
pub(super) fn is_absolute(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// At most one empty line in a row, none at the beginning or the end, no blanks at the end of a
/// line, except within code.
fn without_empty_lines(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut is_code = false;
    for line in text.trim_matches('\n').lines() {
        let is_fence = super::prepared::fence_mark(line.trim()).is_some();
        is_code ^= is_fence;
        let line = if is_code || is_fence { line } else { line.trim_end() };
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
    /// Addresses of the links in HTML that are open.
    html_links: Vec<String>,
    /// Lists and quotations around.
    depth: usize,
    /// Nothing is looked at before this place.
    skip_to: usize,
    line_break: Option<(usize, &'static str)>,
    heading: Option<Heading>,
    image: Option<(Range<usize>, String, String)>,
    code: Option<(Range<usize>, String)>,
}

impl<'t> Finder<'t> {
    fn find(text: &'t str, flow: Flow) -> (Vec<Splice>, Vec<Heading>) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let events = Parser::new_ext(text, options).into_offset_iter();
        let mut finder = Finder {
            text,
            flow,
            splices: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            html_links: Vec::new(),
            depth: 0,
            skip_to: 0,
            line_break: None,
            heading: None,
            image: None,
            code: None,
        };
        for (_, definition) in events.reference_definitions().iter() {
            finder.put(definition.span.clone(), Instead::Text(String::new()));
        }
        for (event, at) in events {
            finder.event(event, at);
        }
        finder.splices.sort_by_key(|splice| (splice.at.start, splice.at.end));
        (finder.splices, finder.headings)
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
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, &at),
            Event::SoftBreak => {
                self.content(" ", at.end);
                if self.flow == Flow::Paragraphs && self.image.is_none() && self.heading.is_none() {
                    self.line_break = Some((at.start, " "));
                }
            }
            Event::HardBreak if self.flow == Flow::Paragraphs => self.line_break = Some((at.start, "\n")),
            Event::Rule => self.put(at, Instead::Text(String::new())),
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
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, &at),
            Tag::Image { dest_url, .. } => self.image = Some((at, dest_url.to_string(), String::new())),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.code = Some((at, String::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if info.contains(' ') => {
                let language = info.split([' ', '{', ',']).next().unwrap_or_default();
                let first = self.text[at.clone()].lines().next().unwrap_or_default();
                if let Some(mark) = first.find(&*info) {
                    let info = at.start + mark..at.start + mark + info.len();
                    self.put(info, Instead::Text(language.to_owned()));
                }
            }
            Tag::Table(_) => {
                let raw = self.text[at.clone()].trim_end_matches('\n');
                let code = format!("```\n{raw}\n```\n");
                self.skip_to = at.end;
                self.put(at, Instead::Changed(code, "Discord shows no tables: it is kept as a block of code"));
            }
            Tag::MetadataBlock(_) => {
                self.skip_to = at.end;
                self.put(at, Instead::Text(String::new()));
            }
            _ => {}
        }
    }

    fn link(&mut self, kind: LinkType, url: &str, at: &Range<usize>) {
        let is_reference = !matches!(kind, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        let instead = if matches!(kind, LinkType::Autolink | LinkType::Email) || url.starts_with("mailto:") {
            None
        } else if let Some(anchor) = url.strip_prefix('#') {
            Some(Instead::Anchor(anchor.to_owned()))
        } else if !is_absolute(url) {
            Some(Instead::Relative(url.to_owned()))
        } else {
            is_reference.then(|| Instead::Text(format!("]({url})")))
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
                    self.put(close..at.end, instead);
                }
            }
            TagEnd::Image => {
                if let Some((at, url, alt)) = self.image.take() {
                    for (_, last) in &mut self.links {
                        *last = at.end;
                    }
                    self.put(at, Instead::Image(alt, url));
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

    fn html(&mut self, html: &CowStr<'_>, at: &Range<usize>) {
        for range in html::tags(html) {
            let place = at.start + range.start..at.start + range.end;
            let Some(raw) = self.text.get(place.clone()) else { continue };
            let instead = match html::tag(raw) {
                None => continue,
                Some(HtmlTag::Text(text)) => Instead::Text(text.to_owned()),
                Some(HtmlTag::Image(alt, url)) => Instead::Image(alt, url),
                Some(HtmlTag::Link(url)) => {
                    let is_shown = is_absolute(&url);
                    self.html_links.push(url);
                    Instead::Text(if is_shown { "[" } else { "" }.to_owned())
                }
                Some(HtmlTag::LinkEnd) => match self.html_links.pop() {
                    Some(url) if is_absolute(&url) => Instead::Text(format!("]({url})")),
                    Some(url) if url.is_empty() => Instead::Text(String::new()),
                    Some(url) => match url.strip_prefix('#') {
                        Some(anchor) => Instead::Anchor(anchor.to_owned()),
                        None => Instead::Relative(url),
                    },
                    None => Instead::Text(String::new()),
                },
            };
            self.put(place, instead);
        }
    }
}
