//! `footnote eval`: measuring a base on question sets.

mod threshold;

use std::io::{BufRead, BufReader, Read};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::footnote::{Run, Test};
use crate::support::snapshot::assert_snapshot;

/// Both formats, with one question for each verdict that the small base can produce.
const SET: &str = r#"{"q": "ferry fare", "entry": "ferry-price"}
{"q": "does quill find the pier ugly", "entry": "pier-length"}
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

/// The same without the figures of the confidence, which change with every fit of its weights.
fn steady(mut run: Run) -> Run {
    if run.stdout.starts_with('{') {
        let mut report = run.json();
        report["calibration"]["bins"].as_array_mut().unwrap().truncate(1);
        for (place, is_confidence) in [("/calibration", true), ("/roc_area", true), ("/failures", false)] {
            mask(report.pointer_mut(place).expect("it is in every report"), is_confidence);
        }
        run.stdout = format!("{report}\n");
        return run;
    }
    let mut is_confidence = false;
    let lines = run.stdout.lines().map(|line| {
        is_confidence = line.starts_with("Confidence") || is_confidence && !line.is_empty();
        if is_confidence || line.starts_with("answers from") {
            let is_bin = line.contains(" to ") && line.starts_with("  ") && line.as_bytes()[2].is_ascii_digit();
            if is_bin { format!("{}  …", &line[..12]) } else { replaced(line, r" *\b\d+(\.\d+)?", " #") }
        } else {
            replaced(line, r"^( {19})\d\.\d\d ", "$1#.## ")
        }
    });
    run.stdout = lines.collect::<Vec<String>>().join("\n") + "\n";
    run
}

/// Replaces all numbers, or those that are a confidence.
fn mask(value: &mut Value, is_confidence: bool) {
    match value {
        Value::Number(_) if is_confidence => *value = json!("#"),
        Value::Array(values) => values.iter_mut().for_each(|value| mask(value, is_confidence)),
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(name, value)| mask(value, is_confidence || name == "confidence"));
        }
        _ => {}
    }
}

fn replaced(line: &str, pattern: &str, with: &str) -> String {
    fancy_regex::Regex::new(pattern).unwrap().replace_all(line, with).into_owned()
}

#[test]
fn each_verdict_is_counted_and_each_failure_named_with_what_was_answered() {
    assert_snapshot!(
        steady(eval(with_set(SET), &["set.jsonl"]).status(0)),
        steady(eval(with_set(SET), &["--json", "set.jsonl"]).status(0)).spread(),
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
    let thresholds = "[answer]\nanswer_at = 1.0\nclosest_at = 1.0\nsuggest_at = 0.0\n";
    let test = with_set(SET).file("config.toml", thresholds);
    assert_snapshot!(steady(eval(test, &["set.jsonl"]).status(0)));
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
        with_line("{\"q\": \"a\", \"entry\": [\"pier-length\", \"pier\"]}"),
        with_line("{\"q\": \"a\", \"entry\": []}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"all\": [\"(\"]}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"al\": [\"a\"]}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"all\": []}"),
        with_line("{\"q\": \"a\", \"kind\": \"answerable\", \"sources\": [\"almanak\"]}"),
        eval(Test::new(), &["none.jsonl"]).status(2),
    );
}

#[test]
fn every_bad_line_of_every_set_is_named() {
    let good = "{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n";
    let test = with_set(&format!("not json\n{good}\n{{\"q\": \"a\"}}\n"))
        .file("other.jsonl", "{\"q\": \"a\", \"entry\": \"ferry\"}\n");
    assert_snapshot!(eval(test, &["set.jsonl", "other.jsonl"]).status(2));
}

#[test]
fn a_set_without_a_question_is_an_error() {
    assert_snapshot!(eval(with_set(""), &["set.jsonl"]).status(2), eval(with_set("\n \n"), &["set.jsonl"]).status(2));
}

#[test]
fn a_question_may_have_several_right_entries() {
    let set = "{\"q\": \"ferry fare\", \"entry\": [\"pier-ugly\", \"ferry-price\"]}\n";
    assert_eq!(report(set)["answerable"]["right"]["count"], 1);
}

