//! `footnote eval --choose-threshold`: by what is treated rightly most often, or within a limit on
//! wrong answers.

use serde_json::{Value, json};

use super::{SET, eval, steady, with_set};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;

/// Thresholds at which nothing is answered.
const STRICT: &str = "[answer]\nanswer_at = 1.0\nsuggest_at = 0.0\n";

/// A question in other words, found at a confidence below 1, and gibberish.
const PARTED: &str = r#"{"q": "ferry fare", "entry": "ferry-price"}
{"q": "the fare of that ferry please tell me", "entry": "ferry-price"}
{"q": "asdfgh", "entry": null}
"#;

#[test]
fn the_threshold_can_be_chosen_on_the_set() {
    let test = || with_set(PARTED).file("config.toml", STRICT);
    let report = eval(test(), &["--json", "set.jsonl"]).status(0).json();
    assert_eq!((&report["threshold"], &report["answerable"]["right"]["count"]), (&Value::Null, &json!(0)), "{report}");

    let report = eval(test(), &["--json", "--choose-threshold", "set.jsonl"]).status(0).json();
    let chosen = &report["threshold"];
    let answer_at = chosen["answer_at"].as_f64().unwrap();
    assert!(answer_at > 0.0 && answer_at < 1.0, "{chosen}");
    assert_eq!(chosen["in_scope_accuracy"]["count"], 2);
    assert_eq!(chosen["out_of_scope_recall"]["count"], 1);
    assert_eq!(report["answerable"]["right"]["count"], 2, "verdicts are counted with it: {report}");
    assert_eq!(report["answerable"]["suggested"]["count"], 0);
    assert_eq!(report["failures"], json!([]));

    let run = eval(test(), &["--choose-threshold", "set.jsonl"]).status(0);
    assert!(run.stdout.contains(&format!("answers from {answer_at}, ")), "{}", run.stdout);
    assert_snapshot!(steady(run));
}

#[test]
fn a_chosen_threshold_is_the_one_that_the_curve_marks() {
    let test = with_set(PARTED).file("config.toml", STRICT).keep();
    let folder = test.path().to_owned();
    eval(test, &["--choose-threshold", "--curve", "curve.svg", "set.jsonl"]).status(0);
    let picture = std::fs::read_to_string(folder.join("curve.svg")).unwrap();
    assert!(picture.contains("answer_at = 0."), "not the 1 of config.toml");
}

#[test]
fn a_threshold_can_only_be_chosen_between_questions_of_both_kinds() {
    assert_snapshot!(
        eval(with_set("{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n"), &["--choose-threshold", "set.jsonl"])
            .status(2),
        eval(with_set("{\"q\": \"asdfgh\", \"entry\": null}\n"), &["--choose-threshold", "set.jsonl"]).status(2),
        eval(Test::new(), &["--choose-threshold", "--leave-one-out"]).status(2),
    );
}

/// So many questions that are found word for word, and so many times gibberish.
fn plain_set(answerable: usize, others: usize) -> String {
    let known = "{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n";
    known.repeat(answerable) + &"{\"q\": \"asdfgh\", \"entry\": null}\n".repeat(others)
}

#[test]
fn the_threshold_can_be_chosen_to_keep_wrong_answers_rare() {
    let arguments = ["--choose-threshold", "--wrong-at-most", "1%", "--json", "set.jsonl"];
    // A right answer counts as wrong where the set names another entry.
    let other = "{\"q\": \"Ferry tariff?\", \"entry\": \"pier-ugly\"}\n";
    let kept = eval(with_set(&(plain_set(250, 250) + other)), &arguments).status(0).json();
    let limit = &kept["threshold"]["limit"];
    assert_eq!([&limit["wrong_at_most"], &limit["wrong"]["count"]], [&json!(0.01), &json!(1)], "{kept}");
    // By hand: 1 − 0.05^(1/501) is 0.6% with none of 501, so one more than that and below 1%.
    let bound = limit["upper_bound"].as_f64().unwrap();
    assert!(bound > 0.006 && bound < 0.01, "{bound}");
    let fraction = ["--choose-threshold", "--wrong-at-most", "0.01", "--json", "set.jsonl"];
    assert_eq!(eval(with_set(&(plain_set(250, 250) + other)), &fraction).status(0).json(), kept);
    let text = eval(with_set(&plain_set(250, 250)), &["--choose-threshold", "--wrong-at-most", "1%", "set.jsonl"]);
    assert!(text.stdout.contains(" 0; up to 0.60% at 95%, where 1.00% may be"), "{}", text.stdout);
}

#[test]
fn a_limit_on_wrong_answers_takes_enough_questions() {
    let limited = |set: &str, share: &str| {
        eval(with_set(set), &["--choose-threshold", "--wrong-at-most", share, "set.jsonl"]).status(2)
    };
    assert_snapshot!(
        limited(&plain_set(149, 149), "1%").with_comment("298 questions"),
        limited(&plain_set(1, 1), "1"),
        eval(with_set(SET), &["--wrong-at-most", "1%", "set.jsonl"]).status(2),
    );
    let enough = ["--choose-threshold", "--wrong-at-most", "1%", "set.jsonl"];
    eval(with_set(&plain_set(150, 149)), &enough).status(0);
    // Where every answer is wrong, nothing is answered.
    let wrong = "{\"q\": \"ferry fare\", \"entry\": \"pier-ugly\"}\n".repeat(300);
    let report = eval(with_set(&wrong), &[&enough[..], &["--json"]].concat()).status(0).json();
    assert_eq!([&report["threshold"]["answer_at"], &report["answerable"]["wrong"]["count"]], [&json!(1.0), &json!(0)]);
}
