//! A curator's desk: from nothing to a base, and the work on its files.

mod typing;

use std::fs;
use std::path::Path;

use crate::support::footnote::{HARBOUR, Test};
use crate::support::snapshot::assert_snapshot;
use crate::support::terminal::typed;

/// The block of this language below a heading of docs/KNOWLEDGE.md.
fn block(language: &str) -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/KNOWLEDGE.md")).unwrap();
    let section = page.split("## Your first base in ten minutes").nth(1).unwrap();
    let block = section.split(&format!("```{language}\n")).nth(1).unwrap();
    block.split("```").next().unwrap().to_owned()
}

/// The words of a command, as a shell divides them.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, piece) in line.split('"').enumerate() {
        if number % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn the_first_base_is_made_as_the_guide_says() {
    let test = Test::empty().file("faq.csv", block("csv")).keep();
    let commands = block("sh");
    let commands: Vec<Vec<String>> = commands.lines().map(words).collect();
    assert_eq!(commands.len(), 5, "five commands: {commands:?}");
    let run = |command: &Vec<String>| {
        assert_eq!(command[0], "footnote");
        Test::at(test.path()).args(command[1..].iter().map(String::as_str)).run().status(0)
    };
    run(&commands[0]);
    // What init writes is a base without a fault, before and after it is in order.
    let check = Test::at(test.path()).args(["check"]).run().status(0);
    assert!(check.stdout.contains("0 errors, 0 warnings"), "{}", check.stdout);
    Test::at(test.path()).args(["fmt", "--check"]).run().status(0);
    // Its question set comes out right, and its one answer cites no document that does not say it.
    let comes_out_right = || {
        let measured = Test::at(test.path()).args(["eval", "questions.jsonl"]).run().status(0).stdout;
        for row in ["  right                 1  100.0%", "  refused               1  100.0%"] {
            assert!(measured.contains(row), "{measured}");
        }
    };
    comes_out_right();
    let first = Test::at(test.path()).args(["ask", "what can i ask you"]).run().status(0);
    assert!(first.stdout.ends_with("[1] About this bot · documentation\n"), "{}", first.stdout);
    let runs: Vec<_> = commands[1..].iter().map(run).collect();
    comes_out_right();
    // What the workflow runs does not fail because of warnings.
    Test::at(test.path()).args(["check"]).run().status(1);
    let workflow = fs::read_to_string(test.path().join(".github/workflows/knowledge.yml")).unwrap();
    let steps: Vec<Vec<String>> =
        workflow.lines().filter_map(|line| line.trim().strip_prefix("run: footnote ")).map(words).collect();
    assert_eq!(steps.len(), 2, "{workflow}");
    for step in steps {
        Test::at(test.path()).args(step.iter().map(String::as_str)).run().status(0);
    }
    for (run, answer) in runs[1..].iter().zip(["9:00 to 18:00", "10 crowns", "café downstairs"]) {
        assert!(run.stdout.contains(answer), "{}", run.stdout);
    }
    let again = Test::at(test.path()).args(["init"]).run().status(2);
    assert_snapshot!(again);
}

#[test]
fn a_new_entry_is_shown_with_what_it_takes_before_it_is_written() {
    let test = Test::new().keep();
    let add = |arguments: &[&str]| {
        let entry =
            ["add", "--question", "What does the ferry ticket cost?", "--topic", "harbour", "--source", "almanac"];
        Test::at(test.path()).args(entry).args(arguments.iter().copied()).run()
    };
    let options = [
        "--answer",
        "Three crowns.",
        "-p",
        "price of a ferry ticket today",
        "--paragraph",
        "3",
        "--evidence",
        "3 crowns",
    ];
    let shown = add(&[&options[..], &["--dry-run"]].concat()).status(0);
    let file = || fs::read_to_string(test.path().join("knowledge/harbour.toml")).unwrap();
    assert_eq!(file(), HARBOUR);
    let missing = add(&[]).status(2);
    let added = add(&options).status(0);
    assert!(file().starts_with(HARBOUR) && file().contains("id = \"what-does-the-ferry-ticket-cost\""));
    assert!(added.stdout.ends_with("added `what-does-the-ferry-ticket-cost`\n"));
    let refused = add(&["--answer", "x", "--id", "ferry-price"]).status(2);
    assert_snapshot!(shown, missing, refused);
}

