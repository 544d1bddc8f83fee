//! A list of strings in TOML: adds to it and takes from it as a person would, whether it is on one
//! line or has a line for each string, with or without comments.
//!
//! `toml_edit` keeps what is before a value in the value's prefix: line breaks, indentation, and
//! also the comment behind the comma of the value before it.

use toml_edit::{Array, Value};

/// How wide a line may become before a list that has several lines gets another.
const MAX_COLUMNS: usize = 100;

/// A list with a line for each value.
pub(crate) fn lines(values: impl Iterator<Item = Value>) -> Array {
    let mut array = Array::new();
    for value in values {
        array.push_formatted(value.decorated("\n  ", ""));
    }
    if !array.is_empty() {
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    array
}

/// Where the list has this string.
pub(crate) fn position(array: &Array, text: &str) -> Option<usize> {
    array.iter().position(|value| value.as_str() == Some(text))
}

/// Adds a string at the end.
pub(crate) fn push(array: &mut Array, text: &str) {
    let new = Value::from(text);
    let Some(last) = array.len().checked_sub(1) else {
        // What may be there is a comment.
        let rest = array.trailing().as_str().unwrap_or_default().to_owned();
        let prefix = if rest.contains('\n') { rest.trim_end_matches([' ', '\t']).to_owned() + "  " } else { rest };
        let trailing = if prefix.contains('\n') { "\n" } else { "" };
        array.push_formatted(new.decorated(prefix, ""));
        array.set_trailing(trailing);
        array.set_trailing_comma(!trailing.is_empty());
        return;
    };
    let has_comma = array.trailing_comma();
    let tail = if has_comma { array.trailing().as_str().unwrap_or_default().to_owned() } else { suffix(array, last) };
    let indent = (0..array.len()).rev().find_map(|at| indent_of(array.get(at)?));
    let Some((above, end)) = tail.rfind('\n').map(|line_end| tail.split_at(line_end)) else {
        let prefix = match indent {
            Some(indent) if width_of_last_line(array) + text.chars().count() > MAX_COLUMNS => format!("\n{indent}"),
            _ => " ".to_owned(),
        };
        set_suffix(array, last, "");
        array.push_formatted(new.decorated(prefix, ""));
        return;
    };
    let (above, end) = (above.trim_end_matches([' ', '\t']).to_owned(), end.to_owned());
    let prefix = format!("{above}\n{}", indent.unwrap_or_else(|| "  ".to_owned()));
    if has_comma {
        array.push_formatted(new.decorated(prefix, ""));
        array.set_trailing(end);
    } else {
        set_suffix(array, last, "");
        array.push_formatted(new.decorated(prefix, end));
    }
}

/// Takes out a string. The comment on its line goes with it; those above it stay.
pub(crate) fn remove(array: &mut Array, at: usize) {
    let removed = array.remove(at);
    let above = prefix_of(&removed);
    let kept =
        if above.contains('#') { above[..above.rfind('\n').unwrap_or(above.len())].to_owned() } else { String::new() };
    if let Some(next) = array.get_mut(at) {
        let own = prefix_of(next);
        let own = without_first_comment(&own);
        // The first string of a list on one line has no blank before it.
        let prefix = if at == 0 && !own.contains('\n') { above } else { kept + own };
        next.decor_mut().set_prefix(prefix);
        return;
    }
    if array.trailing_comma() && !array.is_empty() {
        let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
        array.set_trailing(kept + without_first_comment(&trailing));
        return;
    }
    let tail = removed.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
    let tail = kept + without_first_comment(&tail);
    if let Some(last) = at.checked_sub(1) {
        set_suffix(array, last, &tail);
        return;
    }
    let rest = if tail.contains('#') { tail } else { String::new() };
    let rest = if rest.is_empty() || rest.ends_with('\n') { rest } else { rest + "\n" };
    array.set_trailing(rest);
    array.set_trailing_comma(false);
}

/// What is before the first line break may be a comment on a value that is gone.
fn without_first_comment(text: &str) -> &str {
    match text.find('\n') {
        Some(line_end) if text[..line_end].contains('#') => &text[line_end..],
        _ => text,
    }
}

fn prefix_of(value: &Value) -> String {
    value.decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default().to_owned()
}

/// The blanks before a value that begins a line.
fn indent_of(value: &Value) -> Option<String> {
    let prefix = prefix_of(value);
    prefix.rfind('\n').map(|line_end| prefix[line_end + 1..].to_owned())
}

fn suffix(array: &Array, at: usize) -> String {
    let value = array.get(at);
    value.and_then(|value| value.decor().suffix()).and_then(|raw| raw.as_str()).unwrap_or_default().to_owned()
}

fn set_suffix(array: &mut Array, at: usize, suffix: &str) {
    if let Some(value) = array.get_mut(at) {
        value.decor_mut().set_suffix(suffix);
    }
}

/// How many columns the values on the last line of a list take.
fn width_of_last_line(array: &Array) -> usize {
    let mut width = 0;
    for value in (0..array.len()).rev().filter_map(|at| array.get(at)) {
        width += value.as_str().map_or(0, |text| text.chars().count() + 4);
        if prefix_of(value).contains('\n') {
            break;
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::*;

    fn edited(text: &str, edit: impl FnOnce(&mut Array)) -> String {
        let mut document: DocumentMut = format!("a = {text} # end\nb = 1\n").parse().unwrap();
        edit(document["a"].as_array_mut().unwrap());
        let edited = document.to_string();
        edited.strip_prefix("a = ").unwrap().strip_suffix(" # end\nb = 1\n").unwrap().to_owned()
    }

    #[test]
    fn a_string_is_added_as_the_list_is_written() {
        let cases = [
            ("[]", r#"["new"]"#),
            (r#"["x"]"#, r#"["x", "new"]"#),
            (r#"[ "x" ]"#, r#"[ "x", "new"]"#),
            ("[\n  \"x\",\n]", "[\n  \"x\",\n  \"new\",\n]"),
            ("[\n    \"x\"\n]", "[\n    \"x\",\n    \"new\"\n]"),
            (
                "[\n\t\"x\", # why\n\t\"y\", # because\n\t# more\n]",
                "[\n\t\"x\", # why\n\t\"y\", # because\n\t# more\n\t\"new\",\n]",
            ),
            ("[\n  # none yet\n]", "[\n  # none yet\n  \"new\",\n]"),
            ("[\"x\",\n  \"y\"]", "[\"x\",\n  \"y\", \"new\"]"),
        ];
        for (before, after) in cases {
            assert_eq!(edited(before, |array| push(array, "new")), after, "{before}");
        }
        let wide = "w".repeat(90);
        let filled = format!("[\"x\",\n  \"{wide}\", \"y\"]");
        assert_eq!(
            edited(&filled, |array| push(array, "new one")),
            format!("[\"x\",\n  \"{wide}\", \"y\",\n  \"new one\"]")
        );
    }

    #[test]
    fn a_string_is_taken_out_with_the_comment_on_its_line() {
        let cases = [
            (r#"["x"]"#, 0, "[]"),
            (r#"["x", "y", "z"]"#, 0, r#"["y", "z"]"#),
            (r#"["x", "y", "z"]"#, 1, r#"["x", "z"]"#),
            (r#"["x", "y", "z"]"#, 2, r#"["x", "y"]"#),
            ("[\n  \"x\",\n  \"y\",\n]", 0, "[\n  \"y\",\n]"),
            ("[\n  \"x\",\n  \"y\",\n]", 1, "[\n  \"x\",\n]"),
            ("[\n  \"x\",\n  \"y\"\n]", 1, "[\n  \"x\"\n]"),
            ("[\n  \"x\", # why\n  \"y\", # because\n]", 0, "[\n  \"y\", # because\n]"),
            ("[\n  \"x\", # why\n  \"y\", # because\n]", 1, "[\n  \"x\", # why\n]"),
            ("[\n  # from members\n  \"x\",\n  \"y\",\n]", 0, "[\n  # from members\n  \"y\",\n]"),
            ("[\n  \"x\",\n]", 0, "[]"),
        ];
        for (before, at, after) in cases {
            assert_eq!(edited(before, |array| remove(array, at)), after, "{before}");
        }
    }
}
