//! Says in a curator's words what is wrong with a line that is not TOML.
//!
//! The parser says what it expected next, which helps those who know its grammar. The people who
//! edit these files know what they wanted to write, so the commonest slips are recognised by the
//! line that they are on. Of errors that only follow from another one, nothing is said.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Location, SourceFile};
use crate::text::plain::is_control;

/// One error of the parser.
pub(super) struct SyntaxError<'a> {
    pub(super) message: &'a str,
    pub(super) span: Range<usize>,
}

/// A diagnostic for each error that does not only follow from another one.
pub(super) fn diagnostics(file: &Arc<SourceFile>, mut errors: Vec<SyntaxError<'_>>) -> Vec<Diagnostic> {
    errors.sort_by_key(|error| error.span.start);
    let mut found: Vec<(usize, Diagnostic)> = Vec::new();
    let unclosed = unclosed_list(file, &errors);
    let mut conflicts = conflicts(&file.text);
    for error in &errors {
        // Whatever else is wrong in there is gone with one of the two versions.
        if let Some(conflict) = conflicts.iter_mut().find(|conflict| conflict.lines.contains(&error.span.start)) {
            if !conflict.is_told {
                conflict.is_told = true;
                found.push(conflict.told(file));
            }
            continue;
        }
        let mut location = Location { file: Arc::clone(file), span: error.span.clone() };
        // A list without its end swallows the lines that follow.
        let follows = unclosed.is_some_and(|from| error.span.start > from && is_within_list(error.message));
        let is_unclosed = unclosed == Some(error.span.start);
        if is_unclosed {
            let end = file.text[..error.span.start].trim_end().len();
            location.span = end.saturating_sub(1)..end;
        }
        let line = location.line();
        let repeats = is_of_whole_file(error.message) && !found.is_empty();
        if follows || repeats || found.iter().any(|(earlier, _)| *earlier == line) {
            continue;
        }
        let (message, help) = if is_unclosed {
            ("this list has no closing bracket".to_owned(), "write ] after its last item".to_owned())
        } else {
            explain(&file.text, error)
        };
        let message = format!("invalid TOML: {message}");
        found.push((line, Diagnostic::error(location, message).help(help)));
    }
    found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// Two versions of the same lines, as Git leaves them for somebody to choose from.
struct Conflict {
    /// From the first mark to behind the last one.
    lines: Range<usize>,
    is_told: bool,
}

impl Conflict {
    /// Its line with the diagnostic.
    fn told(&self, file: &Arc<SourceFile>) -> (usize, Diagnostic) {
        let mark = self.lines.start..self.lines.start + CONFLICT.0.len();
        let location = Location { file: Arc::clone(file), span: mark };
        let help = "keep one of the two versions, or what is right of both, and remove the lines \
            that begin with <<<<<<<, ======= and >>>>>>>";
        let message = "invalid TOML: two versions of these lines were not merged";
        (location.line(), Diagnostic::error(location, message).help(help))
    }
}

/// How the first and the last line of a conflict begin.
const CONFLICT: (&str, &str) = ("<<<<<<< ", ">>>>>>> ");

fn conflicts(text: &str) -> Vec<Conflict> {
    let (mut found, mut at, mut start) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        if line.starts_with(CONFLICT.0) {
            start = Some(at);
        }
        at += line.len();
        if line.starts_with(CONFLICT.1)
            && let Some(start) = start.take()
        {
            found.push(Conflict { lines: start..at, is_told: false });
        }
    }
    found
}

/// Where the first error of a list without an end is: on the line of an `=` that the parser did not
/// expect in a list.
fn unclosed_list(file: &SourceFile, errors: &[SyntaxError<'_>]) -> Option<usize> {
    let sign = errors.iter().find(|error| error.message.starts_with("unexpected `=` in array"))?;
    let line = file.text[..sign.span.start].rfind('\n').map_or(0, |at| at + 1);
    errors.iter().map(|error| error.span.start).find(|&start| start >= line)
}

fn is_within_list(message: &str) -> bool {
    message.contains("array") || message.contains("must be quoted")
}

/// Errors that come once a line, or once a level, of one mistake.
fn is_of_whole_file(message: &str) -> bool {
    message.starts_with("carriage return")
        || message.starts_with("cannot recurse")
        || message.starts_with("unclosed array, ")
}

/// What is wrong, and what to write instead.
fn explain(text: &str, error: &SyntaxError<'_>) -> (String, String) {
    let line = Line::around(text, error.span.start);
    explain_duplicate(text, error, &line)
        .or_else(|| explain_characters(text, error, &line))
        .or_else(|| explain_key(error, &line))
        .or_else(|| explain_value(error, &line))
        .or_else(|| explain_structure(error, &line))
        .unwrap_or_else(|| {
            let help = "strings need quotation marks; lists need square brackets, with commas \
                between \
                        their items";
            (error.message.to_owned(), help.to_owned())
        })
}

/// A line, as somebody may have meant it.
struct Line<'a> {
    whole: &'a str,
    /// What stands before the first `=`, and after it.
    key: &'a str,
    value: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn around(text: &'a str, offset: usize) -> Self {
        let offset = text.floor_char_boundary(offset);
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
        let (before, line) = (&text[start..offset], &text[start..end]);
        // Of the keys in an inline table, the one whose value it is.
        let inline = before.rfind('{').and_then(|brace| before.rfind('=').filter(|&sign| sign > brace));
        let Some(sign) = inline.or_else(|| line.find('=')) else {
            return Self { whole: line.trim(), key: line.trim(), value: None };
        };
        let key = match inline {
            Some(_) => line[..sign].rsplit(['{', ',']).next().unwrap_or_default(),
            None => &line[..sign],
        };
        let rest = &line[sign + 1..];
        let value = if inline.is_some() { rest.split(['}', ',']).next().unwrap_or(rest) } else { rest };
        Self { whole: line.trim(), key: key.trim(), value: Some(value.trim()) }
    }
}