#[test]
fn the_right_entry_is_named_beside_a_wrong_one() {
    let set = r#"{"q": "ferry fare", "entry": "pier-ugly"}
{"q": "ugly jetty, quill", "kind": "answerable", "all": ["120 metres"], "none": [], "sources": []}
{"q": "pier metres", "kind": "answerable", "all": ["a thousand metres"], "none": [], "sources": []}
"#;
    let run = eval(with_set(set), &["set.jsonl"]).status(0);
    let expected = ["; right: pier-ugly, ", "; right: pier-length, ", "; no entry is right\n"];
    assert!(expected.iter().all(|part| run.stdout.contains(part)), "{}", run.stdout);
    let failures = &report(set)["failures"];
    let named: Vec<&Value> = (0..3).map(|number| &failures[number]["expected"]).collect();
    assert_eq!(named, [&json!(["pier-ugly"]), &json!(["pier-length"]), &json!([])]);
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
    assert_eq!(report["left_out_entries"], Value::Null);
}

#[test]
fn leaving_entries_out_asks_what_the_base_nearly_knows() {
    let report = eval(Test::new(), &["--leave-entry-out", "--json"]).status(0).json();
    assert_eq!(report["answerable"]["asked"], 0);
    let unanswerable = &report["unanswerable"];
    assert_eq!(unanswerable["asked"], 20);
    let count = |of: &str| unanswerable[of]["count"].as_u64().unwrap();
    assert_eq!(count("refused") + count("wrongly_answered"), 20);
    assert!(count("closest") <= count("refused"), "{report}");
    // In the whole base each finds its own entry; here none may.
    let wrong = report["failures"].as_array().unwrap();
    let own = [("ferry fare", "ferry-price"), ("pier metres", "pier-length"), ("ugly jetty, quill", "pier-ugly")];
    assert!(!wrong.iter().any(|one| own.iter().any(|(q, id)| one["question"] == *q && one["best"] == *id)), "{report}");
    let leaks = report["left_out_entries"].as_array().unwrap();
    let answered: Vec<u64> = leaks.iter().map(|one| one["wrongly_answered"]["count"].as_u64().unwrap()).collect();
    assert_eq!(answered.len(), 9);
    assert!(answered.is_sorted_by(|lower, higher| lower >= higher), "a higher threshold answers no more: {answered:?}");

    let text = eval(Test::new(), &["--leave-entry-out"]).status(0).stdout;
    let parts = ["20 questions that have no answer", "    as closest ", "What would be answered although", "  0.9   "];
    assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    assert!(!text.contains("how often it is right"), "nothing can be right: {text}");
}

#[test]
fn both_ways_of_leaving_out_give_a_set_to_choose_a_threshold_on() {
    let arguments = ["--leave-one-out", "--leave-entry-out", "--choose-threshold", "--json"];
    let report = eval(Test::new(), &arguments).status(0).json();
    assert_eq!([&report["answerable"]["asked"], &report["unanswerable"]["asked"]], [&json!(20), &json!(20)]);
    assert!(report["threshold"]["answer_at"].is_number(), "{report}");
}

#[test]
fn a_base_without_phrasings_has_nothing_to_leave_out() {
    let entry = r#"
        title = "The keeper"
        [[entry]]
        id = "keeper"
        question = "Who keeps the light?"
        answer = "A keeper."
        standing = "reported"
        citations = [{ source = "almanac", paragraph = 1, evidence = ["a keeper"] }]
    "#;
    let test = Test::new().without("knowledge/harbour.toml").file("knowledge/keeper.toml", entry);
    let run = eval(test, &["--leave-one-out"]).status(2);
    assert!(run.stderr.contains("no phrasings"), "{}", run.stderr);
}

#[test]
fn every_question_is_shown_as_it_comes_if_that_is_wanted() {
    let run = eval(with_set(CERTAIN), &["--verbose", "--failures", "0", "set.jsonl"]).status(0);
    let (before, after) = run.stdout.split_once("\nanswers from").expect("the figures follow");
    let asked = ["ferry fare", "Ferry tariff?", "pier metres", "asdfgh", "ugly jetty, quill", "zxcvbn"];
    let shown: Vec<&str> = before.lines().step_by(2).map(|line| line[19..].trim_end()).collect();
    assert_eq!(shown, asked);
    assert!(before.contains("  right            ferry fare\n"), "{before}");
    assert!(after.contains("4 questions that have an answer"), "{after}");
}

#[test]
fn ctrl_c_prints_what_was_counted_so_far() {
    let line = "{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n";
    let test = with_set(&line.repeat(20_000)).args(["eval", "--verbose", "--curve", "curve.svg", "set.jsonl"]).keep();
    let mut child = test.command().spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert!(first.contains("ferry fare"), "{first}");
    // Nobody reads on, so it has to wait before it has asked all.
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "partial figures are not success");
    let (_, figures) = rest.split_once("Stopped after ").expect("it says that it was stopped");
    let asked: usize = figures.split_once(" of 20000 questions").unwrap().0.parse().unwrap();
    assert!(asked > 0 && asked < 20_000, "{asked}");
    assert!(figures.contains(&format!("{asked} questions that have an answer")), "{figures}");
    let picture = std::fs::read_to_string(test.path().join("curve.svg")).unwrap();
    assert!(picture.contains(&format!("only {asked} of 20000")), "the curve says it too");
}

