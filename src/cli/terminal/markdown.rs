//! Discord's Markdown as a terminal shows it.
//!
//! Answers are written for Discord. On a terminal, readers expect bold text in bold, a link as
//! its text with its address, and no marks. But no part of `2**3`, `a*b*c` or `snake_case_name`
//! may be missing. Libraries for standard Markdown do not fit: Discord has its own spoilers,
//! underlining and line breaks.

use anstyle::Style;

/// The marks around a text, and the style of the text between them. Longer marks come first.
const MARKS: [(&str, Style); 5] = [
    ("**", Style::new().bold()),
    ("__", Style::new().underline()),
    // A terminal offers nothing to click that would uncover a spoiler.
    ("||", Style::new()),
    ("*", Style::new().italic()),
    ("_", Style::new().italic()),
];

/// A line without its mark of a list item or quotation, and what to put before its first line and
/// its continuation lines instead.
pub(super) fn line(text: &str) -> (&str, [&'static str; 2]) {
    let item = text.strip_prefix("- ").or_else(|| text.strip_prefix("* "));
    match (item, text.strip_prefix("> ")) {
        (Some(item), _) => (item, ["  • ", "    "]),
        (_, Some(quotation)) => (quotation, ["  │ ", "  │ "]),
        _ => (text, ["  ", "  "]),
    }
}

/// The mark of a line that begins or ends a block of code. A line that has more of it behind its
/// text is code in itself.
pub(super) fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = &line[..line.len() - line.trim_start_matches('`').len()];
    (mark.len() >= 3 && !line[mark.len()..].contains('`')).then_some(mark)
}

/// The text of a heading.
pub(super) fn heading(line: &str) -> Option<&str> {
    ["# ", "## ", "### "].iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

/// The text of a line with ANSI sequences instead of marks. `outer` is the style around it.
pub(super) fn styled(text: &str, outer: Style) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(next) = rest.chars().next() {
        let (piece, used) = element(rest, before, outer).unwrap_or_else(|| literal(rest, next));
        shown.push_str(&piece);
        before = rest[..used].chars().next_back();
        rest = &rest[used..];
    }
    shown
}

/// Text that is not an element: one character, or a whole run of the same mark character.
fn literal(text: &str, first: char) -> (String, usize) {
    let is_mark = matches!(first, '*' | '_' | '|' | '`');
    let length = if is_mark { text.len() - text.trim_start_matches(first).len() } else { first.len_utf8() };
    (text[..length].to_owned(), length)
}

/// The element at the beginning of `text` as it is shown, and how many bytes of `text` it takes
/// up.
fn element(text: &str, before: Option<char>, outer: Style) -> Option<(String, usize)> {
    match text.as_bytes().first()? {
        b'\\' => escaped(text),
        b'`' => code(text),
        b'[' => link(text, outer),
        b'<' => address(text),
        b'*' | b'_' | b'|' if !before.is_some_and(char::is_alphanumeric) => {
            MARKS.iter().find_map(|(mark, style)| marked(text, mark, *style, outer))
        }
        _ => None,
    }
}

fn escaped(text: &str) -> Option<(String, usize)> {
    let character = text.chars().nth(1).filter(char::is_ascii_punctuation)?;
    Some((character.to_string(), 2))
}

/// Between backticks, no character has a special meaning.
fn code(text: &str) -> Option<(String, usize)> {
    let fence = &text[..text.find(|c| c != '`')?];
    let length = text[fence.len()..].find(fence)?;
    Some((text[fence.len()..][..length].to_owned(), length + 2 * fence.len()))
}

/// `[text](address)` as text (address).
fn link(text: &str, outer: Style) -> Option<(String, usize)> {
    let (label, behind) = text[1..].split_once("](")?;
    let (target, _) = behind.split_once(')')?;
    let address = target.strip_prefix('<').and_then(|target| target.strip_suffix('>')).unwrap_or(target);
    let is_link = !label.is_empty() && !label.contains(['[', ']']) && is_address(address);
    is_link.then(|| (format!("{} ({address})", styled(label, outer)), label.len() + target.len() + "[]()".len()))
}

/// `<address>` is an address without a preview.
fn address(text: &str) -> Option<(String, usize)> {
    let (address, _) = text[1..].split_once('>')?;
    is_address(address).then(|| (address.to_owned(), address.len() + "<>".len()))
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// A text between two marks. A mark next to a space, or a single one within a word, does not
/// count. If there are several in a row, the last ones close the outer pair.
fn marked(text: &str, mark: &str, style: Style, outer: Style) -> Option<(String, usize)> {
    let inside = text.strip_prefix(mark).filter(|inside| !inside.starts_with(char::is_whitespace))?;
    let sign = &mark[..1];
    let closes = |end: &usize| {
        let Some((within, behind)) = inside.split_at_checked(*end) else { return false };
        let Some(behind) = behind.strip_prefix(mark) else { return false };
        let is_alone = mark.len() == 1;
        let is_in_word = is_alone && behind.starts_with(char::is_alphanumeric);
        let is_in_pair = is_alone && within.ends_with(sign);
        !within.ends_with(char::is_whitespace) && !behind.starts_with(sign) && !is_in_word && !is_in_pair
    };
    let end = (1..inside.len()).find(closes)?;
    let inner = outer.effects(outer.get_effects() | style.get_effects());
    let shown = styled(&inside[..end], inner);
    Some((format!("{style}{shown}{style:#}{outer}"), end + 2 * mark.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(&styled(text, Style::new())).to_string()
    }

    #[test]
    fn marks_become_styles() {
        assert_eq!(styled("in **1884**.", Style::new()), "in \u{1b}[1m1884\u{1b}[0m.");
        let nested = "\u{1b}[1ma \u{1b}[3mb\u{1b}[0m\u{1b}[1m\u{1b}[0m";
        assert_eq!(styled("**a *b***", Style::new()), nested);
    }

    #[test]
    fn a_reader_without_colour_sees_no_marks() {
        let shown = "bold, NATOs, under, italic, also, spoiler, both, x";
        let marked = "**bold**, **NATO**s, __under__, *italic*, _also_, \
                      ||spoiler||, ***both***, `x`";
        assert_eq!(plain(marked), shown);
        assert_eq!(plain("\\*not italic\\* and ``a ` b``"), "*not italic* and a ` b");
    }

    #[test]
    fn links_show_their_address() {
        assert_eq!(plain("see [the **rules**](https://a.example/b)."), "see the rules (https://a.example/b).");
        assert_eq!(plain("[a](<https://a.example>) <https://b.example>"), "a (https://a.example) https://b.example");
    }

    #[test]
    fn text_that_is_not_markdown_stays() {
        let texts = [
            "2**3",
            "2**3*",
            "2**3 and 4**5",
            "(5)*2*x",
            "a*b*c",
            "snake_case_name",
            "a * b * c",
            "**",
            "****",
            "`",
            "``",
            "[1] (x)",
            "[a](b)",
            "a < b > c",
            "<@1>",
            "C:\\dir",
            "5 * 3",
            "*",
            "||",
            "a || b",
            "_x",
            "**open",
            "[",
            "[]()",
            "\\",
        ];
        for text in texts {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn code_keeps_its_marks() {
        assert_eq!(plain("`2**3**4` and `[a](https://b.example)`"), "2**3**4 and [a](https://b.example)");
    }

    #[test]
    fn list_items_and_quotations_are_indented() {
        assert_eq!(line("- a"), ("a", ["  • ", "    "]));
        assert_eq!(line("> a"), ("a", ["  │ ", "  │ "]));
        assert_eq!(line("-a"), ("-a", ["  ", "  "]));
    }
}