fn explain_duplicate(text: &str, error: &SyntaxError<'_>, line: &Line<'_>) -> Option<(String, String)> {
    if !error.message.starts_with("duplicate key") {
        return None;
    }
    let key = text.get(error.span.clone())?;
    let is_header = line.whole.starts_with('[');
    let above = text[..error.span.start].rfind('\n').map_or("", |end| &text[..end]);
    let before: Vec<&str> = above.lines().collect();
    let earlier = before.iter().enumerate().rev().take_while(|(_, line)| {
        // Two tables of a list may have the same key.
        is_header || !line.trim_start().starts_with('[')
    });
    let names_key = |line: &str| {
        let line = line.trim_start();
        let name = if is_header { line.trim_start_matches('[') } else { line };
        name.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
    };
    let first = earlier.filter(|(_, line)| names_key(line)).last().map(|(number, _)| number + 1);
    let place = first.map_or_else(String::new, |number| format!(", on line {number}"));
    let help = if line.whole.starts_with("[[") || key.ends_with('s') { "join the two" } else { "keep one of the two" };
    Some((format!("this table already has `{key}`{place}"), help.to_owned()))
}

fn explain_characters(text: &str, error: &SyntaxError<'_>, line: &Line<'_>) -> Option<(String, String)> {
    if error.message.starts_with("carriage return") {
        let help = "save it with the line ends of Linux (LF) or Windows (CRLF)";
        return Some(("the lines of this file end in CR alone".to_owned(), help.to_owned()));
    }
    let at = text.get(error.span.start..)?;
    if let Some(character) = at.chars().next().filter(|&c| c != '\n' && is_control(c) || c == '\u{FEFF}') {
        let message = format!("the invisible character U+{:04X}", u32::from(character));
        return Some((message, "delete it; if you cannot see it, write the line again".to_owned()));
    }
    let marks = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›'];
    let value = line.value.unwrap_or(line.whole);
    if value.starts_with(marks) || at.starts_with(marks) {
        let straight = value.trim_matches(|c| marks.contains(&c) || c == ',');
        let help = format!("write {}, with the straight quotation marks of the keyboard", pair(line, straight));
        return Some(("these quotation marks are typographic".to_owned(), help));
    }
    None
}

fn explain_key(error: &SyntaxError<'_>, line: &Line<'_>) -> Option<(String, String)> {
    let is_key = error.message.contains("key with no value")
        || error.message.starts_with("invalid unquoted key")
        || error.message.starts_with("invalid key-value pair");
    if !is_key {
        return None;
    }
    for comment in ["//", "--", ";", "/*", "<!--"] {
        if line.whole.starts_with(comment) {
            return Some((format!("`{comment}` does not begin a comment"), "write # instead".to_owned()));
        }
    }
    if line.whole.starts_with(['{', '}']) {
        let help = "write key = value, each on a line of its own, below [[entry]]";
        return Some(("this looks like JSON".to_owned(), help.to_owned()));
    }
    if let Some(item) = line.whole.strip_prefix("- ") {
        let help = match item.split_once(':').map(|(key, value)| (key.trim(), value.trim())) {
            Some((key, value)) if is_bare(key) && !value.is_empty() => {
                format!("write [[entry]] on its own line, and below it {key} = {}", quoted(value))
            }
            _ => format!("a list is written like this: [{}, …]", quoted(item.trim())),
        };
        return Some(("this looks like YAML".to_owned(), help));
    }
    if let Some((key, value)) = line.whole.split_once(':')
        && is_bare(key.trim())
    {
        let value = value.trim();
        let value = if value.is_empty() { "…".to_owned() } else { quoted(value) };
        return Some((format!("`{}` is followed by a colon", key.trim()), format!("write {} = {value}", key.trim())));
    }
    if line.value.is_some() && line.key.contains(char::is_whitespace) {
        let key = line.key.split_whitespace().collect::<Vec<_>>().join("_");
        return Some((format!("`{}` is not one word", line.key), format!("write {key} = …")));
    }
    if line.value.is_none() {
        let mut words = line.whole.splitn(2, char::is_whitespace);
        let (key, rest) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().trim());
        let help = if is_bare(key) && !rest.is_empty() {
            format!("write {key} = {}", quoted(rest))
        } else {
            "write key = value; text of several lines belongs between \"\"\"".to_owned()
        };
        return Some(("this line has no =".to_owned(), help));
    }
    None
}

