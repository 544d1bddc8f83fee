//! `footnote eval`: measuring a base on question sets.

use serde_json::{Value, json};

use crate::support::footnote::{Run, Test};

/// Both forms, with one question for each verdict that the small base can bring forth.
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

fn report(set: &str) -> Value {
    let run = eval(Test::new().file("set.jsonl", set), &["--json", "set.jsonl"]).status(0);
    run.json_lines().remove(0)
}

#[test]
fn each_verdict_is_counted() {
    let report = report(SET);
    let count = |part: &str, name: &str| report[part][name]["count"].as_u64().unwrap();
    assert_eq!(report["answerable"]["asked"], 5);
    let answerable = ["right", "wrong", "suggested", "unanswered"].map(|name| count("answerable", name));
    assert_eq!(answerable, [2, 2, 0, 1], "{report}");
    assert_eq!(report["unanswerable"]["asked"], 3);
    assert_eq!(["refused", "wrongly_answered"].map(|name| count("unanswerable", name)), [2, 1], "{report}");
    let failed: Vec<&Value> = report["failures"].as_array().unwrap().iter().map(|one| &one["verdict"]).collect();
    assert_eq!(failed, ["wrong", "wrongly_answered", "wrong", "unanswered"]);
}

#[test]
fn a_share_comes_with_its_interval() {
    let right = &report(SET)["answerable"]["right"];
    assert_eq!(right["share"], json!(0.4));
    let (low, high) = (right["low"].as_f64().unwrap(), right["high"].as_f64().unwrap());
    assert!((low - 0.1176).abs() < 0.001 && (high - 0.7693).abs() < 0.001, "Wilson's interval of 2 in 5: {right}");
}

#[test]
fn the_text_names_each_failure_with_what_was_answered() {
    let run = eval(Test::new().file("set.jsonl", SET), &["set.jsonl"]).status(0);
    run.stdout_has("5 questions that have an answer")
        .stdout_has("  right                 2   40.0%  (95%: 11.8 to 76.9)\n")
        .stdout_has("3 questions that have none")
        .stdout_has("  wrong            is the pier ugly\n                   1.00 pier-ugly");
}

#[test]
fn suggestions_count_as_refusals_where_there_is_no_answer() {
    let test = Test::new().file("config.toml", "[answer]\nanswer_at = 1.0\nsuggest_at = 0.0\n").file("set.jsonl", SET);
    let run = eval(test, &["--json", "set.jsonl"]).status(0);
    let report = run.json_lines().remove(0);
    assert_eq!(report["unanswerable"]["refused"]["count"], 2);
}

#[test]
fn a_line_that_is_no_question_is_named() {
    for (line, problem) in [
        ("not json", "write {\"q\": \"…\", \"entry\": \"id\" or null}"),
        ("{\"q\": \"a\", \"entry\": \"pier-lenght\"}", "no entry has the id `pier-lenght`"),
        ("{\"q\": \"a\", \"kind\": \"answerable\", \"all\": [\"(\"]}", "`(` is not a regular expression"),
        ("{\"q\": \"a\", \"kind\": \"answerable\", \"al\": [\"a\"]}", "unknown field `al`"),
        ("{\"q\": \"a\", \"kind\": \"answerable\", \"all\": []}", "any answer would be right"),
        ("{\"q\": \"a\", \"kind\": \"answerable\", \"sources\": [\"almanak\"]}", "no source has the id `almanak`"),
    ] {
        let set = format!("{{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}}\n{line}\n");
        let run = eval(Test::new().file("set.jsonl", set), &["set.jsonl"]).status(2);
        run.stderr_has("set.jsonl:2: ").stderr_has(problem);
    }
    eval(Test::new(), &["none.jsonl"]).status(2).stderr_has("cannot read the question set `none.jsonl`");
}

#[test]
fn leaving_one_out_asks_each_phrasing_without_its_help() {
    let run = eval(Test::new(), &["--leave-one-out", "--json"]).status(0);
    let report = run.json_lines().remove(0);
    assert_eq!(report["answerable"]["asked"], 20);
    assert_eq!(report["unanswerable"]["asked"], 0);
    // Were the phrasings still in the index, each would be answered at confidence 1.
    let unsure = report["failures"].as_array().unwrap().iter().any(|one| one["confidence"].as_f64().unwrap() < 0.5);
    assert!(unsure, "{report}");
}

#[test]
fn the_curve_is_an_svg_picture() {
    let test = Test::new().file("set.jsonl", SET).args(["eval", "set.jsonl", "--curve", "curve.svg"]).keep();
    let folder = test.path().to_owned();
    test.run().status(0);
    let picture = std::fs::read_to_string(folder.join("curve.svg")).unwrap();
    assert!(picture.starts_with("<svg") && picture.contains("right answers") && picture.contains("answer_at = 0.35"));
    let test = Test::new().file("set.jsonl", SET).args(["eval", "set.jsonl", "--curve", "no/such/folder/curve.svg"]);
    test.run().status(2).stderr_has("cannot write the curve to `no/such/folder/curve.svg`");
}

