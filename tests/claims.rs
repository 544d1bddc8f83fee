//! What one side claims is told to whoever asks what that side says. Whoever asks how it is gets
//! each side.

use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

use footnote_knowledge::text::fold::fold;
use footnote_knowledge::{KnowledgeBase, Standing};
use footnote_search::reply::{Answerer, Outcome, Thresholds};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::support::footnote::{Run, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;

/// Two opposite claims about a bridge, the dispute of which they are the sides, and a claim that
/// nobody else speaks of.
const BRIDGE: &str = r#"
title = "The bridge"

[[entry]]
id = "bridge-blame"
question = "Who is to blame for the fall of the bridge?"
phrasings = [
  "whose fault was it that the bridge fell",
  "why did the bridge come down",
  "is anybody guilty of the collapse",
  "who let it fall",
  "cause of the collapse of the bridge",
]
answer = "Ada Quill blames the miller, the almanac blames the flood. They do not report a verdict."
standing = "disputed"
citations = [
  { source = "letters", paragraph = 3, evidence = ["the miller sawed"] },
  { source = "almanac", paragraph = 5, evidence = ["the flood took it"] },
]

[[entry]]
id = "quill-miller"
question = "Of what does Ada Quill accuse the miller?"
phrasings = [
  "does quill say that the miller sawed through the posts",
  "quill on the miller's saw",
  "what did the miller do according to ada",
  "letters from the pier: the miller and the sawn posts",
  "why does ada quill call the miller a criminal",
]
answer = "Ada Quill writes that the miller sawed through the posts of the bridge."
standing = "claim"
claimed_by = "Ada Quill"
side_of = "bridge-blame"
related = ["bridge-blame"]
citations = [{ source = "letters", paragraph = 3, evidence = ["the miller sawed"] }]

[[entry]]
id = "quill-ghost"
question = "What does Ada Quill say about the ghost?"
phrasings = [
  "does quill believe in the ghost of the tower",
  "quill's ghost story",
  "ada and the phantom in the tower",
  "has ada quill seen a phantom",
  "the tower is haunted, says quill",
]
answer = "Ada Quill claims to have seen a ghost in the tower."
standing = "claim"
claimed_by = "Ada Quill"
citations = [{ source = "letters", paragraph = 4, evidence = ["a ghost in the tower"] }]
"#;

fn sources() -> String {
    SOURCES.replace("publisher = ", "called = [\"pier letters\"]\npublisher = ")
}

fn bridge(topic: &str) -> Test {
    Test::new().file("knowledge/sources.toml", sources()).file("knowledge/bridge.toml", topic)
}

fn asked(question: &str) -> Run {
    bridge(BRIDGE).args(["ask", "--json", question]).run()
}

#[track_caller]
fn assert_answer(question: &str, entry: &str) {
    let reply = asked(question).json();
    assert_eq!((&reply["outcome"], &reply["answer"]["id"]), (&"answer".into(), &entry.into()), "{question}: {reply}");
}

#[test]
fn a_question_that_names_the_claimant_gets_the_claim() {
    for question in [
        "what does quill say the miller sawed through",
        "does ada say that the miller sawed through the posts",
        "did the miller saw through the posts, as in the pier letters",
        "pier press: the miller sawed through the posts",
        "letters from the pier: did the miller saw through the posts",
        "does qiull say that the miller sawed through the posts",
    ] {
        assert_answer(question, "quill-miller");
    }
}

#[test]
fn a_question_that_names_nobody_gets_the_dispute() {
    for question in [
        "did the miller saw through the posts",
        "the miller sawed through the posts",
        "why is the miller a criminal",
        "tell me about the letters of the miller and the sawn posts",
    ] {
        assert_answer(question, "bridge-blame");
    }
}

#[test]
fn a_claim_without_a_dispute_is_no_answer_to_who_names_nobody() {
    assert_answer("has quill seen the ghost in the tower", "quill-ghost");
    let run = asked("has anybody seen the ghost in the tower").status(1);
    // The dispute about the bridge is among the five.
    assert_eq!(run.json()["outcome"], "suggest", "{}", run.stdout);
}

#[test]
fn the_explanation_tells_by_which_claim_a_dispute_was_found() {
    let question = "did the miller saw through the posts";
    let page = bridge(BRIDGE).args(["ask", "--explain", question]).run().stdout;
    assert!(page.contains("found by: quill-miller, one side of it"), "{page}");
    let reply = bridge(BRIDGE).args(["ask", "--explain", "--json", question]).run().json();
    let best = &reply["explanation"]["candidates"][0];
    assert_eq!([&best["id"], &best["found_by"]], ["bridge-blame", "quill-miller"], "{best}");
    let ghost = bridge(BRIDGE).args(["ask", "--explain", "is there a ghost in the tower"]).run().stdout;
    assert!(ghost.contains("it is somebody's claim, and the question does not name them"), "{ghost}");
}

#[test]
fn whoever_asks_a_source_by_name_is_answered_by_what_rests_on_it() {
    assert_answer("how long is the pier as the almanac of the harbour has it", "pier-length");
    assert_answer("the harbour almanac on the year of the lighthouse", "lighthouse-built");
    let run = asked("what does pier press say about the year of the lighthouse").status(1);
    assert_ne!(run.json()["outcome"], "answer", "{}", run.stdout);
}

#[test]
fn a_phrasing_of_a_claim_that_names_nobody_is_a_warning() {
    let topic = BRIDGE.replace("quill's ghost story", "a story about ghosts");
    let topic = topic.replace("Of what does Ada Quill accuse the miller?", "Of what is the miller accused?");
    assert_snapshot!(bridge(&topic).args(["check"]).run().status(1));
}

#[test]
fn only_a_claim_is_one_side_of_a_dispute_that_exists() {
    let ghost =
        |key: &str| BRIDGE.replace("answer = \"Ada Quill claims", &format!("{key}\nanswer = \"Ada Quill claims"));
    let typo = ghost("side_of = \"bridge-blam\"");
    let no_dispute = ghost("side_of = \"pier-ugly\"");
    let no_claim = BRIDGE.replace("standing = \"disputed\"", "standing = \"disputed\"\nside_of = \"pier-length\"");
    let check = |topic: &str| bridge(topic).args(["check"]).run().status(1);
    assert_snapshot!(check(&typo), check(&no_dispute), check(&no_claim));
}

/// The shipped base, with which everything that is near is shown as the nearest.
static NEAREST: LazyLock<Answerer> = LazyLock::new(|| {
    let base = footnote_knowledge::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge")));
    let thresholds = Thresholds { answer_at: 1.0, closest_at: 0.0, suggest_at: 0.0 };
    Answerer::new(base.expect("the shipped base is valid"), thresholds)
});

fn words(text: &str) -> impl Iterator<Item = String> + use<> {
    let words: Vec<String> = fold(text).split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    words.into_iter().filter(|word| !word.is_empty())
}

/// The words of questions and phrasings of claims and disputes that name nobody who claims
/// anything and no source.
fn contested_words(base: &KnowledgeBase) -> Vec<String> {
    let claimants = base.entries.iter().filter_map(|entry| entry.standing.claimed_by());
    let sources = base.sources.iter().flat_map(|source| {
        let names = [Some(&source.title), source.author.as_ref(), source.publisher.as_ref()];
        names.into_iter().flatten().chain(&source.called).map(String::as_str)
    });
    let names: HashSet<String> = claimants.chain(sources).flat_map(words).collect();
    let contested = base.entries.iter().filter(|entry| entry.standing != Standing::Reported);
    let texts = contested.flat_map(|entry| {
        let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
        phrasings.chain([entry.question.as_str()])
    });
    // "Latifis" names him too.
    let is_name = |word: &String| {
        names.contains(word) || names.iter().any(|name| name.len() > 3 && word.starts_with(name.as_str()))
    };
    let words: HashSet<String> = texts.flat_map(words).filter(|word| !is_name(word)).collect();
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort_unstable();
    words
}

#[test]
fn the_nearest_thing_is_no_claim_that_nobody_named_where_a_dispute_is_near_too() {
    let words = contested_words(NEAREST.base());
    let question = proptest::collection::vec(proptest::sample::select(words), 1..7);
    let mut runner =
        proptest::test_runner::TestRunner::new(Config { cases: 1_500, failure_persistence: None, ..Config::default() });
    let seen = std::cell::Cell::new(0);
    let checked = runner.run(&question, |words| {
        let question = words.join(" ");
        let reply = NEAREST.reply(&question);
        let is_disputed = reply.candidates.iter().any(|candidate| candidate.entry.standing == Standing::Disputed);
        seen.set(seen.get() + usize::from(is_disputed && reply.outcome == Outcome::Closest));
        let claimant = reply.shown().and_then(|entry| entry.standing.claimed_by());
        prop_assert!(claimant.is_none() || !is_disputed, "{question}: {:?}", reply.candidates[0].entry.id);
        Ok(())
    });
    checked.expect("no claim is shown");
    assert!(seen.get() > 100, "only {} of the questions are near a dispute", seen.get());
}
