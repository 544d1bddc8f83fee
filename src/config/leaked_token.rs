//! A bot's token that somebody wrote into the configuration file.
//!
//! An error shows the line that it is about, and errors are copied into logs and questions for
//! help. So the token is replaced before anything else reads the file.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use footnote_knowledge::diagnostic::{Diagnostic, Location, SourceFile};

/// What people call it.
const NAMES: [&str; 3] = ["token", "bot_token", "discord_token"];
const HIDDEN: &str = "\"…\"";

/// The file with every token replaced, and an error for each.
pub(super) fn hide(file: Arc<SourceFile>) -> (Arc<SourceFile>, Vec<Diagnostic>) {
    let (text, keys) = masked(&file.text);
    if keys.is_empty() {
        return (file, Vec::new());
    }
    let file = Arc::new(SourceFile { path: file.path.clone(), text });
    let errors = keys.into_iter().map(|span| error(&file, span)).collect();
    (file, errors)
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

/// The text without tokens, and where their keys are in it.
fn masked(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut masked, mut keys) = (String::with_capacity(text.len()), Vec::new());
    for line in text.split_inclusive('\n') {
        match token_in(line) {
            Some((key, value)) => {
                keys.push(masked.len() + key.start..masked.len() + key.end);
                masked.push_str(&line[..value.start]);
                masked.push_str(HIDDEN);
                masked.push_str(&line[value.end..]);
            }
            None => masked.push_str(line),
        }
    }
    (masked, keys)
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
            let (masked, keys) = masked(text);
            assert_eq!(masked, expected);
            assert!(keys.len() == 1 && masked[keys[0].clone()].to_lowercase().ends_with("token"));
        }
    }

    #[test]
    fn other_keys_and_comments_stay() {
        for text in ["# token = \"a\"\n", "tokens = 1\n", "my_token = 2\n", "example = \"token\"\n"] {
            assert_eq!(masked(text), (text.to_owned(), Vec::new()));
        }
    }
}