#[test]
fn a_set_or_leave_one_out_is_needed() {
    eval(Test::new(), &[]).status(2).stderr_has("FILE");
}

/// Verbatim questions of the base, found at confidence 1, and gibberish, for which nothing is
/// found: what is counted then does not hang on how good the search is.
const CERTAIN: &str = r#"{"q": "ferry fare", "entry": "ferry-price"}
{"q": "Ferry tariff?", "entry": "ferry-price"}
{"q": "pier metres", "entry": "pier-length"}
{"q": "asdfgh", "entry": "pier-ugly"}
{"q": "ugly jetty", "entry": null}
{"q": "zxcvbn", "entry": null}
"#;

#[test]
fn the_reliability_table_sets_confidence_beside_what_was_right() {
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
fn the_text_shows_the_reliability_table() {
    let run = eval(Test::new().file("set.jsonl", CERTAIN), &["set.jsonl"]).status(0);
    run.stdout_has("  0.0 to 0.1          2  0.000       0    0.0%  (95%: 0.0 to 65.8)\n")
        .stdout_has("  0.1 to 0.2          0\n")
        .stdout_has("  0.9 to 1.0          4  1.000       3   75.0%  (95%: 30.1 to 95.4)\n")
        .stdout_has("  expected calibration error  0.167\n")
        .stdout_has("  right of 4 answers at 0.9 or more       3   75.0%  (95%: 30.1 to 95.4)\n");
}

#[test]
fn leaving_one_out_comes_with_the_reliability_table() {
    eval(Test::new(), &["--leave-one-out"]).status(0).stdout_has("expected calibration error");
}

#[test]
fn the_roc_area_tells_how_well_confidence_parts_the_two_kinds() {
    // Of the 4 × 2 pairs, three win (1 against 0), one loses (0 against 1), four tie.
    let area = report(CERTAIN)["roc_area"].as_f64().unwrap();
    assert!((area - 5.0 / 8.0).abs() < 1e-9, "{area}");
    let run = eval(Test::new().file("set.jsonl", CERTAIN), &["set.jsonl"]).status(0);
    run.stdout_has("  area under the ROC curve    0.625\n");
}

#[test]
fn the_roc_area_takes_both_kinds() {
    for one_kind in ["{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n", "{\"q\": \"asdfgh\", \"entry\": null}\n"]
    {
        assert_eq!(report(one_kind)["roc_area"], Value::Null);
        let run = eval(Test::new().file("set.jsonl", one_kind), &["set.jsonl"]).status(0);
        assert!(!run.stdout.contains("ROC"), "{}", run.stdout);
    }
}

/// Thresholds at which only what is word for word in the base is answered.
const STRICT: &str = "[answer]\nanswer_at = 1.0\nsuggest_at = 0.0\n";

/// A question of other words, found at less than confidence 1, beside gibberish.
const PARTED: &str = r#"{"q": "ferry fare", "entry": "ferry-price"}
{"q": "the fare of that ferry please tell me", "entry": "ferry-price"}
{"q": "asdfgh", "entry": null}
"#;

#[test]
fn the_threshold_can_be_chosen_on_the_set() {
    let test = || Test::new().file("config.toml", STRICT).file("set.jsonl", PARTED);
    let report = eval(test(), &["--json", "set.jsonl"]).status(0).json_lines().remove(0);
    assert_eq!((&report["threshold"], &report["answerable"]["right"]["count"]), (&Value::Null, &json!(1)), "{report}");

    let report = eval(test(), &["--json", "--choose-threshold", "set.jsonl"]).status(0).json_lines().remove(0);
    let chosen = &report["threshold"];
    let answer_at = chosen["answer_at"].as_f64().unwrap();
    assert!(answer_at > 0.0 && answer_at < 1.0, "{chosen}");
    assert_eq!(chosen["in_scope_accuracy"]["count"], 2);
    assert_eq!(chosen["out_of_scope_recall"]["count"], 1);
    assert_eq!(report["answerable"]["right"]["count"], 2, "verdicts are counted with it: {report}");
    assert_eq!(report["answerable"]["suggested"]["count"], 0);
    assert_eq!(report["failures"], json!([]));

    let run = eval(test(), &["--choose-threshold", "set.jsonl"]).status(0);
    run.stdout_has(&format!("answers from {answer_at}, chosen on this set; no suggestions\n"))
        .stdout_has("  in-scope accuracy        2  100.0%  (95%: 34.2 to 100.0)\n")
        .stdout_has("  out-of-scope recall      1  100.0%  (95%: 20.7 to 100.0)\n");
}

#[test]
fn a_chosen_threshold_is_the_one_that_the_curve_marks() {
    let test = Test::new().file("config.toml", STRICT).file("set.jsonl", PARTED).keep();
    let folder = test.path().to_owned();
    eval(test, &["--choose-threshold", "--curve", "curve.svg", "set.jsonl"]).status(0);
    let picture = std::fs::read_to_string(folder.join("curve.svg")).unwrap();
    assert!(picture.contains("answer_at = 0."), "not the 1 of config.toml");
}

#[test]
fn a_threshold_can_only_be_chosen_between_questions_of_both_kinds() {
    let choose = |set: &str| eval(Test::new().file("set.jsonl", set), &["--choose-threshold", "set.jsonl"]).status(2);
    choose("{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n")
        .stderr_has("no question without an answer")
        .stderr_has("\"entry\": null");
    choose("{\"q\": \"asdfgh\", \"entry\": null}\n").stderr_has("no question that has an answer");
    let run = eval(Test::new(), &["--choose-threshold", "--leave-one-out"]).status(2);
    run.stderr_has("cannot be used with");
}

/// Two labels, with questions of their own words.
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
    let report = train(set, &["--json", "val.jsonl"]).status(0).json_lines().remove(0);
    assert_eq!(report["answerable"]["asked"], 4);
    assert_eq!(report["answerable"]["right"]["count"], 3, "{report}");
    assert_eq!(report["unanswerable"]["refused"]["count"], 1);
    assert_eq!(report["failures"][0]["best"], "find branch");
}

