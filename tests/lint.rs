//! The warnings of `footnote check`: what is valid and works badly.

use crate::support::footnote::{Run, Test};

const ENOUGH: &str = r#"
title = "Inn"

[[entry]]
id = "inn-open"
question = "When does the inn open?"
phrasings = ["opening hours of the tavern", "inn opens at what time", "how early may one drink there", "inn hours", "breakfast begins when"]
answer = "The inn opens at noon."
standing = "reported"
citations = [{ source = "almanac", paragraph = 1, evidence = ["opens at noon"] }]

[[entry]]
id = "inn-owner"
question = "Who owns the inn?"
phrasings = ["name of the landlord", "landlady", "proprietor of the public house", "who runs the inn", "publican"]
answer = "The inn belongs to Mole."
standing = "reported"
citations = [{ source = "almanac", paragraph = 1, evidence = ["belongs to Mole"] }]
"#;

fn check(before: &str, after: &str) -> Run {
    assert!(ENOUGH.contains(before), "{before:?} is not there");
    let test = Test::new().without("knowledge/harbour.toml");
    test.file("knowledge/inn.toml", ENOUGH.replacen(before, after, 1)).args(["check"]).run()
}

#[test]
fn good_phrasings_bring_no_warnings() {
    check("", "").status(0).stdout_has("0 errors, 0 warnings");
}

#[test]
fn fewer_than_five_phrasings_are_a_warning() {
    let run = check(", \"publican\"", "").status(1);
    run.stdout_has("`inn-owner` has 4 phrasings").stdout_has("inn.toml:13:6").stdout_has("0 errors, 1 warning");
}

#[test]
fn a_phrasing_that_differs_by_stop_words_only_is_a_warning() {
    let run = check("\"inn hours\"", "\"please tell me about the opening hours of a tavern\"").status(1);
    run.stdout_has("differs from `opening hours of the tavern` only by stop words").stdout_has("inn.toml:7:");
}

#[test]
fn a_phrasing_of_two_entries_is_a_warning() {
    let run = check("\"publican\"", "\"Inn hours?\"").status(1);
    run.stdout_has("`inn-open` has this phrasing too").stdout_has("inn.toml:15:");
}

#[test]
fn a_phrasing_that_finds_another_entry_first_is_a_warning() {
    let run = check("\"publican\"", "\"the tavern opening hours\"").status(1);
    run.stdout_has("this phrasing finds `inn-open` first").stdout_has("inn.toml:15:");
}
