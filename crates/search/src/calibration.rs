//! How far a base can be trusted, learned from the base itself.
//!
//! Phrasings that are left out (in five folds) are what a base should answer; entries that are left
//! out as a whole (in four groups) are questions about its very subject that it cannot answer. Nine
//! models are trained without them and asked. What evidence then belonged to right entries and what
//! to wrong ones gives the weights of [`crate::confidence`], by a logistic regression that starts
//! from a prior fitted over many bases: a base of a few phrasings moves it a little, a large one
//! decides for itself. In the same way, two of the folds say how much class score, support and
//! similarity count here for the order of candidates.

mod file;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use footnote_knowledge::{Entry, KnowledgeBase};

use crate::choice::{self, Choice};
use crate::confidence::evidence_at;
use crate::evidence::{FEATURE_COUNT, FEATURE_SIGNS};
use crate::logistic::{self, Example, Prior};
use crate::model::{FOLDS, Held, Model};
use crate::query::Query;
use crate::ranking;
use crate::tuning::Tuning;
use crate::weights::{VIEW_COUNT, Weights};

pub use file::{Calibration, CalibrationError, CalibrationOrigin, fingerprint};

/// From how many folds the weights of the views are learned: they are few.
const RANKING_FOLDS: usize = 2;

/// In how many groups entries are left out.
const GROUPS: usize = 4;

/// The least share of questions without an answer that is expected, so that its odds are finite.
const LEAST_SHARE: f64 = 0.01;

/// The weights for a base. `unanswerable` is the share of questions without an answer that is
/// expected, 0 to below 1. Uses all cores.
#[must_use]
pub fn calibrate(base: &KnowledgeBase, tuning: &Tuning, unanswerable: f32) -> Weights {
    let ranking = learn_ranking(base, tuning);
    let examples = examples(base, tuning, &ranking, unanswerable);
    let examples: Vec<Example<FEATURE_COUNT>> = examples.into_iter().map(|(example, _)| example).collect();
    Weights { ranking, evidence: logistic::fit_signed(&examples, &tuning.confidence.prior(), &FEATURE_SIGNS) }
}

/// What the base adds to the weights of the views. Its models are trained once more for the
/// evidence: to keep them would take several times the room of one.
#[must_use]
pub fn learn_ranking(base: &KnowledgeBase, tuning: &Tuning) -> [f64; VIEW_COUNT] {
    let helds: Vec<Held> = (0..RANKING_FOLDS).map(|fold| Held::Fold(fold, FOLDS)).collect();
    let told = in_parallel(&helds, |held| choices_without(base, held, tuning));
    let Some((usual, _)) = told.first() else { return [0.0; VIEW_COUNT] };
    let usual = usual.map(f64::from);
    let choices: Vec<Choice<VIEW_COUNT>> = told.into_iter().flat_map(|(_, choices)| choices).collect();
    let own = choice::fit(&choices, &Prior { mean: usual, precision: tuning.ranking.precision });
    std::array::from_fn(|view| own[view] - usual[view])
}

/// What held-out phrasings and entries of a base tell about evidence, each with whether it has an
/// answer. `ranking` is what the base adds to the weights of the views.
#[must_use]
pub fn examples(
    base: &KnowledgeBase,
    tuning: &Tuning,
    ranking: &[f64; VIEW_COUNT],
    unanswerable: f32,
) -> Vec<(Example<FEATURE_COUNT>, bool)> {
    let folds = (0..FOLDS).map(|fold| Held::Fold(fold, FOLDS));
    let helds: Vec<Held> = folds.chain((0..GROUPS).map(|group| Held::Group(group, GROUPS))).collect();
    let mut examples = in_parallel(&helds, |held| examples_without(base, held, ranking, tuning)).concat();
    weigh(&mut examples, tuning.confidence.share_of_near_misses(base.entries.len(), unanswerable));
    examples
}

/// As [`examples`], but what the base should answer are questions that it does not have, each with
/// the place of its entry.
#[must_use]
pub fn examples_of(
    base: &KnowledgeBase,
    asked: &[(usize, String)],
    tuning: &Tuning,
    ranking: &[f64; VIEW_COUNT],
    unanswerable: f32,
) -> Vec<(Example<FEATURE_COUNT>, bool)> {
    let model = Model::new(base, None, tuning);
    let of = |(place, text): &(usize, String)| example(&model, ranking, text, Some(*place));
    let mut examples: Vec<_> = asked.iter().filter_map(of).map(|example| (example, true)).collect();
    let helds: Vec<Held> = (0..GROUPS).map(|group| Held::Group(group, GROUPS)).collect();
    examples.extend(in_parallel(&helds, |held| examples_without(base, held, ranking, tuning)).concat());
    weigh(&mut examples, tuning.confidence.share_of_near_misses(base.entries.len(), unanswerable));
    examples
}

/// What the work on each held-out part gives, in their order, on all cores.
fn in_parallel<T: Send>(helds: &[Held], work: impl Fn(Held) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from).min(helds.len());
    let mut given: Vec<(usize, T)> = thread::scope(|scope| {
        let run = || {
            let mut given = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(held) = helds.get(place) else { return given };
                given.push((place, work(*held)));
            }
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(run)).collect();
        let done = |thread: thread::ScopedJoinHandle<'_, Vec<(usize, T)>>| {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        threads.into_iter().flat_map(done).collect()
    });
    given.sort_by_key(|(place, _)| *place);
    given.into_iter().map(|(_, given)| given).collect()
}

