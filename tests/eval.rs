//! `footnote eval`: measuring a base on question sets.

use serde_json::{Value, json};

use crate::support::footnote::{Run, Test};
use crate::support::snapshot::assert_snapshot;

/// Both formats, with one question for each verdict that the small base can produce.
const SET: &str = r#"{"q": "ferry fare", "entry": "ferry-price"}
{"q": "is the pier ugly", "entry": "pier-length"}
{"q": "who won the 2023 champions league", "entry": null}

{"q": "when was the lighthouse built", "entry": null}
{"q": "How long is the pier?", "kind": "contested", "all": ["120 METRES", "\\b90\\b"], "none": ["crowns"], "sources": ["letters"]}
{"q": "price of a ferry ticket", "kind": "answerable", "all": ["crowns(?! of)"], "none": ["dogs"], "sources": []}
{"q": "asdfgh", "kind": "answerable", "all": ["1884"], "none": [], "sources": ["almanac"]}
{"q": "asdfgh", "kind": "unanswerable", "all": [], "none": [], "sources": []}
"#;

fn eval(test: Test, arguments: &[&str]) -> Run {
    test.args(["eval"]).args(arguments.iter().copied()).run()
}

/// The small base and a question set.
fn with_set(set: &str) -> Test {
    Test::new().file("set.jsonl", set)
}

fn report(set: &str) -> Value {
    eval(with_set(set), &["--json", "set.jsonl"]).status(0).json()
}

#[test]
fn each_verdict_is_counted_and_each_failure_named_with_what_was_answered() {
    assert_snapshot!(
        eval(with_set(SET), &["set.jsonl"]).status(0),
        eval(with_set(SET), &["--json", "set.jsonl"]).status(0).spread(),
    );
}

#[test]
fn a_share_comes_with_its_interval() {
    let right = &report(SET)["answerable"]["right"];
    assert_eq!(right["share"], json!(0.4));
    let (low, high) = (right["low"].as_f64().unwrap(), right["high"].as_f64().unwrap());
    assert!((low - 0.1176).abs() < 0.001 && (high - 0.7693).abs() < 0.001, "Wilson's interval of 2 in 5: {right}");
}

#[test]
fn suggestions_count_as_refusals_if_there_is_no_answer() {
    let test = with_set(SET).file("config.toml", "[answer]\nanswer_at = 1.0\nsuggest_at = 0.0\n");
    assert_snapshot!(eval(test, &["set.jsonl"]).status(0));
}

#[test]
fn a_line_that_is_not_a_question_is_named() {
    let with_line = |line: &str| {
        let set = format!("{{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}}\n{line}\n");
        eval(with_set(&set), &["set.jsonl"]).status(2).with_comment(line)
    };
    assert_snapshot!(
        with_line("not json"),
        with_line("{\"q\": \"a\", \"entry\": \"pier-lenght\"}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"all\": [\"(\"]}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"al\": [\"a\"]}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"all\": []}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"sources\": [\"almanak\"]}"),
        eval(Test::new(), &["none.jsonl"]).status(2),
    );
}

#[test]
fn leaving_one_out_asks_each_phrasing_without_its_help() {
    let report = eval(Test::new(), &["--leave-one-out", "--json"]).status(0).json();
    assert_eq!(report["answerable"]["asked"], 20);
    assert_eq!(report["unanswerable"]["asked"], 0);
    // If the phrasings were still in the index, each would be answered at confidence 1.
    let unsure = report["failures"].as_array().unwrap().iter().any(|one| one["confidence"].as_f64().unwrap() < 0.5);
    assert!(unsure, "{report}");
    assert!(report["calibration"]["expected_error"].is_number(), "{report}");
}

#[test]
fn the_curve_is_an_svg_picture() {
    let test = with_set(SET).args(["eval", "set.jsonl", "--curve", "curve.svg"]).keep();
    let folder = test.path().to_owned();
    test.run().status(0);
    let picture = std::fs::read_to_string(folder.join("curve.svg")).unwrap();
    assert!(picture.starts_with("<svg") && picture.contains("right answers") && picture.contains("answer_at = 0.35"));
    let unwritable = with_set(SET).args(["eval", "set.jsonl", "--curve", "no/such/folder/curve.svg"]);
    assert_snapshot!(unwritable.run().status(2));
}

#[test]
fn a_set_or_leave_one_out_is_needed() {
    assert_snapshot!(eval(Test::new(), &[]).status(2));
}

/// Verbatim questions of the base, found at confidence 1, and gibberish, for which nothing is
/// found. So the counts do not depend on how good the search is.
const CERTAIN: &str = r#"{"q": "ferry fare", "entry": "ferry-price"}
{"q": "Ferry tariff?", "entry": "ferry-price"}
{"q": "pier metres", "entry": "pier-length"}
{"q": "asdfgh", "entry": "pier-ugly"}
{"q": "ugly jetty", "entry": null}
{"q": "zxcvbn", "entry": null}
"#;

