//! The slips that people make in TOML, and whether `check` says what to write instead.
//!
//! Each is a topic file of its own. The snapshot shows the file and, below it, what was said.

use std::fmt::Write as _;

use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;

const ENTRY: &str = "title = \"Rules\"\n\n[[entry]]\nid = \"swear\"\nquestion = \"Can I swear?\"\n\
    answer = \"No.\"\nphrasings = [\"swearing\", \"bad words\", \"may I curse\", \"rude talk\", \
    \"insults ok\"]\n\
    citations = [{ source = \"almanac\", paragraph = 2, evidence = [\"30 metres\"] }]\n";

/// The valid file with one text replaced.
#[track_caller]
fn with(before: &str, after: &str) -> String {
    assert!(ENTRY.contains(before), "{before:?} is not in the file");
    ENTRY.replacen(before, after, 1)
}

/// Says of a file all that `check` does, a line for each problem.
fn said_of(topic: &str) -> String {
    let test = Test::new().file("knowledge/rules.toml", topic);
    let run = test.args(["check", "--format", "short"]).run().status(1);
    let lines = run.stdout.lines().filter(|line| line.contains("rules.toml")).map(str::to_owned);
    lines.collect::<Vec<_>>().join("\n")
}

/// Compares what is said of each file with the snapshot. Each must be told with its place, and with
/// what to write.
#[track_caller]
fn told(files: &[String]) -> String {
    let mut told = String::new();
    for file in files {
        let said = said_of(file);
        assert!(!said.is_empty(), "nothing is said of\n{file}");
        for line in said.lines() {
            let place = line.split(": ").next().unwrap_or_default();
            let has_place = place.split(':').skip(1).filter(|part| part.parse::<usize>().is_ok()).count() == 2;
            assert!(has_place && line.contains("; "), "no place or no advice: {line}");
        }
        let changed = file.lines().filter(|line| !ENTRY.lines().any(|known| known == *line));
        let shown: Vec<String> = changed.map(|line| format!("    {}", line.escape_debug())).collect();
        writeln!(told, "{}\n{said}\n", shown.join("\n")).expect("a string takes everything");
    }
    told
}

#[test]
fn slips_of_syntax_are_explained() {
    let title = |text: &str| with("title = \"Rules\"", text);
    let question = |text: &str| with("question = \"Can I swear?\"", text);
    assert_snapshot!(
        told(&[
            with("answer = \"No.\"", "id = \"again\""),
            with("answer = \"No.\"", "answer = \"No.\"\nanswer = \"Yes.\""),
            with("title = \"Rules\"\n", "title = \"Rules\"\ntitle = \"Chat\"\n"),
            with("\n[[entry]]", "[defaults]\nsource = \"almanac\"\n[defaults]\nas_of = \"2024\"\n[[entry]]"),
            question("question = “Can I swear?”"),
            question("question: \"Can I swear?\""),
            question("question \"Can I swear?\""),
            question("question = Can I swear?"),
            question("question = "),
            question("question = \"Can I swear?"),
            question("question = \"Can I say \"damn\"?\""),
            question("question = \"Can I swear?\";"),
            question("question = \"In C:\\chat?\""),
            question("the question = \"Can I swear?\""),
            with("answer = \"No.\"", "answer = No, please don't"),
            with("answer = \"No.\"", "answer = \"\"\"No.\nNever."),
            with("answer = \"No.\"", "answer = \"No.\"\npinned = True"),
            with("answer = \"No.\"", "answer = \"No.\"\nas_of = 2025-03"),
            with("paragraph = 2", "paragraph = 02"),
            with("\"insults ok\"]", "\"insults ok\""),
            with("\"swearing\", ", "\"swearing\" "),
            with("[[entry]]", "[[entry]"),
            title("// rules of the chat\ntitle = \"Rules\""),
            with("id = \"swear\"", "  - id: swear"),
            title("title = \"Rules\"\n- swearing\n"),
            with(
                "answer = \"No.\"",
                "<<<<<<< HEAD\nanswer = \"No.\"\n=======\nanswer = \
                \"Yes.\"\n>>>>>>> other"
            ),
            title("{ \"title\": \"Rules\" }"),
            title("\u{feff}title = \"Rules\"\n\u{feff}summary = \"x\""),
            title("title = \"Rules\"\rsummary = \"x\"\r"),
            title("title.en = \"Rules\"\ntitle = \"Rules\""),
        ])
        .as_str()
    );
}

