//! `footnote ask`: questions on the terminal.

use std::io::{BufRead, BufReader, Write};

use serde_json::json;

use crate::support::footnote::Test;

#[test]
fn an_answer_shows_question_answer_and_numbered_sources() {
    let run = Test::new().args(["ask", "ferry", "fare"]).run().status(0);
    let expected = "\
How much does the ferry cost?

  A crossing costs 3 crowns:
  • children pay 1
  • dogs travel free
  As of May 2024

  [1] The Harbour Almanac · overview · paragraph 3
  [2] Letters from the Pier · Ada Quill, Pier Press · opinion piece · May 2024 · paragraph 1
      By kind permission of Ada Quill
      https://pier.example
";
    assert_eq!(run.stdout, expected);
    assert_eq!(run.stderr, "");
}

#[test]
fn a_claim_and_a_dispute_are_told_as_such() {
    Test::new()
        .args(["ask", "is the pier ugly"])
        .run()
        .status(0)
        .stdout_has("\n  Claim by Ada Quill — opinion piece\n");
    Test::new().args(["ask", "length of the pier"]).run().status(0).stdout_has("  Disputed — the sources differ\n");
}

#[test]
fn json_has_the_documented_shape() {
    let run = Test::new().args(["ask", "--json", "ferry fare"]).run().status(0);
    let reply = &run.json_lines()[0];
    assert_eq!(reply["question"], "ferry fare");
    assert_eq!(reply["outcome"], "answer");
    assert_eq!(reply["confidence"], 1.0);
    assert_eq!(
        reply["answer"],
        json!({
            "id": "ferry-price",
            "question": "How much does the ferry cost?",
            "text": "A crossing costs 3 crowns:\n- children pay 1\n- dogs travel free",
            "standing": "reported",
            "claimed_by": null,
            "as_of": "2024-05",
            "citations": [
                {"number": 1, "source": "almanac", "title": "The Harbour Almanac", "author": null, "publisher": null,
                 "kind": "overview", "url": null, "paragraph": 3},
                {"number": 2, "source": "letters", "title": "Letters from the Pier", "author": "Ada Quill",
                 "publisher": "Pier Press", "kind": "opinion", "url": "https://pier.example", "paragraph": 1},
            ],
        })
    );
    assert_eq!(
        reply["candidates"][0],
        json!({"id": "ferry-price", "question": "How much does the ferry cost?", "confidence": 1.0})
    );
    let keys: Vec<&String> = reply.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["answer", "candidates", "confidence", "outcome", "question"]);
}

#[test]
fn typing_errors_and_other_words_find_the_entry() {
    for question in ["wen was teh lighthuose bulit", "LIGHTHOUSE — construction date?", "when was the beacon built"] {
        let run = Test::new().args(["ask", "--json", question]).run();
        assert_eq!(run.json_lines()[0]["candidates"][0]["id"], "lighthouse-built", "{question}");
    }
}

#[test]
fn another_form_of_a_known_word_is_no_typing_error() {
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
    let run = test.args(["ask", "--json", "what was assigned"]).run();
    assert_eq!(run.json_lines()[0]["candidates"][0]["id"], "keeper-assignments", "{}", run.stdout);
}

#[test]
fn what_the_base_does_not_say_is_not_answered() {
    for question in ["who won the 2023 champions league", "asdfgh", "", "?!", "🤔", "the of and"] {
        let run = Test::new().args(["ask", "--json", question]).run().status(1);
        let reply = &run.json_lines()[0];
        assert_eq!(reply["outcome"], "unknown", "{question}");
        assert!(reply["answer"].is_null());
    }
    Test::new().args(["ask", "asdfgh"]).run().status(1).stdout_has("I don't know.");
}

#[test]
fn a_decisive_word_that_no_entry_has_prevents_an_answer() {
    for question in ["who painted the lighthouse", "how much does the ferry weigh", "when was the hospital built"] {
        let run = Test::new().args(["ask", "--json", question]).run().status(1);
        assert_ne!(run.json_lines()[0]["outcome"], "answer", "{question}");
    }
}

#[test]
fn between_the_thresholds_candidates_are_offered() {
    let run = Test::new()
        .file("config.toml", "[answer]\nanswer_at = 1.0\nsuggest_at = 0.05\n")
        .args(["ask", "something about the pier"])
        .run()
        .status(1);
    assert!(run.stdout.starts_with("Did you mean one of these?\n  1. "), "{}", run.stdout);
    assert!(run.stdout.contains("How long is the pier?"), "{}", run.stdout);
}

#[test]
fn the_shipped_base_answers_the_main_question_however_it_is_typed() {
    for question in ["when did kfor deploy", "wen did kforr arive in kosvo", "date of the KFOR deployment"] {
        let run = Test::shipped().args(["ask", "--json", question]).run().status(0);
        let reply = &run.json_lines()[0];
        assert_eq!(reply["outcome"], "answer", "{question}");
        assert!(reply["answer"]["text"].as_str().unwrap().contains("12 June 1999"), "{reply}");
        assert_eq!(reply["answer"]["citations"][0]["source"], "nato-role");
    }
    for question in ["who won the 2023 champions league", "asdfgh"] {
        let run = Test::shipped().args(["ask", "--json", question]).run().status(1);
        assert_eq!(run.json_lines()[0]["outcome"], "unknown", "{question}");
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
fn without_a_question_and_a_terminal_it_says_what_is_missing() {
    Test::new().args(["ask"]).run().status(2).stderr_has("no question given").stderr_has("--batch");
}

#[test]
fn output_that_is_no_terminal_has_no_colour() {
    let run = Test::new().args(["ask", "ferry fare"]).run().status(0);
    assert!(!run.stdout.contains('\u{1b}'));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    Test::new().args(["ask", "--batch", "a question"]).run().status(2);
    Test::new().args(["serv"]).run().status(2).stderr_has("serve");
}
