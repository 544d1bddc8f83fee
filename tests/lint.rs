//! The warnings of `footnote check`: what is valid but works badly.

use crate::support::footnote::{INN, Run, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;

/// A second entry for the inn.
const OWNER: &str = r#"
[[entry]]
id = "inn-owner"
question = "Who owns the inn?"
phrasings = [
  "name of the landlord",
  "landlady",
  "proprietor of the public house",
  "who runs the inn",
  "publican",
]
answer = "The inn belongs to Mole."
standing = "reported"
citations = [{ source = "almanac", paragraph = 1, evidence = ["belongs to Mole"] }]
"#;

fn check(before: &str, after: &str) -> Run {
    let inn = format!("{INN}{OWNER}");
    assert!(inn.contains(before), "{before:?} is not there");
    let almanac = SOURCES.split("[[source]]").nth(1).expect("the almanac comes first");
    let sources = format!("[[source]]{almanac}");
    let test = Test::empty().file("knowledge/sources.toml", sources);
    test.file("knowledge/inn.toml", inn.replacen(before, after, 1)).args(["check"]).run()
}

#[test]
fn good_phrasings_bring_no_warnings() {
    assert_snapshot!(check("", "").status(0));
}

#[test]
fn fewer_than_five_phrasings_are_a_warning() {
    assert_snapshot!(check("  \"publican\",\n", "").status(1));
}

#[test]
fn a_phrasing_that_differs_by_stop_words_only_is_a_warning() {
    assert_snapshot!(check("\"inn hours\"", "\"please tell me about the opening hours of a tavern\"").status(1));
}

#[test]
fn a_phrasing_of_two_entries_is_a_warning() {
    assert_snapshot!(check("\"publican\"", "\"Inn hours?\"").status(1));
}

#[test]
fn a_phrasing_that_finds_another_entry_first_is_a_warning() {
    assert_snapshot!(check("\"publican\"", "\"the tavern opening hours\"").status(1));
}

#[test]
fn two_entries_that_ask_the_same_are_an_error() {
    assert_snapshot!(check("\"Who owns the inn?\"", "\"when does the INN open\"").status(1));
}

#[test]
fn a_phrasing_without_a_word_is_a_warning() {
    assert_snapshot!(check("\"publican\"", "\"?!\"").status(1));
}

#[test]
fn a_question_without_a_word_is_a_warning() {
    assert_snapshot!(check("\"Who owns the inn?\"", "\"…?\"").status(1));
}

#[test]
fn a_synonym_without_a_word_is_a_warning() {
    let synonyms = "[[group]]\nwords = [\"tavern\", \"?!\"]\n";
    let test = Test::new().without("knowledge/harbour.toml").file("knowledge/synonyms.toml", synonyms);
    assert_snapshot!(test.file("knowledge/inn.toml", format!("{INN}{OWNER}")).args(["check"]).run().status(1));
}

#[test]
fn a_phrasing_that_another_entry_has_but_for_stop_words_is_a_warning() {
    assert_snapshot!(check("\"publican\"", "\"what are the inn hours\"").status(1));
}

/// Two entries on the same thing, which share most of their words.
const TWINS: &str = r#"
title = "The bell"

[[entry]]
id = "bell-rung"
question = "Who rings the harbour bell at noon?"
phrasings = [
  "bell ringer at noon",
  "name of the ringer of the harbour bell",
  "who pulls the rope of the bell",
  "harbour bell rung by whom",
  "ringing the bell, whose task",
]
answer = "The keeper rings it."
standing = "reported"
citations = [{ source = "almanac", paragraph = 1, evidence = ["the keeper rings"] }]

[[entry]]
id = "bell-task"
question = "Whose task is the harbour bell at noon?"
phrasings = [
  "bell task at noon",
  "name of the one with the harbour bell task",
  "whose hands are on the rope of the bell",
  "harbour bell tended by whom",
  "ringing the bell, who",
]
answer = "It is a task of the keeper."
standing = "reported"
citations = [{ source = "almanac", paragraph = 1, evidence = ["task of the keeper"] }]
"#;

#[test]
fn entries_that_are_taken_for_each_other_are_a_warning() {
    let test = Test::new().file("knowledge/bell.toml", TWINS);
    assert_snapshot!(test.args(["check"]).run().status(1));
}
