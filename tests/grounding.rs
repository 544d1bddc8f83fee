//! `footnote check --documents`: whether the documents that the answers cite say what the answers
//! say.

use crate::support::footnote::{HARBOUR, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;

const ALMANAC: &str = "The Harbour Almanac\n\nThe lighthouse was built in 1884.\n\
    The ferry takes 3 crowns, a child pays 1.\nThe pier has 120 metres.\n";
const LETTERS: &str = "They ask three  crowns a head!\n\n\n\
    Ada Quill: “an UGLY thing”, barely 90 metres.\n";

fn grounded() -> Test {
    let sources = SOURCES.replace("kind = \"overview\"\n", "kind = \"overview\"\nunused = [1]\n");
    Test::new()
        .file("knowledge/sources.toml", sources)
        .file("documents/almanac.txt", ALMANAC)
        .file("documents/letters.txt", LETTERS)
        .args(["check", "--documents", "documents"])
}

/// The grounded base, with one text in the harbour's entries replaced.
#[track_caller]
fn with_harbour(before: &str, after: &str) -> Test {
    assert!(HARBOUR.contains(before), "{before:?} is not there");
    grounded().file("knowledge/harbour.toml", HARBOUR.replace(before, after))
}

#[test]
fn a_grounded_base_has_no_problems() {
    assert_snapshot!(grounded().run().status(0));
}

#[test]
fn evidence_has_to_be_in_its_paragraph() {
    let almanac = ALMANAC.replace("built in 1884", "finished in 1884");
    assert_snapshot!(grounded().file("documents/almanac.txt", almanac).run().status(1));
}

#[test]
fn a_number_of_an_answer_has_to_be_in_a_cited_paragraph() {
    assert_snapshot!(with_harbour("**1884**", "**1885**").run().status(1));
}

#[test]
fn a_number_may_come_from_the_date_of_a_cited_source() {
    let run = with_harbour("A crossing costs 3 crowns", "A crossing in 2024 costs 3 crowns").run();
    assert_eq!(run.status, 0, "{}", run.stdout);
    let run = with_harbour("was built in", "was rebuilt in 2024, having been built in").run();
    assert!(run.status(1).stdout.contains("the answer says 2024, but no cited paragraph does"));
}

#[test]
fn a_yes_or_no_is_no_name() {
    for word in ["Yes", "No"] {
        let run = with_harbour("The lighthouse was", &format!("{word}, the lighthouse was")).run();
        assert_eq!(run.status, 0, "{}", run.stdout);
    }
}

#[test]
fn a_name_that_is_in_no_cited_paragraph_is_a_warning() {
    assert_snapshot!(with_harbour("was built in", "was built by Mole in").run().status(1));
}

#[test]
fn a_name_that_begins_a_sentence_is_checked_too() {
    assert_snapshot!(with_harbour("The lighthouse was", "Mole says that it was").run().status(1));
}

#[test]
fn evidence_is_found_as_whole_words() {
    assert_snapshot!(with_harbour("\"built in 1884\"", "\"uilt in 188\"").run().status(1));
}

#[test]
fn a_day_belongs_to_its_month() {
    let almanac = ALMANAC.replace("built in 1884", "built in 1884, from 3 May to 9 June");
    let test = with_harbour("in **1884**", "by 3 June **1884**").file("documents/almanac.txt", almanac);
    assert_snapshot!(test.run().status(1));
}

#[test]
fn a_paragraph_that_is_not_there_is_an_error() {
    assert_snapshot!(with_harbour("paragraph = 4", "paragraph = 7").run().status(1));
}

#[test]
fn a_paragraph_that_nothing_cites_is_reported() {
    let almanac = format!("{ALMANAC}The inn closed.\n");
    assert_snapshot!(grounded().file("documents/almanac.txt", almanac).run().status(1));
}

#[test]
fn a_missing_document_is_named() {
    assert_snapshot!(grounded().without("documents/letters.txt").run().status(2));
}