#[test]
fn slips_of_form_are_explained_with_what_this_base_has() {
    let question = |text: &str| with("question = \"Can I swear?\"", text);
    assert_snapshot!(
        told(&[
            with("[[entry]]", "[[entries]]"),
            with("[[entry]]", "[entry]"),
            with("id = \"swear\"\n", ""),
            question("Question = \"Can I swear?\""),
            question("question = \" \""),
            with("\"swearing\"", "\"\""),
            with("answer = \"No.\"", "answer = \"No.\"\nas_of = \"\""),
            with("\"swear\"", "\"Öne_Two\""),
            with("title = \"Rules\"\n", ""),
            with("source = \"almanac\"", "source = \"almanach\""),
            with("source = \"almanac\", ", ""),
            with("paragraph = 2", "paragraph = \"2\""),
            with("citations = [", "# citations = ["),
            with("answer = \"No.\"", "answer = \"No.\"\nrelated = \"crane-height\""),
            with("answer = \"No.\"", "answer = \"No.\"\npinned = \"yes\""),
            with("answer = \"No.\"", "answer = \"No.\"\nstanding = \"true\""),
            with("answer = \"No.\"", "answer = \"No.\"\nclaimed_by = \"Ada\""),
            with("answer = \"No.\"", "answer = \"No.\"\nimage = \"map.png\""),
            with(
                "answer = \"No.\"",
                "answer = \"No.\"\nlinks = [{ title = \"Map\", url = \
                \"javascript:alert(1)\" }]"
            ),
            with("evidence = [\"30 metres\"]", "anchor = \"crane\""),
        ])
        .as_str()
    );
}

#[test]
fn what_is_valid_and_yet_a_slip_is_warned_of() {
    let long = format!("\"{}\"", "swear ".repeat(60).trim_end());
    assert_snapshot!(
        told(&[
            with("answer = \"No.\"", "answer = \"** **\""),
            with("answer = \"No.\"", "answer = \"Write ``` before it.\""),
            with(
                "answer = \"No.\"",
                "answer = \"See [a](/wiki), [b](javascript:alert) and \
                [c](http://c.example).\""
            ),
            with("answer = \"No.\"", "answer = \"Ask @everyone.\""),
            with("answer = \"No.\"", "answer = \"No.\"\nas_of = \"9999-12-31\""),
            with("answer = \"No.\"", "answer = \"No.\"\nkeywords = [\"curse\", \"Curse\"]"),
            with("answer = \"No.\"", "answer = \"No.\"\nimage = \"http://pier.example/a.png\""),
            with("\"insults ok\"", &long),
            with(", evidence = [\"30 metres\"]", ""),
            with("] }]", "] }, { source = \"almanac\", paragraph = 2, evidence = [\"metres\"] }]"),
        ])
        .as_str()
    );
}

#[test]
fn a_community_needs_no_citation_an_entry() {
    let rules = "[[source]]\nid = \"rules\"\ntitle = \"Rules of the chat\"\nkind = \
        \"rules\"\ndefault = true\n";
    let topic = "title = \"Rules\"\n[[entry]]\nid = \"swear\"\nquestion = \"Can I \
        swear?\"\nanswer = \"No.\"\n";
    let test = || Test::empty().file("knowledge/sources.toml", rules).file("knowledge/rules.toml", topic);
    let found = test().args(["check", "--format", "short"]).run().status(1);
    assert!(found.stdout.contains("0 errors"), "{}", found.stdout);
    let answer = test().args(["ask", "can I swear"]).run().status(0);
    assert!(answer.stdout.contains("Rules of the chat"), "{}", answer.stdout);
    let json = test().args(["ask", "--json", "can I swear"]).run().status(0);
    assert!(!json.stdout.contains("paragraph"), "{}", json.stdout);
}
