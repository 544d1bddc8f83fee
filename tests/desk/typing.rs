//! What a curator types on a terminal: a slip costs an answer, not everything before it.

use std::fs;
use std::process::Command;

use crate::support::footnote::{HARBOUR, INN, SOURCES, Test};
use crate::support::terminal::typed;

/// A base with two topics and two sources, none of which is the usual one.
fn harbour() -> Test {
    Test::new().file("knowledge/inn.toml", INN).keep()
}

fn at(test: &Test, arguments: &[&str]) -> Test {
    Test::at(test.path()).args(arguments.iter().copied())
}

fn file(test: &Test, name: &str) -> String {
    fs::read_to_string(test.path().join("knowledge").join(name)).unwrap()
}

#[track_caller]
fn assert_in_order(shown: &str, parts: &[&str]) {
    let mut rest = shown;
    for part in parts {
        let found = rest.split_once(part);
        rest = found.unwrap_or_else(|| panic!("no {part:?} where it belongs in\n{shown}")).1;
    }
}

#[test]
fn add_asks_again_for_what_it_cannot_take() {
    let test = harbour();
    let lines = "???\nWhat does tea cost?\n\nTwo crowns.\nprice of tea\n\n\
        Rooms!\nharbor\n\n\nnowhere\nalmanac\ny\n";
    let shown = typed(&at(&test, &["add"]), lines).status(0).stdout;
    let parts = [
        "`???` is no question: it needs letters or digits\nThe question in full:",
        "the answer is empty: write it",
        "The answer:",
        "The topic (harbour, inn) [harbour]:",
        "`Rooms!` cannot name a topic: use lower-case letters",
        "`harbor` would be a new topic. Its title (such as Harbor; Enter for another topic):",
        "The topic (harbour, inn) [harbour]:",
        "The source (almanac, letters):",
        "the base has no source `nowhere`: choose from almanac, letters",
        "Add it? [y/N]",
        "added `what-does-tea-cost`",
    ];
    assert_in_order(&shown, &parts);
    let written = file(&test, "harbour.toml");
    let expected = "[[entry]]\nid = \"what-does-tea-cost\"\nquestion = \"What does tea cost?\"\n\
        phrasings = [\n  \"price of tea\",\n]\nanswer = \"Two crowns.\"\ncitations = [\n  \
        { source = \"almanac\" },\n]\n";
    assert!(written.starts_with(HARBOUR) && written.ends_with(expected), "{written}");

    let lines = "Where is the garden?\nBehind the house.\n\nrooms/garden\nThe garden\nletters\ny\n";
    typed(&at(&test, &["add"]), lines).status(0);
    assert!(file(&test, "rooms/garden.toml").starts_with("title = \"The garden\"\n\n[[entry]]"));
}

#[test]
fn what_was_typed_is_kept_as_a_command_if_nothing_is_written() {
    let test = harbour();
    let lines = "When's \"tea\" served?\nAt $4, *daily*.\n-- tea time\n\ninn\nletters\n";
    let shown = typed(&at(&test, &["--knowledge", "knowledge", "add"]), &format!("{lines}n\n")).status(1).stdout;
    assert_eq!(file(&test, "inn.toml"), INN);
    let line = shown.lines().find(|line| line.starts_with("footnote add --knowledge knowledge ")).expect("a command");
    let binary = env!("CARGO_BIN_EXE_footnote");
    let line = line.replacen("footnote", &format!("'{binary}'"), 1);
    let run = Command::new("sh").args(["-c", &line]).current_dir(test.path()).output().unwrap();
    assert!(run.status.success(), "{line}: {run:?}");
    let expected = "question = \"\"\"When's \"tea\" served?\"\"\"\n\
        phrasings = [\n  \"-- tea time\",\n]\nanswer = \"At $4, *daily*.\"\n\
        citations = [\n  { source = \"letters\" },\n]\n";
    let written = file(&test, "inn.toml");
    assert!(written.ends_with(expected), "{written}");

    // The end of the input ends it wherever it comes.
    let shown = typed(&at(&test, &["add"]), "Who is Bob?\nA baker.\n").status(2).stdout;
    let command = "\nfootnote add --question 'Who is Bob?' --answer 'A baker.'\n";
    assert_in_order(&shown, &[command, "this is not said"]);
    assert_eq!(file(&test, "harbour.toml"), HARBOUR);
}

#[test]
fn an_answer_that_the_base_cannot_have_can_be_another_one() {
    let test = harbour();
    let options = ["add", "--as-of", "soon", "--topic", "inn", "--source", "almanac"];
    let lines = "What is on the menu?\nFish.\n\n";
    let given_up = typed(&at(&test, &options), &format!("{lines}\n")).status(1).stdout;
    let parts = ["`soon` is not", "What shall be different (", "nothing is written", "--as-of soon"];
    assert_in_order(&given_up, &parts);
    assert_eq!(file(&test, "inn.toml"), INN);
    let shown = typed(&at(&test, &options), &format!("{lines}p\nas\n2025-02\ny\n")).status(0).stdout;
    let parts = ["`soon` is not", "`p` names nothing of an entry", "Up to when", "Add it? [y/N]"];
    assert_in_order(&shown, &parts);
    let written = file(&test, "inn.toml");
    assert!(written.contains("answer = \"Fish.\"\nas_of = \"2025-02\"\n"), "{written}");
}

#[test]
fn a_source_or_topic_that_goes_without_saying_can_be_another_one() {
    let sources = SOURCES.replacen("kind", "default = true\nkind", 1);
    let test = Test::new().file("knowledge/sources.toml", &sources).keep();
    let begun = "What is on the menu?\nFish.\n\n";
    let lines = format!("{begun}source\nletters\ntopic\nrooms\nThe rooms\nas-of\n2025-02\ny\n");
    let shown = typed(&at(&test, &["add", "--as-of", "soon"]), &lines).status(0).stdout;
    let parts = ["The source (almanac, letters) [almanac]:", "The topic (harbour) [harbour]:", "added"];
    assert_in_order(&shown, &parts);
    let written = file(&test, "rooms.toml");
    assert!(written.contains("{ source = \"letters\" }"), "{written}");

    let lines = "What is below the menu?\nA table.\n\nsource\n\ntopic\n\nas-of\n2025-02\ny\n";
    typed(&at(&test, &["add", "--as-of", "soon", "--topic", "rooms", "--source", "letters"]), lines).status(0);
    let written = file(&test, "harbour.toml");
    let expected = "as_of = \"2025-02\"\n\
        citations = [\n  { source = \"almanac\" },\n]\n";
    assert!(written.ends_with(expected), "{written}");
}

#[test]
fn init_asks_again_for_an_address_that_is_none() {
    let test = Test::empty().keep();
    let ended = typed(&at(&test, &["init"]), "The hall\nHall rules\nhall rules.example\n").status(2).stdout;
    assert_in_order(&ended, &["`hall rules.example` is no address", "Its address on the web"]);
    assert!(!test.path().join("knowledge").exists(), "{ended}");
    let lines = "The hall\n\nhttps://\nhttps://hall.example/rules\n";
    let shown = typed(&at(&test, &["init"]), lines).status(0).stdout;
    assert_in_order(&shown, &["[House rules]", "`https://` is no address", "sources.toml written"]);
    let sources = file(&test, "sources.toml");
    let source = "title = \"House rules\"\nkind = \"rules\"\n\
        url = \"https://hall.example/rules\"\n";
    assert!(sources.contains(source), "{sources}");
    at(&test, &["check"]).run().status(0);
}
