//! The few elements of HTML that people write in Markdown, as Discord's Markdown.

use std::ops::Range;

/// What a tag means on Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tag {
    /// Discord has marks for it.
    Marks(&'static str),
    /// A line of a list.
    Item,
    /// It only divides lines: so many line ends are around it.
    Block(usize),
    /// It has no mark and divides nothing.
    Inline,
    /// A line ends.
    Break,
    /// What nobody is shown.
    Comment,
    /// A link, with its address.
    Link(String),
    /// A picture: its description and its address.
    Image(String, String),
}

/// A tag, and whether it ends an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) is_end: bool,
    pub(super) tag: Tag,
}

/// What a whole tag, such as `<br/>`, means. `None` if it is none that is known: then it may be
/// anything, such as `<message>` or `<:emoji:1>`, and stays.
pub(super) fn tag(text: &str) -> Option<Named> {
    if text.starts_with("<!--") {
        return Some(Named { name: "!--".to_owned(), is_end: false, tag: Tag::Comment });
    }
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name = inner.split([' ', '\t', '\n', '/']).next()?.to_ascii_lowercase();
    let tag = match name.as_str() {
        "br" => Tag::Break,
        "b" | "strong" => Tag::Marks("**"),
        "i" | "em" => Tag::Marks("*"),
        "code" | "kbd" | "tt" | "samp" => Tag::Marks("`"),
        "u" | "ins" => Tag::Marks("__"),
        "s" | "del" | "strike" => Tag::Marks("~~"),
        "li" => Tag::Item,
        "p" => Tag::Block(2),
        "div" | "details" | "ul" | "ol" | "center" | "section" | "summary" => Tag::Block(1),
        "span" | "sub" | "sup" | "small" | "font" => Tag::Inline,
        "a" => Tag::Link(attribute(inner, "href").unwrap_or_default()),
        "img" => Tag::Image(attribute(inner, "alt").unwrap_or_default(), attribute(inner, "src")?),
        _ => return None,
    };
    Some(Named { name, is_end, tag })
}

/// The value of an attribute of a tag, in quotation marks or without.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let start = lower.match_indices(name).find_map(|(at, _)| {
        let before = lower[..at].chars().next_back()?;
        let after = lower[at + name.len()..].trim_start();
        (before.is_whitespace() && after.starts_with('=')).then(|| lower.len() - after.len() + 1)
    })?;
    let value = tag[start..].trim_start();
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split([' ', '\t', '\n', '>']).next()?,
    };
    Some(value.to_owned())
}

/// The places of the tags in a piece of HTML.
pub(super) fn tags(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find('<').map(|at| from + at) {
        let is_comment = html[start..].starts_with("<!--");
        let end = if is_comment {
            html[start..].find("-->").map(|at| at + 3)
        } else {
            html[start..].find('>').map(|at| at + 1)
        };
        // A comment that goes on in another line stays as it is.
        let Some(length) = end else { break };
        found.push(start..start + length);
        from = start + length;
    }
    found
}
