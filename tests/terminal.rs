//! What a terminal receives: no character of a base or a member that would control it, and
//! Discord's Markdown as a reader expects it.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tempfile::TempDir;

use crate::support::footnote::{HARBOUR, Run, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;

/// Sets colours, moves the cursor, changes the direction of writing, and breaks the line.
const HOSTILE: &str = "safe \u{202e}gnp.exe \u{2066}hidden\u{2069} \u{2028}next \u{1b}[31mred\u{9b}2J \u{200b}end";

/// Line breaks are the only control characters allowed.
#[track_caller]
fn assert_clean(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        let is_hostile =
            |c: char| c != '\n' && (c.is_control() || HOSTILE.chars().filter(|c| !c.is_ascii()).any(|h| h == c));
        assert_eq!(
            text.find(is_hostile).map(|at| text[at..].escape_unicode().take(12).collect::<String>()),
            None,
            "{text:?}"
        );
    }
}

fn check_with(file: &str, before: &str, after: &str) -> Run {
    let original = if file == "sources.toml" { SOURCES } else { HARBOUR };
    assert!(original.contains(before), "{before:?} is not in {file}");
    let changed = original.replacen(before, after, 1);
    Test::new().file(&format!("knowledge/{file}"), changed).args(["check"]).run()
}

fn ask_with(answer: &str) -> Test {
    let answer = format!("answer = \"\"\"\n{answer}\"\"\"");
    let base = HARBOUR.replace("answer = \"The lighthouse was built in **1884**.\"", &answer);
    Test::new().file("knowledge/harbour.toml", base).args(["ask", "When was the lighthouse built?"])
}

/// A journal with one question, as if written by a version that cleaned nothing.
async fn journal_with(question: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    Test::at(folder.path()).file("data/footnote.db", "").args(["journal", "gaps"]).run().status(0);
    let options = SqliteConnectOptions::new().filename(folder.path().join("data/footnote.db"));
    let mut journal: SqliteConnection = options.connect().await.unwrap();
    let row = "INSERT INTO gaps \
               (server, question, group_key, example, asked, first_seen, last_seen) \
               VALUES (0, ?1, '00000000000000aa', ?1, 1, 0, 0)";
    sqlx::query(row).bind(question).execute(&mut journal).await.unwrap();
    journal.close().await.unwrap();
    folder
}

#[tokio::test]
async fn members_questions_reach_the_terminal_cleaned() {
    let folder = journal_with(HOSTILE).await;
    let run = Test::at(folder.path()).args(["journal", "gaps"]).run().status(0);
    assert_clean(&run);
    assert_snapshot!(run);
}

#[tokio::test]
async fn members_questions_in_json_are_escaped_and_whole() {
    let folder = journal_with(HOSTILE).await;
    for arguments in [&["journal", "export"][..], &["journal", "gaps", "--json"]] {
        let run = Test::at(folder.path()).args(arguments.iter().copied()).run().status(0);
        assert_clean(&run);
        let line = run.json_lines().remove(0);
        let question = if line["question"].is_null() { &line["wordings"][0] } else { &line["question"] };
        assert_eq!(question, HOSTILE, "{arguments:?}");
    }
}

#[test]
fn a_base_must_not_have_control_characters_anywhere() {
    let places = [
        ("harbour.toml", "The harbour", "title"),
        ("harbour.toml", "The lighthouse, the", "summary"),
        ("harbour.toml", "\"lighthouse-built\"", "id"),
        ("harbour.toml", "When was the", "question"),
        ("harbour.toml", "year the lighthouse", "phrasings"),
        ("harbour.toml", "beacon", "keywords"),
        ("harbour.toml", "The lighthouse was built", "answer"),
        ("harbour.toml", "reported", "standing"),
        ("harbour.toml", "[\"ferry-price", "related"),
        ("harbour.toml", "[\"built in", "evidence"),
        ("sources.toml", "The Harbour", "title"),
        ("sources.toml", "Ada", "author"),
        ("sources.toml", "Pier Press", "publisher"),
        ("sources.toml", "By kind", "credit"),
        ("sources.toml", "https://", "url"),
    ];
    for (file, before, key) in places {
        let place = format!("--> knowledge/{file}:");
        for (control, code) in
            [("\\u001b", "U+001B"), ("\u{202e}", "U+202E"), ("\u{2028}", "U+2028"), ("\u{9b}", "U+009B")]
        {
            let (first, rest) = before.split_at(before.len() - 1);
            let run = check_with(file, before, &format!("{first}{control}{rest}")).status(1);
            assert_clean(&run);
            for expected in [&format!("`{key}` has the control character {code}"), &place, "help: remove it"] {
                assert!(run.stdout.contains(expected), "no {expected:?} in {}", run.stdout);
            }
        }
    }
}

