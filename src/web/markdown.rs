//! Answers are Markdown as Discord reads it. Here they become HTML that is safe whatever a base
//! contains: HTML in an answer is text, and links lead to http and https alone.

use footnote_knowledge::text::plain::without_controls;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// Where a bare address in a text begins.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// The HTML of an answer. Its headings begin at the third level, below those of a page.
pub(super) fn to_html(answer: &str) -> String {
    let cleaned = cleaned(answer);
    let mut rendered = String::with_capacity(cleaned.len() * 2);
    html::push_html(&mut rendered, events(&cleaned).into_iter());
    rendered
}

/// The words of an answer on one line, without their form.
pub(super) fn to_text(answer: &str) -> String {
    let cleaned = cleaned(answer);
    let mut text = String::with_capacity(cleaned.len());
    for event in Parser::new_ext(&cleaned, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => text.push_str(&part),
            Event::End(TagEnd::Item) => text.push_str("; "),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push(' '),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    // A style ends within a sentence too, and no blank belongs before a full stop.
    let line = words.join(" ").replace(" .", ".").replace(" ,", ",").replace(" :", ":").replace(" ;", ";");
    line.trim_end_matches(';').to_owned()
}

/// The answer in Markdown that means here what it means on Discord, where the line after an item of
/// a list or after a quotation does not belong to it, where a list may begin with any number right
/// below a text, and where no line of signs is a rule or makes the line above a heading.
fn cleaned(answer: &str) -> String {
    let mut lines = Vec::new();
    let (mut in_code, mut above) = (false, Line::Plain);
    for line in answer.lines().map(without_controls) {
        let is_fence = is_fence(&line);
        if in_code || is_fence {
            in_code ^= is_fence;
            lines.push(line);
            continue;
        }
        let kind = Line::of(&line);
        let begins_or_ends = (kind == Line::Plain) != (above == Line::Plain);
        if begins_or_ends && kind != Line::Indented {
            lines.push(String::new());
        }
        lines.push(if is_of_signs(&line) { format!("\\{}", line.trim_start()) } else { line });
        if kind != Line::Indented {
            above = kind;
        }
    }
    lines.join("\n")
}

/// Whether a line begins or ends a block of code. A line that has more of the mark behind its text
/// is code in itself.
fn is_fence(line: &str) -> bool {
    line.trim_start().strip_prefix("```").is_some_and(|text| !text.trim_start_matches('`').contains('`'))
}

/// Whether a line has only the signs of a rule, which means nothing on Discord.
fn is_of_signs(line: &str) -> bool {
    let mut signs = line.chars().filter(|char| *char != ' ').peekable();
    let first = signs.peek().copied();
    first.is_some_and(|first| "-=*_".contains(first) && signs.all(|sign| sign == first))
}

/// What a line of Markdown is to the line below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Item,
    Quoted,
    /// What goes on with the item above, if there is one.
    Indented,
    Plain,
}

impl Line {
    fn of(line: &str) -> Self {
        let text = line.trim_start();
        let number = text.trim_start_matches(|char: char| char.is_ascii_digit());
        let is_numbered = number.len() < text.len() && number.starts_with(". ");
        if text.starts_with('>') {
            Self::Quoted
        } else if !is_of_signs(line) && (is_numbered || text.starts_with("- ") || text.starts_with("* ")) {
            Self::Item
        } else if text.len() < line.len() {
            Self::Indented
        } else {
            Self::Plain
        }
    }
}

fn events(text: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    // Of the links that are open, whether each is a link here too.
    let mut links: Vec<bool> = Vec::new();
    let mut underlines: Vec<bool> = Vec::new();
    let mut in_code = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let is_link = SCHEMES.iter().any(|scheme| dest_url.starts_with(scheme)) && links.is_empty();
                links.push(is_link);
                if is_link {
                    events.push(link_to(dest_url));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if links.pop() == Some(true) {
                    events.push(Event::End(TagEnd::Link));
                }
            }
            // On Discord, two underscores underline.
            Event::Start(Tag::Strong) => {
                let is_underline = text[range].starts_with("__");
                underlines.push(is_underline);
                let start = Event::Start(Tag::Strong);
                events.push(if is_underline { Event::InlineHtml("<u>".into()) } else { start });
            }
            Event::End(TagEnd::Strong) => {
                let end = Event::End(TagEnd::Strong);
                let is_underline = underlines.pop() == Some(true);
                events.push(if is_underline { Event::InlineHtml("</u>".into()) } else { end });
            }
            Event::Start(Tag::Heading { level, .. }) => {
                events.push(Event::Start(Tag::Heading {
                    level: lowered(level),
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
            }
            Event::End(TagEnd::Heading(level)) => events.push(Event::End(TagEnd::Heading(lowered(level)))),
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                events.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                events.push(Event::End(TagEnd::CodeBlock));
            }
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(html) | Event::InlineHtml(html) => events.push(Event::Text(html)),
            // Discord keeps line breaks.
            Event::SoftBreak => events.push(Event::HardBreak),
            Event::Text(part) if links.is_empty() && !in_code => linked(part, &mut events),
            other => events.push(other),
        }
    }
    events
}