#[test]
fn the_reliability_table_compares_confidence_with_accuracy() {
    let calibration = &report(CERTAIN)["calibration"];
    let bins = calibration["bins"].as_array().unwrap();
    assert_eq!(bins.len(), 10);
    let questions: Vec<u64> = bins.iter().map(|bin| bin["questions"].as_u64().unwrap()).collect();
    assert_eq!(questions, [2, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
    assert_eq!(
        [&bins[3]["from"], &bins[3]["to"], &bins[3]["mean_confidence"]],
        [&json!(0.3), &json!(0.4), &Value::Null]
    );
    assert_eq!([&bins[0]["mean_confidence"], &bins[9]["mean_confidence"]], [&json!(0.0), &json!(1.0)]);
    assert_eq!([&bins[0]["right"]["share"], &bins[9]["right"]["share"]], [&json!(0.0), &json!(0.75)]);
    let error = calibration["expected_error"].as_f64().unwrap();
    assert!((error - 4.0 / 6.0 * 0.25).abs() < 1e-9, "four questions of six are a quarter off: {error}");
    assert_eq!(calibration["sure"]["answers"], 4);
    assert_eq!(calibration["sure"]["right"]["count"], 3);
}

#[test]
fn the_text_shows_the_reliability_table_and_the_roc_area() {
    assert_snapshot!(eval(with_set(CERTAIN), &["set.jsonl"]).status(0));
}

#[test]
fn the_roc_area_tells_how_well_confidence_separates_the_two_kinds() {
    // Of the 4 × 2 pairs, three win (1 against 0), one loses (0 against 1), four tie.
    let area = report(CERTAIN)["roc_area"].as_f64().unwrap();
    assert!((area - 5.0 / 8.0).abs() < 1e-9, "{area}");
}

#[test]
fn the_roc_area_needs_both_kinds() {
    for one_kind in ["{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n", "{\"q\": \"asdfgh\", \"entry\": null}\n"]
    {
        assert_eq!(report(one_kind)["roc_area"], Value::Null);
        let run = eval(with_set(one_kind), &["set.jsonl"]).status(0);
        assert!(!run.stdout.contains("ROC"), "{}", run.stdout);
    }
}

/// Thresholds at which only a verbatim question of the base is answered.
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
    assert_eq!((&report["threshold"], &report["answerable"]["right"]["count"]), (&Value::Null, &json!(1)), "{report}");

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
    assert_snapshot!(run);
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

/// Two labels, each with questions in different words.
const TRAINING: &str = r#"{"q": "how do i top up my card", "entry": "top_up"}
{"q": "where is the nearest branch", "entry": "find branch"}

{"q": "add money to the account", "entry": "top_up"}
"#;

fn train(set: &str, arguments: &[&str]) -> Run {
    let test = Test::empty().file("train.jsonl", TRAINING).file("val.jsonl", set);
    eval(test, &[&["--train", "train.jsonl"], arguments].concat())
}

#[test]
fn a_base_can_be_made_from_a_training_set() {
    let set = r#"{"q": "How do I top up my card?", "entry": "top_up"}
{"q": "add money to the account", "entry": "top_up"}
{"q": "where is the nearest branch", "entry": "find branch"}
{"q": "where is the nearest branch", "entry": "top_up"}
{"q": "asdfgh", "entry": null}
"#;
    let report = train(set, &["--json", "val.jsonl"]).status(0).json();
    assert_eq!(report["answerable"]["asked"], 4);
    assert_eq!(report["answerable"]["right"]["count"], 3, "{report}");
    assert_eq!(report["unanswerable"]["refused"]["count"], 1);
    assert_eq!(report["failures"][0]["best"], "find branch");
}

#[test]
fn a_label_that_the_training_set_lacks_is_named() {
    assert_snapshot!(train("{\"q\": \"lost card\", \"entry\": \"lost_card\"}\n", &["val.jsonl"]).status(2));
}

#[test]
fn a_line_of_a_training_set_that_is_unusable_is_named() {
    let trained_on = |set: &str| {
        let test = Test::empty().file("train.jsonl", set).file("val.jsonl", "");
        eval(test, &["--train", "train.jsonl", "val.jsonl"]).status(2)
    };
    let with_line = |line: &str| trained_on(&format!("{TRAINING}{line}\n")).with_comment(line);
    assert_snapshot!(
        with_line("not json"),
        with_line("{\"q\": \"a\", \"entry\": null}"),
        with_line("{\"q\": \"a\"}"),
        with_line("{\"q\": \"a\", \"entry\": \" \"}"),
        with_line("{\"q\": \" \", \"entry\": \"a\"}"),
        with_line("{\"q\": \"a\", \"label\": \"a\"}"),
        with_line("{\"entry\": \"a\"}"),
        trained_on("\n").with_comment("an empty line"),
        eval(Test::empty(), &["--train", "none.jsonl", "val.jsonl"]).status(2),
    );
}

#[test]
fn a_training_set_is_the_only_base() {
    let set = "{\"q\": \"top up\", \"entry\": \"top_up\"}\n";
    assert_snapshot!(
        train(set, &[]).status(2),
        train(set, &["--leave-one-out"]).status(2),
        train(set, &["--knowledge", "knowledge", "val.jsonl"]).status(2),
    );
}

fn many_failures(count: usize) -> String {
    "{\"q\": \"asdfgh\", \"entry\": \"pier-ugly\"}\n".repeat(count)
}

#[test]
fn the_text_lists_all_failures_unless_they_are_many() {
    let listed = |count: usize, arguments: &[&str]| {
        let run = eval(with_set(&many_failures(count)), arguments).status(0);
        let failures = run.stdout.matches("  unanswered       asdfgh").count();
        let rest = run.stdout.lines().find(|line| line.contains("shows all")).map(str::to_owned);
        (failures, rest)
    };
    let more = |text: &str| Some(text.to_owned());
    assert_eq!(listed(50, &["set.jsonl"]), (50, None));
    assert_eq!(listed(51, &["set.jsonl"]), (20, more("  31 more; --failures 51 shows all")));
    assert_eq!(listed(51, &["--failures", "51", "set.jsonl"]), (51, None));
    assert_eq!(listed(3, &["--failures", "1", "set.jsonl"]), (1, more("  2 more; --failures 3 shows all")));
}

#[test]
fn json_has_all_failures() {
    assert_eq!(report(&many_failures(60))["failures"].as_array().unwrap().len(), 60);
    assert_snapshot!(eval(with_set(""), &["--json", "--failures", "1", "set.jsonl"]).status(2));
}
