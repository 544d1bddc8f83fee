//! Fits numbers of the search over many bases and sizes, and prints them for
//! `crates/search/src/tuning.rs`, with the figures that they give.
//!
//! `cargo run --release -p footnote-evaluation --bin tune -- BASE…`: a base is a knowledge folder
//! or a file of JSON lines `{"q": "…", "entry": "label"}`. A file with many phrasings an entry is
//! also cut down to fewer. What is said of a base was fitted without it and its relatives, which
//! are the files whose names begin with the same word.

use std::env;
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use footnote_evaluation::training_set;
use footnote_evaluation::tuning::{
    Figures, Held, SizedChoice, Study, calibrated, figures, fit_confidence, fit_ranking, lowest_threshold,
};
use footnote_search::calibration;
use footnote_search::choice;
use footnote_search::evidence::{FEATURE_COUNT, FEATURE_NAMES};
use footnote_search::logistic::{self, Example, Prior};
use footnote_search::tuning::Tuning;
use footnote_search::weights::{EvidenceWeights, VIEW_COUNT};

/// The share of questions without an answer that is expected.
const UNANSWERABLE: f32 = 0.2;

/// The share of all questions that may be answered wrongly.
const WRONG_AT_MOST: f64 = 0.03;

/// At which confidence the figures are taken: the default of `answer_at`.
const ANSWER_AT: f64 = 0.5;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tune: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let studies = studies()?;
    if studies.is_empty() {
        return Err("name knowledge folders or files of labelled questions".into());
    }
    let mut out = io::stdout().lock();
    let mut tuning = Tuning::default();
    tune_ranking(&studies, &mut tuning, &mut out)?;
    writeln!(out, "// What each base adds to these:")?;
    for study in &studies {
        writeln!(out, "// {:<28} {:.2?}", study.name, calibration::learn_ranking(&study.base, &tuning))?;
    }
    let studies: Vec<Study> = studies.into_iter().flat_map(Study::sizes).collect();
    let held: Vec<Held> = studies.iter().map(|study| study.held(&tuning, UNANSWERABLE)).collect();
    tune_confidence(&held, &tuning, &mut out)
}

fn tune_ranking(studies: &[Study], tuning: &mut Tuning, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let relatives = |study: &Study| studies.iter().filter(|other| other.family == study.family).count();
    let choices = studies.iter().map(|study| (study.family.as_str(), study.choices(tuning, relatives(study))));
    let choices: Vec<(&str, Vec<SizedChoice>)> = choices.collect();
    let all: Vec<SizedChoice> = choices.iter().flat_map(|(_, choices)| choices.clone()).collect();
    let weights = fit_ranking(&all);
    writeln!(out, "// The order of candidates: the right one comes first if it is among them,")?;
    writeln!(out, "// fitted without the base and its relatives.")?;
    for (study, (family, own)) in studies.iter().zip(&choices) {
        let others = choices.iter().filter(|(other, _)| other != family).flat_map(|(_, choices)| choices.clone());
        let weights = fit_ranking(&others.collect::<Vec<_>>());
        writeln!(out, "// {:<28} {:.3}", study.name, choice::share_first(own, &weights))?;
    }
    let (at_ten, gain) = weights.split_at(VIEW_COUNT);
    (tuning.ranking.at_ten, tuning.ranking.gain) = (rounded(at_ten), rounded(gain));
    writeln!(out, "at_ten: {:?}, gain: {:?}", tuning.ranking.at_ten, tuning.ranking.gain)?;
    Ok(())
}

fn tune_confidence(held: &[Held], tuning: &Tuning, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let weights = fit_confidence(held, |_| true);
    for (name, weight) in FEATURE_NAMES.iter().zip(weights) {
        writeln!(out, "    {weight:.4}, // {name}")?;
    }
    let mut families: Vec<&str> = held.iter().map(|one| one.family.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    let without: Vec<(&str, EvidenceWeights)> =
        families.iter().map(|family| (*family, fit_confidence(held, |other| other.family != *family))).collect();
    let calibrated: Vec<EvidenceWeights> = held.iter().map(|one| own_weights(one, &without, tuning)).collect();
    let mut told = Vec::new();
    for (one, weights) in held.iter().zip(&calibrated) {
        let confidence = |example: &Example<FEATURE_COUNT>| logistic::probability(weights, &example.features);
        told.extend(one.examples.iter().map(|(example, _)| (*example, confidence(example))));
    }
    writeln!(
        out,
        "// wrong answers to at most {WRONG_AT_MOST} of all: from {:.3}",
        lowest_threshold(&told, WRONG_AT_MOST)
    )?;
    writeln!(out, "// At {ANSWER_AT}, by a base's own weights, fitted without its relatives:")?;
    writeln!(out, "// {:<28} {:>7} {:>7} {:>7} {:>7}", "base", "error", "right", "wrong", "refused")?;
    for (one, weights) in held.iter().zip(&calibrated) {
        let Figures { error, right, wrong, refused } = figures(&one.examples, weights, ANSWER_AT);
        writeln!(out, "// {:<28} {error:>7.3} {right:>7.3} {wrong:>7.3} {refused:>7.3}", one.name)?;
    }
    Ok(())
}

/// The weights that a base gives itself, from what others taught.
fn own_weights(held: &Held, without: &[(&str, EvidenceWeights)], tuning: &Tuning) -> EvidenceWeights {
    let others = without.iter().find(|(family, _)| *family == held.family).map(|(_, weights)| *weights);
    let prior = Prior { mean: others.unwrap_or(tuning.confidence.weights), ..tuning.confidence.prior() };
    calibrated(held, &prior)
}

#[expect(clippy::cast_possible_truncation, reason = "two digits are meant")]
fn rounded(weights: &[f64]) -> [f32; VIEW_COUNT] {
    std::array::from_fn(|view| (weights[view] * 100.0).round() as f32 / 100.0)
}

fn studies() -> Result<Vec<Study>, Box<dyn Error>> {
    let mut studies = Vec::new();
    for argument in env::args().skip(1) {
        let path = Path::new(&argument);
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let family = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_owned();
        let base = if path.is_dir() { footnote_knowledge::load(path)? } else { training_set::load(path)? };
        studies.push(Study { name, family, base, others: Vec::new() });
    }
    Ok(studies)
}
