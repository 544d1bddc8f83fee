//! `footnote import` and `footnote export`: questions that exist already, and bases that others
//! read.

use std::fs;

use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;

const TABLE: &str = "Question,Answer,Aliases,Owner\n\
    How much is the ferry?,\"3 crowns, see [prices](prices.html).\",ferry fare,Ada\n\
    Where is the inn?,,,\n\
    When does the inn open?,At noon.,inn hours | tavern times,Ada\n";

const PAGE: &str = "# Questions about the pier\n\nWritten by Ada.\n\n## How long is the pier?\n\n\
    Some say 90\nmetres.\n\n## Who built it?\n\nNobody knows.\n";

fn with_files() -> Test {
    Test::empty().file("faq.csv", TABLE).file("pier.md", PAGE)
}

#[test]
fn a_plan_is_shown_and_a_base_is_written_that_answers() {
    let test = with_files().keep();
    let run = |arguments: &[&str]| Test::at(test.path()).args(arguments.iter().copied()).run();
    let planned = run(&["import", "faq.csv", "pier.md", "--into", "knowledge", "--dry-run"]).status(0);
    assert!(!test.path().join("knowledge").exists(), "a plan writes nothing");
    let written = run(&["import", "faq.csv", "pier.md", "--into", "knowledge"]).status(0);
    assert!(written.stdout.starts_with(planned.stdout.trim_end_matches("nothing is written\n")));
    let answered = run(&["ask", "ferry fare"]).status(0);
    let checked = run(&["check"]).status(1);
    let unnamed = |file: &str| format!("`{file}` is only the file that was imported");
    let named = fs::read_to_string(test.path().join("knowledge/sources.toml")).unwrap();
    for file in ["faq", "questions-about-the-pier"] {
        assert!(checked.stdout.contains(&unnamed(file)), "{}{named}", checked.stdout);
    }
    // A curator names the document.
    let named: Vec<&str> = named.lines().filter(|line| !line.starts_with("note = ")).collect();
    fs::write(test.path().join("knowledge/sources.toml"), named.join("\n")).unwrap();
    let checked = run(&["check"]).status(1);
    assert!(!checked.stdout.contains("is only the file"), "{}", checked.stdout);
    let file = fs::read_to_string(test.path().join("knowledge/faq.toml")).unwrap();
    let again = run(&["import", "faq.csv", "--into", "knowledge"]).status(1);
    assert_eq!(fs::read_to_string(test.path().join("knowledge/faq.toml")).unwrap(), file);
    assert_snapshot!(written, file.as_str(), answered, again);
}

#[test]
fn what_cannot_be_imported_has_a_way_out() {
    let import = |test: Test, arguments: &[&str]| {
        test.args(["import", "--into", "knowledge"]).args(arguments.iter().copied()).run().status(2)
    };
    assert_snapshot!(
        import(with_files().file("faq.docx", "x"), &["faq.docx"]),
        import(with_files(), &["pier.md", "--as", "json"]),
        import(with_files().file("x.csv", "Name,Notes\na,b\n"), &["x.csv"]),
        import(with_files(), &["none.csv"]),
        import(with_files().file("knowledge/a.toml", "x"), &["faq.csv"]),
    );
}

#[test]
fn a_base_is_exported_in_three_forms() {
    let export = |form: &str| Test::new().args(["export", "--as", form]).run().status(0);
    let json: serde_json::Value = serde_json::from_str(&export("json").stdout).unwrap();
    assert_eq!(json[2]["claimed_by"], "Ada Quill");
    assert_snapshot!(export("csv"), export("markdown"));
}