fn explain_value(error: &SyntaxError<'_>, line: &Line<'_>) -> Option<(String, String)> {
    let value = line.value?;
    if value.is_empty() || value.starts_with('#') {
        return Some((format!("`{}` has no value", line.key), format!("write {} = …, or remove the line", line.key)));
    }
    if let Some(flag) = ["true", "false"].into_iter().find(|flag| flag.eq_ignore_ascii_case(value)) {
        return Some((format!("`{value}` has a capital letter"), format!("write {} = {flag}", line.key)));
    }
    if error.message.starts_with("unexpected leading zero") {
        let number = value.trim_start_matches('0');
        return Some(("a number does not begin with 0".to_owned(), format!("write {} = {number}", line.key)));
    }
    if error.message.starts_with("invalid date") || error.message.starts_with("invalid time") {
        return Some(("this date has no quotation marks".to_owned(), format!("write {} = \"{value}\"", line.key)));
    }
    let first = value.chars().next()?;
    if first.is_alphabetic() {
        return Some(("this text has no quotation marks".to_owned(), format!("write {}", pair(line, value))));
    }
    None
}

fn explain_structure(error: &SyntaxError<'_>, line: &Line<'_>) -> Option<(String, String)> {
    let starts = |beginning: &str| error.message.starts_with(beginning);
    if starts("unclosed array table") || starts("unclosed table") {
        let name = line.whole.trim_matches(['[', ']', ' ']);
        let whole = if line.whole.starts_with("[[") { format!("[[{name}]]") } else { format!("[{name}]") };
        return Some((format!("`{}` has no closing bracket", line.whole), format!("write {whole}")));
    }
    if starts("unclosed array") {
        return Some(("this list has no closing bracket".to_owned(), "write ] after its last item".to_owned()));
    }
    if starts("unclosed inline table") {
        return Some(("this table has no closing brace".to_owned(), "write } after its last value".to_owned()));
    }
    if starts("missing comma") {
        return Some(("a comma is missing between two items".to_owned(), "write it after the first one".to_owned()));
    }
    if error.message.contains("escape") {
        let help = "write \\\\ for a backslash, or put the text between single quotation marks: \
            '…'";
        return Some(("a backslash has a meaning of its own in \"…\"".to_owned(), help.to_owned()));
    }
    if starts("invalid multi-line") {
        return Some(("this text has no closing \"\"\"".to_owned(), "write \"\"\" at its end".to_owned()));
    }
    if starts("invalid basic string") || starts("invalid literal string") {
        let help = "close it on the same line, or write \"\"\" before and after a text of \
            several lines";
        return Some(("this text has no closing quotation mark".to_owned(), help.to_owned()));
    }
    if starts("unexpected key or value") {
        let help = if line.whole.ends_with(';') {
            "remove the semicolon"
        } else {
            "write each key on a line of its own; a comment begins with #; a quotation mark \
             within a text is \\\""
        };
        return Some(("something follows the value".to_owned(), help.to_owned()));
    }
    if starts("cannot recurse") {
        return Some(("too many brackets within brackets".to_owned(), "a list here has no lists in it".to_owned()));
    }
    if starts("cannot extend value") {
        let help = format!("give `{}` either a value or keys of its own", line.key.split('.').next()?);
        return Some((format!("`{}` is set to a value above", line.key.split('.').next()?), help));
    }
    None
}

/// Whether a text can be a key as it is.
fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The key of a line with a value in quotation marks.
fn pair(line: &Line<'_>, value: &str) -> String {
    match line.value {
        Some(_) => format!("{} = {}", line.key, quoted(value)),
        None => quoted(value),
    }
}

/// A text as a value in TOML: as it is if it is one already.
fn quoted(value: &str) -> String {
    let is_value = value.starts_with(['"', '\'', '[', '{']) || value.parse::<f64>().is_ok();
    if is_value { value.to_owned() } else { toml::Value::String(value.to_owned()).to_string() }
}
