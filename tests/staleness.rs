//! `check --stale`: what curators should look at again, and what members never see of it.

use crate::support::footnote::{HARBOUR, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;

/// A base with a date of each kind that is past, and some that are not.
fn base() -> Test {
    let sources = SOURCES.replace("kind = \"overview\"", "kind = \"overview\"\nreview_by = \"2020\"");
    let sources = sources.replace("kind = \"opinion\"", "kind = \"opinion\"\nreview_by = \"9999-12-31\"");
    let harbour = HARBOUR.replace("pinned = true", "pinned = true\nreview_by = \"2021-02\"");
    Test::empty().file("knowledge/sources.toml", sources).file("knowledge/harbour.toml", harbour)
}

#[test]
fn what_is_due_for_review_is_found_only_if_it_is_asked_for() {
    let check = |options: &[&str], config: &str| {
        base().file("config.toml", config).args(["check"]).args(options.iter().copied()).run()
    };
    let after = "[knowledge]\nstale_after = \"12 months\"\n";
    assert_snapshot!(
        check(&["--stale"], after).status(1),
        check(&["--stale", "--format", "short"], "").status(1),
        check(&[], after).status(0),
        check(&[], "[knowledge]\nstale_after = \"a while\"\n").status(2),
    );
    let answer = base().args(["ask", "--json", "when was the lighthouse built"]).run().status(0).stdout;
    assert!(!answer.contains("review") && !answer.contains("2021"), "{answer}");
}

#[test]
fn a_date_that_is_none_is_an_error() {
    let run = base().file("knowledge/harbour.toml", HARBOUR.replace("pinned = true", "review_by = \"next spring\""));
    let run = run.args(["check"]).run().status(1);
    assert!(run.stdout.contains("`next spring` is not a date"), "{}", run.stdout);
}
