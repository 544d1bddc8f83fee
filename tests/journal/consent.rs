//! What deletes from the journal asks first on a terminal, and only a yes deletes.
//!
//! `script` of util-linux gives the program a terminal. Without it there is nothing to test on.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::Fixture;
use super::command_line::fill;
use crate::support::footnote::Test;

/// Runs the program that follows on a terminal, and ends with its exit code.
const ON_A_TERMINAL: [&str; 3] = ["sh", "-c", "exec script -qefc \"'$0' $*\" /dev/null"];

/// The end of the question.
const PROMPT: &str = "[y/N] ";

fn has_script() -> bool {
    let version = Command::new("script").arg("--version").stderr(Stdio::null()).output();
    version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux"))
}

/// What a run on a terminal shows if these keys are pressed once it asks, and whether it succeeds.
fn typed(test: Test, keys: &str) -> (String, bool) {
    let mut child = test.started_by(ON_A_TERMINAL).env("SHELL", "/bin/sh").command().spawn().expect("sh starts");
    let mut output = child.stdout.take().expect("standard output is piped");
    let (mut shown, mut byte) = (Vec::new(), [0]);
    while !shown.ends_with(PROMPT.as_bytes()) {
        let read = output.read(&mut byte).expect("the output can be read");
        assert!(read > 0, "it does not ask: {}", String::from_utf8_lossy(&shown));
        shown.extend(byte);
    }
    let mut input = child.stdin.take().expect("standard input is piped");
    input.write_all(keys.as_bytes()).expect("it waits for an answer");
    output.read_to_end(&mut shown).expect("the output can be read");
    drop(input);
    let succeeds = child.wait().expect("it ends").success();
    (String::from_utf8_lossy(&shown).into_owned(), succeeds)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_yes_deletes() {
    if !has_script() {
        return;
    }
    for (arguments, gone) in [
        (&["delete", "old", "question"][..], "\"old question\""),
        (&["purge", "--older-than", "30"], "\"old question\""),
        (&["forget", "1"], "\"pier-length\""),
    ] {
        let fixture = Fixture::new();
        fill(&fixture).await;
        let command = || fixture.test().args(["journal"]).args(arguments.iter().copied());
        let export = || fixture.test().args(["journal", "export"]).run().status(0).stdout;
        let before = export();
        assert!(before.contains(gone), "{before}");
        let (return_key, end_of_file, interrupt) = ("\n", "\u{4}", "\u{3}");
        for keys in ["n\n", "no\n", "yse\n", return_key, end_of_file] {
            let (shown, succeeds) = typed(command(), keys);
            assert!(succeeds && shown.contains("nothing is deleted"), "{arguments:?} {keys:?}: {shown}");
            assert_eq!(export(), before, "{arguments:?} {keys:?}");
        }
        let (shown, succeeds) = typed(command(), interrupt);
        assert!(!succeeds && !shown.contains("deleted "), "{arguments:?}: {shown}");
        assert_eq!(export(), before, "{arguments:?}, interrupted");
        let (shown, succeeds) = typed(command(), "y\n");
        assert!(succeeds && shown.contains("\ndeleted "), "{arguments:?}: {shown}");
        assert!(!export().contains(gone), "{arguments:?}: {}", export());
    }
}
