//! JSON lines that are safe to show on a terminal.
//!
//! JSON may contain any character from U+0080 on unescaped, even characters that change the
//! direction of writing or control a terminal. Written as `\uXXXX`, they mean the same to a
//! program and do nothing to a reader.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use footnote_knowledge::text::plain::visible;

/// Writes a value as one line of JSON.
pub(in crate::cli) fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaping))?;
    writeln!(out)
}

/// Compact JSON that escapes everything that is not [`visible`].
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(start) = rest.find(|character| visible(character) != Some(character)) {
            out.write_all(&rest.as_bytes()[..start])?;
            let length = rest[start..].chars().next().map_or(0, char::len_utf8);
            for unit in rest[start..start + length].encode_utf16() {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[start + length..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::write_json;

    #[test]
    fn what_is_not_visible_is_escaped_and_means_the_same() {
        let text = "a\u{202e}b\u{2028}c\u{9b}2J\u{1b}[m\nThaçi “x”";
        let mut written = Vec::new();
        write_json(&mut written, &text).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert_eq!(written, "\"a\\u202eb\\u2028c\\u009b2J\\u001b[m\\nThaçi “x”\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
