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

fn cleaned(answer: &str) -> String {
    answer.lines().map(without_controls).collect::<Vec<_>>().join("\n")
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
