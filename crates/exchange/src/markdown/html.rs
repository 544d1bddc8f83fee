//! The few elements of HTML that people write in Markdown, as Discord's Markdown.

/// What a tag becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tag {
    /// Other text, perhaps none.
    Text(&'static str),
    /// A link begins.
    Link(String),
    /// A link ends.
    LinkEnd,
    /// A picture: its description and its address.
    Image(String, String),
}

/// What a whole tag, such as `<br/>`, becomes. `None` if it is none that is known: then it may be
/// anything, such as `<message>` or `<:emoji:1>`, and stays.
pub(super) fn tag(text: &str) -> Option<Tag> {
    if text.starts_with("<!--") {
        return Some(Tag::Text(""));
    }
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name = inner.split([' ', '\t', '\n', '/']).next()?.to_ascii_lowercase();
    Some(match name.as_str() {
        "br" => Tag::Text("\n"),
        "b" | "strong" => Tag::Text("**"),
        "i" | "em" => Tag::Text("*"),
        "code" | "kbd" | "tt" | "samp" => Tag::Text("`"),
        "u" | "ins" => Tag::Text("__"),
        "s" | "del" | "strike" => Tag::Text("~~"),
        "li" => Tag::Text(if is_end { "" } else { "- " }),
        "p" | "div" | "span" | "details" | "ul" | "ol" | "center" | "sub" | "sup" | "small" | "font" | "section"
        | "summary" => Tag::Text(""),
        "a" if is_end => Tag::LinkEnd,
        "a" => Tag::Link(attribute(inner, "href").unwrap_or_default()),
        "img" => Tag::Image(attribute(inner, "alt").unwrap_or_default(), attribute(inner, "src")?),
        _ => return None,
    })
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
pub(super) fn tags(html: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find('<').map(|at| from + at) {
        let end = if html[start..].starts_with("<!--") { html[start..].find("-->").map(|at| at + 3) } else { None };
        let Some(length) = end.or_else(|| html[start..].find('>').map(|at| at + 1)) else { break };
        found.push(start..start + length);
        from = start + length;
    }
    found
}
