//! Types into the built binary on a terminal, which is one of the system's `script`.

use std::fs::File;
use std::io::{Seek, Write};
use std::process::{Command, Stdio};

use tempfile::tempfile;

use super::footnote::{Run, Test};

/// A run in whose terminal these lines are typed, up to the end of the input. All that the terminal
/// shows is in `stdout`: the lines too.
pub fn typed(test: &Test, lines: &str) -> Run {
    let command = test.command();
    let words: Vec<String> = [command.get_program()]
        .into_iter()
        .chain(command.get_args())
        .map(|word| quoted(&word.to_string_lossy()))
        .collect();
    let mut script = Command::new("script");
    script.args(["-qec", &format!("{} < /dev/tty", words.join(" ")), "/dev/null"]);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => script.env(name, value),
            None => script.env_remove(name),
        };
    }
    let output = script
        .current_dir(test.path())
        .env("TERM", "dumb")
        .env("NO_COLOR", "1")
        .stdin(Stdio::from(file_of(lines)))
        .output()
        .expect("script is part of the system");
    let shown = String::from_utf8(output.stdout).expect("output is UTF-8").replace('\r', "");
    let status = output.status.code().expect("an exit code, not a signal");
    Run::shown(format!("$ {}", words[1..].join(" ")), status, shown)
}

fn file_of(lines: &str) -> File {
    let mut file = tempfile().expect("a temporary file");
    file.write_all(lines.as_bytes()).expect("it can be written");
    file.rewind().expect("it can be read again");
    file
}

/// A word as the shell reads it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
