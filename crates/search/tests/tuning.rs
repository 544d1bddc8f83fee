//! Every number of the tuning is one that decides something, and is wired to what it claims.

use std::path::Path;

use footnote_knowledge::{KnowledgeBase, load};
use footnote_search::Searcher;
use footnote_search::tuning::Tuning;

/// A part of the shipped base, since each number costs a search of its own.
#[expect(clippy::unwrap_used, reason = "without the shipped base there is nothing to test")]
fn base() -> KnowledgeBase {
    let mut base = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")).unwrap();
    base.entries.truncate(20);
    base
}

/// Phrasings of the base as they are, with a letter missing, and in part, and what it cannot
/// answer.
fn questions(base: &KnowledgeBase) -> Vec<String> {
    let phrasings = base.entries.iter().flat_map(|entry| &entry.phrasings).map(|phrasing| phrasing.value.as_str());
    let mut questions: Vec<String> = Vec::new();
    for phrasing in phrasings {
        questions.push(phrasing.to_owned());
        questions.push(phrasing.replacen(['o', 'k', 'b'], "", 1));
        questions.push(phrasing.replacen('s', "ss", 1).replacen('e', "w", 1));
        questions.extend(phrasing.split_once(' ').map(|(_, rest)| rest.chars().rev().collect::<String>() + " " + rest));
    }
    let others = ["how many", "kosovo", "hwo many trops", "capital of france", "aboot casualties", "kosxvo"];
    questions.extend(others.map(str::to_owned));
    questions
}

/// Every confidence of every question.
fn confidences(base: &KnowledgeBase, questions: &[String], tuning: &Tuning) -> Vec<(usize, u32)> {
    let searcher = Searcher::with_tuning(base, tuning);
    let hits = questions.iter().flat_map(|question| searcher.search(question, 5));
    hits.map(|hit| (hit.entry, hit.confidence.to_bits())).collect()
}

type Change = fn(&mut Tuning);

/// A change of each number, by its name.
const CHANGES: [(&str, Change); 54] = [
    ("fields.question", |t| t.fields.question = 5.0),
    ("fields.phrasing", |t| t.fields.phrasing = 2.0),
    ("fields.keyword", |t| t.fields.keyword = 1.0),
    ("fields.answer", |t| t.fields.answer = 0.5),
    ("index.length_normalization", |t| t.index.length_normalization = 0.9),
    ("index.saturation", |t| t.index.saturation = 4.0),
    ("index.rarity_exponent", |t| t.index.rarity_exponent = 1.0),
    ("index.unknown_excess", |t| t.index.unknown_excess = 3.0),
    ("index.smallest_language", |t| t.index.smallest_language = 4_000),
    ("index.smallest_share", |t| t.index.smallest_share = 0.3),
    ("expansion.fewest_entries", |t| t.expansion.fewest_entries = 6),
    ("expansion.association_saturation", |t| t.expansion.association_saturation = 3.0),
    ("expansion.weakest_association", |t| t.expansion.weakest_association = 0.4),
    ("expansion.most_associated", |t| t.expansion.most_associated = 1),
    ("expansion.family_strength", |t| t.expansion.family_strength = 0.1),
    ("expansion.least_family_similarity", |t| t.expansion.least_family_similarity = 0.9),
    ("expansion.family_prefix", |t| t.expansion.family_prefix = 7),
    ("expansion.thesaurus_strength", |t| t.expansion.thesaurus_strength = 0.9),
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
    ("spelling.likelihood_per_slip", |t| t.spelling.likelihood_per_slip = 0.5),
    ("features.gram_length", |t| t.features.gram_length = 3),
    ("features.fewest_texts", |t| t.features.fewest_texts = 4),
    ("classifier.cost", |t| t.classifier.cost = 0.2),
    ("classifier.passes", |t| t.classifier.passes = 1),
    ("classifier.rivals", |t| t.classifier.rivals = 3),
    ("classifier.common_share", |t| t.classifier.common_share = 20),
    ("classifier.smallest_weight", |t| t.classifier.smallest_weight = 0.2),
    ("classifier.shrink_at", |t| t.classifier.shrink_at = 0.0),
    ("ranking.even_phrasings", |t| t.ranking.even_phrasings = 20.0),
    ("ranking.highest_support_weight", |t| t.ranking.highest_support_weight = 1.5),
    ("ranking.least_class", |t| t.ranking.least_class = 0.9),
    ("confidence.intercept", |t| t.confidence.intercept = 0.5),
    ("confidence.class_slope", |t| t.confidence.class_slope = 1.0),
    ("confidence.support_slope", |t| t.confidence.support_slope = 1.0),
    ("confidence.margin_slope", |t| t.confidence.margin_slope = 2.0),
    ("confidence.widest_margin", |t| t.confidence.widest_margin = 0.1),
    ("confidence.scarcity_loss", |t| t.confidence.scarcity_loss = 0.1),
    ("confidence.vagueness_loss", |t| t.confidence.vagueness_loss = 0.1),
    ("confidence.unknown_loss", |t| t.confidence.unknown_loss = 0.1),
    ("confidence.no_number_loss", |t| t.confidence.no_number_loss = 0.1),
    ("confidence.even_support_weight", |t| t.confidence.even_support_weight = 9.0),
    ("confidence.single_term_specificity", |t| t.confidence.single_term_specificity = 0.1),
    ("confidence.verbatim", |t| t.confidence.verbatim = 0.95),
    ("confidence.same_terms", |t| t.confidence.same_terms = 0.99),
    ("confidence.same_terms_from", |t| t.confidence.same_terms_from = 99.0),
];

#[test]
fn every_number_decides_something() {
    let base = base();
    let questions = questions(&base);
    let shipped = confidences(&base, &questions, &Tuning::default());
    let idle: Vec<&str> = CHANGES
        .iter()
        .filter(|(_, change)| {
            let mut tuning = Tuning::default();
            change(&mut tuning);
            confidences(&base, &questions, &tuning) == shipped
        })
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(idle, Vec::<&str>::new(), "changed, and nothing else did");
}
