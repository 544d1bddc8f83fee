//! Files that are generated from the code. A test compares each with the code, or writes it if
//! `FOOTNOTE_DOCS=write` is set.

use std::fs;
use std::path::Path;

#[track_caller]
pub fn assert_generated(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("FOOTNOTE_DOCS").is_ok_and(|value| value == "write") {
        fs::write(&path, expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let differs = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
    let line = differs.unwrap_or_else(|| found.lines().count().min(expected.lines().count())) + 1;
    assert!(found == expected, "{file}:{line} differs from the code: run `just docs`");
}
