//! The warnings of `footnote check`: what is valid but works badly.

use crate::support::footnote::{INN, Run, Test};
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
    let test = Test::new().without("knowledge/harbour.toml");
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
