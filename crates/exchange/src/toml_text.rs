//! Entries as text, as a curator would write them.

use std::fmt::Write as _;

/// Lists that fit on a line of this many characters stand on one.
const WIDE: usize = 90;

/// An entry that is not in any base yet.
#[derive(Debug, Clone, Default)]
pub struct EntryText<'a> {
    /// Unique in the base.
    pub id: &'a str,
    /// At most 100 characters.
    pub question: &'a str,
    /// Other ways to ask it.
    pub phrasings: &'a [String],
    /// Words that are nowhere else.
    pub keywords: &'a [String],
    /// At most 4,000 characters.
    pub answer: &'a str,
    /// A picture's address.
    pub image: Option<&'a str>,
    /// Ids of other entries.
    pub related: &'a [String],
    /// The address of the page that is cited.
    pub url: Option<&'a str>,
}

/// The table of an entry, with its keys in the declared order.
#[must_use]
pub fn entry_text(entry: &EntryText<'_>) -> String {
    let mut out = String::from("[[entry]]\n");
    let mut put = |key: &str, value: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{key} = {value}");
    };
    put("id", quoted(entry.id));
    put("question", quoted(entry.question));
    if !entry.phrasings.is_empty() {
        put("phrasings", list(entry.phrasings));
    }
    if !entry.keywords.is_empty() {
        put("keywords", list(entry.keywords));
    }
    put("answer", prose(entry.answer));
    if let Some(image) = entry.image {
        put("image", quoted(image));
    }
    if !entry.related.is_empty() {
        put("related", list(entry.related));
    }
    if let Some(url) = entry.url {
        put("citations", format!("[{{ url = {} }}]", quoted(url)));
    }
    out
}

/// A text in quotation marks.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text).replace('\n', "\\n"))
}

/// A text of one line in quotation marks, of several in three of them.
fn prose(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    // Three marks in a row would end it, and so would one at its end.
    format!("\"\"\"\n{}\"\"\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' | '\t' => out.push(character),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out
}

fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    let line = format!("[{}]", quoted.join(", "));
    if line.chars().count() <= WIDE {
        return line;
    }
    let lines: Vec<String> = quoted.iter().map(|text| format!("  {text},")).collect();
    format!("[\n{}\n]", lines.join("\n"))
}
