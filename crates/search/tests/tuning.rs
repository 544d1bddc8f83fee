//! Every number of the tuning decides something: where it changes, so does what is found.

use std::path::Path;

use footnote_knowledge::{KnowledgeBase, load};
use footnote_search::calibration::calibrate;
use footnote_search::tuning::Tuning;
use footnote_search::{Hit, Searcher};

/// A base of `tests/tuning`, in which every number has something to decide.
#[expect(clippy::unwrap_used, reason = "without the base there is nothing to test")]
fn base(name: &str) -> KnowledgeBase {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tuning").join(name)).unwrap()
}

/// Questions to the base in English. Those of a line are there for the numbers above them.
const QUESTIONS: [&str; 38] = [
    // Fields, index, classifier and ranking.
    "what does the ferry cost",
    "timetable",
    "when does the boat leave in the morning",
    "how deep is it by the pier",
    "money for the ferry",
    "harbourside",
    "seaport harborage",
    // Expansion: families and meanings of words, and what stands beside each other in the base.
    "departure of the ferry",
    "purchase a ticket",
    "expensive mooring",
    "crossing the bay with an animal",
    // Spelling: a gap, a doubling, a swap, replacements, the first letter, two slips.
    "ferry schdule",
    "harrbour depth",
    "harbuor depth",
    "harbiur depth",
    "harbxur depth",
    "jarbour depth",
    "ferry shcedlue",
    "tiddse",
    // A word of English, and one of the small words.
    "boar repair",
    "hwo deep is the harbour",
    // Function words that this base keeps.
    "for",
    "what does for mean",
    "explain the loop",
    "by the quay",
    // Names, numbers and actions that an entry does not have, and negations.
    "what does the ferry to Bergen cost",
    "what did the ferry cost in 1999",
    "what is the price of a ticket to Norway",
    "how do I sell my boat",
    "the crane works",
    "why does the ferry not depart",
    // Little in common.
    "lighthouse",
    "harbour",
    "pier",
    "red",
    "what is the water like today",
    "is the office open in summer on the western side of the bay",
    "boat",
];

/// Questions to the base in German.
const FRAGEN: [&str; 3] = ["was kostet ein Zebra", "wann fährt das Schiff", "Segelschule im Hafen"];

/// What every question finds, by the numbers alone or as the base weighs by them.
fn found(bases: &[(KnowledgeBase, &[&str])], tuning: &Tuning, is_calibrated: bool) -> Vec<Vec<Hit>> {
    let mut found = Vec::new();
    for (base, questions) in bases {
        let mut searcher = Searcher::with_tuning(base, tuning);
        if is_calibrated {
            searcher = searcher.calibrated(calibrate(base, tuning, 0.2));
        }
        found.extend(questions.iter().map(|question| searcher.search(question, 5)));
    }
    found
}

type Change = fn(&mut Tuning);

