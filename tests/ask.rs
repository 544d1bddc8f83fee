//! `footnote ask`: questions on the terminal.

use std::fs;
use std::io::{BufRead, BufReader, Write};

use crate::support::discord::{NEAREST, UNSURE};
use crate::support::footnote::{HARBOUR, INN, Run, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;

fn asked(question: &str) -> Run {
    Test::new().args(["ask", question]).run()
}

fn asked_for_json(test: Test, question: &str) -> Run {
    test.args(["ask", "--json", question]).run()
}

/// The entry found first, whatever the outcome.
fn found(test: Test, question: &str) -> String {
    asked_for_json(test, question).json()["candidates"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_answer_shows_question_answer_and_numbered_sources() {
    let run = Test::new().args(["ask", "ferry", "fare"]).run().status(0);
    assert!(!run.stdout.contains('\u{1b}'), "no colour where there is no terminal");
    assert_snapshot!(run);
}

#[test]
fn a_claim_and_a_dispute_are_shown_as_such() {
    assert_snapshot!(asked("does quill find the pier ugly").status(0), asked("length of the pier").status(0));
}

#[test]
fn json_has_the_documented_shape() {
    let unsure = Test::new().file("config.toml", UNSURE);
    let nearest = Test::new().file("config.toml", NEAREST);
    assert_snapshot!(
        asked_for_json(Test::new(), "ferry fare").status(0).spread(),
        asked_for_json(Test::new(), "does quill find the pier ugly").status(0).spread(),
        asked_for_json(unsure, "something about the pier").status(1).spread(),
        asked_for_json(nearest, "something about the ferry").status(1).spread(),
        asked_for_json(Test::new(), "asdfgh").status(1).spread(),
    );
}

#[test]
fn typing_errors_and_other_words_find_the_entry() {
    for question in ["wen was teh lighthuose bulit", "LIGHTHOUSE — construction date?", "when was the beacon built"] {
        assert_eq!(found(Test::new(), question), "lighthouse-built", "{question}");
    }
}

#[test]
fn another_form_of_a_known_word_is_not_a_typing_error() {
    let base = r#"
        title = "The keeper"

        [[entry]]
        id = "keeper-contract"
        question = "When was the contract signed?"
        phrasings = ["signed contract", "date of the contract"]
        answer = "It was signed in May."
        standing = "reported"
        citations = [{ source = "almanac", paragraph = 1, evidence = ["signed in May"] }]

        [[entry]]
        id = "keeper-assignments"
        question = "What are the keeper's assignments?"
        phrasings = ["keeper assignments", "work of the keeper"]
        answer = "He trims the lamp."
        standing = "reported"
        citations = [{ source = "almanac", paragraph = 2, evidence = ["trims the lamp"] }]
    "#;
    let test = Test::new().without("knowledge/harbour.toml").file("knowledge/keeper.toml", base);
    assert_eq!(found(test, "what was assigned"), "keeper-assignments");
}

#[test]
fn what_the_base_does_not_say_is_not_answered() {
    for question in ["who won the 2023 champions league", "asdfgh", "?!", "🤔", "the of and"] {
        let reply = asked_for_json(Test::new(), question).status(1).json();
        assert_eq!(reply["outcome"], "unknown", "{question}");
        assert!(reply["answer"].is_null());
    }
    assert_snapshot!(asked("asdfgh").status(1));
}

#[test]
fn a_decisive_word_that_no_entry_has_prevents_an_answer() {
    for question in ["who painted the lighthouse", "how much does the ferry weigh", "when was the hospital built"] {
        let reply = asked_for_json(Test::new(), question).status(1).json();
        assert_ne!(reply["outcome"], "answer", "{question}");
    }
}

#[test]
fn between_the_thresholds_candidates_are_offered() {
    let test = Test::new().file("config.toml", UNSURE);
    assert_snapshot!(test.args(["ask", "something about the pier"]).run().status(1));
}

#[test]
fn the_nearest_entry_is_no_answer_and_other_candidates_follow_it() {
    let test = Test::new().file("config.toml", NEAREST);
    assert_snapshot!(test.args(["ask", "something about the price of the ferry and the pier"]).run().status(1));
}

#[test]
fn the_shipped_base_answers_the_main_question_however_it_is_typed() {
    for question in ["when did kfor deploy", "wen did kforr arive in kosvo", "date of the KFOR deployment"] {
        let reply = asked_for_json(Test::shipped(), question).status(0).json();
        assert_eq!(reply["outcome"], "answer", "{question}");
        assert!(reply["answer"]["text"].as_str().unwrap().contains("12 June 1999"), "{reply}");
        assert_eq!(reply["answer"]["citations"][0]["source"], "nato-role");
    }
    for (question, shown) in [("who won the 2023 champions league", "suggest"), ("asdfgh", "unknown")] {
        let reply = asked_for_json(Test::shipped(), question).status(1).json();
        assert!(["unknown", shown].map(Into::into).contains(&reply["outcome"]), "{question}: {reply}");
    }
}

#[test]
fn batch_replies_to_each_line_before_it_reads_the_next() {
    let test = Test::new().args(["ask", "--json", "--batch"]);
    let mut child = test.command().spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    for (question, outcome) in [("ferry fare", "answer"), ("", "unknown"), ("asdfgh", "unknown")] {
        writeln!(input, "{question}").unwrap();
        let reply: serde_json::Value = serde_json::from_str(&output.next().unwrap().unwrap()).unwrap();
        assert_eq!(reply["question"], question);
        assert_eq!(reply["outcome"], outcome);
    }
    drop(input);
    assert!(output.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn batch_survives_lines_that_are_not_utf8() {
    let run = Test::new().args(["ask", "--json", "--batch"]).stdin(b"\xff\xfe\r\nferry fare").run().status(0);
    let outcomes: Vec<_> = run.json_lines().iter().map(|reply| reply["outcome"].clone()).collect();
    assert_eq!(outcomes, ["unknown", "answer"]);
}

#[test]
fn a_batch_of_text_has_a_blank_line_between_two_replies() {
    let run = Test::new().args(["ask", "--batch"]).stdin("does quill find the pier ugly\nasdfgh\n").run().status(0);
    assert_snapshot!(run.with_comment("does quill find the pier ugly | asdfgh"));
}

#[test]
fn without_a_question_and_a_terminal_it_says_what_is_missing() {
    for nothing in ["", "   ", "\n"] {
        for run in [Test::new().args(["ask", nothing]).run(), Test::new().args(["ask"]).stdin(nothing).run()] {
            assert!(run.status(2).stderr.contains("no question given"), "{nothing:?}");
        }
    }
    assert_snapshot!(Test::new().args(["ask"]).run().status(2));
}

#[test]
fn standard_input_is_a_question_where_it_is_no_terminal() {
    let piped = Test::new().args(["ask"]).stdin("ferry fare\n").run().status(0);
    let typed = Test::new().args(["ask", "ferry fare"]).run().status(0);
    assert_eq!(piped.stdout, typed.stdout);
    Test::new().args(["ask", "-j"]).stdin("asdfgh").run().status(1).json();
}

#[test]
fn variables_name_the_files_and_options_come_first() {
    let test = || {
        let named = Test::empty().file("kb/sources.toml", SOURCES).file("kb/harbour.toml", HARBOUR);
        named.file("other.toml", "knowledge = \"none\"\n").env("FOOTNOTE_CONFIG", "other.toml")
    };
    test().env("FOOTNOTE_KNOWLEDGE", "kb").args(["ask", "ferry fare"]).run().status(0);
    test().env("FOOTNOTE_KNOWLEDGE", "none").args(["-k", "kb", "ask", "ferry fare"]).run().status(0);
    assert!(test().args(["ask", "ferry fare"]).run().status(2).stderr.contains("`none`"));
}

#[test]
fn an_option_that_would_be_ignored_is_refused_and_not_shown() {
    let uses = [("check", true, true), ("config", true, true), ("eval", true, true), ("import", true, true)];
    let some =
        [("journal", true, false), ("stats", true, false), ("suggestions", true, false), ("health", true, false)];
    let none = [("init", false, false), ("schema", false, false), ("completions", false, false), ("man", false, false)];
    for (name, config, knowledge) in uses.into_iter().chain(some).chain(none) {
        let help = Test::empty().args([name, "--help"]).run().status(0).stdout;
        assert_eq!([help.contains("--config"), help.contains("--knowledge")], [config, knowledge], "{name}: {help}");
    }
    let refused = |arguments: &[&str]| Test::new().args(arguments.iter().copied()).run().status(2);
    let test = Test::empty().keep();
    Test::at(test.path()).args(["--knowledge", "other", "init", "new"]).run().status(2);
    assert!(!test.path().join("new").exists());
    Test::new().args(["-c", "config.toml", "config"]).file("config.toml", "").run().status(0);
    assert!(Test::empty().file("config.toml", "x").args(["schema", "topic"]).run().status(0).stdout.contains("entry"));
    assert_snapshot!(
        refused(&["init", "-k", "other", "new"]),
        refused(&["-c", "config.toml", "man"]),
        refused(&["journal", "forget", "1", "-k", "knowledge"]),
    );
}

#[test]
fn shells_and_manuals_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = Test::empty().args(["completions", shell]).run().status(0).stdout;
        assert!(script.contains("import") && script.contains("dry-run"), "{shell}: {script}");
    }
    let test = Test::empty().keep();
    Test::at(test.path()).args(["man", "pages"]).run().status(0);
    let page = fs::read_to_string(test.path().join("pages/footnote-journal-purge.1")).unwrap();
    assert!(page.contains("older"), "{page}");
    assert!(Test::empty().args(["man"]).run().status(0).stdout.contains(".SH NAME"));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let wrong = |arguments: &[&str]| Test::new().args(arguments.iter().copied()).run().status(2);
    assert_snapshot!(
        wrong(&["ask", "--batch", "a question"]),
        wrong(&["serv"]),
        wrong(&["ask", "--jsn", "a"]),
        wrong(&[])
    );
}

#[test]
fn help_names_every_subcommand_and_option() {
    let help = |arguments: &[&str]| Test::empty().args(arguments.iter().copied()).run().status(0);
    assert_snapshot!(
        help(&["--help"]),
        help(&["-h"]),
        help(&["--version"]),
        help(&["ask", "--help"]),
        help(&["serve", "--help"]),
        help(&["check", "--help"]),
        help(&["eval", "--help"]),
        help(&["journal", "--help"]),
        help(&["journal", "gaps", "--help"]),
        help(&["journal", "export", "--help"]),
        help(&["journal", "purge", "--help"]),
        help(&["journal", "forget", "--help"]),
        help(&["init", "--help"]),
        help(&["add", "--help"]),
        help(&["import", "--help"]),
        help(&["export", "--help"]),
        help(&["fmt", "--help"]),
    );
}

#[test]
fn to_say_a_word_again_and_again_makes_nothing_surer() {
    let said = |times: usize| {
        let reply = asked_for_json(Test::new(), &"harbour gull ".repeat(times)).json();
        (reply["outcome"].clone(), reply["confidence"].clone())
    };
    assert_eq!(said(3), said(100));
}

#[test]
fn json_has_the_address_of_an_entrys_page_if_there_are_pages() {
    let config = "[web]\npublic_url = \"https://faq.example/pier\"\n\n\
        [[server]]\nid = \"41\"\nknowledge = [\"own\"]\n";
    let test = Test::new().file("config.toml", config).keep();
    let test = test.file("own/sources.toml", SOURCES).file("own/inn.toml", INN);
    let ask = |arguments: &[&str]| {
        let words = ["ask", "--json"].into_iter().chain(arguments.iter().copied());
        Test::at(test.path()).args(words).run().status(0).json()
    };
    let reply = ask(&["ferry", "fare"]);
    let address = "https://faq.example/pier/e/ferry-price";
    assert_eq!([&reply["answer"]["page"], &reply["candidates"][0]["page"]], [address; 2]);
    // Nobody but its server sees the base of a server.
    assert_eq!(ask(&["--server", "41", "inn", "hours"])["answer"].get("page"), None);
}