/// Questions without an answer count as much as they are expected to come.
#[expect(clippy::cast_precision_loss, reason = "a base has fewer than 2^52 phrasings")]
fn weigh(examples: &mut [(Example<FEATURE_COUNT>, bool)], near_misses: f32) {
    let share = f64::from(near_misses).clamp(LEAST_SHARE, 1.0 - LEAST_SHARE);
    let with = examples.iter().filter(|(_, has_answer)| *has_answer).count();
    let without = examples.len() - with;
    let weight = share / (1.0 - share) * with as f64 / without.max(1) as f64;
    for (example, _) in examples.iter_mut().filter(|(_, has_answer)| !has_answer) {
        example.weight = weight;
    }
}

/// The examples of one held-out part, all of weight 1.
fn examples_without(
    base: &KnowledgeBase,
    held: Held,
    ranking: &[f64; VIEW_COUNT],
    tuning: &Tuning,
) -> Vec<(Example<FEATURE_COUNT>, bool)> {
    let model = Model::new(base, Some(held), tuning);
    let mut examples = Vec::new();
    for (place, entry) in base.entries.iter().enumerate() {
        let is_asked = match held {
            Held::Group(..) => held.holds_entry(place),
            // Without its only phrasing an entry cannot be found.
            Held::Fold(..) => !entry.phrasings.is_empty(),
        };
        if !is_asked {
            continue;
        }
        for (_, text) in ways(entry).filter(|(way, _)| held.holds(place, *way)) {
            let has_answer = !held.holds_entry(place);
            let right = has_answer.then_some(place);
            examples.extend(example(&model, ranking, text, right).map(|example| (example, has_answer)));
        }
    }
    examples
}

/// The ways to ask an entry: its question is number 0.
fn ways(entry: &Entry) -> impl Iterator<Item = (usize, &str)> {
    let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
    std::iter::once(entry.question.as_str()).chain(phrasings).enumerate()
}

/// For each phrasing that finds another entry where it is left out: its entry and that one.
#[must_use]
pub fn found_without(base: &KnowledgeBase, tuning: &Tuning) -> Vec<(usize, usize)> {
    let helds: Vec<Held> = (0..FOLDS).map(|fold| Held::Fold(fold, FOLDS)).collect();
    let found = |held: Held| {
        let model = Model::new(base, Some(held), tuning);
        let found = asked_without(base, held, &model).filter_map(|(place, query)| {
            let best = ranking::rank(&model, &[0.0; VIEW_COUNT], &query, 2).first()?.teller.place();
            (best != place).then_some((place, best))
        });
        found.collect::<Vec<_>>()
    };
    in_parallel(&helds, found).concat()
}

/// The phrasings that are left out of a model, with their entries' places.
fn asked_without(base: &KnowledgeBase, held: Held, model: &Model) -> impl Iterator<Item = (usize, Query)> {
    let entries = base.entries.iter().enumerate().filter(|(_, entry)| !entry.phrasings.is_empty());
    let left_out = move |(place, entry)| {
        ways(entry).filter(move |(way, _)| held.holds(place, *way)).map(move |(_, text)| (place, text))
    };
    entries
        .flat_map(left_out)
        .map(|(place, text)| (place, Query { exact: None, verbatim: None, ..Query::new(model, text) }))
}

/// What held-out phrasings of a base tell about the order of candidates; those whose entry is not
/// among the best are left out.
#[must_use]
pub fn choices(base: &KnowledgeBase, tuning: &Tuning) -> Vec<Choice<VIEW_COUNT>> {
    let helds: Vec<Held> = (0..FOLDS).map(|fold| Held::Fold(fold, FOLDS)).collect();
    in_parallel(&helds, |held| choices_without(base, held, tuning).1).concat()
}

/// The weights that a model without a part has by its size, and what the part tells.
fn choices_without(base: &KnowledgeBase, held: Held, tuning: &Tuning) -> ([f32; VIEW_COUNT], Vec<Choice<VIEW_COUNT>>) {
    let model = Model::new(base, Some(held), tuning);
    let usual = tuning.ranking.weights(model.phrasings_per_entry, &[0.0; VIEW_COUNT]);
    let asked = asked_without(base, held, &model);
    (usual, asked.filter_map(|(place, query)| choice(&model, &query, place)).collect())
}

/// What questions that a base does not have tell about the order of candidates, each with the place
/// of its entry.
#[must_use]
pub fn choices_of(base: &KnowledgeBase, asked: &[(usize, String)], tuning: &Tuning) -> Vec<Choice<VIEW_COUNT>> {
    let model = Model::new(base, None, tuning);
    asked.iter().filter_map(|(place, text)| choice(&model, &Query::new(&model, text), *place)).collect()
}

fn choice(model: &Model, query: &Query, place: usize) -> Option<Choice<VIEW_COUNT>> {
    let candidates = ranking::rank(model, &[0.0; VIEW_COUNT], query, ranking::CONTESTANTS);
    let right = candidates.iter().position(|candidate| candidate.teller.place() == place)?;
    let views = candidates.iter().map(|c| [c.class, c.support, c.similarity].map(f64::from)).collect();
    Some(Choice { views, right, weight: 1.0 })
}

/// The evidence for the best candidate, and whether it is the right one.
fn example(
    model: &Model,
    ranking: &[f64; VIEW_COUNT],
    text: &str,
    right: Option<usize>,
) -> Option<Example<FEATURE_COUNT>> {
    let query = Query::new(model, text);
    let candidates = ranking::rank(model, ranking, &query, ranking::CONTESTANTS);
    let best = candidates.first()?;
    let features = evidence_at(model, &query, &candidates, 0).features.map(f64::from);
    Some(Example { features, is_right: right == Some(best.teller.place()), weight: 1.0 })
}
