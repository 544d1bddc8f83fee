//! Whatever a question is, search and rendering neither panic nor exceed a limit of Discord.

use std::path::Path;
use std::sync::LazyLock;

use footnote::discord::{App, Setup, interaction, respond};
use footnote_search::reply::{Answerer, Outcome, Thresholds};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;
use tokio::runtime::Runtime;

use discord_double::{Interaction, check_callback};

/// Thresholds that produce answers, suggestions and refusals.
const THRESHOLDS: Thresholds = Thresholds { answer_at: 0.5, closest_at: 0.3, suggest_at: 0.1 };

/// Several times as long, in characters, as any text that Discord takes.
const VERY_LONG: usize = 20_000;

static SHIPPED: LazyLock<Answerer> = LazyLock::new(shipped);

static APP: LazyLock<App> = LazyLock::new(|| App::new(Setup::new(shipped(), FOLDER)));

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");

fn shipped() -> Answerer {
    Answerer::new(footnote_knowledge::load(Path::new(FOLDER)).expect("the shipped base is valid"), THRESHOLDS)
}

/// Asks and completes, and checks what Discord would receive.
fn check(question: &str) {
    let reply = SHIPPED.reply(question);
    for candidate in &reply.candidates {
        assert!((0.0..=1.0).contains(&candidate.confidence), "{}", candidate.confidence);
    }
    assert!(reply.candidates.is_sorted_by(|a, b| a.confidence >= b.confidence));
    check_response(&APP, &Interaction::command("ask").option("question", question));
    check_response(&APP, &Interaction::autocomplete("ask").focused("question", question));
    check_response(&APP, &Interaction::component(&format!("answer:no:kfor-deployed:{question}")));
}

fn check_response(app: &App, interaction: &Interaction) {
    let interaction = interaction::read(interaction.issued().to_string().as_bytes()).expect("it is an interaction");
    let response = RUNTIME.block_on(respond(app, &interaction));
    let body: Value = interaction::write(&response).expect("a response is JSON").parse().expect("it is JSON");
    assert_eq!(check_callback(&body), Vec::<String>::new(), "{body}");
}

/// Any Unicode.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "\\PC{0,120}"]
}

/// Words of the base mixed with any Unicode, so that all outcomes occur.
fn question() -> impl Strategy<Value = String> {
    const WORDS: [&str; 11] = [
        "when",
        "kfor",
        "deploy",
        "Kosovo's",
        "Milošević",
        "50 000",
        "how many",
        "US",
        "latifi",
        "12.06.1999",
        "kosvo",
    ];
    let word = prop_oneof![prop::sample::select(&WORDS[..]).prop_map(str::to_owned), "\\PC{0,12}"];
    prop::collection::vec(word, 0..15).prop_map(|words| words.join(" "))
}

proptest! {
    // PROPTEST_CASES says how many; every night there are more.
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_gets_a_response_within_all_limits(text in text()) {
        check(&text);
    }

    #[test]
    fn any_question_gets_a_response_within_all_limits(question in question()) {
        check(&question);
    }
}

#[test]
fn very_long_questions_get_a_response_within_all_limits() {
    for unit in ["a", "kfor ", "🤔", "e\u{301}", "\u{0}", "1,", "-", "US ", "ﷺ"] {
        check(&unit.repeat(VERY_LONG / unit.chars().count()));
    }
    check("");
}

#[test]
fn all_outcomes_occur() {
    let outcomes = ["when did kfor deploy", "kosovo", "asdfgh"].map(|question| SHIPPED.reply(question).outcome);
    assert_eq!(outcomes, [Outcome::Answer, Outcome::Suggest, Outcome::Unknown]);
}