#[test]
fn a_label_that_the_training_set_lacks_is_named() {
    let run = train("{\"q\": \"lost card\", \"entry\": \"lost_card\"}\n", &["val.jsonl"]).status(2);
    run.stderr_has("val.jsonl:1: no entry has the id `lost_card`");
}

#[test]
fn a_line_of_a_training_set_that_is_unusable_is_named() {
    for (line, problem) in [
        ("not json", "write {\"q\": \"…\", \"entry\": \"id\"}"),
        ("{\"q\": \"a\", \"entry\": null}", "`entry` is missing or null"),
        ("{\"q\": \"a\"}", "`entry` is missing or null"),
        ("{\"q\": \"a\", \"entry\": \" \"}", "`entry` is blank"),
        ("{\"q\": \" \", \"entry\": \"a\"}", "`q` is blank"),
        ("{\"q\": \"a\", \"label\": \"a\"}", "unknown field `label`"),
        ("{\"entry\": \"a\"}", "missing field `q`"),
    ] {
        let test = Test::empty().file("train.jsonl", format!("{TRAINING}{line}\n")).file("val.jsonl", "");
        let run = eval(test, &["--train", "train.jsonl", "val.jsonl"]).status(2);
        run.stderr_has("train.jsonl:5: ").stderr_has(problem);
    }
    let unread = eval(Test::empty(), &["--train", "none.jsonl", "val.jsonl"]).status(2);
    unread.stderr_has("cannot read the training set `none.jsonl`");
    let empty = eval(Test::empty().file("train.jsonl", "\n"), &["--train", "train.jsonl", "val.jsonl"]).status(2);
    empty.stderr_has("the training set `train.jsonl` has no question").stderr_has("\"entry\": \"id\"");
}

#[test]
fn a_training_set_is_the_only_base() {
    let set = "{\"q\": \"top up\", \"entry\": \"top_up\"}\n";
    train(set, &[]).status(2).stderr_has("FILE");
    train(set, &["--leave-one-out"]).status(2).stderr_has("cannot be used with");
    let run = train(set, &["--knowledge", "knowledge", "val.jsonl"]).status(2);
    run.stderr_has("--train").stderr_has("--knowledge");
}

fn many_failures(count: usize) -> String {
    "{\"q\": \"asdfgh\", \"entry\": \"pier-ugly\"}\n".repeat(count)
}

#[test]
fn the_text_lists_all_failures_unless_they_are_many() {
    let shown = |count: usize, arguments: &[&str]| {
        let run = eval(Test::new().file("set.jsonl", many_failures(count)), arguments).status(0);
        (run.stdout.matches("  unanswered       asdfgh").count(), run)
    };
    assert_eq!(shown(50, &["set.jsonl"]).0, 50);
    let (count, run) = shown(51, &["set.jsonl"]);
    assert_eq!(count, 20);
    run.stdout_has("  31 more; --failures 51 shows all\n");
    let (count, run) = shown(51, &["--failures", "51", "set.jsonl"]);
    assert_eq!((count, run.stdout.contains("shows all")), (51, false));
    let (count, run) = shown(3, &["--failures", "1", "set.jsonl"]);
    assert_eq!(count, 1);
    run.stdout_has("  2 more; --failures 3 shows all\n");
}

#[test]
fn json_has_all_failures() {
    assert_eq!(report(&many_failures(60))["failures"].as_array().unwrap().len(), 60);
    let run = eval(Test::new().file("set.jsonl", ""), &["--json", "--failures", "1", "set.jsonl"]).status(2);
    run.stderr_has("cannot be used with");
}