#[test]
fn an_entry_begins_a_topic_in_a_group_and_says_only_what_is_not_usual() {
    let test = Test::empty().keep();
    let run = |arguments: &[&str]| Test::at(test.path()).args(arguments.iter().copied()).run();
    run(&["init", "--source", "House rules"]).status(0);
    let add = |topic: &str, title: &[&str]| {
        let entry = ["add", "--question", "When is tea?", "--answer", "At four.", "--topic", topic];
        run(&[&entry[..], title].concat())
    };
    let named = ["--title", "Tea"];
    for (topic, why) in [
        ("a/b/tea", "cannot name a topic: use lower-case letters"),
        ("Rooms/tea", "cannot name a topic: use lower-case letters"),
        ("rooms/sources", "because `sources.toml` is no topic"),
        ("rooms/general", "there is a topic `general`, and names are unique"),
    ] {
        let refused = add(topic, &named).status(2);
        assert!(refused.stderr.contains(why), "{topic}: {}", refused.stderr);
    }
    assert!(add("rooms/tea", &[]).status(2).stderr.contains("(--title)"));
    assert!(!test.path().join("knowledge/rooms").exists());
    let added = add("rooms/tea", &named).status(0);
    assert!(!added.stdout.contains("of members"), "{}", added.stdout);
    let file = fs::read_to_string(test.path().join("knowledge/rooms/tea.toml")).unwrap();
    let usual = "title = \"Tea\"\n\n[[entry]]\nid = \"when-is-tea\"\nquestion = \"When is tea?\"\n\
        answer = \"At four.\"\n";
    assert_eq!(file, usual);
    let asked = run(&["ask", "when is tea"]).status(0);
    assert!(asked.stdout.ends_with("[1] House rules · rules\n"), "{}", asked.stdout);
    // An entry that cannot be is said to be so once.
    let entry = ["add", "--question", "Who?", "--answer", "Ada.", "--topic", "general", "--as-of", "soon"];
    let refused = run(&entry).status(2);
    let said = refused.stdout + &refused.stderr;
    assert_eq!(said.matches("is not a date").count(), 1, "{said}");
}

#[test]
fn a_question_in_any_script_gets_an_id_that_can_be_read_and_one_without_words_none() {
    let test = Test::empty().file("faq.csv", "question,answer\n图书馆在哪里？,在河边。\n").keep();
    let run = |arguments: &[&str]| Test::at(test.path()).args(arguments.iter().copied()).run();
    run(&["init", "--source", "Правила"]).status(0);
    let add = |question: &str| run(&["add", "--question", question, "--answer", "Да."]);
    add("Где библиотека?").status(0);
    add("Πού είναι;").status(0);
    let general = || fs::read_to_string(test.path().join("knowledge/general.toml")).unwrap();
    let before = general();
    for id in ["gde-biblioteka", "pou-einai"] {
        assert!(before.contains(&format!("id = \"{id}\"\n")), "{before}");
    }
    let refused = add("???").status(2);
    assert!(refused.stderr.contains("`???` is no question: it needs letters or digits"), "{}", refused.stderr);
    assert_eq!(general(), before);
    // The same for what is imported, here with short options.
    run(&["import", "faq.csv", "-a", "csv", "-i", "knowledge", "-s", "pravila"]).status(0);
    let imported = fs::read_to_string(test.path().join("knowledge/faq.toml")).unwrap();
    assert!(imported.contains("id = \"tu-shu-guan-zai-na-li\"\n"), "{imported}");
    let file = "title = \"X\"\n\n[[entry]]\nid = \"Ель\"\n\
        question = \"Ель?\"\nanswer = \"Да.\"\n";
    let test = Test::at(test.path()).file("knowledge/x.toml", file);
    let checked = test.args(["check"]).run().status(1);
    assert!(checked.stdout.contains("single hyphens: \"el\""), "{}", checked.stdout);
}

#[test]
fn files_are_put_in_order_with_their_comments() {
    let entry = "title = \"Rules\"\n\n# About talk.\n[[entry]]\nanswer = \"No.\"\n# Often \
        asked.\nid = \"swear\"\n\
        question = \"Can I swear?\"\ncitations = [{ paragraph = 2, source = \"almanac\", evidence \
        = [\"x\"] }]\n";
    let test = Test::new().file("knowledge/rules.toml", entry).keep();
    let run = |arguments: &[&str]| Test::at(test.path()).args(arguments.iter().copied()).run();
    let found = run(&["fmt", "--check"]).status(1);
    let file = || fs::read_to_string(test.path().join("knowledge/rules.toml")).unwrap();
    assert_eq!(file(), entry);
    let ordered = run(&["fmt"]).status(0);
    let after = file();
    run(&["fmt", "--check"]).status(0);
    let broken = Test::new().file("knowledge/x.toml", "title =").args(["fmt"]).run().status(2);
    assert_snapshot!(found, ordered, after.as_str(), broken);
}

#[test]
fn a_deletion_can_be_looked_at_first() {
    let test = Test::new().file("data/footnote.db", "").keep();
    let run = |arguments: &[&str]| Test::at(test.path()).args(arguments.iter().copied()).run().status(0).stdout;
    assert_eq!(run(&["journal", "purge", "--older-than", "0", "--dry-run"]), "would delete 0 questions and 0 votes\n");
    assert_eq!(run(&["journal", "purge", "--older-than", "0", "--yes"]), "deleted 0 questions and 0 votes\n");
}

#[test]
fn a_prompt_goes_on_after_an_empty_line_and_takes_numbers() {
    let test = Test::new().env("FOOTNOTE_HISTORY", "history").args(["ask"]);
    let shown = typed(&test, "\n\nwhen was the lighthouse built\n7\n1\n").status(0).stdout;
    let history = fs::read_to_string(test.path().join("history")).unwrap();
    assert!(history.contains("when was the lighthouse built"), "{history}");
    for expected in [
        "The lighthouse was built in 1884.",
        "Related:\n  1. How much does the ferry cost?",
        "Type a number from 1 to 1, or a question.",
        "A crossing costs 3 crowns:",
    ] {
        assert!(shown.contains(expected), "no {expected:?} in {shown}");
    }
}