/// Discord has three levels.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

fn link_to(address: CowStr<'_>) -> Event<'_> {
    Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url: address, title: "".into(), id: "".into() })
}

/// Makes links of the bare addresses in a text.
fn linked<'a>(text: CowStr<'a>, events: &mut Vec<Event<'a>>) {
    let Some(start) = SCHEMES.iter().filter_map(|scheme| text.find(scheme)).min() else {
        events.push(Event::Text(text));
        return;
    };
    let (before, rest) = text.split_at(start);
    let end = rest.find(|char: char| char.is_whitespace() || matches!(char, '<' | '>' | '"')).unwrap_or(rest.len());
    // What closes a sentence or a bracket around the address is no part of it.
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
    let after = CowStr::from(rest[address.len()..].to_owned());
    let address = CowStr::from(address.to_owned());
    events.push(Event::Text(before.to_owned().into()));
    events.push(link_to(address.clone()));
    events.push(Event::Text(address));
    events.push(Event::End(TagEnd::Link));
    linked(after, events);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_discord_formats_is_formatted() {
        for (markdown, html) in [
            (
                "a **b** *c* __d__ ~~e~~ `f`",
                "<p>a <strong>b</strong> <em>c</em> <u>d</u> <del>e</del> <code>f</code></p>",
            ),
            ("one\ntwo", "<p>one<br />\ntwo</p>"),
            ("# Big\ntext", "<h3>Big</h3>\n<p>text</p>"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
            ("> said\nnot", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>not</p>"),
            ("- a\n  more\nafter", "<ul>\n<li>a<br />\nmore</li>\n</ul>\n<p>after</p>"),
            ("1. a\nafter\n2. b", "<ol>\n<li>a</li>\n</ol>\n<p>after</p>\n<ol start=\"2\">\n<li>b</li>\n</ol>"),
            ("- a\n\nafter", "<ul>\n<li>a</li>\n</ul>\n<p>after</p>"),
            ("text\n---\ntext\n===", "<p>text<br />\n---<br />\ntext<br />\n===</p>"),
            ("```\n- a\nb\n---\n```", "<pre><code>- a\nb\n---\n</code></pre>"),
            ("```x``` y\n- a\nb", "<p><code>x</code> y</p>\n<ul>\n<li>a</li>\n</ul>\n<p>b</p>"),
            ("[a](https://a.example/x_y)", "<p><a href=\"https://a.example/x_y\">a</a></p>"),
            (
                "see https://a.example/b. Or <https://c.example>",
                "<p>see <a href=\"https://a.example/b\">https://a.example/b</a>. Or \
                 <a href=\"https://c.example\">https://c.example</a></p>",
            ),
            ("```\nhttps://a.example <b>\n```", "<pre><code>https://a.example &lt;b&gt;\n</code></pre>"),
        ] {
            assert_eq!(to_html(markdown).trim_end(), html, "{markdown}");
        }
    }

    #[test]
    fn nothing_in_an_answer_is_html_or_leads_to_a_script() {
        for markdown in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[a](javascript:alert(1))",
            "![a](https://a.example/pixel.png)",
            "[a](data:text/html,b)",
            "<div\nonclick=alert(1)>",
            "[a](https://a.example/\"onclick=\"alert\\(1\\))",
            "https://a.example/\"onclick=\"alert(1)",
            "```\"><script>\nx\n```",
        ] {
            let html = to_html(markdown);
            for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                let (name, attribute) = tag.split_once(' ').unwrap_or((tag, ""));
                let is_known = ["p", "a", "br", "pre", "code"].contains(&name.trim_start_matches('/'));
                // A second pair of quotation marks would begin another attribute.
                let is_one = attribute.ends_with('"') && attribute.matches('"').count() == 2;
                let is_safe = ["href=\"https://", "class=\"language-"].iter().any(|safe| attribute.starts_with(safe));
                assert!(is_known && (["", "/"].contains(&attribute) || (is_one && is_safe)), "{markdown}: {html}");
            }
        }
    }

    #[test]
    fn the_words_of_an_answer_have_no_form() {
        assert_eq!(to_text("It is **1884**.\n\n- a\n- [b](https://b.example)"), "It is 1884. a; b");
    }
}
