//! A bot's token that somebody wrote into the configuration file.
//!
//! An error shows the line that it is about, and errors are copied into logs and questions for
//! help. So the token is replaced before anything else reads the file.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use footnote_knowledge::diagnostic::{Diagnostic, Diagnostics, Location, SourceFile};

/// What people call it.
const NAMES: [&str; 3] = ["token", "bot_token", "discord_token"];
const HIDDEN: &str = "\"…\"";

/// A file without its tokens.
pub(super) struct Hidden {
    pub(super) file: Arc<SourceFile>,
    /// One for each token.
    pub(super) errors: Vec<Diagnostic>,
    /// Whether a part of a token may be left, because its value is not all on the line of its key.
    /// Then nothing else of the file may be shown.
    pub(super) may_show_more: bool,
}

/// The file with every token replaced.
pub(super) fn hide(file: Arc<SourceFile>) -> Hidden {
    let Masked { text, keys, has_rest } = masked(&file.text);
    if keys.is_empty() {
        return Hidden { file, errors: Vec::new(), may_show_more: false };
    }
    let file = Arc::new(SourceFile { path: file.path.clone(), text });
    let errors = keys.into_iter().map(|span| error(&file, span)).collect();
    Hidden { file, errors, may_show_more: has_rest }
}

/// All problems of a file: of what else is wrong on the line of a token, nothing is said.
pub(super) fn with_tokens(mut others: Diagnostics, file: &SourceFile, errors: Vec<Diagnostic>) -> Diagnostics {
    others.retain_outside_lines(&file.path, &errors.iter().filter_map(Diagnostic::line).collect::<Vec<_>>());
    Diagnostics::from(errors.into_iter().chain(others).collect::<Vec<_>>())
}

fn error(file: &Arc<SourceFile>, span: Range<usize>) -> Diagnostic {
    let name = file.path.file_name().unwrap_or_else(|| Path::new("it").as_os_str()).display();
    let help = format!(
        "remove this line, and set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to the path of a file that \
         holds the token. If anybody else may have seen {name}, in a commit for example, reset the \
         token on the Bot page of the Discord developer portal: anyone who has it controls the bot"
    );
    Diagnostic::error(Location { file: Arc::clone(file), span }, "the bot's token does not belong in this file")
        .help(help)
}

/// A text without tokens.
#[derive(Debug, PartialEq, Eq)]
struct Masked {
    text: String,
    /// Where the keys of the tokens are.
    keys: Vec<Range<usize>>,
    /// Whether the value of one may go on below its line.
    has_rest: bool,
}

fn masked(text: &str) -> Masked {
    let (mut masked, mut keys, mut has_rest) = (String::with_capacity(text.len()), Vec::new(), false);
    for line in text.split_inclusive('\n') {
        match token_in(line) {
            Some((key, value)) => {
                has_rest |= !is_whole(&line[value.clone()]);
                keys.push(masked.len() + key.start..masked.len() + key.end);
                masked.push_str(&line[..value.start]);
                masked.push_str(HIDDEN);
                masked.push_str(&line[value.end..]);
            }
            None => masked.push_str(line),
        }
    }
    Masked { text: masked, keys, has_rest }
}

/// Whether a value ends on its line: a text between quotation marks, or one that has none.
fn is_whole(value: &str) -> bool {
    let value = value.trim();
    let starts = |marks: &[&str]| marks.iter().any(|mark| value.starts_with(mark));
    if starts(&["\"\"\"", "'''"]) {
        return false;
    }
    match value.chars().next() {
        Some(mark @ ('"' | '\'')) => value[1..].contains(mark),
        Some(first) => first.is_alphanumeric(),
        None => false,
    }
}

/// Where a line has a token: its key, and its value, which reaches to the end of the line or of
/// the place in an inline table.
fn token_in(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    for (equals, _) in line.match_indices('=') {
        let before = line[..equals].trim_end().trim_end_matches(['"', '\'']);
        let start = before.rfind(|c| !is_name(c)).map_or(0, |place| place + 1);
        let name = &before[start..];
        if before.contains('#') || !NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            continue;
        }
        let value = equals + 1 + line[equals + 1..].len() - line[equals + 1..].trim_start_matches([' ', '\t']).len();
        let end = line[value..].find([',', '}', '\r', '\n']).map_or(line.len(), |length| value + length);
        return Some((start..before.len(), value..end));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_replaced_wherever_it_stands() {
        for (text, expected) in [
            ("[discord]\ntoken = \"a.b\"\nx = 1\n", "[discord]\ntoken = \"…\"\nx = 1\n"),
            ("discord = { token = 'a.b', x = 1 }", "discord = { token = \"…\", x = 1 }"),
            ("discord.bot_token=a.b", "discord.bot_token=\"…\""),
            ("\"DISCORD_TOKEN\" = a b\r\n", "\"DISCORD_TOKEN\" = \"…\"\r\n"),
        ] {
            let Masked { text: masked, keys, has_rest } = masked(text);
            assert_eq!(masked, expected);
            assert!(keys.len() == 1 && masked[keys[0].clone()].to_lowercase().ends_with("token"));
            assert!(!has_rest, "{text}");
        }
    }

    #[test]
    fn other_keys_and_comments_stay() {
        for text in ["# token = \"a\"\n", "tokens = 1\n", "my_token = 2\n", "example = \"token\"\n"] {
            assert_eq!(masked(text), Masked { text: text.to_owned(), keys: Vec::new(), has_rest: false });
        }
    }

    #[test]
    fn a_value_that_goes_on_below_is_known() {
        for value in ["\"\"\"\na.b\n\"\"\"", "'''a.b\nc'''", "[\n\"a.b\"]", "\na.b", "\"a.b\n"] {
            assert!(masked(&format!("token = {value}")).has_rest, "{value}");
        }
    }
}