#[test]
fn a_control_character_is_shown_where_it_is() {
    let synonyms = "[[group]]\nwords = [\"quay\", \"\\u0007jetty\"]\n";
    let run = Test::new().file("knowledge/synonyms.toml", synonyms).args(["check"]).run().status(1);
    let line_break = check_with("harbour.toml", "year the lighthouse", "year\\nthe").status(1);
    assert_snapshot!(run, line_break);
}

#[test]
fn prose_may_have_lines_and_tabs_and_marks_of_its_script() {
    for answer in ["The lighthouse was\\nbuilt in\\t1884.", "The lighthouse was \u{200f}built\u{200f} in 1884."] {
        check_with("harbour.toml", "The lighthouse was built in **1884**.", answer).status(0);
    }
    let windows = HARBOUR.replace("\"A crossing costs", "\"\"\"A crossing\ncosts").replace("free\"", "free\"\"\"");
    Test::new().file("knowledge/harbour.toml", windows.replace('\n', "\r\n")).args(["check"]).run().status(0);
}

#[test]
fn an_error_marks_its_place_though_something_before_it_is_cleaned() {
    let run = check_with("harbour.toml", "keywords =", "\"\u{2028}\u{9b}\" = 1\nkeyword =").status(1);
    assert_clean(&run);
    assert_snapshot!(run);
}

#[test]
fn names_of_files_and_folders_are_cleaned() {
    let run = Test::new().file("knowledge/e\u{1b}[31m\u{202e}.toml", "x").args(["check"]).run().status(1);
    assert_clean(&run);
    let folder = Test::empty().args(["--knowledge", "no\u{1b}[31m\u{202e}where", "check"]).run().status(2);
    assert_clean(&folder);
    assert_snapshot!(run, folder);
}

#[test]
fn an_answer_is_cleaned_even_of_what_a_base_may_have() {
    let run = ask_with("The \u{200f}lighthouse\u{200b} was built in\t1884.").run().status(0);
    assert_clean(&run);
    assert_snapshot!(run);
}

#[test]
fn question_sets_and_training_sets_reach_the_terminal_cleaned() {
    let line = |question: &str, entry: &str| serde_json::json!({ "q": question, "entry": entry }).to_string() + "\n";
    let test = Test::empty()
        .file("train.jsonl", line("opening hours", HOSTILE) + &line("closing day", "other"))
        .file("set.jsonl", line(&format!("opening hours {HOSTILE}"), "other"))
        .args(["eval", "--train", "train.jsonl", "set.jsonl"]);
    let run = test.run().status(0);
    assert_clean(&run);
    assert_snapshot!(run);
}

#[test]
fn markdown_is_shown_as_text() {
    let answer = "\
**Built** in `1884`, see [the _almanac_](https://almanac.example/a_b_c).
||It is haunted.|| Not eaten: 2**3, a*b*c, snake_case_name.
> quoted
- an item";
    let run = ask_with(answer).run().status(0);
    assert_snapshot!(run);
}

#[test]
fn bold_is_bold_where_there_is_colour() {
    let asked = || ask_with("Built in **1884**.").env("CLICOLOR_FORCE", "1");
    assert_snapshot!(asked().run().status(0), asked().env("NO_COLOR", "1").run().status(0));
}
