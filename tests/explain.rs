//! `footnote ask --explain`: why a question got its reply.

use footnote_search::evidence::FEATURE_NAMES;
use serde_json::Value;

use crate::support::footnote::Test;

fn explained(question: &str) -> Value {
    Test::new().args(["ask", "--explain", "--json", question]).run().json()
}

fn page(question: &str) -> String {
    Test::new().args(["ask", "--explain", question]).run().stdout
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key} in {value}"))
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("no number {key} in {value}"))
}

/// What was done with words, what they were, and what they were read as.
fn changes(explanation: &Value) -> Vec<[&str; 3]> {
    list(explanation, "changes")
        .iter()
        .map(|change| ["kind", "typed", "read_as"].map(|key| change[key].as_str().unwrap()))
        .collect()
}

#[test]
fn the_pieces_add_up_to_the_confidence_of_the_reply() {
    for question in ["ferry fare", "how long was the ugly pier in 1999", "who painted the lighthouse"] {
        let reply = explained(question);
        let explanation = &reply["explanation"];
        let (candidates, found) = (list(explanation, "candidates"), list(&reply, "candidates"));
        assert_eq!(candidates.len(), found.len().min(3), "{question}");
        for (candidate, found) in candidates.iter().zip(found) {
            assert_eq!(
                (&candidate["id"], &candidate["confidence"]),
                (&found["id"], &found["confidence"]),
                "{question}"
            );
            assert_eq!(list(candidate, "explained").len(), list(explanation, "units").len());
        }
        let evidence = list(&candidates[0], "evidence");
        let names: Vec<&str> = evidence.iter().map(|piece| piece["name"].as_str().unwrap()).collect();
        assert_eq!(names, FEATURE_NAMES);
        let log_odds: f64 = evidence.iter().map(|piece| number(piece, "adds")).sum();
        let confidence = 1.0 / (1.0 + (-log_odds).exp());
        assert!((confidence - number(&candidates[0], "confidence")).abs() < 0.002, "{question}: {confidence}");
        let needed = list(explanation, "units").iter().filter(|unit| unit["is_optional"] == false);
        let weight: f64 = needed.map(|unit| number(unit, "weight")).sum();
        assert!((weight - 1.0).abs() < 0.002, "the shares of the words are a whole: {weight}");
    }
}

#[test]
fn it_tells_how_each_word_was_read() {
    let question = "what is the fery price for zebras at the light house, and its ferrytariff";
    let reply = explained(question);
    let explanation = &reply["explanation"];
    let changes = changes(explanation);
    for change in [["corrected", "fery", "ferry"], ["split", "ferrytariff", "ferry tariff"]] {
        assert!(changes.contains(&change), "{change:?} in {changes:?}");
    }
    let joined = changes.iter().find(|[kind, ..]| *kind == "joined");
    assert_eq!(joined.map(|[_, typed, _]| *typed), Some("light house"), "{changes:?}");
    let units = list(explanation, "units");
    let unit =
        |term: &str| units.iter().find(|unit| unit["term"] == term).unwrap_or_else(|| panic!("{term}: {units:?}"));
    assert_eq!((&unit("zebra")["is_known"], &unit("ferry")["is_known"]), (&false.into(), &true.into()));
    let dropped: Vec<&str> = list(explanation, "dropped").iter().map(|word| word.as_str().unwrap()).collect();
    assert!(dropped.contains(&"the") && !dropped.contains(&"zebras"), "{dropped:?}");
}

#[test]
fn a_page_for_curators_stands_below_the_reply() {
    let page = page("what is the fery price for zebras");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text:?} in:\n{page}"));
    let order = [
        "How much does the ferry cost?",
        "Why this reply",
        "  read as: what is the fery price for zebras",
        "  corrected: fery → ferry",
        "  dropped, because they tell nothing here: ",
        "  not in the base: zebra",
        "  what each word counts:",
        "1. How much does the ferry cost?",
        "  entry: ferry-price",
        "  confidence: 0.",
        "  how far the entry explains each word: ",
        "  for it:",
        "  against it:",
        "Outcome: ",
        "; an answer needs 0.",
        "  weights of the evidence: those of bases in general",
    ];
    let places: Vec<usize> = order.iter().map(|text| place(text)).collect();
    assert!(places.is_sorted(), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    // The largest piece comes first.
    let (_, pros) = page.split_once("  for it:\n").unwrap();
    let pros = pros.lines().map_while(|line| line.trim_start().split(' ').next()?.parse::<f64>().ok());
    let pros: Vec<f64> = pros.collect();
    assert!(!pros.is_empty() && pros.is_sorted_by(|one, other| one >= other), "{pros:?}");
}

#[test]
fn an_objection_is_given_in_words() {
    let question = "how much does the ferry cost in 1999";
    let reply = explained(question);
    let objections = list(&reply["explanation"]["candidates"][0], "objections");
    let number = objections.iter().find(|objection| objection["name"] == "number").unwrap_or_else(|| panic!("{reply}"));
    let reason = number["reason"].as_str().unwrap();
    assert!(page(question).contains(&format!("  no answer, because {reason}\n")));
    assert_ne!(reply["outcome"], "answer");
}

#[test]
fn a_question_without_a_word_of_the_base_is_explained_too() {
    for question in ["?!", "the of and"] {
        let page = page(question);
        assert!(page.contains("no word of the question means anything to the base"), "{question}: {page}");
        assert!(list(&explained(question)["explanation"], "units").is_empty());
        assert_ne!(explained(question)["outcome"], "answer");
    }
}

#[test]
fn what_would_control_the_terminal_stays_out_of_the_page() {
    let page = page("ferry \u{1b}[31mfare\u{202e} zebra\u{9b}2J");
    assert!(!page.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{page:?}");
}

#[test]
fn each_line_of_a_batch_is_explained_if_it_is_asked_for() {
    let batch = |options: &[&str]| {
        let test = Test::new().args(["ask", "--json", "--batch"]).args(options.iter().copied());
        test.stdin("ferry fare\nasdfgh\n").run().status(0).json_lines()
    };
    assert!(batch(&["--explain"]).iter().all(|reply| reply["explanation"]["thresholds"]["answer_at"].is_number()));
    assert!(batch(&[]).iter().all(|reply| reply.get("explanation").is_none()));
}