#[test]
fn the_curve_is_a_staircase_that_says_what_it_is_of() {
    // One question right and wrong at the same confidence would be a slope.
    let set = format!("{SET}{{\"q\": \"ferry fare\", \"entry\": null}}\n");
    let test = with_set(&set).args(["eval", "set.jsonl", "--curve", "curve.svg"]).keep();
    let folder = test.path().to_owned();
    test.run().status(0);
    let picture = std::fs::read_to_string(folder.join("curve.svg")).unwrap();
    assert!(picture.starts_with("<svg"));
    let labels = [
        "Right and wrong answers as answer_at changes",
        "set.jsonl · base: knowledge · 20",
        "wrong answers, to 9 questions",
        "right answers, of 5 questions that have one",
        "answer_at = 0.",
    ];
    for label in labels {
        assert!(picture.contains(label), "{label:?} is missing:\n{picture}");
    }
    let line =
        picture.lines().find(|line| line.starts_with("<polyline fill=\"none\" opacity=\"1\" stroke=\"#0000FF\""));
    let points = line.unwrap().split("points=\"").nth(1).unwrap().trim_end_matches(['"', '/', '>']);
    let points: Vec<(&str, &str)> = points.split_whitespace().map(|point| point.split_once(',').unwrap()).collect();
    assert!(points.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1), "steps: {points:?}");
}

#[test]
fn a_curve_that_cannot_be_written_stops_before_the_work() {
    let unwritable = with_set(SET).args(["eval", "--verbose", "set.jsonl", "--curve", "no/such/folder/curve.svg"]);
    assert_snapshot!(unwritable.run().status(2));
}

#[test]
fn a_set_or_leave_one_out_is_needed() {
    assert_snapshot!(eval(Test::new(), &[]).status(2));
}

/// Verbatim questions of the base, found at a confidence of nearly 1, and gibberish, for which
/// nothing is found. So the counts do not depend on how good the search is.
const CERTAIN: &str = r#"{"q": "ferry fare", "entry": "ferry-price"}
{"q": "Ferry tariff?", "entry": "ferry-price"}
{"q": "pier metres", "entry": "pier-length"}
{"q": "asdfgh", "entry": "pier-ugly"}
{"q": "ugly jetty, quill", "entry": null}
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
    assert_eq!(bins[0]["mean_confidence"], json!(0.0));
    let sure = bins[9]["mean_confidence"].as_f64().unwrap();
    assert_eq!([&bins[0]["right"]["share"], &bins[9]["right"]["share"]], [&json!(0.0), &json!(0.75)]);
    let error = calibration["expected_error"].as_f64().unwrap();
    let expected = 4.0 / 6.0 * (sure - 0.75);
    assert!((error - expected).abs() < 1e-6, "four of six are about a quarter off: {error} for {expected}");
    assert_eq!(calibration["sure"]["answers"], 4);
    assert_eq!(calibration["sure"]["right"]["count"], 3);
}

#[test]
fn the_text_shows_the_reliability_table_and_the_roc_area() {
    let run = eval(with_set(CERTAIN), &["set.jsonl"]).status(0);
    let bin = r"(?m)^  0\.\d to \d\.\d {10}4  0\.\d{3} {7}3   75\.0%  \(95%: 30\.1 to 95\.4\)$";
    assert!(fancy_regex::Regex::new(bin).unwrap().is_match(&run.stdout).unwrap(), "{}", run.stdout);
    assert_snapshot!(steady(run));
}

#[test]
fn the_roc_area_tells_how_well_confidence_separates_the_two_kinds() {
    // Of the 4 × 2 pairs, three win, one loses (nothing found against a question of the base), four
    // tie (three of them the same question).
    let known = "{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n".repeat(3);
    let missing = "{\"q\": \"asdfgh\", \"entry\": \"pier-ugly\"}\n";
    let others = "{\"q\": \"ferry fare\", \"entry\": null}\n{\"q\": \"zxcvbn\", \"entry\": null}\n";
    let set = known + missing + others;
    let area = report(&set)["roc_area"].as_f64().unwrap();
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
        with_line("not json\n{\"q\": \"a\"}"),
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
