//! Discord's Markdown as HTML, as far as cards use it.

use super::page::escaped;

/// Some lines of Markdown.
pub fn html(text: &str) -> String {
    let mut html = String::new();
    let mut is_block = false;
    for line in text.lines() {
        if line == "```" {
            html.push_str(if is_block { "</pre>" } else { "<pre>" });
            is_block = !is_block;
        } else if is_block {
            html.extend([format!("{}\n", escaped(line))]);
        } else if let Some(quoted) = line.strip_prefix("> ") {
            html.extend([format!("<blockquote>{}</blockquote>", inline(quoted))]);
        } else if let Some(item) = line.strip_prefix("- ") {
            html.extend([format!("<div class=\"item\">{}</div>", inline(item))]);
        } else if line.is_empty() {
            html.push_str("<div class=\"gap\"></div>");
        } else {
            html.extend([format!("<div>{}</div>", inline(line))]);
        }
    }
    html
}

/// One line.
fn inline(line: &str) -> String {
    let mut html = String::new();
    let (mut is_bold, mut is_italic, mut is_code) = (false, false, false);
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        rest = match character {
            '\\' if after.starts_with(|c: char| !c.is_alphanumeric() && !c.is_whitespace()) => {
                let next = after.chars().next().unwrap_or_default();
                html.push_str(&escaped(&next.to_string()));
                &after[next.len_utf8()..]
            }
            '`' => tag(&mut html, &mut is_code, "code", after),
            _ if is_code => plain(&mut html, character, after),
            '*' if after.starts_with('*') => tag(&mut html, &mut is_bold, "b", &after[1..]),
            '*' => tag(&mut html, &mut is_italic, "i", after),
            '[' => link(&mut html, after).unwrap_or_else(|| plain(&mut html, character, after)),
            '<' => special(&mut html, after).unwrap_or_else(|| plain(&mut html, character, after)),
            _ => plain(&mut html, character, after),
        };
    }
    html
}

fn plain<'a>(html: &mut String, character: char, after: &'a str) -> &'a str {
    html.push_str(&escaped(&character.to_string()));
    after
}

fn tag<'a>(html: &mut String, is_open: &mut bool, name: &str, after: &'a str) -> &'a str {
    html.extend([if *is_open { "</" } else { "<" }, name, ">"]);
    *is_open = !*is_open;
    after
}

/// `[label](address)`, after its bracket.
fn link<'a>(html: &mut String, after: &'a str) -> Option<&'a str> {
    let (label, rest) = after.split_once("](https://")?;
    let (_, rest) = rest.split_once(')')?;
    html.extend([format!("<a>{}</a>", inline(label))]);
    Some(rest)
}

/// A time, a mention or an address in angle brackets, after the first of these.
fn special<'a>(html: &mut String, after: &'a str) -> Option<&'a str> {
    let (inside, rest) = after.split_once('>')?;
    let shown = match inside.as_bytes() {
        [b't', b':', ..] if inside.ends_with(":R") => "<mark>2 minutes ago</mark>".to_owned(),
        [b't', b':', ..] => "<mark>1 June 2026 12:00</mark>".to_owned(),
        [b'@', b'&', ..] => "<em>@Helpers</em>".to_owned(),
        [b'@', ..] => "<em>@besa</em>".to_owned(),
        _ if inside.starts_with("https://") => format!("<a>{}</a>", escaped(inside)),
        _ => return None,
    };
    html.push_str(&shown);
    Some(rest)
}

#[test]
fn markdown_looks_as_on_discord() {
    for (text, shown) in [
        ("**a** *b* `c*`", "<div><b>a</b> <i>b</i> <code>c*</code></div>"),
        ("1\\. \\_\\_x\\_\\_ < y", "<div>1. __x__ &lt; y</div>"),
        ("> [d](https://e.example)\n- f", "<blockquote><a>d</a></blockquote><div class=\"item\">f</div>"),
        ("```\n<x>\n```", "<pre>&lt;x&gt;\n</pre>"),
        ("<t:1:R> <@7>", "<div><mark>2 minutes ago</mark> <em>@besa</em></div>"),
    ] {
        assert_eq!(html(text), shown);
    }
}