/// A change of each number, by its name.
const CHANGES: [(&str, Change); 59] = [
    ("fields.question", |t| t.fields.question = 5.0),
    ("fields.phrasing", |t| t.fields.phrasing = 2.0),
    ("fields.keyword", |t| t.fields.keyword = 1.0),
    ("fields.answer", |t| t.fields.answer = 0.5),
    ("keep.fewest_phrasings", |t| t.keep.fewest_phrasings = 1_000),
    ("keep.least_share", |t| t.keep.least_share = 0.95),
    ("keep.highest_mean", |t| t.keep.highest_mean = 0.01),
    ("keep.most_entries", |t| t.keep.most_entries = 0),
    ("index.length_normalization", |t| t.index.length_normalization = 0.9),
    ("index.saturation", |t| t.index.saturation = 4.0),
    ("index.rarity_exponent", |t| t.index.rarity_exponent = 1.0),
    ("index.unknown_excess", |t| t.index.unknown_excess = 3.0),
    ("index.common_from", |t| t.index.common_from = 0.0),
    ("index.loss_by_commonness", |t| t.index.loss_by_commonness = 0.0),
    ("index.smallest_language", |t| t.index.smallest_language = 4_000),
    ("index.smallest_share", |t| t.index.smallest_share = 0.3),
    ("expansion.fewest_entries", |t| t.expansion.fewest_entries = 6),
    ("expansion.association_saturation", |t| t.expansion.association_saturation = 3.0),
    ("expansion.weakest_association", |t| t.expansion.weakest_association = 0.4),
    ("expansion.most_associated", |t| t.expansion.most_associated = 1),
    ("expansion.family_strength", |t| t.expansion.family_strength = 0.1),
    ("expansion.meaning_strength", |t| t.expansion.meaning_strength = 0.1),
    ("spelling.prefix", |t| t.spelling.prefix = 3),
    ("spelling.two_slips_from", |t| t.spelling.two_slips_from = 20),
    ("spelling.gap", |t| t.spelling.gap = 16),
    ("spelling.doubling", |t| t.spelling.doubling = 12),
    ("spelling.swap", |t| t.spelling.swap = 20),
    ("spelling.likely_replacement", |t| t.spelling.likely_replacement = 30),
    ("spelling.unlikely_replacement", |t| t.spelling.unlikely_replacement = 30),
    ("spelling.first_letter", |t| t.spelling.first_letter = 30),
    ("spelling.allowed", |t| t.spelling.allowed = [0; 9]),
    ("spelling.allowed_of_function_word", |t| t.spelling.allowed_of_function_word = 0),
    ("spelling.least_commonness", |t| t.spelling.least_commonness = 9.0),
    ("spelling.likelihood_per_slip", |t| t.spelling.likelihood_per_slip = 0.5),
    ("features.gram_length", |t| t.features.gram_length = 5),
    ("features.fewest_texts", |t| t.features.fewest_texts = 4),
    ("classifier.cost", |t| t.classifier.cost = 0.2),
    ("classifier.passes", |t| t.classifier.passes = 1),
    ("classifier.rivals", |t| t.classifier.rivals = 3),
    ("classifier.common_share", |t| t.classifier.common_share = 20),
    ("classifier.smallest_weight", |t| t.classifier.smallest_weight = 0.2),
    ("classifier.shrink_at", |t| t.classifier.shrink_at = 0.0),
    ("ranking.at_ten", |t| t.ranking.at_ten = [1.0, 1.0, 1.0]),
    ("ranking.gain", |t| t.ranking.gain = [0.0, 0.0, 4.0]),
    ("ranking.least_class", |t| t.ranking.least_class = 0.9),
    ("confidence.weights", |t| t.confidence.weights[0] += 1.0),
    ("confidence.tie", |t| t.confidence.tie = 9.0),
    ("confidence.least_in_common", |t| t.confidence.least_in_common = 1.5),
    ("confidence.least_of_one_word", |t| t.confidence.least_of_one_word = 1.5),
    ("confidence.sure_enough", |t| t.confidence.sure_enough = 1.5),
    ("confidence.least_explained", |t| t.confidence.least_explained = 1.0),
    ("confidence.telling_name", |t| t.confidence.telling_name = 9.0),
    ("confidence.telling_number", |t| t.confidence.telling_number = 9.0),
    ("confidence.most_of_question", |t| t.confidence.most_of_question = 1.1),
    ("confidence.least_stranger", |t| t.confidence.least_stranger = 1.1),
    ("confidence.least_action", |t| t.confidence.least_action = 1.1),
    ("confidence.short_question", |t| t.confidence.short_question = 1),
    ("confidence.enough_phrasings", |t| t.confidence.enough_phrasings = 1_000),
    ("confidence.as_near_without", |t| t.confidence.as_near_without = 0.0),
];

/// A change of each number that decides what a base learns about itself.
const CHANGES_OF_LEARNING: [(&str, Change); 4] = [
    ("ranking.precision", |t| t.ranking.precision = [40.0; 3]),
    ("confidence.precision", |t| t.confidence.precision = 40.0),
    ("confidence.usual_entries", |t| t.confidence.usual_entries = 500.0),
    ("confidence.growth_of_gaps", |t| t.confidence.growth_of_gaps = 0.0),
];

/// The changes after which everything is found as before.
fn idle(changes: &[(&'static str, Change)], is_calibrated: bool) -> Vec<&'static str> {
    let bases: [(KnowledgeBase, &[&str]); 2] = [(base("harbour"), &QUESTIONS), (base("hafen"), &FRAGEN)];
    let shipped = found(&bases, &Tuning::default(), is_calibrated);
    let is_idle = |(_, change): &&(&str, Change)| {
        let mut tuning = Tuning::default();
        change(&mut tuning);
        found(&bases, &tuning, is_calibrated) == shipped
    };
    changes.iter().filter(is_idle).map(|(name, _)| *name).collect()
}

#[test]
fn every_number_decides_something() {
    assert_eq!(idle(&CHANGES, false), Vec::<&str>::new(), "changed, and nothing else did");
}

#[test]
fn every_number_of_calibration_decides_something() {
    assert_eq!(idle(&CHANGES_OF_LEARNING, true), Vec::<&str>::new(), "changed, and nothing else did");
}

/// A number that is added to the tuning has to be added here.
#[test]
fn every_number_is_changed() {
    let mut fields = Vec::new();
    let mut group = String::new();
    for line in format!("{:#?}", Tuning::default()).lines() {
        let depth = line.chars().take_while(|c| *c == ' ').count() / 4;
        let Some((name, _)) = line.trim().split_once(": ") else { continue };
        match depth {
            1 => name.clone_into(&mut group),
            2 => fields.push(format!("{group}.{name}")),
            _ => {}
        }
    }
    let mut changed: Vec<&str> = CHANGES.iter().chain(&CHANGES_OF_LEARNING).map(|(name, _)| *name).collect();
    fields.sort_unstable();
    changed.sort_unstable();
    assert_eq!(changed, fields);
}
